"""Photos of a sheet: who may add one, who gets the file, and in what wrapping."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from a3.models import Photo
from a3.pdf.prints import pictures_of
from tests.a3.factories import make_sheet


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site)


def jpeg():
    out = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG")
    return SimpleUploadedFile("../../etc/passwd.jpg", out.getvalue(), content_type="image/jpeg")


def add(client, sheet, file):
    return client.post(reverse("a3:photo_new", args=[sheet.pk]), {"photo": file})


def test_the_owner_adds_a_photo_once(sheet, sign_in):
    client = sign_in("change_agent")
    answers = [add(client, sheet, jpeg()) for _ in range(2)]
    photo = Photo.objects.get()
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == {"src": f"/a3/photos/{photo.pk}/", "width": 60, "height": 40}
    assert str(photo.file.name).startswith("a3/photos/")
    assert "passwd" not in str(photo.file.name)


def test_paper_is_given_the_small_one(sheet, sign_in):
    add(sign_in("change_agent"), sheet, jpeg())
    photo = Photo.objects.get()
    (given,) = pictures_of(sheet.pk).values()
    with photo.paper_file.open() as file:
        assert given() == file.read() != b""
    assert photo.paper_file.name != photo.file.name


def test_the_file_comes_as_an_attachment_that_is_no_page(sheet, sign_in):
    add(sign_in("change_agent"), sheet, jpeg())
    url = Photo.objects.get().get_absolute_url()
    answer = sign_in("learner").get(url)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert sign_in("outsider").get(url).status_code == 404
    again = sign_in("learner").get(url, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"GIF89a" + b"\x00" * 9, b""])
def test_what_is_no_photo_is_refused_with_a_sentence(sheet, sign_in, content):
    answer = add(sign_in("change_agent"), sheet, SimpleUploadedFile("a.jpg", content))
    assert answer.status_code == 422
    assert answer.text
    assert not Photo.objects.exists()
