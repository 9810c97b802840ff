"""De geschiedenis van één alinea: wie haar wanneer wijzigde, welke reacties erover gingen, en wat daarmee gebeurde."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from adviezen.enums import Reactiestatus
from adviezen.models import Opmerking, ReactieItem, Versie, Verwerking
from adviezen.queries.antwoorden import eerste_vanaf, leesbaar
from adviezen.queries.vergelijken import naar_blok, stukken_van, van_blok
from kern.blokken import Blok, blokken
from kern.vergelijk import Regel, Stuk

if TYPE_CHECKING:
    from adviezen.models import Adviestraject
    from toegang.models import Gebruiker

WOORDEN = {
    "nieuw": "Nieuw in deze versie",
    "gewijzigd": "Gewijzigd",
    "gelijk": "Niet gewijzigd",
    "verplaatst": "Verplaatst, de woorden bleven gelijk",
    "gesplitst": "Gesplitst in meer alinea’s",
    "samengevoegd": "Samengevoegd met een andere alinea",
    "afgesplitst": "Afgesplitst van een andere alinea",
    "opmaak": "Alleen de opmaak werd anders",
    "geschrapt": "Geschrapt",
    "terug": "Teruggekomen",
}


@dataclass
class Stand:
    """De alinea in één versie.

    `soort` staat in WOORDEN; `stukken` is het verschil met de vorige versie die deze lezer ziet (bij de eerste de hele
    tekst). `bron` is bij een afgesplitste alinea het blok waar zij vandaan komt. `punten` zijn punten uit reacties op
    deze versie, elk met `besluit` (Verwerking of None); `antwoorden` zijn punten die in deze versie in deze alinea zijn
    verwerkt, `overgenomen` tekstvoorstellen van lezers. Mag deze lezer de versie met het antwoord niet zien, dan staat
    het bij de eerste daarna die hij wel ziet. `regel` is de regel van de vergelijking.
    """

    versie: Versie
    soort: str
    stukken: Sequence[Stuk] = ()
    vorige: Versie | None = None
    van: str = ""
    opmaak: Sequence[str] = ()
    bron: str = ""
    regel: Regel | None = None
    punten: list[Any] = field(default_factory=list)
    antwoorden: list[Any] = field(default_factory=list)
    opmerkingen: list[Any] = field(default_factory=list)
    overgenomen: list[Any] = field(default_factory=list)

    @property
    def woord(self) -> str:
        """Geef in woorden wat er in deze versie met de alinea gebeurde."""
        return WOORDEN[self.soort]

    @property
    def stil(self) -> bool:
        """Of er in deze versie niets gebeurde en niemand er iets over zei."""
        return self.soort == "gelijk" and not (self.punten or self.antwoorden or self.opmerkingen)


def geschiedenis(traject: "Adviestraject", blok: str, gebruiker: "Gebruiker") -> list[Stand]:
    """Geef de alinea door alle versies die deze persoon mag zien, oudste eerst; leeg als zij nergens voorkomt.

    Ook een versie waarin zij gelijk bleef staat erbij. Punten, besluiten en opmerkingen komen elk door hun eigen
    `zichtbaar_voor`.
    """
    versies = list(
        Versie.objects.zichtbaar_voor(gebruiker)
        .filter(traject=traject)
        .select_related("vastgesteld_in__commissie", "traject")
        .order_by("pk")
    )
    standen: list[Stand] = []
    vorige: Versie | None = None
    stond = geweest = False
    for versie in versies:
        gevonden = _blok(versie, blok)
        if gevonden is not None and not stond:
            standen.append(_begin(vorige, versie, gevonden, geweest))
        elif vorige is not None and stond:
            standen.append(_stap(vorige, versie, blok))
        stond, geweest, vorige = gevonden is not None, geweest or gevonden is not None, versie
    _hang_aan(standen, versies, blok, traject, gebruiker)
    return standen


def _blok(versie: Versie, id_: str) -> Blok | None:
    if f'data-blok="{id_}"' not in versie.html:
        return None
    return next((blok for blok in blokken(versie.html) if blok.id == id_), None)


def _begin(oud: Versie | None, nieuw: Versie, blok: Blok, geweest: bool) -> Stand:
    """De eerste versie met de alinea: helemaal nieuw, teruggekomen, of afgesplitst van een die er al stond."""
    regels = naar_blok(oud, nieuw, blok.id) if oud is not None else []
    if oud is not None and any(r.deel is not None for r in regels):
        return Stand(nieuw, "afgesplitst", regels[0].stukken, oud, bron=regels[0].oud)
    return Stand(nieuw, "terug" if geweest else "nieuw", [Stuk(blok.tekst)], oud)


def _stap(oud: Versie, nieuw: Versie, blok: str) -> Stand:
    """Geef wat er van de ene op de andere versie met de alinea gebeurde, volgens dezelfde vergelijking als elders."""
    regels = van_blok(oud, nieuw, blok)
    if not regels:
        return Stand(nieuw, "gelijk", vorige=oud)
    regel = next((r for r in regels if r.nieuw == blok), regels[0])
    soort = {"eraf": "geschrapt"}.get(regel.soort, regel.soort)
    if regel.deel is not None or regel.samen:
        soort = "gesplitst" if regel.deel is not None else "samengevoegd"
    elif soort == "gelijk" and regel.verplaatst:
        soort = "verplaatst"
    elif soort == "gelijk" and (regel.opmaak or regel.was):
        soort = "opmaak"
    # Van een gesplitste alinea staan hier alle delen: zo is te zien waar de rest bleef.
    stukken = stukken_van(regels) or list(regel.stukken)
    return Stand(nieuw, soort, stukken, oud, regel.elders if regel.verplaatst else "", regel.opmaak, regel=regel)


def _hang_aan(
    standen: list[Stand], zichtbare: list[Versie], blok: str, traject: "Adviestraject", gebruiker: "Gebruiker"
) -> None:
    """Hang de punten aan de versie waarop gereageerd werd, en de besluiten aan de versie met het antwoord."""
    bij = {stand.versie.pk: stand for stand in standen}
    if not bij:
        return
    punten: list[Any] = list(
        ReactieItem.objects.zichtbaar_voor(gebruiker)
        .filter(reactie__deelname__beraad__traject=traject, reactie__status=Reactiestatus.INGEDIEND)
        .select_related("reactie__deelname__organisatie", "reactie__deelname__beraad")
        .order_by("reactie__deelname__organisatie__naam", "volgorde", "pk")
    )
    zichtbaar = {punt.pk: punt for punt in punten}
    besluiten = {
        v.item_id: v
        for v in Verwerking.objects.zichtbaar_voor(gebruiker)
        .filter(item__in=list(zichtbaar))
        .select_related("vastgesteld_in__commissie")
    }
    for punt in punten:
        punt.besluit = besluiten.get(punt.pk)
        beraad = bij.get(punt.reactie.deelname.beraad.versie_id)
        if punt.blok == blok and beraad is not None:
            beraad.punten.append(punt)
        punt.antwoord = leesbaar(punt.besluit, zichtbare)
        if punt.antwoord is not None and punt.antwoord.pk in bij and punt.besluit.antwoord_blok == blok:
            bij[punt.antwoord.pk].antwoorden.append(punt)
    rijen = Opmerking.objects.zichtbaar_voor(gebruiker).filter(versie__in=list(bij), blok=blok, antwoord_op=None)
    for opmerking in rijen.select_related("organisatie").order_by("pk"):
        bij[opmerking.versie_id].opmerkingen.append(opmerking)
        doel = eerste_vanaf(opmerking.overgenomen_in_id, zichtbare)
        if doel is not None and doel.pk in bij:
            bij[doel.pk].overgenomen.append(opmerking)
