"""De regels van de raad in de database zelf: wie ook schrijft, en langs welke weg ook.

Elke weigering draagt de naam van een regel (CONSTRAINT); raad.actions maakt er een Nederlandse melding van.
"""

from django.db import migrations

HEEN = r"""
-- Een zetel van een organisatie heeft de geleding van die organisatie (samengestelde sleutel).
ALTER TABLE raad_organisatie ADD CONSTRAINT raad_organisatie_met_geleding UNIQUE (id, geleding);
ALTER TABLE raad_zetel ADD CONSTRAINT raad_zetel_organisatie_geleding
    FOREIGN KEY (organisatie_id, geleding) REFERENCES raad_organisatie (id, geleding);

CREATE FUNCTION raad_weiger(regel text, melding text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', melding USING ERRCODE = 'check_violation', CONSTRAINT = regel;
END $$;

-- Zetel: binnen de zittingsperiode; wat hem tot deze zetel maakt ligt vast; benoemingen blijven erbinnen.
CREATE FUNCTION raad_bewaak_zetel() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE p raad_zittingsperiode;
BEGIN
    SELECT * INTO p FROM raad_zittingsperiode WHERE id = NEW.periode_id FOR NO KEY UPDATE;
    IF NOT daterange(NEW.van, NEW.tot) <@ daterange(p.van, p.tot) THEN
        PERFORM raad_weiger('raad_zetel_binnen_periode', 'de zetel valt buiten de zittingsperiode');
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.periode_id, NEW.nummer, NEW.geleding, NEW.bijzonder)
           IS DISTINCT FROM (OLD.periode_id, OLD.nummer, OLD.geleding, OLD.bijzonder) THEN
            PERFORM raad_weiger('raad_zetel_ligt_vast', 'periode, nummer en geleding van een zetel liggen vast');
        END IF;
        IF EXISTS (SELECT 1 FROM raad_benoeming b WHERE b.zetel_id = NEW.id
                   AND NOT daterange(b.van, b.tot) <@ daterange(NEW.van, NEW.tot)) THEN
            PERFORM raad_weiger('raad_benoeming_binnen_zetel', 'er is een benoeming buiten de nieuwe data');
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER raad_bewaak_zetel BEFORE INSERT OR UPDATE ON raad_zetel
    FOR EACH ROW EXECUTE FUNCTION raad_bewaak_zetel();

-- Zittingsperiode: de zetels blijven erbinnen.
CREATE FUNCTION raad_bewaak_periode() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM raad_zetel z WHERE z.periode_id = NEW.id
               AND NOT daterange(z.van, z.tot) <@ daterange(NEW.van, NEW.tot)) THEN
        PERFORM raad_weiger('raad_zetel_binnen_periode', 'er is een zetel buiten de nieuwe data');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER raad_bewaak_periode BEFORE UPDATE OF van, tot ON raad_zittingsperiode
    FOR EACH ROW EXECUTE FUNCTION raad_bewaak_periode();

-- Benoeming: binnen de data van de zetel; 'onbekend' alleen in een onvolledige periode.
CREATE FUNCTION raad_bewaak_benoeming() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE z raad_zetel;
BEGIN
    SELECT * INTO z FROM raad_zetel WHERE id = NEW.zetel_id FOR SHARE;
    IF NOT daterange(NEW.van, NEW.tot) <@ daterange(z.van, z.tot) THEN
        PERFORM raad_weiger('raad_benoeming_binnen_zetel', 'de benoeming valt buiten de data van de zetel');
    END IF;
    IF NEW.soort = 'onbekend' AND (SELECT volledig FROM raad_zittingsperiode WHERE id = z.periode_id) THEN
        PERFORM raad_weiger('raad_benoeming_soort_bekend', 'in een volledige periode is de soort bekend');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER raad_bewaak_benoeming BEFORE INSERT OR UPDATE ON raad_benoeming
    FOR EACH ROW EXECUTE FUNCTION raad_bewaak_benoeming();

-- Volledige periode: op elke dag evenveel zetels als de verdeling zegt, en de twee zijden gelijk.
CREATE FUNCTION raad_controleer_periode(welke bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE p raad_zittingsperiode; dag date; v raad_zetelverdeling; o int; w int; k int;
BEGIN
    SELECT * INTO p FROM raad_zittingsperiode WHERE id = welke FOR NO KEY UPDATE;
    IF NOT FOUND OR NOT p.volledig THEN RETURN; END IF;
    IF EXISTS (SELECT 1 FROM raad_benoeming b JOIN raad_zetel z ON z.id = b.zetel_id
               WHERE z.periode_id = p.id AND b.soort = 'onbekend') THEN
        PERFORM raad_weiger('raad_benoeming_soort_bekend', 'in een volledige periode is de soort bekend');
    END IF;
    FOR dag IN
        SELECT p.van UNION SELECT z.van FROM raad_zetel z WHERE z.periode_id = p.id
        UNION SELECT z.tot FROM raad_zetel z WHERE z.periode_id = p.id
        UNION SELECT d.vanaf FROM raad_zetelverdeling d WHERE d.periode_id = p.id
    LOOP
        CONTINUE WHEN dag IS NULL OR NOT daterange(p.van, p.tot) @> dag;
        SELECT count(*) FILTER (WHERE geleding = 'ondernemers'), count(*) FILTER (WHERE geleding = 'werknemers'),
               count(*) FILTER (WHERE geleding = 'kroonleden') INTO o, w, k
            FROM raad_zetel z WHERE z.periode_id = p.id AND daterange(z.van, z.tot) @> dag;
        IF o <> w THEN
            PERFORM raad_weiger('raad_zetels_gelijk',
                format('op %s zijn er %s zetels voor ondernemers en %s voor werknemers', dag, o, w));
        END IF;
        SELECT * INTO v FROM raad_zetelverdeling d WHERE d.periode_id = p.id AND d.vanaf <= dag
            ORDER BY d.vanaf DESC LIMIT 1;
        IF NOT FOUND OR (o, w, k) IS DISTINCT FROM
                (v.ondernemers::int, v.werknemers::int, v.kroonleden::int) THEN
            PERFORM raad_weiger('raad_zetels_volgens_verdeling',
                format('op %s zijn er %s, %s en %s zetels; de verdeling noemt een ander aantal', dag, o, w, k));
        END IF;
    END LOOP;
END $$;
CREATE FUNCTION raad_na_zetel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM raad_controleer_periode(OLD.periode_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM raad_controleer_periode(NEW.periode_id); END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER raad_zetels_kloppen AFTER INSERT OR UPDATE OR DELETE ON raad_zetel
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raad_na_zetel();
CREATE CONSTRAINT TRIGGER raad_verdeling_klopt AFTER INSERT OR UPDATE OR DELETE ON raad_zetelverdeling
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raad_na_zetel();
CREATE FUNCTION raad_na_periode() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM raad_controleer_periode(NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER raad_periode_klopt AFTER INSERT OR UPDATE ON raad_zittingsperiode
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raad_na_periode();

-- Voorzitters en dagelijks bestuur: raadslid zolang het duurt, uit de juiste geledingen, niet te veel.
CREATE FUNCTION raad_is_lid_gedurende(wie bigint, tijd daterange) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(range_agg(daterange(van, tot)) @> tijd, false)
    FROM raad_benoeming WHERE persoon_id = wie AND soort = 'lid'
$$;
CREATE FUNCTION raad_controleer_bestuur(wie bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE dag date; r record;
BEGIN
    -- een transactie tegelijk telt; de tweede ziet daarna de rijen van de eerste
    PERFORM pg_advisory_xact_lock(hashtext('raad_bestuur'));
    IF EXISTS (SELECT 1 FROM raad_voorzitterschap v WHERE v.persoon_id = wie
               AND NOT raad_is_lid_gedurende(wie, daterange(v.van, v.tot))) THEN
        PERFORM raad_weiger('raad_voorzitter_is_lid', 'de voorzitter moet al die tijd lid van de raad zijn');
    END IF;
    IF EXISTS (SELECT 1 FROM raad_dagelijksbestuurslid d WHERE d.persoon_id = wie
               AND NOT raad_is_lid_gedurende(wie, daterange(d.van, d.tot))) THEN
        PERFORM raad_weiger('raad_db_is_lid', 'wie in het dagelijks bestuur zit moet al die tijd raadslid zijn');
    END IF;
    FOR dag IN
        SELECT v.van FROM raad_voorzitterschap v UNION SELECT d.van FROM raad_dagelijksbestuurslid d
        UNION SELECT b.van FROM raad_benoeming b WHERE b.soort = 'lid' AND (
            EXISTS (SELECT 1 FROM raad_voorzitterschap v WHERE v.persoon_id = b.persoon_id)
            OR EXISTS (SELECT 1 FROM raad_dagelijksbestuurslid d WHERE d.persoon_id = b.persoon_id))
    LOOP
        FOR r IN
            SELECT p.voorbeeld, count(*) AS aantal, count(DISTINCT z.geleding) AS geledingen,
                   bool_or(v.functie = 'voorzitter' AND z.geleding <> 'kroonleden') AS geen_kroonlid
            FROM raad_voorzitterschap v
            JOIN raad_benoeming b ON b.persoon_id = v.persoon_id AND b.soort = 'lid'
                 AND daterange(b.van, b.tot) @> dag
            JOIN raad_zetel z ON z.id = b.zetel_id JOIN raad_zittingsperiode p ON p.id = z.periode_id
            WHERE daterange(v.van, v.tot) @> dag GROUP BY p.voorbeeld
        LOOP
            IF r.geen_kroonlid THEN
                PERFORM raad_weiger('raad_voorzitter_is_kroonlid', format('op %s is de voorzitter geen kroonlid', dag));
            END IF;
            IF r.aantal <> r.geledingen THEN
                PERFORM raad_weiger('raad_voorzitters_geledingen',
                    format('op %s komen de voorzitters niet uit verschillende geledingen', dag));
            END IF;
        END LOOP;
        IF EXISTS (
            SELECT 1 FROM raad_dagelijksbestuurslid d
            JOIN raad_benoeming b ON b.persoon_id = d.persoon_id AND b.soort = 'lid'
                 AND daterange(b.van, b.tot) @> dag
            JOIN raad_zetel z ON z.id = b.zetel_id JOIN raad_zittingsperiode p ON p.id = z.periode_id
            WHERE daterange(d.van, d.tot) @> dag
            GROUP BY p.id, p.db_per_geleding, z.geleding HAVING count(*) > p.db_per_geleding
        ) THEN
            PERFORM raad_weiger('raad_db_vol', format('op %s zijn alle plaatsen van de geleding bezet', dag));
        END IF;
    END LOOP;
END $$;
CREATE FUNCTION raad_na_bestuur() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wie bigint;
BEGIN
    FOREACH wie IN ARRAY CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.persoon_id] WHEN 'DELETE' THEN ARRAY[OLD.persoon_id]
                         ELSE ARRAY[OLD.persoon_id, NEW.persoon_id] END
    LOOP
        IF TG_TABLE_NAME <> 'raad_benoeming'
           OR EXISTS (SELECT 1 FROM raad_voorzitterschap WHERE persoon_id = wie)
           OR EXISTS (SELECT 1 FROM raad_dagelijksbestuurslid WHERE persoon_id = wie) THEN
            PERFORM raad_controleer_bestuur(wie);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER raad_voorzitters_kloppen AFTER INSERT OR UPDATE OR DELETE ON raad_voorzitterschap
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raad_na_bestuur();
CREATE CONSTRAINT TRIGGER raad_db_klopt AFTER INSERT OR UPDATE OR DELETE ON raad_dagelijksbestuurslid
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raad_na_bestuur();
CREATE CONSTRAINT TRIGGER raad_benoeming_bestuur_klopt AFTER INSERT OR UPDATE OR DELETE ON raad_benoeming
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raad_na_bestuur();
"""

