"""Certificates in the admin: who gets one, issuing, reissuing, revoking, all in one file."""

import re
import zipfile
from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from pypdf import PdfReader

from participants.certificates import issuing as certificates
from participants.models import Certificate
from tests.makers import at, make_program
from tests.participants.papers.documents import Document
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .certifying import after_the_end, attend, decide, issue, make_attender, make_course
from .makers import make_certificate, make_signatory

pytestmark = pytest.mark.django_db
CERTIFICATES = "/admin/participants/certificate/"


@pytest.fixture
def course(program, organizer, set_clock):
    made = make_course(program)
    set_clock(after_the_end(program.tz))
    return made


def issue_page(program):
    return f"{CERTIFICATES}issue/{program.pk}/"


def send(client, program, **data):
    return client.post(issue_page(program), data, follow=True)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


# Looking and issuing


def test_preview_names_who_gets_one_and_who_does_not_and_why(client, program, course):
    make_attender(program, course, 5, name="All Five", country="LK")
    make_attender(program, course, 2, name="Only Two")
    absent = make_attender(program, course, 1, name="Marked Absent")
    attend(absent, *list(course.values())[1:], state="absent")
    make_participant(program, name="Not Sure", status="accepted")
    make_participant(program, name="Gone", status="withdrawn")

    page = Page(client.get(issue_page(program)))

    reached, others, speakers = page.all("section")
    assert page.texts("h2") == ["Attended 80 percent or more 1", "Do not get a certificate 3", "Speakers 1"]
    assert page.texts("li", within=reached) == ["All Five Sri Lanka 5 of 5, 100%"]
    assert page.texts("li", within=others) == [
        "Marked Absent Nepal Only 1 of 5, 20%",
        "Not Sure Nepal Accepted, not confirmed",
        "Only Two Nepal Only 2 of 5, 40% · 3 without a mark",
    ]
    assert page.texts("li", within=speakers) == ["Sample Teacher"]
    assert len(page.all("input", type="checkbox", within=others)) == 2
    assert "Gone" not in page.html
    assert "The next number is 001/SERT/VII/2018." in page.main.text
    assert "The QR codes lead to http://testserver/verify/…/" in page.main.text
    assert not Certificate.objects.exists()


def test_preview_warns_of_what_is_missing(client, program, course, set_clock):
    set_clock(course["Dyeing cloth"].starts_at)

    text = Page(client.get(issue_page(program))).main.text

    assert "No signatory is entered yet." in text
    assert "2 items are not over yet. Attendance and lesson hours are counted without them." in text


def test_bulk_before_the_end_is_asked_for_once_more(client, program, course, set_clock):
    person = make_attender(program, course, 3)
    set_clock(at(22, "12:00", program.tz))

    refused = send(client, program, do="reached", people=[person.pk])
    assert "The program is not over: tick this, or wait." in Page(refused).main.text
    assert not Certificate.objects.exists()

    send(client, program, do="reached", people=[person.pk], early="on")
    made = Certificate.objects.get()
    assert [subject["title"] for subject in made.data["subjects"]] == [
        "Small industry",
        "Exports",
        "Evaluation",
    ]
    assert made.data["until"] == "2018-07-22"


def test_by_decision_before_the_end_is_asked_for_once_more_too(client, program, course, set_clock):
    few = make_attender(program, course, 1)
    set_clock(at(22, "12:00", program.tz))
    sent = {"do": "others", "others-chosen": [few.pk], "others-reason": "Ill"}

    refused = send(client, program, **sent)
    assert "The program is not over: tick this, or wait." in Page(refused).main.text
    assert not Certificate.objects.exists()

    send(client, program, **sent, **{"others-early": "on"})
    assert Certificate.objects.get().data["until"] == "2018-07-22"


