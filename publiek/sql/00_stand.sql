-- De stand: verandert zodra er voor het publiek iets te zien is dat er eerst niet was. Sleutel van de paginabewaring.
-- `nummer` telt de transacties die iets wijzigden achter dit schema; `tijdstip` is het laatst gepasseerde begin of
-- einde van een publicatie (embargo, intrekking), begin van een agenda of het moment waarop een stap vaststaat, elk
-- met het moment waarop het zichtbaar wordt, zodat het grootste altijd verspringt; `dag` is de Amsterdamse dag, want klokken lopen per dag.
-- `regel` is het nummer van de nieuwste telregel: dat keert nooit terug, ook niet na een teruggedraaide transactie.
CREATE VIEW publiek.stand AS
SELECT (SELECT coalesce(sum(aantal), 0) FROM public.publiek_stand)::bigint AS nummer,
       greatest(
         (SELECT max(vanaf) FROM public.publicatie_publicatie WHERE vanaf <= statement_timestamp()),
         (SELECT max(tot) FROM public.publicatie_publicatie WHERE tot IS NOT NULL AND tot <= statement_timestamp()),
         (SELECT max(agenda_vanaf) FROM public.vergaderingen_vergadering WHERE agenda_vanaf <= statement_timestamp()),
         (SELECT max(openbaar_vanaf) FROM public.opvolging_kabinetsreactie WHERE openbaar_vanaf <= statement_timestamp()),
         (SELECT max(openbaar_vanaf) FROM public.opvolging_jaarverslag WHERE openbaar_vanaf <= statement_timestamp()),
         (SELECT max(openbaar_vanaf) FROM public.opvolging_antwoord WHERE openbaar_vanaf <= statement_timestamp()),
         (SELECT max(openbaar_vanaf) FROM public.opvolging_opvolgstand WHERE openbaar_vanaf <= statement_timestamp()),
         (SELECT max(openbaar_vanaf) FROM public.opvolging_evaluatie WHERE openbaar_vanaf <= statement_timestamp()),
         (SELECT max(openbaar_vanaf) FROM public.opvolging_bewijs WHERE openbaar_vanaf <= statement_timestamp()),
         (SELECT max(verstuurd_moment) + interval '10 minutes' FROM public.opvolging_herinneringsbrief
          WHERE verstuurd_moment <= statement_timestamp() - interval '10 minutes'),
         -- alleen toevoegen, dus wat het laatst tien minuten oud werd staat bij de achterste rijen: zo is er geen index op
         -- `op` nodig. Meer dan één rij, want wie tegelijk schrijft krijgt zijn nummer niet altijd in de volgorde van de klok
         (SELECT max(x.op) + interval '10 minutes' FROM (SELECT op FROM public.opvolging_toezegging
          WHERE op <= statement_timestamp() - interval '10 minutes' ORDER BY id DESC LIMIT 50) x),
         (SELECT max(x.op) + interval '10 minutes' FROM (SELECT op FROM public.termijnen_termijnwijziging
          WHERE op <= statement_timestamp() - interval '10 minutes' ORDER BY id DESC LIMIT 50) x),
         (SELECT max(op) + interval '10 minutes' FROM public.adviezen_stapgang WHERE op <= statement_timestamp() - interval '10 minutes')
       ) AS tijdstip,
       (statement_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date AS dag,
       (SELECT max(id) FROM public.publiek_stand) AS regel;
