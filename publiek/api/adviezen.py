"""Adviezen: zoeken, en één advies met alles wat openbaar is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date
from typing import Any, Literal

from django.db.models import F
from django.http import HttpRequest, QueryDict
from ninja import Field, Path, Query

from kern.tijd import dag_van
from publicatie.scans import ROL
from publiek import lezen
from publiek.api import vormen
from publiek.api.kern import Weg, api, bladzijde, uit_lijst
from publiek.api.velden import Bladeren, datering
from publiek.models import Advies, Evaluatie, Evaluatietermijn, Grafsteen, Kabinetsreactie, Klok, Passage, Pdf
from publiek.queries import een
from publiek.zoeken import deel
from publiek.zoekvraag import lees

Kenmerk = Path(..., pattern=r"^[a-z0-9][a-z0-9-]{0,119}$", description="het kenmerk uit de lijst")
SLUG = r"^[a-z0-9-]*$"


class AdviesVragen(Bladeren):
    """Waarop de lijst te beperken is; dezelfde keuzes als op de zoekpagina."""

    q: str = Field("", max_length=200, description="zoekwoorden; aanhalingstekens en minteken werken")
    jaar: int | None = Field(None, ge=1950, le=2099, description="jaar van het advies")
    thema: str = Field("", max_length=120, pattern=SLUG, description="slug van een thema")
    commissie: str = Field("", max_length=160, pattern=SLUG, description="slug van een commissie")
    soort: vormen.SoortAdvies | None = Field(None, description="soort publicatie")
    oordeel: Literal["unaniem", "verdeeld", "onbekend"] | None = Field(None, description="of de raad het eens was")
    reactiestand: vormen.Reactiestand | None = Field(None, description="hoe het met de kabinetsreactie staat")
    openbaarVanaf: date | None = Field(
        None,
        description="alleen wat vanaf deze dag openbaar werd of veranderde (openbaarSinds); in het archief telt de dag "
        "of het jaar van het advies zelf",
    )
    sorteer: Literal["relevantie", "nieuwste", "oudste"] | None = Field(
        None, description="volgorde; met zoekwoorden is dat relevantie, anders de nieuwste eerst"
    )


@api.get(
    "/adviezen", response=vormen.AdviesLijst, summary="Adviezen zoeken", tags=["adviezen"], operation_id="adviezen"
)
def adviezen(request: HttpRequest, vragen: Query[AdviesVragen]) -> Any:
    """Zoek in de adviezen; zonder vraag de nieuwste eerst."""
    if vragen.q.strip():
        return _gezocht(request, vragen)
    rijen = LICHT.order_by(*(OUDSTE if vragen.sorteer == "oudste" else NIEUWSTE))
    for naam in ("jaar", "commissie", "soort"):
        if waarde := getattr(vragen, naam):
            rijen = rijen.filter(**{naam: waarde})
    if vragen.thema:
        rijen = rijen.filter(themas__contains=[vragen.thema])
    if vragen.oordeel:
        rijen = rijen.filter(oordeel="" if vragen.oordeel == "onbekend" else vragen.oordeel)
    if vragen.reactiestand:
        rijen = rijen.filter(reactie=vragen.reactiestand)
    if vragen.openbaarVanaf:
        rijen = rijen.filter(vanaf__date__gte=vragen.openbaarVanaf)
    return uit_lijst(request, vragen, "adviezen", rijen, kort)


LICHT = Advies.objects.defer("zoek", "zoek_kort", "html", "bestanden")
NIEUWSTE = (F("datum").desc(nulls_last=True), F("jaar").desc(nulls_last=True), "-id")
OUDSTE = (F("datum").asc(nulls_last=True), F("jaar").asc(nulls_last=True), "id")


def _gezocht(request: HttpRequest, vragen: AdviesVragen) -> dict[str, Any]:
    """Met zoekwoorden: de zoekmachine van de zoekpagina, dus met dezelfde treffers op dezelfde volgorde."""
    woorden = QueryDict(mutable=True)
    for naam, api_naam in (("q", "q"), ("jaar", "jaar"), ("thema", "thema"), ("commissie", "commissie"),
                           ("soort", "soort"), ("oordeel", "oordeel"), ("reactie", "reactiestand"),
                           ("sorteer", "sorteer")):  # fmt: skip
        if waarde := getattr(vragen, api_naam):
            woorden[naam] = str(waarde)
    binnen: list[int] | None = None
    if vragen.openbaarVanaf:
        binnen = list(Advies.objects.filter(vanaf__date__gte=vragen.openbaarVanaf).values_list("pk", flat=True))
    totaal, ids = deel(lees(woorden), (vragen.pagina - 1) * vragen.perPagina, vragen.perPagina, binnen=binnen)
    rijen = LICHT.in_bulk(ids)
    return bladzijde(request, vragen, "adviezen", totaal, [kort(rijen[i]) for i in ids if i in rijen])


@api.get(
    "/adviezen/{kenmerk}", response=vormen.AdviesVol, summary="Eén advies", tags=["adviezen"], operation_id="advies"
)
def advies(request: HttpRequest, kenmerk: str = Kenmerk) -> Any:
    """Geef één advies bij zijn kenmerk, met tekst, standpunten, aanbevelingen, reacties en herkomst."""
    rij = een(Advies.objects.defer("zoek", "zoek_kort", "html"), kenmerk)
    if rij is None:
        graf = Grafsteen.objects.filter(soort="advies", kenmerk=kenmerk).order_by("-vanaf").first()
        if graf is None:
            raise Advies.DoesNotExist
        raise Weg(graf.titel, graf.reden, dag_van(graf.vanaf).isoformat())
    return volledig([rij])[0]


def kort(rij: Advies) -> dict[str, Any]:
    """Geef een advies zoals het in een lijst staat."""
    return {
        "kenmerk": rij.kenmerk,
        "nummer": rij.nummer or None,
        "titel": rij.titel,
        "soort": rij.soort,
        "jaar": rij.jaar,
        "dagtekening": _dagtekening(rij),
        "oordeel": rij.oordeel or None,
        "reactiestand": rij.reactie,
        "commissie": rij.commissie or None,
        "themas": rij.themas,
        "voorbeeld": rij.voorbeeld,
        "openbaarSinds": rij.vanaf.astimezone(UTC).replace(microsecond=0),
        "url": lezen.absoluut(rij.get_absolute_url()),
    }


def _dagtekening(rij: Advies) -> dict[str, Any]:
    m = rij.metadata
    return datering(
        rij.datum,
        str(m.get("datum_precisie") or "dag"),
        afgeleid=bool(m.get("dag_afgeleid")),
        tekst=lezen.datum_tekst(rij),
    )


def volledig(rijen: Sequence[Advies]) -> list[dict[str, Any]]:
    """Geef elk advies met alles wat openbaar is; een vast aantal zoekvragen, hoeveel het er ook zijn."""
    kenmerken, nummers = [r.kenmerk for r in rijen], [r.pk for r in rijen]
    passages: dict[int, list[Passage]] = defaultdict(list)
    for passage in Passage.objects.filter(advies_id__in=nummers).defer("zoek").order_by("advies_id", "volgorde"):
        passages[passage.advies_id].append(passage)
    reacties = reacties_op(kenmerken)
    klokken = {k.kenmerk: k for k in Klok.objects.filter(kenmerk__in=kenmerken)}
    evaluaties: dict[str, list[Evaluatie]] = defaultdict(list)
    for evaluatie in Evaluatie.objects.filter(kenmerk__in=kenmerken, geldt=True):
        evaluaties[evaluatie.kenmerk].append(evaluatie)
    komend: dict[str, list[Evaluatietermijn]] = defaultdict(list)
    for termijn in Evaluatietermijn.objects.filter(kenmerk__in=kenmerken):
        komend[termijn.kenmerk].append(termijn)
    pdfs = {p.pk: p.sha256 for p in Pdf.objects.filter(pk__in=nummers, status="klaar")}
    return [
        _vol(rij, passages[rij.pk], reacties[rij.kenmerk], klokken.get(rij.kenmerk), pdfs.get(rij.pk))
        | {
            "evaluaties": [evaluatie_kort(e) for e in evaluaties[rij.kenmerk]],
            "komendeEvaluaties": [{"naJaren": t.na_jaren, "uiterlijk": t.vervalt_op} for t in komend[rij.kenmerk]],
        }
        for rij in rijen
    ]


def _vol(
    rij: Advies, passages: list[Passage], reacties: list[dict[str, Any]], klok: Klok | None, pdf: str | None
) -> dict[str, Any]:
    m, basis = rij.metadata, lezen.absoluut(rij.get_absolute_url())
    dag = m.get("aanvraagdatum")
    eigen = next((b["sha256"] for b in rij.bestanden if b.get("rol") == "pdf"), None)
    toen = [b for b in rij.bestanden if b.get("rol") == ROL]
    return kort(rij) | {
        "ondertitel": m.get("ondertitel") or "",
        "samenvatting": m.get("samenvatting") or "",
        "vraag": m.get("vraag") or "",
        "adviesvragers": m.get("adviesvragers") or [],
        "geadresseerden": m.get("geadresseerden") or "",
        "aanvraag": datering(
            date.fromisoformat(dag) if dag else None, _precisie(m), tekst=str(m.get("aanvraagdatum_tekst") or "")
        ),
        "uitgebrachtOp": m.get("uitgebracht_op"),
        "oordeelToelichting": m.get("oordeel_toelichting") or "",
        "volledig": bool(m.get("volledig")),
        "tekst": [{"blok": p.blok, "kop": p.kop, "tekst": p.tekst, "url": f"{basis}#{p.blok}"} for p in passages],
        "standpunten": m.get("standpunten") or [],
        "aanbevelingen": [aanbeveling(rij.kenmerk, basis, a) for a in m.get("aanbevelingen") or []],
        "kabinetsreacties": reacties,
        "termijn": klok
        and {"basis": klok.basis, "vervaltOp": klok.vervalt_op, "uitleg": klok.uitleg, "aannames": klok.aannames},
        "beoogdeImpact": [{"onderwerp": d["kop"], "tekst": d["tekst"]} for d in m.get("impact") or []],
        "rechtstreeks": m.get("rechtstreeks") or "",
        "gehoord": [
            {
                "vorm": g["vorm"],
                "van": g["van"],
                "tot": g["tot"] or None,
                "partijen": g["partijen"],
                "anderen": g["anderen"],
            }
            for g in m.get("gehoord") or []
        ],
        "correcties": [
            {naam: c[naam] for naam in ("gegeven", "was", "wordt", "op")} for c in m.get("correcties") or []
        ],
        "bestanden": [
            {"soort": "application/pdf", "url": f"{basis}advies.pdf", "sha256": eigen or pdf or None},
            *({"soort": b["soort"], "url": f"{basis}origineel.pdf", "sha256": b["sha256"]} for b in toen),
        ],
        "traject": m.get("traject") or None,
        "herkomst": herkomst(rij),
        "bronnen": [{"naam": b.naam, "adres": b.adres or None, "opmerking": b.opmerking} for b in lezen.bronnen_van(m)],
        "opmerking": m.get("opmerking") or "",
    }


def _precisie(m: dict[str, Any]) -> str:
    """Geef de precisie van de aanvraagdatum; zij staat alleen in de leesbare vorm bij de publicatie."""
    tekst = str(m.get("aanvraagdatum_tekst") or "")
    if "dag onbekend" not in tekst:
        return "dag"
    return "jaar" if tekst[:4].isdigit() else "maand"


def evaluatie_kort(e: Evaluatie) -> dict[str, Any]:
    """Geef een evaluatie zoals zij bij haar advies staat."""
    return {
        "id": str(e.pk),
        "naJaren": e.na_jaren,
        "per": e.per,
        "uitwerking": e.uitwerking,
        "bevindingen": e.bevindingen,
        "groepen": e.groepen,
        "geraadpleegd": e.geraadpleegd,
        "vastgelegdOp": e.vastgelegd_op,
    }


def aanbeveling(kenmerk: str, basis: str, a: dict[str, Any]) -> dict[str, Any]:
    """Geef een aanbeveling uit de metadata van een advies."""
    return {
        "id": f"{kenmerk}-{a['nummer']}",
        "nummer": a["nummer"],
        "tekst": a["tekst"],
        "geadresseerden": a.get("geadresseerden") or "",
        "url": f"{basis}#{a['blok']}",
    }


def reacties_op(kenmerken: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Geef per advies de reacties erop: elk met alle adviezen, en `gedeeltelijk` zoals zij op dit advies antwoordt."""
    eigen = list(Kabinetsreactie.objects.filter(kenmerk__in=kenmerken).order_by("kenmerk", "id"))
    samen = Kabinetsreactie.objects.filter(pk__in={r.pk for r in eigen}).order_by("kenmerk")
    per = {uit["id"]: uit for uit in groepeer(samen)}
    uit: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for r in eigen:
        uit[r.kenmerk].append(per[reactie_id(r)] | {"gedeeltelijk": r.gedeeltelijk})
    return uit


