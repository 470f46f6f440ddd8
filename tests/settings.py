"""The portal's own settings, with a folder and a key of the tests' own."""

import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="portal-tests-")  # removed when the tests end
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["PORTAL_DATA_DIR"] = _folder.name  # each worker's own, not that of the process that started it
os.environ.setdefault("PORTAL_DATA_DIR", _folder.name)
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0123456789" * 4)
os.environ["PORTAL_HTTPS"] = "False"

from program.settings import *  # noqa: E402, F403

# Hashing a password costs 0.3 s in earnest; no test is about that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in earnest: threads of a test then meet as workers do.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}  # noqa: F405
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
# Files as they are: hashed names are made by collectstatic, which no test but the demo's runs.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
