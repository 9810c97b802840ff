"""Wat de handelingen van de raad delen: een tijdvak eindigen en vastleggen in het logboek."""

from __future__ import annotations

from datetime import date
from typing import Any

from kern.fouten import InvoerFout
from logboek.actions import leg_vast
from raad.models import Benoeming, DagelijksBestuurslid, Organisatie, Persoon, Voorzitterschap
from raad.models.tijdvak import Tijdvak
from toegang.models import Gebruiker


def controleer_einde(rij: Tijdvak, per: date, reden: str) -> None:
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden.")
    if per <= rij.van:
        raise InvoerFout("per", "Deze datum ligt op of voor het begin. Kies een latere datum.")
    if rij.tot is not None and per >= rij.tot:
        raise InvoerFout("per", "Dit eindigt al op of voor die datum.")


def zet_einde(
    rij: Benoeming | Voorzitterschap | DagelijksBestuurslid, per: date, reden: str, door: Gebruiker | None
) -> None:
    rij.tot = per
    rij.save(update_fields=["tot"])
    leg_tijdvak_vast(f"raad.beeindig_{rij._meta.model_name}", rij, door, rij.persoon, reden)


def leg_tijdvak_vast(
    soort: str, rij: Tijdvak, door: Gebruiker | None, object: Persoon | Organisatie, reden: str = "", **meer: Any
) -> None:
    """De gebeurtenis hangt aan de persoon of de organisatie: daar zoekt iemand de geschiedenis."""
    gegevens = {"rij": rij.pk, "van": str(rij.van), "tot": str(rij.tot) if rij.tot else None, **meer}
    leg_vast(soort=soort, object=object, door=door, reden=reden.strip(), gegevens=gegevens)
