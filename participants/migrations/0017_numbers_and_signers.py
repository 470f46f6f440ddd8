"""People keep their numbers on lists; signers have a position and an NIP; how one printed last is kept.

Those who are confirmed get numbers in the order that lists had so far: by country, in English, and name.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import translation

from program.countries import country_name
from program.folding import fold


def give_numbers(apps, schema_editor):
    Participant = apps.get_model("participants", "Participant")
    LetterheadSettings = apps.get_model("participants", "LetterheadSettings")

    def usual_order(person):
        country = fold(country_name(person.country)), person.country
        return *country, fold(person.name), person.name.casefold(), person.pk

    for program in apps.get_model("program", "Program").objects.all():
        with translation.override("en"):
            people = sorted(
                Participant.objects.filter(program=program, status="confirmed"), key=usual_order
            )
        for number, person in enumerate(people, 1):
            person.list_number = number
        if people:
            Participant.objects.bulk_update(people, ["list_number"], batch_size=200)
            settings = LetterheadSettings.objects.filter(program=program)
            settings.update(last_list_number=len(people))


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0016_mail_refused'),
        ('program', '0006_release_group_ids'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PrintChoices',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choices', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'print choices',
                'verbose_name_plural': 'print choices',
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='letterheadsettings',
            name='acknowledged_position',
            field=models.CharField(blank=True, max_length=160, verbose_name='their position'),
        ),
        migrations.AddField(
            model_name='letterheadsettings',
            name='certificate_place',
            field=models.CharField(blank=True, help_text='Printed with the date above the signatures: Jakarta. Empty: the city of the last item.', max_length=60, verbose_name='place of issue'),
        ),
        migrations.AddField(
            model_name='letterheadsettings',
            name='last_list_number',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='letterheadsettings',
            name='officer_position',
            field=models.CharField(blank=True, max_length=160, verbose_name="officer's position"),
        ),
        migrations.AddField(
            model_name='participant',
            name='list_number',
            field=models.PositiveIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='signatory',
            name='nip',
            field=models.CharField(blank=True, max_length=30, verbose_name='NIP'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('program', 'list_number'), name='participant_list_number_once_in_program'),
        ),
        migrations.AddField(
            model_name='printchoices',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='print_choices', to='program.program'),
        ),
        migrations.AddField(
            model_name='printchoices',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='printchoices',
            constraint=models.UniqueConstraint(fields=('program', 'user'), name='print_choices_once'),
        ),
        migrations.RunPython(give_numbers, migrations.RunPython.noop, elidable=True),
    ]
