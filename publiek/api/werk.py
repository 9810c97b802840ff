"""Lopend werk, vergaderingen en thema's."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Path, Query

from adviezen.enums import PUBLIEKE_NAAM
from kern.tijd import dag_van
from publiek import lezen
from publiek.api.adviezen import SLUG
from publiek.api.kern import api, uit_lijst
from publiek.api.velden import Bladeren, Bladzijde, Bron, Datering, Vorm, datering, veld
from publiek.models import Advies, Agendapunt, Stuk, Thema, Traject, Vergadering
from publiek.queries import themas as getelde_themas

SLUGPAD = Path(..., pattern=r"^[a-z0-9][a-z0-9-]{0,159}$", description="de slug uit de lijst")


class TrajectKort(Vorm):
    """Werk aan een advies, in openbare woorden."""

    slug: str = veld("blijvend kenmerk in het adres", "een-traject-voorbeeld", "adres")
    titel: str = veld("openbare titel", "Een traject (voorbeeld)", "portaal")
    stap: str = veld("waar het traject is, in openbare woorden", "in achterbanberaad", "portaal")
    stapnummer: int | None = veld("stap 1 tot en met 9; leeg als het traject eindigde zonder advies", 4, "portaal")
    stapSinds: date = veld("sinds welke dag", "2026-03-16", "portaal")
    lopend: bool = veld("waar zolang het traject loopt", True, "portaal")
    eigenInitiatief: bool = veld("waar als de raad zelf begon", False, "portaal")
    verwachtOp: date | None = veld("wanneer het advies verwacht wordt", "2026-09-01", "portaal")
    commissie: str | None = veld("slug van de commissie", "commissie-voorbeeld", "adres")
    adviesvragers: list[str] = veld(
        "wie om het advies vroeg, als dat openbaar is", ["de minister van Voorbeeld"], "portaal"
    )
    voorbeeld: bool = veld("waar als dit record verzonnen is", True, "portaal")
    url: str = veld("de bladzijde voor mensen", "https://voorbeeld.test/trajecten/een-traject-voorbeeld/", "adres")


class TrajectLijst(Bladzijde):
    """Een bladzijde trajecten."""

    trajecten: list[TrajectKort] = veld("de trajecten", None)


class Stap(Vorm):
    """Een gezette stap."""

    stap: str = veld("de stap, in openbare woorden", "in voorbereiding bij de commissie", "portaal")
    dag: date = veld("de dag waarop zij begon", "2026-01-12", "portaal")


class StukUit(Vorm):
    """Een openbaar stuk van een traject."""

    soort: str = veld("ontwerpadvies of adviesaanvraag", "ontwerpadvies", "portaal")
    titel: str = veld("titel van het stuk", "Ontwerpadvies (voorbeeld)", "portaal")
    openbaarOp: date = veld("sinds welke dag het openbaar is", "2026-03-16", "portaal")
    ontwerp: bool = veld("waar als de tekst nog niet is vastgesteld", True, "portaal")
    url: str = veld("de bladzijde", "https://voorbeeld.test/trajecten/een-traject-voorbeeld/ontwerpadvies/", "adres")


class TrajectVol(TrajectKort):
    """Een traject met zijn stappen en stukken."""

    vraag: str = veld("de vraag aan de raad, als zij openbaar is", "Wat kan er beter (voorbeeld)?", "portaal")
    gevraagdOp: date | None = veld("dag van de aanvraag, als zij openbaar is", "2026-01-05", "portaal")
    geadresseerden: str = veld("bij eigen initiatief: aan wie het advies gericht wordt", "", "portaal")
    stappen: list[Stap] = veld("de gezette stappen, oudste eerst", None, "portaal")
    stukken: list[StukUit] = veld("de openbare stukken", None, "portaal")
    advies: str | None = veld("kenmerk van het advies, zodra het openbaar is", "t-12", "adres")


class TrajectVragen(Bladeren):
    """Waarop de trajecten te beperken zijn."""

    lopend: bool | None = Field(None, description="alleen wat loopt (true) of alleen wat eindigde (false)")
    commissie: str = Field("", max_length=160, pattern=SLUG, description="slug van een commissie")


@api.get("/trajecten", response=TrajectLijst, summary="Trajecten", tags=["werk"], operation_id="trajecten")
def trajecten(request: HttpRequest, vragen: Query[TrajectVragen]) -> Any:
    """Geef waar de raad aan werkt en wat eindigde; wat het laatst bewoog eerst."""
    rijen = Traject.objects.order_by("-stap_sinds", "slug")
    if vragen.lopend is not None:
        rijen = rijen.filter(lopend=vragen.lopend)
    if vragen.commissie:
        rijen = rijen.filter(commissie_slug=vragen.commissie)
    return uit_lijst(request, vragen, "trajecten", rijen, _traject)


def _traject(t: Traject) -> dict[str, Any]:
    return {
        "slug": t.slug,
        "titel": t.titel,
        "stap": t.stand,
        "stapnummer": t.volgnummer,
        "stapSinds": t.stap_sinds,
        "lopend": t.lopend,
        "eigenInitiatief": t.eigen_initiatief,
        "verwachtOp": t.verwacht_op,
        "commissie": t.commissie_slug or None,
        "adviesvragers": t.vragers,
        "voorbeeld": t.voorbeeld,
        "url": lezen.absoluut(t.get_absolute_url()),
    }


@api.get("/trajecten/{slug}", response=TrajectVol, summary="Eén traject", tags=["werk"], operation_id="traject")
def traject(request: HttpRequest, slug: str = SLUGPAD) -> Any:
    """Geef één traject met zijn stappen en openbare stukken."""
    t = Traject.objects.get(slug=slug)
    kenmerk = f"t-{t.pk}"
    stukken = Stuk.objects.filter(sleutel__in=[f"ontwerpadvies:{kenmerk}", f"adviesaanvraag:{kenmerk}"]).defer("html")
    return _traject(t) | {
        "vraag": t.vraag or "",
        "gevraagdOp": t.gevraagd_op,
        "geadresseerden": t.geadresseerden,
        "stappen": [{"stap": PUBLIEKE_NAAM[g.naar], "dag": g.dag} for g in t.stapgangen.all()],
        "stukken": [
            {
                "soort": s.soort,
                "titel": s.titel,
                "openbaarOp": dag_van(s.vanaf),
                "ontwerp": s.soort == "ontwerpadvies",
                "url": lezen.absoluut(f"{t.get_absolute_url()}{s.soort}/"),
            }
            for s in stukken.order_by("vanaf")
        ],
        "advies": kenmerk if Advies.objects.filter(kenmerk=kenmerk).exists() else None,
    }


class Punt(Vorm):
    """Een agendapunt."""

    volgorde: int = veld("plaats op de agenda", 1)
    onderwerp: str = veld("onderwerp", "Ontwerpadvies (voorbeeld)")
    stuknummer: str | None = veld("nummer van het raadsstuk", "R/3030")
    uitkomst: str = veld("wat er besloten is, als dat bekend is", "vastgesteld")
    vervallen: str = veld("waarom het punt van de agenda ging; leeg als het bleef", "", "portaal")


class VergaderingKort(Vorm):
    """Een vergadering van de raad."""

    slug: str = veld("blijvend kenmerk in het adres", "2023-03-16", "adres")
    dagtekening: Datering = veld("de dag, zo nauwkeurig als bekend", None)
    openbaar: bool = veld("of de vergadering openbaar is", True)
    status: Literal["gepland", "opgeroepen", "geopend", "gesloten", "afgelast", "niet_doorgegaan"] = veld(
        "waar de vergadering staat", "gesloten"
    )
    zekerheid: str = veld("archief: hoe wij weten dat deze vergadering er was", "waargenomen", "bron")
    voorbeeld: bool = veld("waar als dit record verzonnen is", True, "portaal")
    url: str = veld("de bladzijde voor mensen", "https://voorbeeld.test/vergaderingen/2023-03-16/", "adres")


class VergaderingLijst(Bladzijde):
    """Een bladzijde vergaderingen."""

    vergaderingen: list[VergaderingKort] = veld("de vergaderingen", None)


class VergaderingVol(VergaderingKort):
    """Een vergadering met haar openbare agenda."""

    plaats: str = veld("waar", "Den Haag")
    uitzending: str = veld("adres van de uitzending", "", "portaal")
    agenda: list[Punt] = veld("de openbare agenda", None)
    opmerking: str = veld("wat erbij op te merken is", "", "bron")
    bronnen: list[Bron] = veld("waar de gegevens vandaan komen", None, "bron")


class VergaderingVragen(Bladeren):
    """Waarop de vergaderingen te beperken zijn."""

    vanaf: date | None = Field(None, description="alleen vergaderingen op of na deze dag")
    totEnMet: date | None = Field(None, description="alleen vergaderingen op of voor deze dag")


@api.get(
    "/vergaderingen",
    response=VergaderingLijst,
    summary="Vergaderingen van de raad",
    tags=["werk"],
    operation_id="vergaderingen",
)
def vergaderingen(request: HttpRequest, vragen: Query[VergaderingVragen]) -> Any:
    """Geef de vergaderingen van de raad, nieuwste eerst."""
    rijen = Vergadering.objects.order_by("-datum", "slug")
    if vragen.vanaf:
        rijen = rijen.filter(datum__gte=vragen.vanaf)
    if vragen.totEnMet:
        rijen = rijen.filter(datum__lte=vragen.totEnMet)
    return uit_lijst(request, vragen, "vergaderingen", rijen, _vergadering)


def _vergadering(v: Vergadering) -> dict[str, Any]:
    return {
        "slug": v.slug,
        "dagtekening": datering(v.datum, v.datum_precisie, afgeleid=v.dag_afgeleid),
        "openbaar": v.openbaar,
        "status": v.status,
        "zekerheid": v.zekerheid,
        "voorbeeld": v.voorbeeld,
        "url": lezen.absoluut(v.get_absolute_url()),
    }


@api.get(
    "/vergaderingen/{slug}",
    response=VergaderingVol,
    summary="Eén vergadering",
    tags=["werk"],
    operation_id="vergadering",
)
def vergadering(request: HttpRequest, slug: str = SLUGPAD) -> Any:
    """Geef één vergadering met haar openbare agenda."""
    v = Vergadering.objects.get(slug=slug)
    bronnen = v.bron if isinstance(v.bron, list) else [v.bron]
    return _vergadering(v) | {
        "plaats": v.plaats,
        "uitzending": v.uitzending,
        "agenda": [
            {
                "volgorde": p.volgorde,
                "onderwerp": p.onderwerp,
                "stuknummer": p.stuknummer,
                "uitkomst": p.uitkomst,
                "vervallen": p.vervallen_reden,
            }
            for p in Agendapunt.objects.filter(vergadering=v).order_by("volgorde")
        ],
        "opmerking": v.opmerking,
        "bronnen": [bron_uit(b) for b in bronnen if b],
    }


def bron_uit(tekst: str) -> dict[str, Any]:
    """Geef een vindplaats als Bron."""
    return {
        "naam": lezen.bron_naam(tekst),
        "adres": tekst if lezen.is_adres(tekst) else None,
        "opmerking": "",
    }


class ThemaUit(Vorm):
    """Een thema met het aantal adviezen."""

    slug: str = veld("blijvend kenmerk in het adres", "arbeid", "adres")
    naam: str = veld("naam", "arbeid")
    adviezen: int = veld("aantal adviezen over dit thema", 12, "berekend")
    url: str = veld("de bladzijde voor mensen", "https://voorbeeld.test/themas/arbeid/", "adres")


class ThemaLijst(Bladzijde):
    """Een bladzijde thema's."""

    themas: list[ThemaUit] = veld("de thema's", None)


def _themas() -> list[dict[str, Any]]:
    aantallen = {t["slug"]: t["aantal"] for t in getelde_themas()}
    return [
        {
            "slug": t.slug,
            "naam": t.naam,
            "adviezen": aantallen.get(t.slug, 0),
            "url": lezen.absoluut(f"/themas/{t.slug}/"),
        }
        for t in Thema.objects.all()
    ]


@api.get("/themas", response=ThemaLijst, summary="Thema's", tags=["adviezen"], operation_id="themas")
def themas(request: HttpRequest, vragen: Query[Bladeren]) -> Any:
    """Geef de thema's met het aantal adviezen."""
    return uit_lijst(request, vragen, "themas", _themas(), lambda t: t)


@api.get("/themas/{slug}", response=ThemaUit, summary="Eén thema", tags=["adviezen"], operation_id="thema")
def thema(request: HttpRequest, slug: str = SLUGPAD) -> Any:
    """Geef één thema. De adviezen erover: /adviezen?thema=…"""
    gevonden = next((t for t in _themas() if t["slug"] == slug), None)
    if gevonden is None:
        raise Thema.DoesNotExist
    return gevonden
