"""De verwerkingstabel: elk punt uit elke ingediende reactie, op de volgorde van de tekst."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

from adviezen.enums import Reactiestatus, Verwerkingsoordeel
from adviezen.models import Adviestraject, Reactie, ReactieItem, Versie, Verwerking
from adviezen.models.blik import blik
from adviezen.queries.antwoorden import deel_witte_versies, hang_antwoorden
from adviezen.queries.inbreng import hang_namens
from adviezen.queries.tekst import passages
from adviezen.queries.vergelijken import stukken_van, van_blok, zichtbare_versies
from kern.blokken import blokken
from kern.vergelijk import Stuk

if TYPE_CHECKING:
    from toegang.models import Gebruiker


VERANDERD = "Veranderd of nieuw"


@dataclass(frozen=True)
class Filter:
    """Wat er van de tabel te zien is; leeg is alles. `stand`: open, wacht, besloten of letop (zie `let_op`)."""

    stand: str = ""
    oordeel: str = ""
    organisatie: str = ""
    ronde: str = ""
    zoek: str = ""

    @property
    def aan(self) -> bool:
        """Of er iets gefilterd wordt."""
        return any((self.stand, self.oordeel, self.organisatie, self.ronde, self.zoek))

    def past(self, punt: Any) -> bool:
        """Of een punt (met `besluit`) in dit filter valt."""
        besluit = punt.besluit
        stand = "open" if besluit is None else "wacht" if besluit.vastgesteld_in_id is None else "besloten"
        tekst = f"{punt.tekst} {punt.voorstel} {punt.citaat} {besluit.reden if besluit else ''}".lower()
        return (
            (self.stand in ("", stand) or (self.stand == "letop" and bool(getattr(punt, "letop", ""))))
            and self.oordeel in ("", besluit.oordeel if besluit else "-")
            and self.organisatie in ("", str(punt.reactie.deelname.organisatie_id))
            and self.ronde in ("", str(punt.reactie.deelname.beraad.ronde))
            and self.zoek.lower() in tekst
        )


@dataclass(frozen=True)
class Groep:
    """De punten bij één passage; `anker` is haar blok en `kop` de kop waar zij onder valt ("" bij het geheel)."""

    kop: str
    citaat: str
    anker: str
    punten: list[Any]  # ReactieItem met `besluit`


def mag_tabel_lezen(traject: Adviestraject, gebruiker: "Gebruiker") -> bool:
    """Of iemand de hele tabel leest: secretariaat, leden en plaatsvervangers van de commissie, kroonleden."""
    b = blik(gebruiker)
    return b is not None and (b.staf or b.kroonlid or traject.commissie_id in b.lid_van)


def punten(traject: Adviestraject, gebruiker: "Gebruiker") -> list[Any]:
    """Geef de zichtbare punten van alle rondes, op ronde en organisatie; elk met `besluit` (Verwerking of None).

    Hun reactie heeft `namens`: wie er mee instemt (queries.inbreng).
    """
    items: list[Any] = list(
        ReactieItem.objects.zichtbaar_voor(gebruiker)
        .filter(reactie__deelname__beraad__traject=traject, reactie__status=Reactiestatus.INGEDIEND)
        .select_related("reactie__deelname__organisatie", "reactie__deelname__beraad")
        .order_by("reactie__deelname__beraad__ronde", "reactie__deelname__organisatie__naam", "volgorde", "pk")
    )
    deel_witte_versies(items)
    hang_namens([item.reactie for item in items], gebruiker)
    besluiten = {
        v.item_id: v
        for v in Verwerking.objects.zichtbaar_voor(gebruiker)
        .filter(item__in=items)
        .select_related("vastgesteld_in", "voorgesteld_door")
    }
    for item in items:
        item.besluit = besluiten.get(item.pk)
    return items


def tabel(traject: Adviestraject, gebruiker: "Gebruiker") -> list[Groep]:
    """Geef de punten per passage, in de volgorde van de tekst; punten over het geheel staan vooraan."""
    per_versie: dict[int, dict[str, tuple[int, str]]] = {}
    groepen: dict[tuple[int, int], Groep] = {}
    for item in punten(traject, gebruiker):
        beraad = item.reactie.deelname.beraad
        if beraad.ronde not in per_versie:
            per_versie[beraad.ronde] = _plekken(beraad.versie.html if beraad.versie else "")
        plaats, kop = per_versie[beraad.ronde].get(item.blok, (-1, ""))
        groep = groepen.setdefault((beraad.ronde, plaats), Groep(kop, item.citaat, item.blok, []))
        groep.punten.append(item)
    return [groepen[sleutel] for sleutel in sorted(groepen)]


def _plekken(html: str) -> dict[str, tuple[int, str]]:
    """Geef per blok de plaats in de tekst en de kop erboven."""
    koppen = {deel.blok: deel.tekst for deel in passages(html) if deel.kop}
    uit: dict[str, tuple[int, str]] = {}
    kop = ""
    for plaats, blok in enumerate(blokken(html)):
        kop = koppen.get(blok.id, kop)
        uit[blok.id] = (plaats, kop)
    return uit


def gefilterd(groepen: list[Groep], filter_: Filter) -> list[Groep]:
    """Geef de groepen met alleen de punten die in het filter vallen."""
    rest = [Groep(g.kop, g.citaat, g.anker, [p for p in g.punten if filter_.past(p)]) for g in groepen]
    return [g for g in rest if g.punten]


PER_BLADZIJDE = 100


def bladzijde(groepen: list[Groep], nummer: str | None, punt: int | None = None) -> tuple[list[Groep], Page[Any]]:
    """Geef de groepen van één bladzijde van honderd punten, en die bladzijde; met `punt` (pk) die waar dat op staat.

    Een passage kan over twee bladzijden lopen; dan staat haar kop op allebei.
    """
    alle = [(n, p) for n, g in enumerate(groepen) for p in g.punten]
    bladen = Paginator(alle, PER_BLADZIJDE)
    plek = next((i for i, (_, p) in enumerate(alle) if p.pk == punt), None)
    blad = bladen.get_page(nummer if plek is None else plek // PER_BLADZIJDE + 1)
    hier: dict[int, list[Any]] = {}
    for n, p in blad.object_list:
        hier.setdefault(n, []).append(p)
    return [replace(groepen[n], punten=rij) for n, rij in hier.items()], blad


def met_antwoorden(groepen: list[Groep], traject: Adviestraject, gebruiker: "Gebruiker") -> list[Groep]:
    """Zet bij elk punt `antwoord`, `delen` en `letop`: waar, wat er in de tekst veranderde, en wat niet klopt."""
    alle, versies = [p for g in groepen for p in g.punten], zichtbare_versies(traject, gebruiker)
    hang_antwoorden(alle, versies)
    for punt in alle:
        punt.letop = let_op(punt, versies[-1] if versies else None)
    return groepen


def let_op(punt: Any, laatste: Versie | None) -> str:
    """Geef waarom een overgenomen punt in de tekst niet terug te vinden is, of "".

    Pas als er een tekst van na de witte versie is; `punt` heeft `antwoord` en `delen` (hang_antwoorden).
    """
    v, wit = punt.besluit, punt.reactie.deelname.beraad.versie_id
    if v is None or v.oordeel not in (Verwerkingsoordeel.OVERGENOMEN, Verwerkingsoordeel.DEELS):
        return ""
    if laatste is None or wit is None or laatste.pk <= wit:
        return ""
    if not v.antwoord_blok:
        return "niet aangewezen waar in de tekst"
    return "op die plek veranderde niets" if punt.antwoord is not None and not punt.delen else ""


@lru_cache(maxsize=64)
def _teksten(html: str) -> dict[str, str]:
    return {blok.id: blok.tekst for blok in blokken(html)}


def blok_tekst(html: str, blok: str) -> str:
    """Geef de tekst van een blok, of "" als het er niet is."""
    return _teksten(html).get(blok, "")


def blokkeuzes(oud: str, nieuw: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Geef de blokken van de nieuwe tekst om naar te wijzen: eerst wat veranderde of nieuw is, dan de rest."""
    vorig = _teksten(oud)
    veranderd: list[tuple[str, str]] = []
    gelijk: list[tuple[str, str]] = []
    for blok in blokken(nieuw):
        kort = blok.tekst if len(blok.tekst) <= 90 else f"{blok.tekst[:89].rstrip()}…"
        (gelijk if vorig.get(blok.id) == blok.tekst else veranderd).append((blok.id, kort))
    return [(n, k) for n, k in ((VERANDERD, veranderd), ("Niet veranderd", gelijk)) if k]


