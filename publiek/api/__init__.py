"""De lees-API /api/v1, naar de NLGov REST API Design Rules: zelfstandige naamwoorden in het meervoud, geen schuine
streep aan het eind, camelCase in vragen, fouten als application/problem+json, en de versie in elke kop."""

import json
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import Field, NinjaAPI, Query, Schema
from ninja.errors import HttpError, ValidationError

from publiek import lezen
from publiek.models import Advies, Agendapunt, Commissie, Vergadering
from publiek.views import View, openbaar
from publiek.zoeken import zoek
from publiek.zoekvraag import PER_PAGINA, lees

VERSIE = "1.0.0"
KOPPEN = {"API-Version": VERSIE, "Access-Control-Allow-Origin": "*"}


class AdviesKort(Schema):
    """Een advies in een lijst."""

    kenmerk: str
    nummer: str | None
    titel: str
    soort: str
    jaar: int | None
    datum: str | None = Field(description="JJJJ, JJJJ-MM of JJJJ-MM-DD: zo nauwkeurig als bekend")
    datumAfgeleid: bool
    oordeel: str | None
    reactie: str
    commissie: str | None
    themas: list[str]
    voorbeeld: bool
    url: str


class AdviesLijst(Schema):
    """Een bladzijde adviezen."""

    totaal: int
    pagina: int
    paginas: int
    perPagina: int
    adviezen: list[AdviesKort]


class Aanbeveling(Schema):
    """Een aanbeveling uit een advies."""

    nummer: int
    tekst: str
    geadresseerden: str
    url: str


class Reactie(Schema):
    """Een reactie van het kabinet."""

    datum: str | None
    kamerstuk: str | None
    toelichting: str | None
    bron: str | None
    gedeeltelijk: bool


class Termijn(Schema):
    """De afgesproken termijn voor de reactie, met de aannames waarop zij rust."""

    basis: date
    vervaltOp: date
    uitleg: str
    aannames: list[str]


class AdviesVol(AdviesKort):
    """Een advies met alles wat openbaar is."""

    ondertitel: str
    samenvatting: str
    adviesvragers: list[str]
    aanbevelingen: list[Aanbeveling]
    kabinetsreacties: list[Reactie]
    termijn: Termijn | None
    bronnen: list[str]
    opmerking: str
    pdf: str


class CommissieUit(Schema):
    """Een commissie."""

    slug: str
    naam: str
    afkorting: str
    soort: str
    taak: str
    voorbeeld: bool
    url: str


class Punt(Schema):
    """Een agendapunt."""

    volgorde: int
    onderwerp: str
    stuknummer: str | None
    uitkomst: str


class VergaderingUit(Schema):
    """Een vergadering van de raad."""

    slug: str
    datum: str | None
    datumAfgeleid: bool
    openbaar: bool
    status: str
    agenda: list[Punt]
    voorbeeld: bool
    url: str


class CommissieLijst(Schema):
    """Alle commissies."""

    totaal: int
    commissies: list[CommissieUit]


class VergaderingLijst(Schema):
    """Alle vergaderingen, nieuwste eerst."""

    totaal: int
    vergaderingen: list[VergaderingUit]


class Filters(Schema):
    """Waarop de lijst te beperken is; dezelfde keuzes als op de zoekpagina."""

    q: str = Field("", max_length=200, description="zoekwoorden; aanhalingstekens en minteken werken")
    jaar: int | None = Field(None, ge=1950, le=2099)
    thema: str = Field("", max_length=120)
    soort: str = Field("", max_length=40)
    commissie: str = Field("", max_length=160)
    oordeel: str = Field("", max_length=20)
    reactie: str = Field("", max_length=20)
    pagina: int = Field(1, ge=1, le=100_000)


