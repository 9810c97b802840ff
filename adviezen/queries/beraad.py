"""De stand van een achterbanberaad, en in welke kring iemand kan schrijven."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from adviezen.enums import Kring, Medestatus, Reactieoordeel, Reactiestatus, SoortIndiening
from adviezen.models import Achterbanberaad, Deelname, Indiening, Knelpunt, Medeondertekening, Reactie, Versie
from adviezen.models.blik import blik
from adviezen.models.zicht import meelezend
from berichten.enums import Status
from berichten.models import Bericht
from commissies.enums import STEMGERECHTIGD
from commissies.models import Commissielid
from kern.tijd import vandaag
from logboek.queries import geschiedenis
from raad.enums import Geleding
from raad.models import Organisatie
from raad.models.tijdvak import geldt_op
from termijnen.enums import SoortWijziging
from termijnen.models import Termijn, TermijnWijziging
from termijnen.queries import komende_waarschuwingen, laatste


@dataclass(frozen=True)
class Stand:
    """Hoe het met één organisatie in een ronde staat, zonder de tekst van haar reactie.

    `status` is "niet_begonnen", "teruggenomen" (ingediend geweest, nu weer in concept), "mede" (zij reageert met een
    ander mee, `via`) of een Reactiestatus; `punten` is 0 zolang de reactie in concept is. `ongezien` telt de
    knelpunten die de secretaris nog niet zag, `tijdvragen` haar vragen om meer tijd die hij nog niet zag.
    """

    deelname: Deelname
    status: str
    status_naam: str
    ingediend_op: datetime | None
    punten: int
    knelpunten: int
    ongezien: int = 0
    oordeel: str = ""
    oordeel_naam: str = ""
    via: str = ""
    tijdvragen: int = 0
    via_deelname: int | None = None

    @property
    def gereed(self) -> bool:
        """Of de organisatie reageerde, meereageert, of "geen reactie" meldde."""
        return self.status in (Reactiestatus.INGEDIEND, Reactiestatus.GEEN_REACTIE, "mede")


def stand_van_beraad(beraad: Achterbanberaad) -> list[Stand]:
    """Geef per organisatie de stand, op naam. Voor het secretariaat: geen tekst van concepten."""
    return standen([beraad]).get(beraad.pk, [])


def standen(beraden: Iterable[Achterbanberaad]) -> dict[int, list[Stand]]:
    """Geef per ronde (pk) de stand van elke organisatie, op naam; één zoekvraag, hoeveel ronden ook."""
    mede = Medeondertekening.objects.filter(
        deelname=OuterRef("pk"), status=Medestatus.BEVESTIGD, reactie__status=Reactiestatus.INGEDIEND
    )
    nieuw = Q(knelpunten__gezien_op__isnull=True)
    deelnames = list(
        Deelname.objects.filter(beraad__in=list(beraden))
        .select_related("organisatie", "contact", "reactie", "beraad")
        .annotate(
            punten=Count("reactie__items", distinct=True),
            aantal_knelpunten=Count("knelpunten", filter=Q(knelpunten__vraagt_tot__isnull=True), distinct=True),
            ongezien=Count("knelpunten", filter=nieuw & Q(knelpunten__vraagt_tot__isnull=True), distinct=True),
            tijdvragen=Count("knelpunten", filter=nieuw & Q(knelpunten__vraagt_tot__isnull=False), distinct=True),
            terug=Exists(Indiening.objects.filter(reactie__deelname=OuterRef("pk"), soort=SoortIndiening.TERUGGENOMEN)),
            via=Subquery(mede.values("reactie__deelname__organisatie__naam")[:1]),
            via_deelname=Subquery(mede.values("reactie__deelname")[:1]),
            via_oordeel=Subquery(mede.values("reactie__oordeel")[:1]),
            via_op=Subquery(mede.values("reactie__ingediend_op")[:1]),
        )
        .order_by("organisatie__naam")
    )
    uit: dict[int, list[Stand]] = defaultdict(list)
    for deelname in deelnames:
        uit[deelname.beraad_id].append(_stand(deelname))
    return uit


def te_herstellen_tot(beraad: Achterbanberaad) -> date | None:
    """Geef tot welke dag een vergissing bij het verlengen nog terug kan: de laatste dag van daarvoor.

    None als er niet verlengd is, of als er al een bericht daarover weg is: dan rekent een organisatie op die dag.
    """
    berichten = Bericht.objects.van_handeling(f"adviezen.verleng_beraad:{beraad.traject_id}").order_by("pk")
    laatste = berichten.last()
    if laatste is None:
        return None
    standen_nu = set(berichten.filter(handeling=laatste.handeling).values_list("status", flat=True))
    if Status.WACHT not in standen_nu or standen_nu & {Status.VERSTUURD, Status.MISLUKT}:
        return None
    verlengd = TermijnWijziging.objects.filter(
        termijn__in=Termijn.objects.van(beraad).filter(soort="achterbanberaad").lopend(), soort=SoortWijziging.VERLENGD
    )
    return verlengd.order_by("-pk").values_list("oud_vervalt_op", flat=True).first()


def tijdberichten(deelname: Deelname) -> Any:
    """Geef de berichten over een eigen laatste dag aan deze organisatie, oudste eerst."""
    alle = Bericht.objects.van_handeling(f"adviezen.verleng_deelname:{deelname.beraad.traject_id}")
    return alle.filter(feit__endswith=f":{deelname.pk}").order_by("pk")


def te_herstellen_van(deelname: Deelname) -> date | None:
    """Als `te_herstellen_tot`, voor de eigen laatste dag van één organisatie."""
    laatste = tijdberichten(deelname).last()
    if laatste is None:
        return None
    standen_nu = set(Bericht.objects.filter(feit=laatste.feit).values_list("status", flat=True))
    if Status.WACHT not in standen_nu or standen_nu & {Status.VERSTUURD, Status.MISLUKT}:
        return None
    stappen = geschiedenis(deelname.beraad.traject).filter(
        soort="adviezen.verleng_deelname", gegevens__deelname=deelname.pk
    )
    laatst = stappen.last()
    return None if laatst is None else date.fromisoformat(laatst.gegevens["was"])


def tijdvraag(beraad: Achterbanberaad | None, pk: int | None) -> Knelpunt | None:
    """Geef een vraag om meer tijd uit deze ronde, of None."""
    if beraad is None or pk is None:
        return None
    rijen = Knelpunt.objects.filter(deelname__beraad=beraad, vraagt_tot__isnull=False)
    return rijen.select_related("deelname__organisatie", "gemeld_door").filter(pk=pk).first()


def volgende_herinnering(beraad: Achterbanberaad) -> date | None:
    """Geef de eerste dag na vandaag waarop de ladder herinnert; None als dat voor of op de laatste dag niet meer is."""
    termijn = laatste(beraad, "achterbanberaad")
    if termijn is None:
        return None
    komend = [op for op, _, _ in komende_waarschuwingen(termijn, vandaag() + timedelta(days=1), aantal=1)]
    return komend[0] if komend and komend[0] <= termijn.vervalt_op else None


def _begonnen(reactie: Reactie, punten: int) -> bool:
    """Of er iets in het concept staat of stond; bij het openen krijgt elke organisatie een leeg concept."""
    return bool(punten or reactie.oordeel or reactie.toelichting or reactie.rijversie > 0)


def _stand(deelname: Any) -> Stand:
    reactie: Reactie | None = getattr(deelname, "reactie", None)
    status, naam, oordeel, op = "niet_begonnen", "nog niet begonnen", "", None
    if deelname.via is not None:
        status, naam, oordeel, op = "mede", f"met {deelname.via}", deelname.via_oordeel, deelname.via_op
    elif reactie is not None:
        status, naam, op = reactie.status, reactie.get_status_display(), reactie.ingediend_op
        oordeel = reactie.oordeel if status == Reactiestatus.INGEDIEND else ""
        if status == Reactiestatus.CONCEPT and deelname.terug:
            status, naam = "teruggenomen", "teruggenomen"
        elif status == Reactiestatus.CONCEPT and not _begonnen(reactie, deelname.punten):
            status, naam = "niet_begonnen", "nog niet begonnen"
    return Stand(
        deelname=deelname,
        status=status,
        status_naam=naam,
        ingediend_op=op,
        punten=deelname.punten if status == Reactiestatus.INGEDIEND else 0,
        knelpunten=deelname.aantal_knelpunten,
        ongezien=deelname.ongezien,
        oordeel=oordeel,
        oordeel_naam=Reactieoordeel(oordeel).label if oordeel else "",
        via=deelname.via or "",
        tijdvragen=deelname.tijdvragen,
        via_deelname=deelname.via_deelname,
    )


@dataclass(frozen=True)
class Kringkeuze:
    """Een kring waarin iemand kan schrijven, met de organisatie (pk) of geleding als die erbij hoort."""

    kring: Kring
    naam: str
    organisatie: int | None = None
    geleding: str = ""

    @property
    def waarde(self) -> str:
        """De keuze in een formulier, bijvoorbeeld "prive", "organisatie:3" of "geleding:werknemers"."""
        rest = self.geleding or ("" if self.organisatie is None else str(self.organisatie))
        return f"{self.kring}:{rest}" if rest else str(self.kring)


def kringkeuzes(versie: Versie, gebruiker: Any) -> list[Kringkeuze]:
    """Geef waar iemand bij deze versie een opmerking kan schrijven, met namen; leeg als hij haar niet ziet.

    Een ministerieel vertegenwoordiger schrijft voor zichzelf of aan het secretariaat.
    """
    b = blik(gebruiker)
    if b is None or not Versie.objects.zichtbaar_voor(gebruiker).filter(pk=versie.pk).exists():
        return []
    commissie = versie.traject.commissie_id
    lid = list(
        Commissielid.objects.filter(
            geldt_op(vandaag()),
            persoon__gebruiker=b.pk,
            commissie=commissie,
            rol__in=STEMGERECHTIGD,
        ).values_list("organisatie_id", "geleding")
    )
    meelezer = versie.traject.meelezers.filter(meelezend(vandaag()), gebruiker=b.pk).values_list(
        "organisatie", flat=True
    )
    organisaties = Organisatie.objects.filter(pk__in={*b.organisaties, *meelezer, *(o for o, _ in lid if o)})
    geledingen = {*b.geledingen, *(str(g) for _, g in lid if g in Geleding.values)}
    uit = [Kringkeuze(Kring.PRIVE, "alleen ik")]
    uit += [Kringkeuze(Kring.ORGANISATIE, f"mijn organisatie: {o}", organisatie=o.pk) for o in organisaties]
    uit += [
        Kringkeuze(Kring.GELEDING, f"mijn geleding: {g.label}", geleding=str(g)) for g in Geleding if g in geledingen
    ]
    if b.staf or commissie in b.lid_van | b.meedenker_in:
        uit.append(Kringkeuze(Kring.COMMISSIE, "de commissie"))
    return [*uit, Kringkeuze(Kring.SECRETARIAAT, "alleen het secretariaat")]


def kringen(versie: Versie, gebruiker: Any) -> list[Kring]:
    """Geef de soorten kringen waarin iemand bij deze versie kan schrijven; zie `kringkeuzes`."""
    return list(dict.fromkeys(k.kring for k in kringkeuzes(versie, gebruiker)))
