"""Materials in the admin: in an order, each with the file, link or video and for whom it is."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.base import ContentFile

from a3 import documents
from courses.models import Material


class MaterialForm(forms.ModelForm):
    """A file is looked at before it is kept; a link or a video is an address."""

    upload = forms.FileField(
        label="File",
        required=False,
        max_length=500,
        widget=forms.FileInput(attrs={"accept": documents.ACCEPTED}),
        help_text="A PDF, a picture or an office file, at most 15 MB.",
    )

    class Meta:
        model = Material
        fields = ("place", "kind", "title", "upload", "url", "audience")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.name:
            self.fields["upload"].help_text = f"{self.instance.name}. Choose another one to replace it."

    def clean_upload(self) -> documents.Document | None:
        sent = self.cleaned_data["upload"]
        if not sent:
            return None
        try:
            return documents.look_at(sent, size=sent.size or 0, name=sent.name or "")
        except documents.NotADocument as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        document, kind, row = cleaned.get("upload"), cleaned.get("kind"), self.instance
        if kind != Material.Kind.FILE:
            row.file, row.name, row.ending, row.size = "", "", "", 0
            if kind and not cleaned.get("url") and "url" not in self.errors:
                self.add_error("url", "Give the address of the link or the video.")
            return cleaned
        cleaned["url"] = ""
        if document:
            row.name, row.ending, row.size = document.name, document.ending, len(document.content)
            row.file = ContentFile(document.content, name=document.name)
        elif not row.file and "upload" not in self.errors:
            self.add_error("upload", "Choose the file.")
        return cleaned


class MaterialInline(admin.TabularInline):
    """Of a course, or of one offering."""

    model = Material
    form = MaterialForm
    extra = 0
    ordering = ("place", "pk")
    verbose_name_plural = "materials"
