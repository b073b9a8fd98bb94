"""Whom an owner asks to look at a sheet without an account."""

from django import forms

from a3.models import Reviewer
from a3.models.reviewers import LONGEST

DAYS = 14


class ReviewerForm(forms.ModelForm):
    days = forms.IntegerField(
        label="For how many days", min_value=1, max_value=LONGEST.days, initial=DAYS, help_text="60 at most."
    )

    class Meta:
        model = Reviewer
        fields = ("name", "email", "note")
        labels = {"name": "Name", "email": "E-mail", "note": "What should they look at?"}
        help_texts = {"note": "Goes with the mail."}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
