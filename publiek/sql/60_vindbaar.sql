-- Wat er naast de adviezen te vinden is: één rij per vindplaats, met het adres waar zij staat. Alleen uit de openbare
-- views hierboven, dus met precies hun grenzen. `publicatie_id` wijst naar passages; anders staat de tekst er zelf.
-- Waar een index op de woorden ligt staat apart van wat zijn woorden telkens uitrekent: dat laatste leest een webproces één keer
-- per stand (publiek/vindplaatsen.py).
-- Met `NOT advies` reikt een woord uit bijna elk advies niet verder dan de index op de andere stukken.
CREATE INDEX IF NOT EXISTS vergaderingen_agendapunt_zoek ON public.vergaderingen_agendapunt USING gin (
  publicatie_vector(onderwerp || ' ' || toelichting || ' ' || uitkomst || ' ' || coalesce(stuknummer, '')));

CREATE VIEW publiek.vindbaar_index AS
SELECT 'vergaderingen'::text AS soort, 'punt:' || p.id AS sleutel, 'Agenda' AS wat, p.onderwerp AS titel,
       '/vergaderingen/' || v.slug || '/' AS adres, v.datum, v.datum_precisie,
       p.toelichting || ' ' || p.uitkomst AS tekst, NULL::bigint AS publicatie_id,
       publicatie_vector(b.onderwerp || ' ' || b.toelichting || ' ' || b.uitkomst || ' ' || coalesce(b.stuknummer, '')) AS zoek,
       v.voorbeeld
FROM publiek.agendapunt p
JOIN public.vergaderingen_agendapunt b ON b.id = p.id
JOIN publiek.vergadering v ON v.id = p.vergadering_id
UNION ALL
SELECT 'vergaderingen', p.sleutel, 'Verslag', p.titel, '/vergaderingen/' || v.slug || '/#kop-verslag', v.datum,
       v.datum_precisie, '', p.id, z.zoek, p.voorbeeld
FROM public.publicatie_publicatie p
JOIN public.publicatie_zoekrij z ON z.publicatie_id = p.id AND NOT z.advies
JOIN publiek.vergadering v ON p.sleutel = 'verslag:' || v.id
WHERE p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp())
UNION ALL
SELECT 'trajecten', p.sleutel, CASE p.soort WHEN 'ontwerpadvies' THEN 'Ontwerpadvies' ELSE 'Adviesaanvraag' END, p.titel,
       '/trajecten/' || t.slug || '/' || p.soort || '/', (p.vanaf AT TIME ZONE 'Europe/Amsterdam')::date, 'dag', '',
       p.id, z.zoek, p.voorbeeld
FROM public.publicatie_publicatie p
JOIN public.publicatie_zoekrij z ON z.publicatie_id = p.id AND NOT z.advies
JOIN publiek.traject t ON p.sleutel IN ('ontwerpadvies:t-' || t.id, 'adviesaanvraag:t-' || t.id)
WHERE p.soort IN ('ontwerpadvies', 'adviesaanvraag')
  AND p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp())
UNION ALL
-- Een reactie die alleen in het archief staat, heeft haar vector al als kolom.
SELECT 'reacties', 'reactie:' || -p.id || ':' || substr(p.sleutel, 8), 'Kabinetsreactie', p.titel,
       '/adviezen/' || coalesce(p.jaar::text, 'zonder-jaar') || '/' || substr(p.sleutel, 8) || '/#kop-reactie',
       CASE WHEN length(p.kabinetsreactie ->> 'datum') = 10 THEN (p.kabinetsreactie ->> 'datum')::date END,
       CASE WHEN length(p.kabinetsreactie ->> 'datum') = 10 THEN 'dag' ELSE 'onbekend' END,
       concat_ws('. ', p.kabinetsreactie ->> 'afzenders', p.kabinetsreactie ->> 'nummer', p.kabinetsreactie ->> 'toelichting'),
       NULL, p.zoek_reactie, p.voorbeeld
FROM public.publicatie_publicatie p
WHERE p.soort = 'advies' AND p.kabinetsreactie IS NOT NULL AND p.zoek_reactie IS NOT NULL
  AND p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp())
  AND NOT EXISTS (
    SELECT 1 FROM public.opvolging_kabinetsreactie_adviezen m JOIN public.adviezen_advies a ON a.id = m.advies_id
    JOIN public.opvolging_kabinetsreactie r ON r.id = m.kabinetsreactie_id
    WHERE a.kenmerk = substr(p.sleutel, 8) AND r.openbaar_vanaf <= statement_timestamp());

CREATE VIEW publiek.vindbaar_los AS
SELECT 'vergaderingen'::text AS soort, 'vergadering:' || v.id AS sleutel, 'Vergadering' AS wat,
       'Vergadering van de raad' AS titel, '/vergaderingen/' || v.slug || '/' AS adres, v.datum, v.datum_precisie,
       t.tekst, NULL::bigint AS publicatie_id, publicatie_vector(t.tekst) AS zoek, v.voorbeeld
FROM publiek.vergadering v, LATERAL (
  SELECT v.plaats || ' ' || v.opmerking || ' '
    || array_to_string(publicatie_lijst(jsonb_build_object('l', v.archiefbesluiten), 'l'), ' ') || ' '
    || array_to_string(publicatie_lijst(jsonb_build_object('l', v.sprekers), 'l'), ' ') AS tekst) t
WHERE v.openbaar AND trim(t.tekst) <> ''
UNION ALL
SELECT 'trajecten', 'traject:' || t.id, 'Traject', t.titel, '/trajecten/' || t.slug || '/', t.stap_sinds, 'dag',
       coalesce(t.vraag, ''), NULL,
       publicatie_vector(t.titel || ' ' || coalesce(t.vraag, '') || ' ' || t.commissie || ' ' || array_to_string(t.vragers, ' ')),
       t.voorbeeld
FROM publiek.traject t
UNION ALL
SELECT 'reacties', 'reactie:' || r.id || ':' || a.kenmerk,
       CASE WHEN r.ingetrokken_op IS NULL THEN 'Kabinetsreactie' ELSE 'Ingetrokken kabinetsreactie' END, p.titel,
       '/adviezen/' || coalesce(p.jaar::text, 'zonder-jaar') || '/' || a.kenmerk || '/#kop-reactie',
       r.datum, r.datum_precisie,
       concat_ws('. ', nullif(r.afzenders, ''), nullif(r.kamerstuk, ''), nullif(r.toelichting, '')), NULL,
       publicatie_vector(concat_ws(' ', p.titel, r.afzenders, r.kamerstuk, r.toelichting)), r.voorbeeld
FROM public.opvolging_kabinetsreactie r
JOIN public.opvolging_kabinetsreactie_adviezen m ON m.kabinetsreactie_id = r.id
JOIN public.adviezen_advies a ON a.id = m.advies_id
JOIN public.publicatie_publicatie p ON p.sleutel = 'advies:' || a.kenmerk
WHERE r.openbaar_vanaf <= statement_timestamp()
  AND p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp())
UNION ALL
SELECT 'commissies', 'commissie:' || c.id, 'Commissie', c.naam, '/commissies/' || c.slug || '/', NULL, 'onbekend',
       concat_ws('. ', c.afkorting, c.taak), NULL,
       publicatie_vector(concat_ws(' ', c.naam, c.afkorting, c.taak, c.ook_bekend_als)), c.voorbeeld
FROM publiek.commissie c;

CREATE VIEW publiek.vindbaar AS
SELECT * FROM publiek.vindbaar_index UNION ALL SELECT * FROM publiek.vindbaar_los;
