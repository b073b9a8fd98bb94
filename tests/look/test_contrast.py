"""Every pair of ink and ground that the style sheets use reaches its WCAG limit, light and dark, by tokens.css."""

import re
from pathlib import Path

import pytest

TOKENS = Path("static/css/tokens.css")
COLOUR = re.compile(r"--([\w-]+):\s*(?:light-dark\((#\w{6}),\s*(#\w{6})\)|(#\w{6}));")
TEXT, SHAPE = 4.5, 3.0
TABLE = ("canvas", "surface", "paper")
TONES = ("ai", "shu", "matsu", "yama", "ume")
TINTS = tuple(f"{tone}-tint" for tone in TONES)
FILLS = ("ai-fill", "ai-fill-2", "shu-fill", "matsu-fill", "ume-fill")
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3", "ai-strong", *TONES) for ground in TABLE],
    *[(ink, "sunken", TEXT) for ink in ("ink", "ink-2", "ink-3")],
    *[(ink, tint, TEXT) for ink in ("ink", "ink-2", "ink-3") for tint in TINTS],
    *[(tone, f"{tone}-tint", TEXT) for tone in TONES],
    ("ai-strong", "ai-tint", TEXT),
    *[("on-solid", fill, TEXT) for fill in FILLS],
    *[("on-bright", tone, TEXT) for tone in ("ai", "shu", "matsu")],
    ("canvas", "ink", TEXT),  # messages and the tools of the editor
    ("ink", "selection", TEXT),
    *[("edge", ground, SHAPE) for ground in TABLE],
    *[("focus", ground, SHAPE) for ground in (*TABLE, "ai-tint")],
]


def tokens(scheme: str) -> dict[str, str]:
    found = COLOUR.findall(TOKENS.read_text())
    return {name: one or (light if scheme == "light" else dark) for name, light, dark, one in found}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pairs_reach_their_limit(scheme):
    colours = tokens(scheme)
    weak = {
        f"{ink} on {ground}": round(contrast(colours[ink], colours[ground]), 2)
        for ink, ground, least in PAIRS
        if contrast(colours[ink], colours[ground]) < least
    }
    assert weak == {}


def test_contrast_is_computed_as_wcag_says():
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48
