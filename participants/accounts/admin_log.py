"""The admin's log says what an organizer did and when.

For erased people it keeps this without their names.
"""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

ERASED_NAME = "Erased participant"


def blank(thing, email):
    """Take name and details out of the entries about ``thing`` (a row) and of those that name ``email``."""
    about = Q(content_type=ContentType.objects.get_for_model(thing), object_id=str(thing.pk))
    entries = LogEntry.objects.filter(about | Q(object_repr__icontains=email))
    entries.update(object_repr=ERASED_NAME, change_message="")
