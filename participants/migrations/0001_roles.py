"""The two roles of the portal as Django groups: who may do what stands in the README."""

from django.db import migrations

# model: what organizers may do with it. Releases are made by publishing and never changed.
ORGANIZERS = {
    "program": {
        "program": "view add change publish",
        "programday": "view add change delete",
        "organization": "view add change delete",
        "venue": "view add change delete",
        "group": "view add change delete",
        "agendaitem": "view add change delete",
        "itemgroup": "view add change delete",
        "release": "view",
    },
    "classroom": {
        "classroomsession": "view add change delete",
        "speaker": "view add change delete",
        "sessionspeaker": "view add change delete",
        "material": "view add change delete",
    },
    "visits": {
        "visit": "view add change delete",
        "transfer": "view add change delete",
    },
}


def make_roles(apps, schema_editor):
    # Permissions are otherwise made only after all migrations; the same rows are found again then.
    from django.contrib.auth.management import create_permissions

    for label in ORGANIZERS:
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    organizers, _ = Group.objects.get_or_create(name="Organizers")
    staff, _ = Group.objects.get_or_create(name="Staff")
    for label, models in ORGANIZERS.items():
        for model, actions in models.items():
            for action in actions.split():
                permission = Permission.objects.get(
                    content_type__app_label=label, codename=f"{action}_{model}"
                )
                organizers.permissions.add(permission)
                if action == "view":
                    staff.permissions.add(permission)


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=["Organizers", "Staff"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("program", "0001_initial"),
        ("classroom", "0001_initial"),
        ("visits", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
