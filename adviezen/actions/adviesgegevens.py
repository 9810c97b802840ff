"""De gegevens van een vastgesteld advies: nummer, titel, samenvatting, aanbevelingen, en de PDF (stap 8)."""

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from adviezen.actions.aanbevelingen import Punt, zet_aanbevelingen
from adviezen.actions.brieven import laat_handtekeningen_vervallen, leg_terug, open_aanbieding
from adviezen.actions.hulp import hoog_op
from adviezen.actions.vaststelling import maak_advies
from adviezen.enums import SoortAdvies
from adviezen.models import Advies, Adviestraject, Thema, Versie
from adviezen.openbaar import sleutel_van
from adviezen.policies.aanbieding import vastgestelde_versie
from kern.fouten import InvoerFout
from kern.tijd import datum_nl, vandaag
from logboek.actions import leg_vast
from stukken.actions import kenmerk_van, vraag_pdf

if TYPE_CHECKING:
    from stukken.models import PdfOpdracht
    from toegang.models import Gebruiker

NUMMER = re.compile(r"(\d{4}|V\d{2})/(\d{1,3})")


def volgend_nummer(traject: Adviestraject) -> str:
    """Geef het volgende vrije adviesnummer van dit jaar, als voorstel ("2026/04", in het voorbeeld "V26/04")."""
    begin = f"V{vandaag():%y}/" if traject.voorbeeld else f"{vandaag():%Y}/"
    bezet = Advies.objects.filter(nummer__startswith=begin).values_list("nummer", flat=True)
    hoogste = max((int(nummer.partition("/")[2]) for nummer in bezet if nummer), default=0)
    return f"{begin}{hoogste + 1:02d}"


def advies_van(traject: Adviestraject) -> Advies:
    """Geef het advies van een vastgesteld traject; ontbreekt het nog, dan volgt het uit de vastgestelde tekst."""
    advies = Advies.objects.filter(traject=traject).first()
    if advies is not None:
        return advies
    tekst = vastgestelde_versie(traject)
    if tekst is None:
        raise InvoerFout("", "Er is nog geen vastgestelde tekst. Aanbieden kan pas na de vaststelling.")
    return maak_advies(traject, tekst, datum=traject.vastgesteld_op, oordeel="", namens_raad=True)


def keur_nummer(advies: Advies, nummer: str) -> str:
    """Geef het nummer zoals wij het schrijven ("2026/4" wordt "2026/04"). Werpt InvoerFout("nummer")."""
    gevonden = NUMMER.fullmatch(nummer.strip().upper())
    vorm = f"V{vandaag():%y}/01" if advies.voorbeeld else f"{vandaag():%Y}/01"
    if gevonden is None or gevonden[1].startswith("V") != advies.voorbeeld or int(gevonden[2]) == 0:
        raise InvoerFout("nummer", f"Schrijf het adviesnummer als {vorm}.")
    net = f"{gevonden[1]}/{int(gevonden[2]):02d}"
    bezet = Advies.objects.filter(nummer=net).exclude(pk=advies.pk).first()
    if bezet is not None:
        raise InvoerFout("nummer", f"Adviesnummer {net} is al gebruikt, voor “{bezet.titel}”.")
    return net


def jaar_van(nummer: str) -> int:
    """Geef het jaar in een adviesnummer: dat staat ook in het openbare adres."""
    voor = nummer.partition("/")[0]
    return 2000 + int(voor[1:]) if voor.startswith("V") else int(voor)


