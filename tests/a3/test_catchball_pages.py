"""The pages of catchball: entering a state, asking to agree, answering; what each refuses, and what it costs."""

import pytest
from django.urls import reverse

from a3 import actions
from a3.models import Agreement, Sheet, State, StateChange
from tests.a3.factories import make_agreement, make_remark, make_sheet, make_talk, section_of
from tests.factories import make_person

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, sponsor=cast.sponsor)


def words(answer):
    return " ".join(answer.text.split())


def test_beside_each_state_stands_what_speaks_against_it(sheet, cast, sign_in):
    make_remark(sheet, cast.coach)
    make_remark(sheet, cast.coach, number=3)
    url = reverse("a3:state_new", args=[sheet.pk])
    assert "Nobody was asked to agree." in words(sign_in("coach").get(url))
    actions.agree(make_agreement(sheet, cast.coach), by=cast.coach)
    actions.ask_to_agree(sheet, people=[cast.sponsor, cast.learner], by=cast.change_agent)
    page = words(sign_in("change_agent").get(url))
    assert "Two people have not agreed yet: Learner, Sponsor." in page
    assert "Two questions are open." in page
    assert "It was never in trial." in page


def test_a_state_is_entered_with_a_reason_whatever_speaks_against_it(sheet, cast, sign_in):
    url = reverse("a3:state_new", args=[sheet.pk])
    fields = {"from_state": "draft", "to_state": "standardised", "reason": "Done since May."}
    client = sign_in("change_agent")
    assert client.post(url, fields | {"reason": " "}).status_code == 422
    refused = client.post(url, fields | {"to_state": "abandoned"})
    assert (refused.status_code, "what was learned, then abandon" in refused.text) == (422, True)
    made = client.post(url, fields)
    assert made.url == f"/a3/{sheet.pk}/?side=details"
    assert "Done since May." in client.get(made.url).text
    late = client.post(url, fields | {"to_state": "checked"})
    assert (late.status_code, "“Standardised” in the meantime" in late.text) == (409, True)
    assert StateChange.objects.count() == 1


def test_people_are_asked_on_a_page_of_their_own(sheet, cast, sign_in):
    url = reverse("a3:agreement_new", args=[sheet.pk])
    client = sign_in("change_agent")
    assert "Asking has the sheet enter “In agreement”" in words(client.get(url))
    first, *_ = client.get(url).context["form"].fields["people"].queryset
    assert first == cast.coach  # who is named on the sheet
    assert "<legend>Whom </legend>" in words(client.get(url))  # not optional: somebody must be chosen
    none = client.post(url, {"note": ""})
    assert (none.status_code, none.context["form"].errors.keys()) == (422, {"people"})
    assert "Choose at least one person" in none.text
    assert client.post(url, {"people": [cast.outsider.pk]}).status_code == 422
    made = client.post(url, {"people": [cast.coach.pk], "other": cast.learner.pk})
    assert made.url == f"/a3/{sheet.pk}/?side=agreement"
    assert {a.person for a in Agreement.objects.all()} == {cast.coach, cast.learner}
    again = client.post(url, {"people": [cast.coach.pk]}, follow=True)
    assert "asked about this very round already" in again.text
    assert "Coach, coach: asked, no answer yet" in words(client.get(url))


def test_answers_come_back_as_the_panel(sheet, cast, sign_in):
    asked = make_agreement(sheet)
    later = reverse("a3:agreement_not_yet", args=[asked.pk])
    client = sign_in("coach")
    part = client.post(later, {"words": ""}, headers=HTMX)
    assert (part.status_code, "Say what is missing" in part.text, "<html" in part.text) == (422, True, False)
    part = client.post(later, {"words": "By <b>when</b>?"}, headers=HTMX)
    assert (part.status_code, "By &lt;b&gt;when&lt;/b&gt;?" in part.text) == (200, True)
    page = client.post(reverse("a3:agreement_agree", args=[asked.pk]), {}, follow=True)
    assert "agreed to" in page.text
    assert "Everybody who was asked agrees." in words(page)


def test_asked_no_more_the_form_is_gone_and_a_late_answer_is_404(sheet, cast, sign_in):
    asked = make_agreement(sheet)
    stop = reverse("a3:agreement_stop", args=[asked.pk])
    assert sign_in("coach").post(stop).status_code == 404
    assert sign_in("change_agent").post(stop, headers=HTMX).status_code == 200
    assert sign_in("change_agent").post(stop).status_code == 404
    assert sign_in("coach").post(reverse("a3:agreement_agree", args=[asked.pk]), {}).status_code == 404


def test_the_bar_says_when_an_agreement_has_lapsed(sheet, cast, sign_in):
    actions.agree(make_agreement(sheet), by=cast.coach)
    client = sign_in("change_agent")
    assert "Agreement lapsed" not in client.get(sheet.get_absolute_url()).text
    actions.save_section(section_of(sheet, 3).pk, body="<p>By one.</p>", revision=0, by=cast.change_agent)
    assert "Agreement lapsed" in client.get(sheet.get_absolute_url()).text


def test_former_answers_stay_to_be_read(sheet, cast, sign_in):
    actions.not_yet(make_agreement(sheet), by=cast.coach, words="By when?")
    Sheet.objects.update(title="Leave by eleven")
    sheet.refresh_from_db()
    make_agreement(sheet)
    page = words(sign_in("learner").get(f"{sheet.get_absolute_url()}?side=agreement"))
    assert ("Earlier answers" in page, "“By when?”" in page) == (True, True)


def fill(sheet, cast, rows):
    make_talk(sheet)
    for number in range(rows):
        make_agreement(sheet, make_person(f"person {number}", site=cast.site))
        actions.hand_over(sheet, to=cast.coach, by=cast.change_agent)
        actions.take_back(sheet, holder=cast.coach, by=cast.change_agent)
        state = (State.IN_TRIAL, State.CHECKED)[number % 2]
        change = StateChange(sheet=sheet, from_state=Sheet.objects.get().state, to_state=state, reason="x")
        actions.enter_state(change, by=cast.change_agent)


@pytest.mark.parametrize("rows", [1, 4])
def test_each_tab_costs_the_same_for_any_number_of_rows(sheet, cast, sign_in, django_assert_num_queries, rows):
    fill(sheet, cast, rows)
    client = sign_in("change_agent")
    for side, queries in (("agreement", 5), ("rounds", 7), ("details", 6)):  # session, person, sheet, open remarks
        with django_assert_num_queries(queries):
            client.get(sheet.get_absolute_url(), {"side": side}, headers=HTMX)


def test_a_talk_that_ended_meanwhile_is_a_409_with_a_sentence(sheet, cast, sign_in):
    talk = make_talk(sheet)
    at = talk.offered_times[0].isoformat()
    urls = {name: reverse(f"a3:talk_{name}", args=[talk.pk]) for name in ("accept", "times", "decline", "cancel")}
    client = sign_in("coach")
    assert client.post(urls["decline"], {"declining-words": "I travel"}).status_code == 302
    for name, fields in (
        ("times", {"first": "2099-01-01T09:00"}),
        ("decline", {"declining-words": "x"}),
        ("cancel", {"cancelling-words": "x"}),
    ):
        assert client.post(urls[name], fields).status_code in (409, 422)
    assert client.post(urls["cancel"], {"cancelling-words": "x"}).status_code == 409
    assert client.post(urls["accept"], {"at": at}).status_code == 422
    assert "Ended by Coach: I travel" in words(client.get(talk.get_absolute_url()))
