"""Photos as they come in: looked at, turned upright, shrunk and written anew; nothing of the sender's file is kept."""

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageFile, ImageOps

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000  # a phone takes 12 to 50 million; more is a bomb
LONGEST_SIDE = 2000
ON_PAPER = (1200, 640)  # pixels: some 200 an inch where a photo is as large as a sheet shows one
KINDS = ("JPEG", "PNG", "WEBP", "GIF")
TOO_MANY_PIXELS = "This picture has too many pixels. Save it smaller, at most 2,000 pixels wide, then add it again."
NOT_A_PHOTO = "This file is not a picture that can be shown. Choose a photo saved as JPEG, PNG or WebP."


class NotAPhoto(Exception):
    """The file is refused; the sentence says why and what to choose instead."""


@dataclass(frozen=True)
class Picture:
    content: bytes
    ending: str
    width: int
    height: int
    for_paper: bytes = b""  # the same as small as print needs it

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def prepare(file: IO[bytes], *, size: int) -> Picture:
    """Return the photo upright, without EXIF, at most 2000 pixels long, as JPEG (PNG where it is see-through); and as
    paper shows it.

    `size` is in bytes. Raises NotAPhoto for what is no picture, too large, or too many pixels.
    """
    if size > MOST_BYTES:
        raise NotAPhoto("This photo is larger than 15 MB. Save it smaller, then add it again.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd EXIF and large pictures: both are dealt with here
        try:
            return _written_anew(_opened(file))
        except Image.DecompressionBombError as error:  # so many that its header was enough
            raise NotAPhoto(TOO_MANY_PIXELS) from error
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
            raise NotAPhoto(NOT_A_PHOTO) from error


def _opened(file: IO[bytes]) -> Image.Image:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the whole process
    file.seek(0)
    image = Image.open(file, formats=KINDS)
    if image.width * image.height > MOST_PIXELS:
        raise NotAPhoto(TOO_MANY_PIXELS)
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read at half size where that is enough
    image.load()
    return image


def _written_anew(image: Image.Image) -> Picture:
    upright = ImageOps.exif_transpose(image)
    see_through = upright.has_transparency_data
    plain = upright.convert("RGBA" if see_through else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    out = BytesIO()
    if see_through:
        bare.save(out, "PNG", optimize=True)
    else:
        bare.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return Picture(out.getvalue(), "png" if see_through else "jpg", *plain.size, _for_paper(bare))


def _for_paper(image: Image.Image) -> bytes:
    """Shrunk once, here: a page with photos as they came would be some megabytes."""
    small = Image.new("RGB", image.size, "white")
    small.paste(image, mask=image if image.mode == "RGBA" else None)
    small.thumbnail(ON_PAPER, Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "JPEG", quality=78, optimize=True)
    return out.getvalue()
