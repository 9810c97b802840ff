"""Een echt mens komt nooit in een voorbeeldzetel en een verzonnen mens nooit in een echte."""

from django.db import migrations

HEEN = r"""
CREATE FUNCTION raad_bewaak_wereld() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT p.voorbeeld FROM raad_persoon p WHERE p.id = NEW.persoon_id) IS DISTINCT FROM
       (SELECT t.voorbeeld FROM raad_zetel z JOIN raad_zittingsperiode t ON t.id = z.periode_id
        WHERE z.id = NEW.zetel_id) THEN
        PERFORM raad_weiger('raad_een_wereld', 'persoon en zetel horen niet bij dezelfde wereld (voorbeeld of echt)');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER raad_bewaak_wereld BEFORE INSERT OR UPDATE OF persoon_id, zetel_id ON raad_benoeming
    FOR EACH ROW EXECUTE FUNCTION raad_bewaak_wereld();
"""
TERUG = r"""
DROP TRIGGER raad_bewaak_wereld ON raad_benoeming;
DROP FUNCTION raad_bewaak_wereld();
"""


class Migration(migrations.Migration):
    dependencies = [("raad", "0003_meegedeeld_op")]
    operations = [migrations.RunSQL(HEEN, TERUG)]
