from django.db import models

from program.team.rights import OfProgramQuerySet

from .program import Program


class FormerAddress(models.Model):
    """An address that a program had before: it leads to the program for good, and no other may take it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="former_addresses")
    slug = models.SlugField(unique=True)

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.slug
