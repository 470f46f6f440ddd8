from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = _("Participants")

    def ready(self):
        from allauth.mfa.signals import authenticator_added

        from . import factors

        authenticator_added.connect(factors.note_added)
