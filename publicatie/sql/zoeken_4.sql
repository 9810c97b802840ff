-- De ontleder van PostgreSQL houdt onder C.UTF-8 elk teken buiten ASCII voor een letter: “stelsel”, stelsel… en
-- loon–prijs werden woorden met hun leestekens erin, en niemand vond ze. Alles wat geen letter of cijfer is, wordt dus
-- eerst een spatie; een afbreekteken of spatie zonder breedte valt weg, en losse accenten gaan vast op hun letter.
CREATE OR REPLACE FUNCTION publicatie_leesbaar(inhoud text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = public, pg_catalog AS $$
  SELECT regexp_replace(regexp_replace(
    translate(normalize(inhoud, NFC), U&'\00AD\200B\200C\200D\2060\FEFF', ''),
    '[''’]s\y', '', 'g'), '[^[:ascii:][:alnum:]]', ' ', 'g');
$$;
CREATE OR REPLACE FUNCTION publicatie_vector(inhoud text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_catalog AS $$
  SELECT publicatie_gelijk(to_tsvector('nl_ser'::regconfig,
    publicatie_leesbaar(left(coalesce(inhoud, ''), 800000)))::text)::tsvector;
$$;
-- In de vraag doen de gezette tekens wat de getypte doen: “een woordgroep” en –zonder. Een los streepje doet niets.
CREATE OR REPLACE FUNCTION publicatie_vraag(vraag text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_catalog AS $$
  SELECT regexp_replace(
    publicatie_gelijk(websearch_to_tsquery('nl_ser'::regconfig, publicatie_leesbaar(
      regexp_replace(regexp_replace(
        translate(left(coalesce(vraag, ''), 300), '“”„‟«»', '""""""'),
        '(^|\s)[–—−](?=\S)', '\1-', 'g'), '(^|\s)[-–—−]+(?=\s|$)', '\1', 'g')))::text),
    '(^|[^!''])(''(?:[^'' ]|''''){5,}'')(?!'')', '\1\2:*', 'g')::tsquery;
$$;

-- De berekende kolommen en de index erop rekenen opnieuw.
DROP INDEX IF EXISTS public.vergaderingen_agendapunt_zoek;
ALTER TABLE publicatie_publicatie DROP COLUMN zoek_kort, DROP COLUMN zoek;
ALTER TABLE publicatie_publicatie
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
