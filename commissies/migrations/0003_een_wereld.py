"""Een echt mens komt nooit in een voorbeeldcommissie en een verzonnen mens nooit in een echte."""

from django.db import migrations

HEEN = r"""
CREATE FUNCTION commissies_bewaak_wereld() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT p.voorbeeld FROM raad_persoon p WHERE p.id = NEW.persoon_id) IS DISTINCT FROM
       (SELECT c.voorbeeld FROM commissies_commissie c WHERE c.id = NEW.commissie_id) THEN
        PERFORM commissies_weiger('commissies_een_wereld',
            'persoon en commissie horen niet bij dezelfde wereld (voorbeeld of echt)');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commissies_bewaak_wereld BEFORE INSERT OR UPDATE OF persoon_id, commissie_id
    ON commissies_commissielid FOR EACH ROW EXECUTE FUNCTION commissies_bewaak_wereld();
"""
TERUG = r"""
DROP TRIGGER commissies_bewaak_wereld ON commissies_commissielid;
DROP FUNCTION commissies_bewaak_wereld();
"""


class Migration(migrations.Migration):
    dependencies = [("commissies", "0002_bewaking"), ("raad", "0001_initial")]
    operations = [migrations.RunSQL(HEEN, TERUG)]
