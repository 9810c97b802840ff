-- De raad door de tijd. De bladzijde kiest de dag; benoemingen zijn openbaar (Staatscourant, website).
CREATE VIEW publiek.zittingsperiode AS
SELECT z.id, z.naam, z.van, z.tot, z.volledig, z.voorbeeld FROM public.raad_zittingsperiode z;

CREATE VIEW publiek.zetelverdeling AS
SELECT v.id, v.periode_id, v.vanaf, v.ondernemers, v.werknemers, v.kroonleden, v.bron, v.opmerking
FROM public.raad_zetelverdeling v;

CREATE VIEW publiek.zetel AS
SELECT z.id, z.periode_id, z.nummer, z.geleding, z.bijzonder, z.van, z.tot, t.voorbeeld,
       coalesce(o.naam, '') AS organisatie, coalesce(o.slug, '') AS organisatie_slug
FROM public.raad_zetel z
JOIN public.raad_zittingsperiode t ON t.id = z.periode_id
LEFT JOIN public.raad_organisatie o ON o.id = z.organisatie_id;

CREATE VIEW publiek.benoeming AS
SELECT b.id, b.zetel_id, b.soort, b.van, b.tot, b.van_precisie, b.tot_precisie, b.opmerking,
       b.persoon_id, p.naam AS persoon, p.sorteersleutel, p.voorbeeld
FROM public.raad_benoeming b JOIN public.raad_persoon p ON p.id = b.persoon_id;

CREATE VIEW publiek.bestuursfunctie AS
SELECT 'v' || v.id AS id, v.functie, v.persoon_id, p.naam AS persoon, p.sorteersleutel, v.van, v.tot, p.voorbeeld
FROM public.raad_voorzitterschap v JOIN public.raad_persoon p ON p.id = v.persoon_id
UNION ALL
SELECT 'd' || d.id, 'dagelijks_bestuur', d.persoon_id, p.naam, p.sorteersleutel, d.van, d.tot, p.voorbeeld
FROM public.raad_dagelijksbestuurslid d JOIN public.raad_persoon p ON p.id = d.persoon_id;

-- Wat wie in de raad zit of zat daarnaast doet; de bladzijde kiest de dag en wie dan een zetel heeft.
CREATE VIEW publiek.nevenfunctie AS
SELECT n.id, n.persoon_id, p.naam AS persoon, p.sorteersleutel, n.functie, n.waar, n.betaald, n.van, n.tot, p.voorbeeld
FROM public.raad_nevenfunctie n JOIN public.raad_persoon p ON p.id = n.persoon_id
WHERE EXISTS (SELECT 1 FROM public.raad_benoeming b WHERE b.persoon_id = n.persoon_id);
