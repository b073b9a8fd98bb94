"""Starting a sheet, and changing its particulars."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from a3.models import Sheet
from partners.models import Obligation, Priority
from tests.a3.factories import make_sheet, sheet_type
from tests.factories import LONG_AGO, make_person, make_site

URL = reverse("a3:sheet_new")


def form_of(cast, **fields):
    return {"type": sheet_type().pk, "title": "Leave by noon", "site": cast.site.pk, "audience": "partner"} | fields


def test_a_change_agent_starts_a_sheet(cast, sign_in):
    answer = sign_in("change_agent").post(URL, form_of(cast, coach=cast.coach.pk, purpose="Beds in time"))
    sheet = Sheet.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/a3/{sheet.pk}/")
    assert (sheet.owner, sheet.ball, sheet.partner, sheet.coach) == (
        cast.change_agent,
        cast.change_agent,
        cast.partner,
        cast.coach,
    )
    assert [str(section) for section in sheet.sections.in_order()][:2] == ["1 Background", "2 Current condition"]
    assert Obligation.objects.get().person == cast.change_agent
    assert sheet.code == f"A3-{sheet.pk:04d}"


def test_errors_stand_beside_their_fields(cast, sign_in):
    answer = sign_in("change_agent").post(URL, form_of(cast, title="", site=cast.other_site.pk, coach=cast.staff.pk))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"title", "site", "coach"}
    assert not Sheet.objects.exists()


def test_only_people_of_the_partner_are_offered(cast, sign_in):
    make_person("elsewhere", is_coach=True)
    make_site(cast.elsewhere, "Toulouse")
    Priority.objects.create(partner=cast.elsewhere, name="Theirs", began_on=LONG_AGO)
    form = sign_in("learner").get(URL).context["form"]
    assert list(form.fields["site"].queryset) == [cast.site]
    assert list(form.fields["coach"].queryset) == [cast.coach]
    assert list(form.fields["sponsor"].queryset) == [cast.sponsor]
    assert list(form.fields["priority"].queryset) == []


def test_who_works_at_no_partner_now_cannot_start_one(cast, sign_in):
    cast.learner.assignments.update(ended_on=LONG_AGO)
    assert sign_in("learner").get(URL).status_code == 404


def test_particulars_change_and_nothing_else(cast, sign_in):
    sheet = make_sheet(cast.change_agent, cast.site)
    url = reverse("a3:sheet_edit", args=[sheet.pk])
    fields = {"title": "Out by noon", "coach": cast.coach.pk, "audience": "lei", "ball": cast.coach.pk}
    assert sign_in("change_agent").post(url, fields).status_code == 302
    found = Sheet.objects.get()
    assert (found.title, found.coach, found.audience) == ("Out by noon", cast.coach, "lei")
    assert (found.ball, found.type, found.site) == (cast.change_agent, sheet.type, cast.site)


def test_the_coach_stays_while_it_is_their_turn(cast, sign_in):
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach, ball=cast.coach)
    url = reverse("a3:sheet_edit", args=[sheet.pk])
    sign_in("change_agent").post(url, {"title": "Out by noon", "coach": "", "audience": "lei"})
    assert (Sheet.objects.get().coach, Sheet.objects.get().title) == (cast.coach, "Out by noon")


def test_the_database_refuses_what_does_not_belong_together(cast):
    theirs = Priority.objects.create(partner=cast.elsewhere, name="Theirs", began_on=LONG_AGO)
    sheet = make_sheet(cast.change_agent, cast.site)
    for fields in (
        {"site": cast.other_site},
        {"partner": cast.elsewhere},
        {"priority": theirs},
        {"ball": cast.coach},
        {"audience": "everyone"},
        {"state": "done"},
        {"round_number": 0},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sheet.objects.filter(pk=sheet.pk).update(**fields)
