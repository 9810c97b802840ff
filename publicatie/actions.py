"""Openbaar maken, vervangen, intrekken en herroepen. Elke handeling is één transactie met een spoor in het logboek."""

import hashlib
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import F, Q

from kern.fouten import GeenToegang, InvoerFout, PortaalFout
from kern.tijd import nu as nu_
from logboek.actions import leg_vast
from publicatie import scans, tasks
from publicatie.enums import Scanstand
from publicatie.models import Intrekking, Passage, Publicatie, Scan
from publicatie.passages import in_passages, tekst_van, woorden
from publicatie.permissions import mag_scan
from publicatie.queries import laatste
from stukken.pdftekst import PdfLeesFout, lees

if TYPE_CHECKING:
    from stukken.models import Bestand
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
    html, metadata, bestanden = _met_scan(sleutel, html, metadata or {}, bestanden or [])
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


def _met_scan(sleutel: str, html: str, metadata: dict[str, Any], bestanden: list[dict[str, Any]]) -> scans.Delen:
    """Zet de opgestuurde PDF van deze sleutel erbij, als die er is en gelezen is."""
    scan = Scan.objects.select_related("bestand").filter(sleutel=sleutel).first()
    if scan is None or scan.stand not in {Scanstand.KLAAR, Scanstand.NIET_DOORZOEKBAAR}:
        return html, metadata, bestanden
    bestand = {"naam": scan.bestand.naam, "sha256": scan.bestand.sha256, "soort": scan.bestand.soort}
    return scans.met_scan(html, metadata, bestanden, bladzijden=scan.bladzijden, bestand=bestand)


def hang_scan_aan(*, sleutel: str, bestand: "Bestand", door: "Gebruiker") -> Scan:
    """Hang een opgestuurde PDF bij een openbare publicatie; een werker leest haar tekst en maakt haar openbaar.

    Een nieuwe PDF vervangt de vorige. Werpt PortaalFout als er onder deze sleutel niets openbaar is, en GeenToegang.
    """
    if not mag_scan(door):
        raise GeenToegang
    with transaction.atomic():
        _vergrendel(sleutel)
        vorige = laatste(sleutel)
        if vorige is None or vorige.tot is not None:
            raise PortaalFout("Bij dit stuk is nu niets openbaar. Er kan geen PDF bij.")
        scan, _ = Scan.objects.update_or_create(
            sleutel=sleutel,
            defaults={
                "bestand": bestand,
                "stand": Scanstand.WACHT,
                "bladzijden": [],
                "fout": "",
                "door_id": door.pk,
                "door_naam": door.naam,
                "voorbeeld": vorige.voorbeeld,
            },
        )
        leg_vast(soort="publicatie.hang_scan_aan", object=scan, door=door, gegevens={"sha256": bestand.sha256})
        transaction.on_commit(lambda: tasks.wenk(scan.pk))
    return scan


def verwerk_scan(pk: int) -> str:
    """Lees de tekst van een wachtende scan en maak haar openbaar; geef de stand. Mag vaker en tegelijk: één wint."""
    scan = Scan.objects.select_related("bestand").filter(pk=pk, stand=Scanstand.WACHT).first()
    if scan is None:
        return "overgeslagen"
    fout, bladzijden = "", []
    try:
        bladzijden = lees(scan.bestand.pad)
    except PdfLeesFout as geweigerd:
        fout = str(geweigerd)
    with transaction.atomic():
        _vergrendel(scan.sleutel)
        rij = Scan.objects.select_for_update().filter(pk=pk, stand=Scanstand.WACHT, bestand=scan.bestand).first()
        if rij is None:
            return "overgeslagen"
        rij.bladzijden, rij.fout = bladzijden, fout[:200]
        rij.stand = Scanstand.MISLUKT if fout else Scanstand.KLAAR if rij.met_tekst else Scanstand.NIET_DOORZOEKBAAR
        rij.save()
        vorige = laatste(rij.sleutel)
        if not fout and vorige is not None and vorige.tot is None:
            html, metadata, bestanden = scans.zonder_scan(vorige.html, vorige.metadata, vorige.bestanden)
            publiceer(
                soort=vorige.soort,
                sleutel=vorige.sleutel,
                titel=vorige.titel,
                html=html,
                metadata=metadata,
                bestanden=bestanden,
                vanaf=max(vorige.vanaf, nu_()),
                door=None,
                voorbeeld=vorige.voorbeeld,
            )
    return str(rij.stand)


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
