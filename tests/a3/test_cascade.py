"""Sheets that are part of others: one partner, no rings, not too deep, also when two act at once."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from a3 import actions
from a3.models import Sheet
from a3.models.rules import MOST_LEVELS
from tests.a3.factories import make_sheet, sheet_type


@pytest.fixture
def parent(cast):
    return make_sheet(cast.change_agent, cast.site, title="Beds by noon")


def edit(client, sheet, part_of):
    fields = {"title": sheet.title, "audience": "partner", "part_of": part_of}
    return client.post(reverse("a3:sheet_edit", args=[sheet.pk]), fields)


def test_a_child_is_started_from_its_parent(cast, parent, sign_in):
    client = sign_in("learner")
    new = client.get(f"{reverse('a3:sheet_new')}?part_of={parent.code}")
    assert f'value="{parent.code}"' in new.text
    fields = {"type": sheet_type().pk, "title": "Letters first", "site": cast.site.pk, "audience": "partner"}
    client.post(reverse("a3:sheet_new"), fields | {"part_of": parent.code})
    child = Sheet.objects.get(title="Letters first")
    assert child.parent == parent
    assert "part of <a" in client.get(child.get_absolute_url()).text
    page = client.get(f"{parent.get_absolute_url()}?side=details")
    assert list(page.context["children"]) == [child]


def test_it_is_changed_and_taken_off_by_number(cast, parent, sign_in):
    sheet = make_sheet(cast.learner, cast.site)
    client = sign_in("learner")
    for typed, above in ((str(parent.pk), parent), (f"a3-{parent.pk:06d} Beds by noon", parent), ("", None)):
        assert edit(client, sheet, typed).status_code == 302
        assert Sheet.objects.get(pk=sheet.pk).parent == above


@pytest.mark.parametrize("typed", ["A3-9999999", "beds", "\x00", "9" * 30, "-1"])
def test_what_is_no_sheet_here_is_refused_with_words(cast, parent, sign_in, typed):
    answer = edit(sign_in("change_agent"), parent, typed)
    assert (answer.status_code, "Look it up in the list of A3s" in answer.text) == (422, True)


def test_another_partners_sheet_is_as_if_it_were_not_there(cast, parent, sign_in):
    theirs = make_sheet(cast.outsider, cast.other_site, title="Theirs")
    answer = edit(sign_in("change_agent"), parent, theirs.code)
    assert (answer.status_code, "Theirs" in answer.text) == (422, False)
    with pytest.raises(IntegrityError, match="one partner"), transaction.atomic():
        Sheet.objects.filter(pk=parent.pk).update(parent=theirs)


def test_no_rings(cast, parent, sign_in):
    child = make_sheet(cast.change_agent, cast.site, parent=parent)
    answer = edit(sign_in("change_agent"), parent, child.code)
    assert (answer.status_code, "below this one already" in answer.text) == (409, True)
    assert Sheet.objects.get(pk=parent.pk).parent is None
    with pytest.raises(IntegrityError, match="rings"), transaction.atomic():
        Sheet.objects.filter(pk=parent.pk).update(parent=parent)


def test_not_too_deep(cast, parent):
    lowest = parent
    for _ in range(MOST_LEVELS - 1):
        lowest = make_sheet(cast.learner, cast.site, parent=lowest)
    with pytest.raises(actions.NotBelow):
        actions.start_sheet(
            Sheet(type=sheet_type(), title="x", partner=cast.partner, site=cast.site, parent=lowest), by=cast.learner
        )
    above = make_sheet(cast.change_agent, cast.site)
    with pytest.raises(IntegrityError, match="levels"), transaction.atomic():
        Sheet.objects.filter(pk=parent.pk).update(parent=above)


def test_a_parent_that_one_does_not_see_is_not_named(cast, parent, sign_in):
    child = make_sheet(cast.learner, cast.site, parent=parent, copied_from=parent, coach=cast.coach)
    page = sign_in("coach").get(f"{child.get_absolute_url()}?side=details").text
    assert ("Beds by noon" in page, parent.code in page) == (False, False)
