"""A database that an earlier version filled, brought up to date: what people see of it stays.

``portal-2026-11.sql`` is a SQLite dump of the version of November 2026, filled through that version's own
functions: a program of ten items and its copy for 2019, six sample participants (one is erased) and one of
2019, three releases and two (the first of 2019 names a group that is deleted since), attendance with marks
that were corrected, undone and taken away, a signed list, four certificates (one revoked, one reissued, one
by decision, one of a speaker), badges (one exchanged, one revoked), mails in every state, a bus that was late
(taken back, and late again), a day's move, an item copied, announcements, materials, readings of travel
records, an unpublished change, a deleted item, and a superuser with an authenticator app. The papers of the
certificates are empty PDFs. Nobody in it is real.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from tests.reading import Page

ROOT = Path(__file__).resolve().parent.parent.parent
DUMP = Path(__file__).with_name("portal-2026-11.sql")
SUPERUSER, ORGANIZER, STAFF = (f"{name}@example.org" for name in ("superuser", "organizer", "staff"))
P = "/ikm-2018/"

Answer = namedtuple("Answer", "status_code content address")


class Upgraded:
    """The dump after ``migrate``, in a folder of its own, and a process that is asked for pages."""

    def __init__(self, folder):
        self.path = folder / "portal.sqlite3"
        self.environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
            "PORTAL_DATA_DIR": str(folder),
            "PORTAL_HTTPS": "False",
        }
        self.environment.pop("PYTEST_XDIST_WORKER", None)
        with closing(sqlite3.connect(self.path)) as database:
            database.executescript(DUMP.read_text(encoding="utf-8"))
        self.before = self.counts()
        self.manage("migrate", "--no-input", "--verbosity", "0")

    def manage(self, *words):
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE)

    def counts(self):
        """How many there are of what is never to be lost."""
        tables = (
            "auth_user",
            "program_agendaitem",
            "program_release",
            "classroom_material",
            "participants_participant",
            "participants_attendance",
            "participants_historicalattendance",
            "participants_certificate",
            "participants_badge",
            "participants_travelrecord",
            "participants_travelreading",
            "participants_announcement",
        )
        renamed = {
            "participants_papermark": "participants_signedlistentry",
            "participants_paperscan": "participants_scannedlist",
            "participants_papersettings": "participants_letterheadsettings",
        }
        with closing(sqlite3.connect(self.path)) as database:
            there = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            asked = {name: name for name in tables} | {
                new: new if new in there else old for old, new in renamed.items()
            }
            return {
                name: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for name, table in asked.items()
            }

    def serve(self):
        return subprocess.Popen(
            [sys.executable, "-m", "tests.upgrade.ask"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *questions):
        """Answers to (who, address); who is an e-mail address, or "" for nobody."""
        return [self._ask(question) for question in questions]

    def _ask(self, question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        status, page, address = json.loads(self.process.stdout.readline())
        return Answer(status, page.encode(), address)

    def pages(self, *questions):
        answers = self.ask(*questions)
        assert [answer.status_code for answer in answers] == [200] * len(questions), questions
        return [Page(answer) for answer in answers]


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory):
    made = Upgraded(tmp_path_factory.mktemp("upgrade"))
    with made.serve() as made.process:
        yield made


def test_nothing_is_lost_and_nothing_doubled(upgraded):
    assert upgraded.counts() == upgraded.before
    assert upgraded.before["participants_attendance"] == 11
    assert upgraded.before["participants_historicalattendance"] == 17
    with closing(sqlite3.connect(upgraded.path)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_no_migration_is_left_to_apply(upgraded):
    upgraded.manage("migrate", "--check")


def test_what_visits_ask_to_bring_and_wear_is_kept_with_every_item(upgraded):
    with closing(sqlite3.connect(upgraded.path)) as database:
        found = database.execute(
            "SELECT id, bring, dress FROM program_agendaitem WHERE bring != ''"
        ).fetchall()

    assert found == [(4, "An apron", "Old clothes"), (15, "An apron", "Old clothes")]


def test_published_agenda_is_read_by_everybody(upgraded):
    day, next_edition, changes = upgraded.pages(
        ("", P + "agenda/2018-07-24/"), ("", "/ikm-2019/agenda/"), ("", P + "changes/")
    )

    assert [title for title in ("Bus out", "Weaving") if title in day.main.text] == ["Bus out", "Weaving"]
    assert "08:15" in day.main.text  # the bus is a quarter of an hour late
    assert "Dyeing cloth" in next_edition.main.text
    assert "10:15" in changes.main.text
    assert "10:00" in changes.main.text
    # What an organizer has not published stays unseen.
    assert all("Bring your certificate" not in page.html for page in (day, next_edition, changes))


def test_every_release_is_still_read(upgraded):
    """Also the first of 2019, which names a group that is gone."""
    for page, count in zip(
        upgraded.pages(("", P + "changes/"), ("", "/ikm-2019/changes/")), (3, 2), strict=True
    ):
        for number in range(1, count + 1):
            assert f"Release {number}" in page.main.text
        assert f"Release {count + 1}" not in page.main.text


def test_participants_have_the_schedule_of_their_group(upgraded):
    first, second = upgraded.pages(
        ("participant-01@example.org", P + "me/"), ("participant-02@example.org", P + "me/")
    )

    assert "Group A" in first.main.text
    assert "Dyeing cloth" in first.main.text
    assert "Laboratory" not in first.main.text
    assert "Bring your apron." in first.main.text  # an announcement for group A
    assert "Group B" in second.main.text
    assert "Laboratory" in second.main.text
    assert "Dyeing cloth" not in second.main.text
    assert "Bring your apron." not in second.main.text
    for page in (first, second):
        assert "The bus leaves from the back gate." in page.main.text


def test_marks_are_as_they_were_with_who_made_them(upgraded):
    (page,) = upgraded.pages((STAFF, P + "attendance/2/"))

    rows = page.all("li", "one")
    assert [(page.one("legend", within=r).text, page.one("span", "state", within=r).text) for r in rows] == [
        ("Sample Participant 03", "Present"),
        ("Sample Participant 01", "Present"),
        ("Sample Participant 04", "Present"),
        ("Sample 02", "Absent"),
    ]
    assert "Sample Organizer" in rows[1].text  # who corrected "late"
    assert "Sample Staff" in rows[3].text


def test_group_items_still_expect_their_group(upgraded):
    for_a, for_b = upgraded.pages((STAFF, P + "attendance/4/"), (STAFF, P + "attendance/5/"))

    people = [{page.one("legend", within=r).text for r in page.all("li", "one")} for page in (for_a, for_b)]
    assert people == [
        {"Sample Participant 01", "Sample Participant 03"},
        {"Sample 02", "Sample Participant 04"},
    ]


def test_shares_are_what_they_were(upgraded):
    (page,) = upgraded.pages((ORGANIZER, P + "attendance/summary/"))

    for share in ("8/12", "3/3", "2/3", "1/3"):
        assert share in page.main.text


def test_signed_list_stays_beside_the_marks(upgraded):
    (page,) = upgraded.pages((STAFF, P + "attendance/2/signed-list/"))

    assert "Sample Participant 04" in page.main.text
    assert "Sample 02" in page.main.text
    assert "3 of " in page.main.text
    assert page.links(page.main)[-1][0] == "Scan 1"
    with closing(sqlite3.connect(upgraded.path)) as database:
        for table in ("participants_attendance", "participants_historicalattendance"):
            found = dict(database.execute(f"SELECT how, count(*) FROM {table} GROUP BY how"))
            assert found["signed_list"] == 1
            assert "paper" not in found


@pytest.mark.parametrize(
    "code, heading",
    [
        ("z5n9ftke9t4htuttt4rzrr", "This certificate is revoked"),
        ("7rqnz9gh2fk5cibnsfg77u", "This certificate is valid"),
        ("fiyewcfizeqcwquywehy5k", "This certificate is valid"),
        ("ks2j5egqfumxngddmkwur8", "This certificate is valid"),
    ],
)
def test_certificates_are_verified_at_their_printed_addresses(upgraded, code, heading):
    (page,) = upgraded.pages(("", f"{P}verify/{code}/"))

    assert page.one("h1").text == heading


def test_printed_badges_open_for_staff_and_void_ones_do_not(upgraded):
    codes = ("qz2incfirp3b79729n3f9q", "xk5qi4644feugcfgzj9jen", "bt482hsge22gdxrf9pjec9")

    answers = upgraded.ask(*((STAFF, f"/b/{code}/") for code in codes))

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert b"Sample Participant 01" in answers[0].content


def test_organizers_and_staff_are_let_in_with_what_they_may(upgraded):
    answers = upgraded.ask(
        (ORGANIZER, "/admin/program/agendaitem/?day="),
        (ORGANIZER, "/admin/program/agendaitem/10/change/"),
        (ORGANIZER, "/admin/participants/certificate/"),
        (ORGANIZER, P + "attendance/"),
        (STAFF, P + "attendance/"),
        (STAFF, "/admin/"),
        ("participant-01@example.org", P + "attendance/"),
    )

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 200, 200, 403]
    assert answers[1].address == "/admin/classroom/classroomsession/10/change/"
    assert answers[5].address == "/admin/"


def test_an_authenticator_app_is_still_asked_for(upgraded):
    (answer,) = upgraded.ask((SUPERUSER, "/admin/"))

    assert (answer.status_code, answer.address) == (200, "/account/2fa/reauthenticate/")


def test_history_tells_of_the_late_bus_and_that_it_was_taken_back(upgraded):
    (page,) = upgraded.pages((ORGANIZER, "/admin/visits/transfer/6/history/"))

    told = page.one("ol", "timeline").text
    assert told.count("30 minutes later from “Bus out” on, for everybody") == 2
    assert "Taken back: 30 minutes later" in told
    assert "15 minutes later from “Bus out” on, for everybody" in told
    assert "Sample Organizer" in told
    assert "#" not in told  # the mark by which it is found is not for people


def test_late_bus_can_still_be_taken_back(upgraded):
    """An operation of before the upgrade is in the list; nobody has changed its items since."""
    (operations,) = upgraded.pages((ORGANIZER, "/admin/program/operation/?program=1"))
    (late,) = {address for text, address in operations.links() if text.startswith("15 minutes later")}

    (page,) = upgraded.pages((ORGANIZER, late))

    assert "15 minutes later from “Bus out” on, for everybody" in page.main.text
    assert "Weaving" in page.main.text
    assert "Undo" in page.main.text


def test_mails_are_in_the_state_they_were(upgraded):
    (page,) = upgraded.pages((ORGANIZER, "/admin/participants/mail/"))

    assert page.main.text.count("Waiting") >= 4
    assert "SMTPException: refused" in page.main.text
    assert "Sent 17 Jul 2018, 10:20 WIB" in page.main.text


def test_participants_see_who_read_their_travel_record(upgraded):
    (page,) = upgraded.pages(("participant-01@example.org", P + "me/travel/"))

    assert "Sample Staff" in page.main.text
    assert "Sample Organizer" in page.main.text
    assert "SAMPLE01" in page.html


def test_an_erased_person_stays_erased(upgraded):
    (page,) = upgraded.pages((ORGANIZER, "/admin/participants/participant/6/change/"))

    assert "Erased participant" in page.html
    assert "Sample Participant 06" not in page.html
    assert "participant-06@example.org" not in page.html


def test_materials_lead_where_they_did(upgraded):
    (page,) = upgraded.pages(("participant-01@example.org", P + "agenda/2/"))
    assert "Slides of the first session" in page.main.text
    assert "A reading" in page.main.text
