from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = _("Participants")

    def ready(self):
        from allauth.mfa.signals import authenticator_added

        from . import forgetting
        from .accounts import factors
        from .certificates import issuing as certificates
        from .me import calendars, notices
        from .papers import badges
        from .people import operations, photos
        from .travel import records as travel_record

        authenticator_added.connect(factors.note_added)
        operations.register_all()
        for part in (travel_record, notices, badges, certificates, calendars, photos):
            forgetting.register(part.forget)