def organisaties(groepen: list[Groep]) -> list[Any]:
    """Geef de organisaties met punten, op naam."""
    alle = {p.reactie.deelname.organisatie for g in groepen for p in g.punten}
    return sorted(alle, key=lambda o: o.naam)


# --- verschillen: passage maal organisatie ---------------------------------------------------------------------


@dataclass(frozen=True)
class Verschil:
    """Eén passage met per organisatie haar punten (in dezelfde volgorde als de koppen)."""

    groep: Groep
    vakken: list[list[Any]]
    kolommen: list[Any]

    @property
    def paren(self) -> list[tuple[Any, list[Any]]]:
        """Geef elke organisatie met haar punten bij deze passage."""
        return list(zip(self.kolommen, self.vakken, strict=True))

    @property
    def stemmen(self) -> int:
        """Hoeveel organisaties iets over deze passage zeggen."""
        return sum(bool(vak) for vak in self.vakken)


def verschillen(groepen: list[Groep], *, alles: bool) -> tuple[list[Any], list[Verschil]]:
    """Geef de organisaties (kolommen) en per passage wie wat wil; zonder `alles` alleen waar meer dan één spreekt."""
    kolommen = organisaties(groepen)
    rijen = [
        Verschil(g, [[p for p in g.punten if p.reactie.deelname.organisatie == o] for o in kolommen], kolommen)
        for g in groepen
    ]
    return kolommen, [r for r in rijen if alles or r.stemmen > 1]


