from django.db import migrations


class Migration(migrations.Migration):
    """What to bring and wear moves to every item: out of the way of the fields of the same name there."""

    dependencies = [("visits", "0005_visit_room")]
    run_before = [("program", "0011_needs_and_local_texts")]

    operations = [
        migrations.RenameField("visit", "bring", "former_bring"),
        migrations.RenameField("visit", "dress", "former_dress"),
    ]
