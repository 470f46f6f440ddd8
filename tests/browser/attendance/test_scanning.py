"""Scanning badges inside the page, with a camera that shows a picture of one."""

import io

import pytest
import segno
from PIL import Image

from participants.models import Attendance
from participants.papers import badges
from tests.browser.conftest import CHROMIUM
from tests.makers import make_group, make_release
from tests.participants.attendance.attending import states
from tests.participants.people.makers import make_participant

from .page import address, kept, until


def film(path, text):
    """A film of one picture, as Chromium's false camera plays it: a QR code of ``text``."""
    png = io.BytesIO()
    segno.make(text).save(png, kind="png", scale=8, border=6)
    frame = Image.new("RGB", (640, 480), "white")
    code = Image.open(png).convert("RGB")
    frame.paste(code.resize((400, 400), Image.NEAREST), (120, 40))
    jpeg = io.BytesIO()
    frame.save(jpeg, "JPEG", quality=92)
    path.write_bytes(jpeg.getvalue() * 3)
    return path


@pytest.fixture
def scan(browser_type, live_server, item, staff, tmp_path):
    """Call with what the camera sees: the scanning page of the item, its camera started."""
    opened = []

    def start(text):
        browser = browser_type.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                f"--use-file-for-fake-video-capture={film(tmp_path / 'badge.mjpeg', text)}",
            ],
        )
        opened.append(browser)
        page = browser.new_page(
            base_url=live_server.url, storage_state=staff, viewport={"width": 320, "height": 640}
        )
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
        page.goto(address(item, "badges/"))
        page.get_by_role("button", name="Start the camera").click()
        return page

    yield start
    for browser in opened:
        browser.close()


def code_of(person):
    return badges.issue([person])[person.pk].code


def test_a_badge_before_the_camera_marks_its_wearer_once(scan, program, item, live_server):
    person = program.participants.get(country="AT")

    page = scan(f"{live_server.url}/b/{code_of(person)}/")
    page.locator("[data-scan-list] li", has_text="Zoë Ñandú: Present").wait_for()

    assert states(item) == {"Zoë Ñandú": "present"}
    assert Attendance.objects.get().how == "badge"
    assert Attendance.history.count() == 1
    assert kept(page) == []
    assert page.complaints == []


def test_the_camera_is_off_when_the_page_is_not_seen(scan, program, item, live_server):
    page = scan(f"{live_server.url}/b/{code_of(program.participants.get(country='AT'))}/")
    page.locator("[data-scan-list] li").first.wait_for()
    page.evaluate(
        """() => {
            window.track = document.querySelector("video").srcObject.getTracks()[0];
            Object.defineProperty(document, "hidden", { value: true, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )

    assert page.evaluate("window.track.readyState") == "ended"
    assert page.evaluate("document.querySelector('video').srcObject") is None


def test_without_network_a_scanned_badge_waits(scan, program, item, live_server):
    page = scan("https://example.org/nothing")
    page.get_by_text("This is no badge of this portal.").first.wait_for()
    assert states(item) == {}
    page.context.set_offline(True)

    code = code_of(program.participants.get(country="AT"))
    page.evaluate(
        """async (code) => {
            const { marks } = await import(document.querySelector("script[src*=marks-sender]").src);
            marks.keep(document.querySelector("[data-scan]").dataset.scan, `b:${code}`, { state: "present" });
            marks.sendAll();
        }""",
        code,
    )
    page.get_by_text("Badge read. It waits for the network.").first.wait_for()
    page.get_by_text("1 mark is waiting for the network").wait_for()
    page.context.set_offline(False)
    until(page, lambda: kept(page) == [])

    assert states(item) == {"Zoë Ñandú": "present"}


def test_a_badge_of_another_group_asks(scan, program, item, live_server):
    person = make_participant(program, name="Amal", group=make_group(program, "B"))
    make_release(program)

    page = scan(f"{live_server.url}/b/{code_of(person)}/")
    page.get_by_role("dialog").get_by_text("Amal is of another group.").wait_for()
    assert states(item) == {}
    page.get_by_role("button", name="Came with this group").click()
    page.locator("[data-scan-list] li", has_text="Amal: Present").wait_for()

    assert states(item) == {"Amal": "present"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_keeps_nobody_out_and_alone_may_use_the_camera(visit, barriers, item, staff, scheme):
    page = visit(address(item), width=320, color_scheme=scheme, storage_state=staff)
    allowed = "document.featurePolicy?.allowsFeature('camera')"
    assert page.evaluate(allowed) is False

    page.goto(address(item, "badges/"))

    assert page.evaluate(allowed) is True
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
