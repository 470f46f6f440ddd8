"""How the travel record of a person ends with them."""

from participants.models import TravelRecord


def forget(participant):
    """Delete the record with its readings."""
    TravelRecord.objects.filter(participant=participant).delete()
