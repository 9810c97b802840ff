"""Handen van stap 1: een aanvraag registreren of wijzigen, en een eigen initiatief beginnen."""

from datetime import timedelta
from typing import Any

from adviezen.actions import aanvraag as acties
from adviezen.actions import startbesluit
from adviezen.models import Adviestraject
from kern.tijd import vandaag
from tests.adviezen import bouw
from tests.adviezen.bouw import Wereld
from tests.adviezen.hulp import MORGEN
from toegang.models import Gebruiker


def registreer(wereld: Wereld, *, door: Gebruiker | None = None, **anders: Any) -> Adviestraject:
    dag = vandaag()
    velden: dict[str, Any] = {
        "titel": "Thuiswerken over de grens (voorbeeld)",
        "vraag": "Wat is nodig?",
        "vragers": [bouw.vrager()],
        "datum": dag - 3 * MORGEN,
        "ontvangen_op": dag - 2 * MORGEN,
        "adviestermijn": dag + timedelta(days=90),
        "secretaris": wereld.secretaris,
    }
    return acties.registreer_aanvraag(door=door or wereld.secretaris, **(velden | anders))


def wijzig(traject: Adviestraject, *, door: Gebruiker | None = None, **anders: Any) -> Adviestraject:
    """Wijzig alleen wat genoemd is; de rest blijft zoals het was."""
    aanvraag = traject.aanvraag
    velden: dict[str, Any] = {
        "titel": traject.titel,
        "werktitel_openbaar": traject.werktitel_openbaar,
        "vraag": aanvraag.vraag,
        "vragers": list(aanvraag.vragers.all()),
        "datum": aanvraag.datum,
        "ontvangen_op": aanvraag.ontvangen_op,
        "adviestermijn": traject.adviestermijn,
        "kenmerk_vrager": aanvraag.kenmerk_vrager,
        "niet_openbaar_grond": aanvraag.niet_openbaar_grond,
        "raad_zelf_gevraagd": traject.raad_zelf_gevraagd,
        "secretaris": traject.secretaris,
        "themas": [],
    }
    return acties.wijzig_aanvraag(traject=traject, versie=None, door=door or traject.secretaris, **(velden | anders))


def start(wereld: Wereld, *, door: Gebruiker | None = None, **anders: Any) -> Adviestraject:
    velden: dict[str, Any] = {
        "titel": "Kleine bedrijven en AI (voorbeeld)",
        "geadresseerden": "het kabinet",
        "tekst": "De raad adviseert.",
        "besloten_op": vandaag(),
        "secretaris": wereld.secretaris,
    }
    return startbesluit.start_eigen_initiatief(door=door or wereld.secretaris, **(velden | anders))