def groepeer(rijen: Iterable[Kabinetsreactie]) -> list[dict[str, Any]]:
    """Geef elke reactie één keer, met alle adviezen waarop zij antwoordt; `gedeeltelijk`: op elk ervan maar deels."""
    per: dict[str, dict[str, Any]] = {}
    for r in rijen:
        sleutel = reactie_id(r)
        if sleutel in per:
            per[sleutel]["adviezen"].append(r.kenmerk)
            per[sleutel]["gedeeltelijk"] &= r.gedeeltelijk
            continue
        tekst = r.datum_tekst or ""
        precisie = {4: "jaar", 7: "maand", 10: "dag"}.get(len(tekst), "onbekend")
        vol = f"{tekst}-01-01"[:10] if precisie == "jaar" else f"{tekst}-01"[:10]
        per[sleutel] = {
            "id": sleutel,
            "adviezen": [r.kenmerk],
            "dagtekening": datering(
                None if precisie == "onbekend" else date.fromisoformat(vol), precisie, tekst=lezen.reactie_datum(r)
            ),
            "afzenders": r.afzenders,
            "kamerstuk": r.kamerstuk,
            "toelichting": r.toelichting,
            "vorm": r.vorm or "",
            "gedeeltelijk": r.gedeeltelijk,
            "vervallenOp": r.ingetrokken_op,
            "vervallenReden": r.ingetrokken_reden or "",
            "bron": r.bron,
            "voorbeeld": r.voorbeeld,
        }
    return list(per.values())


