-- Wat op elke zoekbladzijde gevraagd wordt, als functie: dan bewaart een verbinding het plan. Los was het bedenken ervan
-- het meeste werk (vindbaar 2,4 van 2,8 ms, de stand 0,37 van 0,47 ms). Zij lezen alleen de views hierboven, met de
-- rechten van wie ze aanroept. De verbinding `publiek` kiest één plan voor elk woord (plan_cache_mode): dat reikt altijd
-- tot in de zoekindexen, ook bij een gewoon woord. Op de functie zelf gezet kost zo'n instelling 0,3 ms per aanroep.
CREATE FUNCTION publiek.stand_nu() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT concat_ws('|', nummer, tijdstip, dag, regel) FROM publiek.stand);
END $$;

-- Wat iemand typte als tekst van een tsquery, en wat de openbare woorden daarbij weten: `erbij` zijn per lexeem de langere
-- woorden waar het achterin zit, kortste eerst; `delen` is van elk begin en eind van een lexeem dat zelf een openbaar woord
-- is, de stam. Zes lexemen zijn genoeg; een kort woord is geen deel van een samenstelling.
CREATE FUNCTION publiek.woordvormen(vraag text, deel int, OUT lexemen text, OUT erbij jsonb, OUT delen jsonb)
LANGUAGE plpgsql STABLE AS $$
DECLARE woorden text[];
BEGIN
  lexemen := publicatie_vraag(vraag)::text;
  woorden := ARRAY(SELECT DISTINCT r[1] FROM regexp_matches(lexemen, '''([^'' ]{6,40})''', 'g') r ORDER BY 1 LIMIT 6);
  IF cardinality(woorden) = 0 THEN
    RETURN;
  END IF;
  SELECT jsonb_object_agg(v.w, l.vormen) INTO erbij FROM unnest(woorden) v(w), LATERAL (
    SELECT jsonb_agg(d.lexeme ORDER BY length(d.lexeme), d.lexeme) AS vormen FROM (
      SELECT DISTINCT x.lexeme FROM (
        SELECT woord FROM publiek.woord WHERE woord LIKE '%' || v.w || '%' ORDER BY length(woord), woord LIMIT 60) k,
        unnest(publicatie_vector(k.woord)) x
      WHERE x.lexeme LIKE repeat('_', deel) || '%' || v.w) d) l
  WHERE l.vormen IS NOT NULL;
  SELECT jsonb_object_agg(s.stuk, (SELECT l.lexeme FROM unnest(publicatie_vector(s.stuk)) l LIMIT 1)) INTO delen FROM (
    SELECT DISTINCT stuk FROM unnest(woorden) v(w), generate_series(deel, length(v.w) - deel) n,
      LATERAL (VALUES (left(v.w, n)), (substr(v.w, n + 1))) d(stuk)) s
  WHERE EXISTS (SELECT FROM publiek.woord WHERE woord = s.stuk);
END $$;

-- Welke adviezen dit hebben, per 32 nummers bits opgeteld; `kort` waar het in titel, samenvatting of trefwoorden staat. En
-- per soort hoeveel er buiten de adviezen te vinden is waar een index op ligt (publiek.vindbaar_index); een soort zonder
-- treffers ontbreekt. Van de rest weet het webproces de woorden.
CREATE FUNCTION publiek.gevonden(vraag tsquery, OUT woorden bigint[], OUT bits bigint[],
                                 OUT woorden_kort bigint[], OUT bits_kort bigint[], OUT elders jsonb)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  SELECT array_agg(x.w), array_agg(x.b) INTO woorden, bits FROM (
    SELECT id / 32 AS w, bit_or(1::bigint << (id % 32)::int) AS b FROM publiek.zoekbaar WHERE zoek @@ vraag GROUP BY 1) x;
  SELECT array_agg(x.w), array_agg(x.b) INTO woorden_kort, bits_kort FROM (
    SELECT id / 32 AS w, bit_or(1::bigint << (id % 32)::int) AS b FROM publiek.zoekbaar WHERE kort @@ vraag GROUP BY 1) x;
  SELECT coalesce(jsonb_object_agg(x.soort, x.aantal), '{}') INTO elders FROM (
    SELECT v.soort, count(*) AS aantal FROM publiek.vindbaar_index v WHERE v.zoek @@ vraag GROUP BY v.soort) x;
END $$;

