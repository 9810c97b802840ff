"""Stap 7 en het rechtstreekse commissieadvies: de vastgestelde tekst, en het advies als eigen dossier."""

from typing import TYPE_CHECKING

from django.db.models import Max

from adviezen.actions.bericht import bericht_behandelaars
from adviezen.actions.handelen import Gevolg, feit, uitvoering, voorvertoning, zet_stap
from adviezen.actions.hulp import vergrendel
from adviezen.actions.klokken import NA_VASTSTELLEN
from adviezen.enums import SoortAdvies, SoortVersie, Uitkomst
from adviezen.models import Aanbeveling, Advies, Adviestraject, Agendering, Versie
from adviezen.policies.raad import lopende_agendering
from adviezen.policies.verwerking import groene_versie
from adviezen.queries.aanspreken import wie_behandelt
from adviezen.queries.standpunten import achterhaald, registraties
from adviezen.standpunten import opsomming
from adviezen.tekst import Nota, Passage, Standpunt, met_standpunten, vind_aanbevelingen
from kern.blokken import inhoud_hash, munt
from termijnen.actions import open_termijn
from termijnen.models import Termijn

if TYPE_CHECKING:
    from datetime import date

    from toegang.models import Gebruiker
    from vergaderingen.models import Vergadering


@voorvertoning("stel_vast")
def toon_vaststelling(traject: Adviestraject) -> list[Gevolg]:
    """Wat vaststaat, en wie verder moet."""
    agendering = lopende_agendering(traject)
    if agendering is None:
        return []
    uit = [
        Gevolg("De tekst", "ligt vast; herstellen kan daarna alleen met een correctie"),
        Gevolg("Het oordeel", agendering.get_oordeel_display() or "nog niet vastgelegd"),
    ]
    notas = agendering.minderheidsnotas.count()
    if notas:
        uit.append(Gevolg("Bijlagen", f"{notas} minderheidsnota{'' if notas == 1 else '’s'}"))
    return [
        *uit,
        *(Gevolg("Let op", tekst) for tekst in achterhaald(agendering)),
        *(
            Gevolg(g.naam, "krijgt na tien minuten bericht en maakt de aanbieding klaar")
            for g in wie_behandelt(traject)
        ),
        Gevolg("Het publiek", "ziet: vastgesteld. De tekst wordt openbaar bij de aanbieding"),
    ]


