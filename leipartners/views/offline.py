"""What a browser needs to open sheets, walks and door lists off line: the worker and the page that stands in."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

STYLES = (
    "a3",
    "account",
    "app",
    "courses",
    "door",
    "editor",
    "figures",
    "fonts",
    "remarks",
    "sheets",
    "tokens",
    "walk",
)
SCRIPTS = (
    *(
        "app",
        "autosave",
        "depot",
        "door",
        "editor-loader",
        "entries",
        "figure-table",
        "figures",
        "fullness",
        "keeping",
        "kept",
    ),
    *("leaving", "offline", "outbox", "past", "pending", "photos", "piece-form", "presence", "recording"),
    *("remarking", "remarks", "sight", "walk"),
)
FONTS = ("ibm-plex-sans-latin-400-normal", "ibm-plex-sans-latin-600-normal", "newsreader-latin-600-normal")
FILES_KEPT = (
    *(f"css/{name}.css" for name in STYLES),
    *(f"js/{name}.js" for name in SCRIPTS),
    *(f"fonts/{name}.woff2" for name in (*FONTS, "newsreader-latin-400-italic")),
    *("django_htmx/htmx-2.min.js", "img/icons.svg", "img/mark.svg"),
)


@require_safe
@login_not_required
def service_worker(_request: HttpRequest) -> HttpResponse:
    """The worker of the whole site. It differs with every build, so that a browser takes the new one at once."""
    editor = next((Path(settings.BASE_DIR) / "static/vendor").glob("a3-editor-*/a3-editor.js"))
    names = [*FILES_KEPT, f"vendor/{editor.parent.name}/{editor.name}"]
    files = [static(name) for name in names]
    worker = static("js/worker.js")
    build = hashlib.sha256("".join([*files, worker]).encode()).hexdigest()[:12]
    lines = [
        f"self.BUILD = {json.dumps(build)};",
        f"self.FILES_KEPT = {json.dumps(files)};",
        f"importScripts({json.dumps(worker)});",
    ]
    return HttpResponse("\n".join(lines), content_type="text/javascript; charset=utf-8")


@require_safe
@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """Kept by the browser, and shown instead of a page it cannot fetch; so it says nothing about anybody."""
    return render(request, "offline.html")
