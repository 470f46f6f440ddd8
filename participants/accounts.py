"""Who may sign in: an account is one e-mail address, shared by all programs its person takes part in."""

from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import transaction


@transaction.atomic
def account_for(participant):
    """The account that signs in with ``participant``'s e-mail address, made when there is none; saves both.

    When an organizer corrects the address, the participant moves to the account of the new one.
    """
    user = account_at(participant.email)
    if participant.user_id != user.pk:
        participant.user = user
        participant.save(update_fields=["user"])
    return user


@transaction.atomic
def account_at(email):
    """The account of ``email`` (letter case does not count), made when there is none.

    It has no password: a code sent to the address is the only key, so the address counts as verified.
    """
    email = email.strip().lower()
    address = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    if address:
        return address.user
    user = get_user_model().objects.filter(email__iexact=email).order_by("pk").first() or _new_account(email)
    EmailAddress.objects.filter(user=user).exclude(email=email).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    return user


def _new_account(email):
    users = get_user_model().objects
    readable = len(email) <= 150 and not users.filter(username=email).exists()
    return users.create_user(username=email if readable else uuid4().hex, email=email)
