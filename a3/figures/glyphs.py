"""How wide IBM Plex Sans sets each glyph, in thousandths of the type size, rounded up to tens; read from its own files.

An accented letter is as wide as its base. Letters of other scripts get a width that no fallback face of them exceeds.
"""

import unicodedata
from functools import lru_cache

REGULAR = {
    240: " \u00a0",
    250: "'ijı′",
    280: ",.lľłſ‘’‚",
    300: "!¡:;",
    320: "‹›[]|¦",
    340: "f·()",
    360: "{}²³t¹ŀŧ",
    370: "r",
    400: "/\\-Iªº•",
    450: '"″*',
    480: "z°¿?®“”„",
    500: "svyĳ",
    510: "JLcxĿŁ",
    530: "¢«»gkĸ",
    550: "aĝğġģe",
    570: "Foð†_hnuøħŋ",
    580: "TZbdpqµþ",
    600: "ES§đŦ–$+0123456789<=>Y^`~£¨¬¯±´¸×÷−",
    620: "PV¥ÞďX¤",
    640: "C€KRß",
    660: "AĲB¶™",
    700: "DUÐĐ&G",
    720: "HNOQØŊ#Ħ",
    780: "w©—",
    820: "…Mŉ↑↓",
    880: "¾¼æm½",
    940: "@WÆ%œ",
    1000: "₩Œ",
}
SEMIBOLD = {
    240: " \u00a0",
    260: "'′",
    280: "ijı",
    310: ",.l‘’‚!¡łſ",
    330: ":;‹›[]",
    350: "ľ()f²³·¹",
    380: "{}t|¦ť",
    400: "ŧr",
    430: "-•Iºŀ",
    490: '/\\ª®°"″¿',
    510: "?sz",
    530: "c“”„LvyĿ",
    550: "Ł†Jgx¢«»ĳ",
    570: "*_aeĝğġģkoĸ",
    590: "FT§øhnu£ðħŋŦ–",
    600: "$+0123456789<=>EZ^`bdpq~¨¬¯±´µ¸×÷þ−",
    630: "đS¤€™",
    650: "VY¥CPÞ",
    670: "#XďĲBR¶",
    690: "AKßDU",
    730: "ÐĐ&GHNOQØŊĦ",
    790: "—©",
    840: "Mw¾¼",
    900: "½æŉ…m↑↓@",
    960: "œWÆ%",
    1010: "Œ₩",
}
WIDE = 1050  # a square of Chinese, Japanese or Korean
OTHER = 800  # Greek, Cyrillic, Hebrew, Arabic, Devanagari, whatever face the machine has
KNOWN = {
    weight: {char: width for width, chars in table.items() for char in chars}
    for weight, table in ((400, REGULAR), (600, SEMIBOLD))
}


@lru_cache(maxsize=8192)
def glyph(char: str, weight: int) -> int:
    """Return the width of one character in thousandths."""
    known = KNOWN[weight]
    if width := known.get(char):
        return width
    base = unicodedata.normalize("NFD", char)[0]
    if width := known.get(base):
        return width
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return WIDE if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0xFFFF else OTHER
