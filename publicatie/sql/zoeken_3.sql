-- Woorden die de stemmer van PostgreSQL uit elkaar houdt, trekt deze functie gelijk; zij werkt op de tekstvorm van
-- tsvector en tsquery ('lexeem':plaatsen, respectievelijk 'lexeem'), aan beide kanten dezelfde. Van boven naar beneden:
-- crises–crisis; verdubbelde medeklinker; brieven–brief, prijzen–prijs; havens–haven; fondsen–fonds, grenzen–grens;
-- commissies–commissie (niet advies); sociale–sociaal, financiële–financieel; criteria–criterium, musea–museum,
-- politici–politicus; adviseert–adviseren; steden–stad, kroonleden–kroonlid; en wat op zichzelf staat.
CREATE OR REPLACE FUNCTION publicatie_gelijk(ruw text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(
      replace(replace(
        regexp_replace(regexp_replace(replace(ruw, 'ieen''', 'ie'''),
          '[sz]es''', 's''', 'g'),
          '([a-z]{2}[bcdfghjklmnpqrstvwxz])en''', '\1''', 'g'),
        'z''', 's'''), 'v''', 'f'''),
      '([bcdfghjklmnpqrstvwxz])\1''', '\1''', 'g'),
      '([bcdfghklmnpqrtwx])s''', '\1''', 'g'),
      '([^v])ies''', '\1ie''', 'g'),
      'i([aeou])\1([bcdfghjklmnpqrstvwxz])''', 'i\1\2''', 'g'),
    'ium''', 'ia'''), 'eum''', 'ea'''), 'icus''', 'ici'''), 'eert''', 'er'''), 'sted''', 'stad'''),
    'sled''', 'slid'''), 'nled''', 'nlid'''), 'eled''', 'elid'''), '''led''', '''lid'''),
    '''kinder''', '''kind'''), '''schep''', '''schip'''), '''eier''', '''ei'''), '''gewerkt''', '''werk'''),
    '''werkt''', '''werk'''), '''crisis''', '''cris''');
$$;

-- "thema's" is "thema": een s achter een weglatingsteken telt niet mee, in de tekst noch in de vraag.
CREATE OR REPLACE FUNCTION publicatie_vector(inhoud text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_catalog AS $$
  SELECT publicatie_gelijk(to_tsvector('nl_ser'::regconfig,
    regexp_replace(left(coalesce(inhoud, ''), 800000), '[''’]s\y', '', 'g'))::text)::tsvector;
$$;
CREATE OR REPLACE FUNCTION publicatie_vraag(vraag text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_catalog AS $$
  SELECT regexp_replace(
    publicatie_gelijk(websearch_to_tsquery('nl_ser'::regconfig,
      regexp_replace(left(coalesce(vraag, ''), 300), '[''’]s\y', '', 'g'))::text),
    '(^|[^!''])(''[^'' ]{5,}'')', '\1\2:*', 'g')::tsquery;
$$;

-- Wie om een advies vroeg, als kolom: erop tellen en filteren mag nooit de metadata van elke treffer uitpakken.
CREATE OR REPLACE FUNCTION publicatie_lijst(gegevens jsonb, naam text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_catalog AS $$
  SELECT coalesce(array_agg(w ORDER BY n), '{}') FROM jsonb_array_elements_text(
    CASE WHEN jsonb_typeof(gegevens -> naam) = 'array' THEN gegevens -> naam ELSE '[]'::jsonb END
  ) WITH ORDINALITY AS x(w, n);
$$;

ALTER TABLE publicatie_publicatie DROP COLUMN zoek_kort, DROP COLUMN zoek;
ALTER TABLE publicatie_publicatie
  ADD COLUMN vragers text[] GENERATED ALWAYS AS (publicatie_lijst(metadata, 'adviesvragers')) STORED,
  ADD COLUMN zoek_kort tsvector GENERATED ALWAYS AS (
    setweight(publicatie_vector(titel || ' ' || nummer), 'A')
    || setweight(publicatie_vector(coalesce(metadata ->> 'ondertitel', '') || ' ' || coalesce(metadata ->> 'samenvatting', '')), 'B')
    || setweight(publicatie_vector(metadata ->> 'trefwoorden'), 'C')) STORED,
  ADD COLUMN zoek tsvector GENERATED ALWAYS AS (
    setweight(publicatie_vector(titel || ' ' || nummer), 'A')
    || setweight(publicatie_vector(coalesce(metadata ->> 'ondertitel', '') || ' ' || coalesce(metadata ->> 'samenvatting', '')), 'B')
    || setweight(publicatie_vector(metadata ->> 'trefwoorden'), 'C')
    || setweight(publicatie_vector(tekst), 'D')) STORED;
ALTER TABLE publicatie_passage DROP COLUMN zoek;
ALTER TABLE publicatie_passage
  ADD COLUMN zoek tsvector GENERATED ALWAYS AS (publicatie_vector(kop || ' ' || tekst)) STORED;
CREATE INDEX publicatie_zoek_gin ON publicatie_publicatie USING gin (zoek) WITH (fastupdate = off);
-- Aanvullen tijdens het typen: een deel van een titel.
CREATE INDEX publicatie_titel_trgm ON publicatie_publicatie USING gin (lower(titel) gin_trgm_ops) WHERE soort = 'advies';
