"""What is owed to the people whose data this is: readings are written down, and a person can be erased."""

from functools import partial

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from program import clock

from . import certificates, photos
from .models import Participant, TravelReading, TravelRecord

ERASED_NAME = "Erased participant"
# What stays of an erased person: enough to count attendance by country and group, nobody to recognise.
KEPT = frozenset({"id", "program", "country", "group", "status", "seen_release", "calendar_round"})


def note_readings(records, reader, where):
    """Write down, before they are shown, that ``reader`` (a user) sees these travel records.

    ``where`` is a TravelReading.Where. One's own record is not a reading by somebody else. One query,
    when the records came with their participants.
    """
    now = clock.now()
    name = reader.get_full_name() or reader.email or reader.get_username()
    TravelReading.objects.bulk_create(
        TravelReading(record=record, reader=reader, reader_name=name[:150], where=where, read_at=now)
        for record in records
        if record.participant.user_id != reader.pk
    )


def may_be_erased(participant):
    """Whether the program is over for this person: they withdrew, or its last day has passed where it is."""
    program = participant.program
    today = clock.now().astimezone(program.tz).date()
    over = today > program.ends_on or participant.withdrawn
    return over and participant.erased_at is None


def erase(participant):
    """Take the person out of the portal for good; country, group, status and attendance stay for statistics.

    Goes: names, addresses, photo files, everything they wrote, the travel record with its readings, mails,
    badges, name and paper of a certificate, the history, and the account with its sessions unless it serves
    another program or the admin. Raises ValueError while the program is not over for them.
    """
    if not may_be_erased(participant):
        raise ValueError("The program is not over for this participant.")
    user, photo, email = participant.user, participant.photo, participant.email
    with transaction.atomic():
        # Whoever issues a certificate at this moment is waited for: it is emptied too.
        Participant.objects.select_for_update().only("pk").get(pk=participant.pk)
        TravelRecord.objects.filter(participant=participant).delete()
        participant.notices.all().delete()
        participant.badges.all().delete()
        for certificate in certificates.forget(participant):
            _blank_log(certificate, email)
        for field in Participant._meta.concrete_fields:
            if field.name not in KEPT:
                setattr(participant, field.attname, field.get_default())
        participant.name = ERASED_NAME
        participant.email = f"erased-{participant.pk}@erased.invalid"
        participant.calendar_round += 1  # the address of their calendar is void
        participant.erased_at = clock.now()
        participant.save_without_historical_record()
        Participant.history.filter(id=participant.pk).delete()
        _blank_log(participant, email)
        if user:
            close_idle_account(user)
        transaction.on_commit(partial(photos.delete, photo))


def close_idle_account(user):
    """Delete the account of ``user`` with its sessions, unless it serves a program or the admin."""
    if not user.is_staff and not user.participations.exists():
        _blank_log(user, user.email)
        _end_sessions(user)
        user.delete()


def _end_sessions(user):
    """Delete the sessions of ``user``, and those in which somebody has asked for a code with the address.

    The second kind stands in no table: what nobody is signed in with is read, session by session.
    """
    for session in UserSession.objects.filter(user=user):
        session.end()
    for session in Session.objects.exclude(pk__in=UserSession.objects.values("session_key")).iterator():
        data = session.get_decoded()
        if data.get(SESSION_KEY) == str(user.pk) or repr(user.email.lower()) in str(data).lower():
            session.delete()


def _blank_log(thing, email):
    """The admin's log says what an organizer did when; it keeps that, without names and addresses."""
    about = Q(content_type=ContentType.objects.get_for_model(thing), object_id=str(thing.pk))
    entries = LogEntry.objects.filter(about | Q(object_repr__icontains=email))
    entries.update(object_repr=ERASED_NAME, change_message="")
