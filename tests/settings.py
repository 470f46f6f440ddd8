"""The portal's own settings, with a folder and a key of the tests' own."""

import os
import tempfile

os.environ.setdefault("PORTAL_DATA_DIR", tempfile.mkdtemp(prefix="portal-tests-"))
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0123456789" * 4)
os.environ["PORTAL_HTTPS"] = "False"

from program.settings import *  # noqa: F403

# Hashing a password costs 0.3 s in earnest; no test is about that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A file, as in earnest: threads of a test then meet as workers do.
DATABASES["default"].setdefault("TEST", {"NAME": DATA_DIR / "test.sqlite3"})  # noqa: F405
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
