"""What the security policy and the house forbid in templates and scripts."""

import re
from pathlib import Path

import pytest

TEMPLATES = [path for path in Path("templates").rglob("*.html") if "mail" not in path.parts]  # mails carry their styles
COMMENTS = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", re.DOTALL)
FORBIDDEN = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "a script of its own": r"<script\b(?![^>]*\s(src=|type=\"application/json\"))",
    "an event attribute": r"\son[a-z]+\s*=(?!=)",
    "hx-on": r"\bhx-on\b",
    "hx-vals that is evaluated": r"hx-vals=\S*js:",
    "hx-confirm that is evaluated": r"hx-confirm=\S*js:",
    "a trigger filter": r"hx-trigger=\"[^\"]*\[",
    "a javascript: address": r"javascript:",
    "unescaped output": r"\|\s*safe\b|autoescape off",
    "a picture without alt": r"<img\b(?![^>]*\balt=)",
    "a drawing without aria-hidden or a name": r"<svg\b(?![^>]*\b(aria-hidden|aria-label|aria-labelledby)=)",
}
# Texts of sections: sanitised when the form was read (a3/forms), never otherwise written.
SANITISED = {"templates/a3/section_edit.html"}
# Parses an answer of our own server, in a template element.
PARSES = {  # what our own server rendered, and nothing that anybody typed
    "static/js/autosave.js",
    "static/js/figure-table.js",
    "static/js/figures.js",
}
OURS = [path for app in ("leipartners", "coaching", "courses", "a3", "partners") for path in Path(app).rglob("*.py")]
SCRIPTS = sorted(Path("static/js").rglob("*.js"))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    pattern = re.compile(FORBIDDEN[what])
    allowed = SANITISED if what == "unescaped output" else set()
    found = {str(path) for path in TEMPLATES if pattern.search(COMMENTS.sub("", path.read_text()))}
    assert found - allowed == set()


@pytest.mark.parametrize(
    ("what", "sample"),
    [
        ("a style attribute", '<p style="color:red">'),
        ("a script of its own", "<script>go()</script>"),
        ("a script of its own", '<script type="module">go()</script>'),
        ("an event attribute", '<p onclick="go()">'),
        ("hx-vals that is evaluated", "<p hx-vals='js:{a: 1}'>"),
        ("a trigger filter", '<p hx-trigger="click[ctrlKey]">'),
        ("unescaped output", "{{ text|safe }}"),
        ("a picture without alt", '<img src="x">'),
        ("a drawing without aria-hidden or a name", '<svg viewBox="0 0 1 1">'),
    ],
)
def test_the_lint_sees(what, sample):
    assert re.search(FORBIDDEN[what], sample)


def test_html_is_trusted_only_in_pure_modules():
    """mark_safe is for lib/, templatetags/ and figures/, whose input is sanitised or ours; others use format_html."""
    trusting = [path for path in OURS if re.search(r'\bmark_safe\b|\bSafeString\((?!""\))', path.read_text())]
    assert [str(path) for path in trusting if not {"lib", "templatetags", "figures"} & set(path.parts)] == []


def test_scripts_make_no_code_or_markup_from_text():
    pattern = re.compile(r"\beval\(|new Function|\.(inner|outer)HTML\s*=|insertAdjacentHTML|document\.write")
    assert {str(path) for path in SCRIPTS if pattern.search(path.read_text())} - PARSES == set()
