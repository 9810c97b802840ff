from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


def _vorige() -> str:
    """Geef uit zoeken_4.sql alleen de functie zoals zij was."""
    begin, _, rest = (SQL / "zoeken_4.sql").read_text().partition("CREATE OR REPLACE FUNCTION publicatie_vraag")
    assert begin, "zoeken_4.sql maakt haar"
    return f"CREATE OR REPLACE FUNCTION publicatie_vraag{rest.partition('$$;')[0]}$$;"


class Migration(migrations.Migration):
    dependencies = [("publicatie", "0011_prijs")]
    operations = [migrations.RunSQL((SQL / "vraag_5.sql").read_text(), _vorige())]