def reactie_id(r: Kabinetsreactie) -> str:
    """Geef een kenmerk dat blijft: het nummer van de reactie, of bij een los archiefrecord dat van het advies."""
    return str(r.pk) if r.pk > 0 else f"archief-{r.kenmerk}"


def herkomst(rij: Advies) -> list[dict[str, Any]]:
    """Geef per gegeven hoe zeker het is. Een leeg veld is niet bekend; dat zegt niets over de werkelijkheid."""
    m = rij.metadata
    plek = "bronnen" if m.get("archief") else "portaal"
    gebouwd = "eigen woorden" if m.get("archief") else "portaal"

    def regel(veld: str, bekend: Any, *, afgeleid: bool = False, waar: str = plek, **meer: Any) -> dict[str, Any]:
        zekerheid = ("afgeleid" if afgeleid else "vermeld") if bekend else "niet_bekend"
        return {"gegeven": veld, "zekerheid": zekerheid, "herkomst": waar, "precisie": None, "toelichting": ""} | meer

    return [
        regel("nummer", rij.nummer),
        regel(
            "dagtekening",
            rij.datum,
            afgeleid=bool(m.get("dag_afgeleid")),
            precisie=_dagtekening(rij)["precisie"],
            toelichting=str(m.get("datum_soort") or ""),
        ),
        regel("uitgebrachtOp", m.get("uitgebracht_op"), precisie="dag" if m.get("uitgebracht_op") else "onbekend"),
        regel("oordeel", rij.oordeel, toelichting=str(m.get("oordeel_toelichting") or "")),
        regel("adviesvragers", m.get("adviesvragers")),
        regel("aanvraag", m.get("aanvraagdatum"), precisie=_precisie(m) if m.get("aanvraagdatum") else "onbekend"),
        regel("commissie", rij.commissie or m.get("commissie"), toelichting=str(m.get("commissie") or "")),
        regel("themas", rij.themas, afgeleid=bool(m.get("archief")), toelichting="ingedeeld door het portaal")
        if m.get("archief")
        else regel("themas", rij.themas),
        regel("samenvatting", m.get("samenvatting"), waar=gebouwd),
        regel("aanbevelingen", m.get("aanbevelingen"), waar=gebouwd),
        regel("tekst", m.get("volledig")),
    ]
