"""Once gave rights to the groups Organizers and Staff. They stand in program/team/roles.py now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("participants", "0002_participant")]

    operations = []
