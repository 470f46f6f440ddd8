import re

import pytest

from tests.makers import make_group, make_organizer, make_program, make_release, make_user

from .makers import make_participant

pytestmark = pytest.mark.django_db
ADDRESS = "/ikm-2018/participants/"


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def reader(client, program):
    """Signed in: a participant who is not shown."""
    own = make_participant(program, user=True, name="Reader", country="LK")
    client.force_login(own.user)
    return own


def shown(program, name, **fields):
    return make_participant(program, name=name, shown_in_directory=True, **fields)


def names_on(response):
    return re.findall(r"<h3>\s*<bdi>(.*?)</bdi>", response.content.decode())


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# Who may read it


def test_anonymous_visitors_are_asked_to_sign_in(client, program):
    shown(program, "Sample Person")

    response = client.get(ADDRESS)

    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_a_participant_of_another_program_gets_404(client, program):
    shown(program, "Sample Person")
    other = make_participant(make_program(slug="other"), user=True)
    client.force_login(other.user)

    assert client.get(ADDRESS).status_code == 404


def test_who_withdrew_gets_404(client, program):
    gone = make_participant(program, user=True, status="withdrawn")
    client.force_login(gone.user)

    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("role", ["Staff", "Organizers"])
def test_staff_and_organizers_read_it_and_see_no_more_than_others(client, program, role):
    shown(program, "Sample Person", email="secret@example.org")
    make_participant(program, name="Not Shown")
    client.force_login(make_user(role=role))

    response = client.get(ADDRESS)

    assert names_on(response) == ["Sample Person"]
    assert "secret@example.org" not in text_of(response)
    assert "Sign out" in text_of(response)
    assert "Sign in" not in text_of(response)


def test_it_is_kept_by_nobody_but_the_reader(client, program, reader):
    assert client.get(ADDRESS)["Cache-Control"] == "private, no-cache"


# Who is in it


def test_only_those_who_agreed_and_did_not_withdraw(client, program, reader):
    shown(program, "Agreed")
    make_participant(program, name="Did Not Agree")
    shown(program, "Agreed And Withdrew", status="withdrawn")
    shown(make_program(slug="other"), "Of Another Program")

    response = client.get(ADDRESS)

    assert names_on(response) == ["Agreed"]
    assert "1 of 3 participants agreed to be shown here." in text_of(response)


def test_people_are_by_country_with_counts(client, program, reader):
    shown(program, "Zaw", country="MM")
    shown(program, "aung", country="MM")
    shown(program, "Sukarno", country="ID")

    response = client.get(ADDRESS)

    text = response.content.decode()
    assert names_on(response) == ["Sukarno", "aung", "Zaw"]
    assert re.findall(r'<a href="#c-(..)">\s*(\w+)\s*<span class="num">(\d)', text) == [
        ("ID", "Indonesia", "1"),
        ("MM", "Myanmar", "2"),
    ]


def test_countries_are_named_and_ordered_in_the_language_of_the_page(client, program, reader):
    shown(program, "Of Sri Lanka", country="LK")
    shown(program, "Of Korea", country="KR")

    english = client.get(ADDRESS)
    indonesian = client.get("/id" + ADDRESS)

    assert names_on(english) == ["Of Korea", "Of Sri Lanka"]  # South Korea, Sri Lanka
    assert names_on(indonesian) == ["Of Korea", "Of Sri Lanka"]  # Korea Selatan, Sri Lanka
    assert "South Korea" in text_of(english)
    assert "Korea Selatan" in text_of(indonesian)


def test_contact_is_shown_by_own_choice_only(client, program, reader):
    shown(program, "Open", email="open@example.org", phone="+62 1", contact_shown=True)
    shown(program, "Closed", email="closed@example.org", phone="+62 2")

    text = client.get(ADDRESS).content.decode()

    assert 'href="mailto:open@example.org"' in text
    assert 'href="tel:+621"' in text
    assert "closed@example.org" not in text
    assert "+62 2" not in text


def test_consent_to_contact_alone_shows_nothing(client, program, reader):
    make_participant(program, email="half@example.org", contact_shown=True)

    assert "half@example.org" not in client.get(ADDRESS).content.decode()


def test_what_is_private_is_never_there(client, program, reader):
    shown(program, "Sample Person", diet="vegan", diet_note="SENTINEL", room="SENTINEL", position="SENTINEL")

    text = client.get(ADDRESS).content.decode()

    assert "SENTINEL" not in text
    assert "Vegan" not in text


def test_photo_where_there_is_one_else_always_the_same_tie(client, program, reader):
    with_photo = shown(program, "With", photo="abc")
    without = shown(program, "Without")

    text = client.get(ADDRESS).content.decode()

    assert f'src="/ikm-2018/participants/{with_photo.pk}/photo/128/"' in text
    assert f'href="#tie-{without.pk % 5}"' in text
    assert text.count('<svg><use href="#tie-') == 1


