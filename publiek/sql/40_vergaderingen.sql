-- Alleen de raad vergadert openbaar. Van een besloten raadsvergadering staat er dat zij er is, en waarom besloten.
CREATE VIEW publiek.vergadering AS
SELECT v.id, v.slug, v.datum, v.datum_precisie, v.dag_afgeleid, v.openbaar, v.status, v.begin, v.voorbeeld,
       CASE WHEN v.openbaar THEN v.eind END AS eind,
       CASE WHEN v.openbaar THEN v.zekerheid ELSE '' END AS zekerheid,
       CASE WHEN v.openbaar THEN v.plaats ELSE '' END AS plaats,
       CASE WHEN v.openbaar THEN v.uitzending ELSE '' END AS uitzending,
       v.besloten_reden, v.afgelast_reden, v.oproeping,
       CASE WHEN v.openbaar THEN v.archiefbesluiten ELSE '[]'::jsonb END AS archiefbesluiten,
       CASE WHEN v.openbaar THEN v.sprekers ELSE '[]'::jsonb END AS sprekers,
       CASE WHEN v.openbaar AND v.kenmerk IS NOT NULL THEN v.opmerking ELSE '' END AS opmerking,
       CASE WHEN v.openbaar THEN v.bron ELSE '[]'::jsonb END AS bron,
       v.kenmerk IS NOT NULL AS archief
FROM public.vergaderingen_vergadering v
WHERE v.orgaan = 'raad';

-- Waar een vergadering stond voor zij verplaatst werd, en waar zij nu staat.
CREATE VIEW publiek.vorig_adres AS
SELECT a.id, a.slug, v.slug AS nu
FROM public.vergaderingen_vorigadres a
JOIN public.vergaderingen_vergadering v ON v.id = a.vergadering_id
WHERE v.orgaan = 'raad';

CREATE VIEW publiek.agendapunt AS
SELECT p.id, p.vergadering_id, p.volgorde, p.onderwerp, p.soort, p.toelichting, p.uitkomst, p.stuknummer,
       p.na_oproeping, p.vervallen_reden
FROM public.vergaderingen_agendapunt p
JOIN public.vergaderingen_vergadering v ON v.id = p.vergadering_id
WHERE v.openbaar AND NOT p.vertrouwelijk AND v.status NOT IN ('gepland', 'afgelast')
  AND (v.kenmerk IS NOT NULL OR v.agenda_vanaf <= statement_timestamp());

-- Wat de wet openbaar bekend laat maken: begroting, jaarrekening en verordeningen, met de vindplaats.
CREATE VIEW publiek.bekendmaking AS
SELECT b.id, b.soort, b.titel, b.op, b.vindplaats, b.bezwaar_tot, b.voorbeeld, v.slug AS vergadering, v.datum
FROM public.vergaderingen_bekendmaking b
JOIN public.vergaderingen_agendapunt p ON p.id = b.agendapunt_id
JOIN public.vergaderingen_vergadering v ON v.id = p.vergadering_id
WHERE b.ingetrokken_reden = '' AND NOT p.vertrouwelijk AND v.orgaan = 'raad';
