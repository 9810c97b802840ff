-- Wat adviezen uitwerkten: de evaluaties, tien minuten nadat zij zijn vastgelegd, en welke nog komen. `lessen` blijven binnen.
CREATE VIEW publiek.evaluatie AS
SELECT x.*, x.na_jaren = 0 OR x.id = first_value(x.id) OVER (
         PARTITION BY x.kenmerk, x.na_jaren ORDER BY x.id DESC) AS geldt
FROM (
  SELECT DISTINCT ON (e.advies_id, e.na_jaren, e.openbaar_vanaf)
         e.id, a.kenmerk, e.na_jaren, e.per, e.uitwerking, e.bevindingen, e.groepen, e.geraadpleegd,
         (e.op AT TIME ZONE 'Europe/Amsterdam')::date AS vastgelegd_op, e.voorbeeld
  FROM public.opvolging_evaluatie e JOIN publiek.openbaar_advies a ON a.id = e.advies_id
  WHERE e.openbaar_vanaf <= statement_timestamp()
  ORDER BY e.advies_id, e.na_jaren, e.openbaar_vanaf, e.id DESC) x;

CREATE VIEW publiek.evaluatietermijn AS
SELECT t.id, a.kenmerk, replace(t.soort, 'evaluatie_', '')::int AS na_jaren, t.vervalt_op, t.voorbeeld
FROM public.termijnen_termijn t
JOIN publiek.openbaar_advies a ON t.object_soort = 'adviezen.advies' AND t.object_id = a.id::text
WHERE t.soort IN ('evaluatie_1', 'evaluatie_3', 'evaluatie_5') AND t.status = 'open';
