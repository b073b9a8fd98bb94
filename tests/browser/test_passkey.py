"""A passkey from adding it to signing in with nothing else, with the browser's own virtual authenticator."""

import re

from playwright.sync_api import expect

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_sign_in_with_a_passkey_alone(open_as, cast):
    page = open_as("learner")
    page.set_default_timeout(20_000)  # the first page of a run compiles its templates
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page).to_have_url(re.compile("recovery-codes"))

    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/partners/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile(r":\d+/(partners/)?$"))
    page.goto("/partners/profile/")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Learner")
