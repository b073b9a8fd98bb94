"""Moving and placing on the board, with the pointer and with keys; reasons that are asked for in place."""

import datetime as dt

from playwright.sync_api import expect

from coaching.models import Kind, Visit
from partners.models import Holiday
from tests.browser.boards import at_nine, board, drag, dropping, monday, other_coach, pick_up, press
from tests.browser.seeing import axe
from tests.coaching.factories import make_confirmed, make_request, make_visit
from tests.factories import make_site

__all__ = ["at_nine", "board", "monday", "other_coach"]  # fixtures
DAY = dt.timedelta(days=1)


def make_requests(cast, monday):
    """Five, each of a site of its own: two visits to one within two weeks would ask for a reason."""
    return [
        make_request(
            make_site(cast.partner, f"Ward {number}"),
            cast.change_agent,
            kind=Kind.REVIEW,
            preferred_from=monday,
            preferred_to=monday + 20 * DAY,
        )
        for number in range(5)
    ]


def placed(monday):
    """Every visit as its coach and the number of its day."""
    return sorted(
        (visit.coach.name, (visit.first_day - monday).days) for visit in Visit.objects.select_related("coach")
    )


def test_a_scheduler_places_five_requests_with_the_mouse(cast, board, monday, other_coach):
    requests = make_requests(cast, monday)
    page = board("staff")
    where = [(cast.coach, 0), (other_coach, 1), (cast.coach, 2), (other_coach, 8), (cast.coach, 11)]
    for asked, (coach, days) in zip(requests, where, strict=True):
        assert drag(page, page.locator(f"#request-{asked.pk}"), monday + days * DAY, coach) == 200
        expect(page.locator(f"#request-{asked.pk}")).to_have_count(0)
    expect(page.locator(".tray .hint")).to_contain_text("There are none.")
    assert placed(monday) == sorted((coach.name, days) for coach, days in where)


def test_a_scheduler_places_five_requests_with_the_keyboard(cast, board, monday, other_coach):
    make_requests(cast, monday)
    page = board("staff")
    ways = [(), ("ArrowDown",), ("ArrowRight",) * 4, ("ArrowDown", *("ArrowRight",) * 6), ("ArrowRight",) * 16]
    for way in ways:
        pick_up(page, page.locator(".req .act").first)
        expect(page.locator("#spoken")).to_contain_text("Picked up: A3 review for Halden Valley Health, Ward")
        press(page, *way)
        with dropping(page):
            page.keyboard.press("Enter")
        expect(page.locator(".ev:focus")).to_have_count(1)
    expect(page.locator(".tray .hint")).to_contain_text("There are none.")
    coach, other = cast.coach.name, other_coach.name
    assert placed(monday) == [(coach, 0), (coach, 2), (coach, 8), (other, 0), (other, 3)]


def test_a_visit_is_dragged_to_another_coach_and_day(cast, board, monday, at_nine, other_coach):
    visit = make_visit(cast.site, cast.coach, starts_at=at_nine)
    page = board("staff")
    assert drag(page, page.locator(f"#visit-{visit.pk}"), monday + 2 * DAY, other_coach) == 200
    expect(page.locator(f".lane[data-coach='{other_coach.pk}'] .ev")).to_have_count(1)
    expect(page.locator("#toasts")).to_contain_text("Moved to Other Coach")
    expect(page.locator("#card")).to_be_hidden()
    visit.refresh_from_db()
    assert (visit.coach, visit.first_day) == (other_coach, monday + 2 * DAY)


def test_a_drag_onto_a_confirmed_visit_is_refused_in_words(cast, board, monday, at_nine, complaints):
    make_confirmed(cast.other_site, cast.coach, starts_at=at_nine)
    later = make_visit(cast.site, cast.coach, starts_at=at_nine + 2 * DAY)
    page = board("staff")
    assert drag(page, page.locator(f"#visit-{later.pk}"), monday, cast.coach) == 422
    expect(page.locator("#toasts")).to_contain_text("Coach is at Corvane Aerospace, Wichita until")
    assert "422" in complaints.pop()  # Chromium reports every refusal


