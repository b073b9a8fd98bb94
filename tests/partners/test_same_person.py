"""A page belongs to whom it was made for: what it sends while another is signed in is refused."""

import pytest
from django.urls import reverse


def test_a_signed_in_page_says_whose_it_is(cast, sign_in):
    assert sign_in("learner").get("/")["X-Person"] == str(cast.learner.pk)
    assert "X-Person" not in sign_in("nobody").get("/accounts/login/")
    assert f'"X-Person": "{cast.learner.pk}"' in sign_in("learner").get("/").text


@pytest.mark.parametrize(("whose", "status"), [("learner", 200), ("coach", 403)])
def test_another_persons_page_is_refused(cast, sign_in, whose, status):
    answer = sign_in("learner").get("/", headers={"X-Person": str(cast[whose].pk)})
    assert answer.status_code == status


def test_signing_out_is_nobodys_page(sign_in):
    answer = sign_in("learner").post(reverse("account_logout"))
    assert "X-Person" not in answer
