"""A whole sheet by the keyboard alone: a machine that stops again and again, from the first word to agreement."""

import pytest
from playwright.sync_api import Locator, Page, expect

from a3.models import Effect, Figure, Sheet, State
from tests.a3.factories import make_sheet, section_of

WHYS = """The fuse of the spindle drive blew\tEvidence
The bearing ran hot and drew more current\tEvidence
No oil reached it for some minutes\tEvidence
The pump drew air: its shaft is worn\tEvidence
Chips get into the tank: nothing holds them back\tEvidence\tyes"""
TRIED = "Nothing holds chips back\tA sieve on the suction side, cleaned on Mondays\tno stop in six weeks\tChange Agent"
STEPS = (
    "Sieve on grinder 7\tChange Agent\t\t2 Nov 2026\t6 Nov 2026\nSix weeks without a stop?\tCoach\tCheck\t\t18 Dec 2026"
)
MEASURES = "Stops a month\t\t6\t2 0\t0\tlower\tChange Agent\t18 Jan 2027"


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, title="Grinder 7 runs through", coach=cast.coach)


def test_a_sheet_from_the_first_word_to_agreement_by_keys_alone(open_as, cast, sheet):
    owner, coach = open_as("change_agent"), open_as("coach")
    owner.goto(sheet.get_absolute_url())
    write(owner, sheet, 1, "Grinder 7 stopped ", "6", " times in October.")
    write(owner, sheet, 2, "Each time somebody put in a new fuse.")
    in_a_table(owner, sheet, 3, ["Measure", "October", "January", "Stops a month", "6", "0"])
    for number, kind, rows in ((4, "Five whys", WHYS), (5, "Countermeasures", TRIED), (6, "Plan", STEPS)):
        draw(owner, sheet, number, kind, rows)
    draw(owner, sheet, 7, "Follow-up", MEASURES, then="A fuse is where one looks, the sieve is why.")
    assert section_of(sheet, 1).body == "<p>Grinder 7 stopped <strong>6</strong> times in October.</p>"
    assert section_of(sheet, 7).body.endswith("</figure><p>A fuse is where one looks, the sieve is why.</p>")
    assert Figure.objects.count() == 4
    press(owner.get_by_role("link", name="Ask for coaching"))
    press(owner.get_by_role("button", name="Hand over"))
    expect(owner.locator(".bar")).to_contain_text("Coach’s turn")
    ask_and_hand_back(coach, sheet)
    answer(owner, sheet)
    agree(owner, coach, sheet)
    claim(owner, sheet)
    assert (Sheet.objects.get().state, Effect.objects.get().claim.measure) == (State.IN_AGREEMENT, "Stops a month")


def press(target: Locator) -> None:
    """As a keyboard does it: no pointer comes near."""
    target.press("Enter")


def begin(page: Page, sheet: Sheet, number: int) -> None:
    press(page.locator(f"#section-{section_of(sheet, number).pk} .write"))
    expect(page.locator("a3-editor [contenteditable='true']")).to_be_focused()
    expect(page.locator(".htmx-added, .htmx-settling")).to_have_count(0)  # htmx focuses it once more, a moment later


def done(page: Page) -> None:
    """Escape leads to the tools, End to the last of them."""
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.locator("a3-editor")).to_have_count(0)
    expect(page.locator(".sec .write:focus")).to_have_count(1)  # only then is it closed


def write(page: Page, sheet: Sheet, number: int, *words: str) -> None:
    """Every other part is set bold."""
    begin(page, sheet, number)
    for at, part in enumerate(words):
        page.keyboard.press("Control+b") if at else None
        page.keyboard.type(part)
    done(page)


def in_a_table(page: Page, sheet: Sheet, number: int, cells: list[str]) -> None:
    begin(page, sheet, number)
    press(page.get_by_role("button", name="Table", exact=True))
    for at, words in enumerate(cells):
        page.keyboard.press("Tab") if at else None
        page.keyboard.type(words)
    done(page)


def draw(page: Page, sheet: Sheet, number: int, kind: str, rows: str, *, then: str = "") -> None:
    begin(page, sheet, number)
    press(page.get_by_role("button", name="Diagram", exact=True))
    press(page.get_by_role("dialog").get_by_role("link", name=kind).first)
    first = page.locator(".entry-table :is(input, textarea, select):not([type='hidden'])").first
    expect(first).to_be_focused()
    lines = [line if kind != "Five whys" else f"\t{line}" for line in rows.splitlines()]
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData('text/plain', text);
          document.activeElement.dispatchEvent(
            new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }""",
        "\n".join(lines),
    )
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.type(then)
    done(page)


def ask_and_hand_back(coach: Page, sheet: Sheet) -> None:
    coach.goto(sheet.get_absolute_url())
    coach.get_by_label("On which section").select_option(label="2 Current condition")
    coach.get_by_label("On these words there").fill("new fuse")
    coach.get_by_label("In your words").fill("Who saw the oil?")
    press(coach.get_by_role("button", name="Remark", exact=True))
    expect(coach.locator(".pen-n")).to_contain_text("1")
    press(coach.get_by_role("link", name="Hand over"))
    press(coach.get_by_role("button", name="Hand over"))
    expect(coach.locator(".bar")).to_contain_text("Change Agent’s turn")


def answer(owner: Page, sheet: Sheet) -> None:
    """By pointing at the change."""
    owner.goto(sheet.get_absolute_url())
    begin(owner, sheet, 2)
    owner.keyboard.press("Control+End")
    owner.keyboard.type(" Lena saw the oil run dry.")
    done(owner)
    press(owner.locator("summary", has_text="Mark as answered"))
    owner.get_by_label("In these words there").fill("Lena saw the oil run dry")
    press(owner.get_by_role("button", name="Mark as answered"))
    expect(owner.locator(".note.done")).to_contain_text("Lena saw the oil run dry")


def agree(owner: Page, coach: Page, sheet: Sheet) -> None:
    press(owner.get_by_role("link", name="Agreement", exact=True))
    press(owner.get_by_role("link", name="Ask people to agree"))
    owner.get_by_label("Coach, coach").press("Space")
    press(owner.get_by_role("button", name="Ask them"))
    coach.goto(f"{sheet.get_absolute_url()}?side=agreement")
    press(coach.get_by_role("button", name="I agree"))
    expect(coach.locator(".said")).to_contain_text("agreed to round 3")


def claim(owner: Page, sheet: Sheet) -> None:
    owner.goto(f"{sheet.get_absolute_url()}?side=effects")
    press(owner.get_by_role("link", name="Claim an effect"))
    owner.get_by_label("Measure", exact=True).fill("Stops a month")
    owner.get_by_label("Before", exact=True).fill("6")
    owner.get_by_label("Now", exact=True).fill("0")
    press(owner.get_by_role("button", name="Claim it"))
    expect(owner.locator(".effect")).to_contain_text("Stops a month")
