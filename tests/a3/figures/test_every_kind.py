"""What holds for every kind: well-formed, escaped, inside its canvas, the same again; and what is refused."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from a3 import figures
from a3.figures import KINDS
from tests.a3.figures.samples import SAMPLES, data_of
from tests.a3.figures.seeing import TODAY, Seen

EVIL = '<script>alert("1")</script>&\'</svg>'
DRAWN = sorted(set(KINDS) - {"countermeasures", "measures"})


def test_every_kind_has_a_sample():
    assert set(SAMPLES) == set(KINDS)


@pytest.mark.parametrize("slug", KINDS)
def test_the_same_again(slug):
    assert Seen(slug, SAMPLES[slug]).html == Seen(slug, SAMPLES[slug]).html


@pytest.mark.parametrize("slug", DRAWN)
def test_named_for_readers_and_told_apart_by_its_uid(slug):
    seen = Seen(slug, SAMPLES[slug], title="Order to door")
    assert seen.svg.findtext("title") == "Order to door"
    assert seen.said.endswith(".")
    ids = [element.get("id") for element in seen.figure.iter() if element.get("id")]
    assert ids
    assert all(name.startswith("f1-") for name in ids)
    assert {"width", "height"} & set(seen.svg.keys()) == set()


@pytest.mark.parametrize("slug", DRAWN)
def test_words_stay_apart_and_inside(slug):
    seen = Seen(slug, SAMPLES[slug])
    assert seen.outside() == []
    assert seen.overlapping() == []


@pytest.mark.parametrize("slug", KINDS)
def test_nothing_entered_is_markup(slug):
    rows = [
        {
            column.name: EVIL[: column.most] if column.type in {"text", "who"} else row.get(column.name)
            for column in KINDS[slug].columns
        }
        for row in SAMPLES[slug]["rows"]
    ]
    options = {column.name: EVIL[: column.most] for column in KINDS[slug].options if column.type == "text"}
    data = {"options": options | {"goal": "2"}, "rows": rows}
    seen = Seen(slug, data, title=EVIL, description=EVIL)
    assert "<script" not in seen.html
    assert seen.html.count("</svg>") == seen.html.count("<svg")


@pytest.mark.parametrize("slug", KINDS)
def test_an_empty_table_is_no_error(slug):
    seen = Seen(slug, {"options": {}, "rows": [{}, {"id": "a"}]})
    assert seen.table.rows == ()


@pytest.mark.parametrize("slug", KINDS)
def test_what_was_understood_is_understood_again(slug):
    parsed = figures.parse(slug, SAMPLES[slug])
    again = figures.parse(slug, parsed.as_data())
    assert figures.table(slug, again) == figures.table(slug, parsed)
    assert [row.id for row in again.rows] == [row.id for row in parsed.rows]


@pytest.mark.parametrize("slug", KINDS)
def test_too_many_rows_are_refused(slug):
    most = KINDS[slug].most_rows
    with pytest.raises(figures.BadFigure) as refused:
        figures.parse(slug, {"rows": SAMPLES[slug]["rows"][:1] * (most + 1)})
    ((row, field, sentence),) = refused.value.errors
    assert (row, field) == (None, "rows")
    assert str(most) in sentence


@pytest.mark.parametrize(
    "data", [None, [], {"rows": {"a": 1}}, {"rows": ["x"]}, {"options": [1], "rows": []}, {"rows": [None]}]
)
@pytest.mark.parametrize("slug", KINDS)
def test_what_is_no_table_is_refused(slug, data):
    with pytest.raises(figures.BadFigure):
        figures.parse(slug, data)


@pytest.mark.parametrize("slug", KINDS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_can_be_parsed_can_be_drawn(slug, data):
    entered = data.draw(data_of(slug))
    try:
        parsed = figures.parse(slug, entered)
    except figures.BadFigure:
        return
    seen = Seen(slug, entered, today=data.draw(st.dates() | st.just(TODAY)))
    assert all(len(row) == len(seen.table.head) for row in seen.table.rows)
    assert len(parsed.rows) <= len(entered["rows"])
    if seen.svg is not None:
        assert seen.outside() == []


@pytest.mark.parametrize("slug", DRAWN)
def test_what_a_person_wrote_is_read_in_place_of_the_drawing(slug):
    told = Seen(slug, SAMPLES[slug])
    written = Seen(slug, SAMPLES[slug], description="Half of it is waiting")
    assert told.said not in {"", "Half of it is waiting"}
    assert written.said == "Half of it is waiting"
    assert "Half of it is waiting" in "".join(written.figure.find("figcaption").itertext())
