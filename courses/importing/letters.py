"""From bytes to text: UTF-8, UTF-16, and the old encodings in which office programs still write CSV."""

import re

from courses.importing.lines import Unreadable

# What a person may say when the letters look wrong; Python's name, and ours.
ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows, Western Europe",
    "cp1250": "Windows, Central Europe",
    "cp1254": "Windows, Turkish",
    "cp1257": "Windows, Baltic",
    "cp1253": "Windows, Greek",
    "cp1251": "Windows, Cyrillic",
    "mac_roman": "Old Mac",
    "cp850": "DOS",
}
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
NO_TEXT = "This file is no list that we can read. Save it as XLSX or CSV, or copy the cells and paste them."
# Names of one half of Europe read in the letters of the other have signs inside words, or letters where none would be.
ODD_WESTERN = re.compile(
    r"(?<=[^\W\d_])[¹²³£¥¿¼¾ª¶§Ÿ¡¢¤¦¨¬¯±´·¸»«]|[¹³£¥¿¼¾¢¤¦ª¬¯][^\W\d_]"
    r"|œ(?![uif])|ñ(?![aeiouáéíóú])|ê(?!\w)|æ(?!\w)|õ(?!e)|ì(?=\w)|È(?=[a-z])|ù(?=[a-z])|è(?!\w)"
)
ODD_CENTRAL = re.compile(r"[ŕĺŔĹ]|ń(?=[aeiou])|č(?=[rst]\w|me|ne)|ę(?=[tmr])|ď(?=\w)|ć(?=[rbslg])|ř(?=[nlgbdk])")
ZEROS = 0.25  # of every second byte, from which on it is UTF-16 without its mark


def text_of(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the text and the name of the encoding in which it was read; raises Unreadable.

    `encoding` is one of ENCODINGS when the person says so; else it is found out.
    """
    marked = next((name for mark, name in MARKS.items() if content.startswith(mark)), "")
    found = encoding or marked or _guessed(content)
    text = content.decode(found, errors="replace")
    if "\x00" in text:
        raise Unreadable(NO_TEXT)
    return text.removeprefix("\ufeff"), ENCODINGS.get(found, "UTF-16" if "16" in found else "UTF-8")


def _guessed(content: bytes) -> str:
    wide = _wide(content)
    if wide:
        return wide
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _old(content)
    return "utf-8"


def _wide(content: bytes) -> str:
    sample = content[:4000]
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) > ZEROS * half:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > ZEROS * half else ""


def _old(content: bytes) -> str:
    """Of Western and Central Europe the one in whose letters the words look less odd; the first when both do."""
    western, central = (content[:200_000].decode(name, errors="replace") for name in ("cp1252", "cp1250"))
    odd = len(ODD_WESTERN.findall(western)) + western.count("\ufffd")
    return "cp1250" if odd > len(ODD_CENTRAL.findall(central)) + central.count("\ufffd") else "cp1252"
