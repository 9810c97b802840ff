from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


def _vorige() -> str:
    """Geef uit zoeken_4.sql alleen de functie zoals zij was."""
    tekst = (SQL / "zoeken_4.sql").read_text()
    begin = tekst.index("CREATE OR REPLACE FUNCTION publicatie_vraag")
    return tekst[begin : tekst.index("$$;", begin) + 3]


class Migration(migrations.Migration):
    dependencies = [("publicatie", "0011_prijs")]
    operations = [migrations.RunSQL((SQL / "vraag_5.sql").read_text(), _vorige())]
