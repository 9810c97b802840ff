"""Een einde voor het begin wordt geweigerd voordat een andere regel met dat tijdvak gaat rekenen.

PostgreSQL kent geen daterange met een einde voor het begin; zonder deze bewaking zou de melding daarover gaan.
Triggers gaan op naam: deze heten _a_ en lopen dus het eerst.
"""

from django.db import migrations

TABELLEN = ("zittingsperiode", "zetel", "benoeming")
REGEL = {"zittingsperiode": "raad_periode_einde", "zetel": "raad_zetel_einde", "benoeming": "raad_benoeming_einde"}
HEEN = """
CREATE FUNCTION raad_einde_eerst() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.tot <= NEW.van THEN
        PERFORM raad_weiger(TG_ARGV[0], 'het einde ligt niet na het begin');
    END IF;
    RETURN NEW;
END $$;
""" + "".join(
    f"CREATE TRIGGER raad_a_einde BEFORE INSERT OR UPDATE ON raad_{tabel} "
    f"FOR EACH ROW EXECUTE FUNCTION raad_einde_eerst('{REGEL[tabel]}');\n"
    for tabel in TABELLEN
)
TERUG = "".join(f"DROP TRIGGER raad_a_einde ON raad_{tabel};\n" for tabel in TABELLEN) + (
    "DROP FUNCTION raad_einde_eerst();"
)


class Migration(migrations.Migration):
    dependencies = [("raad", "0004_een_wereld")]
    operations = [migrations.RunSQL(HEEN, TERUG)]
