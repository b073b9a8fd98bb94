"""What people fill in on the way from a course to work: why they go, what they will try, what became of it."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q

from a3.models import Sheet
from courses.models import ApplicationPlan, Enrollment, FollowUp, Purpose, Reaction
from courses.models.plans import Can, Done, Much, Would
from partners.forms import NumberField
from partners.lib.fields import sort_key
from partners.models import Assignment, Level, Person, Site
from partners.models.people import PersonQuerySet

NEAR = 40  # co-workers that are offered as manager
CODE = re.compile(r"(?:A3-?)?0*(\d{1,18})", re.IGNORECASE)
A_YEAR = dt.timedelta(days=366)


def taps(label: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages={"required": "Choose one."}
    )


class PurposeForm(forms.ModelForm):
    """Why somebody goes; the manager is a co-worker, by name or e-mail."""

    manager = forms.CharField(
        label="Who is your manager?",
        max_length=254,
        widget=forms.TextInput(attrs={"list": "co-workers", "autocomplete": "off"}),
        help_text="Name or e-mail of somebody at your partner. They get a mail and agree, or ask back.",
    )

    class Meta:
        model = Purpose
        fields = ("problem", "able_to", "expected")
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in fields}

    def __init__(self, *args: Any, enrollment: Enrollment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enrollment = enrollment
        if self.instance.pk:
            self.fields["manager"].initial = self.instance.manager.name

    def clean_manager(self) -> Person:
        text = self.cleaned_data["manager"].strip()
        people = co_workers(self.enrollment).filter(Q(email=text.lower()) | Q(sort_name=sort_key(text)))
        found = list(people[:2])
        if not found:
            raise forms.ValidationError(
                f"Nobody else at {self.enrollment.partner} has this name or e-mail. Choose from the list as you type."
            )
        if len(found) > 1:
            raise forms.ValidationError("Two people have this name. Write the e-mail address.")
        return found[0]


def co_workers(enrollment: Enrollment, *, above: int = 0) -> PersonQuerySet:
    """Those who work at the same partner now, only above a level when asked."""
    there = Assignment.objects.current().filter(site__partner=enrollment.partner_id, level__gt=above)
    people = Person.objects.filter(Exists(there.filter(person=OuterRef("pk"))), is_active=True)
    return people.exclude(pk=enrollment.person_id)


def likely_managers(enrollment: Enrollment) -> PersonQuerySet:
    """A few to choose from; who is not among them can be written."""
    return co_workers(enrollment, above=Level.FRONT_LINE).order_by("sort_name")[:NEAR]


class AskBackForm(forms.Form):
    """What the manager wants to know before a yes."""

    words = forms.CharField(
        label="Or ask back",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write what you ask."},
    )


class ReactionForm(forms.ModelForm):
    recommends = taps("Would you send a co-worker?", Would)
    useful = taps("Is it of use for your work?", Much)
    could = taps("Before the course, could you do what it teaches?", Can)
    can = taps("Can you do it now?", Can)

    class Meta:
        model = Reaction
        fields = ("recommends", "useful", "could", "can", "said")


class PlanForm(forms.ModelForm):
    """The plan at the end of a course; left wholly empty it is written later."""

    class Meta:
        model = ApplicationPlan
        fields = ("what", "site", "with_whom", "by_on", "how_known")
        widgets = {
            "what": forms.Textarea(attrs={"rows": 3}),
            "by_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, enrollment: Enrollment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enrollment = enrollment
        site: Any = self.fields["site"]
        site.queryset = Site.objects.filter(partner=enrollment.partner_id)
        if not self.instance.pk:
            at = enrollment.person.assignments.current().filter(site__partner=enrollment.partner_id)
            site.initial = at.values_list("site", flat=True).first()

    def clean_by_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["by_on"]
        last = self.enrollment.offering.ends_on
        if not last <= day <= last + A_YEAR:
            raise forms.ValidationError("Choose a day after the course, within a year.")
        return day


class FollowUpForm(forms.ModelForm):
    """Two questions; a number and how one knows only for who has them."""

    done = taps("Did you do it?", Done)
    number = NumberField(label="A number, if you have one", required=False)
    sheet = forms.CharField(
        label="The A3 it stands on",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"placeholder": "A3-0412", "autocomplete": "off"}),
    )

    class Meta:
        model = FollowUp
        fields = ("done", "words", "number", "evidence")
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if self.instance.sheet:
            self.fields["sheet"].initial = self.instance.sheet.code

    def clean_sheet(self) -> Sheet | None:
        text = self.cleaned_data["sheet"].strip()
        if not text:
            return None
        code = CODE.fullmatch(text)
        sheet = code and Sheet.objects.visible_to(self.person).filter(pk=int(code[1])).first()
        if not sheet:
            raise forms.ValidationError("There is no such A3 that you may see. Its number stands below it: A3-0412.")
        return sheet

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("done") in {Done.NOT_YET, Done.GAVE_UP} and not found.get("words"):
            self.add_error("words", "Write in a few words what stood in the way: this is what others learn from.")
        return found
