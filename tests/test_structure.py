"""Who may use whom: apps among themselves, and slices inside an app, as the architecture says."""

import ast
import re
import subprocess
import sys
from functools import cache

import pytest
from django.apps import apps

from .test_project import APPS, ROOT, files

# Apps, the lowest first. An app uses those before it; sessions and visits know nothing of each other.
APP_TABLE = [("program",), ("sessions", "visits"), ("participants",)]
# Slices of an app, the lowest first; those in one line do not use each other.
SLICES = {
    "program": [
        ("agenda",),
        ("team",),
        ("models",),
        ("drawing", "printing", "spreadsheets"),
        ("publishing",),
        ("drafting",),
        ("admin", "views"),
    ],
    "participants": [
        ("models",),
        ("people",),
        ("outbox",),
        ("accounts", "travel"),
        ("me", "papers"),
        ("attendance", "logistics"),
        ("certificates",),
        ("privacy",),
    ],
}
# Where all come together, and the one table of rights: they may name every app.
TOGETHER = (
    *("program/demo/", "program/management/", "program/settings.py", "program/urls.py"),
    "program/team/roles.py",
)
# Modules of a nested app that stand with the admin, above their slice.
ADMIN = ("program/team/admin.py", "program/team/admin_forms.py")
# Modules without a model of ours, which the models of participants/ use to validate.
PURE_OF_PARTICIPANTS = (
    "participants.attendance.scans",
    "participants.certificates.numbering",
    "participants.people.names",
)
LABELS = {"program": "program", "team": "program", "classroom": "sessions", "visits": "visits"}


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports_of(path):
    """Whole names of the modules that the file imports, relative ones resolved."""
    package = path.relative_to(ROOT).parts[:-1]
    found = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*above, *(node.module or "").split("."))).strip(".")
            found.append(module)
            found += (f"{module}.{alias.name}" for alias in node.names)
    return found


def code_of(*apps_):
    """Python files of the apps, and their names; migrations left out."""
    for path in files(".py"):
        name = str(path.relative_to(ROOT))
        if name.split("/")[0] in apps_ and "/migrations/" not in name:
            yield path, name


def importers(folder, *modules, but=()):
    """Files of ``folder`` outside ``but`` that import one of ``modules`` or what is in it."""
    return [
        name
        for path, name in code_of(folder.split("/")[0])
        if name.startswith(folder)
        and not name.startswith(tuple(but))
        and any(f"{one}.".startswith(f"{module}.") for one in imports_of(path) for module in modules)
    ]


def above(app):
    """The apps that ``app`` must not use."""
    rank = next(place for place, names in enumerate(APP_TABLE) if app in names)
    return [name for names in APP_TABLE[rank:] for name in names if name != app]


def test_imports_are_seen():
    """That the rules below can fail: these imports are there, and found."""
    assert "program/demo/loader.py" in importers("program", "sessions", "visits")
    assert "program/publishing/releases.py" in importers("program", "program.models")
    assert "sessions/models.py" in importers("sessions", "program.agenda.facts")


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_no_app_above_it(app):
    if app != APP_TABLE[-1][0]:
        assert importers(app, *above(app), but=TOGETHER) == []


@pytest.mark.parametrize("app", APPS)
def test_an_app_asks_for_no_model_and_names_no_address_above_it(app):
    """Python: get_model("classroom", …), "participants:me", "admin:participants_…"; templates: {% url %}."""
    labels = "|".join({"sessions": "classroom"}.get(name, name) for name in above(app))
    if not labels:
        return
    upward = re.compile(rf"""["'](admin:)?({labels})([:_.][\w-]|["']\s*,\s*["'])""")

    found = [name for path, name in code_of(app) if upward.search(path.read_text(encoding="utf-8"))]
    for folder in (f"templates/{app}", f"templates/admin/{app}"):
        found += [
            str(path.relative_to(ROOT))
            for path in files(".html", ".txt", ".svg")
            if path.is_relative_to(ROOT / folder) and upward.search(path.read_text(encoding="utf-8"))
        ]
    if app == "program":
        found += [name for name in ("templates/base.html",) if upward.search((ROOT / name).read_text())]

    assert [name for name in found if not name.startswith(TOGETHER)] == []


