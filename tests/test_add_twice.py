"""A form that adds something, sent twice: a slow network, an impatient thumb, Back and once more."""

import pytest
from django.db import IntegrityError

from participants.models import Announcement, LetterheadSettings, Participant
from program.models import Group, Organization, Program, SentForm, Venue
from sessions.models import Speaker
from visits.models import Visit

from .forms import fill
from .makers import make_organizer, make_program, make_user
from .reading import Page

pytestmark = pytest.mark.django_db

# What is typed into the add page of each model, and what it is called.
FORMS = {
    Participant: {
        "name": "Sample Person",
        "email": "sample@example.org",
        "country": "NP",
        "status": "confirmed",
        "diet": "any",
    },
    Venue: {"name": "Hall", "slug": "hall", "city": "Bandung"},
    Organization: {"name": "Center", "slug": "center", "role": "institute"},
    Group: {"name": "A", "size": "10"},
    Speaker: {"name": "Sample Person"},
    Announcement: {"text": "The bus leaves from the back gate.", "expires_at": "2090-01-01T10:00"},
    Visit: {"title": "Factory", "day": "2018-07-24", "start": "09:30", "end": "10:15", "kind": "visit"},
}


@pytest.fixture
def program():
    return make_program()


@pytest.fixture(autouse=True)
def organizer(client, program):
    user = make_organizer()
    client.force_login(user)
    return user


def add_url(model, program):
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/add/?program={program.pk}"


def change_url(thing):
    return f"/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/"


def typed(client, model, program, **fields):
    page = client.get(add_url(model, program))
    return fill(page, f"{model._meta.model_name}_form", **(FORMS[model] | fields))


@pytest.mark.parametrize("model", FORMS)
def test_a_form_sent_twice_adds_one_and_shows_it(client, program, model):
    sent = typed(client, model, program)

    first = client.post(add_url(model, program), sent)
    second = client.post(add_url(model, program), sent, follow=True)

    [made] = model.objects.all()
    assert first.status_code == 302
    assert second.redirect_chain == [(change_url(made), 302)]
    assert f"“{made}” was added once. Here it is." in Page(second).main.text


def test_a_program_and_its_letterhead_sent_twice_are_one(client):
    user = make_user(is_superuser=True, is_staff=True)
    client.force_login(user)
    fields = {"title": "IKM", "starts_on": "2019-07-17"}
    page = client.get("/admin/program/program/add/")
    sent = fill(page, "program_form", **fields, ends_on="2019-07-20")

    first = client.post("/admin/program/program/add/", sent)
    second = client.post("/admin/program/program/add/", sent)

    made = Program.objects.get(slug="ikm-2019")
    assert (first.url, second.url) == ("/admin/", change_url(made))
    address = f"/admin/participants/letterheadsettings/add/?program={made.pk}"
    sent = fill(client.get(address), "letterheadsettings_form", program=made.pk, address="Jakarta")
    client.post(address, sent)
    assert client.post(address, sent).url == change_url(LetterheadSettings.objects.get())


def test_a_form_sent_again_with_other_words_asks_and_keeps_them(client, program):
    sent = typed(client, Speaker, program)
    client.post(add_url(Speaker, program), sent)

    asked = client.post(add_url(Speaker, program), sent | {"name": "Sample Other"})

    assert "This form was sent before and added “Sample Person”." in Page(asked).main.text
    kept = fill(asked, "speaker_form")
    assert kept["name"] == ["Sample Other"]
    assert Speaker.objects.count() == 1
    client.post(add_url(Speaker, program), kept)
    assert [speaker.name for speaker in Speaker.objects.all()] == ["Sample Other", "Sample Person"]


def test_what_was_added_and_deleted_is_not_added_by_an_old_page(client, program):
    sent = typed(client, Speaker, program)
    client.post(add_url(Speaker, program), sent)
    Speaker.objects.all().delete()

    asked = client.post(add_url(Speaker, program), sent)

    assert "This was added and then deleted." in Page(asked).main.text
    assert not Speaker.objects.exists()


def test_two_presses_at_one_moment_add_one(client, program, monkeypatch):
    """The second press passes the look for its token before the first has saved."""
    sent = typed(client, Speaker, program)
    client.post(add_url(Speaker, program), sent)
    found, looks = SentForm.objects.filter, []

    def late(*args, **fields):
        looks.append(fields)
        return found(*args, **fields) if len(looks) > 1 else SentForm.objects.none()

    monkeypatch.setattr(SentForm.objects, "filter", late)

    second = client.post(add_url(Speaker, program), sent)

    assert second.url == change_url(Speaker.objects.get())


def test_another_fault_of_the_database_is_not_taken_for_a_second_press(client, program, monkeypatch):
    def broken(self, *args, **kwargs):
        raise IntegrityError("broken")

    monkeypatch.setattr(Speaker, "save", broken)

    with pytest.raises(IntegrityError, match="broken"):
        client.post(add_url(Speaker, program), typed(client, Speaker, program))
