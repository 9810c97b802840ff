-- Commissies en hun leden. Ambtelijke deelnemers (ministerie, waarnemer, secretaris) staan er niet bij naam in.
CREATE VIEW publiek.commissie AS
SELECT c.id, c.naam, c.afkorting, c.slug, c.soort, c.taak, c.ingesteld_op, c.ingesteld_precisie, c.opgeheven_op,
       c.mandaat, c.mandaat_grond, c.ook_bekend_als, c.voorzitter_volgens_bron, c.genoemd_in, c.bron, c.opmerking,
       c.sorteersleutel, c.voorbeeld
FROM public.commissies_commissie c;

CREATE VIEW publiek.commissielid AS
SELECT l.id, l.commissie_id, l.rol, coalesce(l.geleding, '') AS geleding, coalesce(o.naam, '') AS organisatie,
       p.naam AS persoon, p.sorteersleutel, l.van, l.tot, p.voorbeeld, l.persoon_id
FROM public.commissies_commissielid l
JOIN public.raad_persoon p ON p.id = l.persoon_id
LEFT JOIN public.raad_organisatie o ON o.id = l.organisatie_id
WHERE l.rol IN ('voorzitter', 'lid', 'plaatsvervanger', 'adviserend_lid')
  AND l.van <= (statement_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date;
