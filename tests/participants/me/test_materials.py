"""Materials of sessions are for the people of the program."""

import pytest

from program.agenda.kinds import Kind
from sessions.models import Material
from tests.makers import make_item, make_organizer, make_program, make_user
from tests.participants.people.makers import make_participant

pytestmark = pytest.mark.django_db


def test_material_is_for_participants_of_the_program_and_the_office(client):
    program = make_program()
    session = make_item(program, "Lecture", kind=Kind.SESSION)
    slides = Material.objects.create(session=session, title="Slides", link="https://example.org/slides")
    readers = {
        "participant": make_participant(program, user=True).user,
        "withdrawn": make_participant(program, user=True, status="withdrawn").user,
        "of another program": make_participant(make_program(slug="other"), user=True).user,
        "of no program": make_user(),
        "staff": make_user(role="Staff"),
        "organizer": make_organizer(),
    }
    found = {}

    for who, user in readers.items():
        client.force_login(user)
        found[who] = client.get(f"/ikm-2018/materials/{slides.pk}/").status_code

    assert [who for who, status in found.items() if status == 302] == ["participant", "staff", "organizer"]
    assert [status for status in found.values() if status != 302] == [404, 404, 404]
