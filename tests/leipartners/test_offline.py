"""What the browser is told to keep for when there is no connection."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from leipartners.views.offline import FILES_KEPT
from tests.a3.factories import make_sheet

FILES = re.compile(r'(?:src|href|data-editor|data-tables)="/static/([^"#]+)')
IMPORT = re.compile(r"""['"]\./([\w-]+\.js)['"]""")


def test_the_worker_is_of_the_whole_site_and_names_its_build(client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert re.search(r'^self\.BUILD = "[0-9a-f]{12}";$', answer.text, re.MULTILINE)
    assert 'importScripts("/static/js/worker.js");' in answer.text


def test_it_keeps_every_file_that_a_sheet_and_its_editor_ask_for(cast, sign_in):
    sheet = make_sheet(cast.change_agent, cast.site)
    client = sign_in("change_agent")
    section = sheet.sections.first()
    pages = [client.get(url).text for url in (f"/a3/{sheet.pk}/", f"/a3/sections/{section.pk}/edit/", "/offline/")]
    asked = {name for page in pages for name in FILES.findall(page)}
    assert {name for name in asked - set(FILES_KEPT) if not name.startswith("vendor/a3-editor")} == set()
    assert [name for name in FILES_KEPT if not finders.find(name)] == []


def test_it_keeps_what_its_scripts_import():
    scripts = [name for name in FILES_KEPT if name.startswith("js/")]
    imported = {f"js/{each}" for name in scripts for each in IMPORT.findall((Path("static") / name).read_text())}
    assert imported - set(FILES_KEPT) == set()


def test_the_page_that_stands_in_says_nothing_about_anybody(cast, sign_in):
    page = sign_in("learner").get("/offline/").text
    assert cast.learner.email not in page
    assert cast.learner.name not in page


def test_only_sheets_are_kept(cast, sign_in):
    sheet = make_sheet(cast.change_agent, cast.site)
    client = sign_in("learner")
    assert client.get(f"/a3/{sheet.pk}/")["X-Keep"] == "yes"
    assert [url for url in ("/", "/a3/", "/courses/") if "X-Keep" in client.get(url)] == []


def test_the_editors_of_all_sections_come_at_once(cast, sign_in, django_assert_max_num_queries):
    sheet = make_sheet(cast.change_agent, cast.site, bodies={1: "<p>first</p>"})
    client = sign_in("change_agent")
    with django_assert_max_num_queries(4):
        page = client.get(f"/a3/{sheet.pk}/sections/").text
    assert page.count("<template") == page.count("<a3-editor") == sheet.sections.count()
    assert "<p>first</p>" in page
