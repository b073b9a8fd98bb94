"""The numbers of another partner's rows, in addresses, queries and all fields of forms: as if they were not there.

It works from the access table and from the forms that pages show, so that new ones are tried without being named here.
"""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access import Row
from tests.cast import PEOPLE, Cast
from tests.foreign import NUMBER, SECRET, make_foreign_rows, ties
from tests.found import Page, text_of
from tests.odd import watched
from tests.test_access import ACCESS

INSIDERS = ("change_agent", "learner", "coach", "sponsor")
TRIED: set[tuple[str, str]] = set()  # fields of forms that stand on several pages
OPEN = {200, 302, 404, 405, 409, 422, 429}


def insider(row: Row) -> str:
    """Somebody of Halden Valley, or its coach, whom the page lets in; "" where there is none."""
    return next((person for person in INSIDERS if row.statuses[person] != 404), "")


# LEI's coaches see every partner's visits on the board: coaching is tried as people of a partner only
NAMES = [
    name
    for name in ACCESS
    if (name.startswith(("a3:", "partners:")) and insider(ACCESS[name]))
    or (name.startswith("coaching:") and insider(ACCESS[name]) not in {"", "coach"})
]


class Visit:
    """Asks as an insider; takes back what an answer changed, and looks at both for what belongs to others."""

    def __init__(self, cast: Cast, name: str) -> None:
        self.client, self.leaks = Client(), []
        self.client.force_login(cast[insider(ACCESS[name])])
        self.tied = ties()

    def ask(self, method: str, url: str, data: dict[str, str] | None = None, what: str = "") -> str:
        with transaction.atomic():
            answer = getattr(self.client, method)(url, data or {})
            tied = ties() if method == "post" and answer.status_code == 302 else self.tied
            transaction.set_rollback(True)
        text = text_of(answer)
        if SECRET in text or tied != self.tied or answer.status_code not in OPEN:
            self.leaks.append(
                f"{method} {url} {what}: {answer.status_code} {set(tied.items()) ^ set(self.tied.items())}"
            )
        return text if answer.status_code == 200 else ""

    def unseen(self, url: str) -> None:
        """A page that is not there, whatever one does."""
        for method in ("get", "post"):
            with transaction.atomic():
                status = getattr(self.client, method)(url).status_code
                transaction.set_rollback(True)
            if status not in {404, 405}:
                self.leaks.append(f"{method} {url}: {status}")


@pytest.fixture
def visit(cast, settings):
    settings.MIDDLEWARE = [layer for layer in settings.MIDDLEWARE if "zeal" not in layer]
    make_foreign_rows(cast)
    return lambda name: Visit(cast, name)


@pytest.mark.parametrize("name", NAMES)
def test_numbers_of_others(name, cast, visit, monkeypatch):
    args = ACCESS[name].args(cast)
    seen, url = visit(name), reverse(name, args=args)
    for place, arg in enumerate(args):
        if isinstance(arg, int):
            other = [*args[:place], NUMBER, *args[place + 1 :]]
            seen.unseen(reverse(name, args=other))
    with watched(monkeypatch) as asked:
        page = seen.ask("get", url)
    for name_asked in asked:
        seen.ask("get", url, {name_asked: str(NUMBER)}, name_asked)
    for form in (form for form in Page(page, url=url).forms if form.method == "post"):
        for field in form.untried(TRIED):
            seen.ask("post", form.action, form.fields | {field: str(NUMBER)}, field)
    assert seen.leaks == []


def test_there_is_something_to_be_found(cast, sign_in):
    """Who belongs there does read the word that must not leak, and the numbers are those of their rows."""
    make_foreign_rows(cast)
    assert SECRET in sign_in("outsider").get(f"/a3/{NUMBER}/").text
    assert [person for person in PEOPLE[1:] if sign_in(person).get(f"/a3/{NUMBER}/").status_code == 200] == ["outsider"]
    assert {column for column in ties() if column.endswith(".sheet")} >= {"Section.sheet", "Figure.sheet"}
