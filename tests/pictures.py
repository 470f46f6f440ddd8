"""Take the README's pictures anew, from the demo: ``python tests/pictures.py``. Needs Chromium."""

import os
import shutil
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench.servers import served_demo  # noqa: E402

FOLDER = ROOT / "static" / "img" / "readme"
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
TALL = {"viewport": {"width": 1280, "height": 1040}}
PHONE = {"viewport": {"width": 390, "height": 844}}
# Each picture stays under 60 kB.
WIDTH = 1000
QUALITY = 50


def main():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in this thread
    FOLDER.mkdir(exist_ok=True)
    with served_demo() as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])

        def visit(address, screen, role="", **options):
            page = chromium.new_context(
                base_url=f"http://127.0.0.1:{server.port}", **screen, **options
            ).new_page()
            if role:
                page.goto("/account/login/")
                page.click(f"button[value={role}]")
            page.goto(address)
            return page

        save([visit("/ikm-2018/", DESKTOP)], "home")
        workshop = item("Workshop: trying the CNC machine")
        save(
            [
                visit("/ikm-2018/agenda/2018-07-24/", PHONE),
                visit(f"/ikm-2018/agenda/{workshop.pk}/", PHONE),
                visit("/id/ikm-2018/agenda/2018-07-24/", PHONE, color_scheme="dark"),
            ],
            "phone",
        )
        save(
            [
                visit("/ikm-2018/me/", PHONE, "participant-b"),
                visit("/ikm-2018/me/profile/", PHONE, "participant-b"),
                visit("/ikm-2018/participants/", PHONE, "participant-b", color_scheme="dark"),
            ],
            "me",
        )
        mark_some("Metal and machinery: the institute's own CNC machine")
        now = item("Metal and machinery: the institute's own CNC machine")
        save(
            [
                visit("/ikm-2018/attendance/", PHONE, "staff"),
                visit(f"/ikm-2018/attendance/{now.pk}/", PHONE, "staff"),
                visit("/ikm-2018/attendance/summary/", PHONE, "staff", color_scheme="dark"),
            ],
            "staff",
        )
        be_late(["Bus to PT Dirgantara Indonesia", "Indonesian aerospace: hangars and assembly lines"])
        save([visit(f"/admin/program/program/{workshop.program_id}/publish/", TALL, "organizer")], "publish")
        chromium.close()


def item(title):
    from program.models import AgendaItem

    return AgendaItem.objects.filter(title=title).first()


def mark_some(title):
    """Some are there, at this item and at all before it."""
    from django.contrib.auth.models import User

    from participants.models import Attendance, Participant
    from program.models import AgendaItem

    until = item(title)
    said = {"how": "tap", "marked_by": User.objects.get(username="staff")}
    people = list(Participant.objects.order_by("pk"))
    for place in AgendaItem.objects.filter(starts_at__lte=until.starts_at, attendance_counts=True):
        groups = {group.pk for group in place.groups.all()}
        for number, person in enumerate(people):
            if (groups and person.group_id not in groups) or (number + place.pk) % 7 == 0:
                continue
            state = "late" if (number + place.pk) % 11 == 0 else "present"
            Attendance.objects.create(
                participant=person, item=place, state=state, marked_at=place.starts_at, **said
            )


def be_late(titles):
    """Half an hour, so that there is something to publish, and a conflict to see."""
    from program.models import AgendaItem

    for late in AgendaItem.objects.filter(title__in=titles).concrete():
        late.starts_at += timedelta(minutes=30)
        late.ends_at += timedelta(minutes=30)
        late.save_as()


def save(pages, name):
    """The pages side by side as one picture."""
    shots = [Image.open(BytesIO(page.screenshot())) for page in pages]
    gap = 24
    width = sum(shot.width for shot in shots) + gap * (len(shots) - 1)
    picture = Image.new("RGBA", (width, shots[0].height))
    left = 0
    for shot in shots:
        picture.paste(shot, (left, 0))
        left += shot.width + gap
    picture.thumbnail((WIDTH, WIDTH))
    picture.save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
