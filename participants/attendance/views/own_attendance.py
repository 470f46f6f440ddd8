from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from participants.attendance import summary
from participants.models import Attendance
from participants.people.personal import personal_page, show
from program import clock
from program.publishing import releases


@require_safe
@cache_control(private=True, no_cache=True)
@personal_page
def own_attendance(request, participant):
    """The attendance recorded for the participant, and how far it is to the certificate."""
    program, published = participant.program, releases.current(participant.program)
    found = summary.read(program, published.agenda, clock.now()) if published else None
    row = next((row for row in found.rows if row.person.pk == participant.pk), None) if found else None
    words = dict(Attendance.State.choices) | {"": ""}
    stops = zip(found.items, row.states, strict=True) if row else ()
    return show(
        request,
        "participants/attendance/own_attendance.html",
        participant,
        row=row,
        has_certificate=participant.certificates.valid().exists(),
        threshold=found.threshold if found else None,
        stops=[(item, words[state], state in Attendance.THERE) for item, state in stops if state is not None],
    )
