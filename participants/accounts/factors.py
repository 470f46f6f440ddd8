"""The second factor of organizers and staff: an authenticator app or a passkey."""

from functools import lru_cache

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef

ADDED = "factor_added"  # session key: the account to which a factor was added in this session
ANY_USER = -1  # stands in the kept SQL for the account


class Backend(AuthenticationBackend):
    """Loads the signed-in user together with whether the account has a factor, in one query.

    Every request of everybody needs it, so its SQL is built once: that costs Django more than the answer.
    """

    def get_user(self, user_id):
        sql, values = _statement()
        filled = [user_id if value == ANY_USER else value for value in values]
        user = next(iter(get_user_model().objects.raw(sql, filled)), None)
        return user if user and self.user_can_authenticate(user) else None


@lru_cache(maxsize=1)
def _statement():
    has_factor = Exists(Authenticator.objects.filter(user=OuterRef("pk")))
    users = get_user_model().objects.annotate(has_factor=has_factor).filter(pk=ANY_USER)
    return users.query.sql_with_params()


def has_factor(user):
    """Whether the account of ``user`` has a factor. One query, unless Backend loaded the user."""
    return user.has_factor if hasattr(user, "has_factor") else is_mfa_enabled(user)


def was_used(request):
    """Whether the signed-in user has used or added a factor in this session."""
    records = get_authentication_records(request, request.user)
    added_here = request.session.get(ADDED) == str(request.user.pk)
    return added_here or any(record.get("method") == "mfa" for record in records)


def note_added(request, user, **kwargs):
    """Receiver of allauth's authenticator_added: this session has shown the factor, all others end."""
    request.session[ADDED] = str(user.pk)
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    for session in others:
        session.end()
