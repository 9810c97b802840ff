"""De opmerkingen die een lezer bij een versie ziet: waar zij staan, welke er nieuw zijn, en hoe zij heten.

Eerst komen van alle opmerkingen alleen de feiten die nodig zijn om te plaatsen en te tellen; de tekst volgt voor wat er
echt op de bladzijde komt. Zo blijft een versie met tienduizend opmerkingen te lezen, met een vast aantal zoekvragen.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Field, Func, Q
from django.urls import reverse

from adviezen import permissions
from adviezen.enums import EINDSTANDEN, Kring, SoortOpmerking, Stap
from adviezen.models import Leesstand, Opmerking, Versie
from adviezen.queries.nieuw import Blikken, Nieuw, nieuw
from adviezen.queries.plaats import (
    GEHEEL,
    GESPLITST,
    GEWIJZIGD,
    HIER,
    VERPLAATST,
    VERVALLEN,
    Anker,
    Kaart,
    Plek,
)
from adviezen.queries.vergelijken import verwant
from kern import componenten
from kern.tijd import moment_nl

if TYPE_CHECKING:
    from toegang.models import Gebruiker

# Zoveel antwoorden staan uitgeschreven in de kantlijn; de rest staat achter een link.
ANTWOORDEN = 4
OVER_TE_NEMEN = (Kring.COMMISSIE, Kring.SECRETARIAAT)
SCHRIJFSTAPPEN = (Stap.CONCEPT, Stap.ACHTERBANBERAAD, Stap.VERWERKING)


class Rij(NamedTuple):
    """De feiten van één opmerking of antwoord, zonder haar tekst; `hoofd` is waar dit een antwoord op is.

    `gemaakt` en `afgedaan` zijn seconden sinds 1970. Een tupel met getallen: bij tienduizend opmerkingen kost een
    dataclass per rij zes keer zoveel, en een datetime per rij meer dan de zoekvraag zelf.
    """

    pk: int
    versie: int
    blok: str
    citaat: str
    begin: int | None
    einde: int | None
    voor: str
    na: str
    hoofd: int | None
    hoofd_auteur: int | None
    gemaakt: float
    afgedaan: float | None
    afgedaan_door: int | None
    overgenomen_in: int | None
    soort: str
    kring: str
    auteur: int


class _Seconden(Func):
    """Een moment in seconden sinds 1970, tot op de microseconde hetzelfde getal als `datetime.timestamp()`.

    `date_part` rekent meteen in float8; `EXTRACT` maakt er eerst een decimaal getal van. Een kaal `Field` geeft het
    getal zoals psycopg het gaf; een FloatField roept er per rij en per kolom nog eens `float()` op aan.
    """

    template = "date_part('epoch', %(expressions)s)"
    output_field: "Field[float, float]" = Field()


_KOLOMMEN: tuple[str | Func, ...] = (
    *("pk", "versie_id", "blok", "citaat", "begin", "einde", "voor", "na", "antwoord_op_id"),
    *("antwoord_op__auteur_id", _Seconden("aangemaakt_op")),
    *(_Seconden("afgedaan_op"), "afgedaan_door_id", "overgenomen_in_id", "soort", "kring", "auteur_id"),
)


@dataclass(frozen=True)
class Filter:
    """Wat een lezer van de opmerkingen wil zien; leeg is alles."""

    kring: str = ""
    stand: str = ""
    blokkerend: bool = False
    van_mij: bool = False
    nieuw: bool = False

    @classmethod
    def lees(cls, invoer: Mapping[str, str]) -> "Filter":
        """Lees een filter uit het adres; wat niet bestaat telt niet mee."""
        kring, stand = invoer.get("kring", ""), invoer.get("stand", "")
        return cls(
            kring=kring if kring in Kring.values else "",
            stand=stand if stand in ("open", "afgedaan") else "",
            blokkerend=bool(invoer.get("blokkerend")),
            van_mij=bool(invoer.get("mij")),
            nieuw=bool(invoer.get("nieuw")),
        )

    @property
    def actief(self) -> bool:
        """Of er iets gekozen is."""
        return self != Filter()

    def kies(self, rijen: Iterable[Rij], lezer: int, nieuwe: frozenset[int]) -> list[Rij]:
        """Geef de opmerkingen die erbij horen."""
        return [rij for rij in rijen if self._past(rij, lezer, nieuwe)] if self.actief else list(rijen)

    def _past(self, rij: Rij, lezer: int, nieuwe: frozenset[int]) -> bool:
        return (
            (not self.kring or rij.kring == self.kring)
            and (not self.stand or (rij.afgedaan is None) == (self.stand == "open"))
            and (not self.blokkerend or rij.soort == SoortOpmerking.BLOKKEREND)
            and (not self.van_mij or rij.auteur == lezer)
            and (not self.nieuw or rij.pk in nieuwe)
        )


@dataclass(frozen=True)
class Geplaatst:
    """Alle opmerkingen bij een versie: de hoofdrijen met hun plek, hun antwoorden, en wat er nieuw is."""

    versie: Versie
    hoofden: tuple[Rij, ...]
    plekken: dict[int, Plek]
    antwoorden: dict[int, list[Rij]]
    nieuw: Nieuw

    def bij(self, blok: str) -> list[Rij]:
        """De hoofdrijen bij één blok."""
        return [r for r in self.hoofden if self.plekken[r.pk].blok == blok]


def leesstanden(versie: Versie, gebruiker: "Gebruiker") -> list[Leesstand]:
    """Geef de eigen leesstanden in het traject van deze versie."""
    return list(Leesstand.objects.filter(gebruiker=gebruiker, versie__traject=versie.traject_id))


def _erbij(versie: Versie, lezer: int, pad: str = "") -> Q:
    """Wat er bij een versie staat: wat erbij geschreven of erin overgenomen is, en van eerder wat nog open staat.

    De eigen opmerkingen van eerder komen ook mee als zij afgedaan zijn: de afdoening kan nieuw zijn.
    """
    return (
        Q(**{f"{pad}versie": versie.pk})
        | Q(**{f"{pad}overgenomen_in": versie.pk})
        | Q(**{f"{pad}afgedaan_op__isnull": True})
        | Q(**{f"{pad}auteur": lezer})
    )


def geplaatst(versie: Versie, gebruiker: "Gebruiker", standen: Iterable[Leesstand], nu: datetime) -> Geplaatst:
    """Geef de opmerkingen die deze lezer bij een versie ziet, elk op haar plek in deze tekst. Eén zoekvraag.

    Wat bij een eerdere versie geschreven is en nog open staat, loopt mee: in hetzelfde blok, bij de aangehaalde woorden
    als die er nog staan, en anders als vervallen passage. Niets valt weg.
    """
    lezer, deze = gebruiker.pk, versie.pk
    maak = partial(tuple.__new__, Rij)  # `Rij._make` zonder zijn telling: het zijn er tienduizend
    rijen: list[Rij] = [
        maak(waarden)
        for waarden in Opmerking.objects.zichtbaar_voor(gebruiker)
        .filter(versie__traject=versie.traject_id, versie__lte=versie.pk)
        .filter(
            Q(antwoord_op__isnull=True) & _erbij(versie, lezer)
            | Q(antwoord_op__isnull=False) & _erbij(versie, lezer, "antwoord_op__")
        )
        .order_by()
        .values_list(*_KOLOMMEN)
    ]
    rijen.sort(key=itemgetter(0))  # op pk: zij komen er bijna zo uit, en dan is dit veel sneller dan ORDER BY
    wat = nieuw(rijen, Blikken(standen, nu), lezer)
    bekend = {r.pk for r in rijen if r.hoofd is None}
    antwoorden: dict[int, list[Rij]] = defaultdict(list)
    hoofden: list[Rij] = []
    for rij in rijen:
        if rij.hoofd in bekend:
            antwoorden[rij.hoofd or 0].append(rij)  # rij.hoofd is hier nooit None
        elif rij.afgedaan is None or deze in (rij.versie, rij.overgenomen_in) or rij.pk in wat.alle:
            hoofden.append(rij)  # ook een eigen antwoord op iets wat men niet meer ziet
    return Geplaatst(versie, tuple(hoofden), _plekken(versie, hoofden), antwoorden, wat)


def _plekken(versie: Versie, hoofden: Sequence[Rij]) -> dict[int, Plek]:
    """Geef van elke hoofdrij haar plek; wat over dezelfde woorden gaat, wordt één keer gezocht."""
    kaart = Kaart(versie.html, _verwanten(versie, {r.versie for r in hoofden}))
    gezocht: dict[tuple[Any, ...], Plek] = {}
    uit: dict[int, Plek] = {}
    deze = versie.pk
    for rij in hoofden:
        waar: tuple[Any, ...] = rij[1:8]  # wat de plek bepaalt: van `versie` tot en met `na`
        plek = gezocht.get(waar)
        if plek is None:
            plek = kaart.plek(Anker(*waar[1:]), rij.versie if rij.versie != deze else 0)
            gezocht[waar] = plek
        uit[rij.pk] = plek
    return uit


def _verwanten(versie: Versie, van: set[int]) -> Callable[[int], Mapping[str, tuple[str, ...]]]:
    """Geef een functie die per eerdere versie zegt welke blokken gesplitst of samengevoegd zijn.

    De teksten van de eerdere versies met opmerkingen (`van`) komen in één zoekvraag, en pas als zij nodig zijn.
    """
    teksten: dict[int, str] = {}

    @cache
    def verwanten(eerder: int) -> Mapping[str, tuple[str, ...]]:
        if not teksten:
            teksten.update(Versie.objects.filter(pk__in=van - {versie.pk}).values_list("pk", "html"))
        return verwant(teksten[eerder], versie.html)

    return verwanten


def kring_naam(o: Opmerking) -> str:
    """Geef wie deze opmerking leest."""
    if o.kring == Kring.ORGANISATIE:
        return str(o.organisatie)
    if o.kring == Kring.GELEDING:
        return str(o.get_geleding_display())
    return str(o.get_kring_display())


def plek_in_woorden(o: Opmerking, plek: Plek, versie: Versie) -> str:
    """Geef in één zin waar de opmerking vandaan komt, of "" als er niets te zeggen is."""
    bij = "" if o.versie_id == versie.pk else f"geschreven bij {o.versie}"
    wat = {
        GEWIJZIGD: "de alinea is sindsdien gewijzigd" if o.begin is None else "de aangehaalde woorden zijn gewijzigd",
        VERPLAATST: "de woorden staan nu in deze alinea",
        GESPLITST: "de alinea is sindsdien gesplitst; dit is haar begin",
        VERVALLEN: "passage vervallen",
        HIER: "",
        GEHEEL: "",
    }[plek.staat]
    return "; ".join(deel for deel in (bij, wat) if deel)


@cache
def _pad(naam: str) -> str:
    """Het adres van een daad bij opmerking 0: er staan er honderden op een bladzijde."""
    return reverse(f"lezen:{naam}", kwargs={"pk": 0})


class Kaarten:
    """Maakt van gekozen hoofdrijen de kaarten in de kantlijn. Hoogstens twee zoekvragen, hoeveel het er ook zijn."""

    def __init__(self, stand: Geplaatst, gebruiker: "Gebruiker", gekozen: Iterable[Rij], antwoorden: int) -> None:
        self.stand, self.gebruiker = stand, gebruiker
        self.traject = stand.versie.traject
        self.bewerker = permissions.mag_bewerken(self.traject, gebruiker)
        self.open_traject = self.traject.stap not in EINDSTANDEN
        self.getoond = {r.pk: [a.pk for a in stand.antwoorden.get(r.pk, ())][-antwoorden:] for r in gekozen}
        pks = [pk for hoofd, eronder in self.getoond.items() for pk in (hoofd, *eronder)]
        # De rijen zijn al door de poort van `geplaatst` gegaan.
        self.rijen: dict[int, Opmerking] = (
            Opmerking.objects.select_related("organisatie", "afgedaan_door").in_bulk(pks) if pks else {}
        )
        self._versies()

    def _versies(self) -> None:
        """Geef elke opmerking haar versie: die van het scherm, of een eerdere, maar dan zonder de hele tekst."""
        deze = self.stand.versie
        eerder = {o.versie_id for o in self.rijen.values()} - {deze.pk}
        bekend = Versie.objects.defer("html").in_bulk(eerder) if eerder else {}
        for o in self.rijen.values():
            o.versie = bekend.get(o.versie_id, deze)

    def _adres(self, naam: str, o: Opmerking) -> str:
        adres = _pad(naam).replace("/0/", f"/{o.pk}/")
        return adres if o.versie_id == self.stand.versie.pk else f"{adres}?op={self.stand.versie.pk}"

    def _knoppen(self, o: Opmerking) -> list[componenten.Knop]:
        if o.afgedaan_op is not None or not self.open_traject or o.antwoord_op_id is not None:
            return []
        van_ons = self.bewerker and o.kring in OVER_TE_NEMEN
        uit: list[componenten.Knop] = []
        if van_ons and o.voorstel and o.blok and self.traject.stap in SCHRIJFSTAPPEN:
            adres = reverse("adviezen:voorstellen", kwargs={"slug": self.traject.slug})
            uit.append(componenten.Knop("Neem over", f"{adres}?kies={o.pk}", soort="licht"))
        if van_ons or o.auteur_id == self.gebruiker.pk:
            uit.append(componenten.Knop("Doe af", self._adres("afdoen", o), soort="licht"))
        return uit

    def kaart(self, rij: Rij, nummer: int) -> componenten.Opmerking:
        """Geef een opmerking voor in de kantlijn, met wat deze lezer ermee kan."""
        o, plek = self.rijen[rij.pk], self.stand.plekken[rij.pk]
        alle = self.stand.antwoorden.get(rij.pk, [])
        op = moment_nl(o.afgedaan_op) if o.afgedaan_op else ""
        return componenten.Opmerking(
            id=str(o.pk),
            auteur=o.auteur_naam,
            tekst=o.tekst,
            kring=o.kring,
            kring_naam=kring_naam(o),
            wanneer=moment_nl(o.aangemaakt_op),
            blokkerend=o.soort == SoortOpmerking.BLOKKEREND,
            citaat=o.citaat if o.begin is not None or plek.staat == VERVALLEN else "",
            citaat_link=f"#aanhaling-{o.pk}" if plek.begin is not None else "",
            voorstel=o.voorstel,
            antwoorden=[
                componenten.Opmerking(
                    id=str(a.pk),
                    auteur=a.auteur_naam,
                    tekst=a.tekst,
                    kring=a.kring,
                    kring_naam="",
                    wanneer=moment_nl(a.aangemaakt_op),
                )
                for a in (self.rijen[pk] for pk in self.getoond[rij.pk])
            ],
            meer_antwoorden=max(0, len(alle) - len(self.getoond[rij.pk])),
            draad_url=self._adres("antwoord", o),
            afdoening=o.afdoening,
            afgedaan_door=f"{o.afgedaan_door.naam}, {op}" if o.afgedaan_door else "",
            antwoord_url=self._adres("antwoord", o) if o.afgedaan_op is None and self.open_traject else "",
            knoppen=self._knoppen(o),
            nummer=nummer,
            nieuw=o.pk in self.stand.nieuw.alle,
            plek=plek_in_woorden(o, plek, self.stand.versie),
        )


def draad(opmerking: Opmerking, gebruiker: "Gebruiker") -> list[Any]:
    """Geef alle antwoorden op een opmerking die deze lezer ziet, oudste eerst."""
    return list(Opmerking.objects.zichtbaar_voor(gebruiker).filter(antwoord_op=opmerking).order_by("pk"))


def nieuw_per_traject(gebruiker: "Gebruiker", versies: Iterable[Versie]) -> dict[int, Nieuw]:
    """Geef per traject (pk) wat er nieuw is sinds deze lezer er keek; `versies` zijn de nieuwste die hij leest.

    Voor het beginscherm: één zoekvraag naar de eigen leesstanden en één naar wat er daarna gebeurde.
    """
    trajecten = {v.traject_id: v.pk for v in versies}
    standen: dict[int, list[Leesstand]] = defaultdict(list)
    eigen = Leesstand.objects.filter(gebruiker=gebruiker, versie__traject__in=trajecten)
    for stand in eigen.select_related("versie").defer("versie__html"):
        standen[stand.versie.traject_id].append(stand)
    blikken = {pk: Blikken(rijen) for pk, rijen in standen.items()}
    # Wat na de oudste blik gebeurde, en alles bij versies die nog niet open zijn geweest.
    sinds = Q(pk__in=[])
    for pk, rijen in standen.items():
        laagst, hoogste = min(s.gezien_op for s in rijen), max(s.versie_id for s in rijen)
        erna = Q(aangemaakt_op__gt=laagst) | Q(afgedaan_op__gt=laagst) | Q(versie__gt=hoogste)
        sinds |= Q(versie__traject=pk, versie__lte=trajecten[pk]) & erna
    gebeurd: dict[int, list[Rij]] = defaultdict(list)
    gevonden = Opmerking.objects.zichtbaar_voor(gebruiker).filter(sinds).values_list(*_KOLOMMEN, "versie__traject")
    for *waarden, traject in gevonden if standen else ():
        gebeurd[traject].append(Rij(*waarden))
    return {pk: nieuw(gebeurd[pk], blikken[pk], gebruiker.pk) for pk in blikken}
