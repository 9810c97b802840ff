-- Wat op elke zoekbladzijde gevraagd wordt, als functie: dan bewaart een verbinding het plan. Los was het bedenken ervan
-- het meeste werk (vindbaar 2,4 van 2,8 ms, de stand 0,37 van 0,47 ms). Zij lezen alleen de views hierboven, met de
-- rechten van wie ze aanroept. De verbinding `publiek` kiest één plan voor elk woord (plan_cache_mode): dat reikt altijd
-- tot in de zoekindexen, ook bij een gewoon woord. Op de functie zelf gezet kost zo'n instelling 0,3 ms per aanroep.
CREATE FUNCTION publiek.stand_nu() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT concat_ws('|', nummer, tijdstip, dag, regel) FROM publiek.stand);
END $$;

-- Welke adviezen dit hebben, per 32 nummers bits opgeteld; `kort` waar het in titel, samenvatting of trefwoorden staat. En
-- per soort hoeveel er buiten de adviezen te vinden is (publiek.vindbaar); een soort zonder treffers ontbreekt.
CREATE FUNCTION publiek.treffers(vraag tsquery, OUT woorden bigint[], OUT bits bigint[],
                                 OUT woorden_kort bigint[], OUT bits_kort bigint[], OUT elders jsonb)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  SELECT array_agg(x.w), array_agg(x.b) INTO woorden, bits FROM (
    SELECT id / 32 AS w, bit_or(1::bigint << (id % 32)::int) AS b FROM publiek.zoekbaar WHERE zoek @@ vraag GROUP BY 1) x;
  SELECT array_agg(x.w), array_agg(x.b) INTO woorden_kort, bits_kort FROM (
    SELECT id / 32 AS w, bit_or(1::bigint << (id % 32)::int) AS b FROM publiek.zoekbaar WHERE kort @@ vraag GROUP BY 1) x;
  SELECT coalesce(jsonb_object_agg(x.soort, x.aantal), '{}') INTO elders FROM (
    SELECT v.soort, count(*) AS aantal FROM publiek.vindbaar v WHERE v.zoek @@ vraag GROUP BY v.soort) x;
END $$;

-- Het gezochte in een tekst, tussen \x02 en \x03; `hoe` is wat ts_headline verder weten moet. Zoals in publicatie_leesbaar
-- staat een teken dat geen letter is los, anders merkt ts_headline “stelsel” niet; \x1f wijst aan waar dat gebeurde en gaat
-- er op het scherm weer af.
CREATE FUNCTION publiek.gemerkt(tekst text, toon tsquery, hoe text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT ts_headline('nl_ser', CASE WHEN octet_length(tekst) = length(tekst) THEN tekst ELSE regexp_replace(
    translate(normalize(tekst, NFC), U&'\00AD\200B\200C\200D\2060\FEFF', ''),
    '([^[:ascii:][:alnum:]])', E'\x1f\\1\x1f', 'g') END, toon, E'StartSel=\x02, StopSel=\x03, ' || hoe);
$$;

-- Het stuk met het gezochte erin, een regel of drie. Een lange tekst ontleden kost het meest van een hele bladzijde, dus eerst
-- alleen wat rond de eerste plek staat waar een woord zo begint (`begin`, een reguliere expressie; leeg: de hele tekst
-- telt). Staat het gezochte daar niet, dan kiest ts_headline uit alles.
CREATE FUNCTION publiek.fragment(tekst text, toon tsquery, begin text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  plek int := CASE WHEN begin <> '' AND octet_length(tekst) > 800 THEN regexp_instr(tekst, begin, 1, 1, 0, 'i') ELSE 0 END;
  van int := greatest(least(plek - 130, length(tekst) - 299), 1);
  stuk text;
BEGIN
  IF plek > 0 THEN
    stuk := substring(tekst FROM van FOR 300);
    IF van > 1 THEN
      stuk := substr(stuk, strpos(stuk, ' ') + 1);  -- het halve woord vooraan
    END IF;
    IF van + 299 < length(tekst) THEN
      stuk := left(stuk, -strpos(reverse(stuk), ' '));  -- en achteraan
    END IF;
    stuk := publiek.gemerkt(stuk, toon, 'HighlightAll=true');
    IF strpos(stuk, E'\x02') > 0 THEN
      RETURN stuk;
    END IF;
  END IF;
  RETURN publiek.gemerkt(tekst, toon, 'MaxWords=38, MinWords=18, MaxFragments=1');
END $$;

-- De regels van een bladzijde, op volgorde. Zonder `toon` is er niets te merken en komt er geen fragment.
CREATE FUNCTION publiek.zoekregels(ids bigint[], gelijk tsquery, toon tsquery, begin text)
RETURNS TABLE (id bigint, kenmerk text, nummer text, jaar smallint, titel text, soort text, oordeel text, voorbeeld boolean,
               datum_tekst text, commissie text, samenvatting text, blok text, fragment text)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT a.id, a.kenmerk, a.nummer::text, a.jaar, a.titel::text, a.soort::text, a.oordeel::text, a.voorbeeld,
         m.datum_tekst, m.commissie, m.samenvatting, p.blok::text,
         CASE WHEN toon IS NOT NULL THEN publiek.fragment(coalesce(p.tekst, m.samenvatting, ''), toon, begin) END
  FROM unnest(ids) WITH ORDINALITY AS n (id, plaats)
  JOIN publiek.advies a ON a.id = n.id
  CROSS JOIN LATERAL jsonb_to_record(a.metadata) AS m (datum_tekst text, commissie text, samenvatting text)
  LEFT JOIN LATERAL (
    SELECT s.blok, s.tekst FROM publiek.passage s WHERE s.advies_id = a.id AND s.zoek @@ gelijk
    ORDER BY ts_rank(s.zoek, gelijk) DESC, s.volgorde LIMIT 1) p ON true
  ORDER BY n.plaats;
END $$;
