"""Tekstvoorstellen van lezers overnemen in een nieuw concept, met wie het voorstelde."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.hulp import vergrendel
from adviezen.actions.versies import schrijf_concept
from adviezen.models import Adviestraject, Opmerking, Schrijfstand, Versie
from adviezen.queries.opmerkingen import OVER_TE_NEMEN
from adviezen.queries.plaats import Kaart
from adviezen.queries.voorstellen import Conflict, pas_toe, toen, zoek
from kern.blokken import nummers
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@transaction.atomic
def neem_voorstellen_over(
    *, traject: Adviestraject, basis: int | None, voorstellen: Sequence[int], door: "Gebruiker"
) -> Versie:
    """Maak één nieuw concept met deze tekstvoorstellen erin, doe de opmerkingen af, en geef het concept.

    `basis` is de versie die de secretaris voor zich had. Alles of niets: is er intussen een nieuwere versie, is een
    voorstel al afgedaan, gaan twee voorstellen over dezelfde woorden, of zijn de woorden veranderd, dan werpt dit
    InvoerFout en verandert er niets. De notitie van het concept noemt de alinea's en geen namen: het concept lezen ook
    mensen buiten de kring van de opmerking. Wie in de kring zit, ziet de naam bij de opmerking.
    """
    traject = vergrendel(traject.pk, None)
    if not permissions.mag_bewerken(traject, door):
        raise GeenToegang
    if not voorstellen:
        raise InvoerFout("voorstellen", "Kies ten minste één voorstel.")
    if Schrijfstand.objects.filter(traject=traject, auteur=door).exclude(html="").exists():
        raise InvoerFout("", "U heeft tekst geschreven die nog geen versie is. Bewaar die eerst of gooi haar weg.")
    laatste = traject.versies.last()
    rijen = {
        o.pk: o
        for o in Opmerking.objects.select_for_update(of=("self",))
        .select_related("afgedaan_door")
        .filter(pk__in=voorstellen, versie__traject=traject, kring__in=OVER_TE_NEMEN)
        .exclude(voorstel="")
        .order_by("pk")
    }
    if laatste is None or set(rijen) != set(voorstellen):
        raise GeenToegang("Dit voorstel is niet over te nemen.")
    stond, html = toen(list(rijen.values())), laatste.html
    kaart, volg, alineas = Kaart(laatste.html), nummers(laatste.html), set()
    for o in rijen.values():
        if o.afgedaan_op is not None:
            wie = o.afgedaan_door.naam if o.afgedaan_door else "iemand"
            raise InvoerFout(
                "voorstellen", f"Het voorstel van {o.auteur_naam} is intussen afgedaan door {wie}: “{o.afdoening}”"
            )
        try:
            alineas.add(volg.get(zoek(o, kaart, stond[o.pk]).blok, 0))
            html = pas_toe(o, html, stond[o.pk])
        except Conflict as conflict:
            raise InvoerFout("voorstellen", f"Het voorstel van {o.auteur_naam}: {conflict.reden}") from conflict
    versie = schrijf_concept(traject=traject, basis=basis, html=html, door=door, notitie=_notitie(len(rijen), alineas))
    moment = nu()
    for o in rijen.values():
        o.afgedaan_op, o.afgedaan_door, o.afdoening = moment, door, f"Overgenomen in {versie}."
        o.overgenomen_in = versie
        o.save(update_fields=["afgedaan_op", "afgedaan_door", "afdoening", "overgenomen_in"])
        leg_vast(soort="adviezen.neem_voorstel_over", object=o, door=door, gegevens={"versie": str(versie)})
    return versie


def _notitie(aantal: int, alineas: set[int]) -> str:
    wat = "Tekstvoorstel" if aantal == 1 else f"{aantal} tekstvoorstellen"
    waar = sorted(a for a in alineas if a)
    if not waar:
        return f"{wat} van lezers overgenomen."
    lijst = ", ".join(str(a) for a in waar[:-1])
    return f"{wat} van lezers overgenomen bij alinea {f'{lijst} en {waar[-1]}' if lijst else waar[-1]}."
