"""Stap 8: is alles klaar om aan te bieden?"""

from datetime import date
from typing import TYPE_CHECKING, Any

from adviezen.adressen import adres
from adviezen.enums import Impactmoment, SoortVersie, Stap
from kern.tekort import Tekort
from kern.tijd import datum_nl, vandaag

if TYPE_CHECKING:
    from adviezen.models import Aanbieding, Adviestraject, Versie


def vastgestelde_versie(traject: "Adviestraject") -> "Versie | None":
    """Geef de laatste vastgestelde tekst, of None."""
    return traject.versies.filter(soort=SoortVersie.VASTGESTELD).last()


def mag_bied_aan(traject: "Adviestraject", *, op: date | None = None, **kw: Any) -> list[Tekort]:
    """Adviesnummer, tekst, PDF van die tekst, afgetekende brieven, bevestigd door een tweede persoon.

    `op` is de dag van aanbieden (standaard vandaag): niet voor de vaststelling en niet in de toekomst.
    """
    link = adres("aanbieding", traject)
    advies = getattr(traject, "advies", None)
    uit = []
    if advies is None or not advies.nummer:
        uit.append(Tekort("Geef het advies een adviesnummer.", f"{link}#h-gegevens"))
    versie = vastgestelde_versie(traject)
    if versie is None:
        uit.append(Tekort("De vastgestelde tekst ontbreekt.", adres("versies", traject)))
    uit += _dag_tekorten(traject, op, link)
    aanbieding = getattr(traject, "aanbieding", None)
    if aanbieding is None:
        return [*uit, Tekort("Zet de aanbieding klaar: tekst, PDF en brieven.", f"{link}#h-klaar")]
    if versie is not None:
        uit += _pdf_tekorten(aanbieding, versie, f"{link}#h-pdf")
    uit += brief_tekorten(traject, aanbieding, f"{link}#h-brieven")
    return uit + _bevestiging_tekorten(traject, aanbieding, f"{link}#h-klaar")


def _dag_tekorten(traject: "Adviestraject", op: date | None, link: str) -> list[Tekort]:
    if op is None:
        return []
    if op > vandaag():
        return [Tekort("De dag van aanbieden ligt in de toekomst.", link)]
    if traject.vastgesteld_op is not None and op < traject.vastgesteld_op:
        dag = datum_nl(traject.vastgesteld_op)
        return [Tekort(f"Aanbieden kan niet voor de vaststelling op {dag}.", link)]
    return []


def _pdf_tekorten(aanbieding: "Aanbieding", versie: "Versie", link: str) -> list[Tekort]:
    if aanbieding.versie_id is not None and aanbieding.versie_id != versie.pk:
        return [Tekort("De aanbieding hoort bij een oudere tekst; zet haar opnieuw klaar.", link)]
    if aanbieding.pdf_id is None:
        return [Tekort("De PDF van het advies is nog niet gemaakt.", link)]
    if aanbieding.pdf_van_hash != versie.hash:
        return [Tekort("De PDF is van een andere tekst; maak haar opnieuw.", link)]
    return []


def brief_tekorten(traject: "Adviestraject", aanbieding: "Aanbieding", link: str = "") -> list[Tekort]:
    """Elke adviesvrager krijgt een brief, en alle brieven zijn afgetekend."""
    brieven = list(aanbieding.brieven.all())
    aanvraag = getattr(traject, "aanvraag", None)
    vragers = [] if aanvraag is None else list(aanvraag.vragers.all())
    met_brief = {b.vrager_id for b in brieven if not b.afschrift}
    uit = [Tekort(f"Er is nog geen aanbiedingsbrief aan {v.naam}.", link) for v in vragers if v.pk not in met_brief]
    if not vragers and not brieven:
        uit.append(Tekort("Er is nog geen aanbiedingsbrief.", link))
    uit += [Tekort(f"De brief aan {b.aan} is nog niet afgetekend.", link) for b in brieven if b.afgetekend_op is None]
    return uit


def _bevestiging_tekorten(traject: "Adviestraject", aanbieding: "Aanbieding", link: str) -> list[Tekort]:
    if aanbieding.klaargezet_op is None:
        return [Tekort("De aanbieding is nog niet klaargezet.", link)]
    laatste = traject.stapgangen.filter(naar=Stap.AANBIEDING).last()
    sinds = laatste.op if laatste is not None else traject.stap_sinds
    if aanbieding.bevestigd_op is None or aanbieding.bevestigd_op < sinds:
        return [Tekort("Een tweede persoon moet de aanbieding nog bevestigen.", link)]
    return []  # dat het een ander is dan wie klaarzette, eist de database


def waarschuwingen(traject: "Adviestraject") -> list[Tekort]:
    """Een advies aan een Kamer gaat in afschrift naar de minister (regel 43); zonder beoogde impact valt er later
    niets te evalueren; een brief zonder paraaf las niemand na. Houdt niets tegen.
    """
    aanvraag, aanbieding = getattr(traject, "aanvraag", None), getattr(traject, "aanbieding", None)
    uit = []
    if not traject.impact.filter(moment=Impactmoment.VASTSTELLING).exists():
        uit.append(Tekort("Er staat niet wat dit advies moet bereiken.", adres("impact", traject)))
    if aanbieding is not None:
        zonder = [b.aan for b in aanbieding.brieven.all() if b.geparafeerd_op is None]
        uit += [Tekort(f"De brief aan {aan} heeft geen paraaf.", adres("aanbieding", traject)) for aan in zonder]
    if aanvraag is None or aanbieding is None:
        return uit
    alleen_kamer = all(not v.is_bewindspersoon for v in aanvraag.vragers.all())
    if alleen_kamer and not aanbieding.brieven.filter(afschrift=True).exists():
        uit.append(Tekort("Stuur een afschrift aan de minister: het advies gaat naar een Kamer."))
    return uit
