"""De uitslag van een zoekvraag meenemen: CSV, JSON, BibTeX. Dezelfde vraag in het adres als op de zoekpagina."""

import json

from django.http import HttpRequest, HttpResponse

from kern.csvregels import als_csv
from publiek import verwijzen, zoekvraag
from publiek.gegevens import rij_van
from publiek.models import Advies
from publiek.queries import kort
from publiek.views import openbaar
from publiek.zoeken import nummers

HOOGSTENS = 5_000  # zes keer alles wat de raad in zeventig jaar uitbracht
KOP = (
    "kenmerk", "nummer", "titel", "soort", "jaar", "datum", "datum_afgeleid", "commissie", "gevraagd_door", "themas",
    "oordeel", "reactie", "samenvatting", "voorbeeld", "adres", "reactiestand",
)  # fmt: skip


def treffers_van(request: HttpRequest) -> tuple[zoekvraag.Zoekvraag, list[Advies]]:
    """Geef de zoekvraag en alle treffers op volgorde, ten hoogste HOOGSTENS."""
    vraag = zoekvraag.lees(request.GET)
    ids = nummers(vraag, HOOGSTENS)
    rijen = kort().in_bulk(ids)
    return vraag, [rijen[i] for i in ids if i in rijen]


def _lever(tekst: str, soort: str, naam: str) -> HttpResponse:
    return HttpResponse(
        tekst,
        content_type=f"{soort}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{naam}"', "X-Robots-Tag": "noindex"},
    )


@openbaar
def csv_uitvoer(request: HttpRequest) -> HttpResponse:
    """De uitslag als CSV; meer waarden in een cel staan achter elkaar met een puntkomma.

    In woorden, voor een rekenblad; `reactiestand` is de code die de open data gebruiken.
    """
    rijen = []
    for advies in treffers_van(request)[1]:
        rij = rij_van(advies)
        waarden = ("; ".join(w) if isinstance(w, list) else ("ja" if w is True else w) for w in rij.values())
        rijen.append(["nee" if w is False else w for w in waarden])
    return _lever(als_csv(KOP, rijen), "text/csv", "ser-adviezen.csv")


@openbaar
def json_uitvoer(request: HttpRequest) -> HttpResponse:
    """De uitslag als JSON, met de vraag erbij. Voor programma's is er /api/v1."""
    vraag, rijen = treffers_van(request)
    geheel = {"vraag": vraag.kern(), "aantal": len(rijen), "adviezen": [rij_van(a) for a in rijen]}
    return _lever(json.dumps(geheel, ensure_ascii=False, indent=1) + "\n", "application/json", "ser-adviezen.json")


@openbaar
def bibtex(request: HttpRequest) -> HttpResponse:
    """De uitslag als literatuurlijst."""
    tekst = "\n".join(verwijzen.bibtex(a) for a in treffers_van(request)[1])
    return _lever(tekst or "% geen adviezen\n", "application/x-bibtex", "ser-adviezen.bib")
