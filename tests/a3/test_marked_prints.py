"""Photos of prints that somebody wrote on: kept with their round, seen by those who see the sheet."""

from io import BytesIO

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from a3.models import MarkedPrint
from tests.a3.factories import make_round
from tests.a3.prints import marked, sheet_of
from tests.cast import PEOPLE


def photo(name="print.jpg"):
    out = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue())


def test_a_photo_stands_on_the_page_of_its_round_once(cast, sign_in):
    sheet = sheet_of(cast, sponsor=cast.sponsor)
    number = make_round(sheet, to=cast.coach).number
    url = reverse("a3:marked_print_new", args=[sheet.pk, number])
    for person in ("coach", "sponsor", "change_agent"):
        assert sign_in(person).post(url, {"photo": photo()}).status_code == 302
    row = MarkedPrint.objects.get()
    assert (row.added_by, row.width, row.round.number) == (cast.coach, 60, number)
    page = sign_in("learner").get(reverse("a3:round_detail", args=[sheet.pk, number])).content.decode()
    assert row.get_absolute_url() in page
    assert "Add the photo" not in page
    assert sign_in("learner").post(url, {"photo": photo()}).status_code == 404


def test_what_is_no_photo_is_refused_with_a_sentence(cast, sign_in):
    sheet = sheet_of(cast)
    url = reverse("a3:marked_print_new", args=[sheet.pk, make_round(sheet, to=cast.coach).number])
    answer = sign_in("coach").post(url, {"photo": SimpleUploadedFile("x.jpg", b"<svg>")})
    assert answer.status_code == 422
    assert "not a picture" in answer.content.decode()
    assert not MarkedPrint.objects.exists()


def test_visible_to(cast):
    row = marked(cast)
    seeing = {name for name in PEOPLE[1:] if row in MarkedPrint.objects.visible_to(cast[name])}
    assert seeing == {"learner", "change_agent", "sponsor", "coach"}
    assert list(MarkedPrint.objects.visible_to(AnonymousUser())) == []
