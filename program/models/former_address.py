from django.db import models

from program.team.rights import OfProgramQuerySet

from .program import Program


class FormerAddressQuerySet(OfProgramQuerySet):
    def keep(self, program, before):
        """Let ``before``, which was the address of ``program`` until now, lead to it for good."""
        self.filter(slug=program.slug, program=program).delete()  # it is in use again
        self.get_or_create(slug=before, defaults={"program": program})


class FormerAddress(models.Model):
    """An address that a program had before: it leads to the program for good, and no other may take it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="former_addresses")
    slug = models.SlugField(unique=True)

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.slug