@uitvoering("stel_vast")
def stel_vast(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Stel het advies vast zoals de raad besloot: vastgestelde tekst met standpunten, en het advies zelf."""
    vorig = vergrendel(traject_pk, versie)
    agendering = lopende_agendering(vorig)
    let_op = achterhaald(agendering) if agendering is not None else []
    gegevens = {"waarschuwingen": let_op} if let_op else None
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden, gegevens=gegevens)
    assert agendering is not None  # noqa: S101 - het beleid keek dit na
    assert agendering.versie is not None  # noqa: S101 - behandelen kan niet zonder groene versie
    agendering.uitkomst = Uitkomst.VASTGESTELD
    agendering.save(update_fields=["uitkomst"])
    zitting = agendering.agendapunt.vergadering
    tekst = _maak_tekst(traject, agendering.versie, zitting, door, html=_met_standpunten(agendering))
    maak_advies(traject, tekst, datum=zitting.datum, oordeel=agendering.oordeel, namens_raad=True)
    _bericht(traject, overgang, door)
    return traject


@voorvertoning("adviseer_rechtstreeks")
def toon_rechtstreeks(traject: Adviestraject) -> list[Gevolg]:
    """Wie het advies uitbrengt, en hoe de raad ervan hoort."""
    naam = traject.commissie.naam if traject.commissie else "De commissie"
    hoe = "als advies van haarzelf" if traject.artikel43 else "namens de raad"
    return [
        Gevolg(naam, f"brengt het advies zelf uit, {hoe}; de tekst ligt vast"),
        Gevolg("De raad", "ziet het advies als ingekomen stuk op de volgende agenda"),
        Gevolg("Het publiek", "ziet: vastgesteld. De tekst wordt openbaar bij de aanbieding"),
    ]


@uitvoering("adviseer_rechtstreeks")
def adviseer_rechtstreeks(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Laat de commissie zelf adviseren (mandaat of artikel 43): haar groene versie is de vastgestelde tekst."""
    groen = groene_versie(vergrendel(traject_pk, versie))
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    assert groen is not None  # noqa: S101 - het beleid keek dit na
    assert groen.vastgesteld_in is not None  # noqa: S101 - de database eist dit van een groene versie
    tekst = _maak_tekst(traject, groen, groen.vastgesteld_in, door, html=groen.html)
    maak_advies(traject, tekst, datum=groen.vastgesteld_in.datum, oordeel="", namens_raad=not traject.artikel43)
    _bericht(traject, overgang, door)
    return traject


def _met_standpunten(agendering: Agendering) -> str:
    groen = agendering.versie
    assert groen is not None  # noqa: S101 - zie stel_vast
    passages = [
        Passage(r.passage, [Standpunt(o.aanduiding, o.tekst, o.voetnoot) for o in r.opvattingen.all()])
        for r in registraties(agendering)
    ]
    notas = [
        Nota(n.titel, opsomming([lid.naam for lid in n.leden.all()]), n.html)
        for n in agendering.minderheidsnotas.prefetch_related("leden")
    ]
    return met_standpunten(groen.html, passages, notas)


def _maak_tekst(
    traject: Adviestraject, groen: Versie, zitting: "Vergadering", door: "Gebruiker", *, html: str
) -> Versie:
    html = html if html == groen.html else munt(html, groen.html)
    nummer = traject.versies.filter(soort=SoortVersie.VASTGESTELD).aggregate(hoogste=Max("nummer"))["hoogste"] or 0
    versie: Versie = Versie.objects.create(
        traject=traject,
        soort=SoortVersie.VASTGESTELD,
        nummer=nummer + 1,
        vorige=groen,
        html=html,
        hash=inhoud_hash(html),
        auteur=door,
        auteur_naam=door.naam,
        vastgesteld_in=zitting,
    )
    return versie


def maak_advies(
    traject: Adviestraject, tekst: Versie, *, datum: "date | None", oordeel: str, namens_raad: bool
) -> Advies:
    """Maak het advies bij een vastgestelde tekst, met de aanbevelingen die daarin te vinden zijn; nog zonder nummer."""
    aanvraag = getattr(traject, "aanvraag", None)
    vragers = [] if aanvraag is None else list(aanvraag.vragers.all())
    advies, _ = Advies.objects.update_or_create(
        traject=traject,
        defaults={
            "kenmerk": f"t-{traject.pk}",
            "soort": SoortAdvies.ADVIES,
            "titel": traject.openbare_titel,
            "datum": datum,
            "datum_soort": "vaststelling",
            "commissie": traject.commissie,
            "commissie_naam": traject.commissie.naam if traject.commissie else "",
            "adviesvragers_tekst": [v.naam for v in vragers],
            "adviesvrager_type": sorted({v.soort for v in vragers}),
            "aanvraagdatum": aanvraag.datum if aanvraag is not None else None,
            "oordeel": oordeel,
            "namens_raad": namens_raad,
            "voorbeeld": traject.voorbeeld,
        },
    )
    advies.themas.set(traject.themas.all())
    advies.aanbevelingen.all().delete()
    Aanbeveling.objects.bulk_create(
        Aanbeveling(advies=advies, nummer=plaats, tekst=gevonden.tekst, blok=gevonden.blok)
        for plaats, gevonden in enumerate(vind_aanbevelingen(tekst.html), start=1)
        if gevonden.tekst
    )
    if datum is not None and not Termijn.objects.van(traject).filter(soort="publicatie").exists():
        for soort in NA_VASTSTELLEN:
            open_termijn(soort=soort, object=traject, basis=datum, door=None, eigenaar=traject.secretaris)
    return advies


def _bericht(traject: Adviestraject, overgang: str, door: "Gebruiker") -> None:
    onderwerp = "Een advies is vastgesteld: maak de aanbieding klaar"
    bericht_behandelaars(traject, onderwerp=onderwerp, feit=feit(traject, overgang), door=door)
