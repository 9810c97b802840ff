"""De raad op elke dag, zittingsperioden en commissies."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Schema

from kern.tijd import vandaag
from publiek import lezen
from publiek.api.kern import api, uit_lijst
from publiek.api.velden import Bladeren, Bladzijde, Bron, Datering, Vorm, datering, veld
from publiek.api.werk import SLUGPAD, bron_uit
from publiek.models import Benoeming, Bestuursfunctie, Commissie, Commissielid, Zetel, Zittingsperiode
from publiek.views.raad import BIJZONDER, FUNCTIES, geldt

Geleding = Literal["ondernemers", "kroonleden", "werknemers"]


class Bezetting(Vorm):
    """Wie een zetel vervult."""

    persoon: str = veld("naam", "A. Voorbeeld (voorbeeld)")
    soort: Literal["lid", "plaatsvervanger", "onbekend"] = veld(
        "lid of plaatsvervanger; onbekend als de bron dat openlaat", "lid"
    )
    van: Datering = veld("begin van de benoeming", None)
    tot: Datering = veld("einde van de benoeming (die dag hoort er niet meer bij)", None)
    opmerking: str = veld("wat erbij op te merken is", "", "bron")


class ZetelUit(Vorm):
    """Een zetel van de raad."""

    nummer: int = veld("nummer van de zetel", 1, "portaal")
    geleding: Geleding = veld("de geleding van de zetel", "kroonleden")
    organisatie: str = veld("de organisatie die benoemt; bij kroonleden de Kroon", "de Kroon")
    leeg: bool | None = veld("waar: niemand; onwaar: bezet; leeg (null): niet bekend wie", False, "berekend")
    bezetting: list[Bezetting] = veld("lid en plaatsvervanger op deze dag", None)


class Verdeling(Vorm):
    """Hoeveel zetels elke geleding heeft."""

    vanaf: date = veld("vanaf welke dag", "2022-04-01")
    ondernemers: int = veld("zetels van ondernemers", 12)
    kroonleden: int = veld("zetels van kroonleden", 12)
    werknemers: int = veld("zetels van werknemers", 12)
    bron: str = veld("waar de verdeling staat", "Brochure van de SER", "bron")


class Functie(Vorm):
    """Een functie in het bestuur."""

    functie: str = veld("de functie", "voorzitter")
    persoon: str = veld("naam", "A. Voorbeeld (voorbeeld)")


class Periode(Vorm):
    """Een zittingsperiode."""

    id: int = veld("nummer van de periode", 1, "adres")
    naam: str = veld("naam van de periode", "2022-2024")
    van: date = veld("eerste dag", "2022-04-01")
    tot: date | None = veld("de dag waarop de periode eindigt (hoort er niet meer bij)", "2024-04-01")
    volledig: bool = veld("waar als van elke zetel bekend is wie haar had", False, "berekend")
    voorbeeld: bool = veld("waar als dit record verzonnen is", True, "portaal")


class Raad(Vorm):
    """De raad op één dag."""

    op: date = veld("de dag waarop gekeken is", "2023-03-16", "berekend")
    periode: Periode | None = veld("de zittingsperiode; leeg als er van die dag niets bekend is", None)
    verdeling: Verdeling | None = veld("de zetels per geleding, als die bekend zijn", None)
    zetels: list[ZetelUit] = veld("de zetels", None)
    bestuur: list[Functie] = veld("voorzitter, plaatsvervangers en dagelijks bestuur", None)


class PeriodeLijst(Bladzijde):
    """Een bladzijde zittingsperioden."""

    zittingsperioden: list[Periode] = veld("de perioden, nieuwste eerst", None)


class OpVragen(Schema):
    """De dag waarop gekeken wordt."""

    op: date | None = Field(None, description="de dag, als 2023-03-16; zonder: vandaag")


@api.get("/raad", response=Raad, summary="De raad op een dag", tags=["raad"], operation_id="raad")
def raad(request: HttpRequest, vragen: Query[OpVragen]) -> Any:
    """Geef wie er op deze dag in de raad zat. Wat niet bekend is staat er als niet bekend."""
    dag = vragen.op or vandaag()
    periode = Zittingsperiode.objects.filter(geldt(dag)).order_by("-voorbeeld", "-van").first()
    if periode is None:
        return {"op": dag, "periode": None, "verdeling": None, "zetels": [], "bestuur": []}
    zetels = list(Zetel.objects.filter(geldt(dag), periode=periode).order_by("nummer"))
    per: dict[int, list[Benoeming]] = {}
    for b in Benoeming.objects.filter(geldt(dag), zetel__in=[z.pk for z in zetels]).order_by("soort", "sorteersleutel"):
        per.setdefault(b.zetel_id, []).append(b)
    verdeling = periode.verdelingen.filter(vanaf__lte=dag).order_by("-vanaf").first()
    bestuur = Bestuursfunctie.objects.filter(geldt(dag), voorbeeld=periode.voorbeeld)
    rang = {naam: plaats for plaats, naam in enumerate(FUNCTIES)}
    return {
        "op": dag,
        "periode": _periode(periode),
        "verdeling": verdeling
        and {
            "vanaf": verdeling.vanaf,
            "ondernemers": verdeling.ondernemers,
            "kroonleden": verdeling.kroonleden,
            "werknemers": verdeling.werknemers,
            "bron": verdeling.bron,
        },
        "zetels": [_zetel(z, per.get(z.pk, []), periode) for z in zetels],
        "bestuur": [
            {"functie": FUNCTIES[b.functie], "persoon": b.persoon}
            for b in sorted(bestuur, key=lambda b: (rang[b.functie], b.sorteersleutel))
        ],
    }


def _zetel(zetel: Zetel, benoemingen: list[Benoeming], periode: Zittingsperiode) -> dict[str, Any]:
    bezet = any(b.soort in {"lid", "onbekend"} for b in benoemingen)
    return {
        "nummer": zetel.nummer,
        "geleding": zetel.geleding,
        "organisatie": zetel.organisatie or BIJZONDER.get(zetel.bijzonder, "de Kroon"),
        "leeg": False if bezet else (True if periode.volledig else None),
        "bezetting": [
            {
                "persoon": b.persoon,
                "soort": b.soort,
                "van": datering(b.van, b.van_precisie),
                "tot": datering(b.tot, b.tot_precisie or "dag"),
                "opmerking": b.opmerking,
            }
            for b in benoemingen
        ],
    }


def _periode(p: Zittingsperiode) -> dict[str, Any]:
    return {
        "id": p.pk,
        "naam": p.naam,
        "van": p.van,
        "tot": p.tot,
        "volledig": p.volledig,
        "voorbeeld": p.voorbeeld,
    }


@api.get(
    "/zittingsperioden",
    response=PeriodeLijst,
    summary="Zittingsperioden",
    tags=["raad"],
    operation_id="zittingsperioden",
)
def zittingsperioden(request: HttpRequest, vragen: Query[Bladeren]) -> Any:
    """Geef de zittingsperioden van de raad, nieuwste eerst."""
    return uit_lijst(request, vragen, "zittingsperioden", Zittingsperiode.objects.order_by("-van", "id"), _periode)


class CommissieKort(Vorm):
    """Een commissie of eigen orgaan."""

    slug: str = veld("blijvend kenmerk in het adres", "commissie-voorbeeld", "adres")
    naam: str = veld("naam", "Commissie Voorbeeld (voorbeeld)")
    afkorting: str = veld("afkorting", "CV")
    soort: Literal["vast", "ad_hoc", "art43", "bestuurlijk", "eigen_orgaan", "werkgroep"] = veld(
        "soort; bij het archief deels ons oordeel", "vast"
    )
    taak: str = veld("waar zij over gaat", "Bereidt adviezen voor (voorbeeld).")
    ingesteld: Datering = veld("wanneer zij is ingesteld", None)
    opgehevenOp: date | None = veld("de dag van opheffen; leeg als zij bestaat of dat niet bekend is", None)
    voorbeeld: bool = veld("waar als dit record verzonnen is", True, "portaal")
    url: str = veld("de bladzijde voor mensen", "https://voorbeeld.test/commissies/commissie-voorbeeld/", "adres")


class CommissieLijst(Bladzijde):
    """Een bladzijde commissies."""

    commissies: list[CommissieKort] = veld("de commissies", None)


class Lid(Vorm):
    """Iemand in een commissie."""

    persoon: str = veld("naam", "A. Voorbeeld (voorbeeld)")
    rol: Literal["voorzitter", "lid", "plaatsvervanger", "adviserend_lid"] = veld("rol in de commissie", "lid")
    geleding: str = veld("geleding, als zij er een heeft", "kroonleden")
    organisatie: str = veld("de organisatie die deze plaats vult", "")
    van: date = veld("eerste dag", "2026-01-01")
    tot: date | None = veld("de dag waarop het lidmaatschap eindigt (hoort er niet meer bij)", None)


class CommissieVol(CommissieKort):
    """Een commissie met haar leden op een dag."""

    op: date = veld("de dag waarop gekeken is", "2026-03-16", "berekend")
    leden: list[Lid] = veld("de leden op die dag; van veel archiefcommissies zijn zij niet bekend", None)
    ookBekendAls: list[str] = veld("andere namen", [])
    mandaat: bool = veld("waar als zij zelf adviezen mag uitbrengen", False)
    voorzitterVolgensBron: str = veld("archief: wie de bron als voorzitter noemt", "", "bron")
    opmerking: str = veld("wat erbij op te merken is", "", "bron")
    bronnen: list[Bron] = veld("waar de gegevens vandaan komen", None, "bron")


def _commissie(c: Commissie) -> dict[str, Any]:
    return {
        "slug": c.slug,
        "naam": c.naam,
        "afkorting": c.afkorting,
        "soort": c.soort,
        "taak": c.taak,
        "ingesteld": datering(c.ingesteld_op, c.ingesteld_precisie),
        "opgehevenOp": c.opgeheven_op,
        "voorbeeld": c.voorbeeld,
        "url": lezen.absoluut(c.get_absolute_url()),
    }


@api.get("/commissies", response=CommissieLijst, summary="Commissies", tags=["raad"], operation_id="commissies")
def commissies(request: HttpRequest, vragen: Query[Bladeren]) -> Any:
    """Geef de commissies en eigen organen, op naam."""
    return uit_lijst(request, vragen, "commissies", Commissie.objects.order_by("sorteersleutel", "id"), _commissie)


@api.get("/commissies/{slug}", response=CommissieVol, summary="Eén commissie", tags=["raad"], operation_id="commissie")
def commissie(request: HttpRequest, vragen: Query[OpVragen], slug: str = SLUGPAD) -> Any:
    """Geef één commissie met haar leden op een dag."""
    c = Commissie.objects.get(slug=slug)
    dag = vragen.op or vandaag()
    return _commissie(c) | {
        "op": dag,
        "leden": [
            {
                "persoon": lid.persoon,
                "rol": lid.rol,
                "geleding": lid.geleding,
                "organisatie": lid.organisatie,
                "van": lid.van,
                "tot": lid.tot,
            }
            for lid in Commissielid.objects.filter(geldt(dag), commissie=c).order_by("rol", "sorteersleutel")
        ],
        "ookBekendAls": [str(naam) for naam in c.ook_bekend_als],
        "mandaat": c.mandaat,
        "voorzitterVolgensBron": c.voorzitter_volgens_bron,
        "opmerking": c.opmerking,
        "bronnen": [bron_uit(str(b)) for b in (c.bron if isinstance(c.bron, list) else [c.bron]) if b],
    }
