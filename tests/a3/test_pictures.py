"""Photos: written anew, upright, small, without anything of the sender's file; what is no photo is refused."""

import struct
import time
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from a3.pictures import NotAPhoto, prepare

GPS = 0x8825


def file_of(image, kind="JPEG", **options):
    out = BytesIO()
    image.save(out, kind, **options)
    return out


def prepared(file, size=1000):
    return prepare(file, size=size)


def opened(picture):
    return Image.open(BytesIO(picture.content))


def test_a_photo_lying_on_its_side_is_turned_and_loses_its_exif():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    exif.get_ifd(GPS)[1] = "N"
    found = prepared(file_of(Image.new("RGB", (40, 20), "red"), exif=exif))
    assert (found.width, found.height, found.ending) == (20, 40, "jpg")
    assert not opened(found).getexif()


def test_a_large_photo_is_shrunk():
    found = prepared(file_of(Image.new("RGB", (5000, 2500))))
    assert (found.width, found.height) == (2000, 1000)


def test_paper_gets_it_as_small_as_it_needs_it():
    paper = Image.open(BytesIO(prepared(file_of(Image.new("RGB", (5000, 2500)))).for_paper))
    assert (paper.size, paper.format) == ((1200, 600), "JPEG")
    glass = prepared(file_of(Image.new("RGBA", (10, 10), (0, 0, 0, 0)), "PNG"))
    assert Image.open(BytesIO(glass.for_paper)).getpixel((5, 5)) == (255, 255, 255)


def test_what_is_see_through_stays_so_as_png():
    found = prepared(file_of(Image.new("RGBA", (10, 10), (0, 0, 0, 0)), "PNG"))
    assert (found.ending, opened(found).format) == ("png", "PNG")


def test_nothing_hidden_behind_the_picture_is_kept():
    file = file_of(Image.new("RGB", (9, 9)))
    file.seek(0, 2)
    file.write(b"<script>alert(1)</script>PK\x03\x04")
    assert b"script" not in prepared(file).content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0 cut off",
        b"GIF89a",
    ],
)
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(NotAPhoto, match="Choose a photo"):
        prepared(BytesIO(content))


def test_a_truncated_photo_is_refused():
    whole = file_of(Image.effect_noise((300, 300), 50)).getvalue()
    with pytest.raises(NotAPhoto):
        prepared(BytesIO(whole[: len(whole) // 2]))


def test_too_many_pixels_and_too_many_bytes_are_refused():
    with pytest.raises(NotAPhoto, match="too many pixels"):
        prepared(file_of(Image.new("1", (10_000, 10_000)), "PNG"))
    size = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    claims = file_of(Image.new("RGB", (9, 9)), "PNG").getvalue()
    claims = claims[:12] + size + struct.pack(">I", zlib.crc32(size)) + claims[33:]
    with pytest.raises(NotAPhoto, match="too many pixels"):
        prepared(BytesIO(claims))
    with pytest.raises(NotAPhoto, match="15 MB"):
        prepared(BytesIO(b""), size=16 * 1024 * 1024)


def many_frames(kind, count, **how):
    frames = [Image.new("RGB", (40, 30), (i % 256, 0, 0)) for i in range(count)]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], **how)
    return out


@pytest.mark.parametrize(("kind", "count"), [("GIF", 3000), ("PNG", 1000), ("WEBP", 1000)])
def test_of_many_frames_only_the_first_is_looked_at(kind, count):
    file = many_frames(kind, count, **({"method": 0} if kind == "WEBP" else {}))
    began = time.process_time()
    found = prepared(file)
    assert time.process_time() - began < 1
    assert getattr(opened(found), "n_frames", 1) == 1


def test_text_that_unpacks_to_very_much_is_refused():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("bomb", "x" * 200_000_000, zip=True)
    out = BytesIO()
    Image.new("RGB", (9, 9)).save(out, "PNG", pnginfo=notes)
    with pytest.raises(NotAPhoto, match="Choose a photo"):
        prepared(out)


def test_a_file_that_is_a_picture_and_a_page_is_only_a_picture():
    out = BytesIO()
    Image.new("RGB", (9, 9)).save(out, "JPEG", comment=b"*/=1;<script>alert(1)</script>/*")
    found = prepared(out).content
    assert b"script" not in found
    assert b"/*" not in found[:64]
