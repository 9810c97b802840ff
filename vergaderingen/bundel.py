"""De vergaderbundel: één PDF per lezer met voorblad, agenda en alle stukken die deze lezer mag zien.

Wat erin komt bepaalt `inhoud` (met de rechten van de lezer); het maken gebeurt in de werker (`maak`, aangemeld bij
stukken.makers). Elk stuk wordt per inhoud één keer gezet, voor alle lezers samen; wie zijn bundel opnieuw vraagt nadat
één stuk wijzigde, wacht alleen op dat stuk.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string

from kern.fouten import InvoerFout
from stukken import docx, pdf
from stukken.bundel import SPRONG, Deel, aantal_bladen, voeg_samen
from stukken.enums import PdfStatus, Soort
from stukken.models import Bestand, PdfOpdracht
from stukken.tasks import maak_pdf
from vergaderingen import agenda
from vergaderingen.models import Agendapunt, Bundel, Vergadering
from vergaderingen.models.vergadering import kring_filter

if TYPE_CHECKING:
    from toegang.models import Gebruiker

SOORT = "bundel"
SOORT_STUK = "bundelstuk"
WACHT_OP_STUK = 180  # seconden dat een bundel op een stuk wacht dat een andere werker aan het zetten is


@dataclass(frozen=True)
class Stuk:
    """Eén stuk in een bundel. `hash` is de inhoud: dezelfde hash is hetzelfde stuk."""

    punt: int
    titel: str
    hash: str
    papier: agenda.Papier

    @property
    def sleutel(self) -> str:
        """Geef waaraan hetzelfde stuk in een volgende bundel te herkennen is."""
        return f"{self.punt}:{self.titel}"


def inhoud(vergadering: Vergadering, gebruiker: Gebruiker) -> tuple[list[Agendapunt], list[Stuk]]:
    """Geef de agenda en de stukken zoals deze lezer ze mag zien; een vast aantal zoekvragen."""
    punten = list(
        Agendapunt.objects.zichtbaar_voor(gebruiker)
        .filter(vergadering=vergadering)
        .select_related("bestand", "vergadering")
        .order_by("volgorde")
    )
    per_punt: dict[int, list[agenda.Papier]] = {
        p.pk: [agenda.Papier(p.bestand.naam, bestand=p.bestand)] for p in punten if p.bestand and not p.vervallen
    }
    for bron in agenda.bronnen():
        for pk, papieren in bron.papieren([p for p in punten if not p.vervallen], gebruiker).items():
            per_punt.setdefault(pk, []).extend(papieren)
    return punten, [Stuk(p.pk, x.titel, x.hash, x) for p in punten for x in per_punt.get(p.pk, ())]


def mag_nog(vergadering: Vergadering, gebruiker: Gebruiker, gebundeld: Mapping[str, Any]) -> bool:
    """Geef of deze lezer een eerdere bundel (`Bundel.inhoud`) nu nog mag lezen.

    De eigen kring wel; wie daar niet (meer) bij hoort alleen als hij alles wat erin zit nu ook zou krijgen.
    """
    if Vergadering.objects.filter(kring_filter(gebruiker), pk=vergadering.pk).exists():
        return True
    punten, stukken = inhoud(vergadering, gebruiker)
    nu = {s.sleutel: s.hash for s in stukken}
    return {regel[0] for regel in gebundeld["agenda"]} <= {p.pk for p in punten} and (
        gebundeld["stukken"].items() <= nu.items()
    )


def bron_van(stuk: Stuk) -> dict[str, Any]:
    """Geef waar de werker dit stuk vindt: een bestand op hash, of de opmaak van een tekst.

    Een stuk dat niet te lezen is (een kapot Word-bestand) geeft {}: het blijft buiten de bundel en de agenda zegt dat.
    """
    bestand = stuk.papier.bestand
    if bestand is None:
        return {"html": stuk.papier.html, "opmaak": dict(stuk.papier.opmaak)}
    if bestand.soort == Soort.PDF:
        return {"bestand": bestand.pk}
    try:
        html = docx.naar_html(bestand.inhoud()).html
    except (InvoerFout, OSError):
        return {}
    return {"html": html, "opmaak": {"soort_naam": "Stuk", "inhoudsopgave": False}}


# --- in de werker -------------------------------------------------------------------------------------------------


def maak(invoer: dict[str, Any], voortgang: Callable[[int], None]) -> bytes:
    """Maak de bundel van bewaarde invoer (vergaderingen.actions.bundel). Werpt PdfFout."""
    stukken = [s for punt in invoer["punten"] for s in punt["stukken"]]
    inhouden: dict[str, bytes] = {}
    for nummer, stuk in enumerate(stukken):
        voortgang(5 + 70 * nummer // max(1, len(stukken)))
        gelezen = _lees(stuk, lambda: voortgang(0))
        if gelezen is not None:
            inhouden[stuk["anker"]] = gelezen
    bladen = {anker: aantal_bladen(bytes_) for anker, bytes_ in inhouden.items()}
    voortgang(80)
    voorblad = b""
    lengte = 2
    for _ in range(3):  # de agenda noemt bladzijdenummers, en die hangen af van hoe lang zij zelf is
        voorblad = pdf.zet(_voorblad(invoer, _nummers(stukken, bladen, lengte)))
        gezet, lengte = lengte, aantal_bladen(voorblad)
        if gezet == lengte:
            break
    voortgang(90)
    try:
        return voeg_samen(
            voorblad, _delen(invoer, inhouden), titel=invoer["titel"], stempel=lambda n: pdf.zet(_stempel(invoer, n))
        )
    except ValueError as fout:
        raise pdf.PdfFout("De stukken konden niet worden samengevoegd: een ervan is beschadigd.") from fout


def laat_los(achterhaald: datetime, oud: datetime) -> None:
    """Wis bundels van vóór `achterhaald` als dezelfde lezer een nieuwere heeft, en alle van vóór `oud`.

    De laatste bundel van een vergadering zegt wat er voor deze lezer nieuw is; die blijft dus het langst.
    """
    nieuwer = Bundel.objects.filter(
        vergadering=OuterRef("vergadering"), lezer=OuterRef("lezer"), gevraagd_op__gt=OuterRef("gevraagd_op"),
        opdracht__status=PdfStatus.KLAAR,
    )  # fmt: skip
    weg = Q(gevraagd_op__lt=oud) | Q(Exists(nieuwer), gevraagd_op__lt=achterhaald)
    Bundel.objects.filter(weg).exclude(opdracht__status__in=[PdfStatus.WACHT, PdfStatus.BEZIG]).delete()


def _lees(stuk: dict[str, Any], leef: Callable[[], None]) -> bytes | None:
    """Geef de PDF van één stuk, of None als het niet in een bundel kan (kapot, of met een wachtwoord)."""
    try:
        if stuk.get("bestand"):
            gelezen = Bestand.objects.get(pk=stuk["bestand"]).inhoud()
        elif stuk.get("opdracht"):
            gelezen = _gezet(stuk["opdracht"], leef)
        else:
            return None
        aantal_bladen(gelezen)
    except (OSError, ValueError):
        return None
    return gelezen


def _gezet(pk: int, leef: Callable[[], None]) -> bytes:
    """Geef een gezet stuk; zet het zelf als nog niemand dat deed, en wacht als een andere werker ermee bezig is."""
    tot = time.monotonic() + WACHT_OP_STUK
    while True:
        opdracht = PdfOpdracht.objects.select_related("bestand").get(pk=pk)
        if opdracht.status == PdfStatus.KLAAR and opdracht.bestand:
            return opdracht.bestand.inhoud()
        if opdracht.status == PdfStatus.MISLUKT:
            raise pdf.PdfFout(f"{opdracht.naam}: {opdracht.fout}")
        if maak_pdf(pk) == "overgeslagen":
            if time.monotonic() > tot:
                raise pdf.PdfFout(f"{opdracht.naam} is nog niet klaar. Vraag de bundel over een minuut opnieuw.")
            leef()
            time.sleep(1)


def _nummers(stukken: Collection[dict[str, Any]], bladen: dict[str, int], voorblad: int) -> dict[str, int]:
    """Geef op welke bladzijde van de bundel elk stuk begint (vanaf 1)."""
    uit: dict[str, int] = {}
    volgende = voorblad + 1
    for stuk in stukken:
        if stuk["anker"] in bladen:
            uit[stuk["anker"]] = volgende
            volgende += bladen[stuk["anker"]]
    return uit


def _voorblad(invoer: dict[str, Any], nummers: dict[str, int]) -> str:
    punten = [
        punt
        | {"stukken": [s | {"blad": nummers.get(s["anker"]), "adres": SPRONG + s["anker"]} for s in punt["stukken"]]}
        for punt in invoer["punten"]
    ]
    return render_to_string("pdf/bundel.html", invoer | {"punten": punten})


def _stempel(invoer: dict[str, Any], aantal: int) -> str:
    return render_to_string("pdf/bundelstempel.html", invoer | {"bladen": range(aantal)})


def _delen(invoer: dict[str, Any], inhouden: dict[str, bytes]) -> list[Deel]:
    delen = []
    for punt in invoer["punten"]:
        onder = [
            Deel(s["titel"] + (f" ({s['merk']})" if s["merk"] else ""), s["anker"], inhouden[s["anker"]])
            for s in punt["stukken"]
            if s["anker"] in inhouden
        ]
        delen.append(Deel(punt["kop"], punt["anker"], onder=onder))
    return delen
