"""What holds for the whole project, whoever writes the next file."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import URLResolver, get_resolver

from program.models.program import RESERVED_SLUGS

ROOT = Path(__file__).resolve().parent.parent
APPS = ("program", "sessions", "visits", "participants")
TOP_FOLDERS = {".ci", "static", "templates", "tests", *APPS}
TOP_FILES = {
    ".gitignore",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "manage.py",
    "pyproject.toml",
    "requirements-dev.in",
    "requirements-dev.txt",
    "requirements.in",
    "requirements.txt",
}
TEXT = {
    "",
    ".css",
    ".html",
    ".in",
    ".js",
    ".json",
    ".md",
    ".po",
    ".py",
    ".svg",
    ".toml",
    ".txt",
    ".xml",
    ".yml",
}


def files(*suffixes):
    """All files of the project, with its tests, that end so."""
    found = [ROOT / name for name in TOP_FILES]
    for folder in TOP_FOLDERS:
        found += (ROOT / folder).rglob("*")
    return [
        path
        for path in found
        if path.suffix in suffixes and path.is_file() and "__pycache__" not in path.parts
    ]


def ignored():
    """Names that .gitignore keeps out of the project, as patterns."""
    return [
        line.strip().rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line.strip()
    ]


def test_top_level_holds_what_the_architecture_names():
    strangers = [
        path.name
        for path in ROOT.iterdir()
        if path.name not in TOP_FOLDERS | TOP_FILES | {".git"}
        and not any(path.match(pattern) for pattern in ignored())
    ]

    assert strangers == []


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True)
    except SystemExit:
        pytest.fail(f"Models have changed without a migration:\n{capsys.readouterr().out}")

    assert capsys.readouterr().out.strip() == "No changes detected"


def test_no_file_names_a_package_registry_or_a_path_of_a_machine():
    registries = ("pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs")
    machine = re.compile(r"(?<![\w.])/(" + "work|root|farm|home|Users" + r")/")

    found = []
    for path in files(*TEXT):
        text = path.read_text(encoding="utf-8")
        if any(host in text for host in registries) or machine.search(text):
            found.append(str(path.relative_to(ROOT)))

    assert found == []


def test_no_comment_of_a_template_is_printed():
    """Django takes a comment in {# #} for one only where it ends on its line."""
    broken = re.compile(r"\{#(?![^\n]*#\})")

    assert [
        str(path)
        for path in (ROOT / "templates").rglob("*.*")
        if path.suffix in (".html", ".txt", ".svg") and broken.search(path.read_text())
    ] == []


def test_no_line_is_too_long_to_be_read():
    """120 characters; in Python ruff sees to 110. Pictures are data, and so are shapes, fonts and minified
    work of others."""
    data = (
        "static/img",
        "static/vendor",
        "templates/partials/_marks.svg",
        "templates/partials/_ties.svg",
    )

    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files(".css", ".html", ".js", ".svg", ".txt", ".typ")
        if path.is_relative_to(ROOT / "static") or path.is_relative_to(ROOT / "templates")
        if not any(path.is_relative_to(ROOT / place) for place in data) and "fonts" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]

    assert found == []


def test_no_module_is_too_long_to_be_surveyed():
    found = {
        str(path.relative_to(ROOT)): lines
        for path in files(".css", ".html", ".js", ".py", ".typ")
        if path.relative_to(ROOT).parts[0] in (*APPS, "static", "templates")
        if not path.is_relative_to(ROOT / "static/vendor")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }

    assert found == {}


def test_only_the_clock_asks_what_time_it_is():
    asks = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|time\.time\(|local(date|time)\(\)")
    # The demo sets the clock by the real time.
    places = ("program/clock.py", "program/management/commands/demo.py")

    found = [
        str(path.relative_to(ROOT))
        for path in files(".py")
        if path.relative_to(ROOT).parts[0] in APPS and asks.search(path.read_text(encoding="utf-8"))
    ]

    assert sorted(found) == sorted(places)


# Addresses


def first_words(resolver):
    """The first words of all addresses of the portal, those that are values left out."""
    for pattern in resolver.url_patterns:
        route = str(pattern.pattern)
        if route and not route.startswith("<"):
            yield route.split("/")[0]
        elif isinstance(pattern, URLResolver):
            yield from first_words(pattern)


def test_no_program_can_take_an_address_of_the_portal():
    words = {word for word in first_words(get_resolver()) if re.fullmatch(r"[-\w]+", word)}

    assert {"admin", "programs", "healthz"} <= words
    assert words <= RESERVED_SLUGS
    assert {"en", "id", "static", "media"} <= RESERVED_SLUGS
