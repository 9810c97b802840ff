"""Versies van de tekst: schrijven, inlezen uit Word, en de witte en groene versie vaststellen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from adviezen import permissions, policies
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.enums import SoortVersie, Stap
from adviezen.models import Adviestraject, Schrijfstand, Versie
from kern.blokken import inhoud_hash, munt
from kern.fouten import GeenToegang, InvoerFout, eis
from kern.html import platte_tekst, schoon
from kern.tijd import nu
from logboek.actions import leg_vast
from stukken.docx import naar_html
from stukken.models import Bestand

if TYPE_CHECKING:
    from collections.abc import Callable

    from kern.tekort import Tekort
    from toegang.models import Gebruiker
    from vergaderingen.models import Vergadering

# Schrijven kan zolang de commissie aan de tekst werkt.
SCHRIJFSTAPPEN = (Stap.CONCEPT, Stap.ACHTERBANBERAAD, Stap.VERWERKING)
# Een tekst van een boekwerk; daarboven is het geen adviestekst maar een vergissing.
LANGSTE_TEKST = 3_000_000


@dataclass(frozen=True)
class Ingelezen:
    """Een nieuwe versie uit een bestand, met wat er bij het inlezen opviel."""

    versie: Versie
    meldingen: tuple[str, ...]


def _open(traject: Adviestraject, versie: int | None, door: "Gebruiker") -> Adviestraject:
    vers = vergrendel(traject.pk, versie)
    if not permissions.mag_bewerken(vers, door):
        raise GeenToegang
    if vers.stap not in SCHRIJFSTAPPEN:
        raise InvoerFout("", "In deze stap verandert de tekst niet meer. Haal het traject eerst terug.")
    return vers


def _maak(
    traject: Adviestraject,
    *,
    soort: SoortVersie,
    html: str,
    door: "Gebruiker",
    notitie: str = "",
    vorige: Versie | None = None,
    vergadering: "Vergadering | None" = None,
    bestand: Bestand | None = None,
    verslag: dict[str, Any] | None = None,
) -> Versie:
    nummer = traject.versies.filter(soort=soort).aggregate(hoogste=Max("nummer"))["hoogste"] or 0
    versie = Versie.objects.create(
        traject=traject,
        soort=soort,
        nummer=nummer + 1,
        vorige=vorige,
        html=html,
        hash=inhoud_hash(html),
        auteur=door,
        auteur_naam=door.naam,
        notitie=notitie.strip(),
        vastgesteld_in=vergadering,
        slotvergadering=soort == SoortVersie.GROEN,
        bron_bestand=bestand,
        inleesverslag=verslag,
    )
    hoog_op(traject)
    leg_vast(
        soort="adviezen.maak_versie", object=traject, door=door, gegevens={"versie": str(versie), "hash": versie.hash}
    )
    return versie


def _schone_tekst(html: str, vorige: Versie | None, veld: str) -> str:
    if len(html) > LANGSTE_TEKST:
        raise InvoerFout(veld, "De tekst is te lang om te bewaren. Splits haar, of voeg bijlagen apart toe.")
    tekst = munt(schoon(html), vorige.html if vorige else None)
    if not platte_tekst(tekst).strip():
        raise InvoerFout(veld, "De tekst is leeg.")
    return tekst


@transaction.atomic
def schrijf_concept(
    *,
    traject: Adviestraject,
    basis: int | None,
    html: str,
    door: "Gebruiker",
    notitie: str = "",
    veld: str = "html",
    bestand: Bestand | None = None,
    verslag: dict[str, Any] | None = None,
) -> Versie:
    """Bewaar een nieuw concept en geef het terug. Blokmerken volgen uit de vorige versie.

    `basis` is het nummer (pk) van de versie waarop de schrijver voortbouwde, of None bij de eerste. Is er intussen een
    nieuwere versie, dan werpt dit InvoerFout; de getypte tekst blijft in de schrijfstand en op het scherm staan.
    """
    traject = _open(traject, None, door)
    laatste = traject.versies.last()
    if (laatste.pk if laatste else None) != basis:
        wie = f" van {laatste.auteur_naam}" if laatste else ""
        raise InvoerFout(
            veld,
            f"Er is intussen een nieuwere versie{wie}. Uw tekst staat er nog; neem over wat nodig is en bewaar weer.",
        )
    tekst = _schone_tekst(html, laatste, veld)
    if laatste is not None and inhoud_hash(tekst) == laatste.hash:
        raise InvoerFout(veld, f"De tekst is gelijk aan {laatste}. Er is niets nieuws te bewaren.")
    versie = _maak(
        traject,
        soort=SoortVersie.CONCEPT,
        html=tekst,
        door=door,
        notitie=notitie,
        vorige=laatste,
        bestand=bestand,
        verslag=verslag,
    )
    if bestand is None:  # wie een bestand inleest, heeft zijn getypte tekst nog niet gebruikt
        Schrijfstand.objects.filter(traject=traject, auteur=door).delete()
    return versie


@transaction.atomic
def lees_word_in(
    *,
    traject: Adviestraject,
    basis: int | None,
    bestand: Bestand,
    door: "Gebruiker",
    notitie: str = "",
    beschrijvingen: Mapping[str, str] | None = None,
) -> Ingelezen:
    """Maak een concept van een Word-bestand; geeft de versie en wat er opviel (geaccepteerde wijzigingen, weggelaten).

    `beschrijvingen` geeft afbeeldingen die in Word geen beschrijving hadden er een (sleutel -> tekst); wat de laatste
    versie aan beelden uit hetzelfde bestand beschreef, blijft beschreven. Het verslag blijft bij de versie. Werpt
    InvoerFout("bestand", …) bij een bestand dat niet te lezen is, leeg is, of hetzelfde als de laatste versie.
    """
    laatste = traject.versies.last()
    eerder: dict[str, str] = {}
    if laatste is not None and laatste.bron_bestand_id == bestand.pk:
        eerder = (laatste.inleesverslag or {}).get("beschrijvingen", {})
    alle = eerder | dict(beschrijvingen or {})
    with bestand.open() as bron:
        uitkomst = naar_html(
            bron.read(),
            vorige=laatste.html if laatste else None,
            veld="bestand",
            beschrijvingen=alle,
        )
    versie = schrijf_concept(
        traject=traject,
        basis=basis,
        html=uitkomst.html,
        door=door,
        notitie=notitie,
        veld="bestand",
        bestand=bestand,
        verslag=uitkomst.verslag.als_json() | {"bestand": bestand.naam, "beschrijvingen": alle},
    )
    return Ingelezen(versie, tuple(uitkomst.meldingen))


def bewaar_schrijfstand(
    *, traject: Adviestraject, basis: int | None, html: str, rijversie: int | None, door: "Gebruiker"
) -> Schrijfstand:
    """Bewaar wat iemand aan het schrijven is, zonder er een versie van te maken; geeft de schrijfstand.

    Per schrijver één; een tweede venster met een oudere `rijversie` overschrijft niets en krijgt InvoerFout.
    """
    with transaction.atomic():
        traject = _open(traject, None, door)
        if len(html) > LANGSTE_TEKST:
            raise InvoerFout("html", "De tekst is te lang om te bewaren.")
        stand, nieuw = Schrijfstand.objects.select_for_update().get_or_create(
            traject=traject, auteur=door, defaults={"basis_id": basis}
        )
        if not nieuw and rijversie is not None and stand.rijversie != rijversie:
            raise InvoerFout("html", "U schrijft ook in een ander venster. Kopieer uw tekst voordat u verdergaat.")
        stand.html, stand.basis_id, stand.bewaard_op = schoon(html), basis, nu()
        stand.rijversie += 1
        stand.save()
    return stand


def gooi_schrijfstand_weg(*, traject: Adviestraject, door: "Gebruiker") -> None:
    """Haal de eigen onbewaarde tekst weg; die van een ander blijft."""
    if not permissions.mag_bewerken(traject, door):
        raise GeenToegang
    Schrijfstand.objects.filter(traject=traject, auteur=door).delete()


@transaction.atomic
def stel_wit_vast(
    *, traject: Adviestraject, versie: int | None, vergadering: "Vergadering", door: "Gebruiker", notitie: str = ""
) -> Versie:
    """Leg vast dat de commissie het laatste concept als witte versie vaststelde (ontwerp §4, stap 3)."""
    return _stel_vast(
        traject,
        versie,
        SoortVersie.WIT,
        vergadering,
        door,
        notitie,
        tekorten=policies.beraad.mag_wit_vaststellen,
        geldend=policies.beraad.witte_versie,
        stappen=(Stap.CONCEPT, Stap.VERWERKING),
    )


@transaction.atomic
def stel_groen_vast(
    *, traject: Adviestraject, versie: int | None, vergadering: "Vergadering", door: "Gebruiker", notitie: str = ""
) -> Versie:
    """Leg vast dat de commissie in haar slotvergadering de groene versie vaststelde (regel 24)."""
    return _stel_vast(
        traject,
        versie,
        SoortVersie.GROEN,
        vergadering,
        door,
        notitie,
        tekorten=policies.verwerking.mag_groen_vaststellen,
        geldend=policies.verwerking.groene_versie,
        stappen=(Stap.VERWERKING,),
    )


def _stel_vast(
    traject: Adviestraject,
    versie: int | None,
    soort: SoortVersie,
    vergadering: "Vergadering",
    door: "Gebruiker",
    notitie: str,
    *,
    tekorten: "Callable[..., list[Tekort]]",
    geldend: "Callable[[Adviestraject], Versie | None]",
    stappen: tuple[Stap, ...],
) -> Versie:
    traject = _open(traject, versie, door)
    if traject.stap not in stappen:
        raise InvoerFout("", f"Een {soort.label} kan in deze stap niet worden vastgesteld.")
    eis(tekorten(traject, vergadering))
    laatste = traject.versies.last()
    assert laatste is not None  # noqa: S101 - wit vraagt een concept, en groen komt na wit
    # Na een stap terug telt de vorige niet meer; de commissie kan dezelfde tekst dan opnieuw vaststellen.
    if laatste.soort == soort and geldend(traject) == laatste:
        raise InvoerFout("", f"De laatste versie is al {laatste}.")
    return _maak(
        traject, soort=soort, html=laatste.html, door=door, notitie=notitie, vorige=laatste, vergadering=vergadering
    )
