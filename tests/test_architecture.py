"""Rules of the house that import-linter cannot see: sizes, foreign keys that point down, scoped querysets."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parent.parent
APPS = ("partners", "a3", "courses", "coaching", "leipartners")
FLOORS = {"partners": 0, "a3": 1, "courses": 2, "coaching": 2, "leipartners": 3}
SCOPES = re.compile(
    r"(visible|editable|overseen|reflectable|remarkable|answerable|steerable|archivable|manageable|placeable|confirmable|approvable|held|led|owned|offered|shown|teamable)_(to|by)$|for_token$"
)
SOURCES = sorted(
    path
    for top in (*APPS, "devstack", "tests")
    for path in (ROOT / top).rglob("*.py")
    if "migrations" not in path.parts
)
OURS = [path for path in SOURCES if path.relative_to(ROOT).parts[0] != "tests"]
TESTS = [path for path in SOURCES if path.relative_to(ROOT).parts[0] == "tests"]
SOFTENING = re.compile(r"# noqa|# type: ignore|# pragma: no cover")
SOFTENED = 5  # may only fall


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def label_of(model) -> str:
    """The app of a model, "" of what is none (generic relations)."""
    return model._meta.app_label if hasattr(model, "_meta") else ""


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def test_modules_stay_small():
    assert [name_of(path) for path in SOURCES if len(path.read_text().splitlines()) > 300] == []


def test_functions_stay_small():
    limits = [(path, 25 if "views" in path.relative_to(ROOT).parts or path.name == "views.py" else 40) for path in OURS]
    limits += [(path, 30) for path in TESTS]
    long = [
        f"{name_of(path)} {f.name} {length(f)}" for path, most in limits for f in functions(path) if length(f) > most
    ]
    assert long == []


def test_templates_stay_small():
    templates = [path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"}]
    assert [name_of(path) for path in templates if len(path.read_text().splitlines()) > 150] == []


def test_every_module_says_what_it_is():
    silent = [
        name_of(path)
        for path in OURS
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_lib_holds_at_most_eight_modules():
    assert len([path for path in (ROOT / "partners/lib").glob("*.py") if path.stem != "__init__"]) <= 8


def test_nothing_is_called_utils():
    assert [name_of(path) for path in SOURCES if path.stem in {"utils", "helpers", "misc", "common"}] == []


def test_foreign_keys_point_down_or_stay():
    up = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created
        if (here := FLOORS.get(label_of(model))) is not None
        and (there := FLOORS.get(label_of(field.related_model))) is not None
        if there > here or (there == here and model._meta.app_label != label_of(field.related_model))
    ]
    assert up == []


def test_views_admin_and_feeds_start_from_scoped_querysets():
    """In these files `X.objects.` and `X._default_manager.` may only be followed by a scope that names the person."""
    entrances = [
        p
        for p in OURS
        if p.name in {"views.py", "admin.py", "feeds.py"}
        or {"views", "admin", "feeds"} & set(p.relative_to(ROOT).parts)
    ]
    unscoped = [
        f"{name_of(path)}:{node.lineno} .{node.attr}"
        for path in entrances
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in {"objects", "_default_manager"}
        and not SCOPES.search(node.attr)
    ]
    assert unscoped == []


def test_no_import_hides_in_a_function():
    """weasyprint alone is imported late: the app must start on a machine without Pango."""
    hidden = [
        f"{name_of(path)}:{node.lineno}"
        for path in OURS
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "weasyprint" not in ast.unparse(node)
        and "devstack" not in path.parts
    ]
    assert hidden == []


def test_locks_let_rows_that_point_there_be_written():
    """With a plain FOR UPDATE, two people who each name the other one's sheet would wait for each other."""
    locks = [
        (name_of(path), node)
        for path in OURS
        if path.relative_to(ROOT).parts[0] in {"a3", "partners"}
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "select_for_update"
    ]
    hard = [f"{name}:{node.lineno}" for name, node in locks if "no_key" not in {word.arg for word in node.keywords}]
    assert hard == []


def test_softening_comments_only_fall_and_each_has_code_and_reason():
    lines = [
        (name_of(p), line)
        for p in SOURCES
        if p != Path(__file__)
        for line in p.read_text().splitlines()
        if SOFTENING.search(line)
    ]
    bare = [
        line
        for line in lines
        if not re.search(r"(noqa: [A-Z]+\d+|type: ignore\[[a-z-]+\]|no cover).*[-#] \S+", line[1])
    ]
    assert bare == []
    assert len(lines) <= SOFTENED


@pytest.mark.parametrize("label", ["partners", "a3", "coaching", "courses"])
def test_every_model_a_person_can_reach_is_scoped(label):
    """Rows that are reached only through their parent are named here, with the parent."""
    through_parent = {"Holiday", "Reminder", "Teaching", "CharterSite", "CharterAgent", "CharterCoach"}
    unscoped = [
        model.__name__
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.endswith("Event")
        and model.__name__ not in through_parent
        and not hasattr(model.objects.all() if hasattr(model, "objects") else None, "visible_to")
    ]
    assert unscoped == []


def test_each_decision_has_a_number_of_its_own():
    records = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    assert [path.name for path in records if not path.read_text().startswith(f"# {int(path.name[:4])}. ")] == []