# --- als bestand -------------------------------------------------------------------------------------------------

KOPPEN = (
    *("Nr.", "Ronde", "Organisatie", "Mede namens", "Kop", "Passage", "Punt", "Voorgestelde tekst", "Verwerking"),
    *("Reden", "Besluit commissie", "In versie", "Nieuwe tekst"),
)
BREEDTES = (5, 7, 24, 24, 28, 44, 52, 40, 18, 48, 17, 18, 48)


def rijen(groepen: list[Groep], inbreng: Sequence[Any] = ()) -> list[list[Any]]:
    """Geef de hele tabel als rijen bij KOPPEN, in de volgorde van de tekst.

    Daarna de toelichtingen uit `inbreng` (queries.inbreng), zonder nummer: een toelichting is geen punt.
    """
    uit: list[list[Any]] = []
    besluiten = [p.besluit for g in groepen for p in g.punten if p.besluit is not None]
    versies = Versie.objects.in_bulk({v.antwoord_versie_id for v in besluiten if v.antwoord_versie_id is not None})
    for groep in groepen:
        for punt in groep.punten:
            v = punt.besluit
            versie = versies.get(v.antwoord_versie_id) if v is not None else None
            uit.append(
                [
                    len(uit) + 1,
                    punt.reactie.deelname.beraad.ronde,
                    str(punt.reactie.deelname.organisatie),
                    punt.reactie.namens,
                    groep.kop,
                    punt.citaat,
                    punt.tekst,
                    punt.voorstel,
                    v.get_oordeel_display() if v is not None else "nog geen voorstel",
                    v.reden if v is not None else "",
                    v.vastgesteld_in.datum if v is not None and v.vastgesteld_in is not None else None,
                    str(versie) if versie is not None else "",
                    blok_tekst(versie.html, v.antwoord_blok) if versie is not None and v.antwoord_blok else "",
                ]
            )
    for reactie in inbreng:
        if reactie.toelichting:
            wie = [reactie.deelname.beraad.ronde, str(reactie.deelname.organisatie), reactie.namens]
            wat = (
                reactie.get_oordeel_display()
                if reactie.status == Reactiestatus.INGEDIEND
                else reactie.get_status_display()
            )
            oordeel = f"toelichting, {wat}"
            uit.append([None, *wie, "", "", reactie.toelichting, "", oordeel, "", None, "", ""])
    return uit


def stand(groepen: list[Groep]) -> dict[str, Any]:
    """Tel: alle punten, zonder voorstel, wachtend op een besluit, besloten, en overgenomen zonder wijziging."""
    alle = [p for g in groepen for p in g.punten]
    zonder = [p for p in alle if p.besluit is None]
    wacht = [p for p in alle if p.besluit is not None and p.besluit.vastgesteld_in_id is None]
    return {
        "alle": len(alle),
        "zonder": len(zonder),
        "wacht": len(wacht),
        "besloten": len(alle) - len(zonder) - len(wacht),
        "letop": sum(bool(getattr(p, "letop", "")) for p in alle),
    }


def volgende_open(groepen: list[Groep], na: int | None = None) -> int | None:
    """Geef het eerstvolgende punt zonder voorstel, na het punt `na` (daarna weer vooraan), of None."""
    alle = [p for g in groepen for p in g.punten]
    begin = next((n + 1 for n, p in enumerate(alle) if p.pk == na), 0)
    return next((p.pk for p in [*alle[begin:], *alle[:begin]] if p.besluit is None and p.pk != na), None)


def plaats(groepen: list[Groep], punt: int) -> tuple[int, int, int | None, int | None]:
    """Geef (nummer, aantal, vorige, volgende) van een punt in de volgorde van de tekst."""
    alle = [p.pk for g in groepen for p in g.punten]
    if punt not in alle:
        return 0, len(alle), None, None
    n = alle.index(punt)
    return n + 1, len(alle), alle[n - 1] if n else None, alle[n + 1] if n + 1 < len(alle) else None


def bij_punt(punt: ReactieItem, versie: Any) -> list[Stuk]:
    """Geef hoe de passage van het punt nu luidt tegenover de witte versie; leeg als er niets veranderde."""
    wit = punt.reactie.deelname.beraad.versie
    return [] if wit is None or versie is None else stukken_van(van_blok(wit, versie, punt.blok))


def oordelen(traject: Adviestraject, gebruiker: "Gebruiker") -> dict[int, str]:
    """Geef per organisatie (pk) haar laatste oordeel over de hele tekst, voor zover deze lezer haar reactie ziet."""
    rijen = (
        Reactie.objects.zichtbaar_voor(gebruiker)
        .filter(deelname__beraad__traject=traject, status=Reactiestatus.INGEDIEND)
        .order_by("deelname__beraad__ronde")
        .select_related("deelname")
    )
    return {r.deelname.organisatie_id: r.get_oordeel_display() for r in rijen}
