from django.db import migrations

# Woorden uit een tekst halen kost een tiende milliseconde, en dat is veel meer dan de gewone prijs van een functie. Zonder
# deze prijs rekent PostgreSQL in een kleine tabel liever elke rij uit dan dat het de index leest.
ERBIJ = "ALTER FUNCTION publicatie_vector(text) COST 2000"


class Migration(migrations.Migration):
    dependencies = [("publicatie", "0010_kort")]
    operations = [migrations.RunSQL(ERBIJ, "ALTER FUNCTION publicatie_vector(text) COST 100")]
