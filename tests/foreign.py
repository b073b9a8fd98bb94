"""Rows of another partner that all have the same number, so that one number in any field means something of theirs."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Count, ForeignKey, Model, Value
from django.utils import timezone

from a3 import models as a3
from coaching import models as coaching
from partners import models as partners
from tests.a3.factories import sheet_type
from tests.cast import Cast

NUMBER = 900_001
SECRET = "Peregrine"  # stands in all their words


def make_foreign_rows(cast: Cast) -> None:
    """One of each, of Corvane Aerospace and its change agent; nobody of Halden Valley may hear of it."""
    now, by, pk = timezone.now(), cast.outsider, {"pk": NUMBER}
    _make(partners.Person, name=SECRET, email="peregrine@example.com", password="!", is_coach=False, **pk)
    person = partners.Person.objects.get(**pk)
    _make(partners.Site, partner=cast.elsewhere, name=SECRET, country="US", zone="America/Chicago", **pk)
    site = partners.Site.objects.get(**pk)
    _make(partners.Assignment, person=person, site=site, began_on=dt.date(2021, 2, 1), **pk)
    _make(partners.Priority, partner=cast.elsewhere, name=SECRET, began_on=dt.date(2021, 2, 1), **pk)
    measured = {"measure": SECRET, "baseline": Decimal(4), "value": Decimal(3)}
    _make(partners.Claim, partner=cast.elsewhere, site=site, owner=by, made_by=by, **measured, **pk)
    _make(partners.Check, claim_id=NUMBER, due_on=dt.date(2030, 1, 1), **pk)
    asked = {"invited_by": by, "expires_at": now + dt.timedelta(days=9), "token_hash": "p" * 64}
    _make(partners.Invitation, email="falcon@example.com", name=SECRET, site=site, **asked, **pk)
    kind = sheet_type()
    owned = {"owner": by, "ball": by, "sponsor": person, "partner": cast.elsewhere, "site": site}
    _make(a3.Sheet, type=kind, title=SECRET, **owned, **pk)
    _make(a3.Section, sheet_id=NUMBER, type=kind.sections.all()[0], body=f"<p>{SECRET}</p>", **pk)
    _of_the_sheet(by, person, now)
    _of_coaching(cast, site, now)


def _of_the_sheet(by: partners.Person, person: partners.Person, now: dt.datetime) -> None:
    of: dict[str, Any] = {"sheet_id": NUMBER, "pk": NUMBER}
    seen = {"width": 1, "height": 1, "sha256": "p"}
    _make(a3.Figure, kind="whys", title=SECRET, changed_by=by, **of)
    _make(a3.Remark, section_id=NUMBER, text=SECRET, author=by, **of)
    _make(a3.Photo, file="peregrine.jpg", uploaded_by=by, **seen, **of)
    _make(a3.Round, number=1, handed_over_by=by, content={"title": SECRET, "sections": []}, **of)
    _make(a3.Agreement, round_id=NUMBER, person=by, asked_by=by, note=SECRET, **of)
    _make(a3.Talk, asked_by=by, asked_of=person, offered_by=by, offered_times=[now], note=SECRET, **of)
    ends = {"asked_by": by, "expires_at": now + dt.timedelta(days=9), "token_hash": "p" * 64}
    _make(a3.Reviewer, name=SECRET, email="falcon@example.com", **ends, **of)
    _make(a3.SheetPrint, version_key="p", asked_by=by, **of)
    _make(a3.Effect, claim_id=NUMBER, **of)
    _make(a3.MarkedPrint, round_id=NUMBER, file="peregrine.jpg", added_by=by, **seen, pk=NUMBER)
    _make(a3.CoachNote, author=by, about=person, text=SECRET, pk=NUMBER)
    _make(a3.SavedList, person=by, name=SECRET, query="show=mine", pk=NUMBER)
    _make(a3.Book, title=SECRET, asked_by=by, pk=NUMBER)


def _of_coaching(cast: Cast, site: partners.Site, now: dt.datetime) -> None:
    """A visit to come, all that belongs to one, and a charter; its coach is LEI's, of whom partners read the name."""
    by, of = cast.outsider, {"visit_id": NUMBER, "pk": NUMBER}
    written = {"written_by": by, "changed_by": by}
    days = {"preferred_from": dt.date(2030, 1, 7), "preferred_to": dt.date(2030, 1, 9)}
    _make(coaching.VisitRequest, purpose=SECRET, site=site, asked_by=by, **days, pk=NUMBER)
    _make(coaching.VisitSeries, site=site, every_weeks=4, placed_by=cast.staff, pk=NUMBER)
    time = {"starts_at": now + dt.timedelta(days=30), "ends_at": now + dt.timedelta(days=30, hours=2)}
    known = {"site": site, "zone": site.zone, "coach": cast.coach, "placed_by": cast.staff, "series_id": NUMBER}
    _make(coaching.Visit, purpose=SECRET, request_id=NUMBER, **time, **known, pk=NUMBER)
    _make(coaching.Walk, theme=SECRET, **written, **of)
    _make(coaching.Observation, saw=SECRET, **written, **of)
    photo = {"file": "peregrine.jpg", "width": 1, "height": 1, "sha256": "p", "taken_by": by}
    _make(coaching.WalkPhoto, observation_id=NUMBER, **photo, pk=NUMBER)
    _make(coaching.Question, text=SECRET, **written, **of)
    _make(coaching.Promise, words=SECRET, owner=by, due_on=dt.date(2030, 2, 1), **written, **of)
    _make(coaching.Memo, body=f"<p>{SECRET}</p>", sent_at=now, sent_by=by, **written, **of)
    _make(coaching.MemoPrint, memo_id=NUMBER, asked_by=by, pk=NUMBER)
    _make(coaching.VisitPack, asked_by=by, **of)
    _make(coaching.Preparation, words=SECRET, added_by=by, **of)
    paper = {"file": "peregrine.pdf", "name": f"{SECRET}.pdf", "ending": "pdf", "size": 1, "sha256": "p"}
    _make(coaching.VisitDocument, added_by=by, **paper, **of)
    _make(coaching.SheetTouched, sheet_id=NUMBER, added_by=by, **of)
    agreed = {"begins_on": dt.date(2026, 1, 1), "ends_on": dt.date(2030, 12, 31)}
    _make(coaching.Charter, partner=cast.elsewhere, made_by=by, **agreed, pk=NUMBER)
    words = dict.fromkeys(("purpose", "alignment", "right_things", "cadence", "confidential"), SECRET)
    terms = {"number": 1, "days_per_year": 9, "notice_days": 9, "proposed_by": by} | agreed
    _make(coaching.CharterVersion, charter_id=NUMBER, **words, **terms, pk=NUMBER)


def _make(model: type[Model], **fields: Any) -> None:
    model._default_manager.create(**fields)


def tables() -> list[type[Model]]:
    return [model for app in ("a3", "coaching", "partners") for model in apps.get_app_config(app).get_models()]


def ties() -> dict[str, int]:
    """From which columns how many rows point at something of theirs."""
    columns = [(model, f) for model in tables() for f in model._meta.fields if isinstance(f, ForeignKey)]
    counts = [
        model._default_manager.filter(**{field.attname: NUMBER})
        .order_by()
        .values(column=Value(f"{model.__name__}.{field.name}"))
        .annotate(n=Count("*"))
        for model, field in columns
    ]
    return {row["column"]: row["n"] for row in counts[0].union(*counts[1:], all=True).order_by("column")}
