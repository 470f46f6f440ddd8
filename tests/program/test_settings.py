"""Each test starts a process of its own: settings are read once, from the environment."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "only-for-tests-" + "0123456789" * 4
READ = "import json, program.settings as s; print(json.dumps({n: repr(getattr(s, n)) for n in %r}))"


@pytest.fixture
def start(tmp_path):
    """Start a process that reads the settings and prints those named; the rest are variables."""

    def run(*names, **environment):
        return subprocess.run(
            [sys.executable, "-c", READ % (names,)],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PORTAL_DATA_DIR": str(tmp_path / "data")} | environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


def values(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_defaults_are_safe(start, tmp_path):
    found = values(
        start(
            *("DEBUG", "DEMO", "HTTPS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"),
            *("ALLOWED_HOSTS", "CLOCK_OFFSET", "X_FRAME_OPTIONS", "SECURE_HSTS_SECONDS"),
        )
    )

    assert found == {
        "DEBUG": "False",
        "DEMO": "False",
        "HTTPS": "True",
        "SESSION_COOKIE_SECURE": "True",
        "CSRF_COOKIE_SECURE": "True",
        "SECURE_SSL_REDIRECT": "True",
        "ALLOWED_HOSTS": "['localhost', '127.0.0.1', '[::1]']",
        "CLOCK_OFFSET": "0",
        "X_FRAME_OPTIONS": "'DENY'",
        "SECURE_HSTS_SECONDS": "31536000",
    }


def test_everything_is_kept_in_the_data_folder(start, tmp_path):
    found = values(start("DATABASES", "MEDIA_ROOT", "STATIC_ROOT"))

    assert all(str(tmp_path / "data") in value for value in found.values())
    assert "cache.backends.db.DatabaseCache" in values(start("CACHES"))["CACHES"]


def test_empty_variable_is_as_none(start):
    plain = values(start("DATA_DIR", "ALLOWED_HOSTS", "DATABASES", "SECRET_KEY", "EMAIL_BACKEND"))

    empty = values(
        start(
            *("DATA_DIR", "ALLOWED_HOSTS", "DATABASES", "SECRET_KEY", "EMAIL_BACKEND"),
            **dict.fromkeys(("ALLOWED_HOSTS", "DATABASE_URL", "CACHE_URL", "EMAIL_URL", "SECRET_KEY"), ""),
        )
    )

    assert empty == plain


def test_empty_data_folder_is_not_wherever_the_process_starts(start):
    folder = ROOT / "var"
    was_there = folder.exists()

    found = values(start("DATA_DIR", PORTAL_DATA_DIR="", SECRET_KEY=KEY))

    assert found == {"DATA_DIR": repr(folder)}
    if not was_there:
        folder.rmdir()


def test_values_are_read(start):
    found = values(
        start(
            *("SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "HTTPS", "SECURE_PROXY_SSL_HEADER"),
            SECRET_KEY=KEY,
            ALLOWED_HOSTS=" example.org, www.example.org ,",
            CSRF_TRUSTED_ORIGINS="https://example.org",
            PORTAL_HTTPS="False",
            PORTAL_BEHIND_PROXY="True",
        )
    )

    assert found == {
        "SECRET_KEY": repr(KEY),
        "ALLOWED_HOSTS": "['example.org', 'www.example.org']",
        "CSRF_TRUSTED_ORIGINS": "['https://example.org']",
        "HTTPS": "False",
        "SECURE_PROXY_SSL_HEADER": "('HTTP_X_FORWARDED_PROTO', 'https')",
    }


def test_postgresql_mail_and_redis_are_read_from_addresses(start):
    found = values(
        start(
            *("DATABASES", "CACHES", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS"),
            DATABASE_URL="postgres://portal:hunter2@db.example.org:5433/portal",
            CACHE_URL="redis://:hunter2@cache.example.org:6379/1",
            EMAIL_URL="smtp+tls://portal:hunter2@mail.example.org:587",
        )
    )

    assert "'HOST': 'db.example.org', 'PORT': 5433" in found["DATABASES"]
    assert "django.db.backends.postgresql" in found["DATABASES"]
    assert "cache.example.org" in found["CACHES"]
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("'mail.example.org'", "587")
    assert found["EMAIL_USE_TLS"] == "True"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DEBUG": "yes"}, "DEBUG must be True or False, not 'yes'."),
        ({"PORTAL_HTTPS": "1"}, "PORTAL_HTTPS must be True or False, not '1'."),
        ({"PORTAL_DEMO": "true"}, "PORTAL_DEMO must be True or False, not 'true'."),
        ({"PORTAL_BEHIND_PROXY": "on"}, "PORTAL_BEHIND_PROXY must be True or False, not 'on'."),
        (
            {"PORTAL_DEMO": "True", "PORTAL_CLOCK_OFFSET": "soon"},
            "PORTAL_CLOCK_OFFSET must be a whole number, not 'soon'.",
        ),
        ({"PORTAL_CLOCK_OFFSET": "60"}, "PORTAL_CLOCK_OFFSET is for the demo only: unset it."),
        ({"SECRET_KEY": "hunter2"}, "SECRET_KEY must have at least 50 characters, chosen at random."),
        (
            {"PORTAL_DATA_DIR": str(ROOT / "manage.py")},
            "PORTAL_DATA_DIR must name a folder this process can write to: File exists.",
        ),
        (
            {"CSRF_TRUSTED_ORIGINS": "https://example.org,www.example.org"},
            "CSRF_TRUSTED_ORIGINS must name addresses such as https://example.org, not 'www.example.org'.",
        ),
        ({"DATABASE_URL": "hunter2"}, "DATABASE_URL is not an address this portal understands."),
        ({"DATABASE_URL": "//me:hunter2@host/db"}, "DATABASE_URL is not an address this portal understands."),
        (
            {"DATABASE_URL": "oracle://me:hunter2@h/db"},
            "DATABASE_URL is not an address this portal understands.",
        ),
        (
            {"DATABASE_URL": "postgres://me:hunter2@host:port/db"},
            "DATABASE_URL is not an address this portal understands.",
        ),
        ({"CACHE_URL": "hunter2"}, "CACHE_URL is not an address this portal understands."),
        ({"CACHE_URL": "foo://:hunter2@host"}, "CACHE_URL is not an address this portal understands."),
        ({"CACHE_URL": "locmemcache://"}, "CACHE_URL is not an address this portal understands."),
        ({"CACHE_URL": "filecache:///tmp/cache"}, "CACHE_URL is not an address this portal understands."),
        ({"EMAIL_URL": "hunter2"}, "EMAIL_URL is not an address this portal understands."),
        (
            {"EMAIL_URL": "smtp+tls://me:hunter2@host:port"},
            "EMAIL_URL is not an address this portal understands.",
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_odd_value_stops_the_start_with_a_sentence_and_tells_no_secret(start, environment, sentence):
    done = start("DEBUG", **environment)

    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"django.core.exceptions.ImproperlyConfigured: {sentence}")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "hunter2" not in done.stderr


def test_secret_key_is_made_once_for_its_owner_only(start, tmp_path):
    first = values(start("SECRET_KEY"))
    path = tmp_path / "data" / "secret-key"

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert first == values(start("SECRET_KEY")) == {"SECRET_KEY": repr(path.read_text())}
    assert len(path.read_text()) == 50
    assert [file.name for file in path.parent.iterdir()] == ["secret-key"]


def test_processes_that_start_at_once_agree_on_the_secret_key(tmp_path):
    environment = {"PATH": os.environ["PATH"], "PORTAL_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-c", "import program.settings as s; print(s.SECRET_KEY)"]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for _n in range(4)
    ]

    keys = {process.communicate(timeout=60)[0] for process in started}

    assert len(keys) == 1
    assert len(keys.pop().strip()) == 50


def test_own_secret_key_is_not_written_where_one_is_given(start, tmp_path):
    values(start("SECRET_KEY", SECRET_KEY=KEY))

    assert list((tmp_path / "data").iterdir()) == []


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def manage(tmp_path):
    """Run manage.py with these words, on a folder that others can read, from a shell as most are."""

    def run(*words, mail="smtp://localhost", **environment):
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PORTAL_DATA_DIR": str(tmp_path / "data"), "EMAIL_URL": mail}
            | environment,
            capture_output=True,
            text=True,
            timeout=120,
            umask=0o022,
        )

    return run


def test_folder_and_database_that_others_could_read_are_closed(manage, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("portal.sqlite3", "secret-key"):
        (folder / name).touch()
        (folder / name).chmod(0o644)
    (folder / "secret-key").write_text(KEY)
    folder.chmod(0o755)

    done = manage("migrate", "sessions", "0001", "--verbosity", "0")

    assert done.returncode == 0, done.stderr
    found = {name: mode(folder / name) for name in (".", "portal.sqlite3", "secret-key")}
    assert found == {".": 0o700, "portal.sqlite3": 0o600, "secret-key": 0o600}
    assert (folder / "portal.sqlite3").stat().st_size > 0


def test_what_the_portal_writes_is_for_its_own_account_only(manage, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    write = """
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
default_storage.save("photos/deep/a.webp", ContentFile(b"a"))
staticfiles_storage.save("css/a.css", ContentFile(b"a"))
connection.ensure_connection()
"""

    done = manage("shell", "--no-imports", "--command", write)

    assert done.returncode == 0, done.stderr
    written = [folder, *folder.rglob("*")]
    assert {path.name for path in written} >= {"portal.sqlite3", "a.webp", "a.css"}
    assert [path for path in written if mode(path) & 0o077] == []


def test_open_folder_of_somebody_else_stops_the_start_with_a_sentence(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    refused = """
import pathlib
def refuse(path, mode): raise PermissionError(1, "Operation not permitted")  # as for who is not its owner
pathlib.Path.chmod = refuse
import program.settings
"""

    done = subprocess.run(
        [sys.executable, "-c", refused],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PORTAL_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
    )

    last = done.stderr.strip().splitlines()[-1]
    assert f"Other accounts of this machine can read {folder}, and this process may not change that." in last
    assert last.endswith(f"let its owner run: chmod go= {folder}")
    assert list(folder.iterdir()) == []


NO_MAIL = "EMAIL_URL is not set to a mail server: sign-in codes would be printed into the log"
SERVE = ("shell", "--no-imports", "--command", "import program.wsgi")


@pytest.mark.parametrize(
    ("words", "mail"),
    [(SERVE, ""), (SERVE, "consolemail://"), (("check", "--deploy"), ""), (("send_notices",), "")],
)
def test_portal_that_would_print_its_mail_is_not_served_and_says_what_to_set(manage, words, mail):
    done = manage(*words, mail=mail)

    assert done.returncode != 0
    assert NO_MAIL in "".join(done.stderr.strip().splitlines()[-3:])


@pytest.mark.parametrize(
    "environment",
    [
        {"mail": "smtp://localhost"},
        {"mail": "", "DEBUG": "True", "PORTAL_HTTPS": "False"},
        {"mail": "", "PORTAL_DEMO": "True", "PORTAL_HTTPS": "False"},
    ],
)
def test_portal_is_served_where_mail_goes_out_and_on_ones_own_machine(manage, environment):
    assert manage(*SERVE, **environment).returncode == 0


def test_commands_that_send_nothing_work_before_mail_is_set(manage):
    for words in (("check",), ("migrate", "sessions", "--verbosity", "0"), ("collectstatic", "--dry-run")):
        done = manage(*words, mail="")

        assert (done.returncode, NO_MAIL in done.stderr) == (0, False)


def test_sqlite_waits_for_the_disk_before_it_acknowledges(tmp_path):
    """With WAL only FULL (2) does: then a power cut takes back nothing that was acknowledged."""
    code = (
        "import django; django.setup(); from django.db import connection; cursor = connection.cursor(); "
        "print([cursor.execute(f'PRAGMA {n}').fetchone()[0] for n in ('journal_mode', 'synchronous')])"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "program.settings", "PORTAL_DATA_DIR": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.stdout.strip() == "['wal', 2]", done.stderr
