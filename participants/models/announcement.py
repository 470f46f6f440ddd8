from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from program.agenda.facts import in_language
from program.models import Group, Program
from program.team.rights import OfProgramQuerySet


class AnnouncementQuerySet(OfProgramQuerySet):
    def current(self, program, group_id, now):
        """What a participant of ``program`` and group reads at ``now``: for all, or for that group."""
        mine = Q(group=None) | Q(group_id=group_id) if group_id else Q(group=None)
        return self.filter(mine, program=program, starts_at__lte=now, expires_at__gt=now)


class Announcement(models.Model):
    """A line from the organizers on top of My schedule until it expires. Live: not part of a release."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="announcements")
    text = models.CharField(
        _("text"), max_length=200, help_text=_("One short sentence: The bus leaves from the back gate.")
    )
    local_text = models.CharField(_("text in Bahasa Indonesia"), max_length=200, blank=True)
    group = models.ForeignKey(
        Group,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("group"),
        help_text=_("Leave empty for everybody."),
    )
    starts_at = models.DateTimeField(_("shown from"))
    expires_at = models.DateTimeField(_("shown until"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("starts_at")),
                name="announcement_expires_after_start",
                violation_error_message=_("The end of showing must be later than its start."),
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def words(self):
        """The text in the page's language."""
        return in_language(self.text, self.local_text)
