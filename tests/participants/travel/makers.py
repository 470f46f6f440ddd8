from participants.models import TravelRecord


def make_travel_record(participant, **fields):
    defaults = {"passport_number": "X1234567", "emergency_name": "Sample Relative"}
    return TravelRecord.objects.create(participant=participant, **(defaults | fields))
