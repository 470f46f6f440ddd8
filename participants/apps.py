from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = _("Participants")

    def ready(self):
        from allauth.mfa.signals import authenticator_added

        from . import (
            badges,
            calendars,
            certificates,
            factors,
            forgetting,
            invitations,
            notices,
            operations,
            photos,
            travel_record,
        )
        from .outbox import queue

        authenticator_added.connect(factors.note_added)
        operations.register_all()
        changes = queue.Kind(notices.words, notices.about, merge=notices.merge)
        invitation = queue.Kind(invitations.words, invitations.about, sent=invitations.sent)
        queue.register(notices.KIND, changes)
        queue.register(invitations.KIND, invitation)
        for part in (travel_record, queue, badges, certificates, calendars, photos):
            forgetting.register(part.forget)
