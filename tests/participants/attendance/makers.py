from participants.models import Attendance


def make_attendance(participant, item, state=Attendance.State.PRESENT, **fields):
    """Tapped when ``item``, of the draft or of a release, starts."""
    defaults = {"how": Attendance.How.TAP, "marked_at": item.starts_at}
    return Attendance.objects.create(
        participant=participant, item_id=item.id, state=state, **(defaults | fields)
    )
