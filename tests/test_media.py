"""Files that people upload: nobody else on the machine reads them, and a missing one breaks no page."""

import os
import stat

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from participants.models import LetterheadSettings, Participant, ScannedList, Signatory
from participants.papers import logos, signatures
from participants.people import photos
from participants.privacy.erasing import erase
from program.agenda.kinds import Kind
from program.publishing import releases
from sessions.models import Material
from tests.participants.privacy.data_file import FILE, data_in

from . import images
from .makers import at, make_item, make_organizer, make_program, make_release
from .participants.attendance.attending import make_staff
from .participants.certificates.certifying import after_the_end, issue, make_attender, make_course
from .participants.certificates.makers import make_signatory
from .participants.papers.badging import printed
from .participants.papers.documents import Document
from .participants.people.makers import make_participant
from .reading import Page

pytestmark = pytest.mark.django_db
P = "/ikm-2018/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def person(program):
    """Shown in the directory, with a photo."""
    made = make_participant(program, user=True, name="Amal Sample", shown_in_directory=True)
    photos.save_photo(made, photos.squares(images.upload(images.picture())))
    return made


@pytest.fixture
def session(program):
    item = make_item(program, "Exports", kind=Kind.SESSION)
    make_release(program)
    return item


@pytest.fixture
def material(session):
    made = Material(session=session, title="Slides")
    made.file.save("slides.pdf", ContentFile(PDF))
    return made


@pytest.fixture
def scan(session):
    made = ScannedList(item_id=session.pk, added_at=at(24, "12:00", session.program.tz))
    made.file.save("list.pdf", ContentFile(PDF))
    return made


def lose_all_files(media):
    for path in media.rglob("*"):
        if path.is_file():
            path.unlink()


# Who can read them


def test_uploads_are_readable_for_the_portal_alone(media, program, person, material, scan):
    settings = LetterheadSettings.objects.create(program=program)
    logos.exchange(settings, "logo", logos.clean(images.upload(images.picture("PNG"))))
    make_signatory(program, signature=True)
    umask = os.umask(0)
    try:
        default_storage.save("deep/er/file.txt", ContentFile(b"x"))
    finally:
        os.umask(umask)

    modes = {
        str(path.relative_to(media)): oct(stat.S_IMODE(path.stat().st_mode)) for path in media.rglob("*")
    }
    folders = {name: mode for name, mode in modes.items() if (media / name).is_dir()}
    files = {name: mode for name, mode in modes.items() if name not in folders}

    assert set(folders) == {"photos", "materials", "scans", "logos", "signatures", "deep", "deep/er"}
    assert set(folders.values()) == {"0o700"}
    assert len(files) == len(photos.SIZES) + 5
    assert set(files.values()) == {"0o600"}


def test_large_uploads_that_were_kept_on_the_disk_first_are_too(media, client, settings, session):
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    client.force_login(make_staff())

    file = SimpleUploadedFile("list.pdf", PDF)
    client.post(f"{P}attendance/{session.pk}/signed-list/", {"file": file, "attach": ""})

    (file,) = (path for path in media.rglob("*") if path.is_file())
    assert oct(stat.S_IMODE(file.stat().st_mode)) == "0o600"


# When one is missing, as after a backup of the database alone


def test_pages_with_a_lost_photo_are_whole_and_the_photo_is_404(media, client, person):
    make_release(person.program)
    lose_all_files(media)
    client.force_login(person.user)

    for page in ("participants/", "me/", "me/profile/"):
        assert client.get(P + page).status_code == 200
    assert client.get(f"{P}participants/{person.pk}/photo/64/").status_code == 404


def test_download_of_ones_data_says_that_the_photo_is_missing(media, client, person):
    make_release(person.program)
    lose_all_files(media)
    client.force_login(person.user)

    told = data_in(client.get(FILE))

    assert told["photo"] == {"missing": "The file of this photo is missing."}
    assert told["participant"]["name"] == "Amal Sample"


def test_badge_of_a_lost_photo_has_initials(media, program, person):
    make_release(program)
    lose_all_files(media)

    assert "AS" in Document(printed(program, program.participants.select_related("group"))).text


def test_certificate_with_a_lost_signature_and_logo_is_issued(media, program, set_clock):
    course = make_course(program)
    set_clock(after_the_end(program.tz))
    settings = LetterheadSettings.objects.create(program=program)
    logos.exchange(settings, "logo", logos.clean(images.upload(images.picture("PNG"))))
    settings.save()
    make_signatory(program, signature=True)
    holder = make_attender(program, course, 5, name="Amal Sample")
    lose_all_files(media)

    (made,) = issue(program, holder)

    assert "Amal Sample" in Document(bytes(made.pdf)).text
    assert "Sample Signatory" in Document(bytes(made.pdf)).text
    assert signatures.read(Signatory.objects.get().signature) is None


def test_attendance_list_with_a_lost_logo_is_printed(media, client, program, session):
    settings = LetterheadSettings.objects.create(program=program)
    logos.exchange(settings, "logo", logos.clean(images.upload(images.picture("PNG"))))
    settings.save()
    make_participant(program, name="Amal Sample")
    lose_all_files(media)
    client.force_login(make_staff())

    response = client.get(f"{P}attendance/{session.pk}/list.pdf")

    assert "Amal Sample" in Document(b"".join(response)).text
    assert client.get(f"{P}attendance/{session.pk}/list/").status_code == 200


def test_lost_material_is_404_with_a_page_and_the_item_is_whole(media, client, session, material, person):
    lose_all_files(media)
    client.force_login(person.user)

    assert "Slides" in Page(client.get(f"{P}agenda/{session.pk}/")).main.text
    lost = client.get(f"{P}materials/{material.pk}/")
    assert lost.status_code == 404
    assert Page(lost).one("h1").text


def test_lost_scan_is_404_and_can_be_taken_off_the_list(media, client, session, scan):
    lose_all_files(media)
    client.force_login(make_staff())

    assert client.get(f"{P}attendance/{session.pk}/signed-list/").status_code == 200
    assert client.get(f"{P}attendance/{session.pk}/scans/{scan.pk}/").status_code == 404
    assert ScannedList.objects.all().discard() == 1


def test_who_has_a_lost_photo_can_take_another_and_be_erased(
    media, program, person, set_clock, django_capture_on_commit_callbacks
):
    lose_all_files(media)
    with django_capture_on_commit_callbacks(execute=True):
        photos.save_photo(person, photos.squares(images.upload(images.picture())))
    assert len([path for path in media.rglob("*") if path.is_file()]) == len(photos.SIZES)
    lose_all_files(media)
    set_clock(after_the_end(program.tz).replace(day=31))

    with django_capture_on_commit_callbacks(execute=True):
        erase(person)

    assert Participant.objects.get().photo == ""


def test_organizers_pages_with_lost_files_are_whole(media, client, program, person, session, material):
    make_signatory(program, signature=True)
    lose_all_files(media)
    client.force_login(make_organizer())

    for page in (
        f"participants/participant/{person.pk}/change/",
        f"participants/signatory/{Signatory.objects.get().pk}/change/",
        f"classroom/classroomsession/{session.pk}/change/",
    ):
        assert client.get(f"/admin/{page}").status_code == 200, page
    assert releases.current(program).number == 1


def test_staff_are_shown_the_way_to_a_material_that_leads_there(client, session, material):
    client.force_login(make_staff())

    page = Page(client.get(f"/admin/classroom/classroomsession/{session.pk}/change/"))

    links = [address for _text, address in page.links() if "slides" in address or "materials" in address]
    assert links == [f"{P}materials/{material.pk}/"]
