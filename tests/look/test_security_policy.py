"""One content security policy, the same on every answer."""

import pytest

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


@pytest.mark.parametrize(
    ("person", "url", "status"),
    [
        ("learner", "/", 200),
        ("administrator", "/admin/", 200),
        ("learner", "/not-there/", 404),
        ("nobody", "/accounts/login/", 200),
        ("nobody", "/", 302),
    ],
)
def test_policy(sign_in, person, url, status):
    response = sign_in(person).get(url)
    assert response.status_code == status
    assert response["Content-Security-Policy"] == POLICY


def test_other_headers(sign_in):
    response = sign_in("learner").get("/")
    assert {name: response[name] for name in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")} == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
    }
    assert "no-store" in response["Cache-Control"]
    assert "HX-Request" in response["Vary"]
