"""Tells colleagues by mail that they work on a program, and where they sign in."""

from functools import partial

from allauth.account.adapter import get_adapter
from django.db import transaction

from program import addresses
from program.agenda.facts import in_language


def invite(membership, request):
    """Mail the person once what is written now is certain; in the background, in the language of the page."""
    program, by = membership.program, request.user
    context = {
        "name": membership.user.get_full_name(),
        "title": in_language(program.title, program.local_title),
        "role": membership.get_role_display(),
        "by": by.get_full_name(),
        "answers": by.email,
        "address": addresses.page(addresses.site_of(request), "account_login"),
    }
    send = partial(get_adapter(request).send_mail, "team/mail/invitation", membership.user.email, context)
    transaction.on_commit(send)
