from participants.models import Mail
from program import clock


def make_mail(program, **fields):
    """A mail about changes that is due now; ``participant`` or ``address`` is whom it goes to."""
    now = clock.now()
    defaults = {"kind": "changes", "created_at": now, "send_after": now}
    return Mail.objects.create(program=program, **(defaults | fields))
