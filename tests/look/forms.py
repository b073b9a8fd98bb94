"""A form with one field of each kind."""

import datetime as dt

from django import forms

LEVELS = [("1", "Front line"), ("3", "Middle"), ("5", "Executive")]


class PiecesForm(forms.Form):
    name = forms.CharField(help_text="As people say it, such as: Riverside.")
    email = forms.EmailField(label="E-mail")
    about = forms.CharField(widget=forms.Textarea, required=False, label="What would you like to see?")
    level = forms.ChoiceField(choices=LEVELS)
    on = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=dt.date(2026, 11, 25)
    )
    kind = forms.ChoiceField(choices=LEVELS, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(choices=LEVELS, widget=forms.CheckboxSelectMultiple, required=False)
    sure = forms.BooleanField(label="I have been there and have seen it")
    photo = forms.FileField(required=False)

    def clean(self):
        if self.data.get("name") == "clash":
            raise forms.ValidationError(
                "Ken Obara is in Lyon until Wed 25 Nov, 17:30. Choose another day, or another coach."
            )
        return super().clean()
