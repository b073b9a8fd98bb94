"""Words are measured with the widths of the faces that set them, and fitted into their room."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from a3.figures.fitting import lines, shortened, width
from a3.figures.glyphs import glyph

FACES = Path("static/fonts/print")
ROOMS = st.floats(min_value=30, max_value=400)


@pytest.mark.parametrize(("weight", "most_over"), [(400, 60), (600, 60)])
def test_no_letter_is_wider_than_the_table_says(weight, most_over):
    for subset in ("latin", "latin-ext"):
        font = TTFont(FACES / f"ibm-plex-sans-{subset}-{weight}-normal.ttf")
        unit = font["head"].unitsPerEm
        for code, name in font.getBestCmap().items():
            if 0x20 < code < 0x180 and code != 0xAD:
                real = font["hmtx"][name][0] * 1000 / unit
                assert real <= glyph(chr(code), weight) + 8, chr(code)
                assert glyph(chr(code), weight) - real <= most_over, chr(code)


def test_words_as_wide_as_their_letters():
    assert width("Wm", 10) == pytest.approx((940 + 880) / 100)
    assert width("Ж日\u0301", 10) == pytest.approx((800 + 1050) / 100)


@given(text=st.text(max_size=60), room=ROOMS)
def test_shortened_words_fit(text, room):
    short = shortened(text, room, 12)
    assert short == text or (short.endswith("…") and width(short, 12) <= room)


@given(text=st.text(max_size=120), room=ROOMS, most=st.integers(1, 5))
def test_lines_fit_and_are_few(text, room, most):
    broken = lines(text, room, 12, most=most)
    assert len(broken) <= most
    assert all(width(line, 12) <= room for line in broken)


def test_nothing_is_lost_while_there_is_room():
    text = "There is no moment in the day to ask who may leave tomorrow"
    assert " ".join(lines(text, 90, 12, most=9)) == text
    assert "".join(lines("Donaudampfschifffahrtsgesellschaft", 60, 12, most=9)) == "Donaudampfschifffahrtsgesellschaft"
    assert lines(text, 90, 12, most=2)[1].endswith("…")
