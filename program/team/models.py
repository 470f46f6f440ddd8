from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .rights import OfProgramQuerySet
from .roles import READ_TRAVEL, Role, rights_of


class MembershipQuerySet(OfProgramQuerySet):
    def organizers(self):
        """Of accounts that can sign in."""
        return self.filter(role=Role.ORGANIZER, user__is_active=True)


class Membership(models.Model):
    """That a user works on a program, in which role, and what they may beyond it.

    program/team/roles.py says what a role may do. Made, changed and removed by the functions of
    program/team/members.py, which keep the user's ``is_staff`` in step.
    """

    program = models.ForeignKey("program.Program", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    reads_travel = models.BooleanField(
        _("reads travel records"),
        default=False,
        help_text=_("Passport, flights, emergency contact, health. Organizers may in any case."),
    )
    created_at = models.DateTimeField(_("since"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("added by"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["role", "user__first_name", "user__last_name", "pk"]
        verbose_name = _("member of the team")
        verbose_name_plural = _("team")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "user"],
                name="membership_once_in_program",
                violation_error_message=_("This person is in the team already."),
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The person as colleagues know them: the name, or the address of one without a name."""
        return self.user.get_full_name() or self.user.email or self.user.get_username()

    @property
    def may_read_travel(self):
        return rights_of(self.role, reads_travel=self.reads_travel) >= READ_TRAVEL
