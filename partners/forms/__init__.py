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
from partners.forms.claims import AnswerForm, ClaimForm, DaysField, EndingForm, NumberField, ScheduleForm
from partners.forms.invitations import AcceptForm, InvitationForm
from partners.forms.people import PeopleFilter, ProfileForm

__all__ = [
    "RULES",
    "AcceptForm",
    "AnswerForm",
    "ChangePasswordForm",
    "ClaimForm",
    "DaysField",
    "EndingForm",
    "InvitationForm",
    "LoginForm",
    "NumberField",
    "PeopleFilter",
    "ProfileForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "ResetPasswordKeyForm",
    "ScheduleForm",
    "SetPasswordForm",
]