def test_bulk_issues_to_those_ticked_and_to_nobody_who_does_not_reach_it(client, program, course, organizer):
    ticked, unticked, few = (make_attender(program, course, times) for times in (5, 5, 2))

    response = send(client, program, do="reached", people=[ticked.pk, few.pk])

    made = Certificate.objects.get()
    assert (made.participant, made.issued_by, made.reason) == (ticked, organizer, "")
    assert made.data["address"] == f"http://testserver/verify/{made.code}/"
    assert messages_of(response) == ["1 certificate is issued."]
    assert LogEntry.objects.get().object_repr == "001/SERT/VII/2018"
    assert unticked.name in Page(client.get(issue_page(program))).main.text


def test_address_on_the_paper_is_the_english_one_for_an_indonesian_organizer(client, program, course):
    person = make_attender(program, course, 5)

    client.post(f"/id{issue_page(program)}", {"do": "reached", "people": [person.pk]})

    made = Certificate.objects.get()
    assert made.data["address"] == f"http://testserver/verify/{made.code}/"
    assert client.get(made.data["address"]).status_code == 200


def test_by_decision_needs_a_reason_and_keeps_what_was_ticked(client, program, course):
    few = make_attender(program, course, 2)

    response = send(client, program, **{"do": "others", "others-chosen": [few.pk], "others-reason": ""})

    assert "Please give a reason." in Page(response).main.text
    assert Page(response).one("input", name="others-chosen", value=str(few.pk)).attributes.keys() >= {
        "checked"
    }
    assert not Certificate.objects.exists()

    send(client, program, **{"do": "others", "others-chosen": [few.pk], "others-reason": "Ill for two days"})
    made = Certificate.objects.get()
    assert (made.participant, made.reason) == (few, "Ill for two days")


def test_speakers_get_theirs_with_a_reason(client, program, course):
    teacher = program.speakers.get()

    send(client, program, **{"do": "speakers", "speakers-chosen": [teacher.pk], "speakers-reason": "Taught"})

    made = Certificate.objects.get()
    assert (made.speaker, made.participant, made.reason) == (teacher, None, "Taught")


def test_speaker_whose_name_cannot_be_printed_is_named_with_the_reason(client, program, course):
    program.speakers.update(name="ᏣᎳᎩ")

    page = Page(client.get(issue_page(program)))

    line = page.one("section", **{"aria-labelledby": "speakers-h"}).text
    assert "ᏣᎳᎩ The name has letters that cannot be printed." in line
    assert not page.all("input", name="speakers-chosen")


def test_nothing_ticked_or_somebody_of_another_program_issues_nothing(client, program, course):
    make_attender(program, course, 5)
    other = make_program(slug="other")
    stranger = make_attender(other, make_course(other), 5)

    assert "Tick who gets a certificate." in Page(send(client, program, do="reached")).main.text
    send(client, program, do="reached", people=[stranger.pk])
    send(client, program, **{"do": "others", "others-chosen": [stranger.pk], "others-reason": "Why not"})

    assert not Certificate.objects.exists()


def test_sent_twice_it_issues_once_and_says_so(client, program, course):
    person = make_attender(program, course, 5)
    send(client, program, do="reached", people=[person.pk])

    response = send(client, program, do="reached", people=[person.pk])

    assert "No certificate was issued" in messages_of(response)[0]
    assert Certificate.objects.count() == 1


def test_before_the_first_release_the_page_says_to_publish_first(client, program, organizer):
    person = make_participant(program)

    response = send(client, program, **{"do": "others", "others-chosen": [person.pk], "others-reason": "x"})

    assert "publish the agenda first" in Page(response).main.text
    assert client.get(f"{CERTIFICATES}sample/{program.pk}.pdf").status_code == 404


def test_sample_is_marked_as_one_and_takes_no_number(client, program, course):
    make_signatory(program, name="Sample Director")

    response = client.get(f"{CERTIFICATES}sample/{program.pk}.pdf")

    text = Document(response.content).text
    assert "SAMPLE" in text and "Sample Director" in text and "000/SERT/VII/2018" in text
    assert not Certificate.objects.exists()


# One certificate


