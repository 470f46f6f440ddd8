"""Once made the groups Organizers and Staff. Who may do what stands in program/team/roles.py now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("program", "0001_initial"),
        ("classroom", "0001_initial"),
        ("visits", "0001_initial"),
    ]

    operations = []
