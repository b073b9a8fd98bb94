"""Sixty people from a spreadsheet as people send them: looked at, three mended in place, put down once."""

from playwright.sync_api import expect

from courses.models import Enrollment
from tests.browser.seeing import findings
from tests.browser.walking import walks
from tests.courses.factories import make_course, make_offering
from tests.courses.lists import book_of
from tests.factories import make_person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def named(name, site):
    person = make_person(name.lower().replace(" ", "."), site=site)
    person.name = name
    person.save()
    return person


def messy(people):
    """Blank rows, odd headings, capitals, stray spaces, last names first, addresses inside names, one person twice."""
    lines = [["Who comes?", "", "", ""], ["No.", "Participant", "E-Mail ", "Comments"], []]
    for number, person in enumerate(people):
        first, last = person.name.split()
        name, email = person.name, person.email
        if number % 4 == 1:
            name, email = f"{last}, {first}", person.email.upper()
        elif number % 4 == 2:
            name, email = f"{name} <{email}>", ""
        elif number % 4 == 3:
            name, email = f"\u00a0{name} ", f" {email}\u200b"
        lines.append([str(number + 1), name, email, "=A1" if number == 5 else ""])
    doubts = [["58", "Luis Ferer", "luis.ferer@example.com", ""], ["59", "Kim Lund", "", ""], ["60", "", "n/a@", "?"]]
    return book_of([*lines, [], *doubts, lines[4]])


def test_sixty_people_from_a_messy_spreadsheet(open_as, cast):
    offering = make_offering(make_course("Managing with A3s"), capacity=40)
    people = [named(f"Person{number} Name{number}", cast.site) for number in range(57)]
    for name in ("Luis Ferrer", "Sade Okafor"):
        named(name, cast.other_site)
    for number in (1, 2):
        kim = named(f"Kim Lund{number}", cast.site)
        kim.name = "Kim Lund"
        kim.save()
    office = open_as("administrator")
    office.goto(f"/admin/courses/enrollment/?offering__id__exact={offering.pk}")
    office.get_by_role("link", name="Put down many").click()
    book = {"name": "Who comes.xlsx", "mimeType": XLSX, "buffer": messy(people)}
    office.get_by_label("Or choose a file").set_input_files(book)
    office.get_by_role("button", name="Look at the list").click()
    expect(office.get_by_text("57 will be put down")).to_be_visible()
    expect(office.get_by_text("3 need a look")).to_be_visible()
    expect(office.get_by_text("The first 40 get a seat, 17 wait in line.")).to_be_visible()
    assert Enrollment.objects.count() == 0
    mend_three(office)
    assert [*walks(office), *findings(office, "import-mended")] == []
    office.get_by_role("button", name="Put 60 down").click()
    expect(office.get_by_text("60 are put down")).to_be_visible(timeout=30_000)
    states = list(Enrollment.objects.order_by("approved_at", "pk").values_list("state", flat=True))
    assert states == ["enrolled"] * 40 + ["approved"] * 20
    assert [*findings(office, "import-done")] == []


def mend_three(office):
    """A mistyped address, two of one name, and no address: each in its row, which says at once what becomes of it."""
    row = office.locator(".imp.look").filter(has_text="luis.ferer@example.com")
    row.get_by_label("E-mail").fill("Luis.Ferrer@example.com")
    row.get_by_role("button", name="Look again").click()
    expect(office.get_by_text("2 need a look")).to_be_visible()
    row = office.locator(".imp.look").filter(has_text="2 people have this name")
    row.get_by_role("button", name="kim.lund2@example.com").click()
    expect(office.get_by_text("1 needs a look")).to_be_visible()
    row = office.locator(".imp.look")
    row.get_by_label("Name").fill("Sade Okafor")
    row.get_by_label("E-mail").fill("")
    row.get_by_role("button", name="Look again").click()
    expect(office.get_by_text("60 will be put down")).to_be_visible()
    expect(office.locator(".imp.look")).to_have_count(0)