@transaction.atomic
def leg_adviesgegevens_vast(
    *,
    traject: Adviestraject,
    versie: int | None,
    nummer: str,
    titel: str,
    samenvatting: str,
    aanbevelingen: Sequence[Punt],
    door: "Gebruiker",
    ondertitel: str = "",
    soort: str = SoortAdvies.ADVIES,
    themas: Sequence[Thema] | None = None,
) -> Advies:
    """Geef het advies zijn nummer, titel, samenvatting en aanbevelingen. Wat al klaarstond, moet opnieuw klaar.

    Een nummer komt één keer voor, ook als twee secretarissen het tegelijk geven. Werpt InvoerFout bij het veld.
    """
    vers, aanbieding = open_aanbieding(traject, versie, door)
    advies = advies_van(vers)
    if not titel.strip():
        raise InvoerFout("titel", "Vul een titel in.")
    if not samenvatting.strip():
        raise InvoerFout("samenvatting", "Schrijf een samenvatting in gewone woorden; zij staat bovenaan de bladzijde.")
    if soort not in SoortAdvies.values:
        raise InvoerFout("soort", "Kies een soort.")
    net = keur_nummer(advies, nummer)
    anders = (advies.nummer, advies.titel) != (net, titel.strip())
    advies.nummer, advies.jaar, advies.titel, advies.ondertitel = net, jaar_van(net), titel.strip(), ondertitel.strip()
    advies.soort, advies.samenvatting = soort, samenvatting.strip()
    try:
        with transaction.atomic():
            advies.rijversie += 1
            advies.save()
    except IntegrityError as fout:
        raise InvoerFout("nummer", f"Adviesnummer {net} is zojuist door een ander gebruikt.") from fout
    if themas is not None:
        advies.themas.set(themas)
    zet_aanbevelingen(advies, aanbevelingen)
    if anders:  # in de brieven staan titel en nummer: teken ze opnieuw af
        laat_handtekeningen_vervallen(aanbieding)
    leg_terug(aanbieding)
    hoog_op(vers)
    leg_vast(soort="adviezen.leg_adviesgegevens_vast", object=vers, door=door, gegevens={"nummer": net, "titel": titel})
    return advies


def _opmaak(advies: Advies, tekst: Versie) -> dict[str, Any]:
    traject = tekst.traject
    feiten = [("Vastgesteld", datum_nl(advies.datum))] if advies.datum else []
    if advies.adviesvragers_tekst:
        feiten.append(("Gevraagd door", "; ".join(advies.adviesvragers_tekst)))
    if traject.commissie is not None:
        hoe = {"artikel43": " (Wet op de SER, artikel 43)", "machtiging": ", namens de raad"}.get(traject.rechtstreeks)
        feiten.append(("Voorbereid door" if hoe is None else "Uitgebracht door", traject.commissie.naam + (hoe or "")))
    if advies.oordeel:
        feiten.append(("Oordeel van de raad", advies.get_oordeel_display()))
    return {
        "html": tekst.html,
        "titel": advies.titel,
        "ondertitel": advies.ondertitel,
        "nummer": advies.nummer or "",
        "soort_naam": advies.get_soort_display().capitalize(),
        "datum": advies.datum,
        "feiten": feiten,
        "samenvatting": "".join(f"<p>{regel}</p>" for regel in _regels(advies.samenvatting)),
    }


def opmaak_van(traject: Adviestraject) -> dict[str, Any]:
    """Geef hoe de PDF van het vastgestelde advies eruitziet: de argumenten voor `stukken.pdf.maak`."""
    advies, tekst = advies_van(traject), vastgestelde_versie(traject)
    assert tekst is not None  # noqa: S101 - advies_van eist een vastgestelde tekst
    return _opmaak(advies, tekst)


def _regels(tekst: str) -> list[str]:
    return [escape(regel) for regel in tekst.splitlines() if regel.strip()]


def vraag_adviespdf(*, traject: Adviestraject, door: "Gebruiker") -> "PdfOpdracht":
    """Vraag de PDF van het vastgestelde advies zoals het nu is; geeft de opdracht (dezelfde bij gelijke inhoud)."""
    advies = advies_van(traject)
    if not advies.nummer:
        raise InvoerFout("nummer", "Geef het advies eerst een adviesnummer; dat staat op de PDF.")
    naam = f"advies-{advies.nummer.replace('/', '-')}.pdf"
    return vraag_pdf(naam=naam, door=door, **_inhoud(traject, advies))


def adviespdf_van_nu(traject: Adviestraject, advies: Advies) -> str:
    """Geef het kenmerk van de PDF met de tekst en de gegevens van nu; leeg zolang er geen vastgestelde tekst is."""
    return kenmerk_van(**_inhoud(traject, advies)) if vastgestelde_versie(traject) is not None else ""


def _inhoud(traject: Adviestraject, advies: Advies) -> dict[str, Any]:
    return {
        "soort": "advies",
        "sleutel": sleutel_van(advies),
        "voorbeeld": traject.voorbeeld,
        **opmaak_van(traject),
    }
