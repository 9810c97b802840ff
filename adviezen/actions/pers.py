"""Het persbericht schrijven. Het gaat mee in de publicatie van het advies, dus wie bevestigt, bevestigt het ook."""

from typing import TYPE_CHECKING, Any

from django.core.validators import validate_email
from django.db import transaction

from adviezen.actions.brieven import laat_bevestiging_vervallen, open_aanbieding
from adviezen.actions.hulp import hoog_op
from adviezen.models import Adviestraject, Persbericht
from kern.fouten import InvoerFout
from kern.tijd import nu
from logboek.actions import leg_vast
from vergaderingen.opmaak import naar_html

if TYPE_CHECKING:
    from toegang.models import Gebruiker

VELDEN = ("titel", "tekst", "woordvoerder", "telefoon", "email")
VERPLICHT = {"titel": "Vul een kop in.", "tekst": "Vul de tekst in.", "woordvoerder": "Noem de woordvoerder."}


@transaction.atomic
def schrijf_persbericht(*, traject: Adviestraject, versie: int | None, door: "Gebruiker", **velden: str) -> Persbericht:
    """Bewaar het persbericht (titel, tekst, woordvoerder, telefoon, email); een eerdere bevestiging vervalt.

    Werpt InvoerFout op het veld dat ontbreekt, GeenToegang, en VerouderdeVersie als een ander net eerder was.
    """
    vers, aanbieding = open_aanbieding(traject, versie, door)
    schoon = {naam: velden.get(naam, "").strip() for naam in VELDEN}
    for naam, zin in VERPLICHT.items():
        if not schoon[naam]:
            raise InvoerFout(naam, zin)
    if not schoon["telefoon"] and not schoon["email"]:
        raise InvoerFout("telefoon", "Geef een telefoonnummer of een e-mailadres van de woordvoerder.")
    if schoon["email"]:
        try:
            validate_email(schoon["email"])
        except Exception as fout:
            raise InvoerFout("email", "Dit is geen e-mailadres.") from fout
    rij, _ = Persbericht.objects.update_or_create(
        traject=vers, defaults={**schoon, "gewijzigd_op": nu(), "gewijzigd_door_naam": door.naam}
    )
    laat_bevestiging_vervallen(aanbieding)
    hoog_op(vers)
    leg_vast(soort="adviezen.schrijf_persbericht", object=vers, door=door, gegevens={"titel": rij.titel})
    return rij


def openbaar_persbericht(traject: Adviestraject) -> dict[str, Any]:
    """Geef wat er van persbericht en woordvoerder bij de publicatie hoort; leeg zonder persbericht.

    `adres` wijst vanaf de bladzijde van het advies.
    """
    rij = Persbericht.objects.filter(traject=traject).first()
    if rij is None:
        return {}
    return {
        "persbericht": {"titel": rij.titel, "html": naar_html(rij.tekst), "adres": "persbericht/"},
        "woordvoerder": {"naam": rij.woordvoerder, "telefoon": rij.telefoon, "email": rij.email},
    }
