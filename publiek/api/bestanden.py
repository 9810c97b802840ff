"""Alle adviezen van een jaar in één bestand: JSON met alles, CSV met de kerngegevens."""

import csv
import hashlib
import io
from typing import Any, Literal

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from ninja import Query

from publiek import lezen
from publiek.api import vormen
from publiek.api.adviezen import volledig
from publiek.api.kern import api, uit_lijst
from publiek.api.velden import Bladeren, Bladzijde, Vorm, veld
from publiek.api.wijzigingen import VERSIE
from publiek.licentie import licentie
from publiek.models import Advies

ZONDER = "zonder-jaar"
SOORTEN = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
STUK = 200
MEESTE = 2_000  # twee keer alles wat de SER uitbracht; daarboven zijn er alleen bestanden per jaar
FORMULE = ("=", "+", "-", "@", "\t", "\r")


class Jaarbestand(Vorm):
    """Alle adviezen van een jaar."""

    bron: str = veld("wie dit uitgeeft", "Sociaal-Economische Raad", "portaal")
    licentie: str = veld("adres van de licentie", "https://creativecommons.org/licenses/by/4.0/deed.nl", "portaal")
    versie: str = veld("versie van de API waarvan de velden zijn", VERSIE, "portaal")
    jaar: int | None = veld("het jaar; leeg bij adviezen zonder jaar", 2023)
    adviezen: list[vormen.AdviesVol] = veld("de adviezen, op kenmerk", None)


class Geheel(Vorm):
    """Alle adviezen."""

    bron: str
    licentie: str
    versie: str
    aantal: int
    adviezen: list[vormen.AdviesVol]


class BestandUit(Vorm):
    """Een bestand om op te halen."""

    jaar: int | None = veld("het jaar; leeg bij adviezen zonder jaar", 2023, "berekend")
    vorm: Literal["json", "csv"] = veld("JSON heeft alles, CSV de kerngegevens", "json", "berekend")
    adviezen: int = veld("aantal adviezen in het bestand", 7, "berekend")
    bytes: int = veld("grootte", 51234, "berekend")
    sha256: str = veld("controlegetal; gelijke inhoud geeft een gelijk getal", "0" * 64, "berekend")
    url: str = veld("adres van het bestand", "https://voorbeeld.test/data/adviezen-2023.json", "adres")


class BestandLijst(Bladzijde):
    """Een bladzijde bestanden."""

    bulkbestanden: list[BestandUit] = veld("de bestanden, nieuwste jaar eerst", None)


def maak(jaar: int | None, vorm: str) -> bytes:
    """Geef het bestand van een jaar (None: adviezen zonder jaar). Gelijke gegevens geven tot op de byte hetzelfde."""
    rijen = _rijen()
    alle = list(rijen.filter(jaar__isnull=True) if jaar is None else rijen.filter(jaar=jaar))
    if vorm == "csv":
        return _csv(alle)
    return _json(Jaarbestand, _gegevens(alle) | {"jaar": jaar})


def maak_alles(vorm: str) -> bytes:
    """Geef alle adviezen in één bestand. Hoort alleen als `in_een_bestand` niet nul is."""
    alle = list(_rijen())
    return _csv(alle) if vorm == "csv" else _json(Geheel, _gegevens(alle) | {"aantal": len(alle)})


def in_een_bestand() -> int:
    """Geef hoeveel adviezen er in het ene bestand staan; 0 als het er te veel zijn om in één keer te maken."""
    aantal = Advies.objects.count()
    return aantal if aantal <= MEESTE else 0


def _rijen() -> QuerySet[Advies]:
    return Advies.objects.defer("zoek", "zoek_kort", "html").order_by("kenmerk")


def _gegevens(alle: list[Advies]) -> dict[str, Any]:
    adviezen: list[dict[str, Any]] = []
    for begin in range(0, len(alle), STUK):
        adviezen += volledig(alle[begin : begin + STUK])
    return {
        "bron": "Sociaal-Economische Raad",
        "licentie": licentie().adres,
        "versie": VERSIE,
        "adviezen": adviezen,
    }


def _json(soort: type[Vorm], gegevens: dict[str, Any]) -> bytes:
    return soort.model_validate(gegevens).model_dump_json(indent=1).encode() + b"\n"


KOLOMMEN = (
    *("kenmerk", "nummer", "titel", "soort", "jaar", "datum", "datumPrecisie", "datumAfgeleid", "uitgebrachtOp"),
    *("oordeel", "reactiestand", "commissie", "adviesvragers", "themas", "aanbevelingen", "volledig", "voorbeeld"),
    *("samenvatting", "bronnen", "url"),
)


def _csv(rijen: list[Advies]) -> bytes:
    uit = io.StringIO()
    schrijver = csv.writer(uit, lineterminator="\r\n")
    schrijver.writerow(KOLOMMEN)
    for a in volledig(rijen):
        dag = a["dagtekening"]
        waarden = {
            **a,
            "datum": dag["waarde"],
            "datumPrecisie": dag["precisie"],
            "datumAfgeleid": dag["afgeleid"],
            "adviesvragers": "; ".join(a["adviesvragers"]),
            "themas": "; ".join(a["themas"]),
            "aanbevelingen": len(a["aanbevelingen"]),
            "bronnen": "; ".join(b["adres"] or b["naam"] for b in a["bronnen"]),
        }
        schrijver.writerow([_cel(waarden[kolom]) for kolom in KOLOMMEN])
    return ("\ufeff" + uit.getvalue()).encode()


def _cel(waarde: Any) -> str:
    """Geef een cel die een rekenblad nooit als formule leest (ASVS 1.2.10)."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    tekst = "" if waarde is None else str(waarde)
    return f"'{tekst}" if tekst.startswith(FORMULE) else tekst


def jaren() -> list[tuple[int | None, int]]:
    """Geef (jaar, aantal) van elk jaar met adviezen, nieuwste eerst; None staat achteraan."""
    tellingen = dict(Advies.objects.order_by().values_list("jaar").annotate(n=Count("id")))
    return sorted(tellingen.items(), key=lambda t: (t[0] is None, -(t[0] or 0)))


def pad(jaar: int | None, vorm: str) -> str:
    """Geef het adres van het bestand van een jaar."""
    return f"/data/adviezen-{ZONDER if jaar is None else jaar}.{vorm}"


@api.get(
    "/bulkbestanden",
    response=BestandLijst,
    summary="Bestanden per jaar",
    tags=["bestanden"],
    operation_id="bulkbestanden",
)
def bulkbestanden(request: HttpRequest, vragen: Query[Bladeren]) -> Any:
    """Geef de bestanden met alle adviezen van een jaar, met hun grootte en controlegetal."""

    def regel(deel: tuple[int | None, int, str]) -> dict[str, Any]:
        jaar, aantal, vorm = deel
        inhoud = maak(jaar, vorm)
        return {
            "jaar": jaar,
            "vorm": vorm,
            "adviezen": aantal,
            "bytes": len(inhoud),
            "sha256": hashlib.sha256(inhoud).hexdigest(),
            "url": lezen.absoluut(pad(jaar, vorm)),
        }

    delen = [(jaar, aantal, vorm) for jaar, aantal in jaren() for vorm in SOORTEN]
    return uit_lijst(request, vragen, "bulkbestanden", delen, regel)
