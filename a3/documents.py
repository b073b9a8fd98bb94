"""Documents as they come in: looked at, told by what is in them and not by their name, and refused when they could run.

Pictures are written anew, as photos are; other files are kept as they came and only ever handed out as downloads.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile

from a3 import pictures

MOST_BYTES = 15 * 1024 * 1024
MOST_PARTS = 5000  # of an office file, which is an archive; more is no letter
LONGEST_NAME = 100
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ACTIVE = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|activex|basic|scripts|macrosheets)(/|$)", re.IGNORECASE)
ACCEPTED = ",".join(f".{ending}" for ending in ("pdf", "jpg", "jpeg", "png", "webp", *list(TYPES)[3:]))
CHOOSE = "Choose a PDF, a picture (JPEG, PNG or WebP), or an office file (.docx, .xlsx, .pptx, .odt, .ods, .odp)."


class NotADocument(Exception):
    """The file is refused; the sentence says why and what to choose instead."""


@dataclass(frozen=True)
class Document:
    content: bytes
    ending: str  # what it is, one of TYPES
    name: str  # that of its sender, with our ending

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def look_at(file: IO[bytes], *, size: int, name: str) -> Document:
    """Return the document, with what it is; `size` is in bytes, `name` what its sender calls it.

    Raises NotADocument for anything but a PDF, a picture, or an office file without macros.
    """
    if size > MOST_BYTES:
        raise NotADocument("This file is larger than 15 MB. Save it smaller, then add it again.")
    file.seek(0)
    start = file.read(1024)
    if start.startswith(PICTURES):
        content, ending = _picture(file, size)
    else:
        ending = _ending_of(file, start)
        file.seek(0)
        content = file.read(MOST_BYTES)
    return Document(content, ending, f"{_stem_of(name)}.{ending}")


def _picture(file: IO[bytes], size: int) -> tuple[bytes, str]:
    try:
        picture = pictures.prepare(file, size=size)
    except pictures.NotAPhoto as refused:
        raise NotADocument(str(refused)) from refused
    return picture.content, picture.ending


def _ending_of(file: IO[bytes], start: bytes) -> str:
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _office(file)
    if start.startswith(OLD_OFFICE):
        raise NotADocument(
            "This is an office file of the old kind, or one with a password. Save it as .docx, .xlsx or .pptx, without "
            "a password, then add it again."
        )
    if start.lstrip(b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n").startswith(b"<"):
        raise NotADocument("A web page or an SVG drawing can carry a script. Save it as PDF, then add that.")
    raise NotADocument(f"This file is of a kind that is not kept here. {CHOOSE}")


def _office(file: IO[bytes]) -> str:
    """Which office file an archive is; nothing but its list of parts, and the word for its kind, is unpacked."""
    try:
        with ZipFile(file) as archive:
            parts = archive.namelist()
            if len(parts) > MOST_PARTS:
                raise NotADocument(f"This file has too many parts. {CHOOSE}")
            if any(map(ACTIVE.search, parts)):
                raise NotADocument("This file carries macros. Save it without them, then add it again.")
            ending = next((ending for part, ending in MAIN_PARTS.items() if part in parts), "")
            return ending or _open_document(archive, parts)
    # all that a damaged, encrypted or oddly packed archive makes `zipfile` raise
    except (BadZipFile, LargeZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise NotADocument(f"This file cannot be read to its end. {CHOOSE}") from error


def _open_document(archive: ZipFile, parts: list[str]) -> str:
    if "mimetype" in parts:
        with archive.open("mimetype") as said:
            kind = said.read(100).decode("ascii", "replace").strip()
        for ending in ("odt", "ods", "odp"):
            if TYPES[ending] == kind:
                return ending
    raise NotADocument(f"An archive is not kept here: add the files in it one by one. {CHOOSE}")


def _stem_of(name: str) -> str:
    """What its sender calls it, without folders, ending, and signs that would show it as something else."""
    last = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem = plain.rsplit(".", 1)[0] if "." in plain else plain
    return " ".join(re.sub(r'[<>:"/|?*]', " ", stem).split()).strip(". ")[:LONGEST_NAME] or "Document"
