"""Hoe een publicatie in rijen uiteenvalt: de ene plaats, voor één publicatie en voor veel tegelijk."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kern.fouten import InvoerFout
from publicatie.models import Passage, Publicatie
from publicatie.passages import in_passages, tekst_van, woorden

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@dataclass(frozen=True)
class Inhoud:
    """Wat er openbaar wordt en vanaf wanneer. `voorbeeld` None: wat in deze stand gewoon is."""

    soort: str
    sleutel: str
    titel: str
    vanaf: datetime
    html: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)
    bestanden: list[dict[str, Any]] = field(default_factory=list)
    voorbeeld: bool | None = None

    @property
    def som(self) -> str:
        """Som over alles wat de lezer ziet; gelijk betekent: er valt niets nieuws openbaar te maken."""
        delen = [self.soort, self.titel, self.html, self.metadata, self.bestanden]
        return hashlib.sha256(json.dumps(delen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def keur(self) -> None:
        """Werpt InvoerFout als titel of sleutel leeg is of `vanaf` geen tijdzone heeft."""
        if not self.titel.strip():
            raise InvoerFout("titel", "Vul een titel in.")
        if not self.sleutel.strip():
            raise InvoerFout("sleutel", "De sleutel van wat openbaar wordt ontbreekt.")
        if self.vanaf.tzinfo is None:
            raise InvoerFout("vanaf", "Het tijdstip van openbaarmaking heeft geen tijdzone.")


def publicatie_van(inhoud: Inhoud, *, vervangt: Publicatie | None, door: "Gebruiker | None") -> Publicatie:
    """Geef de rij, nog niet bewaard. Waarop gezocht en geteld wordt, komt uit de metadata."""
    metadata, datum = inhoud.metadata, inhoud.metadata.get("datum")
    overig = {} if inhoud.voorbeeld is None else {"voorbeeld": inhoud.voorbeeld}
    return Publicatie(
        soort=inhoud.soort,
        sleutel=inhoud.sleutel,
        titel=inhoud.titel,
        html=inhoud.html,
        tekst=tekst_van(inhoud.html),
        metadata=metadata,
        bestanden=inhoud.bestanden,
        inhoud_hash=inhoud.som,
        vanaf=inhoud.vanaf,
        vervangt=vervangt,
        door_id=door.pk if door else None,
        door_naam=door.naam if door else "",
        jaar=metadata.get("jaar"),
        datum=date.fromisoformat(datum) if datum else None,
        nummer=metadata.get("nummer") or "",
        vorm=metadata.get("vorm") or "",
        orgaan=metadata.get("orgaan") or "",
        uitkomst=metadata.get("uitkomst") or "",
        onderwerpen=metadata.get("onderwerpen") or [],
        **overig,
    )


def passages_van(publicatie: Publicatie) -> list[Passage]:
    """Geef de alinea's van een bewaarde publicatie als rijen, nog niet bewaard."""
    return [
        Passage(publicatie=publicatie, volgorde=n, blok=stuk.blok, kop=stuk.kop, tekst=stuk.tekst)
        for n, stuk in enumerate(in_passages(publicatie.html), start=1)
    ]


def woorden_van(publicaties: Iterable[Publicatie]) -> list[tuple[str, datetime]]:
    """Geef elk woord met het vroegste moment waarop het in deze publicaties openbaar is, op volgorde van woord."""
    uit: dict[str, datetime] = {}
    for rij in publicaties:
        for woord in woorden(rij.titel, str(rij.metadata.get("samenvatting") or ""), rij.tekst):
            uit[woord] = min(rij.vanaf, uit.get(woord, rij.vanaf))
    return sorted(uit.items())


def spoor_van(publicatie: Publicatie) -> dict[str, Any]:
    """Geef wat het logboek van het openbaar maken onthoudt."""
    return {"sleutel": publicatie.sleutel, "vanaf": publicatie.vanaf.isoformat(), "hash": publicatie.inhoud_hash}
