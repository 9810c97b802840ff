"""Stap 7: vastleggen wat de raad vond, met wie, en de minderheidsnota's (Wet op de SER art. 45; SER-Wijzer 20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.enums import Raadsoordeel, Stap
from adviezen.models import Adviestraject, Agendering, Minderheidsnota, OpvattingRij, Registratie, Steun
from adviezen.policies.raad import lopende_agendering
from adviezen.queries.standpunten import Stemmer, Verdeling, bereken, stemmers
from kern.blokken import munt
from kern.fouten import GeenToegang, InvoerFout
from kern.html import platte_tekst, schoon
from kern.tijd import nu
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from raad.models import Persoon
    from stukken.models import Bestand
    from toegang.models import Gebruiker


@dataclass(frozen=True)
class Opvattinginvoer:
    """Een opvatting zoals de secretaris haar invoert. Lege woorden en voetnoot: neem het voorstel over."""

    tekst: str
    zetels: frozenset[int]
    aanduiding: str = ""
    voetnoot: str = ""


def _open(traject: Adviestraject, versie: int | None, door: "Gebruiker") -> tuple[Adviestraject, Agendering]:
    vers = vergrendel(traject.pk, versie)
    if not permissions.mag_als_raadssecretaris(vers, door):
        raise GeenToegang
    agendering = lopende_agendering(vers)
    if vers.stap != Stap.VASTSTELLING or agendering is None:
        raise InvoerFout("", "Standpunten leggen we vast terwijl de raad het advies behandelt (stap 7).")
    return vers, agendering


@transaction.atomic
def leg_passage_vast(
    *,
    traject: Adviestraject,
    versie: int | None,
    passage: str,
    opvattingen: Sequence[Opvattinginvoer],
    door: "Gebruiker",
    blok: str = "",
    marge: int = 4,
    registratie: Registratie | None = None,
) -> Registratie:
    """Leg vast wie wat vond over een passage, en geef de registratie; met `registratie` vervangt dit de vorige.

    Alleen wie bij dit agendapunt stemt, telt mee, en elke zetel hoogstens één keer. De vaste woorden volgen uit de
    aantallen; een andere tekst mag alleen waar de bron zwijgt (`voorstel`). Werpt InvoerFout met wie of wat.
    """
    vers, agendering = _open(traject, versie, door)
    passage = passage.strip()
    if not passage:
        raise InvoerFout("passage", "Noem of citeer de passage waar het om gaat.")
    gevuld = [o for o in opvattingen if o.tekst.strip() or o.zetels]
    if not gevuld:
        raise InvoerFout("opvatting_0", "Schrijf ten minste één opvatting op.")
    aanwezig = stemmers(agendering)
    _keur(gevuld, aanwezig)
    uitkomst = bereken(aanwezig, [Verdeling(o.tekst, o.zetels) for o in gevuld], marge=marge)
    if registratie is None:
        registratie = Registratie(agendering=agendering, volgorde=agendering.registraties.count() + 1)
    elif registratie.agendering_id != agendering.pk:
        raise InvoerFout("", "Deze passage hoort bij een andere vergadering.")
    registratie.passage, registratie.blok, registratie.marge = passage, blok, marge
    registratie.save()
    Steun.objects.filter(registratie=registratie).delete()
    registratie.opvattingen.all().delete()
    personen = {s.zetel_pk: s.persoon_pk for s in aanwezig}
    for plaats, (invoer, deel) in enumerate(zip(gevuld, uitkomst.delen, strict=True)):
        aanduiding, voetnoot = _woorden(invoer, deel.aanduiding, deel.voetnoot, deel.voorstel, plaats)
        rij = OpvattingRij.objects.create(
            registratie=registratie,
            sleutel=deel.sleutel,
            tekst=invoer.tekst.strip(),
            volgorde=plaats,
            aanduiding=aanduiding,
            voetnoot=voetnoot,
            aangepast=(aanduiding, voetnoot) != (deel.aanduiding, deel.voetnoot),
        )
        Steun.objects.bulk_create(
            Steun(registratie=registratie, opvatting=rij, zetel_id=zetel, persoon_id=personen[zetel])
            for zetel in sorted(invoer.zetels)
        )
    _leg_vast(vers, door, "leg_passage_vast", {"passage": registratie.pk, "aantallen": [len(o.zetels) for o in gevuld]})
    return registratie


def _keur(opvattingen: Sequence[Opvattinginvoer], aanwezig: Sequence[Stemmer]) -> None:
    mag = {s.zetel_pk for s in aanwezig}
    naam = {s.zetel_pk: s.naam for s in aanwezig}
    gezien: set[int] = set()
    for plaats, opvatting in enumerate(opvattingen):
        if not opvatting.tekst.strip():
            raise InvoerFout(f"opvatting_{plaats}", "Schrijf de opvatting op waar deze leden achter staan.")
        if not opvatting.zetels:
            raise InvoerFout(f"opvatting_{plaats}", "Niemand staat bij deze opvatting. Kies wie haar steunen.")
        if opvatting.zetels - mag:
            raise InvoerFout(
                f"opvatting_{plaats}", "Er is iemand gekozen die bij dit agendapunt niet aanwezig is of niet stemt."
            )
        dubbel = gezien & opvatting.zetels
        if dubbel:
            raise InvoerFout(f"opvatting_{plaats}", f"{naam[min(dubbel)]} steunt al een andere opvatting.")
        gezien |= opvatting.zetels


def _woorden(invoer: Opvattinginvoer, aanduiding: str, voetnoot: str, voorstel: bool, plaats: int) -> tuple[str, str]:
    eigen = (invoer.aanduiding.strip() or aanduiding, invoer.voetnoot.strip() or voetnoot)
    if eigen != (aanduiding, voetnoot) and not voorstel:
        raise InvoerFout(
            f"opvatting_{plaats}", f"Bij deze aantallen staan de woorden vast: “{aanduiding}” en “{voetnoot}”."
        )
    return eigen


@transaction.atomic
def verwijder_passage(
    *, traject: Adviestraject, versie: int | None, registratie: Registratie, door: "Gebruiker"
) -> None:
    """Haal een verkeerd vastgelegde passage weg zolang het advies niet is vastgesteld; het logboek weet het nog."""
    vers, agendering = _open(traject, versie, door)
    if registratie.agendering_id != agendering.pk:
        raise InvoerFout("", "Deze passage hoort bij een andere vergadering.")
    if registratie.minderheidsnotas.exists():
        raise InvoerFout("", "Bij deze passage hoort een minderheidsnota. Haal die eerst weg.")
    tekst = registratie.passage
    Steun.objects.filter(registratie=registratie).delete()
    registratie.opvattingen.all().delete()
    registratie.delete()
    _leg_vast(vers, door, "verwijder_passage", {"passage": tekst[:200]})


@transaction.atomic
def leg_oordeel_vast(*, traject: Adviestraject, versie: int | None, oordeel: str, door: "Gebruiker") -> Agendering:
    """Leg vast dat de raad unaniem of verdeeld is. Unaniem kan niet naast uiteenlopende standpunten (regel 35)."""
    vers, agendering = _open(traject, versie, door)
    if oordeel not in Raadsoordeel.values:
        raise InvoerFout("oordeel", "Kies unaniem of verdeeld.")
    verdeeld = any(r.opvattingen.count() > 1 for r in agendering.registraties.all())
    if oordeel == Raadsoordeel.UNANIEM and verdeeld:
        raise InvoerFout("oordeel", "Er is een afwijkend standpunt vastgelegd; unaniem kan dan niet.")
    if oordeel == Raadsoordeel.VERDEELD and not verdeeld:
        raise InvoerFout("oordeel", "Leg eerst de uiteenlopende standpunten vast, of kies unaniem.")
    agendering.oordeel = oordeel
    agendering.standpunten_vastgelegd_op, agendering.standpunten_vastgelegd_door = nu(), door
    agendering.save()
    _leg_vast(vers, door, "leg_oordeel_vast", {"oordeel": oordeel})
    return agendering


@transaction.atomic
def voeg_nota_toe(
    *,
    traject: Adviestraject,
    versie: int | None,
    titel: str,
    leden: "Sequence[Persoon]",
    door: "Gebruiker",
    tekst: str = "",
    bestand: "Bestand | None" = None,
    registratie: Registratie | None = None,
) -> Minderheidsnota:
    """Voeg een minderheidsnota toe van leden die hun standpunt in deze vergadering verdedigden (regel 37).

    `tekst` is HTML of gewone tekst. Werpt InvoerFout ("titel", "tekst", "leden").
    """
    vers, agendering = _open(traject, versie, door)
    if not titel.strip():
        raise InvoerFout("titel", "Geef de minderheidsnota een titel.")
    html = munt(schoon(tekst)) if tekst.strip() else ""
    if not platte_tekst(html).strip() and bestand is None:
        raise InvoerFout("tekst", "Voeg de tekst of het bestand van de minderheidsnota toe.")
    if not leden:
        raise InvoerFout("leden", "Noem de leden achter de minderheidsnota.")
    verdedigd = set(Steun.objects.filter(registratie__agendering=agendering).values_list("persoon_id", flat=True))
    stemmen = {s.persoon_pk for s in stemmers(agendering)}
    for lid in leden:
        if lid.pk not in stemmen:
            raise InvoerFout("leden", f"{lid.naam} stemt niet bij dit agendapunt en kan geen nota toevoegen.")
        if lid.pk not in verdedigd:
            raise InvoerFout(
                "leden", f"{lid.naam} verdedigde geen standpunt in deze vergadering. Leg dat standpunt eerst vast."
            )
    nota: Minderheidsnota = Minderheidsnota.objects.create(
        agendering=agendering, registratie=registratie, titel=titel.strip(), html=html, bestand=bestand
    )
    nota.leden.set(leden)
    _leg_vast(vers, door, "voeg_nota_toe", {"nota": nota.pk, "leden": [lid.pk for lid in leden]})
    return nota


@transaction.atomic
def verwijder_nota(*, traject: Adviestraject, versie: int | None, nota: Minderheidsnota, door: "Gebruiker") -> None:
    """Haal een minderheidsnota weg zolang het advies niet is vastgesteld."""
    vers, agendering = _open(traject, versie, door)
    if nota.agendering_id != agendering.pk:
        raise InvoerFout("", "Deze nota hoort bij een andere vergadering.")
    titel = nota.titel
    nota.leden.clear()
    nota.delete()
    _leg_vast(vers, door, "verwijder_nota", {"titel": titel})


def _leg_vast(traject: Adviestraject, door: "Gebruiker", soort: str, gegevens: dict[str, object]) -> None:
    hoog_op(traject)
    leg_vast(soort=f"adviezen.{soort}", object=traject, door=door, gegevens=gegevens)
