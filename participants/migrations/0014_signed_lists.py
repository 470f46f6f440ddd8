"""Signed lists are called so everywhere: the tables of their entries and scans, and how a mark was made."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import deletion

HOW = [
    ("tap", "tapped on the list"),
    ("everybody", "everybody at once"),
    ("badge", "badge"),
    ("signed_list", "signed list"),
]


def _rename(before, after):
    def rename(apps, schema_editor):
        for name in ("Attendance", "HistoricalAttendance"):
            apps.get_model("participants", name).objects.filter(how=before).update(how=after)

    return rename


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0013_mail_whole"),
        ("program", "0006_release_group_ids"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("papermark", "papermark_once"),
        migrations.RenameModel("PaperMark", "SignedListEntry"),
        migrations.RenameModel("PaperScan", "ScannedList"),
        migrations.AlterField(
            "signedlistentry",
            "participant",
            models.ForeignKey(
                on_delete=deletion.CASCADE,
                related_name="signed_list_entries",
                to="participants.participant",
            ),
        ),
        migrations.AlterField(
            "signedlistentry",
            "item",
            models.ForeignKey(
                on_delete=deletion.PROTECT, related_name="signed_list_entries", to="program.agendaitem"
            ),
        ),
        migrations.AddConstraint(
            "signedlistentry",
            models.UniqueConstraint(fields=["participant", "item"], name="signed_list_entry_once"),
        ),
        migrations.AlterField(
            "scannedlist",
            "item",
            models.ForeignKey(
                on_delete=deletion.PROTECT, related_name="scanned_lists", to="program.agendaitem"
            ),
        ),
        *(
            migrations.AlterField(
                name, "how", models.CharField(choices=HOW, max_length=12, verbose_name="how")
            )
            for name in ("attendance", "historicalattendance")
        ),
        migrations.RunPython(_rename("paper", "signed_list"), _rename("signed_list", "paper")),
    ]
