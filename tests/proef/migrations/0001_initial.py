import django_fsm
from django.db import migrations, models

from overgangen.migraties import BewaakOvergangen


class Migration(migrations.Migration):
    initial = True
    dependencies = [("logboek", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Brief",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("rijversie", models.PositiveIntegerField(default=0, editable=False)),
                ("tekst", models.TextField(blank=True)),
                ("aantal", models.IntegerField(default=0)),
                (
                    "stand",
                    django_fsm.FSMField(
                        choices=[("concept", "in concept"), ("klaar", "klaar"), ("weg", "weg")],
                        default="concept",
                        editable=False,
                        max_length=50,
                        protected=True,
                    ),
                ),
            ],
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        BewaakOvergangen(
            model="proef.brief",
            tabel="proef_brief",
            veld="stand",
            begin=["concept", ("klaar", "NEW.tekst = 'archief'")],
            paren=[("concept", "klaar"), ("klaar", "concept"), ("concept", "weg"), ("klaar", "weg")],
        ),
    ]
