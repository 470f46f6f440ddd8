"""The organizers' workplace has one name, wherever it is named."""

import pytest

from tests.makers import make_organizer, make_program, make_release
from tests.reading import Page


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "name"), [("", "Admin"), ("/id", "Ruang kerja panitia")])
def test_head_title_and_links_name_the_admin_alike(client, prefix, name):
    program = make_program()
    make_release(program)
    client.force_login(make_organizer())

    start = Page(client.get(f"{prefix}/admin/"))
    staff = Page(client.get(f"{prefix}/{program.slug}/attendance/"))

    assert [text for text, address in start.links() if address == f"{prefix}/admin/"] == [name]
    assert start.one("title").text.endswith(f"| {name}")
    assert [text for text, address in staff.links() if address == f"{prefix}/admin/"] == [name]


@pytest.mark.django_db
def test_pages_of_the_admin_say_where_they_stand_in_one_frame(client):
    program = make_program(short_title="Sample program")
    make_release(program)
    client.force_login(make_organizer())
    pages = [f"/admin/program/program/{program.pk}/{page}/" for page in ("publish", "copy", "deleted")]
    pages.append(f"/admin/participants/participant/lists/{program.pk}/")

    for address in pages:
        page = Page(client.get(address))

        (way,) = page.all("div", "breadcrumbs")
        (title,) = page.all("h1")
        assert way.text.startswith("Home › ")
        assert way.text.endswith(f"› {title.text}")