class Api(NinjaAPI):
    """De API met de kop API-Version en fouten als problem+json, ook in de beschrijving."""

    def create_response(self, request: HttpRequest, data: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        antwoord: HttpResponse = super().create_response(request, data, *args, **kwargs)
        for naam, waarde in KOPPEN.items():
            antwoord[naam] = waarde
        return antwoord

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(**{**kwargs, "path_prefix": ""})
        kop = {"description": "versie van de API", "schema": {"type": "string", "example": VERSIE}}
        for wegen in schema["paths"].values():
            for daad in wegen.values():
                for code in ("400", "404"):
                    daad["responses"].setdefault(
                        code, {"description": "Fout", "content": {"application/problem+json": {"schema": PROBLEEM}}}
                    )
                for antwoord in daad["responses"].values():
                    antwoord["headers"] = {"API-Version": kop}
        return schema


PROBLEEM = {
    "type": "object",
    "properties": {"status": {"type": "integer"}, "title": {"type": "string"}, "detail": {"type": "string"}},
}
api = Api(
    title="SER-portaal",
    version=VERSIE,
    description="Openbare adviezen van de Sociaal-Economische Raad sinds 1950, commissies en vergaderingen.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    servers=[{"url": f"{settings.PORTAL_ADRES}/api/v1", "description": "dit portaal"}],
    openapi_extra={"info": {"contact": {"name": "SER-portaal", "url": f"{settings.PORTAL_ADRES}/toegankelijkheid"}}},
)


def probleem(status: int, titel: str, detail: str, **extra: Any) -> HttpResponse:
    """Geef een fout volgens RFC 9457."""
    lijf = json.dumps({"status": status, "title": titel, "detail": detail, **extra}, ensure_ascii=False)
    return HttpResponse(lijf, status=status, content_type="application/problem+json", headers=KOPPEN)


@api.exception_handler(ValidationError)
def bij_invoer(request: HttpRequest, fout: ValidationError) -> HttpResponse:
    """Onjuiste invoer: 400, met alle fouten tegelijk."""
    fouten = [{"in": ".".join(str(d) for d in f["loc"][1:]), "detail": f["msg"]} for f in fout.errors]
    namen = ", ".join(sorted({f["in"].split(".")[-1] for f in fouten}))
    return probleem(400, "Onjuiste invoer", f"Kijk na: {namen}.", errors=fouten)


@api.exception_handler(HttpError)
def bij_fout(request: HttpRequest, fout: HttpError) -> HttpResponse:
    """Een bewuste fout van de API."""
    return probleem(fout.status_code, "Onjuiste invoer", str(fout))


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def bij_niets(request: HttpRequest, fout: Exception) -> HttpResponse:
    """Er is niets op dit adres."""
    return probleem(404, "Niet gevonden", "Op dit adres staat niets.")


def _datum(datum: date | None, precisie: str) -> str | None:
    if datum is None or precisie == "onbekend":
        return None
    return datum.isoformat()[: {"dag": 10, "maand": 7, "jaar": 4}[precisie]]


def _kort(rij: Advies) -> dict[str, Any]:
    m = rij.metadata
    return {
        "kenmerk": rij.kenmerk,
        "nummer": rij.nummer or None,
        "titel": rij.titel,
        "soort": rij.soort,
        "jaar": rij.jaar,
        "datum": _datum(rij.datum, m.get("datum_precisie") or "dag"),
        "datumAfgeleid": bool(m.get("dag_afgeleid")),
        "oordeel": rij.oordeel or None,
        "reactie": rij.reactie,
        "commissie": rij.commissie or None,
        "themas": rij.themas,
        "voorbeeld": rij.voorbeeld,
        "url": lezen.absoluut(rij.get_absolute_url()),
    }


@api.get("/adviezen", response=AdviesLijst, summary="Adviezen zoeken", by_alias=True)
def adviezen(request: HttpRequest, filters: Query[Filters]) -> Any:
    """Zoek in de adviezen; zonder vraag de nieuwste eerst, twintig per bladzijde."""
    vraag = lees(request.GET)
    if vraag.meldingen:
        raise HttpError(400, " ".join(vraag.meldingen))
    uitslag = zoek(vraag)
    return {
        "totaal": uitslag.totaal,
        "pagina": uitslag.pagina,
        "paginas": uitslag.paginas,
        "perPagina": PER_PAGINA,
        "adviezen": [_kort(t.advies) for t in uitslag.treffers],
    }


@api.get("/adviezen/{kenmerk}", response=AdviesVol, summary="Eén advies")
def advies(request: HttpRequest, kenmerk: str) -> Any:
    """Geef één advies bij zijn kenmerk."""
    from publiek.models import Kabinetsreactie, Klok

    rij = Advies.objects.defer("zoek", "zoek_kort").get(kenmerk=kenmerk)
    m, basis = rij.metadata, lezen.absoluut(rij.get_absolute_url())
    klok = Klok.objects.filter(kenmerk=kenmerk).first()
    return _kort(rij) | {
        "ondertitel": m.get("ondertitel") or "",
        "samenvatting": m.get("samenvatting") or "",
        "adviesvragers": m.get("adviesvragers") or [],
        "aanbevelingen": [
            {
                "nummer": a["nummer"],
                "tekst": a["tekst"],
                "geadresseerden": a["geadresseerden"],
                "url": f"{basis}#{a['blok']}",
            }
            for a in m.get("aanbevelingen") or []
        ],
        "kabinetsreacties": [
            {
                "datum": r.datum_tekst,
                "kamerstuk": r.kamerstuk,
                "toelichting": r.toelichting,
                "bron": r.bron,
                "gedeeltelijk": r.gedeeltelijk,
            }
            for r in Kabinetsreactie.objects.filter(kenmerk=kenmerk)
        ],
        "termijn": klok
        and {"basis": klok.basis, "vervaltOp": klok.vervalt_op, "uitleg": klok.uitleg, "aannames": klok.aannames},
        "bronnen": [b.adres or b.naam for b in lezen.bronnen_van(m)],
        "opmerking": m.get("opmerking") or "",
        "pdf": f"{basis}advies.pdf",
    }


@api.get("/commissies", response=CommissieLijst, summary="Commissies")
def commissies(request: HttpRequest) -> Any:
    """Geef alle commissies en eigen organen."""
    rijen = [
        {
            "slug": c.slug,
            "naam": c.naam,
            "afkorting": c.afkorting,
            "soort": c.soort,
            "taak": c.taak,
            "voorbeeld": c.voorbeeld,
            "url": lezen.absoluut(c.get_absolute_url()),
        }
        for c in Commissie.objects.all()
    ]
    return {"totaal": len(rijen), "commissies": rijen}


@api.get("/vergaderingen", response=VergaderingLijst, summary="Vergaderingen van de raad")
def vergaderingen(request: HttpRequest) -> Any:
    """Geef de vergaderingen van de raad met hun openbare agenda, nieuwste eerst."""
    punten: dict[int, list[dict[str, Any]]] = {}
    for p in Agendapunt.objects.order_by("vergadering_id", "volgorde"):
        punten.setdefault(p.vergadering_id, []).append(
            {"volgorde": p.volgorde, "onderwerp": p.onderwerp, "stuknummer": p.stuknummer, "uitkomst": p.uitkomst}
        )
    rijen = [
        {
            "slug": v.slug,
            "datum": _datum(v.datum, v.datum_precisie),
            "datumAfgeleid": v.dag_afgeleid,
            "openbaar": v.openbaar,
            "status": v.status,
            "agenda": punten.get(v.pk, []),
            "voorbeeld": v.voorbeeld,
            "url": lezen.absoluut(v.get_absolute_url()),
        }
        for v in Vergadering.objects.order_by("-datum")
    ]
    return {"totaal": len(rijen), "vergaderingen": rijen}


@openbaar
def onbekend(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Elk ander adres onder /api/: 404 als problem+json, ook met een schuine streep aan het eind."""
    return probleem(404, "Niet gevonden", "Op dit adres staat niets. Zie /api/v1/openapi.json.")


def routes() -> list[URLPattern]:
    """Geef de routes van de API, elk gemerkt als openbaar en lezend onder de rol ser_publiek."""
    patronen = [p for p in api.urls[0] if isinstance(p, URLPattern) and p.name != "api-root"]
    for patroon in patronen:
        patroon.callback = openbaar(_ook_head(patroon.callback))
    return patronen


def _ook_head(view: View) -> View:
    """Laat HEAD hetzelfde doen als GET; de server stuurt dan alleen de kop."""

    def binnen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        daad = request.method
        request.method = "GET"
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = daad

    return binnen
