from django.contrib import admin
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from participants.models import RetentionPolicy
from participants.people.admin.frame import PlainChoices
from participants.privacy import retention
from program.admin.rights import InProgram


@admin.register(RetentionPolicy)
class RetentionPolicyAdmin(PlainChoices, InProgram, admin.ModelAdmin):
    """For how long the travel records, scanned lists and mails of one program are kept."""

    list_display = [
        "program",
        *(f"{name}_until" for name in ("passport", "flights", "emergency", "medical", "scans", "mails")),
    ]
    list_select_related = ["program"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "program",
                    *("passport_days", "flights_days", "emergency_days", "medical_days", "scans_days"),
                    "mails_days",
                ],
                "description": _(
                    "Days after the last day of the program. Older data is deleted permanently; this is "
                    "checked every day. A program without an entry here keeps passports 14 days, scanned "
                    "lists"
                    " 365 and the rest 30."
                ),
            },
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        return ["program"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False

    def _until(self, policy, name):
        return next(date_format(p.kept_until) for p in retention.parts(policy.program) if p.name == name)

    @admin.display(description=_("passport until"))
    def passport_until(self, policy):
        return self._until(policy, "passport")

    @admin.display(description=_("flights until"))
    def flights_until(self, policy):
        return self._until(policy, "flights")

    @admin.display(description=_("emergency contact until"))
    def emergency_until(self, policy):
        return self._until(policy, "emergency")

    @admin.display(description=_("medical notes until"))
    def medical_until(self, policy):
        return self._until(policy, "medical")

    @admin.display(description=_("scanned lists until"))
    def scans_until(self, policy):
        return date_format(retention.scans_until(policy.program))

    @admin.display(description=_("mails until"))
    def mails_until(self, policy):
        return date_format(retention.mails_until(policy.program))
