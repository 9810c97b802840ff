"""De tabel van AdviesPagina; `dependencies` noemt de eerste migratie die het hele Page-model kent."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("wagtailcore", "__latest__")]
    operations = [
        migrations.CreateModel(
            name="AdviesPagina",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("samenvatting", models.TextField()),
                ("tekst", models.TextField()),
                ("periode", models.IntegerField()),
                ("soort", models.CharField(max_length=20)),
                ("thema", models.CharField(max_length=40)),
                ("commissie", models.CharField(max_length=40)),
                ("adviesvrager", models.CharField(max_length=40)),
                ("uitkomst", models.CharField(max_length=20)),
                ("reactie", models.CharField(max_length=20)),
            ],
            options={"abstract": False},
            bases=("wagtailcore.page",),
        )
    ]
