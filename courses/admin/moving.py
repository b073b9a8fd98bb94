"""Where enrollments are moved to."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect

from courses.forms import ReasonForm
from courses.models import Enrollment, Offering
from partners.models import Someone


class MoveForm(ReasonForm):
    """Another offering, found by typing, and why."""

    to: Any = forms.ModelChoiceField(None, label="To")
    field_order = ("to", "reason")

    def __init__(self, *args: Any, admin_site: Any, user: Someone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = Offering.objects.visible_to(user).select_related("course")
        field.widget = AutocompleteSelect(Enrollment._meta.get_field("offering"), admin_site)
        field.widget.choices = field.choices
