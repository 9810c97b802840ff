-- Wat nu openbaar is. statement_timestamp() is het echte moment, ook binnen een langere transactie.
-- Geen security_barrier: die houdt de zoekindex buiten de deur, en de rol leest alleen, zonder eigen functies.
-- Een advies uit het archief heeft alleen een klok omdat er een reactie bij staat. Is die ingetrokken, dan is er weer niets
-- bekend, en dat is nooit te laat: dan is er ook geen klok.
-- In een UNION heeft het kenmerk overal hetzelfde type (text): anders reikt een vraag naar één advies niet tot in de delen,
-- en rekent de database die van alle adviezen uit.
CREATE FUNCTION publiek.dag_nl(dag date) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT (ARRAY['ma', 'di', 'wo', 'do', 'vr', 'za', 'zo'])[extract(isodow FROM dag)::int] || ' ' || extract(day FROM dag) || ' '
    || (ARRAY['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november',
              'december'])[extract(month FROM dag)::int] || ' ' || extract(year FROM dag);
$$;

CREATE VIEW publiek.klok AS
SELECT substr(p.sleutel, 8) AS kenmerk,
       (p.klok ->> 'basis')::date AS basis, (p.klok ->> 'vervalt_op')::date AS vervalt_op, p.klok ->> 'uitleg' AS uitleg,
       coalesce(p.klok -> 'aannames', '[]'::jsonb) AS aannames,
       'open' AS status, NULL::date AS stil_sinds, true AS vrijgegeven, p.voorbeeld
FROM public.publicatie_publicatie p
WHERE p.soort = 'advies' AND p.klok IS NOT NULL
  AND p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp())
  AND NOT EXISTS (SELECT 1 FROM public.adviezen_advies a JOIN public.termijnen_termijn t
                  ON t.object_soort = 'adviezen.advies' AND t.object_id = a.id::text AND t.soort = 'kabinetsreactie'
                  WHERE a.kenmerk = substr(p.sleutel, 8))
  AND NOT EXISTS (
    SELECT 1 FROM public.adviezen_advies a
    WHERE a.kenmerk = substr(p.sleutel, 8)
      AND EXISTS (SELECT 1 FROM public.opvolging_kabinetsreactie_adviezen m
                  JOIN public.opvolging_kabinetsreactie r ON r.id = m.kabinetsreactie_id
                  WHERE m.advies_id = a.id AND r.openbaar_vanaf <= statement_timestamp())
      AND NOT EXISTS (
        SELECT 1 FROM public.opvolging_kabinetsreactie r
        JOIN public.opvolging_kabinetsreactie_adviezen m ON m.kabinetsreactie_id = r.id AND m.advies_id = a.id
        LEFT JOIN public.opvolging_kabinetsreactie_deels d ON d.kabinetsreactie_id = r.id AND d.advies_id = a.id
        WHERE r.openbaar_vanaf <= statement_timestamp() AND r.ingetrokken_op IS NULL AND NOT r.gedeeltelijk AND r.vorm <> 'wet' AND d.id IS NULL))
UNION ALL
-- Ook als die reactie hier is vastgelegd: dezelfde som, in dezelfde woorden, als adviezen.openbaar.klok_van.
SELECT a.kenmerk::text, k.basis, k.vervalt_op,
       '3 maanden na uitbrengen op ' || publiek.dag_nl(k.basis) || ' = ' || publiek.dag_nl(k.vervalt_op),
       to_jsonb(array_remove(ARRAY[
         CASE WHEN a.uitgebracht_op IS NULL AND a.dag_afgeleid
              THEN 'De dag van vaststelling, ' || publiek.dag_nl(k.basis) || ', is zelf afgeleid.' END,
         CASE WHEN a.uitgebracht_op IS NULL THEN coalesce(nullif(a.uitgebracht_aanname, ''),
              'De dag van uitbrengen is niet bekend; gerekend is vanaf de dag van vaststelling.') END], NULL)),
       'open', NULL, true, p.voorbeeld
FROM public.adviezen_advies a
JOIN public.publicatie_publicatie p ON p.sleutel = 'advies:' || a.kenmerk
CROSS JOIN LATERAL (
  SELECT b.dag AS basis, (b.dag + interval '3 months')::date AS vervalt_op
  FROM (SELECT coalesce(a.uitgebracht_op, CASE WHEN a.datum_precisie = 'dag' THEN a.datum END) AS dag) b) k
