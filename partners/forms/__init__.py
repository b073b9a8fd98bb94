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

__all__ = [
    "RULES",
    "ChangePasswordForm",
    "LoginForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "ResetPasswordKeyForm",
    "SetPasswordForm",
]