-- Hetzelfde met alles wat er buiten de adviezen is, voor een webproces van voor 0019.
CREATE FUNCTION publiek.treffers(vraag tsquery, OUT woorden bigint[], OUT bits bigint[],
                                 OUT woorden_kort bigint[], OUT bits_kort bigint[], OUT elders jsonb)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  SELECT g.woorden, g.bits, g.woorden_kort, g.bits_kort INTO woorden, bits, woorden_kort, bits_kort
  FROM publiek.gevonden(vraag) g;
  SELECT coalesce(jsonb_object_agg(x.soort, x.aantal), '{}') INTO elders FROM (
    SELECT v.soort, count(*) AS aantal FROM publiek.vindbaar v WHERE v.zoek @@ vraag GROUP BY v.soort) x;
END $$;

-- Woordvormen en gevonden in één vraag. Weten de woorden meer (`erbij`, `delen`), dan wordt de vraag nog ruimer en zijn er nog geen treffers:
-- `elders` is dan leeg.
CREATE FUNCTION publiek.gezocht(vraag text, deel int, OUT lexemen text, OUT erbij text, OUT delen text,
                                OUT woorden bigint[], OUT bits bigint[],
                                OUT woorden_kort bigint[], OUT bits_kort bigint[], OUT elders text)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  SELECT w.lexemen, w.erbij::text, w.delen::text INTO lexemen, erbij, delen FROM publiek.woordvormen(vraag, deel) w;
  IF lexemen <> '' AND erbij IS NULL AND delen IS NULL THEN
    SELECT t.woorden, t.bits, t.woorden_kort, t.bits_kort, t.elders::text INTO woorden, bits, woorden_kort, bits_kort, elders
    FROM publiek.gevonden(lexemen::tsquery) t;
  END IF;
END $$;

-- Deze adviezen op gewicht, de zwaarste eerst, bij gelijk gewicht de nieuwste; `hoeveel` ervan vanaf de zoveelste.
CREATE FUNCTION publiek.op_gewicht(ids bigint[], vraag tsquery, vanaf int, hoeveel int) RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN ARRAY(
    SELECT f.id FROM publiek.facetrij f WHERE f.id = ANY(ids)
    ORDER BY ts_rank_cd('{0.1,0.2,0.5,1.0}', f.zoek_kort, vraag) DESC,
             f.datum DESC NULLS LAST, f.jaar DESC NULLS LAST, f.id DESC LIMIT hoeveel OFFSET vanaf);
END $$;

