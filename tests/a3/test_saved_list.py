"""Lists that a person keeps under a name."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse

from a3 import actions
from a3.models import SavedList
from tests.cast import PEOPLE

NEW = reverse("a3:saved_list_new")


@pytest.fixture
def kept(cast):
    return SavedList.objects.create(person=cast.learner, name="Waiting", query="show=turn")


def test_each_sees_only_their_own(cast, kept):
    assert {n: set(SavedList.objects.visible_to(cast[n])) for n in PEOPLE[1:]} == {
        n: {kept} if n == "learner" else set() for n in PEOPLE[1:]
    }
    assert not SavedList.objects.visible_to(AnonymousUser()).exists()


def test_filters_are_kept_as_far_as_they_mean_something(cast, sign_in):
    client = sign_in("learner")
    query = f"state=draft&site={cast.other_site.pk}&x=1&archived=on"
    assert "State: Draft" in client.get(f"{NEW}?{query}").text
    answer = client.post(NEW, {"name": "Drafts put away", "query": query})
    saved = SavedList.objects.get()
    assert (saved.person, saved.query) == (cast.learner, "state=draft&archived=on")
    assert answer.url == "/a3/?state=draft&archived=on"
    assert "Drafts put away" in client.get(answer.url).text


def test_a_name_is_taken_once_and_the_form_says_so(cast, kept, sign_in):
    answer = sign_in("learner").post(NEW, {"name": "Waiting", "query": "state=draft"})
    assert (answer.status_code, "Choose another name" in answer.text) == (422, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedList.objects.create(person=cast.learner, name="Waiting", query="x")


def test_there_are_not_endlessly_many(cast):
    for number in range(30):
        actions.save_list(SavedList(name=str(number), query="show=mine"), by=cast.learner)
    with pytest.raises(actions.CannotSave):
        actions.save_list(SavedList(name="One more", query="show=mine"), by=cast.learner)


def test_renamed_and_deleted(cast, kept, sign_in):
    client = sign_in("learner")
    assert client.post(reverse("a3:saved_list_edit", args=[kept.pk]), {"name": "My turn"}).status_code == 302
    assert SavedList.objects.get().name == "My turn"
    client.post(reverse("a3:saved_list_delete", args=[kept.pk]))
    assert not SavedList.objects.exists()
