"""The account of an e-mail address: one for all programs that its person takes part in or works on."""

from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import transaction


@transaction.atomic
def account_at(email):
    """The account of ``email`` (letter case does not count), made when there is none; it has no password."""
    return find_account(email) or _with_address(_new_account(email.strip().lower()))


@transaction.atomic
def find_account(email):
    """The account of ``email``, ready to receive codes there, or None.

    Accounts made in the admin or at the terminal have the address only on the user: it is believed, since
    those who make accounts vouch for it, and a code sent there is the only key.
    """
    email = email.strip().lower()
    address = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    if address:
        return address.user
    user = get_user_model().objects.filter(email__iexact=email).exclude(email="").order_by("pk").first()
    return user and _with_address(user)


def _with_address(user):
    email = user.email.lower()
    EmailAddress.objects.filter(user=user).exclude(email=email).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    return user


def _new_account(email):
    users = get_user_model().objects
    readable = len(email) <= 150 and not users.filter(username=email).exists()
    return users.create_user(username=email if readable else uuid4().hex, email=email)
