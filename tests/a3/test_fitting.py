"""Fitting a sheet on its page in few tries: the guess from its text, and the search that begins with it."""

import datetime as dt
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from a3.drawings import Drawings
from a3.figures import parse
from a3.pdf import fitting, guessing
from a3.pdf.fitting import EM, ENDLESS, PAPERS, SMALLEST, drawn_at, layout, measured
from a3.pdf.paper import prepared, render
from a3.pdf.searching import FULL, MOST, Search
from leipartners.demo.sheets import rich_sheets
from tests.a3.test_paper import job, sizes_of

ON = dt.date(2026, 11, 22)


def rich(number, *, twice=False):
    """A print of a sheet of the demo, with its figures; `twice`: each text two times, far more than fits."""
    sheet = rich_sheets()[number]
    kept = {
        str(n): {"kind": f.kind, "title": f.title, "description": f.note, "data": parse(f.kind, f.data(ON)).as_data()}
        for n, f in enumerate(sheet.figures, start=1)
    }
    bodies = [body * (1 + twice) for body in sheet.sections.values()]
    return job(*bodies, drawings=Drawings(kept, today=ON))


@pytest.mark.parametrize("number", [0, 1, 9, 14])
@pytest.mark.parametrize("size", [1.0, SMALLEST])
def test_a_guess_from_the_text_is_hardly_ever_a_tenth_wrong(number, size):
    html, fetcher = prepared(rich(number))
    wide = PAPERS["a3"].half / (EM * size)
    guessed = [half.depth(wide, drawn_at(size)) * EM * size for half in guessing.halves_of(html, fetcher.drawings)]
    depths, _, _ = measured(layout(html, fetcher, size, 420, ENDLESS))
    assert guessed == pytest.approx(list(depths.values()), rel=0.1)


def test_mostly_the_first_size_that_is_tried_fits(monkeypatch):
    tried = []

    def noted(html, fetcher, size, width, height):
        tried.append(size)
        return layout(html, fetcher, size, width, height)

    monkeypatch.setattr(fitting, "layout", noted)
    for number in (8, 12, 14):
        render(rich(number))
        render(rich(number, twice=True))
    assert len(tried) <= 8
    assert min(tried) < 0.9


@settings(deadline=None)
@given(full=st.floats(10, 2000), power=st.floats(1.0, 2.0), wrong=st.floats(0.5, 2.0))
def test_however_wrong_the_guess_what_fits_is_found_and_fills_the_page(full, power, wrong):
    def depth(size):
        return full * math.pow(size, power)

    search = Search(276, SMALLEST, lambda size: depth(size) * wrong)
    while (size := search.next_size()) is not None:
        search.note(size, depth(size), size)
    assert len(search.tries) <= MOST
    assert (search.found is None) == (depth(SMALLEST) > 276)
    if search.found:
        assert depth(search.found) <= 276
        assert search.found == 1.0 or depth(search.found) >= 276 * FULL * 0.9


@pytest.mark.parametrize("number", [0, 5])
def test_drawings_shrink_with_the_type_and_their_words_never_below_seven_points(number):
    assert min(sizes_of(rich(number))) >= 6.99


def test_hostile_mark_up_is_guessed_too():
    html = '<div class="col"><table><col><tr><td>x<img></td></tr></table><img alt="x"><ol class="whys n0"><li>y</ol>'
    (half,) = guessing.halves_of(html, {})
    assert half.depth(40, 1) > 0


def test_two_photos_beside_each_other_are_guessed_as_high_as_one():
    photo = '<img src="/a3/photos/1/" alt="A cart">'
    one, two, apart = (
        guessing.halves_of(f'<div class="col"><section>{photos}</section>', {})[0].depth(40, 1)
        for photos in (photo, photo * 2, f"{photo}<p>and</p>{photo}")
    )
    assert one == two < apart - guessing.PHOTO


def test_in_a_half_with_room_to_spare_drawings_stay_as_wide_as_the_text(monkeypatch):
    seen = []

    def noted(html, fetcher, size, width, height):
        seen.append((html.count(fitting.ROOMY_COLUMN), size))
        return layout(html, fetcher, size, width, height)

    monkeypatch.setattr(fitting, "layout", noted)
    full = "<p>Beds open late, and patients wait in the emergency department.</p>" * 36
    render(job(full, "<p>And.</p>", "<p>Short.</p>"))
    assert seen[-1][0] == 1
    assert seen[-1][1] < 0.9
