"""Tekstvoorstellen uit opmerkingen: wat er nu staat, wat er zou komen te staan, en waarom het soms niet vanzelf kan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adviezen.models import Adviestraject, Opmerking, Versie
from adviezen.queries.opmerkingen import OVER_TE_NEMEN, kring_naam
from adviezen.queries.plaats import HIER, VERPLAATST, VERVALLEN, Anker, Kaart
from kern.blokken import blokken, nummers
from kern.componenten import Deel
from kern.markeer import Tekst, Vervangfout, vervang
from kern.verschil import verschil

if TYPE_CHECKING:
    from toegang.models import Gebruiker

GEWIJZIGD_SINDS = "De alinea is gewijzigd sinds het voorstel. Neem over wat nog past met “Schrijf in de browser”."
WOORDEN_WEG = "De aangehaalde woorden staan er niet meer zo. Neem over wat nog past met “Schrijf in de browser”."
PASSAGE_WEG = "De passage is vervallen."


@dataclass(frozen=True)
class Vervanging:
    """Waar het voorstel komt: het blok, van welk teken tot welk, en wat daar nu staat."""

    blok: str
    begin: int
    einde: int
    oud: str


@dataclass(frozen=True)
class Voorstel:
    """Een open tekstvoorstel tegen de laatste tekst. `reden` is leeg als het overgenomen kan worden."""

    opmerking: Opmerking
    kring: str
    alinea: int
    toen: str
    nu: str
    reden: str

    @property
    def delen(self) -> list[Deel]:
        """Wat er verandert, woord voor woord."""
        return verschil(self.nu, " ".join(self.opmerking.voorstel.split()))


class Conflict(Exception):
    """Het voorstel kan niet vanzelf in deze tekst; `reden` zegt waarom, `nu` wat er nu staat ("" als niets)."""

    def __init__(self, reden: str, nu: str = "") -> None:
        super().__init__(reden)
        self.reden, self.nu = reden, nu


def zoek(o: Opmerking, kaart: Kaart, toen: str) -> Vervanging:
    """Geef waar een voorstel in de tekst van `kaart` komt; `toen` is de tekst van het blok toen het geschreven werd.

    Gaat het over aangehaalde woorden, dan moeten die er nog zo staan. Gaat het over de hele alinea, dan moet de hele
    alinea nog zo zijn. Werpt Conflict.
    """
    plek = kaart.plek(Anker(o.blok, o.citaat, o.begin, o.einde, o.voor, o.na))
    if plek.staat == VERVALLEN:
        raise Conflict(PASSAGE_WEG)
    tekst = kaart.teksten[plek.blok]
    if o.begin is None:
        if tekst != toen:
            raise Conflict(GEWIJZIGD_SINDS, tekst)
        return Vervanging(plek.blok, 0, len(tekst), tekst)
    if plek.staat not in (HIER, VERPLAATST) or plek.begin is None or plek.einde is None:
        raise Conflict(WOORDEN_WEG, tekst)
    return Vervanging(plek.blok, plek.begin, plek.einde, tekst[plek.begin : plek.einde])


def pas_toe(o: Opmerking, html: str, toen: str) -> str:
    """Geef `html` met het voorstel erin. Werpt Conflict als dat niet vanzelf kan."""
    waar = zoek(o, Kaart(html), toen)
    try:
        return vervang(html, waar.blok, waar.begin, waar.einde, o.voorstel)
    except Vervangfout as fout:
        raise _conflict(fout, waar) from fout


def _conflict(fout: Vervangfout, waar: Vervanging) -> Conflict:
    return Conflict(f"{fout.reden} Neem het voorstel over met “Schrijf in de browser”.", waar.oud)


def toen(opmerkingen: Sequence[Opmerking]) -> dict[int, str]:
    """Geef per opmerking de tekst van haar blok in de versie waar zij geschreven is; één zoekvraag.

    Van elke versie komt de tekst één keer, en zij hangt daarna aan al haar opmerkingen.
    """
    versies = Versie.objects.in_bulk({o.versie_id for o in opmerkingen})
    for o in opmerkingen:
        o.versie = versies[o.versie_id]
    per_versie: dict[int, dict[str, str]] = {}
    for o in opmerkingen:
        if o.versie_id not in per_versie:
            per_versie[o.versie_id] = {b.id: b.tekst for b in blokken(o.versie.html)}
    return {o.pk: per_versie[o.versie_id].get(o.blok, "") for o in opmerkingen}


def open_voorstellen(traject: Adviestraject, gebruiker: "Gebruiker", laatste: Versie | None) -> list[Voorstel]:
    """Geef de open tekstvoorstellen die het secretariaat kan overnemen, op volgorde van de tekst; twee zoekvragen.

    De tekst wordt één keer gelezen, hoeveel voorstellen er ook zijn.
    """
    if laatste is None:
        return []
    rijen = list(
        Opmerking.objects.zichtbaar_voor(gebruiker)
        .filter(versie__traject=traject, kring__in=OVER_TE_NEMEN, afgedaan_op__isnull=True, antwoord_op__isnull=True)
        .exclude(voorstel="")
        .exclude(blok="")
        .select_related("organisatie")
        .order_by("pk")
    )
    if not rijen:
        return []
    stond, volg = toen(rijen), nummers(laatste.html)
    kaart, tekst = Kaart(laatste.html), Tekst(laatste.html)
    uit: list[Voorstel] = []
    for o in rijen:
        oud = o.citaat if o.begin is not None else stond[o.pk]
        blok = o.blok
        try:
            waar = zoek(o, kaart, stond[o.pk])
            blok, nu, reden = waar.blok, waar.oud, ""
            tekst.keur(waar.blok, waar.begin, waar.einde, o.voorstel)
        except Conflict as conflict:
            nu, reden = conflict.nu, conflict.reden
        except Vervangfout as fout:
            reden = _conflict(fout, waar).reden
        uit.append(Voorstel(o, kring_naam(o), volg.get(blok, 0), oud, nu, reden))
    return sorted(uit, key=lambda v: (v.alinea == 0, v.alinea, v.opmerking.pk))
