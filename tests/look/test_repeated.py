"""HTML that is written in Python escapes as Django does."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partners.templatetags.house import one, repeated

ROWS = [("<b>&\"'", 7, SafeString("<i>ours</i>")), ("", None, 2.5), ("ünï ’", True, "{}")]


def test_repeated_rows_are_those_of_django():
    assert repeated("<p {}>{} {}</p>", ROWS) == format_html_join("", "<p {}>{} {}</p>", ROWS)


def test_one_piece_is_that_of_django_and_stays_as_it_is_in_another():
    inner = one("<b>{}</b>", "<")
    assert one("<p>{}{}</p>", inner, ">") == format_html("<p>{}{}</p>", format_html("<b>{}</b>", "<"), ">")