WHERE a.traject_id IS NULL AND a.soort IN ('advies', 'briefadvies', 'interimadvies') AND k.basis IS NOT NULL AND p.klok IS NULL
  AND p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp())
  AND NOT EXISTS (SELECT 1 FROM public.termijnen_termijn t WHERE t.object_soort = 'adviezen.advies'
                  AND t.object_id = a.id::text AND t.soort = 'kabinetsreactie')
  AND EXISTS (
    SELECT 1 FROM public.opvolging_kabinetsreactie r
    JOIN public.opvolging_kabinetsreactie_adviezen m ON m.kabinetsreactie_id = r.id AND m.advies_id = a.id
    LEFT JOIN public.opvolging_kabinetsreactie_deels d ON d.kabinetsreactie_id = r.id AND d.advies_id = a.id
    WHERE r.openbaar_vanaf <= statement_timestamp() AND r.ingetrokken_op IS NULL AND NOT r.gedeeltelijk AND r.vorm <> 'wet'
      AND d.id IS NULL AND r.datum_precisie = 'dag')
UNION ALL
-- Adviezen uit het portaal zelf: de lopende of voldane termijn, zolang het advies openbaar is. Dat er na de afgesproken
-- dag nog niets kwam, wordt pas gezegd als de algemeen secretaris dat vrijgeeft. Een verlenging is tien minuten te
-- herroepen: tot dan staat de dag van daarvoor er nog, met de som zonder het stuk dat de verlenging eraan plakte.
SELECT a.kenmerk::text, t.basis, coalesce(w.oud_vervalt_op, t.vervalt_op),
       CASE WHEN w.id IS NULL THEN t.uitleg::text ELSE
         left(t.uitleg, coalesce(nullif(strpos(t.uitleg, '; verlengd tot ' || publiek.dag_nl(w.nieuw_vervalt_op)), 0) - 1, 500))
       END, '[]'::jsonb, t.status, t.gepauzeerd_op,
       coalesce((SELECT v.vrij FROM public.opvolging_klokvrijgave v WHERE v.advies_id = a.id ORDER BY v.id DESC LIMIT 1),
                false),
       t.voorbeeld
FROM public.termijnen_termijn t
JOIN public.adviezen_advies a ON t.object_soort = 'adviezen.advies' AND t.object_id = a.id::text
JOIN public.publicatie_publicatie p ON p.sleutel = 'advies:' || a.kenmerk
LEFT JOIN LATERAL (
  SELECT z.id, z.oud_vervalt_op, z.nieuw_vervalt_op FROM public.termijnen_termijnwijziging z
  WHERE z.termijn_id = t.id AND z.soort = 'verlengd' AND z.op > statement_timestamp() - interval '10 minutes'
  ORDER BY z.id LIMIT 1) w ON true
WHERE t.soort = 'kabinetsreactie' AND t.status IN ('open', 'gepauzeerd', 'voldaan')
  AND p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp());

-- Reacties staan in opvolging, en zijn openbaar vanaf hun eigen moment: tien minuten nadat iemand ze vastlegde. Wie binnen
-- die tijd herroept, haalt dat moment weg. Wat alleen in een publicatie staat (nooit vastgelegd als reactie) telt ook mee.
CREATE VIEW publiek.kabinetsreactie AS
SELECT r.id, a.kenmerk::text AS kenmerk,
       CASE r.datum_precisie WHEN 'dag' THEN to_char(r.datum, 'YYYY-MM-DD') WHEN 'maand' THEN to_char(r.datum, 'YYYY-MM')
                             WHEN 'jaar' THEN to_char(r.datum, 'YYYY') END AS datum_tekst,
       CASE WHEN r.datum_precisie = 'dag' THEN r.datum END AS datum,
       nullif(r.afzenders, '') AS afzenders, nullif(r.kamerstuk, '') AS kamerstuk,
       nullif(r.toelichting, '') AS toelichting, nullif(r.bron, '') AS bron,
       r.gedeeltelijk OR EXISTS (SELECT 1 FROM public.opvolging_kabinetsreactie_deels d
                                 WHERE d.kabinetsreactie_id = r.id AND d.advies_id = a.id) AS gedeeltelijk,
       r.vorm, r.ingetrokken_op, r.ingetrokken_reden, r.voorbeeld
FROM public.opvolging_kabinetsreactie r
JOIN public.opvolging_kabinetsreactie_adviezen m ON m.kabinetsreactie_id = r.id
JOIN public.adviezen_advies a ON a.id = m.advies_id
WHERE r.openbaar_vanaf <= statement_timestamp()
  AND EXISTS (SELECT 1 FROM public.publicatie_publicatie p
              WHERE p.sleutel = 'advies:' || a.kenmerk AND p.vanaf <= statement_timestamp()
                AND (p.tot IS NULL OR p.tot > statement_timestamp()))
