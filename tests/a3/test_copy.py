"""A new sheet that begins with what another one says."""

from django.urls import reverse

from a3 import actions
from a3.models import Photo, Remark, Round, Section, Sheet
from partners.models import Obligation
from tests.a3.factories import make_figure, make_photo, make_plan, make_remark, make_sheet, place, section_of


def full(cast):
    sheet = make_sheet(
        cast.change_agent, cast.site, coach=cast.coach, purpose="Beds in time", bodies={1: "<p>Late</p>"}
    )
    photo = make_photo(sheet)
    text = f'<p>See <mark data-n="1">here</mark></p><img src="{photo.get_absolute_url()}" alt="Board">'
    Section.objects.filter(pk=section_of(sheet, 2).pk).update(body=text)
    place(make_figure(sheet), number=3)
    place(make_plan(sheet, cast.learner, done_on="2026-11-01"), number=6)
    make_remark(sheet, cast.coach)
    actions.hand_over(sheet, to=cast.coach, by=cast.change_agent)
    return sheet


def test_texts_figures_photos_and_answers_come_along_and_nothing_else(cast, sign_in):
    source = full(cast)
    Obligation.objects.all().delete()
    url = reverse("a3:sheet_copy", args=[source.pk])
    assert sign_in("learner").post(url, {"title": "Ours", "site": cast.site.pk}).status_code == 302
    copy = Sheet.objects.get(title="Ours")
    assert (copy.owner, copy.ball, copy.coach, copy.state, copy.round_number) == (
        cast.learner,
        cast.learner,
        None,
        "draft",
        1,
    )
    assert (copy.copied_from, copy.purpose, copy.type) == (source, "Beds in time", source.type)
    run, plan = copy.figures.all()
    photo = copy.photos.get()
    assert section_of(copy, 1).body == "<p>Late</p>"
    assert section_of(copy, 2).body == f'<p>See here</p><img src="{photo.get_absolute_url()}" alt="Board">'
    assert section_of(copy, 3).figure_ids == [run.pk]
    assert plan.data["rows"] == [
        {"id": "s1", "what": "Huddle on all bays", "who": {"person": None, "name": "Learner"}, "until": "2026-12-04"}
    ]
    assert [o.key for o in Obligation.objects.open()] == [f"sheet:{copy.pk}:ball"]
    for model in (Round, Remark):
        assert not model.objects.filter(sheet=copy).exists()


def test_each_has_files_of_its_own(cast):
    source = full(cast)
    copy = actions.copy_sheet(source, title="x", site=cast.site, by=cast.learner)
    first, second = Photo.objects.get(sheet=source), Photo.objects.get(sheet=copy)
    assert first.file.name != second.file.name
    with first.file.open("rb") as one, second.file.open("rb") as other:
        assert one.read() == other.read()


def test_a_site_of_another_partner_is_refused(cast, sign_in):
    source = full(cast)
    url = reverse("a3:sheet_copy", args=[source.pk])
    assert sign_in("learner").post(url, {"title": "x", "site": cast.other_site.pk}).status_code == 422
    assert Sheet.objects.count() == 1


def test_the_copy_says_where_it_comes_from(cast, sign_in):
    source = full(cast)
    copy = actions.copy_sheet(source, title="x", site=cast.site, by=cast.learner)
    page = sign_in("learner").get(f"{copy.get_absolute_url()}?side=details").text
    assert f">{source.code}</a>" in page