def test_a_visit_is_moved_by_keys_and_each_step_is_spoken(cast, board, monday, at_nine):
    visit = make_visit(cast.site, cast.coach, starts_at=at_nine)
    page = board("staff")
    spoken = page.locator("#spoken")
    mark = page.locator(f"#visit-{visit.pk}")
    pick_up(page, mark)
    expect(spoken).to_contain_text("Picked up. Coach, Monday")
    page.keyboard.press("ArrowRight")
    expect(spoken).to_contain_text("afternoon")
    page.keyboard.press("+")
    expect(spoken).to_contain_text("1 day, from Coach, Monday")
    page.keyboard.press("Escape")
    expect(spoken).to_have_text("Put back.")
    expect(page.locator(".ghost")).to_have_count(0)
    pick_up(page, mark)
    press(page, "ArrowRight", "ArrowRight", "+", "+")
    expect(spoken).to_contain_text("1 and a half days, from Coach, Tuesday")
    with dropping(page):
        page.keyboard.press("Enter")
    expect(page.locator(f"#visit-{visit.pk}")).to_be_focused()
    visit.refresh_from_db()
    assert (visit.first_day, f"{visit.local_end:%H:%M}", visit.last_day) == (monday + DAY, "12:00", monday + 2 * DAY)


def test_in_a_month_things_move_by_days(cast, board, monday, at_nine):
    visit = make_visit(cast.site, cast.coach, starts_at=at_nine)
    page = board("staff", "&range=month")
    pick_up(page, page.locator(f"#visit-{visit.pk}"))
    page.keyboard.press("ArrowRight")
    with dropping(page):
        page.keyboard.press("Enter")
    visit.refresh_from_db()
    assert visit.starts_at == at_nine + DAY


def test_by_partner_a_visit_moves_along_its_row_only(cast, board, monday, at_nine):
    visit = make_visit(cast.site, cast.coach, starts_at=at_nine)
    page = board("staff", "&by=partner")
    pick_up(page, page.locator(f"#visit-{visit.pk}"))
    press(page, "ArrowUp", "ArrowRight", "ArrowRight")
    expect(page.locator("#spoken")).to_contain_text("Halden Valley Health, Tuesday")
    with dropping(page):
        page.keyboard.press("Enter")
    visit.refresh_from_db()
    assert (visit.coach, visit.starts_at) == (cast.coach, at_nine + DAY)


def test_a_warning_is_answered_in_place_by_keys(cast, board, monday, at_nine, complaints):
    Holiday.objects.create(site=cast.site, on=monday + DAY, name="Founder’s day")
    visit = make_visit(cast.site, cast.coach, starts_at=at_nine)
    page = board("staff")
    mark, dialog = page.locator(f"#visit-{visit.pk}"), page.get_by_role("dialog", name="Something speaks against it")
    pick_up(page, mark)
    press(page, "ArrowRight", "ArrowRight", "Enter")
    expect(dialog).to_contain_text("is Founder’s day at Riverside.")
    expect(page.get_by_label("Why all the same?")).to_be_focused()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#spoken")).to_have_text("Put back.")
    expect(mark).to_be_focused()
    expect(page.locator(".ghost")).to_have_count(0)
    pick_up(page, mark)
    press(page, "ArrowRight", "ArrowRight", "Enter")
    expect(page.get_by_label("Why all the same?")).to_be_focused()
    page.keyboard.type("They work that day.")
    page.keyboard.press("Tab")
    with dropping(page):
        page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(mark).to_be_focused()
    assert (visit.overrides.get().reason, Visit.objects.get().first_day) == ("They work that day.", monday + DAY)
    assert ["422" in complaints.pop() for _ in range(2)] == [True, True]