UNION ALL
SELECT -p.id, substr(p.sleutel, 8),
       p.kabinetsreactie ->> 'datum',
       CASE WHEN length(p.kabinetsreactie ->> 'datum') = 10 THEN (p.kabinetsreactie ->> 'datum')::date END,
       p.kabinetsreactie ->> 'afzenders', p.kabinetsreactie ->> 'nummer', p.kabinetsreactie ->> 'toelichting',
       p.kabinetsreactie ->> 'bron', coalesce((p.kabinetsreactie ->> 'gedeeltelijk')::boolean, false),
       CASE WHEN p.kabinetsreactie ->> 'nummer' LIKE 'Wet %' THEN 'wet' ELSE 'onbekend' END, NULL, '', p.voorbeeld
FROM public.publicatie_publicatie p
WHERE p.soort = 'advies' AND p.kabinetsreactie IS NOT NULL
  AND p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp())
  AND NOT EXISTS (
    SELECT 1 FROM public.opvolging_kabinetsreactie_adviezen m JOIN public.adviezen_advies a ON a.id = m.advies_id
    JOIN public.opvolging_kabinetsreactie r ON r.id = m.kabinetsreactie_id
    WHERE a.kenmerk = substr(p.sleutel, 8) AND r.openbaar_vanaf <= statement_timestamp());

-- Eén oordeel over de reactie per advies. Geen rij betekent: niet bekend; dat is nooit te laat. Een wet waarin het advies
-- gevolgd is, is geen reactie binnen een termijn. Een ingetrokken brief telt niet meer mee. Een brief zonder dag kan de eerste
-- zijn geweest: dan maakt een latere met een dag het niet te laat. Wordt er gewacht en kwam er al een deel, dan heet dat zo:
-- wie de gegevens telt leest anders dat er niets kwam.
-- Eerst alles op een hoop en dan per kenmerk: zo reikt een vraag naar één advies tot in de indexen, en valt het rekenen
-- weg voor wie de stand niet leest.
CREATE VIEW publiek.reactiestand AS
SELECT x.kenmerk,
       CASE
         WHEN x.heel AND (x.vervalt_op IS NULL OR x.datum IS NULL) THEN 'ontvangen'
         WHEN x.datum <= x.vervalt_op THEN 'op_tijd'
         WHEN x.datum > x.vervalt_op THEN CASE WHEN x.zonder_dag THEN 'ontvangen' ELSE 'later' END
         WHEN x.vervalt_op IS NULL THEN CASE WHEN x.wet THEN 'wet' ELSE 'ontvangen' END
         WHEN x.status = 'gepauzeerd' OR NOT x.vrijgegeven
           OR x.vervalt_op >= (statement_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date
           THEN CASE WHEN x.deels THEN 'deels_afgewacht' ELSE 'afgewacht' END
         ELSE CASE WHEN x.deels THEN 'deels_uitgebleven' ELSE 'uitgebleven' END
       END AS stand
FROM (
  SELECT d.kenmerk, min(d.vervalt_op) AS vervalt_op, bool_and(d.vrijgegeven) AS vrijgegeven, min(d.status) AS status,
         min(d.datum) FILTER (WHERE d.heel) AS datum, bool_or(d.heel) AS heel,
         bool_or(d.heel AND d.datum IS NULL) AS zonder_dag, bool_or(d.wet) AS wet, bool_or(d.deels) AS deels
  FROM (
    SELECT k.kenmerk, k.vervalt_op, k.vrijgegeven, k.status::text AS status, NULL::date AS datum, NULL::boolean AS heel,
           NULL::boolean AS wet, NULL::boolean AS deels
    FROM publiek.klok k
    UNION ALL
    SELECT r.kenmerk, NULL, NULL, NULL, r.datum, NOT r.gedeeltelijk AND r.vorm <> 'wet', r.vorm = 'wet',
           r.gedeeltelijk AND r.vorm <> 'wet'
    FROM publiek.kabinetsreactie r WHERE r.ingetrokken_op IS NULL) d
  GROUP BY d.kenmerk) x;

CREATE VIEW publiek.advies AS
SELECT p.id, substr(p.sleutel, 8) AS kenmerk, p.nummer, p.jaar, p.datum, p.titel, p.vorm AS soort,
       p.orgaan AS commissie, p.uitkomst AS oordeel, p.onderwerpen AS themas, p.vragers,
       coalesce(r.stand, CASE WHEN p.vorm IN ('advies', 'briefadvies', 'interimadvies') THEN 'niet_bekend'
                              ELSE 'geen' END) AS reactie,
       p.metadata, p.html, p.bestanden, p.inhoud_hash, p.vanaf, p.voorbeeld, p.zoek, p.zoek_kort
FROM public.publicatie_publicatie p
LEFT JOIN publiek.reactiestand r ON r.kenmerk = substr(p.sleutel, 8)
WHERE p.soort = 'advies'
  AND p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp());

