"""Wie er gehoord is: voor het scherm, en de openbare lijst bij het advies; en wat de kroonleden lezen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, Subquery

from adviezen.enums import MET_COMMISSIE, STAPPEN, SoortGehoorde
from adviezen.models import Adviestraject, Inspraak, Kroonledenopmerking, Voortgangsrapportage
from adviezen.models.blik import blik
from kern.tijd import datum_nl, vandaag

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def wanneer(rij: Inspraak) -> str:
    """Geef de dag of de periode in woorden."""
    return datum_nl(rij.van) if rij.tot in (None, rij.van) else f"{datum_nl(rij.van)} tot en met {datum_nl(rij.tot)}"


@dataclass(frozen=True)
class Regel:
    """Eén keer dat er gehoord is, met wie."""

    rij: Inspraak
    wanneer: str
    organisaties: list[str]
    personen: list[Any]


def regels(traject: Adviestraject, gebruiker: "Gebruiker") -> list[Regel]:
    """Geef wat er vastligt, op dag; twee zoekvragen."""
    rijen = Inspraak.objects.zichtbaar_voor(gebruiker).filter(traject=traject).prefetch_related("gehoorden")
    return [
        Regel(
            rij,
            wanneer(rij),
            [g.naam for g in rij.gehoorden.all() if g.soort == SoortGehoorde.ORGANISATIE],
            [g for g in rij.gehoorden.all() if g.soort == SoortGehoorde.PERSOON],
        )
        for rij in rijen.order_by("van", "pk")
    ]


def openbare_lijst(traject: Adviestraject) -> list[dict[str, Any]]:
    """Geef wat bij het advies openbaar wordt: vorm, dag en partijen; van personen alleen wie dat goedvond.

    Wat nog moet komen of niet openbaar is, staat er niet in. `anderen` telt de personen zonder naam.
    """
    rijen = Inspraak.objects.filter(traject=traject, openbaar=True, van__lte=vandaag()).prefetch_related("gehoorden")
    uit = []
    for rij in rijen.order_by("van", "pk"):
        alle = list(rij.gehoorden.all())
        uit.append(
            {
                "vorm": rij.get_vorm_display(),
                "van": rij.van.isoformat(),
                "tot": rij.tot.isoformat() if rij.tot else "",
                "wanneer": wanneer(rij),
                "partijen": [g.naam for g in alle if g.openbaar],
                "anderen": sum(not g.openbaar for g in alle),
            }
        )
    return uit


# --- kroonleden -------------------------------------------------------------------------------------------------


def is_kroonlezer(gebruiker: "Gebruiker") -> bool:
    """Of iemand kroonlid of plaatsvervangend kroonlid is."""
    b = blik(gebruiker)
    return b is not None and (b.kroonlid or b.kroon_plaatsvervanger)


def trajecten_voor_kroonleden(gebruiker: "Gebruiker") -> list[Any]:
    """Geef de lopende trajecten bij een commissie, met de laatste rapportage en het aantal opmerkingen."""
    laatste = Voortgangsrapportage.objects.zichtbaar_voor(gebruiker).filter(traject=OuterRef("pk")).order_by("-nummer")
    return list(
        Adviestraject.objects.zichtbaar_voor(gebruiker)
        .filter(stap__in=set(MET_COMMISSIE) & set(STAPPEN))
        .annotate(
            rapportage_op=Subquery(laatste.values("op")[:1]),
            rapportage_nummer=Subquery(laatste.values("nummer")[:1]),
            aantal_opmerkingen=Count("kroonledenopmerkingen", distinct=True),
            wachtend=Count(
                "kroonledenopmerkingen", filter=Q(kroonledenopmerkingen__overgebracht_op__isnull=True), distinct=True
            ),
        )
        .select_related("commissie", "secretaris")
        .order_by("commissie__sorteersleutel", "titel")
    )


def overleg(traject: Adviestraject, gebruiker: "Gebruiker") -> dict[str, Any]:
    """Geef de rapportages (jongste eerst) en de opmerkingen van het kroonledenoverleg bij een traject."""
    rapportages = list(
        Voortgangsrapportage.objects.zichtbaar_voor(gebruiker).filter(traject=traject).order_by("-nummer")
    )
    opmerkingen = (
        Kroonledenopmerking.objects.zichtbaar_voor(gebruiker)
        .filter(traject=traject)
        .select_related("versie", "overgebracht_door", "als_opmerking", "als_agendapunt__vergadering")
        .defer("versie__html")
    )
    return {
        "traject": traject,
        "laatste": rapportages[0] if rapportages else None,
        "eerdere": rapportages[1:],
        "opmerkingen": list(opmerkingen.order_by("-pk")),
    }
