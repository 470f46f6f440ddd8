"""The public page of a certificate, and the participant's own download."""

import re
from datetime import datetime

import pytest
from django.test import Client

from participants.certificates import issuing as certificates
from participants.models import Certificate
from participants.privacy.erasing import erase
from program.models import FormerAddress
from tests.makers import at, make_item, make_program, make_release
from tests.participants.people.makers import make_participant
from tests.participants.privacy.data_file import FILE, data_in, files_in
from tests.reading import Page

from .certifying import address_of, after_the_end, issue, make_attender, make_course
from .makers import make_certificate

pytestmark = pytest.mark.django_db
OWN = "/ikm-2018/me/certificate.pdf"


@pytest.fixture
def person(program):
    return make_participant(
        program, user=True, name="Sample Holder", country="LK", institution="An Institute"
    )


def verify(client, certificate, prefix=""):
    return client.get(f"{prefix}/verify/{certificate.code}/")


# For whoever holds the paper


def test_valid_certificate_shows_what_the_paper_says_and_nothing_more(client, person):
    make_release(person.program)
    certificate = make_certificate(person, reason="Ill for two days")
    certificate.data |= {"subjects": [{"hours": 2}, {"hours": 1.5}], "until": "2018-07-24"}
    certificate.save()

    page = Page(verify(client, certificate))

    assert page.one("h1").text == "This certificate is valid"
    assert page.facts == {
        "Number": "001/SERT/VII/2018",
        "Name": "Sample Holder",
        "Program": "Program on small industry",
        "Dates": "18 July 2018 to 30 July 2018",
        "Date of issue": "30 July 2018",
        "Lesson hours (JP)": "3.5, counted until 24 July 2018",
        "State": "✓ Valid",
    }
    for hidden in ("Sri Lanka", "An Institute", "Ill for two days", person.email):
        assert hidden not in page.html


def test_a_paper_that_a_newer_issue_replaces_says_so_and_leads_to_it(client, program, set_clock):
    course = make_course(program)
    set_clock(after_the_end(program.tz))
    (first,) = issue(program, make_attender(program, course, 5, name="Wrong Name"))
    program.participants.update(name="Right Name")
    set_clock(datetime(2018, 8, 2, 12, 0, tzinfo=program.tz))
    newer = certificates.reissue(first, address_of=address_of)

    old, new = (
        Page(client.get(paper.data["address"].removeprefix("https://portal.example.org")))
        for paper in (first, newer)
    )

    assert old.one("h1").text == "This certificate was replaced"
    assert "A newer issue of 2 August 2018, under the same number, replaces the paper" in old.main.text
    assert dict(old.links())["See the newer issue"] == "?issue=2"
    assert old.facts["State"] == "✕ Replaced"
    assert "Name" not in old.facts
    assert new.one("h1").text == "This certificate is valid"
    assert new.facts["Name"] == "Right Name"
    assert new.facts["Date of issue"].startswith("30 July 2018 Issued again on 2 August 2018")
    assert new.facts["Lesson hours (JP)"] == "7"


@pytest.mark.parametrize("query", ["?issue=x", "?issue=", "?issue=99999999", "?issue=²"])
def test_a_strange_issue_is_no_error(client, person, query):
    certificate = make_certificate(person)

    response = client.get(f"/verify/{certificate.code}/{query}")

    assert Page(response).one("h1").text == "This certificate is valid"


def test_address_of_before_leads_on_to_the_same_issue(client, person):
    code = make_certificate(person).code

    response = client.get(f"/ikm-2018/verify/{code}/?issue=2")

    assert (response.status_code, response.headers["Location"]) == (301, f"/verify/{code}/?issue=2")


def test_revoked_certificate_says_so_without_the_reason(client, person):
    certificate = make_certificate(person)
    certificates.revoke(certificate, reason="Was never there")

    page = Page(verify(client, certificate))

    assert page.one("h1").text == "This certificate is revoked"
    assert page.facts["State"] == "✕ Revoked"
    assert "Was never there" not in page.html


