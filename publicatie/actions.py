"""Openbaar maken, vervangen, intrekken en herroepen. Elke handeling is één transactie met een spoor in het logboek."""

import hashlib
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import F, Q

from kern.fouten import InvoerFout, PortaalFout
from logboek.actions import leg_vast
from publicatie.models import Intrekking, Passage, Publicatie
from publicatie.passages import in_passages, tekst_van, woorden
from publicatie.queries import laatste

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@transaction.atomic
def publiceer(
    *,
    soort: str,
    sleutel: str,
    titel: str,
    vanaf: datetime,
    door: "Gebruiker | None",
    html: str = "",
    metadata: dict[str, Any] | None = None,
    bestanden: list[dict[str, Any]] | None = None,
    voorbeeld: bool | None = None,
) -> Publicatie:
    """Bevries deze inhoud en maak haar openbaar vanaf `vanaf`; geef de Publicatie terug.

    Een nieuwere publicatie van dezelfde `sleutel` neemt het over vanaf haar `vanaf`. Is de vorige al openbaar, dan
    begint de nieuwe op zijn vroegst nu: met terugwerkende kracht verandert niets. Is de inhoud gelijk aan die van de
    nieuwste, dan komt er geen rij bij en komt de bestaande terug, zodat tweemaal klikken of laden niets verdubbelt.
    Werpt InvoerFout als titel of sleutel leeg is of `vanaf` geen tijdzone heeft.
    """
    if not titel.strip():
        raise InvoerFout("titel", "Vul een titel in.")
    if not sleutel.strip():
        raise InvoerFout("sleutel", "De sleutel van wat openbaar wordt ontbreekt.")
    if vanaf.tzinfo is None:
        raise InvoerFout("vanaf", "Het tijdstip van openbaarmaking heeft geen tijdzone.")
    metadata, bestanden = metadata or {}, bestanden or []
    nu = _vergrendel(sleutel)
    vorige = laatste(sleutel)
    som = _hash(soort, titel, html, metadata, bestanden)
    if vorige and vorige.tot is None and vorige.inhoud_hash == som and (vorige.vanaf <= nu or vorige.vanaf == vanaf):
        return vorige
    if vorige and vorige.vanaf <= nu:
        vanaf = max(vanaf, nu)
    for rij in Publicatie.objects.filter(Q(tot__isnull=True) | Q(tot__gt=vanaf), ~Q(tot=F("vanaf")), sleutel=sleutel):
        _sluit(rij, max(rij.vanaf, vanaf))
    overig = {} if voorbeeld is None else {"voorbeeld": voorbeeld}
    publicatie = Publicatie.objects.create(
        soort=soort,
        sleutel=sleutel,
        titel=titel,
        html=html,
        tekst=tekst_van(html),
        metadata=metadata,
        bestanden=bestanden,
        inhoud_hash=som,
        vanaf=vanaf,
        vervangt=vorige,
        door_id=door.pk if door else None,
        door_naam=door.naam if door else "",
        **_kolommen(metadata),
        **overig,
    )
    Passage.objects.bulk_create(
        Passage(publicatie=publicatie, volgorde=n, blok=stuk.blok, kop=stuk.kop, tekst=stuk.tekst)
        for n, stuk in enumerate(in_passages(html), start=1)
    )
    _bewaar_woorden(publicatie)
    leg_vast(
        soort="publicatie.publiceer",
        object=publicatie,
        door=door,
        gegevens={"sleutel": sleutel, "vanaf": vanaf.isoformat(), "hash": som},
    )
    return publicatie


@transaction.atomic
def trek_in(*, publicatie: Publicatie, reden: str, door: "Gebruiker | None") -> Intrekking:
    """Haal een openbare publicatie weg; haar adres geeft voortaan 410 met de reden.

    Wat er van dezelfde sleutel nog zou beginnen, vervalt ook. Werpt InvoerFout zonder reden, en PortaalFout als zij
    niet (meer) openbaar is.
    """
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden; die komt op het oude adres te staan.")
    nu = _vergrendel(publicatie.sleutel)
    rij = Publicatie.objects.get(pk=publicatie.pk)
    if rij.vanaf > nu:
        raise PortaalFout("Deze publicatie is nog niet openbaar. Herroep haar.")
    if rij.tot is not None and rij.tot <= nu:
        raise PortaalFout("Deze publicatie is al niet meer openbaar.")
    for straks in Publicatie.objects.filter(sleutel=rij.sleutel, vanaf__gt=nu, tot__isnull=True):
        _sluit(straks, straks.vanaf)
    _sluit(rij, nu)
    return _leg_einde_vast(rij, nu, reden, door, grafsteen=True)


