"""A walk through a page with the Tab key: everything is reached, in order, seen, and left again.

After WCAG 2.2: 2.1.1 and 2.1.2, 2.4.3, 2.4.7, 2.4.11.
"""

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.seeing import SIZES

SCRIPT = (Path(__file__).parent / "walking.js").read_text()
# A date with its time has a stop for each part of it, and one for its calendar: those show the browser's own mark.
PARTS = 8


def steps(page: Page, stops: int) -> list[tuple[int, str, list[str]]]:
    """Press Tab until the focus has left the page or is back at its start, or will never leave."""
    walked: list[tuple[int, str, list[str]]] = []
    for _press in range(stops * PARTS + PARTS):
        page.keyboard.press("Tab")
        here = page.evaluate("() => walk.here()")
        if here is None or (walked and here[0] == walked[0][0] and here[0] != walked[-1][0]):
            return walked
        if not walked or here[:2] != walked[-1][:2]:
            walked.append(here)
    walked.append((-1, "the page", ["holds the focus: Tab never leaves it"]))
    return walked


def walk(page: Page) -> list[str]:
    """Return what is wrong on the way through the page as it stands."""
    page.evaluate(SCRIPT)
    page.evaluate("() => document.activeElement?.blur()")
    page.wait_for_timeout(20)  # a field that had the focus from the start looks so for a moment more
    stops: list[str] = page.evaluate("() => walk.begin()")
    walked = steps(page, len(stops))
    order = [number for number, _what, _wrong in walked if number >= 0]
    found = [f"{what} {problem}" for _number, what, wrong in walked for problem in wrong]
    found += [f"{what} is never reached" for number, what in enumerate(stops) if number not in order]
    if order != sorted(order):
        found.append(f"the order jumps: {[stops[number] for number in order]}")
    return found


def walks(page: Page) -> list[str]:
    """Walk through the page on a desk and on a phone; return what is wrong."""
    found: list[str] = []
    page.emulate_media(color_scheme="light")
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{size}: {finding}" for finding in walk(page)]
    return found