def test_name_on_the_page_is_the_one_that_was_issued(client, person):
    certificate = make_certificate(person)
    person.name = "Another Name"
    person.save()

    assert Page(verify(client, certificate)).facts["Name"] == "Sample Holder"


def test_of_an_erased_holder_the_page_says_that_it_was_issued(client, person, set_clock):
    certificate = make_certificate(person)
    set_clock(datetime(2018, 8, 1, 12, 0, tzinfo=person.program.tz))
    erase(person)

    page = Page(verify(client, certificate))

    assert page.one("h1").text == "This certificate was issued"
    assert "deleted on request" in page.main.text
    assert page.facts == {
        "Number": "001/SERT/VII/2018",
        "Program": "Program on small industry",
        "Dates": "18 July 2018 to 30 July 2018",
        "Date of issue": "30 July 2018",
        "State": "✓ Valid",
    }
    assert "Holder" not in page.html
    kept = Certificate.objects.get()
    assert (bytes(kept.pdf), kept.number) == (b"", certificate.number)


@pytest.mark.parametrize("code", ["A" * 22, "x", "guess-guess", "1"])
def test_unknown_code_is_404_and_says_what_to_do(client, person, code):
    make_certificate(person)

    for address in (f"/verify/{code}/", f"/ikm-2018/verify/{code}/"):
        response = client.get(address)

        assert response.status_code == 404
        assert "no such certificate" in Page(response).one("h1").text


def test_code_of_another_program_or_in_other_letters_is_unknown(client, person):
    make_program(slug="other")
    certificate = make_certificate(person, code="AbCdEfGhIjKlMnOpQrStUv")

    assert client.get(f"/other/verify/{certificate.code}/").status_code == 404
    assert client.get(f"/verify/{certificate.code.lower()}/").status_code == 404
    assert client.get(f"/ikm-2018/verify/{certificate.code.lower()}/").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/id"])
def test_address_that_was_printed_before_leads_to_the_one_without_the_program(client, person, prefix):
    certificate = make_certificate(person)
    printed = f"{prefix}/ikm-2018/verify/{certificate.code}/"
    page = f"{prefix}/verify/{certificate.code}/"

    assert client.get(printed, follow=True).redirect_chain == [(page, 301)]

    person.program.slug = "industry-2018"
    person.program.published = False
    person.program.save()
    FormerAddress.objects.keep(person.program, "ikm-2018")

    answer = client.get(printed, follow=True)
    assert answer.redirect_chain == [(page, 301)]
    assert Page(answer).facts


def test_code_cannot_be_guessed(person):
    codes = {make_certificate(make_participant(person.program), sequence=n).code for n in range(1, 30)}

    assert len(codes) == 29
    assert all(re.fullmatch(r"[\w-]{22}", code) for code in codes)


@pytest.mark.parametrize("known", [True, False])
def test_page_is_in_no_index_and_in_no_cache(client, person, known):
    make_certificate(person, code="A" * 22 if known else "B" * 22)

    response = client.get(f"/verify/{'A' * 22}/")

    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    assert Page(response).one("meta", name="robots").attributes["content"] == "noindex, nofollow"
    assert 'rel="canonical"' not in response.content.decode()


def test_page_stays_when_the_program_is_taken_from_the_public(client, person):
    make_release(person.program)
    certificate = make_certificate(person)
    person.program.published = False
    person.program.save()

    response = verify(client, certificate)

    assert Page(response).facts["Name"] == "Sample Holder"
    assert not [address for _text, address in Page(response).links() if address.startswith("/ikm-2018/")]


def test_page_speaks_indonesian(client, person):
    person.program.local_title = "Program industri kecil"
    person.program.save()
    certificate = make_certificate(person)

    page = Page(verify(client, certificate, "/id"))

    assert "Program industri kecil" in page.main.text
    assert "18 Juli 2018" in page.main.text


