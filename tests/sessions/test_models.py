from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError

from program.agenda.kinds import Kind
from sessions.models import ClassroomSession, Material, SessionSpeaker
from tests.makers import make_item, make_organization, make_program, make_speaker
from tests.validity import messages_of

pytestmark = pytest.mark.django_db

ONE_OF_TWO = "Give a file or a link, one of the two."


@pytest.fixture
def session():
    return make_item(make_program(), "Export", kind=Kind.SESSION)


@pytest.fixture
def media(settings, tmp_path):
    """Uploads of a test go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def pdf(name="slides.pdf"):
    return ContentFile(b"%PDF-1.7", name=name)


def test_session_is_saved_and_read_through_its_own_class(session):
    session.room = "R 1"
    session.save_as()

    assert session.program.items.concrete().get().room == "R 1"
    assert [row.room for row in ClassroomSession.history.filter(id=session.pk)] == ["R 1", ""]


@pytest.mark.parametrize(
    ("hours", "messages"),
    [
        ("0.4", ["Ensure this value is greater than or equal to 0.5."]),
        ("1.25", ["Ensure that there are no more than 1 decimal place."]),
        ("0.5", []),
        ("2", []),
        (None, []),
    ],
)
def test_lesson_hours_are_halves_and_tenths_from_one_half_on(session, hours, messages):
    session.lesson_hours = hours and Decimal(hours)

    found = messages_of(session)

    assert found.get("lesson_hours", [])[:1] == messages


def test_speakers_are_in_the_order_of_entry(session):
    names = ["Zul", "Ani", "Budi"]
    for name in names:
        SessionSpeaker.objects.create(session=session, speaker=make_speaker(session.program, name))

    assert [row.speaker.name for row in session.sessionspeaker_set.all()] == names


def test_speaker_teaches_a_session_once(session):
    row = {"session": session, "speaker": make_speaker(session.program)}
    SessionSpeaker.objects.create(**row)
    second = SessionSpeaker(**row)

    assert messages_of(second) == {"__all__": ["This speaker is named twice."]}
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_speaker_of_another_program_is_refused(session):
    stranger = make_speaker(make_program("other"))

    assert messages_of(SessionSpeaker(session=session, speaker=stranger)) == {
        "speaker": ["This belongs to another program."]
    }
    assert messages_of(SessionSpeaker(session=session, speaker=make_speaker(session.program))) == {}


def test_speakers_organization_is_of_the_same_program():
    program = make_program()
    speaker = make_speaker(program, organization=make_organization(make_program("other")))

    assert messages_of(speaker) == {"organization": ["This belongs to another program."]}
    speaker.organization = make_organization(program)
    assert messages_of(speaker) == {}


def test_speaker_who_teaches_cannot_be_deleted(session):
    speaker = make_speaker(session.program)
    row = SessionSpeaker.objects.create(session=session, speaker=speaker)

    with pytest.raises(RestrictedError):
        speaker.delete()
    row.delete()
    speaker.delete()

    assert list(session.program.speakers.all()) == []


def test_speaker_outlives_its_organization():
    program = make_program()
    organization = make_organization(program)
    speaker = make_speaker(program, organization=organization)

    organization.delete()

    speaker.refresh_from_db()
    assert speaker.organization is None


def test_who_teaches_has_a_history(session):
    speaker = make_speaker(session.program)
    SessionSpeaker.objects.create(session=session, speaker=speaker).delete()

    rows = SessionSpeaker.history.filter(session=session).order_by("history_id")
    assert [(row.history_type, row.speaker) for row in rows] == [("+", speaker), ("-", speaker)]


# Materials


@pytest.mark.parametrize("content", [{"file": pdf()}, {"link": "https://example.org/slides"}])
def test_material_is_a_file_or_a_link(session, media, content):
    material = Material(session=session, title="Slides", **content)

    assert messages_of(material) == {}
    material.save()
    assert session.materials.get() == material


@pytest.mark.parametrize("content", [{}, {"file": pdf(), "link": "https://example.org/slides"}])
def test_material_that_is_neither_or_both_is_told_so_once(session, media, content):
    material = Material(session=session, title="Slides", **content)

    assert messages_of(material) == {"__all__": [ONE_OF_TWO]}
    with pytest.raises(IntegrityError), transaction.atomic():
        material.save()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "slides", "data:text/html,x"])
def test_material_link_must_be_an_address(session, link):
    assert "link" in messages_of(Material(session=session, title="Slides", link=link))


def test_material_that_is_no_slides_is_refused(session, media):
    program = ContentFile(b"MZ\x90", name="slides.pdf")

    assert messages_of(Material(session=session, title="Slides", file=program)) == {
        "file": ["This is not a PDF, Word, PowerPoint or Excel file or a picture (PNG, JPEG)."]
    }


def test_material_whose_file_is_lost_can_still_be_renamed(session, media):
    material = Material.objects.create(session=session, title="Slides", file=pdf())
    material.file.storage.delete(material.file.name)

    material = Material.objects.get()
    material.title = "Better slides"

    assert messages_of(material) == {}


def test_materials_are_no_part_of_a_release(session):
    Material.objects.create(session=session, title="Secret slides", link="https://example.org/slides")

    assert "Secret" not in str(session.snapshot(NoPlaces))


class NoPlaces:
    @staticmethod
    def venue(pk):
        return None

    organization = venue
