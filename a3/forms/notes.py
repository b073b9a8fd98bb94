"""A coach's private note."""

from django import forms

from a3.models import CoachNote


class CoachNoteForm(forms.ModelForm):
    class Meta:
        model = CoachNote
        fields = ("text",)
        labels = {"text": "A note to yourself"}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
