import django.db.models.deletion
import kern.tijd
from django.conf import settings
from django.db import migrations, models

from kern.migraties import AlleenToevoegen, Onveranderlijk


class Migration(migrations.Migration):

    dependencies = [
        ('adviezen', '0007_achterban_werkruimte'),
        ('vergaderingen', '0003_bestand'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Inspraak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rijversie', models.PositiveIntegerField(default=0, editable=False)),
                ('vorm', models.CharField(choices=[('hoorzitting', 'hoorzitting'), ('panel', 'panelgesprek'), ('werkbezoek', 'werkbezoek'), ('deskundige', 'deskundige uitgenodigd'), ('internetconsultatie', 'internetconsultatie'), ('enquete', 'enquête'), ('werkconferentie', 'werkconferentie'), ('interview', 'interviews'), ('schriftelijk', 'schriftelijke inbreng'), ('onderzoek', 'onderzoek uitbesteed'), ('overig', 'anders')], max_length=20, verbose_name='vorm')),
                ('onderwerp', models.CharField(blank=True, default='', max_length=200, verbose_name='onderwerp')),
                ('van', models.DateField(verbose_name='dag')),
                ('tot', models.DateField(blank=True, null=True, verbose_name='tot en met')),
                ('plaats', models.CharField(blank=True, default='', max_length=200, verbose_name='plaats')),
                ('uitkomst', models.TextField(blank=True, default='', verbose_name='wat het opleverde')),
                ('openbaar', models.BooleanField(default=True, verbose_name='in de openbare lijst')),
                ('niet_openbaar_reden', models.TextField(blank=True, default='', verbose_name='waarom niet openbaar')),
                ('bijgewerkt_op', models.DateTimeField(default=kern.tijd.nu)),
                ('door', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('traject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspraak', to='adviezen.adviestraject')),
            ],
            options={
                'verbose_name': 'inspraak',
                'verbose_name_plural': 'inspraak',
                'ordering': ['van', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('vorm__in', ['hoorzitting', 'panel', 'werkbezoek', 'deskundige', 'internetconsultatie', 'enquete', 'werkconferentie', 'interview', 'schriftelijk', 'onderzoek', 'overig'])), name='adviezen_inspraak_vorm'),
                    models.CheckConstraint(condition=models.Q(('tot__isnull', True), ('tot__gte', models.F('van')), _connector='OR'), name='adviezen_inspraak_periode', violation_error_message='De laatste dag ligt voor de eerste.'),
                    models.CheckConstraint(condition=models.Q(('openbaar', True), models.Q(('niet_openbaar_reden', ''), _negated=True), _connector='OR'), name='adviezen_inspraak_reden', violation_error_message='Zeg waarom dit niet in de openbare lijst komt.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Gehoorde',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('naam', models.CharField(max_length=200, verbose_name='naam')),
                ('soort', models.CharField(choices=[('organisatie', 'organisatie'), ('persoon', 'persoon')], max_length=12)),
                ('toestemming', models.BooleanField(default=False, verbose_name='naam mag openbaar')),
                ('volgorde', models.PositiveSmallIntegerField(default=0)),
                ('inspraak', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gehoorden', to='adviezen.inspraak')),
            ],
            options={
                'verbose_name': 'gehoorde',
                'verbose_name_plural': 'gehoorden',
                'ordering': ['volgorde', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('naam', ''), _negated=True), name='adviezen_gehoorde_naam'),
                    models.CheckConstraint(condition=models.Q(('soort__in', ['organisatie', 'persoon'])), name='adviezen_gehoorde_soort'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Kroonledenopmerking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('blok', models.CharField(blank=True, default='', max_length=64, verbose_name='blok')),
                ('citaat', models.TextField(blank=True, default='', verbose_name='citaat')),
                ('tekst', models.TextField(verbose_name='opmerking')),
                ('auteur_naam', models.CharField(max_length=200)),
                ('op', models.DateTimeField(default=kern.tijd.nu, editable=False)),
                ('overgebracht_op', models.DateTimeField(blank=True, null=True)),
                ('met_naam', models.BooleanField(default=False)),
                ('als_agendapunt', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vergaderingen.agendapunt')),
                ('als_opmerking', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='adviezen.opmerking')),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('overgebracht_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('traject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kroonledenopmerkingen', to='adviezen.adviestraject')),
                ('versie', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='adviezen.versie')),
            ],
            options={
                'verbose_name': 'opmerking uit het kroonledenoverleg',
                'verbose_name_plural': 'opmerkingen uit het kroonledenoverleg',
                'ordering': ['pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('tekst', ''), _negated=True), name='adviezen_kroonopmerking_tekst'),
                    models.CheckConstraint(condition=models.Q(models.Q(('als_agendapunt__isnull', True), ('als_opmerking__isnull', True), ('overgebracht_op__isnull', True)), models.Q(('als_opmerking__isnull', False), ('overgebracht_door__isnull', False), ('overgebracht_op__isnull', False)), models.Q(('als_agendapunt__isnull', False), ('overgebracht_door__isnull', False), ('overgebracht_op__isnull', False)), _connector='OR'), name='adviezen_kroonopmerking_overgebracht'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Voortgangsrapportage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nummer', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('tekst', models.TextField(verbose_name='tekst')),
                ('auteur_naam', models.CharField(max_length=200)),
                ('op', models.DateTimeField(default=kern.tijd.nu, editable=False)),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('traject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rapportages', to='adviezen.adviestraject')),
            ],
            options={
                'verbose_name': 'voortgangsrapportage',
                'verbose_name_plural': 'voortgangsrapportages',
                'ordering': ['traject', 'nummer'],
                'constraints': [
                    models.UniqueConstraint(fields=('traject', 'nummer'), name='adviezen_rapportage_nummer'),
                    models.CheckConstraint(condition=models.Q(('tekst', ''), _negated=True), name='adviezen_rapportage_tekst'),
                ],
            },
        ),
        AlleenToevoegen("adviezen_voortgangsrapportage"),
        Onveranderlijk(
            "adviezen_kroonledenopmerking",
            behalve=["overgebracht_op", "overgebracht_door_id", "met_naam", "als_opmerking_id", "als_agendapunt_id"],
        ),
    ]
