import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from participants.notices import send_due

SECONDS_BETWEEN_RUNS = 30


class Command(BaseCommand):
    help = (
        "Send the mails about changes that are due, and try again those that failed. "
        "Call it every minute, or let it run with --loop."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--loop",
            action="store_true",
            help=f"go on for ever, and look every {SECONDS_BETWEEN_RUNS} seconds",
        )

    def handle(self, *, loop, **options):
        self.send()
        while loop:
            time.sleep(SECONDS_BETWEEN_RUNS)
            close_old_connections()
            self.send()

    def send(self):
        outcomes = send_due()
        if outcomes:
            self.stdout.write(", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())))
            self.stdout.flush()
