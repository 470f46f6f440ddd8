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
            notices,
            operations,
            photos,
            travel_record,
        )

        authenticator_added.connect(factors.note_added)
        operations.register_all()
        for part in (travel_record, notices, badges, certificates, calendars, photos):
            forgetting.register(part.forget)
