"""Who signs certificates, in the admin: with a signature that is a picture of ink and nothing else."""

from pathlib import Path

import pytest

from participants.models import LetterheadSettings, Signatory
from tests import images
from tests.forms import fill
from tests.reading import Page

from .makers import make_signatory, scan

pytestmark = pytest.mark.django_db
SIGNATORIES = "/admin/participants/signatory/"


def sign_in_form(client, address, **changes):
    return client.post(address, fill(client.get(address), "signatory_form", **changes), follow=True)


def test_signatory_is_entered_with_a_signature_seen_and_taken_away(
    client, program, organizer, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    sign_in_form(
        client, f"{SIGNATORIES}add/", name="Sample Director", position="Director", new_signature=scan()
    )
    signatory = Signatory.objects.get()
    picture = f"{SIGNATORIES}{signatory.pk}/signature.png"
    change = f"{SIGNATORIES}{signatory.pk}/change/"

    assert (signatory.program, signatory.position) == (program, "Director")
    assert client.get(picture).content.startswith(b"\x89PNG")
    assert Page(client.get(change)).one("p", "signature")
    with django_capture_on_commit_callbacks(execute=True):
        sign_in_form(client, change, remove_signature="on")

    assert Signatory.objects.get().signature == ""
    assert client.get(picture).status_code == 404
    assert [path for path in Path(tmp_path).rglob("*") if path.is_file()] == []


def test_what_is_no_picture_is_refused_in_words(client, program, organizer):
    response = sign_in_form(
        client,
        f"{SIGNATORIES}add/",
        name="Sample",
        position="Director",
        new_signature=images.upload(images.SVG),
    )

    assert "This is not a PNG, JPEG or WebP picture." in Page(response).main.text
    assert not Signatory.objects.exists()


def test_signatures_file_goes_with_the_signatory(
    client, program, organizer, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    signatory = make_signatory(program, signature=True)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{SIGNATORIES}{signatory.pk}/delete/", {"post": "yes"})

    assert not Signatory.objects.exists()
    assert [path for path in Path(tmp_path).rglob("*") if path.is_file()] == []


def test_wrong_pattern_is_refused_where_the_organizer_types_it(client, program, organizer):
    settings = LetterheadSettings.objects.create(program=program)
    address = f"/admin/participants/letterheadsettings/{settings.pk}/change/"

    data = fill(client.get(address), "letterheadsettings_form", number_pattern="{numbr}/SERT")
    response = client.post(address, data)

    assert (
        "{numbr} is unknown. Only {number}, {month} and {year} can be filled in." in Page(response).main.text
    )
    settings.refresh_from_db()
    assert settings.number_pattern == "{number:03d}/SERT/{month}/{year}"
