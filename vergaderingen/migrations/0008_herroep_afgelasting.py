"""Een afgelasting is te herroepen zolang haar berichten wachten: van afgelast terug naar gepland of opgeroepen."""

from django.db import migrations

from overgangen.migraties import BewaakOvergangen

VELDEN = {
    "model": "vergaderingen.vergadering",
    "tabel": "vergaderingen_vergadering",
    "veld": "status",
    "begin": ["gepland", ("gesloten", "NEW.kenmerk IS NOT NULL")],
}
PAREN = [
    ("gepland", "opgeroepen"),
    ("gepland", "afgelast"),
    ("opgeroepen", "gepland"),
    ("opgeroepen", "geopend"),
    ("opgeroepen", "afgelast"),
    ("opgeroepen", "niet_doorgegaan"),
    ("geopend", "gesloten"),
]
HERROEPEN = [("afgelast", "gepland"), ("afgelast", "opgeroepen")]

BEWAKING = BewaakOvergangen(**VELDEN, paren=[*PAREN, *HERROEPEN])
BEWAKING.reverse_sql = BewaakOvergangen(**VELDEN, paren=PAREN).sql  # terug is de vorige bewaking, niet geen


class Migration(migrations.Migration):
    dependencies = [("vergaderingen", "0007_vorig_adres")]

    operations = [BEWAKING]
