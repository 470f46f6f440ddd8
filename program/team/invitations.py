"""Tells colleagues by mail that they work on a program, and where they sign in."""

from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from program import addresses
from program.agenda.facts import in_language

_queues = []


def sent_by(queue):
    """Have ``queue(membership, site, by, language)`` take invitations: the outbox stands above this app."""
    _queues[:] = [queue]


def invite(membership, request):
    """Queue a mail to the colleague, in the language of the page; ``site`` is the portal's address."""
    (queue,) = _queues
    queue(membership, addresses.site_of(request), request.user, get_language())


def words(membership, site, by, language):
    """(subject, text) of the invitation, from ``by`` (a user, or None)."""
    program = membership.program
    with override(language):
        context = {
            "name": membership.user.get_full_name(),
            "title": in_language(program.title, program.local_title),
            "role": membership.get_role_display(),
            "by": by.get_full_name() if by else "",
            "address": addresses.page(site, "account_login"),
        }
        subject = render_to_string("team/mail/invitation_subject.txt", context)
        return " ".join(subject.split()), render_to_string("team/mail/invitation_message.txt", context)