TERUG = r"""
DROP TRIGGER raad_benoeming_bestuur_klopt ON raad_benoeming;
DROP TRIGGER raad_db_klopt ON raad_dagelijksbestuurslid;
DROP TRIGGER raad_voorzitters_kloppen ON raad_voorzitterschap;
DROP TRIGGER raad_periode_klopt ON raad_zittingsperiode;
DROP TRIGGER raad_verdeling_klopt ON raad_zetelverdeling;
DROP TRIGGER raad_zetels_kloppen ON raad_zetel;
DROP TRIGGER raad_bewaak_benoeming ON raad_benoeming;
DROP TRIGGER raad_bewaak_periode ON raad_zittingsperiode;
DROP TRIGGER raad_bewaak_zetel ON raad_zetel;
DROP FUNCTION raad_na_bestuur(), raad_controleer_bestuur(bigint), raad_is_lid_gedurende(bigint, daterange),
    raad_na_periode(), raad_na_zetel(), raad_controleer_periode(bigint), raad_bewaak_benoeming(),
    raad_bewaak_periode(), raad_bewaak_zetel(), raad_weiger(text, text);
ALTER TABLE raad_zetel DROP CONSTRAINT raad_zetel_organisatie_geleding;
ALTER TABLE raad_organisatie DROP CONSTRAINT raad_organisatie_met_geleding;
"""


class Migration(migrations.Migration):
    dependencies = [("raad", "0001_initial")]
    operations = [migrations.RunSQL(HEEN, TERUG)]
