"""Forms of signing in: allauth's, with our words, and no password longer than it needs to be."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.core.validators import MaxLengthValidator

LONGEST = 128
RULES = "At least 12 characters, up to 128. A few words in a row are good; common passwords are refused."


def _word(field: forms.Field, label: str, hint: str = "", *, autocomplete: str | None = None) -> None:
    """Give one of allauth's fields our label and hint; a placeholder would repeat the label."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    if autocomplete:
        field.widget.attrs["autocomplete"] = autocomplete
    if isinstance(field.widget, forms.PasswordInput):
        field.validators = [
            *field.validators,
            MaxLengthValidator(LONGEST, "A password has at most %(limit_value)s characters."),
        ]


class LoginForm(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["login"], "E-mail", autocomplete="username")
        _word(self.fields["password"], "Password")
        self.fields["remember"].label = "Keep me signed in on this device for two weeks"


class ResetPasswordForm(allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["email"], "E-mail")


class ResetPasswordKeyForm(allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["password1"], "New password", RULES)
        _word(self.fields["password2"], "New password, again")


class ChangePasswordForm(allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["oldpassword"], "Current password")
        _word(self.fields["password1"], "New password", RULES)
        _word(self.fields["password2"], "New password, again")


class SetPasswordForm(allauth.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["password1"], "Password", RULES)
        _word(self.fields["password2"], "Password, again")


class ReauthenticateForm(allauth.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["password"], "Password")
