"""A walk is recorded on a phone without a connection: it survives closing the tab, arrives once and in order, and
belongs to who wrote it.
"""

import re

import pytest
from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect

from coaching import actions
from coaching.models import Observation, Promise, Question, Visit, Walk, WalkPhoto
from partners.models import Obligation
from tests.browser.conftest import session_cookie
from tests.browser.seeing import axe, sideways
from tests.browser.test_offline_sheet import is_kept
from tests.browser.writing import die, kept, waits
from tests.coaching.factories import make_confirmed
from tests.coaching.walks import make_observation, make_promise

PHONE = ViewportSize(width=390, height=844)
SAYS = "Not sent yet"


@pytest.fixture
def visit(cast) -> Visit:
    return make_confirmed(cast.site, cast.coach)


@pytest.fixture(autouse=True)
def expected(open_as, complaints):
    """The console notes each request that finds no server, or is refused."""
    yield
    noted = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "htmx:", "409", "404", "422")
    assert [line for line in complaints if not any(each in line for each in noted)] == []
    complaints.clear()


@pytest.fixture
def open_walk(open_as, visit):
    def open_(name: str = "coach") -> Page:
        page: Page = open_as(name)
        page.set_viewport_size(PHONE)
        page.goto(f"/coaching/visits/{visit.pk}/walk/")
        return page

    return open_


@pytest.fixture
def walk(open_as, visit) -> Page:
    """A coach opens the walk from the page of the visit, on a phone, which keeps it; then the connection goes."""
    page: Page = open_as("coach")
    page.set_viewport_size(PHONE)
    page.goto(f"/coaching/visits/{visit.pk}/")
    page.get_by_role("link", name="Write on the record").click()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    is_kept(page, f"/coaching/visits/{visit.pk}/walk/")
    page.wait_for_function("navigator.serviceWorker.controller")
    page.context.set_offline(True)
    return page


@pytest.fixture
def photo(tmp_path):
    Image.new("RGB", (60, 40), "teal").save(tmp_path / "board.jpg")
    return tmp_path / "board.jpg"


def begin(page: Page, name: str):
    page.get_by_role("navigation", name="Write on the record").get_by_role("link", name=name).click()
    return page.get_by_role("dialog")


def see(page: Page, saw: str) -> None:
    dialog = begin(page, "Saw")
    dialog.get_by_label("What did you see?").fill(saw)
    dialog.get_by_role("button", name="Keep").click()
    expect(dialog).to_be_hidden()


def promise(page: Page, words: str, owner: str) -> None:
    dialog = begin(page, "Promise")
    dialog.get_by_label("What is promised?").fill(words)
    dialog.get_by_label("By whom?").select_option(label=owner)
    dialog.get_by_role("button", name="Keep").click()
    expect(dialog).to_be_hidden()


@pytest.fixture
def come_back():
    """The tab was closed; the same phone opens the same page, or another one."""
    pages = []

    def open_(gone: Page, url: str = "") -> Page:
        die(gone)
        page = gone.context.new_page()
        pages.append(page)
        page.set_viewport_size(PHONE)
        page.goto(url or gone.url)
        return page

    yield open_
    for page in pages:
        page.context.set_offline(False)
        page.close()


def piece(page: Page, words: str):
    return page.locator(".piece", has_text=words)


def all_sent(page: Page) -> None:
    expect(page.locator("#save-state")).to_have_text("All sent")
    expect(page.locator(".unsent")).to_have_count(0)
    waits(page, "")


def nothing_left(page: Page, person) -> None:
    """Wait until everything that this person wrote here has been sent."""
    for _ in range(60):
        if not kept(page, "entries", person):
            return
        page.wait_for_timeout(250)
    raise AssertionError(kept(page, "entries", person))