@transaction.atomic
def herroep(*, publicatie: Publicatie, door: "Gebruiker | None", reden: str = "") -> Intrekking:
    """Neem een publicatie terug vóór zij openbaar werd: zij is dan nooit openbaar geweest, en de vorige geldt door.

    Werpt PortaalFout als zij al openbaar is geweest of al herroepen is.
    """
    nu = _vergrendel(publicatie.sleutel)
    rij = Publicatie.objects.get(pk=publicatie.pk)
    if rij.tot == rij.vanaf:
        raise PortaalFout("Deze publicatie is al herroepen.")
    if rij.vanaf <= nu:
        raise PortaalFout("Deze publicatie is al openbaar en kan niet meer worden herroepen.")
    vervolg = rij.tot
    vorige = Publicatie.objects.filter(sleutel=rij.sleutel, tot=rij.vanaf).first()
    _sluit(rij, rij.vanaf)
    if vorige:
        _sluit(vorige, vervolg)
    return _leg_einde_vast(rij, nu, reden, door, grafsteen=False)


def _vergrendel(sleutel: str) -> datetime:
    """Laat handelingen op dezelfde sleutel na elkaar gaan; geef de tijd van de database ná het wachten."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('publicatie:' || %s, 0))", [sleutel])
        cursor.execute("SELECT clock_timestamp()")
        nu: datetime = cursor.fetchone()[0]
    return nu


def _sluit(rij: Publicatie, tot: datetime | None) -> None:
    rij.tot = tot
    rij.save(update_fields=["tot"])


def _leg_einde_vast(
    rij: Publicatie, nu: datetime, reden: str, door: "Gebruiker | None", *, grafsteen: bool
) -> Intrekking:
    intrekking = Intrekking.objects.create(
        publicatie=rij,
        vanaf=nu,
        reden=reden.strip(),
        grafsteen=grafsteen,
        door_id=door.pk if door else None,
        door_naam=door.naam if door else "",
        voorbeeld=rij.voorbeeld,
    )
    leg_vast(
        soort="publicatie.trek_in" if grafsteen else "publicatie.herroep",
        object=rij,
        door=door,
        reden=reden,
        gegevens={"sleutel": rij.sleutel},
    )
    return intrekking


def _hash(soort: str, titel: str, html: str, metadata: dict[str, Any], bestanden: list[dict[str, Any]]) -> str:
    """Som over alles wat de lezer ziet; gelijk betekent: er valt niets nieuws openbaar te maken."""
    geheel = json.dumps([soort, titel, html, metadata, bestanden], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(geheel.encode()).hexdigest()


def _kolommen(metadata: dict[str, Any]) -> dict[str, Any]:
    """Haal uit de metadata waarop gezocht en geteld wordt."""
    datum = metadata.get("datum")
    return {
        "jaar": metadata.get("jaar"),
        "datum": date.fromisoformat(datum) if datum else None,
        "nummer": metadata.get("nummer") or "",
        "vorm": metadata.get("vorm") or "",
        "orgaan": metadata.get("orgaan") or "",
        "uitkomst": metadata.get("uitkomst") or "",
        "onderwerpen": metadata.get("onderwerpen") or [],
    }


def _bewaar_woorden(publicatie: Publicatie) -> None:
    """Onthoud de woorden voor "bedoelde u", met het vroegste moment waarop zij openbaar zijn."""
    samenvatting = str(publicatie.metadata.get("samenvatting") or "")
    lijst = woorden(publicatie.titel, samenvatting, publicatie.tekst)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO publicatie_woord (woord, vanaf) SELECT w, %s FROM unnest(%s::text[]) w ORDER BY w "
            "ON CONFLICT (woord) DO UPDATE SET vanaf = excluded.vanaf WHERE excluded.vanaf < publicatie_woord.vanaf",
            [publicatie.vanaf, lijst],
        )
