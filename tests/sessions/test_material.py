"""Handing out materials of sessions."""

import pytest
from django.core.files.base import ContentFile

from program.agenda.kinds import Kind
from sessions.models import Material
from tests.makers import make_item, make_program
from tests.participants.people.makers import make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def session(program):
    return make_item(program, "Exports", kind=Kind.SESSION)


@pytest.fixture
def reader(program):
    return make_participant(program, user=True).user


@pytest.fixture
def slides(session):
    material = Material(session=session, title="Slides: exports & more")
    material.file.save("slides.pdf", ContentFile(b"%PDF-1.7 sample"))
    return material


def address(material, slug="ikm-2018"):
    return f"/{slug}/materials/{material.pk}/"


def test_stranger_is_asked_to_sign_in(client, slides):
    response = client.get(address(slides))

    assert response.status_code == 302
    assert response.headers["Location"] == f"/account/login/?next={address(slides)}"


def test_signed_in_person_gets_the_file_as_a_download(client, reader, slides):
    client.force_login(reader)

    response = client.get(address(slides))

    assert response.getvalue() == b"%PDF-1.7 sample"
    assert response.headers["Content-Disposition"] == 'attachment; filename="slides-exports-more.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in response.headers["Cache-Control"]


def test_link_leads_to_its_address(client, reader, session):
    link = Material.objects.create(session=session, title="Reading", link="https://example.org/list")
    client.force_login(reader)

    assert client.get(address(link)).headers["Location"] == "https://example.org/list"


def test_material_is_found_under_its_own_published_program_only(client, reader, slides, session):
    make_program("other-2019")
    client.force_login(reader)
    found = client.get(address(slides)).status_code
    elsewhere = client.get(address(slides, "other-2019")).status_code
    session.program.published = False
    session.program.save()

    hidden = client.get(address(slides)).status_code

    assert (found, elsewhere, hidden) == (200, 404, 404)


def test_file_that_is_gone_is_404(client, reader, slides):
    slides.file.storage.delete(slides.file.name)
    client.force_login(reader)

    assert client.get(address(slides)).status_code == 404
