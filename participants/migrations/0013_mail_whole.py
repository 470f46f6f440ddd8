"""The outbox as it is from now on."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("participants", "0012_notices_are_mails")]

    operations = [
        migrations.AlterField(
            model_name="mail",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="program.program",
                verbose_name="program",
            ),
        ),
        # With a default, an earlier version's rows can be made again on the way back.
        migrations.AlterField(
            model_name="mail",
            name="from_release",
            field=models.PositiveIntegerField("from release", default=0),
        ),
        migrations.AlterField(
            model_name="mail",
            name="to_release",
            field=models.PositiveIntegerField("to release", default=0),
        ),
        migrations.RemoveField(model_name="mail", name="from_release"),
        migrations.RemoveField(model_name="mail", name="to_release"),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(
                fields=["kind", "participant"], condition=Q(status="waiting"), name="mail_one_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(
                fields=["kind", "program", "address"],
                condition=Q(status="waiting", participant=None),
                name="mail_one_waiting_at_address",
            ),
        ),
    ]