def test_reissue_shows_both_names_and_makes_it_anew(client, program, course):
    person = make_attender(program, course, 5, name="Befor")
    (made,) = issue(program, person)
    person.name = "Before"
    person.save()
    address = f"{CERTIFICATES}{made.pk}/reissue/"

    shown = client.get(address)
    assert "Name as issued Befor Name now Before" in Page(shown).main.text
    assert Certificate.objects.get().reissues == 0
    seen = Page(shown).one("input", name="seen").attributes["value"]
    client.post(address, {"seen": seen})
    client.post(address, {"seen": seen})  # a second press makes nothing more

    again = Certificate.objects.get()
    assert (again.holder_name, again.number, again.reissues) == ("Before", made.number, 1)


def test_what_was_revoked_meanwhile_is_not_made_valid_by_an_older_page(client, program, course):
    (made,) = issue(program, make_attender(program, course, 5))
    address = f"{CERTIFICATES}{made.pk}/reissue/"
    seen = Page(client.get(address)).one("input", name="seen").attributes["value"]
    client.post(f"{CERTIFICATES}{made.pk}/revoke/", {"reason": "A mistake"})

    page = Page(client.post(address, {"seen": seen}, follow=True))

    assert "Not reissued: someone else reissued or revoked it in the meantime." in page.main.text
    assert Certificate.objects.get().revoked_reason == "A mistake"


def test_name_that_cannot_be_printed_stops_a_reissue_and_the_page_says_why(client, program, course):
    person = make_attender(program, course, 5, name="As Issued")
    (made,) = issue(program, person)
    program.participants.update(name="ᏣᎳᎩ")
    address = f"{CERTIFICATES}{made.pk}/reissue/"

    told = [Page(client.get(address)).main.text, Page(client.post(address)).main.text]
    many = client.post(f"{CERTIFICATES}reissue/{program.pk}/", {"chosen": [made.pk]}, follow=True)

    assert all("ᏣᎳᎩ : The name has letters that cannot be printed." in text for text in told)
    assert messages_of(many) == ["0 certificates are reissued."]
    made.refresh_from_db()
    assert (made.data["name"], made.reissues) == ("As Issued", 0)


def test_many_are_reissued_at_once_but_those_unticked_and_revoked(client, program, course):
    people = [make_attender(program, course, 5, name=name) for name in ("Aye", "Bo", "Chit")]
    issue(program, *people)
    first, _second, third = Certificate.objects.all()
    certificates.revoke(third, reason="Wrong person")
    people[0].name = "Aye Aye"
    people[0].save()
    address = f"{CERTIFICATES}reissue/{program.pk}/"

    page = Page(client.get(address))
    assert page.texts("li", within=page.one("ul", "tick-list")) == [
        "Aye now Aye Aye 001/SERT/VII/2018",
        "Bo 002/SERT/VII/2018",
    ]
    assert "Tick the certificates to reissue." in Page(client.post(address)).main.text
    client.post(address, {"chosen": [third.pk]})
    response = client.post(address, {"chosen": [first.pk]}, follow=True)

    assert messages_of(response) == ["1 certificate is reissued."]
    assert [c.reissues for c in Certificate.objects.all()] == [1, 0, 0]
    assert Certificate.objects.get(pk=first.pk).holder_name == "Aye Aye"


def test_revoke_asks_for_a_reason_and_is_seen_in_the_list(client, program, course):
    (made,) = issue(program, make_attender(program, course, 5, name="Sample Holder"))
    address = f"{CERTIFICATES}{made.pk}/revoke/"

    client.get(address)
    response = client.post(address, {"reason": ""})
    assert "required" in Page(response).main.text
    assert Certificate.objects.get().revoked_at is None
    client.post(address, {"reason": "Wrong person"})

    assert "Revoked 30 Jul 2018, 17:00 WIB: Wrong person" in Page(client.get(CERTIFICATES)).main.text
    assert LogEntry.objects.get().change_message == "Revoked: Wrong person"
    assert "revoked already" in Page(client.get(address)).main.text


