-- Zoeken in het Nederlands. De stemmer van PostgreSQL brengt "advies" en "adviezen" niet bij elkaar: hij laat
-- z en v staan, verdubbelde medeklinkers ook, en kent geen onregelmatige meervouden. Deze functies trekken de
-- lexemen gelijk, aan de kant van het document en aan de kant van de vraag, altijd allebei.
-- Het werkt op de tekstvorm van tsvector en tsquery: 'lexeem':plaatsen, respectievelijk 'lexeem'.

CREATE OR REPLACE FUNCTION publicatie_gelijk(ruw text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(
      regexp_replace(
        regexp_replace(ruw, '[sz]es''', 's''', 'g'),
        '([bcdfghjklmnpqrstvwxz])\1''', '\1''', 'g'),
      'z''', 's'''), 'v''', 'f'''),
    '''sted''', '''stad'''), '''led''', '''lid'''), '''kinder''', '''kind'''), '''schep''', '''schip'''),
    '''eier''', '''ei'''), '''gren''', '''grens'''), '''wen''', '''wens'''), '''kan''', '''kans'''),
    '''men''', '''mens'''), '''balan''', '''balans'''), '''crisis''', '''cris'''), '''werkt''', '''werk'''),
    '''gewerkt''', '''werk''');
$$;

CREATE OR REPLACE FUNCTION publicatie_vector(inhoud text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_catalog AS $$
  SELECT publicatie_gelijk(to_tsvector('nl_ser'::regconfig, left(coalesce(inhoud, ''), 800000))::text)::tsvector;
$$;

CREATE OR REPLACE FUNCTION publicatie_vraag(vraag text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_catalog AS $$
  SELECT publicatie_gelijk(websearch_to_tsquery('nl_ser'::regconfig, left(coalesce(vraag, ''), 300))::text)::tsquery;
$$;

ALTER TABLE publicatie_publicatie ADD COLUMN zoek_kort tsvector GENERATED ALWAYS AS (
  setweight(publicatie_vector(titel || ' ' || nummer), 'A')
  || setweight(publicatie_vector(metadata ->> 'samenvatting'), 'B')) STORED;
ALTER TABLE publicatie_publicatie ADD COLUMN zoek tsvector GENERATED ALWAYS AS (
  setweight(publicatie_vector(titel || ' ' || nummer), 'A')
  || setweight(publicatie_vector(metadata ->> 'samenvatting'), 'B')
  || setweight(publicatie_vector(tekst), 'D')) STORED;
ALTER TABLE publicatie_passage ADD COLUMN zoek tsvector GENERATED ALWAYS AS (
  publicatie_vector(kop || ' ' || tekst)) STORED;

CREATE INDEX publicatie_zoek_gin ON publicatie_publicatie USING gin (zoek);
CREATE INDEX publicatie_onderwerpen_gin ON publicatie_publicatie USING gin (onderwerpen);
CREATE INDEX publicatie_woord_trgm ON publicatie_woord USING gin (woord gin_trgm_ops);

-- Alleen het einde mag nog schuiven, en alleen zolang het niet verstreken is: het verleden ligt vast.
CREATE OR REPLACE FUNCTION publicatie_bewaak_einde() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.tot IS DISTINCT FROM OLD.tot THEN
    IF OLD.tot IS NOT NULL AND OLD.tot <= now() THEN
      RAISE EXCEPTION 'publicatie %: het einde is verstreken en ligt vast', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.tot < now() AND NEW.tot IS DISTINCT FROM OLD.vanaf THEN
      RAISE EXCEPTION 'publicatie %: eindigen met terugwerkende kracht kan niet', OLD.id
        USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.tot = OLD.vanaf AND OLD.vanaf < now() THEN
      RAISE EXCEPTION 'publicatie %: was al openbaar', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER publicatie_einde BEFORE UPDATE ON publicatie_publicatie
  FOR EACH ROW EXECUTE FUNCTION publicatie_bewaak_einde();
