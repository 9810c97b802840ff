-- Lopend werk in openbare woorden. Een stap wordt zichtbaar als zij niet meer herroepen kan worden (tien minuten),
-- en "uitgebracht" pas als het advies zelf openbaar is; wordt het daarna ingetrokken, dan blijft het uitgebracht.
-- Geen eigenaren, geen redenen, geen teruggangen. Wat herroepen is, is nooit gebeurd: de stap en de herroeping erachter
-- vallen weg, ook in de minuten dat alleen de stap oud genoeg is.
-- De dag is die waarop iemand de stap zette; vastgesteld en uitgebracht hebben hun eigen dag, die ook bij het advies staat en
-- verbeterd kan worden. Wat ervoor kwam begon niet later dan de vaststelling.
CREATE VIEW publiek.stapgang AS
SELECT g.id, g.traject_id, g.naar,
       CASE g.naar WHEN 'aangeboden' THEN coalesce(t.aangeboden_op, g.gezet) WHEN 'aanbieding' THEN coalesce(t.vastgesteld_op, g.gezet)
                   ELSE least(g.gezet, t.vastgesteld_op) END AS dag
FROM (SELECT s.id, s.traject_id, s.naar, s.op, s.overgang, (s.op AT TIME ZONE 'Europe/Amsterdam')::date AS gezet,
             coalesce(lead(s.overgang) OVER (PARTITION BY s.traject_id ORDER BY s.id), '') AS daarna
      FROM public.adviezen_stapgang s) g
JOIN public.adviezen_adviestraject t ON t.id = g.traject_id
LEFT JOIN public.adviezen_adviesaanvraag a ON a.traject_id = g.traject_id
WHERE NOT starts_with(g.overgang, 'herroep_') AND NOT starts_with(g.daarna, 'herroep_')
  AND g.op <= statement_timestamp() - interval '10 minutes'
  AND (g.naar <> 'aangeboden' OR EXISTS (
    SELECT 1 FROM public.publicatie_publicatie p
    WHERE p.sleutel = 'advies:t-' || g.traject_id AND p.vanaf <= statement_timestamp()
      AND (p.tot IS NULL OR p.tot > p.vanaf)))
  AND (a.id IS NULL OR a.niet_openbaar_grond = '' OR g.naar NOT IN ('aanvraag', 'toewijzing'));

CREATE VIEW publiek.traject AS
SELECT t.id, t.slug, coalesce(nullif(t.werktitel_openbaar, ''), t.titel) AS titel, t.kenmerk,
       s.stap, s.dag AS stap_sinds, t.eigen_initiatief, t.geadresseerden, t.verwacht_op,
       coalesce(c.naam, '') AS commissie, coalesce(c.slug, '') AS commissie_slug,
       CASE WHEN a.niet_openbaar_grond = '' THEN a.vraag ELSE '' END AS vraag,
       CASE WHEN a.niet_openbaar_grond = '' THEN a.datum END AS gevraagd_op,
       coalesce(CASE WHEN a.niet_openbaar_grond = '' THEN
         (SELECT array_agg(v.naam ORDER BY v.naam) FROM public.adviezen_adviesaanvraag_vragers m
          JOIN public.adviezen_adviesvrager v ON v.id = m.adviesvrager_id WHERE m.adviesaanvraag_id = a.id) END,
         '{}') AS vragers,
       s.stap NOT IN ('aangeboden', 'niet_in_behandeling', 'ingetrokken', 'beeindigd_zonder_advies') AS lopend,
       array_position(ARRAY['aanvraag', 'toewijzing', 'concept', 'achterbanberaad', 'verwerking', 'naar_raad',
                            'vaststelling', 'aanbieding', 'aangeboden'], s.stap::text) AS volgnummer,
       t.voorbeeld
FROM public.adviezen_adviestraject t
LEFT JOIN public.adviezen_adviesaanvraag a ON a.traject_id = t.id
LEFT JOIN public.commissies_commissie c ON c.id = t.commissie_id
JOIN LATERAL (
  SELECT g.naar AS stap,
         CASE g.naar WHEN 'aangeboden' THEN coalesce(t.aangeboden_op, g.gezet) WHEN 'aanbieding' THEN coalesce(t.vastgesteld_op, g.gezet)
                     ELSE least(g.gezet, t.vastgesteld_op) END AS dag
  FROM (SELECT s.id, s.naar, s.op, s.overgang, (s.op AT TIME ZONE 'Europe/Amsterdam')::date AS gezet,
               coalesce(lead(s.overgang) OVER (ORDER BY s.id), '') AS daarna
        FROM public.adviezen_stapgang s WHERE s.traject_id = t.id) g
  WHERE NOT starts_with(g.overgang, 'herroep_') AND NOT starts_with(g.daarna, 'herroep_')
    AND g.op <= statement_timestamp() - interval '10 minutes'
    AND (g.naar <> 'aangeboden' OR EXISTS (
      SELECT 1 FROM public.publicatie_publicatie p
      WHERE p.sleutel = 'advies:t-' || t.id AND p.vanaf <= statement_timestamp()
        AND (p.tot IS NULL OR p.tot > p.vanaf)))
  ORDER BY g.id DESC LIMIT 1) s ON true
WHERE a.id IS NULL OR a.niet_openbaar_grond = '' OR s.stap NOT IN ('aanvraag', 'toewijzing');

CREATE VIEW publiek.thema AS
SELECT t.id, t.naam, t.slug, t.volgorde FROM public.adviezen_thema t;
