"""Stap 1: is de aanvraag compleet genoeg voor het dagelijks bestuur?"""

from typing import TYPE_CHECKING, Any

from adviezen.adressen import adres
from kern.tekort import Tekort

if TYPE_CHECKING:
    from adviezen.models import Adviestraject


def mag_leg_voor(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """Vragers, vraag, datum, brief, ontvangstbevestiging en bij een bewindspersoon een adviestermijn (regel 13, 14)."""
    link = adres("aanvraag", traject)
    aanvraag = getattr(traject, "aanvraag", None)
    if aanvraag is None:
        return [Tekort("Er is nog geen adviesaanvraag vastgelegd.", link)]
    vragers = list(aanvraag.vragers.all())
    uit = []
    if not vragers:
        uit.append(Tekort("Kies ten minste één adviesvrager.", link))
    if traject.adviestermijn is None and any(v.is_bewindspersoon for v in vragers):
        uit.append(Tekort("Vul de adviestermijn in: een minister of staatssecretaris noemt er altijd een.", link))
    if traject.adviestermijn is not None and traject.adviestermijn <= aanvraag.datum:
        uit.append(Tekort("De adviestermijn ligt niet na de datum van de aanvraag.", link))
    if aanvraag.ontvangst_bevestigd_op is None:
        uit.append(Tekort("De ontvangst is nog niet aan de adviesvrager bevestigd.", link))
    if aanvraag.bestand_id is None:
        uit.append(Tekort("Voeg de brief met de aanvraag toe.", link))
    return uit