def test_the_reader_finds_themselves_and_whether_they_are_shown(client, program, reader):
    assert "You are not shown." in text_of(client.get(ADDRESS))
    reader.shown_in_directory = True
    reader.save()

    response = client.get(ADDRESS)

    assert "You are shown." in text_of(response)
    assert "Reader you" in text_of(response)
    assert 'href="/ikm-2018/me/profile/"' in response.content.decode()


def test_names_in_own_script_carry_their_language_and_cannot_turn_the_text_around(client, program, reader):
    shown(program, "Ahmad", own_script_name="احمد شاه", country="AF")
    shown(program, "Aung", own_script_name="အောင်", country="MM")
    shown(program, "Ali", own_script_name="محمد علی", country="PK")

    text = re.sub(r">\s+<", "><", client.get(ADDRESS).content.decode())

    assert '<p class="own-script" lang="prs"><bdi>احمد شاه</bdi></p>' in text
    assert '<p class="own-script" lang="my"><bdi>အောင်</bdi></p>' in text
    assert '<p class="own-script" lang="ur"><bdi>محمد علی</bdi></p>' in text


def test_markup_in_names_is_text(client, program, reader):
    shown(program, "<b>Bold</b>", institution="<script>x</script>", bio="<i>y</i>")

    text = client.get(ADDRESS).content.decode()

    assert "&lt;b&gt;Bold&lt;/b&gt;" in text
    assert "<script>x" not in text
    assert "<i>y" not in text


# Finding people


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("jos", ["Pepe"]),  # of José, without the accent
        ("PEPE", ["Pepe"]),
        ("အောင်", ["Aung"]),
        ("ministry", ["Aung"]),
        ("myan", ["Aung"]),
        ("aung myan", ["Aung"]),
        ("aung nepal", []),
        ("   ", ["Aung", "Pepe"]),
    ],
)
def test_a_few_letters_find_people(client, program, reader, words, expected):
    shown(program, "José Sample", preferred_name="Pepe", country="PH")
    shown(program, "Aung", own_script_name="အောင်ဆန်း", country="MM", institution="Ministry of Sample")

    assert names_on(client.get(ADDRESS, {"q": words})) == expected


def test_countries_are_found_by_their_name_in_the_language_of_the_page(client, program, reader):
    shown(program, "Sample Person", country="PH")

    assert names_on(client.get(ADDRESS, {"q": "filipina"})) == []
    assert names_on(client.get("/id" + ADDRESS, {"q": "filipina"})) == ["Sample Person"]


def test_what_is_not_shown_is_not_found_either(client, program, reader):
    shown(program, "Sample Person", email="secret@example.org", phone="+62 987")

    assert names_on(client.get(ADDRESS, {"q": "secret"})) == []
    assert names_on(client.get(ADDRESS, {"q": "987"})) == []


def test_search_says_what_it_found_and_keeps_the_words_in_the_other_language(client, program, reader):
    shown(program, "Sample Person")

    response = client.get(ADDRESS, {"q": "<sample>"})

    text = response.content.decode()
    assert "0 people found for “ &lt;sample&gt; ”." in text_of(response)
    assert 'href="http://testserver/id/ikm-2018/participants/?q=%3Csample%3E"' in text
    assert 'value="&lt;sample&gt;"' in text
    assert 'href="/ikm-2018/participants/"' in text


def test_words_that_are_too_long_are_refused_and_everybody_is_shown(client, program, reader):
    shown(program, "Sample Person")

    response = client.get(ADDRESS, {"q": "x" * 61})

    assert "at most 60 characters" in text_of(response)
    assert names_on(response) == ["Sample Person"]


def test_when_nobody_agreed_yet_it_says_so(client, program, reader):
    text = text_of(client.get(ADDRESS))

    assert "Nobody has agreed to be shown yet." in text
    assert "Be the first" in text


# Costs and frames


def test_it_works_before_and_after_the_first_release(client, program, reader):
    shown(program, "Sample Person")
    assert names_on(client.get(ADDRESS)) == ["Sample Person"]

    make_release(program, by=make_organizer())

    assert names_on(client.get(ADDRESS)) == ["Sample Person"]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(client, program, reader, count, django_assert_num_queries):
    for n in range(count):
        shown(program, f"Person {n}", group=make_group(program, str(n)))
    client.get(ADDRESS)

    # session, user; program, own record, people, how many in all, release
    with django_assert_num_queries(7):
        response = client.get(ADDRESS)

    assert len(names_on(response)) == count
