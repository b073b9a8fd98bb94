"""Whatever stands in a section, printing it opens no file and no connection."""

import socket
from io import BytesIO

import pypdf
import pytest
from PIL import Image

from a3.pdf import CannotPrint
from a3.pdf.press import Fetcher
from tests.a3.test_paper import job, render

SECRET = "root:x:0:0"
PAYLOADS = [
    '<img src="file:///etc/passwd" alt="x">',
    '<img src="http://127.0.0.1:9/x.png" alt="x">',
    '<img src="//127.0.0.1:9/x.png" alt="x">',
    '<img src="/a3/photos/999/" alt="x">',
    '<img src="data:image/svg+xml,<svg><image href=%22file:///etc/passwd%22/></svg>" alt="x">',
    '<img src="print:../../etc/passwd" alt="x">',
    '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
    '<link rel="attachment" href="file:///etc/passwd">',
    "<style>@import url(file:///etc/passwd);</style>",
    "<style>body{background:url(http://127.0.0.1:9/x)}</style>",
    "<style>@font-face{font-family:x;src:url(file:///etc/passwd)}</style>",
    '<p style="background:url(file:///etc/passwd)">x</p>',
    '<p style="content:url(file:///etc/passwd)">x</p>',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="file:///etc/passwd">',
    '<iframe src="file:///etc/passwd"></iframe>',
    '<svg><image href="file:///etc/passwd" width="9" height="9"/><title>x</title></svg>',
    '<svg><use href="file:///etc/passwd#x"/><title>x</title></svg>',
    '<base href="file:///etc/"><img src="passwd" alt="x">',
    '<meta http-equiv="refresh" content="0;url=file:///etc/passwd">',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
    "<script>fetch('http://127.0.0.1:9/')</script>",
]


@pytest.fixture
def opened(monkeypatch):
    """Every address that somebody tried to reach, and every one the fetcher was asked for and gave."""
    tried: list[str] = []
    given: list[str] = []
    ask = Fetcher.__call__

    def asked(self, url):
        answer = ask(self, url)
        given.append(url)
        return answer

    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: tried.append(str(address)))
    monkeypatch.setattr(Fetcher, "__call__", asked)
    return tried, given


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_html_fetches_nothing(payload, opened):
    render(job("<p>Warm the press.</p>"))
    tried, given = opened
    given.clear()
    pdf = render(job(f"{payload}<p>The rest stands.</p>"))
    assert tried == []
    assert set(given) == {"print:qr"}
    reader = pypdf.PdfReader(BytesIO(pdf))
    assert SECRET not in reader.pages[0].extract_text()
    assert not reader.attachments


def test_a_table_with_enormous_spans_costs_no_minutes():
    wide = '<table><tbody><tr><td colspan="99999" rowspan=65534>x</td><td>y</td></tr></tbody></table>'
    assert render(job(wide))


def test_a_hundred_lists_inside_each_other_end_in_a_page_or_a_sentence():
    nested = "<ul><li>" * 100 + "deep" + "</li></ul>" * 100
    assert _page_or_sentence(nested)


def _page_or_sentence(body: str) -> bool:
    try:
        return bool(render(job(body)))
    except CannotPrint as error:
        return "then print again" in str(error) and not error.may_try_again


def test_a_photo_of_this_sheet_is_printed_and_gets_an_alternative(settings):
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    pictures = {f"{settings.SITE_URL}/a3/photos/7/": out.getvalue}
    pdf = render(job('<p>Seen:</p><img src="/a3/photos/7/">', pictures=pictures))
    images = pypdf.PdfReader(BytesIO(pdf)).pages[0].images
    assert sorted(image.image.size for image in images)[0] == (40, 30)
