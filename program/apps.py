from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class ProgramConfig(AppConfig):
    default = True
    name = "program"
    verbose_name = _("Program")

    def ready(self):
        from . import mail_check  # noqa: F401  registers its check


class PortalAdminConfig(admin.AdminConfig):
    """Django's admin with the portal's own start page."""

    default = False
    default_site = "program.admin_site.PortalAdmin"