def record_all(page: Page, photo) -> None:
    """A photo with what it shows, a fact, a question, two promises, the theme."""
    page.locator(".tabbar [data-photo]").set_input_files(photo)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img")).to_be_visible()
    dialog.get_by_label("What did you see?").fill("The board shows yesterday.")
    dialog.get_by_text("Purpose", exact=True).click()
    dialog.get_by_text("Opinion", exact=True).click()
    dialog.get_by_label("What is the standard?").fill("Filled in by 7:00.")
    dialog.get_by_role("button", name="Keep").click()
    see(page, "Two wait at the pharmacy window.")
    question = begin(page, "Question")
    question.get_by_label("Which question").fill("Who fills in the board?")
    question.get_by_role("button", name="Keep").click()
    promise(page, "Fill in the board before seven", "Learner")
    promise(page, "Send the form from Lyon", "Coach")
    page.get_by_role("link", name="Set theme and route").click()
    theme = page.get_by_role("dialog")
    theme.get_by_label("Theme").fill("Who waits for whom?")
    theme.get_by_label("Route").fill("Ward\nPharmacy")
    theme.get_by_role("button", name="Keep").click()


def arrived() -> list[str]:
    """What is in the database, in the order in which it came."""
    seen = [f"{row.saw} {row.about}, {row.certainty}, {row.standard}" for row in Observation.objects.order_by("pk")]
    photos = [f"photo: {photo.observation}" for photo in WalkPhoto.objects.all()]
    promised = [f"{row.owner.name}: {row}" for row in Promise.objects.order_by("pk").select_related("owner")]
    return [*seen, *photos, *promised, *map(str, Question.objects.all()), *map(str, Walk.objects.all())]


ALL = [
    "The board shows yesterday. purpose, opinion, Filled in by 7:00.",
    "Two wait at the pharmacy window. process, fact, ",
    "photo: The board shows yesterday.",
    "Learner: Fill in the board before seven",
    "Coach: Send the form from Lyon",
    "Who fills in the board?",
    "Who waits for whom?",
]


def test_a_whole_walk_is_recorded_off_line_and_arrives_once(walk, come_back, cast, photo):
    walk.reload()
    record_all(walk, photo)
    waits(walk, "Saved on this computer, not sent yet: 1 photo, 2 observations, 1 question, 2 promises, 1 theme.")
    expect(walk.locator("#save-state")).to_have_text("Not sent yet: waiting for a connection")
    board = piece(walk, "The board shows yesterday.")
    expect(board.get_by_role("img")).to_be_visible()
    expect(board).to_contain_text(re.compile(r"Purpose\s+Opinion"))
    expect(piece(walk, "Fill in the board")).to_contain_text(re.compile(r"Learner\s+by Wed 9 Dec"))
    assert (axe(walk), sideways(walk), arrived()) == ([], 0, [])
    again = come_back(walk)
    expect(again.get_by_role("heading", name="Who waits for whom?")).to_be_visible()
    expect(again.locator(".unsent")).to_have_count(6)
    again.context.set_offline(False)
    all_sent(again)
    expect(again.get_by_role("link", name="Photo to: The board shows")).to_be_visible()
    assert arrived() == ALL
    assert Obligation.objects.open().filter(key__startswith="promise:").count() == 2
    assert kept(again, "entries", cast.coach) == []


def test_another_person_on_the_phone_sees_and_sends_nothing(walk, come_back, cast, live_server):
    see(walk, "Nobody at the desk.")
    context = walk.context
    walk.evaluate("() => { window.fetch = () => Promise.reject(); }")
    context.set_offline(False)
    context.clear_cookies()
    context.add_cookies([session_cookie(cast, "staff", live_server.url)])
    theirs = come_back(walk)
    theirs.wait_for_timeout(700)  # what should not happen would have by then
    waits(theirs, "")
    assert "Nobody at the desk." not in theirs.content()
    assert Observation.objects.count() == 0
    assert [entry["fields"]["saw"] for entry in kept(theirs, "entries", cast.coach)] == ["Nobody at the desk."]
    context.clear_cookies()
    context.add_cookies([session_cookie(cast, "coach", live_server.url)])
    theirs.goto("/courses/")
    nothing_left(theirs, cast.coach)
    assert Observation.objects.get().written_by == cast.coach


