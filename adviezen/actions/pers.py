"""Het persbericht schrijven. Het gaat mee in de publicatie van het advies, dus wie bevestigt, bevestigt het ook."""

import re
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
# Cijfers met wat men ertussen schrijft; ten minste acht cijfers.
TELEFOON = re.compile(r"\+?(?:[ ().-]*\d){8,15}[ ]*")
VERPLICHT = {"titel": "Vul een kop in.", "tekst": "Vul de tekst in.", "woordvoerder": "Noem de woordvoerder."}


@transaction.atomic
def schrijf_persbericht(*, traject: Adviestraject, versie: int | None, door: "Gebruiker", **velden: str) -> Persbericht:
    """Bewaar het persbericht (titel, tekst, woordvoerder, telefoon, email); een eerdere bevestiging vervalt.

    Werpt InvoerFout op het veld dat ontbreekt, GeenToegang, en VerouderdeVersie als een ander net eerder was.
    """
    vers, aanbieding = open_aanbieding(traject, versie, door)
    schoon = {naam: velden.get(naam, "").strip() for naam in VELDEN}
    keur(schoon)
    rij, _ = Persbericht.objects.update_or_create(
        traject=vers, defaults={**schoon, "gewijzigd_op": nu(), "gewijzigd_door_naam": door.naam}
    )
    laat_bevestiging_vervallen(aanbieding)
    hoog_op(vers)
    leg_vast(soort="adviezen.schrijf_persbericht", object=vers, door=door, gegevens={"titel": rij.titel})
    return rij


def keur(velden: dict[str, str]) -> None:
    """Werp InvoerFout op het veld dat ontbreekt of waaraan niemand iets heeft.

    `velden` heeft alle VELDEN, zonder witruimte eromheen. Een telefoonnummer heeft acht tot vijftien cijfers (meer dan
    vijftien staat ITU-T E.164 niet toe).
    """
    for naam, zin in VERPLICHT.items():
        if not velden[naam]:
            raise InvoerFout(naam, zin)
    if not velden["telefoon"] and not velden["email"]:
        raise InvoerFout("telefoon", "Geef een telefoonnummer of een e-mailadres van de woordvoerder.")
    if velden["telefoon"] and not TELEFOON.fullmatch(velden["telefoon"]):
        raise InvoerFout("telefoon", "Dit is geen telefoonnummer. Schrijf het als 070 000 00 00 of +31 70 000 00 00.")
    if velden["email"]:
        try:
            validate_email(velden["email"])
        except Exception as fout:
            raise InvoerFout("email", "Dit is geen e-mailadres.") from fout


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
