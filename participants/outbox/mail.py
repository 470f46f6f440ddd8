"""The mail with the sign-in code, which is sent without a queue, and the demo's mail, which is never
delivered.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from django.conf import settings
from django.core.mail.backends.console import EmailBackend

from program import clock

log = logging.getLogger(__name__)
_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")


def send_soon(message):
    """Send ``message`` in the background.

    So the sign-in page answers equally fast, also when the mail server is down, whether or not the address
    has an account. A failure is logged without the address.
    """
    return _pool.submit(_send, message)


def _send(message):
    try:
        message.send()
    except Exception as error:  # any error of a mail server; its text may contain the address
        log.error("A mail could not be sent: %s", type(error).__name__)


class OutboxBackend(EmailBackend):
    """For the demo: prints each mail to the terminal and keeps it in the folder ``outbox`` of the data."""

    def write_message(self, message):
        super().write_message(message)
        folder = settings.DATA_DIR / "outbox"
        folder.mkdir(mode=0o700, exist_ok=True)
        name = f"{clock.now():%Y%m%d-%H%M%S}-{uuid4().hex[:8]}.eml"
        (folder / name).write_bytes(message.message().as_bytes())
