from django.db import migrations

# Alleen wie een woord in titel, samenvatting of trefwoorden heeft, krijgt er gewicht van; de eerste index wijst ze aan.
# De tweede is die van alles wat geen advies is: een woord uit elk advies hoeft daar niet langs elk advies.
ERBIJ = """
CREATE INDEX publicatie_zoek_kort_gin ON publicatie_zoekrij
  USING gin (ts_filter(zoek, '{a,b,c}')) WITH (fastupdate = off);
CREATE INDEX publicatie_zoek_stuk_gin ON publicatie_zoekrij USING gin (zoek) WITH (fastupdate = off) WHERE NOT advies;
"""


class Migration(migrations.Migration):
    dependencies = [("publicatie", "0009_zoekrij")]
    operations = [migrations.RunSQL(ERBIJ, "DROP INDEX publicatie_zoek_kort_gin, publicatie_zoek_stuk_gin")]
