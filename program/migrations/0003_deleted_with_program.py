import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('program', '0002_venue_position_whole'),
    ]

    operations = [
        migrations.AlterField(
            model_name='agendaitem',
            name='organization',
            field=models.ForeignKey(blank=True, help_text='Who holds it or receives the participants.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='items', to='program.organization', verbose_name='organization'),
        ),
        migrations.AlterField(
            model_name='agendaitem',
            name='venue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='items', to='program.venue', verbose_name='venue'),
        ),
        migrations.AlterField(
            model_name='itemgroup',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, to='program.group'),
        ),
    ]
