"""Who may sign in: an account is one e-mail address, shared by all programs its person takes part in."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction

from program.team.accounts import account_at, find_account

from . import admin_log

__all__ = ["account_at", "account_for", "find_account", "forget_ended_sessions"]


@transaction.atomic
def account_for(participant):
    """The account that signs in with ``participant``'s e-mail address, created when there is none; saves
    both.

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


def close_idle_account(user):
    """Delete the account of ``user`` with its sessions, unless it serves a program or the admin."""
    if not user.is_staff and not user.participations.exists():
        admin_log.blank(user, user.email)
        _end_sessions(user)
        user.delete()


def _end_sessions(user):
    """Delete the sessions of ``user``, and those in which someone has asked for a code for the address.

    The second kind is in no table: sessions without a signed-in user are read one by one.
    """
    for session in UserSession.objects.filter(user=user):
        session.end()
    for session in Session.objects.exclude(pk__in=UserSession.objects.values("session_key")).iterator():
        data = session.get_decoded()
        if data.get(SESSION_KEY) == str(user.pk) or repr(user.email.lower()) in str(data).lower():
            session.delete()


def forget_ended_sessions():
    """Delete the sessions whose thirty days are over, and browser and network address of all that have ended.

    Returns for how many sign-ins.
    """
    SessionStore.clear_expired()
    count, _by_model = UserSession.objects.exclude(
        session_key__in=Session.objects.values("session_key")
    ).delete()
    return count
