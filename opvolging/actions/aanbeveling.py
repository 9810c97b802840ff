"""Per aanbeveling vastleggen wat het kabinet antwoordde, wat ervan kwam en waaruit dat blijkt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from adviezen.models import Aanbeveling, Advies, Geadresseerde
from adviezen.openbaar import sleutel_van
from kern.fouten import GeenToegang, InvoerFout
from kern.models import Precisie
from kern.tijd import datum_nl, nu, vandaag
from logboek.actions import leg_vast
from opvolging import permissions
from opvolging.enums import MET_BEWIJS, MET_CITAAT, Oordeel, SoortBewijs, Stand
from opvolging.models import Antwoord, Bewijs, Kabinetsreactie, Opvolgstand
from opvolging.models.aanbeveling import na_wachttijd
from opvolging.queries.aanbeveling import bewijzen_van, geldende_antwoorden, laatste_stand
from opvolging.queries.evaluatie import begindag
from publicatie.queries import openbaar

if TYPE_CHECKING:
    from stukken.models import Bestand
    from toegang.models import Gebruiker


@dataclass(frozen=True)
class Antwoordregel:
    """Wat er op één regel van de matrix staat; `gezien` is het antwoord dat op het scherm stond (pk of None)."""

    aanbeveling: Aanbeveling
    oordeel: str
    citaat: str = ""
    vindplaats: str = ""
    motivering: str = ""
    geadresseerde: Geadresseerde | None = None
    gezien: int | None = None


@transaction.atomic
def leg_antwoorden_vast(
    *, advies: Advies, reactie: Kabinetsreactie, regels: Sequence[Antwoordregel], door: "Gebruiker"
) -> list[Antwoord]:
    """Leg vast wat `reactie` over de aanbevelingen van `advies` zegt, en geef de nieuwe antwoorden.

    Alleen wat anders is dan wat er stond wordt een nieuwe rij; het oude blijft in de geschiedenis. Alles of niets. Is
    de brief zelf nog niet openbaar, dan worden de antwoorden het op hetzelfde moment als de brief.
    Werpt InvoerFout met als veld "<pk van de aanbeveling>:<kolom>", en GeenToegang.
    """
    eis_recht(advies, door)
    # Opnieuw gelezen: de brief kan intussen herroepen zijn, en zijn moment bepaalt dat van de antwoorden.
    geldig = Kabinetsreactie.objects.filter(ingetrokken_op__isnull=True).filter(pk=reactie.pk, adviezen=advies).first()
    if geldig is None:
        raise InvoerFout("reactie", "Kies een geldige brief die over dit advies gaat.")
    stond = geldende_antwoorden(advies)
    nieuw = []
    for regel in regels:
        oud = stond.get((regel.aanbeveling.pk, regel.geadresseerde.pk if regel.geadresseerde else None))
        _keur_regel(advies, regel, oud)
        velden = {
            "oordeel": regel.oordeel,
            "citaat": regel.citaat.strip() if regel.oordeel in MET_CITAAT else "",
            "vindplaats": regel.vindplaats.strip(),
            "motivering": regel.motivering.strip(),
            "reactie": reactie,
        }
        if oud is not None and all(getattr(oud, naam) == waarde for naam, waarde in velden.items()):
            continue
        if (
            oud is not None
            and oud.reactie_id != reactie.pk
            and all(getattr(oud, naam) == waarde for naam, waarde in velden.items() if naam != "reactie")
        ):
            continue  # een andere brief gekozen zonder iets aan deze regel te veranderen
        nieuw.append(
            Antwoord.objects.create(
                aanbeveling=regel.aanbeveling,
                geadresseerde=regel.geadresseerde,
                **velden,
                **vaste_velden(advies, door, oud, samen=geldig.openbaar_vanaf),
            )
        )
    if nieuw:
        leg_vast(
            soort="opvolging.leg_antwoorden_vast",
            object=advies,
            door=door,
            gegevens={
                "reactie": reactie.pk,
                "antwoorden": {str(a.aanbeveling.nummer): a.oordeel for a in nieuw},
            },
        )
    return nieuw


@transaction.atomic
def zet_stand(
    *,
    aanbeveling: Aanbeveling,
    stand: str,
    motivering: str,
    door: "Gebruiker",
    per: date | None = None,
    gezien: int | None = None,
) -> Opvolgstand:
    """Leg vast wat er van een aanbeveling is gekomen, met reden, en geef de nieuwe stand.

    "In uitvoering" en "uitgevoerd" vragen een bewijs. `gezien` is de stand die op het scherm stond (pk of None); legde
    een ander intussen iets vast, dan wordt dit geweigerd. Werpt InvoerFout bij het veld, en GeenToegang.
    """
    eis_recht(aanbeveling.advies, door)
    dag, oud = per or vandaag(), laatste_stand(aanbeveling)
    if stand not in Stand.values:
        raise InvoerFout("stand", "Kies een stand.")
    if not motivering.strip():
        raise InvoerFout("motivering", "Schrijf waarom dit de stand is; het komt op de openbare bladzijde.")
    if dag > vandaag():
        raise InvoerFout("per", "De dag ligt in de toekomst.")
    basis = begindag(aanbeveling.advies)
    if basis is not None and dag < basis:
        raise InvoerFout("per", f"Het advies is van {datum_nl(basis)}.")
    if (oud.pk if oud else None) != gezien:
        raise InvoerFout("", "Een ander legde intussen een stand vast. Lees die eerst; uw tekst staat er nog.")
    if stand in MET_BEWIJS and not bewijzen_van(aanbeveling):
        raise InvoerFout("stand", f"“{Stand(stand).label.capitalize()}” vraagt een bewijs. Voeg dat eerst toe.")
    rij = Opvolgstand.objects.create(
        aanbeveling=aanbeveling,
        stand=stand,
        per=dag,
        motivering=motivering.strip(),
        **vaste_velden(aanbeveling.advies, door, oud),
    )
    _log("zet_stand", aanbeveling, door, {"stand": stand, "per": dag.isoformat()}, motivering)
    return rij


@transaction.atomic
def voeg_bewijs_toe(
    *,
    aanbevelingen: Sequence[Aanbeveling],
    soort: str,
    titel: str,
    door: "Gebruiker",
    datum: date | None = None,
    datum_precisie: str = Precisie.DAG,
    bron: str = "",
    toelichting: str = "",
    bestand: "Bestand | None" = None,
) -> Bewijs:
    """Voeg een bewijs toe bij aanbevelingen van één advies; ook jaren later. Werpt InvoerFout en GeenToegang."""
    if not aanbevelingen or len({a.advies_id for a in aanbevelingen}) != 1:
        raise InvoerFout("aanbevelingen", "Kies de aanbevelingen van dit advies waar het bewijs bij hoort.")
    advies = aanbevelingen[0].advies
    eis_recht(advies, door)
    if soort not in SoortBewijs.values:
        raise InvoerFout("soort", "Kies wat voor bewijs het is.")
    if not titel.strip():
        raise InvoerFout("titel", "Schrijf wat het is, bijvoorbeeld de naam van de wet.")
    if datum is not None and datum > vandaag():
        raise InvoerFout("datum", "De dag van het bewijs ligt in de toekomst.")
    if not (bron.strip() or bestand or toelichting.strip()):
        raise InvoerFout("bron", "Geef een bron, een bestand of een toelichting: anders is er niets na te gaan.")
    rij = Bewijs.objects.create(
        soort=soort,
        titel=titel.strip(),
        datum=datum,
        datum_precisie=datum_precisie if datum is not None else Precisie.ONBEKEND,
        bron=bron.strip(),
        toelichting=toelichting.strip(),
        bestand=bestand,
        **vaste_velden(advies, door, None),
    )
    rij.aanbevelingen.set(aanbevelingen)
    for aanbeveling in aanbevelingen:
        _log("voeg_bewijs_toe", aanbeveling, door, {"bewijs": rij.pk, "soort": soort})
    return rij


@transaction.atomic
def trek_bewijs_in(*, bewijs: Bewijs, reden: str, door: "Gebruiker") -> Bewijs:
    """Trek een bewijs in met een nieuwe rij; het oude blijft in de geschiedenis. Werpt InvoerFout en GeenToegang."""
    aanbevelingen = list(bewijs.aanbevelingen.select_related("advies"))
    advies = aanbevelingen[0].advies
    eis_recht(advies, door)
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden: zij blijft in de geschiedenis staan.")
    if bewijs.vervallen or Bewijs.objects.filter(vervangt=bewijs).exists():
        raise InvoerFout("", "Dit bewijs is al ingetrokken.")
    rij = Bewijs.objects.create(
        soort=bewijs.soort,
        titel=bewijs.titel,
        datum=bewijs.datum,
        datum_precisie=bewijs.datum_precisie,
        toelichting=reden.strip(),
        vervangt=bewijs,
        vervallen=True,
        **vaste_velden(advies, door, bewijs),
    )
    rij.aanbevelingen.set(aanbevelingen)
    for aanbeveling in aanbevelingen:
        _log("trek_bewijs_in", aanbeveling, door, {"bewijs": bewijs.pk}, reden)
    return rij


def eis_recht(advies: Advies, door: "Gebruiker") -> None:
    """Eis het recht, een openbaar advies, en het slot erop: wie tegelijk vastlegt, ziet daarna de eerste.

    Werpt GeenToegang en InvoerFout.
    """
    if not permissions.mag_vastleggen(door):
        raise GeenToegang
    Advies.objects.select_for_update(no_key=True, of=("self",)).get(pk=advies.pk)
    # Ook als er een verbeterde uitgave wacht: wat er nu staat is openbaar.
    if not openbaar(nu()).filter(sleutel=sleutel_van(advies)).exists():
        raise InvoerFout("", "Het advies is nog niet openbaar; de aanbevelingen liggen nog niet vast.")


def _keur_regel(advies: Advies, regel: Antwoordregel, oud: Antwoord | None) -> None:
    plaats = f"{regel.aanbeveling.pk}{f'/{regel.geadresseerde.pk}' if regel.geadresseerde else ''}"
    if regel.aanbeveling.advies_id != advies.pk:
        raise InvoerFout(f"{plaats}:oordeel", "Deze aanbeveling hoort bij een ander advies.")
    if (oud.pk if oud else None) != regel.gezien:
        raise InvoerFout(
            f"{plaats}:oordeel",
            "Een ander legde hier intussen een antwoord vast. Lees dat eerst; uw tekst staat er nog.",
        )
    if regel.oordeel not in Oordeel.values:
        raise InvoerFout(f"{plaats}:oordeel", "Kies wat het kabinet antwoordt.")
    if regel.oordeel in MET_CITAAT and not regel.citaat.strip():
        raise InvoerFout(f"{plaats}:citaat", "Citeer de zin uit de brief waaruit dit blijkt.")


def vaste_velden(advies: Advies, door: "Gebruiker", oud: Any, *, samen: datetime | None = None) -> Mapping[str, Any]:
    """Geef de velden van een blijvende rij; een rij die nog niet openbaar was, geeft haar moment door.

    `samen` is het moment van de brief waar zij uit komt: wacht die nog, dan worden zij samen openbaar.
    """
    moment: datetime = na_wachttijd()
    if oud is not None and oud.openbaar_vanaf > nu():
        moment = oud.openbaar_vanaf
    if samen is not None and samen > nu():
        moment = samen
    return {"door": door, "door_naam": door.naam, "op": nu(), "openbaar_vanaf": moment, "voorbeeld": advies.voorbeeld}


def _log(naam: str, object: models.Model, door: "Gebruiker", gegevens: dict[str, Any], reden: str = "") -> None:
    leg_vast(soort=f"opvolging.{naam}", object=object, door=door, reden=reden, gegevens=gegevens)
