"""Letters that no paper can print are told at the field of the name."""

import pytest

from tests.forms import fill
from tests.participants.people.makers import make_participant
from tests.reading import Page

pytestmark = pytest.mark.django_db
OWN = "Papers have no letters for Ꮳ Ꮃ Ꭹ: lists, badges and certificates leave this name out."
PASSPORT = "Papers have no letters for Ꮳ Ꮃ Ꭹ: write this name in Latin letters, or without them."


def test_a_participant_reads_it_at_the_field_as_soon_as_it_is_saved(client, program):
    person = make_participant(program, user=True)
    client.force_login(person.user)
    address = "/ikm-2018/me/profile/"
    assert "Papers have no letters" not in Page(client.get(address)).main.text

    saved = client.post(address, fill_profile(client, address, own_script_name="ᏣᎳᎩ"), follow=True)

    assert OWN in Page(saved).main.text
    person.refresh_from_db()
    assert person.own_script_name == "ᏣᎳᎩ"


def fill_profile(client, address, **changes):
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields if name not in ("photo", "remove_photo")}
    first = {f"initial-{name}": value for name, value in sent.items()}
    return {name: value for name, value in (first | sent | changes).items() if value not in (None, False)}


def test_an_organizer_reads_it_after_saving_and_at_the_fields_later(client, program, organizer):
    person = make_participant(program, name="Ann")
    address = f"/admin/participants/participant/{person.pk}/change/"

    saved = client.post(
        address,
        fill(client.get(address), "participant_form", name="ᏣᎳᎩ", own_script_name="ᏣᎳᎩ"),
        follow=True,
    )
    text = saved.content.decode()

    assert f"ᏣᎳᎩ: {PASSPORT}" in text
    assert f"ᏣᎳᎩ: {OWN}" in text
    page = client.get(address).content.decode()
    assert PASSPORT in page
    assert OWN in page


def test_names_that_papers_can_print_say_nothing(client, program, organizer):
    person = make_participant(program, name="Ann")
    address = f"/admin/participants/participant/{person.pk}/change/"

    client.post(address, fill(client.get(address), "participant_form", own_script_name="ސާމް 示例 គំរូ"))

    assert "Papers have no letters" not in client.get(address).content.decode()
