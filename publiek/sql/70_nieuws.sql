-- Wat voor het eerst openbaar werd, en wanneer: waaruit de SER-nieuwsupdate en de meldingen worden samengesteld. Een
-- verbetering van iets dat al openbaar was, is geen nieuws en maakt het ook niet opnieuw nieuws: het moment blijft dat van
-- de eerste uitgave. Wat is ingetrokken staat er niet meer.
CREATE VIEW publiek.nieuws AS
WITH eerste AS (
  SELECT v.sleutel, min(v.vanaf) AS vanaf FROM public.publicatie_publicatie v
  WHERE v.soort = 'advies' AND v.tot IS DISTINCT FROM v.vanaf GROUP BY v.sleutel)
SELECT 'advies'::text AS soort, p.sleutel::text AS sleutel, p.titel,
       '/adviezen/' || coalesce(p.jaar::text, 'zonder-jaar') || '/' || substr(p.sleutel, 8) || '/' AS adres,
       coalesce(p.metadata ->> 'samenvatting', '') AS tekst, e.vanaf AS moment, p.id AS advies_id, p.orgaan AS commissie,
       p.voorbeeld
FROM public.publicatie_publicatie p
JOIN eerste e ON e.sleutel = p.sleutel
WHERE p.soort = 'advies' AND p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp())
UNION ALL
SELECT 'ontwerp', p.sleutel, t.titel, '/trajecten/' || t.slug || '/' || p.soort || '/',
       'Het ontwerpadvies is openbaar.', p.vanaf, NULL, t.commissie_slug, p.voorbeeld
FROM public.publicatie_publicatie p
JOIN publiek.traject t ON p.sleutel = 'ontwerpadvies:t-' || t.id
WHERE p.soort = 'ontwerpadvies' AND p.vanaf <= statement_timestamp()
  AND (p.tot IS NULL OR p.tot > statement_timestamp())
UNION ALL
SELECT 'reactie', 'reactie:' || r.id || ':' || a.kenmerk, p.titel,
       '/adviezen/' || coalesce(p.jaar::text, 'zonder-jaar') || '/' || a.kenmerk || '/#kop-reactie',
       concat_ws('. ', k.afzenders, k.kamerstuk), greatest(r.openbaar_vanaf, e.vanaf), p.id, p.orgaan, r.voorbeeld
FROM public.opvolging_kabinetsreactie r
JOIN public.opvolging_kabinetsreactie_adviezen m ON m.kabinetsreactie_id = r.id
JOIN public.adviezen_advies a ON a.id = m.advies_id
JOIN publiek.kabinetsreactie k ON k.id = r.id AND k.kenmerk = a.kenmerk
JOIN public.publicatie_publicatie p ON p.sleutel = 'advies:' || a.kenmerk
JOIN eerste e ON e.sleutel = p.sleutel
-- Nieuws is wat iemand vastlegde over een brief van nu: niet wat bij het laden van het archief meekwam, en niet een oude
-- brief die alsnog is vastgelegd (verder terug dan dialoog.actions.edities.OUDSTE).
WHERE k.ingetrokken_op IS NULL AND r.vastgelegd_door_id IS NOT NULL
  AND (r.datum IS NULL OR r.datum > r.vastgelegd_op - interval '45 days')
  AND p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp())
UNION ALL
SELECT 'traject', 'traject:' || t.id, t.titel, '/trajecten/' || t.slug || '/', coalesce(t.vraag, ''), g.moment, NULL,
       t.commissie_slug, t.voorbeeld
FROM publiek.traject t
-- Vanaf de openbare vraag; is die er niet (een grond, of eigen initiatief), dan vanaf de eerste stap die men zien mag.
JOIN LATERAL (SELECT coalesce(
                (SELECT min(v.vanaf) FROM public.publicatie_publicatie v
                 WHERE v.sleutel = 'adviesaanvraag:t-' || t.id AND v.tot IS DISTINCT FROM v.vanaf),
                (SELECT min(s.op) + interval '10 minutes' FROM publiek.stapgang z
                 JOIN public.adviezen_stapgang s ON s.id = z.id WHERE z.traject_id = t.id)) AS moment
             ) g ON g.moment <= statement_timestamp()
WHERE t.lopend
UNION ALL
SELECT 'vergadering', 'vergadering:' || v.id,
       'Vergadering van de raad op ' || to_char(v.datum, 'DD-MM-YYYY'), '/vergaderingen/' || v.slug || '/',
       'De agenda is openbaar.' || CASE WHEN v.plaats <> '' THEN ' Plaats: ' || v.plaats || '.' ELSE '' END,
       b.agenda_vanaf, NULL, '', v.voorbeeld
FROM publiek.vergadering v
JOIN public.vergaderingen_vergadering b ON b.id = v.id
WHERE v.openbaar AND v.datum IS NOT NULL AND b.agenda_vanaf <= statement_timestamp()
  AND v.status IN ('opgeroepen', 'geopend');

-- Eerdere uitgaven van een advies dat nu openbaar is: wanneer zij golden en wat erin stond. Wat nooit openbaar was
-- (herroepen) telt niet; van een uitgave die is ingetrokken blijft alleen dat zij er was. Een intrekking die op tijd is
-- teruggenomen staat er nog, maar de uitgave eindigde niet toen.
CREATE VIEW publiek.vorige_uitgave AS
SELECT p.id, substr(p.sleutel, 8) AS kenmerk, p.vanaf, p.tot, i.reden IS NOT NULL AS ingetrokken,
       CASE WHEN i.reden IS NULL THEN p.titel ELSE '' END AS titel,
       CASE WHEN i.reden IS NULL THEN p.html ELSE '' END AS html,
       CASE WHEN i.reden IS NULL THEN p.metadata ELSE '{}'::jsonb END AS metadata, p.voorbeeld
FROM public.publicatie_publicatie p
LEFT JOIN LATERAL (SELECT w.reden FROM public.publicatie_intrekking w
                   WHERE w.publicatie_id = p.id AND w.grafsteen AND w.vanaf = p.tot LIMIT 1) i ON true
WHERE p.soort = 'advies' AND p.tot > p.vanaf AND p.tot <= statement_timestamp();
