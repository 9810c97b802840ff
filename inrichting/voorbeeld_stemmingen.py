"""Een stemming van elke soort in een gehouden raad: een peiling, een hoofdelijke stemming en een met briefjes."""

from __future__ import annotations

from toegang.models import Gebruiker
from vergaderingen import actions, stemlijst
from vergaderingen.enums import Besluitsoort, Puntsoort, Rondesoort, Stemkeuze
from vergaderingen.models import Stemronde, Vergadering
from vergaderingen.stemming import Telling

BENOEMING = ("Benoeming van de secretaris van de raad (voorbeeld)", Puntsoort.BENOEMING)
WERKWIJZE = ("Voorstel: vier keer per jaar het land in (voorbeeld)", Puntsoort.OVERIG)


def stem(zitting: Vergadering, door: Gebruiker) -> None:
    """Peil en stem over de werkwijze, en stem met briefjes over de benoeming."""
    for punt in zitting.agendapunten.filter(soort__in=(Puntsoort.BENOEMING, Puntsoort.OVERIG)):
        if punt.soort == Puntsoort.BENOEMING:
            ronde = actions.open_stemronde(
                agendapunt=punt, soort=Rondesoort.BRIEFJES, over=Besluitsoort.PERSONEN, vraag=punt.onderwerp, door=door
            )
            zetels = [s.zetel.pk for s in stemlijst.stemmers(ronde) if s.zetel]
            telling = Telling(len(zetels) - 3, 1, 2)
            actions.leg_briefjes_vast(ronde=ronde, zetels=zetels, telling=telling, door=door)
            continue
        peiling = actions.open_stemronde(agendapunt=punt, soort=Rondesoort.PEILING, vraag=punt.onderwerp, door=door)
        for s in stemlijst.stemmers(peiling)[:30]:
            if s.persoon.gebruiker is not None:
                keuze = Stemkeuze.TEGEN if s.persoon.pk % 5 == 0 else Stemkeuze.VOOR
                actions.antwoord_peiling(ronde=peiling, keuze=keuze, door=s.persoon.gebruiker)
        actions.sluit_stemronde(ronde=peiling, door=door)
        _hoofdelijk(
            actions.open_stemronde(agendapunt=punt, soort=Rondesoort.HOOFDELIJK, vraag=punt.onderwerp, door=door), door
        )


def _hoofdelijk(ronde: Stemronde, door: Gebruiker) -> None:
    kroon = [s for s in stemlijst.stemmers(ronde) if s.zetel and s.zetel.geleding == "kroonleden"]
    for s, keuze in zip(kroon, (Stemkeuze.TEGEN, Stemkeuze.TEGEN, Stemkeuze.BLANCO), strict=False):
        assert s.zetel is not None  # noqa: S101 - net gefilterd
        actions.leg_stem_vast(ronde=ronde, zetel=s.zetel.pk, keuze=keuze, door=door)
    for geleding in ("ondernemers", "kroonleden", "werknemers"):
        actions.leg_geleding_vast(ronde=ronde, geleding=geleding, keuze=Stemkeuze.VOOR, door=door)
    actions.sluit_stemronde(ronde=ronde, door=door, besluit="De raad vergadert vier keer per jaar in het land.")