CREATE VIEW publiek.stuk AS
SELECT p.id, p.soort, p.sleutel, p.titel, p.html, p.metadata, p.bestanden, p.vanaf, p.voorbeeld
FROM public.publicatie_publicatie p
WHERE p.soort <> 'advies'
  AND p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp());

CREATE VIEW publiek.passage AS
SELECT s.id, s.publicatie_id AS advies_id, s.volgorde, s.blok, s.kop, s.tekst, s.zoek
FROM public.publicatie_passage s
JOIN public.publicatie_publicatie p ON p.id = s.publicatie_id
WHERE p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp());

-- Grafstenen: wat weg is, met de reden, zolang er niets nieuws voor in de plaats staat.
CREATE VIEW publiek.grafsteen AS
SELECT DISTINCT ON (p.sleutel) i.id, p.soort, p.sleutel, substr(p.sleutel, 8) AS kenmerk, p.nummer, p.jaar,
       p.titel, i.vanaf, i.reden, i.voorbeeld
FROM public.publicatie_intrekking i
JOIN public.publicatie_publicatie p ON p.id = i.publicatie_id
WHERE i.grafsteen AND i.vanaf <= statement_timestamp()
  AND NOT EXISTS (
    SELECT 1 FROM public.publicatie_publicatie n
    WHERE n.sleutel = p.sleutel AND n.vanaf <= statement_timestamp()
      AND (n.tot IS NULL OR n.tot > statement_timestamp()))
ORDER BY p.sleutel, i.vanaf DESC;

CREATE VIEW publiek.woord AS
SELECT w.woord FROM public.publicatie_woord w WHERE w.vanaf <= statement_timestamp();

-- De PDF van een openbaar advies: hoe ver hij is en waar hij ligt. De opdracht hoort bij één Publicatie.
CREATE VIEW publiek.pdf AS
SELECT DISTINCT ON (p.id) p.id, o.status, o.voortgang, o.fout, coalesce(b.sha256, '') AS sha256
FROM public.publicatie_publicatie p
JOIN public.stukken_pdfopdracht o ON o.onderwerp = 'publicatie:' || p.id
LEFT JOIN public.stukken_bestand b ON b.id = o.bestand_id
WHERE p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp())
ORDER BY p.id, (o.status = 'klaar') DESC, o.id DESC;

-- De archiefkopie (PDF/A-3a) van een openbaar advies, net zo.
CREATE VIEW publiek.archiefpdf AS
SELECT DISTINCT ON (p.id) p.id, o.status, o.voortgang, o.fout, coalesce(b.sha256, '') AS sha256
FROM public.publicatie_publicatie p
JOIN public.stukken_pdfopdracht o ON o.onderwerp = 'archief:' || p.id
LEFT JOIN public.stukken_bestand b ON b.id = o.bestand_id
WHERE p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp())
ORDER BY p.id, (o.status = 'klaar') DESC, o.id DESC;

-- Dezelfde adviezen om in te zoeken; het overige hoort bij id in publiek.facetrij. Op de smalle rij staan alleen de
-- zoekindexen: er is geen andere die de planner kan kiezen om dan van elk advies de lange zoekvector uit te pakken.
-- `kort` is het deel uit titel, samenvatting en trefwoorden, letterlijk zoals de index het rekent: daarop telt het gewicht.
-- De kolommen daarachter leest nu niemand meer: zij zijn voor een webproces van vóór 0012, dat bij het uitrollen nog even
-- doorloopt. Wie ze niet noemt, merkt ze niet: de planner laat de koppeling dan weg.
CREATE VIEW publiek.zoekbaar AS
SELECT z.publicatie_id AS id, z.zoek, ts_filter(z.zoek, '{a,b,c}') AS kort,
       a.jaar, a.datum, a.soort, a.commissie, a.oordeel, a.themas, a.vragers, a.reactie, a.zoek_kort
FROM public.publicatie_zoekrij z LEFT JOIN publiek.advies a ON a.id = z.publicatie_id
WHERE z.advies AND z.vanaf <= statement_timestamp() AND (z.tot IS NULL OR z.tot > statement_timestamp());

-- Waarop geteld, gefilterd en geordend wordt, zonder de stand van de reactie.
CREATE VIEW publiek.facetrij AS
SELECT p.id, substr(p.sleutel, 8) AS kenmerk, p.jaar, p.datum, p.vorm AS soort, p.orgaan AS commissie,
       p.uitkomst AS oordeel, p.onderwerpen AS themas, p.vragers, p.voorbeeld, p.zoek_kort
FROM public.publicatie_publicatie p
WHERE p.soort = 'advies'
  AND p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp());