def upward_relations():
    """{app: names under which rows of higher apps hang on its models}; the ends of inheritance left out."""
    found = {}
    for model in apps.get_models():
        app = LABELS.get(model._meta.app_label)
        for relation in model._meta.related_objects if app else ():
            other = LABELS.get(relation.related_model._meta.app_label, "participants")
            if other in above(app) and relation.field.model.__module__.split(".")[0] in APPS:
                found.setdefault(app, set()).add(relation.get_accessor_name())
    return found


@pytest.mark.parametrize("app", ["program", "sessions", "visits"])
def test_an_app_uses_no_relation_from_above(app):
    """Such as program.participants, or a filter by participants__status. The pure agenda has no relations."""
    names = upward_relations()[app] - {"speakers"}  # also what a session itself calls its people
    assert "participants" in names or "attendance" in names

    found = []
    for path, name in code_of(app):
        if name.startswith((*TOGETHER, "program/agenda/")):
            continue
        for node in ast.walk(parsed(path)):
            word = node.attr if isinstance(node, ast.Attribute) else getattr(node, "arg", None)
            if isinstance(word, str) and word.split("__")[0] in names:
                found.append(f"{name}:{getattr(node, 'lineno', node.value.lineno)} {word}")

    assert found == []


@pytest.mark.parametrize("app", SLICES)
def test_a_slice_imports_none_beside_or_above_it(app):
    rank = {name: place for place, names in enumerate(SLICES[app]) for name in names}

    found = []
    for path, name in code_of(app):
        here = "admin" if name in ADMIN else name.split("/")[1]
        for module in imports_of(path):
            there = (*module.split("."), "")[1] if module.startswith(f"{app}.") else ""
            if here not in rank or there not in rank or there == here:
                continue
            pure = here == "models" and f"{module}.".startswith(
                tuple(f"{one}." for one in PURE_OF_PARTICIPANTS)
            )
            if rank[there] >= rank[here] and not pure:
                found.append(f"{name} imports {module}")

    assert found == []


def test_every_slice_stands_in_the_table():
    for app, rows in SLICES.items():
        known = {name for names in rows for name in names}
        there = {path.parent.name for path in (ROOT / app).glob("*/__init__.py")}
        assert there - known <= {"demo", "formats", "management", "migrations", "templatetags"}


def test_only_addresses_import_views():
    """urls.py of each slice, and views among themselves."""
    views = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path, name in code_of(*APPS)
        if "views" in name.split("/") or name.endswith("/views.py")
    }
    assert "program.views.agenda" in views

    found = [
        name
        for path, name in code_of(*APPS)
        if not name.endswith("urls.py")
        and "views" not in name.split("/")
        and any(module in views for module in imports_of(path))
    ]

    assert found == []


def test_only_the_admin_imports_the_admin():
    found = [
        name
        for path, name in code_of(*APPS)
        if not re.search(r"(^|/)admin(/|\.py$|_\w+\.py$)", name)
        and any(re.match(rf"({'|'.join(APPS)})\.(\w+\.)?admin(\.|$)", module) for module in imports_of(path))
    ]

    assert found == []


def test_what_is_pure_needs_no_settings_and_no_model_of_ours():
    modules = ("agenda", "audience", "changes", "conflicts", "dates", "facts", "kinds", "overview", "zones")
    code = (
        f"import sys; from program.agenda import {', '.join(modules)}\n"
        "from program.agenda.conflicts import closed\n"
        f"print([name for name in sys.modules if name.split('.')[0] in {APPS}])"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert done.stderr == ""
    found = ast.literal_eval(done.stdout)
    parts = [name for name in found if name.startswith("program.agenda.conflicts.")]
    whole = [f"program.agenda.{name}" for name in modules]
    assert len(parts) >= 6
    assert sorted({*found} - {*parts}) == ["program", "program.agenda", *whole]
