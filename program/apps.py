from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ProgramConfig(AppConfig):
    default = True
    name = "program"
    verbose_name = _("Program")

    def ready(self):
        from . import mail_check  # noqa: F401  registers its check
        from .drafting import first_steps  # noqa: F401  registers its steps

        post_migrate.connect(make_cache_table, sender=self)


def make_cache_table(using, **kwargs):
    """After `migrate`: the table of the cache that the settings keep in the database, if it is missing."""
    call_command("createcachetable", database=using, verbosity=0)


class PortalAdminConfig(admin.AdminConfig):
    """Django's admin with the portal's own start page."""

    default = False
    default_site = "program.admin_site.PortalAdmin"
