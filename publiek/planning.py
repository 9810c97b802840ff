"""PDF's van openbare adviezen laten maken. De website leest alleen; een werker vraagt de opdracht aan."""

import logging
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.utils.html import escape

from kern.tijd import datum_nl, nu, vandaag
from publicatie.scans import MERK
from publiek import lezen
from publiek.gegevens import bijlage
from publiek.models import Advies, Archiefpdf, Pdf
from publiek.queries import een
from publiek.verbinding import leestransactie
from stukken import opslag
from stukken.actions import probeer_pdf_opnieuw, vraag_pdf
from stukken.enums import PdfStatus
from stukken.models import PdfOpdracht
from stukken.tasks import WENK_GELDIG

logger = logging.getLogger(__name__)
RUST = timedelta(minutes=15)
# Zoveel openbare PDF's tegelijk in de rij. Wie alle links van het archief volgt, zette er honderden in, en een lid
# wachtte met zijn vergaderbundel twintig minuten achter een zoekrobot. De bladzijde vraagt vanzelf weer.
MEESTE_IN_DE_RIJ = 5


def wenk(kenmerk: str, *, archief: bool = False) -> bool:
    """Vraag een werker om de PDF van dit advies, of om de archiefkopie. Onwaar als er geen werker te bereiken is."""
    taak = maak_archiefpdf if archief else maak_adviespdf
    try:
        taak.apply_async(args=[kenmerk], retry=False, ignore_result=True, expires=WENK_GELDIG)
    except Exception:
        logger.warning("PDF van %s niet aangevraagd: geen verbinding met de werkers", kenmerk, exc_info=True)
        return False
    return True


@shared_task(name="publiek.maak_adviespdf")
def maak_adviespdf(kenmerk: str) -> str:
    """Vraag de PDF van de nu openbare inhoud aan. Dezelfde inhoud geeft dezelfde opdracht."""
    with leestransactie():
        advies = een(Advies.objects.defer("zoek", "zoek_kort"), kenmerk)
        if advies is None:
            return "niet openbaar"
        if _is_er(Pdf.objects.filter(pk=advies.pk).first()):
            return "loopt al of is klaar"
        invoer = pdf_invoer(advies)
    return _vraag(soort="advies", sleutel=f"publicatie:{advies.pk}", **invoer)


@shared_task(name="publiek.maak_archiefpdf")
def maak_archiefpdf(kenmerk: str) -> str:
    """Vraag de archiefkopie (PDF/A-3a met de gegevens erin) van de nu openbare inhoud aan."""
    with leestransactie():
        advies = een(Advies.objects.defer("zoek", "zoek_kort"), kenmerk)
        if advies is None:
            return "niet openbaar"
        if _is_er(Archiefpdf.objects.filter(pk=advies.pk).first()):
            return "loopt al of is klaar"
        invoer = pdf_invoer(advies) | {"bijlage": bijlage(advies)}
    invoer["naam"] = invoer["naam"].replace(".pdf", "-archief.pdf")
    return _vraag(soort="archief", sleutel=f"archief:{advies.pk}", **invoer)


def _is_er(stand: Pdf | Archiefpdf | None) -> bool:
    """Of er niets te vragen valt: een werker is eraan, of het bestand staat er echt."""
    if stand is None or stand.status == PdfStatus.MISLUKT:
        return False
    return stand.status != PdfStatus.KLAAR or opslag.pad(stand.sha256).exists()


def _is_druk() -> bool:
    rij = PdfOpdracht.objects.filter(soort__in=("advies", "archief"), door=None)
    return bool(rij.filter(status__in=(PdfStatus.WACHT, PdfStatus.BEZIG)).count() >= MEESTE_IN_DE_RIJ)


def _vraag(**velden: Any) -> str:
    """Vraag een PDF, tenzij de rij vol is. Wat mislukte mag na een kwartier weer: er is plaats, of Pango is er."""
    if _is_druk():
        return "druk"
    opdracht = vraag_pdf(**velden)
    lang = opdracht.klaar_op is not None and opdracht.klaar_op < nu() - RUST
    if opdracht.status == PdfStatus.MISLUKT and lang:
        probeer_pdf_opnieuw(opdracht=opdracht, door=None)
    return "gevraagd"


def pdf_invoer(advies: Advies) -> dict[str, Any]:
    """Geef de argumenten van stukken.vraag_pdf voor dit advies; gelijke inhoud geeft gelijke argumenten."""
    m = advies.metadata
    feiten = [
        ("Gevraagd door", ", ".join(m.get("adviesvragers") or [])),
        ("Commissie", m.get("commissie") or ""),
        ("Oordeel van de raad", advies.oordeel or "niet bekend"),
        ("Reactie van het kabinet", _stand_van_de_reactie(advies)) if m.get("archief") else ("", ""),
    ]
    samenvatting = m.get("samenvatting") or ""
    volledig = bool(m.get("volledig"))
    html = advies.html if volledig else archiefblad(advies)
    return {
        "html": html,
        "titel": advies.titel,
        "ondertitel": m.get("ondertitel") or "",
        "nummer": advies.nummer,
        "soort_naam": advies.soort.capitalize() if volledig else f"Archiefblad · {advies.soort}",
        "datum": advies.datum if m.get("datum_precisie") == "dag" else None,
        "datum_tekst": lezen.datum_tekst(advies),
        "feiten": [(naam, waarde) for naam, waarde in feiten if waarde],
        "samenvatting": f"<p>{escape(samenvatting)}</p>" if samenvatting and volledig else "",
        "adres": lezen.absoluut(advies.get_absolute_url()),
        "inhoudsopgave": volledig,
        "naam": f"SER-advies-{(advies.nummer or advies.kenmerk).replace('/', '-')}.pdf",
        "voorbeeld": advies.voorbeeld,
    }


def _stand_van_de_reactie(advies: Advies) -> str:
    """Geef de stand met haar dag: de PDF wordt één keer gemaakt, en een reactie kan daarna nog komen."""
    return f"{lezen.WOORD_REACTIE[advies.reactie].lower()} (stand op {datum_nl(vandaag(), weekdag=False)})"


def archiefblad(advies: Advies) -> str:
    """Geef de tekst van een advies waarvan wij de volledige tekst niet hebben, en zeg dat erbij."""
    m = advies.metadata
    # Een hoofdstuk begint op een nieuwe bladzijde; een archiefblad is kort en krijgt er één.
    delen = [
        "<h2>Wat wij van dit advies weten</h2>",
        advies.html.partition(MERK)[0].replace("<h2", "<h3").replace("</h2>", "</h3>"),
    ]
    delen.append(
        "<h3>Over dit blad</h3><p>Dit is niet het advies zelf. Het portaal vatte samen wat openbare bronnen over dit "
        "advies zeggen; de volledige tekst staat niet in dit archief.</p>"
    )
    if m.get("opmerking"):
        delen.append(f"<p>{escape(m['opmerking'])}</p>")
    punten = "".join(
        f"<li>{escape(b.naam)}{f' ({escape(b.opmerking)})' if b.opmerking else ''}"
        + (f': <a href="{escape(b.adres)}">{escape(b.adres)}</a>' if b.adres else "")
        + "</li>"
        for b in lezen.bronnen_van(m)
    )
    if punten:
        delen.append(f"<h3>Bronnen</h3><ul>{punten}</ul>")
    return "".join(delen)
