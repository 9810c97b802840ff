import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vergaderingen', '0006_bekendmaking'),
    ]

    operations = [
        migrations.CreateModel(
            name='VorigAdres',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='adres')),
                ('vergadering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vorige_adressen', to='vergaderingen.vergadering')),
            ],
            options={
                'verbose_name': 'vorig adres',
                'verbose_name_plural': 'vorige adressen',
            },
        ),
    ]
