"""Wat elke handeling doet: rij vergrendelen, versie, recht en beleid nakijken."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie
from raad.models import Persoon
from toegang.models import Gebruiker
from vergaderingen import permissions
from vergaderingen.models import Presentie, Vergadering, Vervanging


def vergrendel(vergadering_id: int, *, door: Gebruiker, versie: int | None = None) -> Vergadering:
    """Geef de vergadering, vergrendeld tot het eind van de transactie.

    Werpt GeenToegang en VerouderdeVersie. Alles wat op één vergadering schrijft gaat hierlangs, zodat twee
    handelingen elkaar nooit kruisen.
    """
    vergadering = Vergadering.objects.select_for_update().get(pk=vergadering_id)
    if not permissions.mag_beheren(vergadering, door):
        raise GeenToegang
    if versie is not None and vergadering.rijversie != versie:
        raise VerouderdeVersie
    return vergadering


def eigen_persoon(door: Gebruiker) -> Persoon:
    """Geef als wie iemand bij de raad hoort. Werpt InvoerFout als er bij dit account niemand hoort."""
    persoon: Persoon | None = getattr(door, "persoon", None)
    if persoon is None:
        raise InvoerFout("", "Bij uw account hoort geen lid of plaatsvervanger.")
    return persoon


def keur_beslotenheid(*, openbaar: bool, reden: str) -> None:
    """Werp InvoerFout("besloten_reden") als een vergadering zonder reden besloten zou zijn (regel 26)."""
    if not openbaar and not reden:
        raise InvoerFout("besloten_reden", "Geef de reden waarom deze raadsvergadering besloten is.")


def hoog_op(vergadering: Vergadering) -> None:
    """Bewaar de vergadering met een hogere rijversie."""
    vergadering.rijversie += 1
    vergadering.save()


def maak_presentielijst_leeg(vergadering: Vergadering) -> list[str]:
    """Haal de presentielijst en de vervangingen bij agendapunten weg, en geef wie er aanwezig stond.

    Zij horen bij één dag. Wat er stond, staat in het logboek.
    """
    namen = vergadering.presenties.filter(aanwezig=True).order_by("pk").values_list("persoon__naam", flat=True)
    getekend = list(namen)
    vergadering.presenties.all().delete()
    Vervanging.objects.filter(agendapunt__vergadering=vergadering).delete()
    return getekend


OP_DE_LIJST = ("persoon_id", "hoedanigheid", "zetel_id", "vervangt_id", "stemhebbend", "raadgevend", "aanwezig")
BIJ_EEN_PUNT = ("agendapunt_id", "zetel_id", "vervanger_id")


def bewaar_presentielijst(vergadering: Vergadering) -> dict[str, Any]:
    """Geef de presentielijst en de vervangingen bij punten als gegevens voor het logboek, zonder namen."""
    vervangingen = Vervanging.objects.filter(agendapunt__vergadering=vergadering).order_by("pk")
    return {
        "presenties": [
            {veld: getattr(p, veld) for veld in OP_DE_LIJST} | {"getekend_op": p.getekend_op.isoformat()}
            for p in vergadering.presenties.order_by("pk")
        ],
        "vervangingen": [{veld: getattr(v, veld) for veld in BIJ_EEN_PUNT} for v in vervangingen],
    }


def zet_presentielijst_terug(vergadering: Vergadering, lijst: Mapping[str, Any]) -> None:
    """Zet terug wat `bewaar_presentielijst` gaf, op een lege lijst."""
    for p in lijst["presenties"]:
        velden = p | {"getekend_op": datetime.fromisoformat(p["getekend_op"])}
        Presentie.objects.create(vergadering=vergadering, voorbeeld=vergadering.voorbeeld, **velden)
    for v in lijst["vervangingen"]:
        Vervanging.objects.create(voorbeeld=vergadering.voorbeeld, **v)
