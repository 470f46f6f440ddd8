"""What stands on printed documents of a program is called letterhead settings, as their page is."""

from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [("participants", "0014_signed_lists")]

    operations = [
        migrations.RenameModel("PaperSettings", "LetterheadSettings"),
        migrations.AlterModelOptions(
            "letterheadsettings",
            options={
                "verbose_name": "letterhead settings",
                "verbose_name_plural": "letterhead settings",
            },
        ),
        migrations.AlterField(
            "letterheadsettings",
            "program",
            models.OneToOneField(
                on_delete=deletion.CASCADE, related_name="letterhead_settings", to="program.program"
            ),
        ),
    ]
