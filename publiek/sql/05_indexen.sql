-- Zonder deze twee leest elke vraag de metadata van alle adviezen uit om te zien welke een klok of reactie hebben.
CREATE INDEX IF NOT EXISTS publicatie_met_klok ON public.publicatie_publicatie (sleutel)
  WHERE soort = 'advies' AND metadata ? 'klok';
CREATE INDEX IF NOT EXISTS publicatie_met_reactie ON public.publicatie_publicatie (sleutel)
  WHERE soort = 'advies' AND metadata ? 'kabinetsreactie';

-- Een advies vinden bij kenmerk, nummer of datum.
CREATE INDEX IF NOT EXISTS publicatie_advies_kenmerk ON public.publicatie_publicatie (substr(sleutel::text, 8))
  WHERE soort = 'advies';
CREATE INDEX IF NOT EXISTS publicatie_advies_nummer ON public.publicatie_publicatie (nummer) WHERE soort = 'advies';
CREATE INDEX IF NOT EXISTS publicatie_advies_datum ON public.publicatie_publicatie
  (datum DESC NULLS LAST, jaar DESC NULLS LAST, id DESC) WHERE soort = 'advies';
