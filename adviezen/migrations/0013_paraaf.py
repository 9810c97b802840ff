"""De paraaf op een aanbiedingsbrief."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("adviezen", "0012_perslezers"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField(
            "aanbiedingsbrief",
            "geparafeerd_door",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("aanbiedingsbrief", "geparafeerd_op", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            "aanbiedingsbrief",
            models.CheckConstraint(
                condition=Q(geparafeerd_op__isnull=True, geparafeerd_door__isnull=True)
                | Q(geparafeerd_op__isnull=False, geparafeerd_door__isnull=False),
                name="adviezen_brief_geparafeerd",
            ),
        ),
        migrations.AddConstraint(
            "aanbiedingsbrief",
            models.CheckConstraint(
                condition=Q(geparafeerd_door__isnull=True) | ~Q(geparafeerd_door=F("afgetekend_door")),
                name="adviezen_brief_paraaf_en_handtekening",
                violation_error_message="Wie tekent, parafeert niet ook.",
            ),
        ),
    ]
