"""What the browser tests ask of every page: axe, no sideways scrolling, a picture."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

AXE = next(Path(__file__).parent.parent.glob("vendor/axe-core-*/axe.min.js")).read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BEST = [*WCAG, "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that axe can find in the dark and not by light
FINDINGS = """async rules => (await axe.run(document, {runOnly: rules, preload: false})).violations.flatMap(
  found => found.nodes.slice(0, 3).map(
    node => `${found.id} at ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`))"""
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
ADMIN_LOOKS = {"desk-light", "phone-dark"}  # axe has much to read there: two looks show both sizes and both schemes
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def axe(page: Page, *, colours_only: bool = False) -> list[str]:
    """Return what axe finds on the page as it stands; assert that it is [].

    Django's admin is held to WCAG; its mark-up is not ours to bring to best practice too.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    rules = COLOURS if colours_only else WCAG if "/admin/" in page.url else BEST
    found: list[str] = page.evaluate(FINDINGS, rules)
    return found


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    wider: int = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


def looks(page: Page) -> Iterator[str]:
    """Show the page on a desk and on a phone, light and dark; yields the name of each look."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            yield f"{size}-{scheme}"


def findings(page: Page, about: str) -> list[str]:
    """Return what is wrong with the page in any of its looks; SHOTS=folder keeps a picture of each."""
    found: list[str] = []
    for name in looks(page):
        if "/admin/" not in page.url:
            found += [f"{name}: {finding}" for finding in axe(page, colours_only=name.endswith("dark"))]
        elif name in ADMIN_LOOKS:
            found += [f"{name}: {finding}" for finding in axe(page)]
        if wider := sideways(page):
            found.append(f"{name}: {wider} px too wide")
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=Path(folder) / f"{about}-{name}.png", full_page=True)
    return found
