"""Badges: the code in the QR stands for a participant, works for staff only, and can be revoked."""

from django.db import transaction

from participants.models import Badge, Participant
from program import clock


def find(code):
    """The valid Badge with that code, its participant, program and group beside it; or None."""
    badges = Badge.objects.filter(code=code, revoked_at=None)
    return badges.select_related("participant__program", "participant__group").first()


def without(people):
    """Those of ``people`` (a queryset) who have no valid badge."""
    return people.exclude(pk__in=Badge.objects.filter(revoked_at=None).values("participant"))


@transaction.atomic
def issue(people):
    """{participant pk: Badge} of ``people``: the valid one of each, a new one where there is none.

    Printing a badge again does not change its code. Two who issue at once get the same codes.
    """
    pks = sorted(person.pk for person in people)
    list(Participant.objects.filter(pk__in=pks).only("pk").order_by("pk").select_for_update())
    valid = {
        badge.participant_id: badge for badge in Badge.objects.filter(participant__in=pks, revoked_at=None)
    }
    new = [Badge(participant_id=pk, issued_at=clock.now()) for pk in pks if pk not in valid]
    return valid | {badge.participant_id: badge for badge in Badge.objects.bulk_create(new)}


@transaction.atomic
def reissue(participant):
    """Revoke the badge of ``participant``, if there is one, and return a new one."""
    Participant.objects.select_for_update().only("pk").get(pk=participant.pk)
    revoke(participant)
    return Badge.objects.create(participant=participant, issued_at=clock.now())


def revoke(participant):
    """From now on the badge of ``participant`` no longer works."""
    Badge.objects.filter(participant=participant, revoked_at=None).update(revoked_at=clock.now())


def forget(participant):
    """Delete the badges: their codes no longer work."""
    participant.badges.all().delete()
