-- De ontleder van PostgreSQL leest in 1994-1998 het tweede jaar als -1998, en wie 1998 zocht vond zo'n reeks niet. In de vraag
-- geldt een jaar daarom ook met een streepje ervoor. Voor de rest als in zoeken_4.sql.
CREATE OR REPLACE FUNCTION publicatie_vraag(vraag text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_catalog AS $$
  SELECT regexp_replace(regexp_replace(
    publicatie_gelijk(websearch_to_tsquery('nl_ser'::regconfig, publicatie_leesbaar(
      regexp_replace(regexp_replace(
        translate(left(coalesce(vraag, ''), 300), '“”„‟«»', '""""""'),
        '(^|\s)[–—−](?=\S)', '\1-', 'g'), '(^|\s)[-–—−]+(?=\s|$)', '\1', 'g')))::text),
    '(^|[^!''])(''(?:[^'' ]|''''){5,}'')(?!'')', '\1\2:*', 'g'),
    '(^|[^''])''(\d{4})''(?!'')', '\1(''\2'' | ''-\2'')', 'g')::tsquery;
$$;
