"""Lezen uit de raad: wie zit waar op een dag. Elke functie doet een vast aantal zoekvragen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet

from raad.enums import Geleding, SoortBenoeming, Voorzittersfunctie
from raad.indeling import Zittend
from raad.models import (
    Benoeming,
    DagelijksBestuurslid,
    MinisterieVertegenwoordiger,
    Nevenfunctie,
    Organisatie,
    OrganisatieContact,
    Persoon,
    Voorzitterschap,
    Zetel,
    Zetelverdeling,
    Zittingsperiode,
)
from raad.models.tijdvak import geldt_op
from toegang.models import Gebruiker


@dataclass(frozen=True)
class ZetelOp:
    """Een zetel zoals die er op een dag uitziet. Zonder `lid` is de zetel vacant (of de naam niet bekend)."""

    zetel: Zetel
    lid: Persoon | None
    plaatsvervanger: Persoon | None
    geleding: Geleding
    organisatie: Organisatie | None
    lid_benoeming: Benoeming | None = None
    plaatsvervanger_benoeming: Benoeming | None = None
    onbekend_benoeming: Benoeming | None = None


def periode_op(dag: date) -> Zittingsperiode | None:
    """De zittingsperiode van die dag. In de voorbeeldwereld gaat de voorbeeldperiode voor de echte."""
    return Zittingsperiode.objects.filter(geldt_op(dag)).order_by("-voorbeeld").first()


def verdeling_op(periode: Zittingsperiode, dag: date) -> Zetelverdeling | None:
    """De zetelverdeling die op de dag gold."""
    return periode.verdelingen.filter(vanaf__lte=dag).order_by("-vanaf").first()


def zetels_op(dag: date, periode: Zittingsperiode | None = None) -> list[ZetelOp]:
    """Alle zetels van die dag op nummer, met wie erin zit. Drie zoekvragen, hoeveel zetels er ook zijn."""
    periode = periode or periode_op(dag)
    if periode is None:
        return []
    zetels = list(Zetel.objects.filter(geldt_op(dag), periode=periode).select_related("organisatie").order_by("nummer"))
    bezet: dict[tuple[int, str], Benoeming] = {
        (b.zetel_id, b.soort): b
        for b in Benoeming.objects.filter(geldt_op(dag), zetel__in=zetels).select_related("persoon")
    }
    uit = []
    for zetel in zetels:
        lid = bezet.get((zetel.pk, SoortBenoeming.LID))
        vervanger = bezet.get((zetel.pk, SoortBenoeming.PLAATSVERVANGER))
        uit.append(
            ZetelOp(
                zetel=zetel,
                lid=lid.persoon if lid else None,
                plaatsvervanger=vervanger.persoon if vervanger else None,
                geleding=Geleding(zetel.geleding),
                organisatie=zetel.organisatie,
                lid_benoeming=lid,
                plaatsvervanger_benoeming=vervanger,
                onbekend_benoeming=bezet.get((zetel.pk, SoortBenoeming.ONBEKEND)),
            )
        )
    return uit


def zittende_leden(dag: date) -> QuerySet[Persoon]:
    """De leden (geen plaatsvervangers) die op de dag een zetel hebben, op achternaam."""
    lid = Benoeming.objects.filter(
        geldt_op(dag), soort=SoortBenoeming.LID, zetel__periode=periode_op(dag), persoon=OuterRef("pk")
    )
    return Persoon.objects.filter(Exists(lid))


def organisaties_met_zetels(dag: date) -> QuerySet[Organisatie]:
    """De organisaties die op de dag een zetel hebben; zij worden gevraagd in een achterbanberaad."""
    zetel = Zetel.objects.filter(geldt_op(dag), periode=periode_op(dag), organisatie=OuterRef("pk"))
    return Organisatie.objects.filter(Exists(zetel)).order_by("geleding", "naam")


def db_leden(dag: date) -> QuerySet[Persoon]:
    """De leden van het dagelijks bestuur op de dag."""
    bestuur = DagelijksBestuurslid.objects.filter(geldt_op(dag), persoon=OuterRef("pk"))
    return zittende_leden(dag).filter(Exists(bestuur))


def voorzitters_op(dag: date, periode: Zittingsperiode | None = None) -> dict[str, Voorzitterschap]:
    """Functie -> voorzitterschap van die dag, in de wereld van de zittingsperiode."""
    periode = periode or periode_op(dag)
    rijen = Voorzitterschap.objects.filter(geldt_op(dag), voorbeeld=bool(periode and periode.voorbeeld)).select_related(
        "persoon"
    )
    return {rij.functie: rij for rij in rijen}


def voorzitter(dag: date) -> Persoon | None:
    """De voorzitter van de raad op de dag."""
    rij = voorzitters_op(dag).get(Voorzittersfunctie.VOORZITTER)
    return rij.persoon if rij else None


def coordinatoren(organisatie: Organisatie, dag: date) -> QuerySet[Gebruiker]:
    """De accounts die op de dag voor de organisatie het achterbanberaad regelen."""
    contact = OrganisatieContact.objects.filter(geldt_op(dag), organisatie=organisatie, gebruiker=OuterRef("pk"))
    return Gebruiker.objects.filter(Exists(contact), is_active=True).order_by("naam", "pk")


def namens_organisaties(dag: date) -> dict[int, dict[int, str]]:
    """Organisatie -> wie er op de dag met een werkend account namens haar is, als account -> naam.

    Eerst haar coördinatoren, dan haar leden en hun plaatsvervangers op zetelnummer. Vier of vijf zoekvragen.
    """
    uit: dict[int, dict[int, str]] = defaultdict(dict)
    for contact in contacten_op(dag):
        uit[contact.organisatie_id][contact.gebruiker_id] = f"{contact.gebruiker.naam} (coördinator)"
    for zetel in zetels_op(dag):
        for persoon in (zetel.lid, zetel.plaatsvervanger):
            if zetel.organisatie is not None and persoon is not None and persoon.gebruiker_id is not None:
                uit[zetel.organisatie.pk].setdefault(persoon.gebruiker_id, persoon.naam)
    alle = {pk for accounts in uit.values() for pk in accounts}
    werkt = set(Gebruiker.objects.filter(pk__in=alle, is_active=True).values_list("pk", flat=True))
    return {
        organisatie: {pk: naam for pk, naam in accounts.items() if pk in werkt} for organisatie, accounts in uit.items()
    }


def benoeming_van(persoon: Persoon, dag: date) -> Benoeming | None:
    """De benoeming van de persoon op de dag, met zetel en organisatie; None als die er niet is."""
    return persoon.benoemingen.filter(geldt_op(dag)).select_related("zetel__organisatie", "zetel__periode").first()


def bezetting(dag: date) -> list[Benoeming]:
    """De benoemingen die op de dag gelden of nog komen, eerst wat het eerst begint, met persoon en zetel."""
    rijen = Benoeming.objects.exclude(tot__lte=dag).exclude(soort=SoortBenoeming.ONBEKEND)
    return list(rijen.select_related("persoon", "zetel__organisatie").order_by("van", "pk"))


def naamgenoten(naam: str) -> QuerySet[Persoon]:
    """De personen die al zo heten, in de wereld waarin een nieuwe persoon komt."""
    return Persoon.objects.filter(naam__iexact=" ".join(naam.split()), voorbeeld=settings.VOORBEELD)


def is_kroonlid_of_vervanger(persoon: Persoon, dag: date) -> bool:
    """Of de persoon op de dag kroonlid of plaatsvervangend kroonlid is (regel 17)."""
    return persoon.benoemingen.filter(geldt_op(dag), zetel__geleding=Geleding.KROONLEDEN).exists()


def aflopend(dag: date, voor: date, periode: Zittingsperiode | None = None) -> QuerySet[Benoeming]:
    """Benoemingen die op de dag gelden en voor `voor` eindigen, eerst wat het eerst afloopt."""
    return (
        Benoeming.objects.filter(geldt_op(dag), zetel__periode=periode or periode_op(dag), tot__lt=voor)
        .select_related("persoon", "zetel__organisatie")
        .order_by("tot", "zetel__nummer", "soort")
    )


def bestuur_op(dag: date, periode: Zittingsperiode | None = None) -> list[tuple[Geleding, list[DagelijksBestuurslid]]]:
    """Het dagelijks bestuur op de dag, per geleding. Twee zoekvragen."""
    periode = periode or periode_op(dag)
    zetel_geleding = dict(
        Benoeming.objects.filter(geldt_op(dag), soort=SoortBenoeming.LID, zetel__periode=periode).values_list(
            "persoon_id", "zetel__geleding"
        )
    )
    rijen = DagelijksBestuurslid.objects.filter(geldt_op(dag), persoon__in=zetel_geleding).select_related("persoon")
    per_geleding: dict[str, list[DagelijksBestuurslid]] = {geleding: [] for geleding in Geleding}
    for rij in rijen.order_by("persoon__sorteersleutel"):
        per_geleding[zetel_geleding[rij.persoon_id]].append(rij)
    return [(geleding, per_geleding[geleding]) for geleding in Geleding]


def contacten_op(dag: date) -> QuerySet[OrganisatieContact]:
    """De contactpersonen van organisaties op de dag."""
    return (
        OrganisatieContact.objects.filter(geldt_op(dag))
        .select_related("gebruiker", "organisatie")
        .order_by("organisatie__geleding", "organisatie__naam", "gebruiker__naam")
    )


@dataclass(frozen=True)
class Openstaand:
    """Wat er nog te doen is aan benoemingen: aanvaarden, of bekendmaken."""

    niet_aanvaard: list[Benoeming]
    niet_bekend: list[Benoeming]


def openstaand(dag: date) -> Openstaand:
    """Meegedeelde of aanvaarde benoemingen die nog niet zijn bekendgemaakt en niet voor de dag eindigden."""
    rijen = list(
        Benoeming.objects.filter(bekendgemaakt_op__isnull=True, zetel__periode__volledig=True)
        .exclude(meegedeeld_op__isnull=True, aanvaard_op__isnull=True)
        .exclude(tot__lte=dag)
        .select_related("persoon", "zetel__organisatie")
        .order_by("meegedeeld_op", "zetel__nummer")
    )
    return Openstaand([b for b in rijen if b.aanvaard_op is None], [b for b in rijen if b.aanvaard_op is not None])


def vertegenwoordigers_op(dag: date, *, voorbeeld: bool | None = None) -> QuerySet[MinisterieVertegenwoordiger]:
    """Wie op de dag een ministerie vertegenwoordigt of vervangt, vertegenwoordigers voor hun vervangers."""
    rijen = MinisterieVertegenwoordiger.objects.filter(geldt_op(dag)).select_related("persoon", "vervangt__persoon")
    if voorbeeld is not None:
        rijen = rijen.filter(persoon__voorbeeld=voorbeeld)
    return rijen.order_by("ministerie", F("vervangt").asc(nulls_first=True), "persoon__sorteersleutel")


def nevenfuncties_op(dag: date, periode: Zittingsperiode | None) -> QuerySet[Nevenfunctie]:
    """De nevenfuncties op de dag van wie dan een zetel heeft, als lid of plaatsvervanger."""
    zit = Benoeming.objects.filter(geldt_op(dag), zetel__periode=periode, persoon=OuterRef("persoon"))
    return (
        Nevenfunctie.objects.filter(geldt_op(dag), Exists(zit))
        .select_related("persoon")
        .order_by("persoon__sorteersleutel", "-betaald", "functie")
    )


def zittend(dag: date, periode: Zittingsperiode) -> list[Zittend]:
    """Wie op de dag zit, op zetelnummer, voor het voorstel van een nieuwe periode."""
    uit = []
    for plek in zetels_op(dag, periode):
        organisatie = plek.organisatie
        groep = (plek.geleding, organisatie.pk if organisatie else 0, plek.zetel.bijzonder)
        van_wie = organisatie.naam if organisatie else plek.zetel.get_bijzonder_display() or "de Kroon"
        for soort, persoon in ((SoortBenoeming.LID, plek.lid), (SoortBenoeming.PLAATSVERVANGER, plek.plaatsvervanger)):
            if persoon is not None:
                uit.append(Zittend(persoon.pk, persoon.naam, soort, groep, van_wie))
    return uit


def met_onverenigbaar_ambt(dag: date) -> set[int]:
    """De personen die op de dag een onverenigbaar ambt hebben (regel 5)."""
    ambten = Nevenfunctie.objects.filter(geldt_op(dag)).exclude(onverenigbaar="")
    return set(ambten.values_list("persoon_id", flat=True))
