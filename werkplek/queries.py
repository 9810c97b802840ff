"""Het beginscherm van het secretariaat: wat vandaag moet, wat fout dreigt te gaan, en het overzicht."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from adviezen.enums import STAPPEN, Stap
from adviezen.models import Achterbanberaad, Adviestraject, Knelpunt
from adviezen.queries import bladzijde
from berichten.enums import Status as Berichtstatus
from berichten.models import Bericht
from kern.componenten import Cel, Kop, Matrix, Rij
from kern.tijd import datum_nl, duur_nl
from termijnen.models import Termijn
from termijnen.queries import urgentste_eerst, van_mij
from toegang.models import Gebruiker
from vergaderingen.enums import Orgaan
from vergaderingen.enums import Status as Vergaderstatus
from vergaderingen.models import Vergadering

# Zo ver vooruit kijkt het beginscherm naar termijnen; zo lang mag een ontvangstbevestiging duren.
VOORUIT, BEVESTIGEN, VOORBEREIDING = timedelta(days=14), timedelta(days=7), timedelta(days=14)
VAN = ("mij", "waarneming", "alle")


@dataclass(frozen=True)
class Uitzondering:
    """Iets dat aandacht vraagt: hoe erg ("fout" of "letop"), wat, en waar het te verhelpen is."""

    ernst: str
    tekst: str
    link: str


def trajecten_van(gebruiker: Gebruiker, van: str) -> Any:
    """Geef de lopende trajecten van mij, die ik waarneem, of alle."""
    lopend = bladzijde.lijst(gebruiker).filter(stap__in=STAPPEN)
    if van == "mij":
        return lopend.filter(secretaris=gebruiker)
    return lopend.filter(waarnemer=gebruiker) if van == "waarneming" else lopend


def aan_zet(gebruiker: Gebruiker, van: str, aantal: int = 12) -> tuple[list[Any], int]:
    """Geef de trajecten met hun beurt, eerst wat het eerst klaar moet zijn, en hoeveel er in totaal zijn."""
    trajecten = list(trajecten_van(gebruiker, van))
    rijen = bladzijde.met_beurt(trajecten)
    rijen.sort(key=lambda rij: (rij[1].tot is None, rij[1].tot or date.max, rij[0].stap_sinds))
    return rijen[:aantal], len(rijen)


def termijnen(gebruiker: Gebruiker, van: str, dag: date, aantal: int = 10) -> list[Termijn]:
    """Geef de termijnen die voorbij zijn of binnen twee weken aflopen, urgentste eerst."""
    lopend = Termijn.objects.zichtbaar_voor(gebruiker).lopend().filter(vervalt_op__lte=dag + VOORUIT)
    if van == "mij":
        lopend = lopend.filter(van_mij(gebruiker))
    return list(urgentste_eerst(lopend, dag).select_related("eigenaar")[:aantal])


def uitzonderingen(gebruiker: Gebruiker, dag: date) -> list[Uitzondering]:
    """Geef wat fout is gegaan of dreigt te gaan, ergst eerst. Een vast aantal zoekvragen."""
    uit: list[Uitzondering] = []
    mislukt = Bericht.objects.filter(status=Berichtstatus.MISLUKT).count()
    if mislukt:
        woord = "bericht kon" if mislukt == 1 else "berichten konden"
        uit.append(Uitzondering("fout", f"{mislukt} {woord} niet worden verstuurd", "/werk/berichten/"))
    verstreken = Termijn.objects.zichtbaar_voor(gebruiker).lopend().filter(vervalt_op__lt=dag).count()
    if verstreken:
        woord = "termijn is" if verstreken == 1 else "termijnen zijn"
        uit.append(Uitzondering("fout", f"{verstreken} {woord} verstreken", "/werk/termijnen/"))
    zichtbaar = Adviestraject.objects.zichtbaar_voor(gebruiker)
    for traject in zichtbaar.filter(
        stap__in=(Stap.AANVRAAG, Stap.TOEWIJZING),
        aanvraag__ontvangst_bevestigd_op__isnull=True,
        aanvraag__ontvangen_op__lte=dag - BEVESTIGEN,
    ).select_related("aanvraag"):
        sinds = datum_nl(traject.aanvraag.ontvangen_op)
        uit.append(
            Uitzondering(
                "letop",
                f"{traject.titel}: ontvangst nog niet bevestigd (ontvangen {sinds})",
                reverse("adviezen:aanvraag", kwargs={"slug": traject.slug}),
            )
        )
    for knelpunt in Knelpunt.objects.filter(
        gezien_op__isnull=True, deelname__beraad__traject__in=zichtbaar
    ).select_related("deelname__organisatie", "deelname__beraad__traject"):
        traject = knelpunt.deelname.beraad.traject
        uit.append(
            Uitzondering(
                "letop",
                f"{knelpunt.deelname.organisatie.naam} meldt een knelpunt bij {traject.titel}",
                f"/werk/trajecten/{traject.slug}/reacties/",
            )
        )
    return uit + _stille_organisaties(zichtbaar, dag) + _vergaderingen(dag)


def _stille_organisaties(zichtbaar: Any, dag: date) -> list[Uitzondering]:
    beraden = (
        Achterbanberaad.objects.filter(
            traject__in=zichtbaar,
            geopend_op__isnull=False,
            gesloten_op__isnull=True,
            uiterlijk_op__lte=dag + timedelta(days=7),
        )
        .annotate(stil=Count("deelnames", filter=~Q(deelnames__reactie__status__in=["ingediend", "geen_reactie"])))
        .filter(stil__gt=0)
        .select_related("traject")
    )
    uit = []
    for beraad in beraden:
        assert beraad.uiterlijk_op is not None  # noqa: S101 - een open ronde heeft een termijn
        dagen = (beraad.uiterlijk_op - dag).days
        woord = "organisatie reageerde" if beraad.stil == 1 else "organisaties reageerden"
        uit.append(
            Uitzondering(
                "fout" if dagen < 0 else "letop",
                f"{beraad.traject.titel}: {beraad.stil} {woord} nog niet ({duur_nl(dagen)})",
                f"/werk/trajecten/{beraad.traject.slug}/reacties/",
            )
        )
    return uit


def _vergaderingen(dag: date) -> list[Uitzondering]:
    binnenkort = Vergadering.objects.filter(
        orgaan__in=(Orgaan.RAAD, Orgaan.DAGELIJKS_BESTUUR),
        status=Vergaderstatus.GEPLAND,
        datum__range=(dag, dag + VOORBEREIDING),
    ).order_by("datum")
    return [
        Uitzondering(
            "letop",
            f"{v}: leden zijn nog niet opgeroepen ({duur_nl((v.datum - dag).days)})",
            f"/werk/vergaderingen/{v.slug}/",
        )
        for v in binnenkort
        if v.datum is not None
    ]


def fasen(gebruiker: Gebruiker) -> Matrix | None:
    """Geef de telling van stap maal commissie; elk getal is een link naar de lijst. None zonder trajecten."""
    rijen = (
        bladzijde.lijst(gebruiker)
        .filter(stap__in=STAPPEN)
        .order_by()
        .values_list("commissie__naam", "commissie__slug", "stap")
        .annotate(aantal=Count("pk"))
    )
    telling: dict[tuple[str, str], Counter[str]] = {}
    for naam, slug, stap, aantal in rijen:
        telling.setdefault((naam or "", slug or ""), Counter())[stap] += aantal
    if not telling:
        return None
    lijst = reverse("adviezen:lijst")
    totalen: Counter[str] = Counter()
    for per_stap in telling.values():
        totalen.update(per_stap)
    return Matrix(
        titel="Lopende trajecten per stap en commissie",
        hoek="Commissie",
        kolommen=[Kop(s.label, f"stap {n}", f"{lijst}?stap={s}") for n, s in enumerate(STAPPEN, 1)],
        rijen=[
            Rij(
                Kop(naam or "Nog niet toegewezen", url=f"{lijst}?commissie={slug}" if slug else ""),
                [
                    Cel(str(per_stap[s]), "bezig", f"{lijst}?stap={s}" + (f"&commissie={slug}" if slug else ""))
                    if per_stap[s]
                    else Cel("–", "leeg")
                    for s in STAPPEN
                ],
                str(sum(per_stap.values())),
            )
            for (naam, slug), per_stap in sorted(telling.items(), key=lambda paar: (paar[0][0] == "", paar[0][0]))
        ],
        totaalkop="Samen",
        kolomtotalen=[*(str(totalen[s]) for s in STAPPEN), str(sum(totalen.values()))],
    )


def komende_vergaderingen(dag: date, aantal: int = 5) -> Any:
    """Geef de eerstvolgende vergaderingen van raad en dagelijks bestuur, met het aantal agendapunten."""
    return (
        Vergadering.objects.filter(orgaan__in=(Orgaan.RAAD, Orgaan.DAGELIJKS_BESTUUR), datum__gte=dag)
        .exclude(status=Vergaderstatus.AFGELAST)
        .annotate(punten=Count("agendapunten", filter=Q(agendapunten__vervallen_reden="")))
        .order_by("datum", "pk")[:aantal]
    )
