"""Speakers and materials of a session in the admin."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from program.agenda.kinds import Kind
from sessions import files
from sessions.models import ClassroomSession, Material, Speaker
from tests.forms import fill
from tests.makers import (
    make_item,
    make_organization,
    make_organizer,
    make_program,
    make_speaker,
    make_user,
)
from tests.reading import Page

pytestmark = pytest.mark.django_db
FORM = "classroomsession_form"


@pytest.fixture
def program():
    return make_program()


@pytest.fixture(autouse=True)
def organizer(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user = make_organizer()
    client.force_login(user)
    return user


@pytest.fixture
def session(program):
    return make_item(program, "Lecture", kind=Kind.SESSION)


def url(session):
    return f"/admin/classroom/classroomsession/{session.pk}/change/"


def speakers(session):
    return [row.speaker.name for row in session.sessionspeaker_set.all()]


def save(client, session, **changes):
    return client.post(url(session), fill(client.get(url(session)), FORM, **changes))


def with_material(client, session, **fields):
    """Add one material by the form; returns the response and the errors at its fields."""
    data = fill(client.get(url(session)), FORM)
    data |= {"materials-TOTAL_FORMS": "1", "materials-INITIAL_FORMS": "0", "materials-0-title": "Slides"}
    data |= {f"materials-0-{name}": value for name, value in fields.items()}
    response = client.post(url(session), data)
    errors = {}
    if response.context:
        (formset,) = [
            inline.formset
            for inline in response.context["inline_admin_formsets"]
            if inline.formset.prefix == "materials"
        ]
        errors = {name: list(found) for name, found in formset.forms[0].errors.items()}
    return response, errors


def office(folder):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(f"{folder}/document.xml", "<a/>")
    return data.getvalue()


def upload(name, content):
    return SimpleUploadedFile(name, content)


def test_session_is_added_with_its_speakers(client, program):
    one, two = make_speaker(program, "Sample One"), make_speaker(program, "Sample Two")
    address = f"/admin/classroom/classroomsession/add/?program={program.pk}"
    data = fill(
        client.get(address),
        FORM,
        title="Lecture",
        day="2018-07-24",
        start="09:00",
        end="10:30",
        room="R1",
        lesson_hours="2",
        objectives="Know the loom",
    )
    data |= {
        "sessionspeaker_set-TOTAL_FORMS": "2",
        "sessionspeaker_set-0-speaker": one.pk,
        "sessionspeaker_set-1-speaker": two.pk,
    }

    client.post(address, data)

    session = ClassroomSession.objects.get()
    assert (session.kind, session.room, session.lesson_hours) == (Kind.SESSION, "R1", 2)
    assert speakers(session) == ["Sample One", "Sample Two"]


def test_speakers_alone_make_a_new_version(client, program, session):
    make_speaker(program, "Sample One")

    save(client, session, **{"sessionspeaker_set-0-speaker": Speaker.objects.get().pk})

    assert speakers(session) == ["Sample One"]
    assert ClassroomSession.objects.get().version == 2


def test_speaker_named_twice_is_refused(client, program, session):
    speaker = make_speaker(program)
    data = fill(client.get(url(session)), FORM) | {
        "sessionspeaker_set-TOTAL_FORMS": "2",
        "sessionspeaker_set-0-speaker": speaker.pk,
        "sessionspeaker_set-1-speaker": speaker.pk,
    }

    response = client.post(url(session), data)

    assert "Please correct the duplicate data for speaker." in Page(response).main.text
    assert speakers(session) == []


def test_speakers_of_another_program_are_neither_offered_nor_taken(client, session):
    foreign = make_speaker(make_program("ikm-2019"), "Foreign")

    page = client.get(url(session))
    save(client, session, **{"sessionspeaker_set-0-speaker": foreign.pk})

    assert "Foreign" not in page.content.decode()
    assert speakers(session) == []


# Somebody else changed the speakers meanwhile


def test_speaker_that_was_taken_away_meanwhile_stays_away(client, program, session):
    save(client, session, **{"sessionspeaker_set-0-speaker": make_speaker(program, "Sample One").pk})
    opened = client.get(url(session))
    save(client, session, **{"sessionspeaker_set-0-DELETE": "on"})

    client.post(url(session), fill(opened, FORM, title="Talk"))

    assert ClassroomSession.objects.get().title == "Talk"
    assert speakers(session) == []


def test_speaker_that_was_taken_away_and_changed_meanwhile_is_asked_about(client, program, session):
    one, two = make_speaker(program, "Sample One"), make_speaker(program, "Sample Two")
    save(client, session, **{"sessionspeaker_set-0-speaker": one.pk})
    opened = client.get(url(session))
    save(client, session, **{"sessionspeaker_set-0-DELETE": "on"})

    asked = client.post(url(session), fill(opened, FORM, **{"sessionspeaker_set-0-speaker": two.pk}))

    assert "Somebody removed a row that you changed." in Page(asked).main.text
    assert speakers(session) == []
    client.post(url(session), fill(asked, FORM))
    assert speakers(session) == ["Sample Two"]


def test_speaker_that_was_exchanged_meanwhile_is_not_exchanged_back(client, program, session):
    one, two = make_speaker(program, "Sample One"), make_speaker(program, "Sample Two")
    save(client, session, **{"sessionspeaker_set-0-speaker": one.pk})
    opened = client.get(url(session))
    save(client, session, **{"sessionspeaker_set-0-speaker": two.pk})

    client.post(url(session), fill(opened, FORM, title="Talk"))

    assert ClassroomSession.objects.get().title == "Talk"
    assert speakers(session) == ["Sample Two"]


def test_speaker_that_two_exchanged_is_asked_about(client, program, session):
    one, two, three = (make_speaker(program, f"Sample {n}") for n in ("One", "Two", "Three"))
    save(client, session, **{"sessionspeaker_set-0-speaker": one.pk})
    opened = client.get(url(session))
    save(client, session, **{"sessionspeaker_set-0-speaker": two.pk})

    asked = client.post(url(session), fill(opened, FORM, **{"sessionspeaker_set-0-speaker": three.pk}))

    assert "changed this while you had it open. Saved is: “Sample Two”." in Page(asked).main.text
    client.post(url(session), fill(asked, FORM))
    assert speakers(session) == ["Sample Three"]


def test_speaker_that_was_added_meanwhile_stays(client, program, session):
    one, two = make_speaker(program, "Sample One"), make_speaker(program, "Sample Two")
    save(client, session, **{"sessionspeaker_set-0-speaker": one.pk})
    opened = client.get(url(session))
    save(client, session, **{"sessionspeaker_set-1-speaker": two.pk})

    client.post(url(session), fill(opened, FORM, title="Talk"))

    assert ClassroomSession.objects.get().title == "Talk"
    assert speakers(session) == ["Sample One", "Sample Two"]


def test_speaker_that_was_added_meanwhile_is_shown_when_something_is_asked(client, program, session):
    one, two = make_speaker(program, "Sample One"), make_speaker(program, "Sample Two")
    save(client, session, **{"sessionspeaker_set-0-speaker": one.pk})
    opened = client.get(url(session))
    save(client, session, **{"sessionspeaker_set-1-speaker": two.pk})

    shown = fill(client.post(url(session), fill(opened, FORM, title="")), FORM)

    assert shown["sessionspeaker_set-1-speaker"] == [str(two.pk)]


def test_speaker_typed_beside_a_change_is_kept(client, program, session):
    one, two, three = (make_speaker(program, f"Sample {n}") for n in ("One", "Two", "Three"))
    save(client, session, **{"sessionspeaker_set-0-speaker": one.pk})
    opened = client.get(url(session))
    save(client, session, **{"sessionspeaker_set-1-speaker": two.pk})

    client.post(url(session), fill(opened, FORM, **{"sessionspeaker_set-1-speaker": three.pk}))

    assert speakers(session) == ["Sample One", "Sample Two", "Sample Three"]


# Materials


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("slides.pdf", b"%PDF-1.7 ..."),
        ("slides.pptx", office("ppt")),
        ("Reading.DOCX", office("word")),
        ("table.xlsx", office("xl")),
        ("photo.png", b"\x89PNG\r\n\x1a\n..."),
        ("photo.jpeg", b"\xff\xd8\xff\xe0..."),
    ],
)
def test_material_is_added(client, session, name, content):
    response, errors = with_material(client, session, file=upload(name, content))

    assert (response.status_code, errors) == (302, {})
    assert Material.objects.get().file.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.pdf", b"MZ\x90\x00 a program"),
        ("virus.exe", b"MZ\x90\x00 a program"),
        ("slides.pdf.exe", b"%PDF-1.7"),
        ("page.pdf", b"<script>alert(1)</script>"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        ("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        ("page.html", b"<!doctype html>"),
        ("macro.docx", office("not-word")),
        ("sheet.xlsx", b"PK\x03\x04 no archive"),
        ("archive.zip", office("word")),
        ("noending", b"%PDF-1.7"),
    ],
)
def test_file_that_is_not_what_it_says_is_refused_at_its_field(client, session, name, content):
    _response, errors = with_material(client, session, file=upload(name, content))

    assert errors == {"file": ["This is not a PDF, Word, PowerPoint or Excel file or a picture (PNG, JPEG)."]}
    assert not Material.objects.exists()


def test_empty_file_is_refused_at_its_field(client, session):
    _response, errors = with_material(client, session, file=upload("slides.pdf", b""))

    assert list(errors) == ["file"]


def test_file_too_large_is_refused_at_its_field(client, session, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 100)

    _response, errors = with_material(client, session, file=upload("slides.pdf", b"%PDF-" + b"x" * 100))

    assert errors == {"file": ["The file is larger than 25 MB. Make it smaller, or give a link."]}


def test_link_is_added_as_https(client, session):
    with_material(client, session, link="example.org/slides")

    assert Material.objects.get().link == "https://example.org/slides"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "no link at all"])
def test_what_is_no_link_is_refused_at_its_field(client, session, link):
    _response, errors = with_material(client, session, link=link)

    assert errors == {"link": ["Enter a valid URL."]}


@pytest.mark.parametrize("both", [True, False])
def test_file_and_link_are_one_or_the_other(client, session, both):
    fields = {"file": upload("slides.pdf", b"%PDF-"), "link": "https://example.org/"} if both else {}

    _response, errors = with_material(client, session, **fields)

    assert errors == {"link": ["Give a file or a link, one of the two."]}


def test_file_name_cannot_leave_its_folder(client, session, settings):
    with_material(client, session, file=upload("../../evil.pdf", b"%PDF-1.7"))

    assert Material.objects.get().file.name == "materials/evil.pdf"


def test_present_file_is_named_with_the_address_where_it_is_handed_out(client, session):
    with_material(client, session, file=upload("slides.pdf", b"%PDF-1.7"))

    links = dict(Page(client.get(url(session))).links())

    assert links["slides.pdf"] == f"/ikm-2018/materials/{Material.objects.get().pk}/"


def test_staff_sees_speakers_and_materials_and_changes_nothing(client, program, session):
    save(client, session, **{"sessionspeaker_set-0-speaker": make_speaker(program, "Sample One").pk})
    with_material(client, session, link="https://example.org/slides")
    client.force_login(make_user(role="Staff"))

    page = Page(client.get(url(session)))

    assert "Sample One" in page.main.text and "https://example.org/slides" in page.main.text
    assert not page.all("input", type="file")


# Speakers


def test_speaker_is_added_to_the_program_asked_for(client, program):
    other = make_program("ikm-2019")
    organization = make_organization(other, "Center")
    address = f"/admin/classroom/speaker/add/?program={other.pk}"
    data = fill(client.get(address), "speaker_form", name="Sample One", organization=organization.pk)

    client.post(address, data)

    speaker = Speaker.objects.get()
    assert (speaker.program, speaker.name, speaker.organization) == (other, "Sample One", organization)


def test_speakers_of_one_program_are_listed(client, program):
    other = make_program("ikm-2019")
    make_speaker(program, "Sample One")
    make_speaker(other, "Sample Two")

    listed = (
        Page(client.get(f"/admin/classroom/speaker/?program={other.pk}")).one("table", id="result_list").text
    )

    assert "Sample Two" in listed and "Sample One" not in listed


def test_speaker_in_use_is_kept_and_the_page_names_the_session(client, program, session):
    speaker = make_speaker(program, "Sample One")
    session.sessionspeaker_set.create(speaker=speaker)

    page = Page(client.post(f"/admin/classroom/speaker/{speaker.pk}/delete/", {"post": "yes"}))

    assert f"Sample One in “{session.title}”" in page.main.text
    assert Speaker.objects.exists()
