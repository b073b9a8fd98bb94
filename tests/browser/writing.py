"""What a person does at a section, for the tests of writing."""

from typing import Any

from playwright.sync_api import Page, expect

from a3.models import Sheet
from partners.models import Person
from tests.a3.factories import section_of


def open_sheet(page: Page, sheet: Sheet) -> Page:
    page.goto(f"/a3/{sheet.pk}/")
    return page


def write_in(page: Page, name: str, words: str = "") -> None:
    """Open a section's editor, the cursor at its end, and type."""
    section = page.locator(".sec", has=page.get_by_role("heading", name=name))
    section.hover()
    section.get_by_role("link", name=f"Write in {name}").click()
    section.locator("a3-editor [contenteditable]").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def die(page: Page) -> None:
    """Close a tab that is off line: the simulation alone would let its last request through."""
    page.evaluate("() => { window.fetch = () => Promise.reject(); }")
    page.close()


def stands(page: Page, words: str) -> None:
    """How saving stands, in the words of the page."""
    expect(page.locator("#save-state")).to_contain_text(words)


def waits(page: Page, words: str) -> None:
    """What the strip says; nothing: there is none."""
    strip = page.locator(".strip")
    if words:
        expect(strip).to_contain_text(words)
    else:
        expect(strip).to_have_count(0)


def kept(page: Page, store: str, person: Person) -> list[Any]:
    """What lies in this browser and belongs to this person, whoever is signed in."""
    found: list[dict[str, Any]] = page.evaluate(
        """store => new Promise((ok, no) => {
          const open = indexedDB.open('a3', 2);
          open.onsuccess = () => {
            const all = open.result.transaction(store).objectStore(store).getAll();
            all.onsuccess = () => { open.result.close(); ok(all.result.map(({blob, ...rest}) => rest)); };
          };
          open.onerror = () => no(open.error);
        })""",
        store,
    )
    return [record for record in found if record["person"] == str(person.pk)]


def body_of(sheet: Sheet, number: int) -> str:
    return section_of(sheet, number).body
