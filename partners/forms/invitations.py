"""Inviting somebody, and accepting."""

from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from partners.forms.accounts import LONGEST, RULES
from partners.models import Invitation, Partner, Person, Someone


class InvitationForm(forms.ModelForm):
    """Who is asked to which site; `sites` are those to which the inviter may ask people."""

    class Meta:
        model = Invitation
        fields = ("name", "email", "site", "role", "level", "position")
        labels = {"name": "Name", "site": "Site"}
        help_texts = {"position": "Such as: Nurse lead, 4 East."}

    def __init__(self, *args: Any, partner: Partner, by: Someone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site = cast("forms.ModelChoiceField", self.fields["site"])
        site.required = True
        site.queryset = partner.sites.manageable_by(by)
        site.empty_label = "Choose a site"

    def validate_constraints(self) -> None:
        """Leave "one open invitation" to the action, which first clears away the expired one."""


class AcceptForm(forms.Form):
    """The name as the person writes it, and a password of their own."""

    name = forms.CharField(max_length=200, label="Your name")
    password = forms.CharField(
        strip=False,
        label="Password",
        help_text=RULES,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        validators=[MaxLengthValidator(LONGEST, "A password has at most %(limit_value)s characters.")],
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if password := cleaned.get("password"):
            try:
                validate_password(password, Person(email=self.email, name=cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
