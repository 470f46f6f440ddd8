"""The end of every mail: who writes, whom one can call, and where an answer goes."""

from django.template.loader import render_to_string
from django.utils import translation

from program.agenda.facts import in_language
from program.models import Contacts


def signed(message, mail):
    """``message`` with the signature of the program of ``mail``, in the language of its reader.

    Answers go to the address that the program names for them; without one they go to who wants the mail sent.
    """
    contact = Contacts.objects.of(pk=mail.program_id)
    answers = contact.reply_to or (mail.by.email if mail.by else "")
    message.reply_to = [answers] if answers else []
    program = mail.program
    with translation.override(_language(mail)):
        context = {
            "contact": contact,
            "title": in_language(program.title, program.local_title),
            "answered": bool(answers),
        }
        signature = render_to_string("participants/outbox/mail/signature.txt", context)
    message.body = f"{message.body.strip()}\n\n{signature.strip()}\n"
    return message


def _language(mail):
    return mail.participant.mail_language if mail.participant else mail.data.get("language", "en")
