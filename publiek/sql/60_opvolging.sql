-- Wat er na het aanbieden gebeurt: toezeggingen, brieven van de SER, en per aanbeveling antwoord, stand en bewijs.
-- Alles alleen bij een advies dat nu openbaar is, en tien minuten nadat het is vastgelegd. Wie binnen die tijd iets anders
-- vastlegt, neemt `openbaar_vanaf` over: van rijen met hetzelfde moment leest het publiek alleen de laatste.
CREATE VIEW publiek.openbaar_advies AS
SELECT a.id, a.kenmerk, a.traject_id
FROM public.adviezen_advies a
WHERE EXISTS (SELECT 1 FROM public.publicatie_publicatie p
              WHERE p.sleutel = 'advies:' || a.kenmerk AND p.vanaf <= statement_timestamp()
                AND (p.tot IS NULL OR p.tot > statement_timestamp()));

CREATE VIEW publiek.toezegging AS
SELECT t.id, a.kenmerk, t.datum, t.datum_precisie, t.door_wie, t.gedaan_op, t.bron, t.voorbeeld
FROM public.opvolging_toezegging t JOIN publiek.openbaar_advies a ON a.id = t.advies_id
WHERE t.op <= statement_timestamp() - interval '10 minutes' AND NOT t.vervallen
  AND NOT EXISTS (SELECT 1 FROM public.opvolging_toezegging n WHERE n.vervangt_id = t.id);

CREATE VIEW publiek.herinneringsbrief AS
SELECT b.id, a.kenmerk, b.aan, b.verstuurd_op, b.voorbeeld
FROM public.opvolging_herinneringsbrief b JOIN publiek.openbaar_advies a ON a.id = b.advies_id
WHERE b.verstuurd_moment <= statement_timestamp() - interval '10 minutes';

CREATE VIEW publiek.geadresseerde AS
SELECT g.id, g.naam, g.soort, g.voorbeeld,
       coalesce((SELECT array_agg(o.to_geadresseerde_id ORDER BY o.to_geadresseerde_id)
                 FROM public.adviezen_geadresseerde_opvolgers o WHERE o.from_geadresseerde_id = g.id), '{}') AS opvolgers
FROM public.adviezen_geadresseerde g
WHERE EXISTS (SELECT 1 FROM public.adviezen_aanbeveling_aan m JOIN public.adviezen_aanbeveling b
              ON b.id = m.aanbeveling_id JOIN publiek.openbaar_advies a ON a.id = b.advies_id
              WHERE m.geadresseerde_id = g.id)
   OR EXISTS (SELECT 1 FROM public.adviezen_geadresseerde_opvolgers o WHERE o.to_geadresseerde_id = g.id);

-- Alle antwoorden, oud en nieuw; `geldt` is het jongste per geadresseerde uit een brief die niet is ingetrokken.
CREATE VIEW publiek.antwoord AS
SELECT x.*, x.id = first_value(x.id) OVER (
         PARTITION BY x.aanbeveling_id, x.geadresseerde_id ORDER BY x.brief_ingetrokken, x.id DESC)
         AND NOT x.brief_ingetrokken AS geldt
FROM (
  SELECT DISTINCT ON (w.aanbeveling_id, w.geadresseerde_id, w.openbaar_vanaf)
         w.id, w.aanbeveling_id, w.geadresseerde_id, coalesce(g.naam, '') AS geadresseerde, w.reactie_id, w.oordeel,
         w.citaat, w.vindplaats, w.motivering, (w.op AT TIME ZONE 'Europe/Amsterdam')::date AS beoordeeld_op,
         r.ingetrokken_op IS NOT NULL AS brief_ingetrokken, w.voorbeeld
  FROM public.opvolging_antwoord w
  JOIN public.opvolging_kabinetsreactie r ON r.id = w.reactie_id
  JOIN public.adviezen_aanbeveling b ON b.id = w.aanbeveling_id
  JOIN publiek.openbaar_advies a ON a.id = b.advies_id
  LEFT JOIN public.adviezen_geadresseerde g ON g.id = w.geadresseerde_id
  WHERE w.openbaar_vanaf <= statement_timestamp() AND r.openbaar_vanaf <= statement_timestamp()
  ORDER BY w.aanbeveling_id, w.geadresseerde_id, w.openbaar_vanaf, w.id DESC) x;

