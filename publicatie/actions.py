"""Openbaar maken, vervangen, intrekken en herroepen. Elke handeling is één transactie met een spoor in het logboek."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import F, Q

from kern.fouten import GeenToegang, InvoerFout, PortaalFout
from kern.kopieer import kopieer
from kern.tijd import nu as nu_
from logboek.actions import leg_vast, leg_vele_vast
from publicatie import scans, tasks
from publicatie.enums import Scanstand
from publicatie.models import Intrekking, Passage, Publicatie, Scan
from publicatie.permissions import mag_scan
from publicatie.queries import bestaande, intrekking_geldt, laatste
from publicatie.rijen import Inhoud, passages_van, publicatie_van, spoor_van, woorden_van
from stukken.actions import bewaar_bytes
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
    inhoud = Inhoud(soort, sleutel, titel, vanaf, html, metadata or {}, bestanden or [], voorbeeld)
    inhoud.keur()
    html, metadata, bestanden = _met_scan(sleutel, html, inhoud.metadata, inhoud.bestanden)
    inhoud = replace(inhoud, html=html, metadata=metadata, bestanden=bestanden)
    nu = _vergrendel([sleutel])
    vorige = laatste(sleutel)
    if (
        vorige
        and vorige.tot is None
        and vorige.inhoud_hash == inhoud.som
        and (vorige.vanaf <= nu or vorige.vanaf == vanaf)
    ):
        return vorige
    if vorige and vorige.vanaf <= nu:
        vanaf = max(vanaf, nu)
    oude = Publicatie.objects.filter(Q(tot__isnull=True) | Q(tot__gt=vanaf), ~Q(tot=F("vanaf")), sleutel=sleutel)
    nooit = []
    for rij in oude:
        _sluit(rij, max(rij.vanaf, vanaf))
        nooit += [rij] if rij.tot == rij.vanaf else []
    publicatie = publicatie_van(replace(inhoud, vanaf=vanaf), vervangt=vorige, door=door)
    publicatie.save(force_insert=True)
    Passage.objects.bulk_create(passages_van(publicatie))
    _vergeet_woorden(nooit, nu)
    _bewaar_woorden([publicatie])
    leg_vast(soort="publicatie.publiceer", object=publicatie, door=door, gegevens=spoor_van(publicatie))
    return publicatie


def publiceer_opnieuw(
    *, publicatie: Publicatie, vanaf: datetime, door: "Gebruiker | None", **anders: Any
) -> Publicatie:
    """Maak wat in `publicatie` staat openbaar vanaf een ander moment; `anders` is wat er in de inhoud verandert.

    Werpt wat `publiceer` werpt.
    """
    zelfde = ("soort", "sleutel", "titel", "html", "metadata", "bestanden", "voorbeeld")
    return publiceer(**{naam: getattr(publicatie, naam) for naam in zelfde} | anders, vanaf=vanaf, door=door)


@transaction.atomic
def publiceer_nieuwe(*, inhouden: Iterable[Inhoud], door: "Gebruiker | None") -> list[Publicatie]:
    """Maak dingen openbaar die nog nooit openbaar waren, in één transactie, en geef hun publicaties.

    Dezelfde rijen als `publiceer` voor elk apart, in een fractie van de tijd; voor het laden van veel tegelijk.
    Werpt InvoerFout als iets leeg is of twee keer voorkomt, en PortaalFout als er van iets al een publicatie is: dan
    moet er iets vervangen worden, en dat doet `publiceer`.
    """
    alle = list(inhouden)
    sleutels = [inhoud.sleutel for inhoud in alle]
    for inhoud in alle:
        inhoud.keur()
    if len(set(sleutels)) < len(sleutels):
        raise InvoerFout("sleutel", "Iets staat er twee keer tussen.")
    _vergrendel(sleutels)
    if er_al := bestaande(sleutels):
        raise PortaalFout(f"Van {er_al[0]} is al een publicatie; {len(er_al)} van deze {len(alle)} zijn niet nieuw.")
    rijen = [publicatie_van(inhoud, vervangt=None, door=door) for inhoud in alle]
    kopieer(rijen)
    kopieer([passage for rij in rijen for passage in passages_van(rij)])
    leg_vele_vast(soort="publicatie.publiceer", objecten=rijen, door=door, gegevens=[spoor_van(rij) for rij in rijen])
    _bewaar_woorden(rijen)
    return rijen


@transaction.atomic
def trek_in(
    *, publicatie: Publicatie, reden: str, door: "Gebruiker | None", vanaf: datetime | None = None
) -> Intrekking:
    """Haal een openbare publicatie weg, meteen of vanaf `vanaf`; haar adres geeft dan 410 met de reden.

    Wat er van dezelfde sleutel nog zou beginnen, vervalt ook. Tot `vanaf` kan het terug met `laat_openbaar`. Werpt
    InvoerFout zonder reden, en PortaalFout als zij niet (meer) openbaar is, of als er bij een latere `vanaf` al iets
    anders in de plaats komt.
    """
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden; die komt op het oude adres te staan.")
    nu = _vergrendel([publicatie.sleutel])
    rij = Publicatie.objects.get(pk=publicatie.pk)
    if rij.vanaf > nu:
        raise PortaalFout("Deze publicatie is nog niet openbaar. Herroep haar.")
    if rij.tot is not None and rij.tot <= nu:
        raise PortaalFout("Deze publicatie is al niet meer openbaar.")
    moment = nu if vanaf is None else max(vanaf, nu)
    if moment > nu and rij.tot is not None:
        raise PortaalFout("Deze publicatie wordt al vervangen of ingetrokken.")
    nooit = list(Publicatie.objects.filter(sleutel=rij.sleutel, vanaf__gt=nu, tot__isnull=True))
    for straks in nooit:
        _sluit(straks, straks.vanaf)
    _sluit(rij, moment)
    _vergeet_woorden(list(Publicatie.objects.filter(~Q(tot=F("vanaf")), sleutel=rij.sleutel)), nu)
    _vergeet_woorden(nooit, nu)
    return _leg_einde_vast(rij, moment, reden, door, grafsteen=True)


@transaction.atomic
def laat_openbaar(*, publicatie: Publicatie, door: "Gebruiker | None", reden: str = "") -> Publicatie:
    """Neem een intrekking terug vóór zij ingaat: de publicatie blijft openbaar, en niemand zag er iets van.

    Werpt PortaalFout als er geen intrekking wacht.
    """
    nu = _vergrendel([publicatie.sleutel])
    rij = Publicatie.objects.get(pk=publicatie.pk)
    if rij.tot is None or rij.tot <= nu or not intrekking_geldt(rij):
        raise PortaalFout("Er wacht geen intrekking die nog terug kan.")
    _sluit(rij, None)
    _bewaar_woorden([rij])
    leg_vast(soort="publicatie.laat_openbaar", object=rij, door=door, reden=reden, gegevens={"sleutel": rij.sleutel})
    return rij


@transaction.atomic
def herroep(*, publicatie: Publicatie, door: "Gebruiker | None", reden: str = "") -> Intrekking:
    """Neem een publicatie terug vóór zij openbaar werd: zij is dan nooit openbaar geweest, en de vorige geldt door.

    Werpt PortaalFout als zij al openbaar is geweest of al herroepen is.
    """
    nu = _vergrendel([publicatie.sleutel])
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
    _vergeet_woorden([rij], nu)
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
        _vergrendel([sleutel])
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


@transaction.atomic
def haal_scan_weg(*, sleutel: str, reden: str, door: "Gebruiker") -> None:
    """Haal een verkeerde PDF weg, meteen: van het stuk, uit het zoeken, en uit de uitgaven waarin zij eerder stond.

    Het stuk blijft openbaar zoals het zonder PDF was. Werpt InvoerFout("reden"), PortaalFout als er geen PDF hangt, en
    GeenToegang.
    """
    if not mag_scan(door):
        raise GeenToegang
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden; die blijft in het logboek staan.")
    nu = _vergrendel([sleutel])
    scan = Scan.objects.select_for_update(of=("self",)).select_related("bestand").filter(sleutel=sleutel).first()
    if scan is None:
        raise PortaalFout("Bij dit stuk hangt geen PDF (meer).")
    sha = scan.bestand.sha256
    leg_vast(soort="publicatie.haal_scan_weg", object=scan, door=door, reden=reden, gegevens={"sha256": sha})
    scan.delete()
    vorige = laatste(sleutel)
    met = Publicatie.objects.filter(~Q(tot=F("vanaf")), sleutel=sleutel, bestanden__contains=[{"rol": scans.ROL}])
    for rij in met.filter(bestanden__contains=[{"sha256": sha}], tot__lte=nu):
        if rij.tot is not None and not intrekking_geldt(rij):
            _leg_einde_vast(rij, rij.tot, reden, door, grafsteen=True)
    if vorige is None or vorige.tot is not None or not met.filter(pk=vorige.pk).exists():
        return
    html, metadata, bestanden = scans.zonder_scan(vorige.html, vorige.metadata, vorige.bestanden)
    trek_in(publicatie=vorige, reden=reden, door=door)
    publiceer_opnieuw(publicatie=vorige, vanaf=nu, door=door, html=html, metadata=metadata, bestanden=bestanden)


def verwerk_scan(pk: int) -> str:
    """Lees de tekst van een wachtende scan en maak haar openbaar; geef de stand. Mag vaker en tegelijk: één wint.

    Openbaar wordt de PDF zonder wie of wat haar maakte: een scanner noemt zijn bediener, Word zijn schrijver.
    """
    scan = Scan.objects.select_related("bestand").filter(pk=pk, stand=Scanstand.WACHT).first()
    if scan is None:
        return "overgeslagen"
    fout, gelezen = "", None
    try:
        gelezen = lees(scan.bestand.pad)
    except PdfLeesFout as geweigerd:
        fout = str(geweigerd)
    with transaction.atomic():
        _vergrendel([scan.sleutel])
        rij = Scan.objects.select_for_update().filter(pk=pk, stand=Scanstand.WACHT, bestand=scan.bestand).first()
        if rij is None:
            return "overgeslagen"
        rij.bladzijden, rij.fout = gelezen.bladzijden if gelezen else [], fout[:200]
        if gelezen:
            van = scan.bestand
            rij.bestand = bewaar_bytes(
                inhoud=gelezen.schoon, naam=van.naam, soort=van.soort, door=van.door, voorbeeld=van.voorbeeld
            )
        rij.stand = Scanstand.MISLUKT if fout else Scanstand.KLAAR if rij.met_tekst else Scanstand.NIET_DOORZOEKBAAR
        rij.save()
        vorige = laatste(rij.sleutel)
        if not fout and vorige is not None and vorige.tot is None:
            html, metadata, bestanden = scans.zonder_scan(vorige.html, vorige.metadata, vorige.bestanden)
            vanaf = max(vorige.vanaf, nu_())
            publiceer_opnieuw(
                publicatie=vorige, vanaf=vanaf, door=None, html=html, metadata=metadata, bestanden=bestanden
            )
    return str(rij.stand)


def _vergrendel(sleutels: Sequence[str]) -> datetime:
    """Laat handelingen op dezelfde sleutel na elkaar gaan; geef de tijd van de database ná het wachten."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('publicatie:' || s, 0)) FROM unnest(%s::text[]) s",
            [sorted(sleutels)],
        )
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


