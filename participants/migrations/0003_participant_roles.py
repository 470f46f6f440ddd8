"""What organizers and staff may do with participants. Travel records are for organizers only; a member of staff
is given that right by hand."""

from django.db import migrations

ORGANIZERS = {
    "participant": "view add change",
    "travelrecord": "view change",
    "travelreading": "view",
    "retentionpolicy": "view add change",
    "announcement": "view add change delete",
    "notice": "view",
}
STAFF = {"participant": "view", "announcement": "view add change"}


def give(apps, role, rights):
    Permission = apps.get_model("auth", "Permission")
    group = apps.get_model("auth", "Group").objects.get(name=role)
    for model, actions in rights.items():
        for action in actions.split():
            group.permissions.add(
                Permission.objects.get(
                    content_type__app_label="participants", codename=f"{action}_{model}"
                )
            )


def make_rights(apps, schema_editor):
    """The permissions of the models so far; Django makes them only after the last migration."""
    from django.contrib.auth.management import create_permissions

    config = apps.get_app_config("participants")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None


def give_rights(apps, schema_editor):
    make_rights(apps, schema_editor)
    give(apps, "Organizers", ORGANIZERS)
    give(apps, "Staff", STAFF)


def take_rights(apps, schema_editor):
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="participants"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=["Organizers", "Staff"]):
        group.permissions.remove(*rights)


class Migration(migrations.Migration):
    dependencies = [("participants", "0002_participant")]

    operations = [migrations.RunPython(give_rights, take_rights)]