def test_page_does_not_read_the_paper(client, person, django_assert_max_num_queries):
    certificate = make_certificate(person)
    make_release(person.program)

    with django_assert_max_num_queries(3) as queries:  # certificate, current release, its data
        verify(client, certificate)

    assert not any('"pdf"' in query["sql"] for query in queries.captured_queries)


# The holder's own


def test_participant_downloads_the_paper_as_it_was_issued(client, program, set_clock):
    course = make_course(program)
    set_clock(after_the_end(program.tz))
    person = make_attender(program, course, 5, user=True)
    (made,) = issue(program, person)
    client.force_login(person.user)

    response = client.get(OWN)

    assert response.content == made.pdf
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="ikm-2018-certificate-001.pdf"'
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]


def test_there_is_nothing_to_download_for_others_nor_when_it_is_revoked(client, program, person):
    other = make_participant(program, user=True)
    certificate = make_certificate(person)
    stranger = Client()
    stranger.force_login(other.user)
    client.force_login(person.user)

    assert stranger.get(OWN).status_code == 404
    assert client.get(OWN).status_code == 200
    certificates.revoke(certificate, reason="Wrong name")
    assert client.get(OWN).status_code == 404


def test_my_schedule_offers_it_after_the_end_to_its_holder_alone(client, program, set_clock):
    make_item(program, "Closing", day=30)
    make_release(program)
    holder, other = make_participant(program, user=True), make_participant(program, user=True)
    set_clock(at(30, "12:00", program.tz))
    make_certificate(holder)
    found = {}
    for person in (holder, other):
        client.force_login(person.user)
        found[person] = Page(client.get("/ikm-2018/me/"))

    link = ("Download the certificate (PDF)", OWN)
    assert link in found[holder].links()
    assert link not in found[other].links()
    assert "Issued on Monday 30 July 2018." in found[holder].main.text
    assert "not issued yet" in found[other].main.text


@pytest.fixture
def attender(client, program):
    """Signed in; the program's last item is on 30 July, 10:00 to 11:00."""
    make_item(program, "Closing", day=30)
    make_release(program)
    person = make_participant(program, user=True, seen_release=1)
    client.force_login(person.user)
    return person


def test_my_schedule_has_news_when_it_is_issued_and_when_it_is_revoked(client, program, attender, set_clock):
    set_clock(at(30, "12:00", program.tz))

    def state():
        return Page(client.get("/ikm-2018/me/")).one("div", "me").attributes["data-state"]

    before = state()
    certificate = make_certificate(attender)
    issued = state()
    certificates.revoke(certificate, reason="Wrong name")

    assert len({before, issued, state()}) == 3
    set_clock(at(31, "12:00", program.tz))
    revoked = Page(client.get("/ikm-2018/me/")).main.text
    assert "The organizers revoked your certificate. Ask them for the reason." in revoked
    assert "not issued yet" not in revoked


def test_certificate_is_offered_before_the_end_and_beside_the_attendance(
    client, program, attender, set_clock
):
    set_clock(at(30, "09:00", program.tz))
    link = ("Download the certificate (PDF)", OWN)
    pages = ("/ikm-2018/me/", "/ikm-2018/me/attendance/")
    assert not any(link in Page(client.get(page)).links() for page in pages)

    make_certificate(attender)

    assert all(link in Page(client.get(page)).links() for page in pages)


def test_download_of_ones_data_holds_what_was_issued_and_the_paper(client, person):
    certificate = make_certificate(person, reason="Ill for two days")
    client.force_login(person.user)

    (kept,) = data_in(client.get(FILE))["certificates"]

    assert (kept["number"], kept["reason"]) == (certificate.number, "Ill for two days")
    assert kept["data"]["name"] == "Sample Holder"
    assert files_in(client.get(FILE))[kept["document"]["file"]] == certificate.pdf
