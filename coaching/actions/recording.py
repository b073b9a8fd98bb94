"""Writing down what was seen, asked and learned at a visit: once, in whatever order it arrives, and over nobody."""

from typing import Any, cast

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from a3.pictures import Picture
from coaching.actions.refusals import Refused
from coaching.models import Observation, Question, WalkPhoto
from coaching.models.written import Revised
from partners.models import Person

MOST_PHOTOS = 12  # of one observation


class Clash(Refused):
    """Somebody else wrote this in the meantime; `now` is how it stands."""

    def __init__(self, now: Revised) -> None:
        super().__init__("This was changed in the meantime.")
        self.now = now


class TooManyPhotos(Refused):
    """An observation holds no more photos."""

    def __init__(self) -> None:
        super().__init__(f"An observation holds at most {MOST_PHOTOS} photos: write another one for the rest.")


@transaction.atomic
def record[R: Revised](
    piece: R, said: dict[str, Any], *, revision: int, by: Person, writing: tuple[str, int] = ("", 0)
) -> R:
    """Write what was `said` as a new row, or over the one that is known as `piece`, and return that row.

    `revision` is the one that `by` saw, 0 for none; `writing` is the name of the form and the number of this step.
    Raises Clash when somebody else has written since, and DoesNotExist when this id is another visit's. No clash: the
    same said twice, and the next step of the very form that was sent last, because its answer was lost on the way.
    """
    editor, step = writing
    sent = {"writing": editor, "step": step, "changed_by": by, "changed_at": timezone.now()}
    if revision == 0 and (made := _made(piece, said | sent | {"written_by": by})):
        return made
    rows = _rows(piece)
    over = sent | said | {"revision": F("revision") + 1}
    if hasattr(piece, "removed_at"):
        over |= {"removed_at": None, "removed_by": None} | said
    if rows.filter(revision=revision).update(**over):
        return rows.get()
    if editor and rows.filter(writing=editor, step__lt=step).update(**over):
        return rows.get()
    now = rows.select_related("changed_by").get()
    if not _says(now, said):
        raise Clash(now)
    return now


def remove[R: Revised](piece: R, *, revision: int, by: Person, writing: tuple[str, int] = ("", 0)) -> R:
    """Take a piece out of the record. Raises Clash when somebody else has written since."""
    gone = {"removed_at": timezone.now(), "removed_by": by}
    now = _rows(piece).get()
    return now if getattr(now, "removed_at", None) else record(now, gone, revision=revision, by=by, writing=writing)


def add_walk_photo(observation: Observation, picture: Picture, *, uid: Any, by: Person) -> WalkPhoto:
    """Keep a prepared picture with what it shows. Sent twice (a phone was off line), it is one photo."""
    if known := WalkPhoto.objects.filter(uid=uid, observation=observation).first():
        return known
    if observation.photos.filter(removed_at__isnull=True).count() >= MOST_PHOTOS:
        raise TooManyPhotos
    size = {"width": picture.width, "height": picture.height, "sha256": picture.sha256}
    photo = WalkPhoto(observation=observation, uid=uid, taken_by=by, **size)
    photo.file.save(f"photo.{picture.ending}", ContentFile(picture.content), save=False)
    try:
        with transaction.atomic():
            photo.save()
    except IntegrityError:
        photo.file.delete(save=False)
        return WalkPhoto.objects.get(uid=uid, observation=observation)
    return photo


def remove_walk_photo(photo: WalkPhoto, *, by: Person) -> None:
    WalkPhoto.objects.standing().filter(pk=photo.pk).update(removed_at=timezone.now(), removed_by=by)


def answer_question(question: Question, answer: str, *, by: Person) -> None:
    """Keep the host's answer, a later one in place of it; an empty one takes it back."""
    said = {"answered_at": timezone.now(), "answered_by": by} if answer else {"answered_at": None, "answered_by": None}
    Question.objects.filter(pk=question.pk).update(answer=answer, **said)


def _rows[R: Revised](piece: R) -> QuerySet[R]:
    rows: QuerySet[R] = cast("Any", type(piece)).objects.filter(**piece.known_as)
    return rows


def _made[R: Revised](piece: R, fields: dict[str, Any]) -> R | None:
    """The new row; None when there is one already."""
    try:
        row: R
        row, is_new = cast("Any", type(piece)).objects.get_or_create(**piece.known_as, defaults=fields)
    except IntegrityError:  # the id is that of a piece of another visit
        return None
    return row if is_new else None


def _says(row: Revised, said: dict[str, Any]) -> bool:
    is_there = getattr(row, "removed_at", None) is None or "removed_at" in said
    return is_there and all(getattr(row, name) == value for name, value in said.items())
