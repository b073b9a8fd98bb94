"""Verbs of a sheet: starting it, passing the ball, remarking and answering."""

from a3.models import Section, Sheet


def add_sections(sheet: Sheet) -> None:
    """Give a new sheet the empty sections of its type."""
    Section.objects.bulk_create(Section(sheet=sheet, type=kind) for kind in sheet.type.sections.all())
