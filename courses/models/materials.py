"""Learning materials: files, links and videos of a course or an offering, for whom they are, and who opened them."""

import secrets
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from courses.models.courses import Course
from courses.models.enrollments import SEATED, Enrollment, State
from courses.models.offerings import Offering
from partners.lib.addresses import address_of
from partners.models import Partner, Person

if TYPE_CHECKING:
    from partners.models import Someone


def stored_name(material: "Material", _name: str) -> str:
    """A name of our own, with the ending of what it is."""
    return f"courses/materials/{secrets.token_hex(16)}.{material.ending}"


class For(models.TextChoices):
    EVERYBODY = "everybody", "Everybody in the catalogue"
    PARTNERS = "partners", "Partners' people"
    SEATED = "seated", "Those with a seat"
    ATTENDED = "attended", "Those who attended"
    STAFF = "staff", "Instructors and LEI's staff"


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, user: "Someone") -> Self:
        """LEI's staff see all, instructors those of what they teach; others what is for them, where they see it."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self.all()
        own = Enrollment.objects.filter(person=user)
        seen = Q(audience=For.EVERYBODY)
        seen |= Q(audience=For.PARTNERS) & (
            Q() if user.is_at_lei else Q(Exists(Partner.objects.filter(pk__in=user.works_at())))
        )
        seen |= Q(audience=For.SEATED) & _of(own.filter(state__in=SEATED).values("offering"))
        seen |= Q(audience=For.ATTENDED) & _of(own.filter(state=State.ATTENDED).values("offering"))
        found = Q(offering__isnull=True) | Q(offering__in=Offering.objects.visible_to(user))
        if user.is_coach:
            return self.filter(found & seen | _of(user.taught_offerings.values("pk")))
        return self.filter(found & seen)

    def of_course(self, course: Course) -> Self:
        """Its own, and those of its offerings."""
        return self.filter(Q(course=course) | Q(offering__course=course))

    def of_offering(self, offering: Offering) -> Self:
        """Its own, and those of its course."""
        return self.filter(Q(course=offering.course_id) | Q(offering=offering))

    def with_progress_of(self, person: Person) -> Self:
        """Annotate `opened_at` and `done_at`, those of this person."""
        own = Progress.objects.filter(person=person, material=OuterRef("pk"))
        return self.annotate(
            opened_at=Subquery(own.values("opened_at")[:1]), done_at=Subquery(own.values("done_at")[:1])
        )


def _of(offerings: "models.QuerySet[Any, Any]") -> Q:
    """Materials of these offerings, given by their keys, and of their courses."""
    courses = Offering.objects.filter(pk__in=offerings).values("course")
    return Q(offering__in=offerings) | Q(course__in=courses)


class Material(models.Model):
    """A file is looked at when it comes in (a3/documents.py) and only ever handed out as a download."""

    class Kind(models.TextChoices):
        FILE = "file", "File"
        LINK = "link", "Link"
        VIDEO = "video", "Video"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, null=True, blank=True, related_name="materials")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, null=True, blank=True, related_name="materials")
    place = models.PositiveSmallIntegerField("order", default=1)
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.FILE)
    title = models.CharField(max_length=160)
    audience = models.CharField("for", max_length=10, choices=For, default=For.SEATED)
    url = models.URLField("address", blank=True, max_length=500, help_text="Of a link, or of the page of a video.")
    file = models.FileField(upload_to=stored_name, blank=True, editable=False)
    name = models.CharField(max_length=120, blank=True, editable=False)
    ending = models.CharField(max_length=4, blank=True, editable=False)
    size = models.PositiveIntegerField(default=0, editable=False, help_text="In bytes.")

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ("place", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(course__isnull=True, offering__isnull=False)
                | Q(course__isnull=False, offering__isnull=True),
                name="courses_material_of_a_course_or_an_offering",
            ),
            models.CheckConstraint(
                condition=Q(kind="file", url="") & ~Q(file="") | Q(kind__in=("link", "video"), file="") & ~Q(url=""),
                name="courses_material_is_a_file_or_an_address",
                violation_error_message="A file needs a file; a link or a video needs an address.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("courses:material_open", self.pk)

    @property
    def host(self) -> str:
        """Where a link leads, for those who want to know before."""
        return urlsplit(self.url).hostname or ""


class ProgressQuerySet(models.QuerySet["Progress"]):
    def visible_to(self, user: "Someone") -> Self:
        """One's own; an instructor sees those on the lists of what they teach, LEI's staff all."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self.all()
        own = Q(person=user)
        if user.is_coach:
            taught = user.taught_offerings.values("pk")
            people = Enrollment.objects.living().filter(offering__in=taught, person=OuterRef("person"))
            own |= Q(Exists(people.filter(offering=OuterRef("material__offering"))))
            own |= Q(Exists(people.filter(offering__course=OuterRef("material__course"))))
        return self.filter(own)


class Progress(models.Model):
    """That a person opened a material, and said that they are done with it."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="progress")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["material", "person"], name="courses_progress_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.material}"
