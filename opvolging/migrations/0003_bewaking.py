from django.db import migrations

from kern.migraties import AlleenToevoegen


class Migration(migrations.Migration):
    dependencies = [("opvolging", "0002_aanbevelingen"), ("kern", "0001_initial")]

    operations = [
        AlleenToevoegen("opvolging_antwoord"),
        AlleenToevoegen("opvolging_bewijs"),
        AlleenToevoegen("opvolging_bewijsplaats"),
        AlleenToevoegen("opvolging_opvolgstand"),
        AlleenToevoegen("opvolging_toezegging"),
        AlleenToevoegen("opvolging_klokvrijgave"),
    ]
