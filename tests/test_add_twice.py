"""A form that adds something, sent twice: a slow network and an impatient thumb. Nothing is doubled."""

import pytest

from participants.models import Participant
from program.models import Group, Organization, Venue

from .forms import fill
from .makers import make_organizer, make_program
from .reading import Page

pytestmark = pytest.mark.django_db

# model: its add page, what is typed, what the second one is told.
FORMS = {
    Participant: (
        "/admin/participants/participant/add/",
        {
            "name": "Sample Person",
            "email": "sample@example.org",
            "country": "NP",
            "status": "confirmed",
            "diet": "any",
        },
        "This program has a participant with that e-mail address already.",
    ),
    Venue: (
        "/admin/program/venue/add/",
        {"name": "Hall", "slug": "hall", "city": "Bandung"},
        "This program already has a venue with that word.",
    ),
    Organization: (
        "/admin/program/organization/add/",
        {"name": "Center", "slug": "center", "role": "institute"},
        "This program has an organization at that address already.",
    ),
    Group: (
        "/admin/program/group/add/",
        {"name": "A", "size": "10"},
        "This program has a group of that name already.",
    ),
}


@pytest.mark.parametrize("model", FORMS)
def test_a_form_sent_twice_adds_one_and_says_that_it_is_there(client, model):
    program = make_program()
    client.force_login(make_organizer())
    page, typed, told = FORMS[model]
    address = f"{page}?program={program.pk}"
    sent = fill(client.get(address), f"{model._meta.model_name}_form", **typed)

    first = client.post(address, sent)
    second = client.post(address, sent)

    assert (first.status_code, second.status_code) == (302, 200)
    assert told in Page(second).main.text
    assert model.objects.filter(program=program).count() == 1
