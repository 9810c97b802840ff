"""Het beginscherm van het secretariaat: wat vandaag moet, wat fout dreigt te gaan, en het overzicht."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast
from django.urls import reverse

from adviezen.enums import STAPPEN, Stap
from adviezen.models import Achterbanberaad, Adviestraject
from adviezen.models.zicht import gereed
from adviezen.queries import bladzijde
from berichten.enums import Status as Berichtstatus
from berichten.models import Bericht
from berichten.queries import achterstand
from kern.componenten import Cel, Kop, Matrix, Rij
from kern.tijd import datum_nl, duur_nl
from termijnen.enums import Status as Termijnstatus
from termijnen.models import Termijn
from termijnen.queries import urgentste_eerst, van_mij, waargenomen
from toegang.models import Gebruiker
from vergaderingen.enums import Orgaan
from vergaderingen.enums import Status as Vergaderstatus
from vergaderingen.models import Vergadering
from werkplek.queries_wachtend import wachtend

# Zo ver vooruit kijkt het beginscherm naar termijnen; zo lang mag een ontvangstbevestiging duren.
VOORUIT, BEVESTIGEN, VOORBEREIDING = timedelta(days=14), timedelta(days=7), timedelta(days=14)
VAN = ("mij", "waarneming", "alle")
# Meer dan dit wordt geteld, niet uitgeschreven.
GRENS, MEESTE = 200, 2


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
    """Geef de trajecten met hun beurt, in de volgorde van de lijst erachter, en hoeveel er in totaal zijn."""
    rijen = bladzijde.op_volgorde(list(trajecten_van(gebruiker, van)), gebruiker)
    return rijen[:aantal], len(rijen)


@dataclass(frozen=True)
class Termijnstand:
    """Wat er nadert, voor deze persoon, en hoeveel er over alles heen verstreken zijn.

    `elders` zegt dat er termijnen weggelaten zijn omdat hun dag al bij een traject onder "Aan zet" staat.
    """

    rijen: tuple[tuple[Termijn, str], ...]
    verstreken: int
    elders: bool = False


def termijnstand(
    gebruiker: Gebruiker, van: str, dag: date, trajecten: Sequence[tuple[Any, Any]] = (), aantal: int = 8
) -> Termijnstand:
    """Geef de termijnen die voorbij zijn of binnen twee weken aflopen, urgentste eerst, met hun adres.

    `trajecten` zijn de rijen van `aan_zet`: een termijn die daar al met dag en naam staat, komt niet nog eens.
    """
    lopend = Termijn.objects.zichtbaar_voor(gebruiker).lopend().filter(vervalt_op__lte=dag + VOORUIT)
    # Eerst van wie, dan de grens: anders verdringen de verstreken termijnen van anderen de eigen.
    if van == "mij":
        lopend = lopend.filter(van_mij(gebruiker))
    elif van == "waarneming":
        lopend = lopend.filter(waargenomen(gebruiker))
    # De slug van het traject komt mee in dezelfde zoekvraag: niet per rij naar het adres zoeken.
    is_traject = When(object_soort=Adviestraject._meta.label_lower, then=Cast("object_id", BigIntegerField()))
    slug = Adviestraject.objects.filter(pk=OuterRef("traject_nummer")).values("slug")
    alle = list(
        urgentste_eerst(lopend, dag)
        .annotate(traject_nummer=Case(is_traject, default=None))
        .annotate(traject_slug=Subquery(slug))
        .select_related("eigenaar")[:GRENS]
    )
    verstreken = sum(t.is_te_laat(dag) for t in alle)
    if verstreken == GRENS:  # er kunnen er meer zijn; zij staan vooraan
        verstreken = lopend.filter(status=Termijnstatus.OPEN, vervalt_op__lt=dag).count()
    gezien = {(traject.slug, beurt.tot, beurt.waarvoor) for traject, beurt in trajecten}
    rest = [t for t in alle if (t.traject_slug, t.vervalt_op, t.omschrijving) not in gezien]
    return Termijnstand(tuple((t, _adres(t)) for t in rest[:aantal]), verstreken, len(rest) < len(alle))


def _adres(termijn: Any) -> str:
    """Geef de bladzijde van het traject, anders die van de termijn zelf: daar staat waar zij over gaat."""
    slug = termijn.traject_slug
    if slug:
        return reverse("adviezen:traject", kwargs={"slug": slug})
    return reverse("termijnen:termijn", args=[termijn.pk])


def uitzonderingen(
    gebruiker: Gebruiker, van: str, dag: date, verstreken: int, vergaderingen: list[Any]
) -> list[Uitzondering]:
    """Geef wat fout is gegaan of dreigt te gaan in mijn werk (of in alles), ergst eerst. Een vast aantal zoekvragen."""
    uit: list[Uitzondering] = []
    mislukt = Bericht.objects.filter(status=Berichtstatus.MISLUKT).count()
    if mislukt:
        woord = "bericht kon" if mislukt == 1 else "berichten konden"
        uit.append(Uitzondering("fout", f"{mislukt} {woord} niet worden verstuurd", "/werk/berichten/"))
    wacht = achterstand()  # een werker die stilstaat, is nergens anders aan te zien
    if wacht:
        woord = "bericht wacht" if wacht == 1 else "berichten wachten"
        uit.append(Uitzondering("fout", f"{wacht} {woord} te lang: zeg het de beheerder", "/werk/berichten/"))
    if verstreken:
        woord = "termijn is" if verstreken == 1 else "termijnen zijn"
        wie = {"waarneming": "waarneming", "alle": "alle"}.get(van, "mijn")
        uit.append(Uitzondering("fout", f"{verstreken} {woord} verstreken", f"/werk/termijnen/?wie={wie}"))
    uit += [Uitzondering("letop", tekst, adres) for tekst, adres in wachtend(gebruiker)]
    zichtbaar = trajecten_van(gebruiker, van)
    uit += _beraden(zichtbaar, dag) + _zonder_bevestiging(zichtbaar, dag, van)
    return uit + _nog_op_te_roepen(vergaderingen, dag)


def _zonder_bevestiging(zichtbaar: Any, dag: date, van: str) -> list[Uitzondering]:
    """Een of twee aanvragen met hun naam; zijn het er meer, dan één regel: de namen staan al onder "Aan zet"."""
    wachtend = zichtbaar.filter(
        stap__in=(Stap.AANVRAAG, Stap.TOEWIJZING),
        aanvraag__ontvangst_bevestigd_op__isnull=True,
        aanvraag__ontvangen_op__lte=dag - BEVESTIGEN,
    )
    rijen = list(wachtend.order_by("aanvraag__ontvangen_op").values_list("titel", "slug", "aanvraag__ontvangen_op"))
    if len(rijen) > MEESTE:
        tekst = f"{len(rijen)} aanvragen: ontvangst nog niet bevestigd (de oudste ontvangen {datum_nl(rijen[0][2])})"
        return [Uitzondering("letop", tekst, reverse("adviezen:lijst") + f"?stap={Stap.AANVRAAG}&van={van}")]
    return [
        Uitzondering(
            "letop",
            f"{titel}: ontvangst nog niet bevestigd (ontvangen {datum_nl(ontvangen)})",
            reverse("adviezen:aanvraag", kwargs={"slug": slug}),
        )
        for titel, slug, ontvangen in rijen
    ]


def _beraden(zichtbaar: Any, dag: date) -> list[Uitzondering]:
    """Stille organisaties vlak voor of na de termijn, en knelpunten en vragen om tijd die nog niemand zag.

    Wie een eigen latere dag kreeg is tot dan niet stil.
    """
    nieuw, tijd = Q(deelnames__knelpunten__gezien_op__isnull=True), "deelnames__knelpunten__vraagt_tot"
    eigen = "deelnames__uiterlijk_op"
    geen_latere_dag = (
        Q(**{f"{eigen}__isnull": True}) | Q(**{f"{eigen}__lt": dag}) | Q(**{f"{eigen}__lte": F("uiterlijk_op")})
    )
    beraden = (
        Achterbanberaad.objects.filter(traject__in=zichtbaar, geopend_op__isnull=False, gesloten_op__isnull=True)
        .annotate(
            stil=Count("deelnames", filter=~gereed("deelnames__") & geen_latere_dag, distinct=True),
            knelpunten=Count("deelnames__knelpunten", filter=nieuw & Q(**{f"{tijd}__isnull": True}), distinct=True),
            tijdvragen=Count("deelnames__knelpunten", filter=nieuw & Q(**{f"{tijd}__isnull": False}), distinct=True),
        )
        .select_related("traject")
    )
    uit = []
    for beraad in beraden:
        pad = f"/werk/trajecten/{beraad.traject.slug}/reacties/"
        dagen = (beraad.uiterlijk_op - dag).days if beraad.uiterlijk_op else 0
        if beraad.stil and dagen <= 7:
            woord = "organisatie reageerde" if beraad.stil == 1 else "organisaties reageerden"
            tekst = f"{beraad.traject.titel}: {beraad.stil} {woord} nog niet ({duur_nl(dagen)})"
            uit.append(Uitzondering("fout" if dagen < 0 else "letop", tekst, pad))
        if beraad.knelpunten:
            woord = "nieuw knelpunt" if beraad.knelpunten == 1 else "nieuwe knelpunten"
            uit.append(Uitzondering("letop", f"{beraad.traject.titel}: {beraad.knelpunten} {woord}", pad))
        if beraad.tijdvragen:
            woord = "organisatie vraagt" if beraad.tijdvragen == 1 else "organisaties vragen"
            uit.append(Uitzondering("letop", f"{beraad.traject.titel}: {beraad.tijdvragen} {woord} meer tijd", pad))
    return sorted(uit, key=lambda u: u.ernst != "fout")


def _nog_op_te_roepen(vergaderingen: list[Any], dag: date) -> list[Uitzondering]:
    return [
        Uitzondering(
            "letop",
            f"{v}: leden zijn nog niet opgeroepen ({duur_nl((v.datum - dag).days)})",
            f"/werk/vergaderingen/{v.pk}/",
        )
        for v in vergaderingen
        if v.status == Vergaderstatus.GEPLAND and v.datum <= dag + VOORBEREIDING
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
        telling.setdefault((naam or "", slug or bladzijde.ZONDER_COMMISSIE), Counter())[stap] += aantal
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
                Kop(naam or "Nog niet toegewezen", url=f"{lijst}?commissie={slug}"),
                [
                    Cel(str(per_stap[s]), "bezig", f"{lijst}?stap={s}&commissie={slug}")
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


def komende_vergaderingen(dag: date, aantal: int = 6) -> list[Vergadering]:
    """Geef de eerstvolgende vergaderingen van raad en dagelijks bestuur, met het aantal agendapunten."""
    return list(
        Vergadering.objects.filter(orgaan__in=(Orgaan.RAAD, Orgaan.DAGELIJKS_BESTUUR))
        .komend(dag)
        .annotate(punten=Count("agendapunten", filter=Q(agendapunten__vervallen_reden="")))
        .order_by("datum", "pk")[:aantal]
    )
