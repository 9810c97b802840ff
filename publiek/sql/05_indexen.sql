-- Welke adviezen een klok of reactie uit het archief hebben, te vinden bij kenmerk.
CREATE INDEX IF NOT EXISTS publicatie_advies_klok ON public.publicatie_publicatie (substr(sleutel::text, 8))
  WHERE soort = 'advies' AND klok IS NOT NULL;
CREATE INDEX IF NOT EXISTS publicatie_advies_reactie ON public.publicatie_publicatie (substr(sleutel::text, 8))
  WHERE soort = 'advies' AND kabinetsreactie IS NOT NULL;

-- Een advies vinden bij kenmerk, nummer of datum.
CREATE INDEX IF NOT EXISTS publicatie_advies_kenmerk ON public.publicatie_publicatie (substr(sleutel::text, 8))
  WHERE soort = 'advies';
CREATE INDEX IF NOT EXISTS publicatie_advies_nummer ON public.publicatie_publicatie (nummer) WHERE soort = 'advies';
CREATE INDEX IF NOT EXISTS publicatie_advies_datum ON public.publicatie_publicatie
  (datum DESC NULLS LAST, jaar DESC NULLS LAST, id DESC) WHERE soort = 'advies';
