"""De verwerkingstabel: elk punt uit elke ingediende reactie, op de volgorde van de tekst."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adviezen.enums import Reactiestatus
from adviezen.models import Adviestraject, ReactieItem, Verwerking
from adviezen.models.zicht import blik
from adviezen.queries.tekst import passages
from kern.blokken import blokken

if TYPE_CHECKING:
    from toegang.models import Gebruiker


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
    """Geef de zichtbare punten van alle rondes, op ronde en organisatie; elk met `besluit` (Verwerking of None)."""
    items: list[Any] = list(
        ReactieItem.objects.zichtbaar_voor(gebruiker)
        .filter(reactie__deelname__beraad__traject=traject, reactie__status=Reactiestatus.INGEDIEND)
        .select_related("reactie__deelname__organisatie", "reactie__deelname__beraad__versie")
        .order_by("reactie__deelname__beraad__ronde", "reactie__deelname__organisatie__naam", "volgorde", "pk")
    )
    besluiten = {
        v.item_id: v
        for v in Verwerking.objects.zichtbaar_voor(gebruiker)
        .filter(item__in=items)
        .select_related("vastgesteld_in", "voorgesteld_door", "antwoord_versie")
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


def stand(groepen: list[Groep]) -> dict[str, Any]:
    """Tel: alle punten, zonder voorstel, wachtend op een besluit, besloten."""
    alle = [p for g in groepen for p in g.punten]
    zonder = [p for p in alle if p.besluit is None]
    wacht = [p for p in alle if p.besluit is not None and p.besluit.vastgesteld_in_id is None]
    return {
        "alle": len(alle),
        "zonder": len(zonder),
        "wacht": len(wacht),
        "besloten": len(alle) - len(zonder) - len(wacht),
    }


def volgende_open(groepen: list[Groep], na: int | None = None) -> int | None:
    """Geef het eerstvolgende punt zonder voorstel, na het punt `na` (daarna weer vooraan), of None."""
    alle = [p for g in groepen for p in g.punten]
    begin = next((n + 1 for n, p in enumerate(alle) if p.pk == na), 0)
    return next((p.pk for p in [*alle[begin:], *alle[:begin]] if p.besluit is None and p.pk != na), None)
