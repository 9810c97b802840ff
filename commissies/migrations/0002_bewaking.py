"""De regels van de commissies in de database zelf."""

from django.db import migrations

HEEN = r"""
CREATE FUNCTION commissies_weiger(regel text, melding text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', melding USING ERRCODE = 'check_violation', CONSTRAINT = regel;
END $$;

-- Een rol valt binnen de data van de commissie; consumentenplaatsen zijn geen werknemersplaatsen (regel 18);
-- een plaatsvervanger hoort bij een stemgerechtigd lid van dezelfde commissie, binnen diens data.
CREATE FUNCTION commissies_bewaak_lid() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE c commissies_commissie; v commissies_commissielid;
BEGIN
    SELECT * INTO c FROM commissies_commissie WHERE id = NEW.commissie_id FOR SHARE;
    IF NOT daterange(NEW.van, NEW.tot) <@ daterange(c.ingesteld_op, c.opgeheven_op) THEN
        PERFORM commissies_weiger('commissies_lid_binnen_commissie', 'de rol valt buiten de data van de commissie');
    END IF;
    IF (c.consumentenleden AND NEW.geleding = 'werknemers')
       OR (NOT c.consumentenleden AND NEW.geleding = 'consumenten') THEN
        PERFORM commissies_weiger('commissies_consumentenplaats', 'deze geleding heeft geen plaats in deze commissie');
    END IF;
    IF NEW.vervangt_id IS NOT NULL THEN
        SELECT * INTO v FROM commissies_commissielid WHERE id = NEW.vervangt_id FOR SHARE;
        IF v.commissie_id <> NEW.commissie_id OR v.rol NOT IN ('voorzitter', 'lid')
           OR v.persoon_id = NEW.persoon_id OR NOT daterange(NEW.van, NEW.tot) <@ daterange(v.van, v.tot) THEN
            PERFORM commissies_weiger('commissies_vervangt_lid',
                'een plaatsvervanger vervangt een ander lid van dezelfde commissie, zolang dat lid is');
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND EXISTS (
        SELECT 1 FROM commissies_commissielid p WHERE p.vervangt_id = NEW.id
        AND (NEW.rol NOT IN ('voorzitter', 'lid') OR p.commissie_id <> NEW.commissie_id
             OR NOT daterange(p.van, p.tot) <@ daterange(NEW.van, NEW.tot))) THEN
        PERFORM commissies_weiger('commissies_vervangt_lid', 'beëindig eerst de plaatsvervanger van dit lid');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commissies_bewaak_lid BEFORE INSERT OR UPDATE ON commissies_commissielid
    FOR EACH ROW EXECUTE FUNCTION commissies_bewaak_lid();

CREATE FUNCTION commissies_bewaak_commissie() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM commissies_commissielid l WHERE l.commissie_id = NEW.id
               AND NOT daterange(l.van, l.tot) <@ daterange(NEW.ingesteld_op, NEW.opgeheven_op)) THEN
        PERFORM commissies_weiger('commissies_lid_binnen_commissie', 'er is een rol buiten de nieuwe data');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commissies_bewaak_commissie BEFORE UPDATE OF ingesteld_op, opgeheven_op ON commissies_commissie
    FOR EACH ROW EXECUTE FUNCTION commissies_bewaak_commissie();
"""

TERUG = r"""
DROP TRIGGER commissies_bewaak_commissie ON commissies_commissie;
DROP TRIGGER commissies_bewaak_lid ON commissies_commissielid;
DROP FUNCTION commissies_bewaak_commissie(), commissies_bewaak_lid(), commissies_weiger(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("commissies", "0001_initial")]
    operations = [migrations.RunSQL(HEEN, TERUG)]
