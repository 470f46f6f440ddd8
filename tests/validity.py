"""What is said against an object that is not valid, by Django and by the database."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction


def messages_of(obj):
    """What an organizer reads when ``obj`` is not valid: field -> messages; {} when it is."""
    try:
        obj.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def refused_by_database(obj, constraint):
    """Save past all validation; whether the database itself refuses, naming ``constraint``."""
    try:
        with transaction.atomic():
            obj.save()
    except IntegrityError as error:
        # SQLite names the columns of a unique constraint, not the constraint.
        return constraint in str(error) or "UNIQUE" in str(error)
    return False
