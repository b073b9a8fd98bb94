"""Hostile text, saved as anybody could save it, runs nowhere: page, editor, conflict and paper, without the help of the
security policy.
"""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from playwright.sync_api import Page, ViewportSize

from a3.models import Section, Sheet
from tests.a3.factories import make_sheet, section_of
from tests.a3.hostile import HOSTILE
from tests.browser.conftest import session_cookie

SECTIONS = 7  # of a sheet: so many payloads are tried at once
COUNT = "window.ran = () => { window.times = (window.times ?? 0) + 1; };"
POKE = """() => {
  const kinds = ['click', 'mouseover', 'pointerenter', 'focus', 'toggle', 'load', 'error', 'animationstart', 'begin'];
  for (const element of document.querySelectorAll('.sheet .rt *, .ProseMirror *, .version *')) {
    for (const [name, value] of [...element.attributes].map(each => [each.name, each.value])) {
      if (/^(on|hx-|data-hx)/.test(name) || /javascript|ran\\(/i.test(name + value) && name !== 'alt') window.ran();
    }
    if (element.closest('a, button')) continue;
    kinds.forEach(kind => element.dispatchEvent(new Event(kind)));
  }
  return window.times ?? 0;
}"""


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach)


@pytest.fixture
def bare(chromium, live_server, cast):
    """A browser in which the security policy is off: what protects here is the sanitiser alone."""
    context = chromium.new_context(
        base_url=live_server.url, bypass_csp=True, viewport=ViewportSize(width=1440, height=900)
    )
    context.add_init_script(COUNT)
    context.add_cookies([session_cookie(cast, "change_agent", live_server.url)])
    context.route("**/*", lambda route: route.continue_() if live_server.url in route.request.url else route.abort())
    yield context.new_page()
    context.close()


def save(cast, sheet: Sheet, body: str, number: int = 1) -> int:
    """Save by the form's own address, as somebody without our editor would; returns the status."""
    section: Section = section_of(sheet, number)
    client = Client()
    client.force_login(cast.change_agent)
    data = {"body": body, "revision": section.revision}
    return client.post(f"/a3/sections/{section.pk}/save/", data, headers={"X-Autosave": "1"}).status_code


def ran(page: Page) -> int:
    page.wait_for_timeout(150)
    times: int = page.evaluate(POKE)
    return times


def test_the_corpus_is_large_enough():
    assert len(set(HOSTILE)) >= 60


def test_the_poke_sees_what_runs(bare):
    bare.goto("/a3/")
    bare.set_content(
        '<div class="sheet"><div class="rt"><img src="x:" onerror="ran()"><p onclick="1">x</p></div></div>'
    )
    assert ran(bare) > 1


@pytest.mark.parametrize("start", range(0, len(HOSTILE), SECTIONS))
def test_nothing_runs(bare, cast, sheet, start):
    payloads = HOSTILE[start : start + SECTIONS]
    for number, payload in enumerate(payloads, start=1):
        assert save(cast, sheet, f"<p>before</p>{payload}<p>after</p>", number) == 200, payload
    bare.goto(f"/a3/{sheet.pk}/")
    assert ran(bare) == 0, payloads
    bare.set_content(paper(sheet))
    assert ran(bare) == 0, payloads


def paper(sheet: Sheet) -> str:
    """What the printer reads."""
    sections = list(Section.objects.filter(sheet=sheet).in_order())
    context = {"sheet": Sheet.objects.with_people().get(pk=sheet.pk), "left": sections, "right": [], "for_paper": True}
    return render_to_string("a3/sheet_print.html", context)


def test_all_at_once_in_the_editor_and_in_a_conflict(bare, cast, sheet):
    assert save(cast, sheet, "".join(f"<p>{payload}</p>" for payload in HOSTILE)) == 200
    section = section_of(sheet, 1)
    bare.goto(f"/a3/sections/{section.pk}/edit/")
    bare.locator(".ProseMirror").wait_for()
    assert ran(bare) == 0
    Section.objects.filter(pk=section.pk).update(revision=9)
    bare.locator(".ProseMirror").click()
    bare.keyboard.type("mine")
    bare.get_by_role("alertdialog").wait_for()
    assert ran(bare) == 0


def test_pasted_text_runs_no_more_than_saved_text(bare, sheet):
    bare.goto(f"/a3/sections/{section_of(sheet, 1).pk}/edit/")
    bare.locator(".ProseMirror").click()
    bare.evaluate(
        """payloads => payloads.forEach(html => {
          const data = new DataTransfer();
          data.setData('text/html', html);
          document.querySelector('.ProseMirror').dispatchEvent(
            new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        })""",
        HOSTILE,
    )
    assert ran(bare) == 0
