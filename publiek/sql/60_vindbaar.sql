-- Wat er naast de adviezen te vinden is: één rij per vindplaats, met het adres waar zij staat. Alleen uit de openbare
-- views hierboven, dus met precies hun grenzen. `publicatie_id` wijst naar passages; anders staat de tekst er zelf.
CREATE INDEX IF NOT EXISTS vergaderingen_agendapunt_zoek ON public.vergaderingen_agendapunt USING gin (
  publicatie_vector(onderwerp || ' ' || toelichting || ' ' || uitkomst || ' ' || coalesce(stuknummer, '')));

CREATE VIEW publiek.vindbaar AS
SELECT 'vergaderingen'::text AS soort, 'punt:' || p.id AS sleutel, 'Agenda' AS wat, p.onderwerp AS titel,
       '/vergaderingen/' || v.slug || '/' AS adres, v.datum, v.datum_precisie,
       p.toelichting || ' ' || p.uitkomst AS tekst, NULL::bigint AS publicatie_id,
       publicatie_vector(b.onderwerp || ' ' || b.toelichting || ' ' || b.uitkomst || ' ' || coalesce(b.stuknummer, '')) AS zoek,
       v.voorbeeld
FROM publiek.agendapunt p
JOIN public.vergaderingen_agendapunt b ON b.id = p.id
JOIN publiek.vergadering v ON v.id = p.vergadering_id
UNION ALL
SELECT 'vergaderingen', 'vergadering:' || v.id, 'Vergadering', 'Vergadering van de raad',
       '/vergaderingen/' || v.slug || '/', v.datum, v.datum_precisie, t.tekst, NULL, publicatie_vector(t.tekst), v.voorbeeld
FROM publiek.vergadering v, LATERAL (
  SELECT v.plaats || ' ' || v.opmerking || ' '
    || array_to_string(publicatie_lijst(jsonb_build_object('l', v.archiefbesluiten), 'l'), ' ') || ' '
    || array_to_string(publicatie_lijst(jsonb_build_object('l', v.sprekers), 'l'), ' ') AS tekst) t
WHERE v.openbaar AND trim(t.tekst) <> ''
UNION ALL
SELECT 'vergaderingen', p.sleutel, 'Verslag', p.titel, '/vergaderingen/' || v.slug || '/#kop-verslag', v.datum,
       v.datum_precisie, '', p.id, p.zoek, p.voorbeeld
FROM public.publicatie_publicatie p
JOIN publiek.vergadering v ON p.sleutel = 'verslag:' || v.id
WHERE p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp())
UNION ALL
SELECT 'trajecten', p.sleutel, CASE p.soort WHEN 'ontwerpadvies' THEN 'Ontwerpadvies' ELSE 'Adviesaanvraag' END, p.titel,
       '/trajecten/' || t.slug || '/' || p.soort || '/', (p.vanaf AT TIME ZONE 'Europe/Amsterdam')::date, 'dag', '',
       p.id, p.zoek, p.voorbeeld
FROM public.publicatie_publicatie p
JOIN publiek.traject t ON p.sleutel IN ('ontwerpadvies:t-' || t.id, 'adviesaanvraag:t-' || t.id)
WHERE p.soort IN ('ontwerpadvies', 'adviesaanvraag')
  AND p.vanaf <= statement_timestamp() AND (p.tot IS NULL OR p.tot > statement_timestamp())
UNION ALL
SELECT 'trajecten', 'traject:' || t.id, 'Traject', t.titel, '/trajecten/' || t.slug || '/', t.stap_sinds, 'dag',
       coalesce(t.vraag, ''), NULL,
       publicatie_vector(t.titel || ' ' || coalesce(t.vraag, '') || ' ' || t.commissie || ' ' || array_to_string(t.vragers, ' ')),
       t.voorbeeld
FROM publiek.traject t
UNION ALL
SELECT 'reacties', 'reactie:' || r.id || ':' || r.kenmerk, 'Kabinetsreactie', a.titel, a.adres, r.datum,
       CASE WHEN r.datum IS NULL THEN 'onbekend' ELSE 'dag' END,
       concat_ws('. ', r.afzenders, r.kamerstuk, r.toelichting), NULL,
       publicatie_vector(concat_ws(' ', a.titel, r.afzenders, r.kamerstuk, r.toelichting)), r.voorbeeld
FROM publiek.kabinetsreactie r
JOIN LATERAL (SELECT p.titel, '/adviezen/' || coalesce(p.jaar::text, 'zonder-jaar') || '/' || r.kenmerk || '/#kop-reactie' AS adres
              FROM public.publicatie_publicatie p
              WHERE p.soort = 'advies' AND substr(p.sleutel::text, 8) = r.kenmerk AND p.vanaf <= statement_timestamp()
                AND (p.tot IS NULL OR p.tot > statement_timestamp()) LIMIT 1) a ON true
UNION ALL
SELECT 'commissies', 'commissie:' || c.id, 'Commissie', c.naam, '/commissies/' || c.slug || '/', NULL, 'onbekend',
       concat_ws('. ', c.afkorting, c.taak), NULL,
       publicatie_vector(concat_ws(' ', c.naam, c.afkorting, c.taak, c.ook_bekend_als)), c.voorbeeld
FROM publiek.commissie c;
