"""Two organizers issue at the same moment: real threads, real transactions."""

from datetime import timedelta

import pytest
from django.db import connection

from participants.certificates import issuing as certificates
from participants.models import Certificate, Participant
from participants.privacy.erasing import erase
from tests.makers import make_program
from tests.program.publishing.test_publish_concurrent import at_once

from .certifying import after_the_end, decide, issue, make_attender, make_course

# serialized_rollback: the roles that a migration makes are wanted again after the tables are emptied.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def program(set_clock):
    made = make_program()
    set_clock(after_the_end(made.tz))
    return made


def sequences():
    return list(Certificate.objects.order_by("sequence").values_list("sequence", flat=True))


def test_numbers_have_neither_gaps_nor_doubles_and_nobody_gets_two(program):
    course = make_course(program)
    people = [make_attender(program, course, 5) for _n in range(6)]
    few = [make_attender(program, course, 1) for _n in range(3)]

    made = at_once(
        lambda: issue(program, *people),
        lambda: issue(program, *people),
        lambda: decide(program, *few),
    )

    assert sum(len(certificates) for certificates in made) == 9
    assert sequences() == list(range(1, 10))
    assert Certificate.objects.values("participant").distinct().count() == 9
    for certificate in Certificate.objects.all():
        assert certificate.number == certificate.data["number"] == f"{certificate.sequence:03}/SERT/VII/2018"


def test_who_never_gets_the_number_that_was_free_takes_one_while_others_wait(program, monkeypatch):
    """Each time a document is ready, somebody else has taken its number: until nobody else may."""
    course = make_course(program)
    person, *others = [make_attender(program, course, 5, name=name) for name in ("Aye", "Bo", "Chit", "Dao")]
    make = certificates._make
    taken = []

    def slowly(stationery, holder, *args):
        made = make(stationery, holder, *args)
        if holder == person and others and not connection.in_atomic_block:
            other = others.pop()
            taken.append(other)
            issue(program, other)
        return made

    monkeypatch.setattr(certificates, "_make", slowly)

    (made,) = issue(program, person)

    assert len(taken) == certificates.TRIES == 3
    assert made.sequence == 4
    assert sequences() == [1, 2, 3, 4]
    assert made.data["number"] == made.number == "004/SERT/VII/2018"


def test_erased_while_it_is_issued_nobody_gets_one(program, monkeypatch, set_clock):
    course = make_course(program)
    person = make_attender(program, course, 5, name="Sentinel")
    pdf = certificates.document.pdf

    def erased_meanwhile(*args, **kwargs):
        set_clock(after_the_end(program.tz) + timedelta(days=1))
        erase(Participant.objects.get(pk=person.pk))
        return pdf(*args, **kwargs)

    monkeypatch.setattr(certificates.document, "pdf", erased_meanwhile)

    assert issue(program, person) == []
    assert not Certificate.objects.exists()


def test_erased_while_it_is_reissued_nothing_of_the_person_comes_back(program, monkeypatch):
    course = make_course(program)
    person = make_attender(program, course, 5, name="Sentinel")
    (issued,) = issue(program, person)
    pdf = certificates.document.pdf

    def erased_meanwhile(*args, **kwargs):
        certificates.forget(person)
        return pdf(*args, **kwargs)

    monkeypatch.setattr(certificates.document, "pdf", erased_meanwhile)

    with pytest.raises(ValueError, match="gone"):
        certificates.reissue(issued, address_of=str)

    issued.refresh_from_db()
    assert issued.erased
    assert "Sentinel" not in str(issued.data)