def test_what_is_not_finished_is_not_lost_and_not_sent(walk, come_back):
    dialog = begin(walk, "Saw")
    dialog.get_by_label("What did you see?").fill("The lamp is")
    expect(piece(walk, "The lamp is")).to_contain_text("Not finished yet")
    again = come_back(walk)
    again.context.set_offline(False)
    half = piece(again, "The lamp is")
    expect(half).to_contain_text("Not finished yet")
    expect(again.locator("#save-state")).to_have_text("Not finished")
    assert Observation.objects.count() == 0
    half.get_by_role("link", name="Change").click()
    again.get_by_role("dialog").get_by_label("What did you see?").fill("The lamp is red.")
    again.get_by_role("button", name="Keep").click()
    all_sent(again)
    assert Observation.objects.get().saw == "The lamp is red."


@pytest.mark.parametrize(
    ("choice", "saw"),
    [
        ("Put both", "Three wait at the desk.\nFour wait at the desk."),
        ("Keep mine", "Four wait at the desk."),
        ("Leave theirs", "Three wait at the desk."),
    ],
)
def test_two_who_record_the_same_are_shown_both(open_walk, visit, cast, choice, saw):
    seen = make_observation(visit, saw="Two wait at the desk.")
    page = open_walk()
    page.context.set_offline(True)
    piece(page, "Two wait").get_by_role("link", name="Change").click()
    page.get_by_role("dialog").get_by_label("What did you see?").fill("Four wait at the desk.")
    page.get_by_role("button", name="Keep").click()
    expect(piece(page, "Four wait")).to_contain_text(SAYS)
    actions.record(seen, {"saw": "Three wait at the desk."}, revision=1, by=cast.staff)
    page.context.set_offline(False)
    panel = page.get_by_role("alertdialog")
    expect(panel).to_contain_text("Staff changed it")
    waits(page, "Four wait at the desk. waits for you: it was changed by others meanwhile.")
    assert axe(page) == []
    panel.get_by_role("button" if choice != "Leave theirs" else "link", name=choice).click()
    all_sent(page)
    expect(panel).to_have_count(0)
    assert Observation.objects.get().saw == saw


def test_removing_and_saying_what_was_kept_wait_too(open_walk, visit, cast):
    earlier = make_confirmed(cast.site, cast.coach, starts_at=visit.starts_at.replace(month=10))
    before = make_promise(earlier, cast.learner, words="Walk the night shift")
    make_observation(visit, saw="A wrong one.")
    page = open_walk()
    page.context.set_offline(True)
    page.get_by_role("button", name=re.compile("^Kept.*Walk the night shift")).click()
    piece(page, "A wrong one.").get_by_role("link", name="Change").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Yes, remove it").click()
    expect(piece(page, "A wrong one.")).to_contain_text("Removed. Not sent yet")
    expect(page.locator(".promise", has_text="Walk the night shift")).to_contain_text(SAYS)
    page.context.set_offline(False)
    all_sent(page)
    before.refresh_from_db()
    assert (before.outcome, before.said_by, Observation.objects.standing().count()) == ("kept", cast.coach, 0)


def test_what_the_server_refuses_stays_and_says_why(open_walk, visit):
    page = open_walk()
    dialog = begin(page, "Promise")
    dialog.get_by_label("What is promised?").fill("Too early")
    dialog.get_by_label("By whom?").select_option(label="Learner")
    dialog.get_by_label("By when?").fill("2020-01-01")
    dialog.get_by_role("button", name="Keep").click()
    refused = piece(page, "Too early")
    expect(refused).to_contain_text("Not kept: By when?: This day is before the visit: choose a later one.")
    refused.get_by_role("link", name="Change").click()
    page.get_by_role("dialog").get_by_label("By when?").fill("2026-12-24")
    page.get_by_role("dialog").get_by_role("button", name="Keep").click()
    all_sent(page)
    assert Promise.objects.get().due_on.isoformat() == "2026-12-24"
