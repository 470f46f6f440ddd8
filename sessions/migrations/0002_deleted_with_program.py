import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('classroom', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sessionspeaker',
            name='speaker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, to='classroom.speaker', verbose_name='speaker'),
        ),
    ]
