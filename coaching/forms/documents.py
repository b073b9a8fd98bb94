"""A document for a visit."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from a3 import documents


class DocumentForm(forms.Form):
    """One file; after cleaning, what it is."""

    file = forms.FileField(
        label="File",
        max_length=500,
        widget=forms.FileInput(attrs={"accept": documents.ACCEPTED}),
        help_text="A PDF, a picture or an office file, at most 15 MB. Whoever sees the visit can open it.",
    )

    def clean_file(self) -> documents.Document:
        upload: UploadedFile = self.cleaned_data["file"]
        try:
            return documents.look_at(upload, size=upload.size or 0, name=upload.name or "")
        except documents.NotADocument as refused:
            raise forms.ValidationError(str(refused)) from refused
