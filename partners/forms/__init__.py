"""Shape and cleaning of what people type."""

from partners.forms.accounts import (
    RULES,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from partners.forms.invitations import AcceptForm, InvitationForm
from partners.forms.people import PeopleFilter, ProfileForm

__all__ = [
    "RULES",
    "AcceptForm",
    "ChangePasswordForm",
    "InvitationForm",
    "LoginForm",
    "PeopleFilter",
    "ProfileForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "ResetPasswordKeyForm",
    "SetPasswordForm",
]
