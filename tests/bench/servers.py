"""Servers of the bench, and what is seen of them from outside."""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import django
import psutil

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CONNECTIONS = 4


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A running server with its workers, at a port of this machine."""

    def __init__(self, process, port):
        self.process = psutil.Process(process.pid)
        self.port = port

    @property
    def workers(self):
        return self.process.children(recursive=True)

    def cpu_seconds(self):
        """What the server and its workers have computed so far, for themselves and for the system."""
        times = [process.cpu_times() for process in (self.process, *self.workers)]
        return sum(t.user + t.system for t in times)

    def peak_memory(self):
        """The most memory one worker ever held, in bytes (Linux tells; elsewhere: holds now)."""
        peaks = []
        for worker in self.workers:
            status = Path(f"/proc/{worker.pid}/status")
            found = status.exists() and re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
            peaks.append(int(found[1]) * 1024 if found else worker.memory_info().rss)
        return max(peaks)

    def measure(self, path, requests, cookie=""):
        """(requests per second, CPU seconds per request) of ``requests`` to ``path``, one after the other
        on each of a few open connections."""
        before = self.cpu_seconds()
        client = [sys.executable, HERE / "client.py", self.port, path, requests, CONNECTIONS, cookie]
        seconds = float(subprocess.check_output([str(word) for word in client]))
        return requests / seconds, (self.cpu_seconds() - before) / requests


@contextmanager
def running(command, ready="/", **popen):
    """The Server started by ``command``, a function of its port, once it answers at ``ready``."""
    port = free_port()
    process = subprocess.Popen(command(port), cwd=ROOT, **popen)
    try:
        wait_for(f"http://127.0.0.1:{port}{ready}", process)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def served_demo():
    """The demo as a Server, in a folder that goes with it.

    Django is set up in this process too, on the same database: to count queries and to add rows.
    """
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(PORTAL_DATA_DIR=folder, DJANGO_SETTINGS_MODULE="program.settings")

        def command(port):
            return [sys.executable, "manage.py", "demo", "--port", str(port)]

        with running(command, "/healthz", stdout=subprocess.DEVNULL) as server:
            os.environ.update(PORTAL_HTTPS="False", DEBUG="False")
            django.setup()
            yield server


def work_alone(script, count):
    """What ``script --work count`` tells as JSON, in a process of its own on a portal that is still empty."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        Path(folder, "static").mkdir()
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "PORTAL_DATA_DIR": folder,
            "PORTAL_HTTPS": "False",
            "DJANGO_SETTINGS_MODULE": "program.settings",
        }
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
        work = [sys.executable, script, "--work", str(count)]
        return json.loads(subprocess.check_output(work, cwd=ROOT, env=environment))


def wait_for(address, process, seconds=60):
    end = time.monotonic() + seconds
    while True:
        try:
            return urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.1)


def sign_in(server, role):
    """The cookie of one who looks around the demo as ``role``; see participants/demo.py."""
    cookies = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    site = f"http://127.0.0.1:{server.port}/account"
    browser.open(f"{site}/login/").close()
    token = next(cookie.value for cookie in cookies if cookie.name == "csrftoken")
    form = {"role": role, "csrfmiddlewaretoken": token}
    browser.open(f"{site}/look-around/", urlencode(form).encode()).close()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies)
