import os
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from participants.outbox.queue import send_due
from program.mail_check import require_mail

SECONDS_BETWEEN_RUNS = 30


class Command(BaseCommand):
    help = (
        "Send the mails of the outbox that are due, and try again those that failed. "
        "Call it every minute, or let it run with --loop."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--loop",
            action="store_true",
            help=f"look every {SECONDS_BETWEEN_RUNS} seconds, for as long as what started it runs",
        )

    def handle(self, *, loop, **options):
        require_mail()  # what is printed would count as sent
        started_by = os.getppid()
        self.send()
        while loop:
            for _second in range(SECONDS_BETWEEN_RUNS):
                time.sleep(1)
                if os.getppid() != started_by:
                    return
            close_old_connections()
            self.send()

    def send(self):
        outcomes = send_due()
        if outcomes:
            self.stdout.write(", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())))
            self.stdout.flush()
