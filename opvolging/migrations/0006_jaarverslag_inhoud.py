"""Wat er in een jaarverslag stond toen het werd aangeboden."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opvolging", "0005_evaluatie")]

    operations = [
        migrations.AddField(
            model_name="jaarverslag",
            name="inhoud",
            field=models.JSONField(blank=True, editable=False, null=True, verbose_name="inhoud zoals aangeboden"),
        ),
    ]
