import django.db.models.deletion
import kern.tijd
from django.conf import settings
from django.db import migrations, models

from kern.migraties import AlleenToevoegen


class Migration(migrations.Migration):

    dependencies = [
        ('adviezen', '0006_persbericht'),
        ('raad', '0005_einde_eerst'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Indiening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('soort', models.CharField(choices=[('ingediend', 'ingediend'), ('geen_reactie', 'geen reactie gemeld'), ('teruggenomen', 'teruggenomen')], max_length=14)),
                ('oordeel', models.CharField(blank=True, choices=[('akkoord', 'akkoord'), ('akkoord_mits', 'akkoord, mits'), ('knelpunt', 'knelpunt')], default='', max_length=12)),
                ('toelichting', models.TextField(blank=True, default='')),
                ('mede_namens', models.TextField(blank=True, default='')),
                ('punten', models.JSONField(default=list)),
                ('door_naam', models.CharField(max_length=200)),
                ('op', models.DateTimeField(default=kern.tijd.nu, editable=False)),
                ('door', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reactie', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indieningen', to='adviezen.reactie')),
            ],
            options={
                'verbose_name': 'indiening',
                'verbose_name_plural': 'indieningen',
                'ordering': ['pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('soort__in', ['ingediend', 'geen_reactie', 'teruggenomen'])), name='adviezen_indiening_soort'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Knelpuntbericht',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tekst', models.TextField(verbose_name='antwoord')),
                ('van_organisatie', models.BooleanField(verbose_name='van de organisatie')),
                ('auteur_naam', models.CharField(max_length=200)),
                ('op', models.DateTimeField(default=kern.tijd.nu, editable=False)),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('knelpunt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='berichten', to='adviezen.knelpunt')),
            ],
            options={
                'verbose_name': 'antwoord bij een knelpunt',
                'verbose_name_plural': 'antwoorden bij knelpunten',
                'ordering': ['pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('tekst', ''), _negated=True), name='adviezen_knelpuntbericht_tekst'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Medeondertekening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('gevraagd', 'gevraagd'), ('bevestigd', 'bevestigd'), ('afgewezen', 'niet akkoord')], default='gevraagd', max_length=12)),
                ('gevraagd_op', models.DateTimeField(default=kern.tijd.nu, editable=False)),
                ('beantwoord_op', models.DateTimeField(blank=True, null=True)),
                ('beantwoord_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deelname', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mede_verzoeken', to='adviezen.deelname')),
                ('gevraagd_door', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reactie', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mede', to='adviezen.reactie')),
            ],
            options={
                'verbose_name': 'medeondertekening',
                'verbose_name_plural': 'medeondertekeningen',
                'ordering': ['pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('status__in', ['gevraagd', 'bevestigd', 'afgewezen'])), name='adviezen_mede_status'),
                    models.UniqueConstraint(fields=('reactie', 'deelname'), name='adviezen_mede_eenmaal'),
                    models.UniqueConstraint(condition=models.Q(('status', 'bevestigd')), fields=('deelname',), name='adviezen_mede_een_bevestigd', violation_error_message='Uw organisatie reageert al mee met een andere organisatie.'),
                    models.CheckConstraint(condition=models.Q(('status', 'gevraagd'), models.Q(('beantwoord_door__isnull', False), ('beantwoord_op__isnull', False)), _connector='OR'), name='adviezen_mede_beantwoord'),
                ],
            },
        ),
        migrations.AlterModelOptions(
            name='meelezer',
            options={'ordering': ['pk'], 'verbose_name': 'meelezer', 'verbose_name_plural': 'meelezers'},
        ),
        migrations.RemoveConstraint(
            model_name='meelezer',
            name='adviezen_meelezer_eenmaal',
        ),
        migrations.AddField(
            model_name='deelname',
            name='herinnerd_op',
            field=models.DateTimeField(blank=True, null=True, verbose_name='laatst herinnerd op'),
        ),
        migrations.AddField(
            model_name='meelezer',
            name='beraad',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meelezers', to='adviezen.achterbanberaad'),
        ),
        # Wie al meelas, deed dat in de laatste ronde van zijn organisatie; hij belooft geheimhouding bij zijn volgende bezoek.
        migrations.RunSQL(
            sql="""
                UPDATE adviezen_meelezer m SET beraad_id = (
                    SELECT b.id FROM adviezen_achterbanberaad b
                    JOIN adviezen_deelname d ON d.beraad_id = b.id AND d.organisatie_id = m.organisatie_id
                    WHERE b.traject_id = m.traject_id ORDER BY b.ronde DESC LIMIT 1);
                SET CONSTRAINTS ALL IMMEDIATE;
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name='meelezer',
            name='beraad',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meelezers', to='adviezen.achterbanberaad'),
        ),
        migrations.AddField(
            model_name='meelezer',
            name='geheimhouding_op',
            field=models.DateTimeField(blank=True, null=True, verbose_name='geheimhouding aanvaard op'),
        ),
        migrations.AddField(
            model_name='meelezer',
            name='gestopt_door',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meelezer',
            name='gestopt_op',
            field=models.DateTimeField(blank=True, null=True, verbose_name='gestopt op'),
        ),
        migrations.AddField(
            model_name='meelezer',
            name='stop_reden',
            field=models.TextField(blank=True, default='', verbose_name='reden van stoppen'),
        ),
        migrations.AddConstraint(
            model_name='meelezer',
            constraint=models.CheckConstraint(condition=models.Q(('gestopt_op__isnull', True), models.Q(('gestopt_door__isnull', False), ('tot__isnull', False)), _connector='OR'), name='adviezen_meelezer_gestopt', violation_error_message='Wie stopt met meelezen, heeft een laatste dag.'),
        ),
        migrations.AddConstraint(
            model_name='meelezer',
            constraint=models.UniqueConstraint(condition=models.Q(('tot__isnull', True)), fields=('gebruiker', 'beraad'), name='adviezen_meelezer_eenmaal', violation_error_message='Deze persoon leest al mee.'),
        ),
        AlleenToevoegen("adviezen_indiening"),
        AlleenToevoegen("adviezen_knelpuntbericht"),
    ]
