"""Who may open which page of partners; see tests/test_access.py."""

from tests.access import ALL, EVERYONE, NO_ONE, Row, only
from tests.cast import PEOPLE
from tests.factories import make_claim

AWAY = dict.fromkeys(PEOPLE, 302)  # sent on: home, or to sign in
OF_PARTNER = only("learner", "change_agent", "sponsor", "coach", "staff", "administrator")
INVITING = only("change_agent", "staff", "administrator")
SIGNED_OUT = AWAY | {"nobody": 200}  # whoever is signed in has no business there


def claim(cast):
    return [make_claim(cast.change_agent, cast.site, is_shared_with_lei=True).pk]


def check(cast):
    return [make_claim(cast.learner, cast.site, is_shared_with_lei=True).checks.first().pk]


def partner(cast):
    return [cast.partner.pk]


ACCOUNTS = {
    "account_login": Row(SIGNED_OUT),
    "account_logout": Row(ALL),
    "account_inactive": Row(EVERYONE),
    "account_reauthenticate": Row(dict.fromkeys(PEOPLE, 403) | {"nobody": 302}),  # the cast has no passwords
    "account_change_password": Row(AWAY),
    "account_set_password": Row(ALL),
    "account_reset_password": Row(EVERYONE),
    "account_reset_password_done": Row(EVERYONE),
    "account_reset_password_from_key": Row(EVERYONE, args=lambda _cast: ["1", "no-such-key"]),
    "account_reset_password_from_key_done": Row(EVERYONE),
    "mfa_index": Row(ALL),
    "mfa_authenticate": Row(AWAY),
    "mfa_reauthenticate": Row(dict.fromkeys(PEOPLE, 403) | {"nobody": 302}),
    "mfa_activate_totp": Row(ALL),
    "mfa_deactivate_totp": Row(NO_ONE),
    "mfa_view_recovery_codes": Row(NO_ONE),
    "mfa_generate_recovery_codes": Row(ALL),
    "mfa_download_recovery_codes": Row(NO_ONE),
    "mfa_list_webauthn": Row(ALL),
    "mfa_add_webauthn": Row(ALL),
    "mfa_reauthenticate_webauthn": Row(dict.fromkeys(PEOPLE, 403) | {"nobody": 302}),
    "mfa_remove_webauthn": Row(NO_ONE, args=lambda _cast: [1]),
    "mfa_edit_webauthn": Row(NO_ONE, args=lambda _cast: [1]),
    "mfa_login_webauthn": Row(AWAY),
    "usersessions_list": Row(ALL),
    "session_end": Row(NO_ONE, args=lambda _cast: [1], data={}),
}

ROWS = ACCOUNTS | {
    "partners:partner_list": Row(ALL),
    "partners:partner_detail": Row(OF_PARTNER, args=partner),
    "partners:person_list": Row(OF_PARTNER, args=partner),
    "partners:person_detail": Row(OF_PARTNER, args=lambda cast: [cast.learner.pk]),
    "partners:invitations_of_partner": Row(INVITING, args=partner),
    "partners:invitation_new": Row(INVITING, args=partner),
    "partners:invitation_resend": Row(NO_ONE, args=lambda _cast: [1], data={}),
    "partners:invitation_withdraw": Row(NO_ONE, args=lambda _cast: [1], data={}),
    "partners:invitation_accept": Row(dict.fromkeys(PEOPLE, 404), args=lambda _cast: ["no-such-token"]),
    "partners:claim_detail": Row(OF_PARTNER, args=claim),
    "partners:claim_schedule": Row(only("change_agent", status=302), args=claim, data={"on": ""}),
    "partners:claim_end": Row(only("change_agent", status=302), args=claim, data={"reason": "The ward has closed"}),
    "partners:check_answer": Row(only("learner", "change_agent"), args=check),
    "partners:profile": Row(ALL),
}