def test_certificate_is_read_and_never_edited_or_deleted(client, program, course):
    (made,) = decide(program, make_attender(program, course, 2, name="Sample Holder"), reason="Ill")
    address = f"{CERTIFICATES}{made.pk}/change/"

    page = Page(client.get(address))
    client.post(address, {"number": "999"})
    client.post(f"{CERTIFICATES}{made.pk}/delete/", {"post": "yes"})

    assert page.one("h1").text == "Sample Holder"
    for words in ("001/SERT/VII/2018", "Ill", "Participant, by decision", "30 Jul 2018, 17:00 WIB"):
        assert words in page.main.text
    assert Certificate.objects.get().number == "001/SERT/VII/2018"


def test_list_is_of_one_program_and_found_by_name_or_number(client, program, organizer):
    make_certificate(make_participant(program, name="Aye Aye"))
    make_certificate(make_participant(program, name="Bo Bo"), sequence=2, number="002/SERT/VII/2018")
    elsewhere = make_certificate(make_participant(make_program(slug="other"), name="Elsewhere"))

    def names(**query):
        response = client.get(CERTIFICATES, {"program": program.pk} | query)
        return re.findall(r'field-holder">(?:<a [^>]*>)?(.*?)<', response.content.decode())

    assert names() == ["Aye Aye", "Bo Bo"]
    assert names(q="bo b") == ["Bo Bo"]
    assert names(q="001/") == ["Aye Aye"]
    assert elsewhere.holder_name not in names()


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_and_reads_no_paper(
    client, program, organizer, django_assert_max_num_queries, count
):
    for n in range(count):
        make_certificate(make_participant(program), sequence=n + 1)

    with django_assert_max_num_queries(12) as queries:
        client.get(CERTIFICATES)

    assert not any('"pdf",' in query["sql"] for query in queries.captured_queries)


# All in one file


@pytest.fixture
def three(program, course):
    """Three certificates: the second is revoked."""
    people = [make_attender(program, course, 5, name=name) for name in ("Aye / Aye", "Bo", "ཚེ་རིང་")]
    made = issue(program, *people)
    certificates.revoke(made[1], reason="Wrong name")
    return made


def test_one_pdf_holds_the_valid_ones_in_order_as_they_were_issued(client, program, three):
    response = client.get(f"{CERTIFICATES}all/{program.pk}.pdf")

    content = b"".join(response)
    document = Document(content)
    assert [re.findall(r"00\d", page)[0] for page in document.pages] == ["001", "001", "003", "003"]
    assert all(document.fonts.values())
    frozen = [text for one in (three[0], three[2]) for text in Document(bytes(one.pdf)).pages]
    assert document.pages == frozen


def test_zip_holds_the_same_bytes_under_names_that_every_computer_takes(client, program, three):
    response = client.get(f"{CERTIFICATES}all/{program.pk}.zip")

    archive = zipfile.ZipFile(BytesIO(b"".join(response)))
    assert archive.namelist() == ["001 Aye  Aye.pdf", "003 ཚེ་རིང་.pdf"]
    assert archive.read("001 Aye  Aye.pdf") == three[0].pdf
    assert 'filename="ikm-2018-certificates.zip"' in response["Content-Disposition"]


def test_without_a_valid_one_there_is_no_file(client, program, organizer):
    make_certificate(make_participant(program), pdf=b"")

    for kind in ("pdf", "zip"):
        assert client.get(f"{CERTIFICATES}all/{program.pk}.{kind}").status_code == 404
    assert "All in one PDF" not in Page(client.get(CERTIFICATES)).main.text


def test_each_paper_opens_for_the_organizer_but_for_an_erased_holder(client, program, organizer):
    made = make_certificate(make_participant(program))
    address = f"{CERTIFICATES}{made.pk}/certificate.pdf"

    assert len(PdfReader(BytesIO(client.get(address).content)).pages) == 1
    certificates.forget(made.participant)
    assert client.get(address).status_code == 404
    assert "erased" in Page(client.get(CERTIFICATES)).main.text
