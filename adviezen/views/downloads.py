"""Een versie meenemen als Word- of HTML-bestand; de PDF staat in adviezen/views/lezen.py.

Elk exemplaar draagt de naam van de lezer, wordt ter plaatse gemaakt en nergens bewaard. Ophalen is inzage en wordt
vastgelegd zoals lezen.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from adviezen.models import Versie
from adviezen.queries import lezen
from logboek.actions import leg_inzage_vast
from stukken.docx_uit import maak_docx
from stukken.enums import Soort
from stukken.html_uit import maak_html
from stukken.leveren import lever_bytes
from toegang.routes import ingelogd
from toegang.verzoek import gebruiker


def _laad(request: HttpRequest, pk: int) -> tuple[Versie, str]:
    """Geef de versie en het merk dat op elk exemplaar hoort; schrijft de inzage."""
    versie: Versie = get_object_or_404(lezen.laad(gebruiker(request)), pk=pk)
    merk = lezen.merk(versie)
    if merk and request.method == "GET":
        leg_inzage_vast(object=versie, door=gebruiker(request))
    return versie, merk


@ingelogd
@require_safe
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """Geef de versie als .docx, met regelnummers, om in Word te bewerken en weer in te lezen."""
    versie, merk = _laad(request, pk)
    inhoud = maak_docx(
        versie.html,
        titel=versie.traject.titel,
        ondertitel=str(versie).capitalize(),
        merk=merk,
        lezer=gebruiker(request).naam,
    )
    return lever_bytes(inhoud, naam=f"{versie.traject.slug}-{versie}.docx", soort=Soort.DOCX)


@ingelogd
@require_safe
def html(request: HttpRequest, pk: int) -> HttpResponse:
    """Geef de versie als één HTML-bestand dat op zichzelf staat."""
    versie, merk = _laad(request, pk)
    inhoud = maak_html(
        versie.html,
        titel=versie.traject.titel,
        ondertitel=str(versie).capitalize(),
        merk=merk,
        lezer=gebruiker(request).naam,
        kenmerk=versie.hash[:16],
    )
    return lever_bytes(inhoud, naam=f"{versie.traject.slug}-{versie}.html", soort=Soort.HTML)
