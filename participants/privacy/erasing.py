"""Erasing a person: when it may be done, and what stays."""

from django.db import transaction

from participants import forgetting
from participants.accounts import admin_log
from participants.accounts.accounts import close_idle_account
from participants.accounts.admin_log import ERASED_NAME
from participants.models import Participant
from program import clock

# What stays of an erased person: enough to count attendance by country and group, nobody to recognise.
KEPT = frozenset(
    {"id", "program", "country", "group", "status", "list_number", "seen_release", "calendar_round"}
)


def may_be_erased(participant):
    """Whether the program is over for this person: they withdrew, or its last day has passed where it is."""
    over = participant.program.is_over(clock.now()) or participant.withdrawn
    return over and participant.erased_at is None


def erase(participant):
    """Erase the person from the portal permanently; country, group, status and attendance stay for
    statistics.

    Deleted: names, addresses, photo files, everything they wrote, the travel record with its readings, mails,
    badges, name and document of a certificate, the history, and the account with its sessions unless it
    serves another program or the admin. Raises ValueError while the program is not over for them.
    """
    with transaction.atomic():
        # Wait for anyone who issues a certificate at this moment: it is emptied too. What the person
        # changed since ``participant`` was read, such as the photo, is read again and goes as well.
        Participant.objects.select_for_update().only("pk").get(pk=participant.pk)
        participant.refresh_from_db()
        if not may_be_erased(participant):
            raise ValueError("The program is not over for this participant.")
        user, email = participant.user, participant.email
        forgetting.forget(participant)
        for field in Participant._meta.concrete_fields:
            if field.name not in KEPT:
                setattr(participant, field.attname, field.get_default())
        participant.name = ERASED_NAME
        participant.email = f"erased-{participant.pk}@erased.invalid"
        participant.erased_at = clock.now()
        participant.save_without_historical_record()
        Participant.history.filter(id=participant.pk).delete()
        admin_log.blank(participant, email)
        if user:
            close_idle_account(user)
