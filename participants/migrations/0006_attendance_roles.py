"""What organizers and staff may do with attendance, papers and certificates."""

from importlib import import_module

from django.db import migrations

ORGANIZERS = {
    "attendance": "view mark",
    "papersettings": "view add change",
    "signatory": "view add change delete",
    "certificate": "view add change",
}
STAFF = {"attendance": "view mark"}

roles = import_module("participants.migrations.0003_participant_roles")


def give_rights(apps, schema_editor):
    roles.make_rights(apps, schema_editor)
    roles.give(apps, "Organizers", ORGANIZERS)
    roles.give(apps, "Staff", STAFF)


def take_rights(apps, schema_editor):
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="participants", content_type__model__in=ORGANIZERS
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=["Organizers", "Staff"]):
        group.permissions.remove(*rights)


class Migration(migrations.Migration):
    dependencies = [("participants", "0005_attendance")]

    operations = [migrations.RunPython(give_rights, take_rights)]
