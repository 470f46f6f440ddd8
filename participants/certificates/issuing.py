"""Certificates: who gets one, their numbers, and that each stays as it was issued."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from participants.accounts import admin_log
from participants.attendance.summary import Share, shares
from participants.models import Certificate, LetterheadSettings, Participant
from participants.models.attendance import new_code
from participants.people.numbers import numbered
from program import clock
from program.models import Program
from program.printing.fonts import font_of
from program.publishing import releases

from . import document
from .numbering import number_text

# How often the document is made before its number is certain; after that, numbers are locked meanwhile.
TRIES = 3


class Changed(Exception):
    """Someone else reissued or revoked the certificate in the meantime; nothing was done."""


class NotPublished(Exception):
    """The program has no release, so a certificate would be empty."""


@dataclass(frozen=True)
class Candidate:
    """A participant without a certificate. ``obstacle`` is why they get none in bulk, "" when they do:
    "status" not confirmed, "letters" the document cannot print the name, "nothing" no item that counts is
    over, "few" attended too few."""

    person: Participant
    share: Share
    obstacle: str

    @property
    def reached(self):
        return not self.obstacle

    @property
    def may_be_decided(self):
        """Whether an organizer can give them one with a reason."""
        return self.obstacle in ("nothing", "few")


def candidates(program):
    """The Candidates of ``program``, as lists order them: all without a certificate but the withdrawn."""
    people = (
        program.participants.exclude(status=Participant.Status.WITHDRAWN)
        .filter(erased_at=None, certificates=None)
        .select_related("group")
    )
    threshold, found = LetterheadSettings.of(program).threshold, shares(program)
    return [
        _candidate(person, found.get(person.pk, Share(0, 0)), threshold)
        for _number, person in numbered(people)
    ]


def _candidate(person, share, threshold):
    if person.status != Participant.Status.CONFIRMED:
        obstacle = "status"
    elif not font_of(person.name):
        obstacle = "letters"
    elif not share.counted:
        obstacle = "nothing"
    else:
        obstacle = "" if share.reaches(threshold) else "few"
    return Candidate(person, share, obstacle)


def speakers_without(program):
    """The Speakers who teach in the current release and have no certificate, by name: (those who can get one,
    those whose names the documents cannot print)."""
    published = releases.current(program)
    if published is None:
        return [], []
    teaching = {s.id for item in published.agenda.items if not item.cancelled for s in item.speakers}
    found = program.speakers.filter(pk__in=teaching, certificates=None).select_related("organization")
    printable = [speaker for speaker in found if font_of(speaker.name)]
    return printable, [speaker for speaker in found if speaker not in printable]


def issue(program, people, *, by, address_of):
    """Issue to those of ``people`` (Participants) who reach the threshold now; return the Certificates.

    ``address_of(code)`` is where the document's QR code leads. Each is saved as soon as it is made, and stays
    even if a later one fails. Raises NotPublished.
    """
    reached = [c.person for c in candidates(program) if c.reached and c.person in people]
    return _issue(program, reached, "", by, address_of)


def issue_by_decision(program, people=(), speakers=(), *, reason, by, address_of):
    """Issue to ``people`` who do not reach the threshold and to ``speakers``; return the Certificates.

    Raises ValueError without a ``reason``, and NotPublished.
    """
    if not reason.strip():
        raise ValueError("A decision has a reason.")
    decided = [c.person for c in candidates(program) if c.may_be_decided and c.person in people]
    teaching = [speaker for speaker in speakers_without(program)[0] if speaker in speakers]
    return _issue(program, decided + teaching, reason.strip(), by, address_of)


def _issue(program, holders, reason, by, address_of):
    stationery = document.Stationery.of(program)
    if stationery is None:
        raise NotPublished
    found = [_issue_one(stationery, holder, reason, by, address_of) for holder in holders]
    return [certificate for certificate in found if certificate]


def _issue_one(stationery, holder, reason, by, address_of):
    """The new Certificate; None when one exists by now, or the holder is gone.

    The document is made with the next number outside the transaction, so that nobody waits for it, and made
    again when someone else has taken that number by then: numbers have no duplicates and no gaps.
    """
    program = stationery.program
    for _try in range(TRIES):
        made = _make(stationery, holder, reason, by, address_of)
        with transaction.atomic():
            _lock(program)
            if not _may_have_one(holder):
                return None
            if made.sequence == _next_sequence(program):
                made.save(force_insert=True)
                return made
    with transaction.atomic():
        _lock(program)
        if not _may_have_one(holder):
            return None
        made = _make(stationery, holder, reason, by, address_of)
        made.save(force_insert=True)
        return made


def _lock(program):
    """Until the transaction ends nobody else issues for ``program``."""
    Program.objects.select_for_update().only("pk").get(pk=program.pk)


def _may_have_one(holder):
    """Whether they are there and have none. Until the transaction ends nobody can erase them."""
    there = type(holder).objects.select_for_update().filter(pk=holder.pk)
    if isinstance(holder, Participant):
        there = there.filter(erased_at=None)
    return bool(there.values_list("pk").first()) and not holder.certificates.exists()


def _next_sequence(program):
    return (Certificate.objects.filter(program=program).aggregate(last=Max("sequence"))["last"] or 0) + 1


def next_number(program):
    """What a certificate issued today would be numbered, if nobody else issued one before."""
    day = clock.now().astimezone(program.tz).date()
    return number_text(LetterheadSettings.of(program).number_pattern, _next_sequence(program), day)


def _make(stationery, holder, reason, by, address_of):
    program, now, code = stationery.program, clock.now(), new_code()
    sequence = _next_sequence(program)
    day = now.astimezone(program.tz).date()
    number = number_text(stationery.settings.number_pattern, sequence, day)
    data = document.facts(
        stationery,
        holder,
        number=number,
        code=code,
        address=address_of(code),
        now=now,
        issue=1,
        issued_on=day.isoformat(),
        reissued_on="",
    )
    is_participant = isinstance(holder, Participant)
    return Certificate(
        program=program,
        participant=holder if is_participant else None,
        speaker=None if is_participant else holder,
        sequence=sequence,
        number=number,
        code=code,
        data=data,
        pdf=document.pdf(stationery, data, printed_at=now),
        reason=reason,
        issued_at=now,
        issued_by=by,
    )


def may_be_reissued(certificate):
    """Whether its holder is known, by a name that can be printed. Reissued a revoked one is valid again."""
    holder = certificate.participant or certificate.speaker
    return not certificate.erased and bool(holder and font_of(holder.name))


def state_of(certificate):
    """What a reissue has to take into account, as text: how often it was reissued, and since when it is
    revoked.
    """
    revoked_at = certificate.revoked_at
    return f"{certificate.reissues} {revoked_at.isoformat() if revoked_at else ''}"


def reissue(certificate, *, address_of):
    """Make ``certificate`` again from the current data, and freeze it.

    Number and code stay, and the document says so.

    Raises ValueError unless it ``may_be_reissued``, NotPublished, and Changed when someone else revoked or
    reissued it since ``certificate`` was read.
    """
    seen = state_of(certificate)
    holders = Certificate.objects.select_related("program", "participant__group", "speaker__organization")
    certificate = holders.defer("pdf").get(pk=certificate.pk)
    holder = certificate.participant or certificate.speaker
    stationery = document.Stationery.of(certificate.program)
    if not may_be_reissued(certificate):
        raise ValueError("Its holder is gone, or has a name that cannot be printed.")
    if stationery is None:
        raise NotPublished
    now, issue = clock.now(), certificate.reissues + 2
    tz = certificate.program.tz
    data = document.facts(
        stationery,
        holder,
        number=certificate.number,
        code=certificate.code,
        # By it the public page knows a paper that this one replaces.
        address=f"{address_of(certificate.code)}?issue={issue}",
        now=now,
        issue=issue,
        issued_on=certificate.issued_at.astimezone(tz).date().isoformat(),
        reissued_on=now.astimezone(tz).date().isoformat(),
    )
    made = document.pdf(stationery, data, printed_at=now)
    with transaction.atomic():
        row = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if row.erased:
            raise ValueError("Its holder is gone.")
        if state_of(row) != seen:
            raise Changed
        row.data, row.pdf, row.reissued_at, row.reissues = data, made, now, row.reissues + 1
        row.revoked_at, row.revoked_reason = None, ""
        row.save()
    return row


def revoke(certificate, *, reason):
    """From now on the public page says that ``certificate`` is revoked. Its number is not given again."""
    if not reason.strip():
        raise ValueError("To revoke has a reason.")
    Certificate.objects.filter(pk=certificate.pk, revoked_at=None).update(
        revoked_at=clock.now(), revoked_reason=reason.strip()
    )


# What stays of the data when its holder is erased: nothing about the person.
KEPT = (
    *("format", "kind", "number", "program", "local_program", "starts_on", "ends_on"),
    *("issued_on", "reissued_on", "issue"),
)


def forget(participant):
    """Take name and document out of the certificates of ``participant``: that they were issued stays."""
    for certificate in participant.certificates.defer("pdf"):
        certificate.data = {key: certificate.data[key] for key in KEPT if key in certificate.data}
        certificate.pdf, certificate.reason, certificate.revoked_reason = b"", "", ""
        certificate.save()
        admin_log.blank(certificate, participant.email)


def sample(program, *, address_of):
    """The document that the next certificate would be, with a sample name, as bytes. Raises NotPublished."""
    stationery = document.Stationery.of(program)
    if stationery is None:
        raise NotPublished
    now = clock.now()
    day = now.astimezone(program.tz).date()
    person = Participant(
        program=program,
        name="Sample Participant",
        institution="Sample Institution",
        country=(program.countries.split() or ["ID"])[0],
    )
    data = document.facts(
        stationery,
        person,
        number=number_text(stationery.settings.number_pattern, 0, day),
        code="",
        address=address_of("sample"),
        issue=1,
        issued_on=day.isoformat(),
        reissued_on="",
    )
    return document.pdf(stationery, data, printed_at=now, sample="SAMPLE")
