"""The table of mails about changes grows into the outbox of all mails; 0012 fills it, 0013 ends it."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("participants", "0010_operation"),
        ("program", "0004_operation"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="notice", name="notice_one_waiting"),
        migrations.RenameModel(old_name="Notice", new_name="Mail"),
        migrations.AlterModelOptions(
            name="mail",
            options={
                "ordering": ["-created_at", "pk"],
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
            },
        ),
        migrations.AddField(
            model_name="mail",
            name="program",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="program.program",
                verbose_name="program",
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="kind",
            field=models.CharField(default="changes", max_length=30),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="mail",
            name="participant",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to="participants.participant",
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="address",
            field=models.EmailField(blank=True, default="", max_length=254, verbose_name="e-mail"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="mail",
            name="name",
            field=models.CharField(blank=True, default="", max_length=150, verbose_name="name"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="mail",
            name="data",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="mail",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="status",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("sending", "On its way"),
                    ("sent", "Sent"),
                    ("stopped", "Stopped"),
                    ("unneeded", "No longer needed"),
                ],
                default="waiting",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="subject",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="subject"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="retentionpolicy",
            name="mails_days",
            field=models.PositiveSmallIntegerField(
                default=30,
                validators=[django.core.validators.MaxValueValidator(3650)],
                verbose_name="mails, days",
            ),
        ),
    ]
