"""Een einde voor het begin wordt geweigerd voordat een andere regel met dat tijdvak gaat rekenen."""

from django.db import migrations

HEEN = r"""
CREATE FUNCTION commissies_einde_eerst() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'commissies_commissie' THEN
        IF NEW.opgeheven_op <= NEW.ingesteld_op THEN
            PERFORM commissies_weiger('commissies_opgeheven_na_ingesteld', 'opgeheven ligt niet na ingesteld');
        END IF;
    ELSIF NEW.tot <= NEW.van THEN
        PERFORM commissies_weiger('commissies_lid_einde', 'het einde ligt niet na het begin');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commissies_a_einde BEFORE INSERT OR UPDATE ON commissies_commissie
    FOR EACH ROW EXECUTE FUNCTION commissies_einde_eerst();
CREATE TRIGGER commissies_a_einde BEFORE INSERT OR UPDATE ON commissies_commissielid
    FOR EACH ROW EXECUTE FUNCTION commissies_einde_eerst();
"""
TERUG = r"""
DROP TRIGGER commissies_a_einde ON commissies_commissielid;
DROP TRIGGER commissies_a_einde ON commissies_commissie;
DROP FUNCTION commissies_einde_eerst();
"""


class Migration(migrations.Migration):
    dependencies = [("commissies", "0003_een_wereld")]
    operations = [migrations.RunSQL(HEEN, TERUG)]