def _bewaar_woorden(publicaties: Iterable[Publicatie]) -> None:
    """Onthoud de woorden voor "bedoelde u", met het vroegste moment waarop zij openbaar zijn.

    Wat er al even vroeg staat blijft onaangeraakt, zodat wie tegelijk publiceert niet op elkaars woorden wacht.
    """
    lijst = woorden_van(publicaties)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO publicatie_woord (woord, vanaf) "
            "SELECT n.w, n.v FROM unnest(%s::text[], %s::timestamptz[]) n(w, v) WHERE NOT EXISTS "
            "(SELECT FROM publicatie_woord b WHERE b.woord = n.w AND b.vanaf <= n.v) ORDER BY n.w "
            "ON CONFLICT (woord) DO UPDATE SET vanaf = excluded.vanaf WHERE excluded.vanaf < publicatie_woord.vanaf",
            [[woord for woord, _ in lijst], [vanaf for _, vanaf in lijst]],
        )


def _vergeet_woorden(rijen: Sequence[Publicatie], nu: datetime) -> None:
    """Laat de woorden los die deze publicaties brachten: zij zijn weg, of werden nooit openbaar.

    Een woord dat ook in een andere staat, is openbaar vanaf die. Anders raadt het zoeken iemand een woord aan uit een
    titel die niemand mag zien, ook op de dag dat een herroepen embargo voorbij was gegaan.
    """
    bracht = dict(woorden_van(rijen))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.woord FROM publicatie_woord b JOIN unnest(%s::text[], %s::timestamptz[]) n(w, v) "
            "ON b.woord = n.w AND b.vanaf = n.v ORDER BY b.woord FOR UPDATE OF b",
            [list(bracht), list(bracht.values())],
        )
        los = {woord for (woord,) in cursor.fetchall()}
        if not los:
            return
        blijft = Publicatie.objects.filter(
            Q(tot__isnull=True) | Q(tot__gt=nu), ~Q(tot=F("vanaf")), vanaf__gte=min(rij.vanaf for rij in rijen)
        ).exclude(pk__in=[rij.pk for rij in rijen])
        elders = dict(woorden_van(blijft.only("titel", "metadata", "tekst", "vanaf").iterator(chunk_size=100)))
        over = {woord: elders[woord] for woord in los & elders.keys()}
        cursor.execute("DELETE FROM publicatie_woord WHERE woord = ANY(%s)", [sorted(los - over.keys())])
        cursor.execute(
            "UPDATE publicatie_woord b SET vanaf = n.v FROM unnest(%s::text[], %s::timestamptz[]) n(w, v) "
            "WHERE b.woord = n.w",
            [list(over), list(over.values())],
        )
