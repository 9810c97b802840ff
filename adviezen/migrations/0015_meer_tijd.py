from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("adviezen", "0014_bestuursmening")]

    operations = [
        migrations.AddField(
            model_name="deelname",
            name="uiterlijk_op",
            field=models.DateField(blank=True, null=True, verbose_name="eigen laatste dag"),
        ),
        migrations.AddField(
            model_name="knelpunt",
            name="vraagt_tot",
            field=models.DateField(blank=True, null=True, verbose_name="gevraagde laatste dag"),
        ),
    ]