CREATE VIEW publiek.opvolgstand AS
SELECT x.*, x.id = first_value(x.id) OVER (PARTITION BY x.aanbeveling_id ORDER BY x.id DESC) AS geldt
FROM (
  SELECT DISTINCT ON (s.aanbeveling_id, s.openbaar_vanaf)
         s.id, s.aanbeveling_id, s.stand, s.per, s.motivering,
         (s.op AT TIME ZONE 'Europe/Amsterdam')::date AS beoordeeld_op, s.voorbeeld
  FROM public.opvolging_opvolgstand s
  JOIN public.adviezen_aanbeveling b ON b.id = s.aanbeveling_id
  JOIN publiek.openbaar_advies a ON a.id = b.advies_id
  WHERE s.openbaar_vanaf <= statement_timestamp()
  ORDER BY s.aanbeveling_id, s.openbaar_vanaf, s.id DESC) x;

CREATE VIEW publiek.bewijs AS
SELECT w.id * 1000000 + m.aanbeveling_id AS id, w.id AS bewijs_id, m.aanbeveling_id, w.soort, w.titel, w.datum,
       w.datum_precisie, w.bron, w.toelichting, (w.op AT TIME ZONE 'Europe/Amsterdam')::date AS vastgelegd_op, w.voorbeeld
FROM public.opvolging_bewijs w
JOIN public.opvolging_bewijsplaats m ON m.bewijs_id = w.id
JOIN public.adviezen_aanbeveling b ON b.id = m.aanbeveling_id
JOIN publiek.openbaar_advies a ON a.id = b.advies_id
WHERE w.openbaar_vanaf <= statement_timestamp() AND NOT w.vervallen
  AND NOT EXISTS (SELECT 1 FROM public.opvolging_bewijs n WHERE n.vervangt_id = w.id);

-- Elke aanbeveling van elk openbaar advies. Zonder beoordeling: "open" bij een advies uit het portaal, "niet bekend" bij
-- een advies uit het archief.
CREATE VIEW publiek.aanbeveling AS
SELECT b.id, a.kenmerk, b.nummer, b.tekst, coalesce(nullif(b.blok, ''), 'aanbeveling-' || b.nummer) AS blok,
       b.geadresseerden,
       coalesce((SELECT array_agg(m.geadresseerde_id ORDER BY m.geadresseerde_id)
                 FROM public.adviezen_aanbeveling_aan m WHERE m.aanbeveling_id = b.id), '{}') AS aan,
       coalesce(w.oordelen, '{}') AS oordelen,
       coalesce(s.stand, CASE WHEN a.traject_id IS NULL THEN 'niet_bekend' ELSE 'open' END) AS stand,
       s.per AS stand_per, p.id AS advies_id, p.titel AS advies_titel, p.nummer AS advies_nummer, p.jaar, p.datum,
       p.onderwerpen::text[] AS themas, p.voorbeeld
FROM public.adviezen_aanbeveling b
JOIN public.adviezen_advies a ON a.id = b.advies_id
JOIN public.publicatie_publicatie p ON p.sleutel = 'advies:' || a.kenmerk
LEFT JOIN publiek.opvolgstand s ON s.aanbeveling_id = b.id AND s.geldt
LEFT JOIN (SELECT aanbeveling_id, array_agg(DISTINCT oordeel::text ORDER BY oordeel::text) AS oordelen
           FROM publiek.antwoord WHERE geldt GROUP BY 1) w ON w.aanbeveling_id = b.id
WHERE p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp());
