"""The travel record of a person: every reading is recorded."""

from participants.models import TravelReading, TravelRecord
from program import clock


def note_readings(records, reader, where):
    """Record, before they are shown, that ``reader`` (a user) sees these travel records.

    ``where`` is a TravelReading.Where. One's own record is not a reading by someone else. One query,
    when the records came with their participants.
    """
    now = clock.now()
    name = reader.get_full_name() or reader.email or reader.get_username()
    TravelReading.objects.bulk_create(
        TravelReading(record=record, reader=reader, reader_name=name[:150], where=where, read_at=now)
        for record in records
        if record.participant.user_id != reader.pk
    )


def forget(participant):
    """Delete the record with its readings."""
    TravelRecord.objects.filter(participant=participant).delete()
