-- De jaarverslagen die zijn aangeboden: wat erin stond toen, en de PDF van precies die tekst. Tien minuten na het aanbieden.
CREATE VIEW publiek.jaarverslag AS
SELECT j.id, j.jaar, j.aangeboden_op, j.inhoud, v.datum AS vastgesteld_op, v.slug AS vergadering,
       coalesce(b.sha256, '') AS sha256, j.voorbeeld
FROM public.opvolging_jaarverslag j
LEFT JOIN public.stukken_bestand b ON b.id = j.pdf_id
LEFT JOIN public.vergaderingen_agendapunt g ON g.id = j.vastgesteld_bij_id
LEFT JOIN public.vergaderingen_vergadering v ON v.id = g.vergadering_id
WHERE j.aangeboden_op IS NOT NULL AND j.openbaar_vanaf <= statement_timestamp();
