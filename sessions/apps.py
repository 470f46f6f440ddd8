from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    name = "sessions"
    # The label "sessions" belongs to django.contrib.sessions.
    label = "classroom"
    verbose_name = _("Sessions")
