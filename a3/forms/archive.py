"""Putting a sheet in the archive."""

from django import forms


class ArchiveForm(forms.Form):
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="You may leave it empty. It stands on the sheet, with your name.",
    )
