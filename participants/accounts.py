"""Who may sign in: an account is one e-mail address, shared by all programs its person takes part in."""

from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction

from . import admin_log


@transaction.atomic
def account_for(participant):
    """The account that signs in with ``participant``'s e-mail address, made when there is none; saves both.

    When an organizer corrects the address, the participant moves to the account of the new one; nobody signs
    in with the old one any more, unless it serves another program.
    """
    user, former = account_at(participant.email), participant.user
    if former != user:
        participant.user = user
        participant.save(update_fields=["user"])
        if former:
            close_idle_account(former)
    return user


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


def close_idle_account(user):
    """Delete the account of ``user`` with its sessions, unless it serves a program or the admin."""
    if not user.is_staff and not user.participations.exists():
        admin_log.blank(user, user.email)
        _end_sessions(user)
        user.delete()


def _end_sessions(user):
    """Delete the sessions of ``user``, and those in which somebody has asked for a code with the address."""
    for session in Session.objects.iterator():
        data = session.get_decoded()
        if data.get(SESSION_KEY) == str(user.pk) or repr(user.email.lower()) in str(data).lower():
            session.delete()


def forget_ended_sessions():
    """Delete the sessions whose thirty days are over, and browser and network address of all that have ended.

    Returns of how many sign-ins.
    """
    SessionStore.clear_expired()
    count, _by_model = UserSession.objects.exclude(
        session_key__in=Session.objects.values("session_key")
    ).delete()
    return count
