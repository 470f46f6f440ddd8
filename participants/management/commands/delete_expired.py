from django.core.management.base import BaseCommand

from participants.accounts.accounts import forget_ended_sessions
from participants.privacy.retention import delete_expired


class Command(BaseCommand):
    help = (
        "Deletes what is past its retention time from travel records: passport, flights, emergency contact, "
        "medical notes; scans of signed lists; mails. Forgets ended sign-ins too. Run it once a day. "
        "Prints numbers, never names."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Count, and delete nothing.")

    def handle(self, dry_run, **options):
        counts = delete_expired(dry_run)
        verb = "would be deleted" if dry_run else "deleted"
        for program, part, count in counts:
            self.stdout.write(f"{program.slug}: {part}, {count} {verb}")
        ended = 0 if dry_run else forget_ended_sessions()
        if ended:
            self.stdout.write(f"ended sign-ins: {ended} forgotten")
        if not counts and not ended:
            self.stdout.write("Nothing is past its time.")