-- Het gezochte in een tekst, tussen \x02 en \x03; `hoe` is wat ts_headline verder weten moet. Zoals in publicatie_leesbaar
-- staat een teken dat geen letter is los, anders merkt ts_headline “stelsel” niet; \x1f wijst aan waar dat gebeurde en gaat
-- er op het scherm weer af.
CREATE FUNCTION publiek.gemerkt(tekst text, toon tsquery, hoe text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT ts_headline('nl_ser', CASE WHEN octet_length(tekst) = length(tekst) THEN tekst ELSE regexp_replace(
    translate(normalize(tekst, NFC), U&'\00AD\200B\200C\200D\2060\FEFF', ''),
    '([^[:ascii:][:alnum:]])', E'\x1f\\1\x1f', 'g') END, toon, E'StartSel=\x02, StopSel=\x03, ' || hoe);
$$;

-- Een regel of drie met het gezochte erin, gekozen uit de hele tekst. `begin` doet niets meer: een webproces van voor deze
-- verandering geeft het nog mee.
CREATE FUNCTION publiek.fragment(tekst text, toon tsquery, begin text DEFAULT '') RETURNS text LANGUAGE sql STABLE AS $$
  SELECT publiek.gemerkt(tekst, toon, 'MaxWords=38, MinWords=18, MaxFragments=1');
$$;

-- Welke van deze woorden het gezochte zijn, met dezelfde stammen als in de tekst.
CREATE FUNCTION publiek.treft(woorden text[], toon tsquery) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN ARRAY(SELECT w FROM unnest(woorden) w WHERE to_tsvector('nl_ser', w) @@ toon);
END $$;

-- De regels van een bladzijde, op volgorde, met de best passende alinea (of de samenvatting) als `tekst`; zonder `gelijk`
-- altijd de samenvatting.
CREATE FUNCTION publiek.zoekregels(ids bigint[], gelijk tsquery)
RETURNS TABLE (id bigint, kenmerk text, nummer text, jaar smallint, titel text, soort text, oordeel text, voorbeeld boolean,
               datum_tekst text, commissie text, blok text, tekst text)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT a.id, a.kenmerk, a.nummer::text, a.jaar, a.titel::text, a.soort::text, a.oordeel::text, a.voorbeeld,
         m.datum_tekst, m.commissie, p.blok::text, coalesce(p.tekst, m.samenvatting, '')
  FROM unnest(ids) WITH ORDINALITY AS n (id, plaats)
  JOIN publiek.advies a ON a.id = n.id
  CROSS JOIN LATERAL jsonb_to_record(a.metadata) AS m (datum_tekst text, commissie text, samenvatting text)
  LEFT JOIN LATERAL (
    SELECT s.blok, s.tekst FROM publiek.passage s WHERE s.advies_id = a.id AND s.zoek @@ gelijk
    ORDER BY ts_rank(s.zoek, gelijk) DESC, s.volgorde LIMIT 1) p ON true
  ORDER BY n.plaats;
END $$;

-- Hetzelfde voor een webproces van voor deze verandering.
CREATE FUNCTION publiek.zoekregels(ids bigint[], gelijk tsquery, toon tsquery, begin text)
RETURNS TABLE (id bigint, kenmerk text, nummer text, jaar smallint, titel text, soort text, oordeel text, voorbeeld boolean,
               datum_tekst text, commissie text, samenvatting text, blok text, fragment text)
LANGUAGE sql STABLE AS $$
  SELECT r.id, r.kenmerk, r.nummer, r.jaar, r.titel, r.soort, r.oordeel, r.voorbeeld, r.datum_tekst, r.commissie,
         r.tekst, r.blok, CASE WHEN toon IS NOT NULL THEN publiek.fragment(r.tekst, toon) END
  FROM publiek.zoekregels(ids, gelijk) r;
$$;

-- De best passende vindplaatsen van één soort: eerst de bladzijde kiezen, dan pas de passages zoeken. Bij een stuk met passages
-- wijst het adres naar de passage. `los` zijn de sleutels uit publiek.vindbaar_los die aan de vraag voldoen.
CREATE FUNCTION publiek.vondsten(welke text, vraag tsquery, gelijk tsquery, los text[], vanaf int, hoeveel int)
RETURNS TABLE (wat text, titel text, adres text, datum date, datum_precisie text, voorbeeld boolean, tekst text)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH v AS MATERIALIZED (
    SELECT x.*, ts_rank_cd(x.zoek, vraag) AS gewicht FROM (
      SELECT i.* FROM publiek.vindbaar_index i WHERE i.soort = welke AND i.zoek @@ vraag
      UNION ALL
      SELECT l.* FROM publiek.vindbaar_los l WHERE l.soort = welke AND l.sleutel = ANY(los)) x
    ORDER BY gewicht DESC, x.datum DESC NULLS LAST, x.sleutel LIMIT hoeveel OFFSET vanaf)
  SELECT v.wat::text, v.titel::text,
         v.adres || CASE WHEN p.blok IS NULL OR v.adres LIKE '%#%' THEN '' ELSE '#' || p.blok END,
         v.datum, v.datum_precisie::text, v.voorbeeld, coalesce(p.tekst, v.tekst)::text
  FROM v LEFT JOIN LATERAL (
    SELECT s.blok, s.tekst FROM publiek.passage s WHERE s.advies_id = v.publicatie_id AND s.zoek @@ gelijk
    ORDER BY ts_rank(s.zoek, gelijk) DESC, s.volgorde LIMIT 1) p ON true
  ORDER BY v.gewicht DESC, v.datum DESC NULLS LAST, v.sleutel;
END $$;

-- Wat er bij dit advies vastligt. De meeste adviezen hebben hier weinig van, en elke vraag naar niets kost een milliseconde
-- aan bedenken; deze ene vraag bewaart haar plan.
CREATE FUNCTION publiek.rond_advies(advies text) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN ARRAY(SELECT v.wat FROM (VALUES
    ('klok', EXISTS (SELECT FROM publiek.klok WHERE kenmerk = advies)),
    ('kabinetsreactie', EXISTS (SELECT FROM publiek.kabinetsreactie WHERE kenmerk = advies)),
    ('vorige_uitgave', EXISTS (SELECT FROM publiek.vorige_uitgave WHERE kenmerk = advies)),
    ('toezegging', EXISTS (SELECT FROM publiek.toezegging WHERE kenmerk = advies)),
    ('herinneringsbrief', EXISTS (SELECT FROM publiek.herinneringsbrief WHERE kenmerk = advies)),
    ('evaluatie', EXISTS (SELECT FROM publiek.evaluatie WHERE kenmerk = advies)),
    ('evaluatietermijn', EXISTS (SELECT FROM publiek.evaluatietermijn WHERE kenmerk = advies)),
    ('bewijs', EXISTS (SELECT FROM publiek.bewijs b JOIN publiek.aanbeveling a ON a.id = b.aanbeveling_id
                       WHERE a.kenmerk = advies))
  ) v (wat, er) WHERE v.er);
END $$;
