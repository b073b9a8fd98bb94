"""What people fill in at a Summit: a team, a note, and what the team tries."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from courses.models import Enrollment, Session, Team
from partners.models import Person


class MemberField(forms.ModelMultipleChoiceField):
    """By name and partner."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.name}, {obj.partner.name if obj.partner else 'LEI'}"


class TeamForm(forms.ModelForm):
    """Of people with a seat whom its maker may put there; those of one partner alone make a team of that partner."""

    members = MemberField(
        queryset=Enrollment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who is in the team."},
    )

    class Meta:
        model = Team
        fields = ("name", "looks_for", "members")

    def __init__(self, *args: Any, seen: QuerySet[Enrollment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = seen.select_related("person", "partner").order_by("person__sort_name", "pk")
        cast("forms.ModelMultipleChoiceField", self.fields["members"]).queryset = people

    def clean_members(self) -> Any:
        """Members whom this person does not see stay in it; a team of several stays one."""
        chosen = list(self.cleaned_data["members"])
        if self.instance.pk:
            shown = cast("forms.ModelMultipleChoiceField", self.fields["members"]).queryset
            chosen += list(self.instance.members.exclude(pk__in=(shown or Enrollment.objects.none()).values("pk")))
        partners = {row.partner_id for row in chosen}
        was_of_several = self.instance.pk and self.instance.partner_id is None
        is_of_one = len(partners) == 1 and not was_of_several  # what several wrote no partner's change agents read
        self.instance.partner_id = partners.pop() if is_of_one else None
        return chosen


class NoteForm(forms.Form):
    """What one saw; `once` is made with the page."""

    words = forms.CharField(
        label="What did you see or hear?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write a word or two."},
    )
    session = forms.ModelChoiceField(
        label="In which session?", queryset=Session.objects.none(), required=False, empty_label="Anywhere"
    )
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "note-%s"})
        sessions = Session.objects.filter(offering=team.offering_id)
        cast("forms.ModelChoiceField", self.fields["session"]).queryset = sessions


class TrialForm(forms.Form):
    """What the team tries, who, and by when."""

    words = forms.CharField(label="What we try", max_length=300, error_messages={"required": "Write what you try."})
    person = forms.ModelChoiceField(label="Who", queryset=Person.objects.none(), empty_label="Choose")
    due_on = forms.DateField(label="By when", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "try-%s"})
        people = Person.objects.filter(pk__in=team.members.values("person"))
        field = cast("forms.ModelChoiceField", self.fields["person"])
        field.queryset = people
        if not self.is_bound:  # the page has read them already
            field.choices = [("", "Choose"), *((row.person_id, row.person.name) for row in team.members.all())]
