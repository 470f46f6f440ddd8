"""Old operations, known by a text at the end of reasons, become rows: they can still be undone."""

from django.db import migrations

from program.migrations._tokens import give_back, take_up

HISTORIES = ("classroom.HistoricalClassroomSession",)


def forwards(apps, schema_editor):
    take_up(apps, *HISTORIES)


def backwards(apps, schema_editor):
    give_back(apps, *HISTORIES)


class Migration(migrations.Migration):
    dependencies = [("classroom", "0003_operation")]

    operations = [migrations.RunPython(forwards, backwards)]
