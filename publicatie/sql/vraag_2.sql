-- Samenstellingen horen erbij: wie "pensioen" zoekt, vindt ook "pensioenstelsel". Een lexeem van vijf letters of meer
-- zoekt daarom ook op begin, behalve waar het woord juist is uitgesloten.
CREATE OR REPLACE FUNCTION publicatie_vraag(vraag text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_catalog AS $$
  SELECT regexp_replace(
    publicatie_gelijk(websearch_to_tsquery('nl_ser'::regconfig, left(coalesce(vraag, ''), 300))::text),
    '(^|[^!''])(''[^'' ]{5,}'')', '\1\2:*', 'g')::tsquery;
$$;

-- Trefwoorden (thema's, commissie) tellen mee, lichter dan titel en samenvatting; de ondertitel als samenvatting.
ALTER TABLE publicatie_publicatie DROP COLUMN zoek_kort;
ALTER TABLE publicatie_publicatie DROP COLUMN zoek;
ALTER TABLE publicatie_publicatie ADD COLUMN zoek_kort tsvector GENERATED ALWAYS AS (
  setweight(publicatie_vector(titel || ' ' || nummer), 'A')
  || setweight(publicatie_vector(coalesce(metadata ->> 'ondertitel', '') || ' ' || coalesce(metadata ->> 'samenvatting', '')), 'B')
  || setweight(publicatie_vector(metadata ->> 'trefwoorden'), 'C')) STORED;
ALTER TABLE publicatie_publicatie ADD COLUMN zoek tsvector GENERATED ALWAYS AS (
  setweight(publicatie_vector(titel || ' ' || nummer), 'A')
  || setweight(publicatie_vector(coalesce(metadata ->> 'ondertitel', '') || ' ' || coalesce(metadata ->> 'samenvatting', '')), 'B')
  || setweight(publicatie_vector(metadata ->> 'trefwoorden'), 'C')
  || setweight(publicatie_vector(tekst), 'D')) STORED;
CREATE INDEX publicatie_zoek_gin ON publicatie_publicatie USING gin (zoek);
