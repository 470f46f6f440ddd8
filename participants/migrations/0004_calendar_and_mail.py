from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0003_participant_roles'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='portal',
            field=models.URLField(default='', verbose_name='address of the portal'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='notice',
            name='text',
            field=models.TextField(blank=True, verbose_name='text'),
        ),
        migrations.AddField(
            model_name='participant',
            name='calendar_round',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
