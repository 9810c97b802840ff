"""Stap 1 tot en met 4: klaarleggen wat een handeling eist, en haar doen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from adviezen.enums import (
    VASTE_CRITERIA,
    Criteriumoordeel,
    Reactieoordeel,
    Reactiestatus,
    SoortVersie,
    SoortVrager,
    Stap,
    ToewijzingBesluit,
)
from adviezen.models import (
    Achterbanberaad,
    Adviesaanvraag,
    Adviestraject,
    CriteriumOordeel,
    Deelname,
    Reactie,
    ReactieItem,
    Stapgang,
    Startbesluit,
    Toewijzing,
    Versie,
)
from commissies.models import Commissie
from kern.blokken import inhoud_hash, munt
from kern.tijd import nu, vandaag
from logboek.actions import leg_vast
from overgangen import voer_uit
from raad.models import Persoon
from raad.queries import organisaties_met_zetels
from tests.adviezen.bouw.mensen import (
    Cast,
    Wereld,
    bestand,
    vrager,
    zitting,
)
from vergaderingen.enums import Orgaan

TEKST = (
    "<h2>Inleiding</h2><p>De raad adviseert over een verzonnen onderwerp.</p>"
    "<h2>Voorstel</h2><p>Maak het eenvoudiger.</p><p>Doe het samen.</p>"
)


@transaction.atomic
def nieuw(wereld: Wereld, **opties: Any) -> Cast:
    """Registreer een aanvraag (of eigen initiatief) zonder iets dat nog moet: geen brief, geen bevestiging."""
    nummer = Adviestraject.objects.count() + 1
    eigen = bool(opties.get("eigen_initiatief"))
    traject = Adviestraject(
        titel=opties.get("titel", f"Traject {nummer} (voorbeeld)"),
        slug=f"traject-{nummer}",
        kenmerk=f"VT/{nummer}",
        secretaris=wereld.secretaris,
        eigen_initiatief=eigen,
        voorbeeld=True,
        **({"stap": Stap.TOEWIJZING, "geadresseerden": "het kabinet (voorbeeld)"} if eigen else {}),
    )
    traject.save()
    leg_vast(soort="adviezen.registreer", object=traject, door=wereld.secretaris)
    Stapgang.begin(traject, door_naam=wereld.secretaris.naam)
    if eigen:
        Startbesluit.objects.create(
            traject=traject, besloten_op=vandaag(), tekst="Wij beginnen zelf (voorbeeld).", door=wereld.secretaris
        )
    else:
        aanvraag = Adviesaanvraag.objects.create(
            traject=traject, vraag="Wat vindt de raad? (voorbeeld)", datum=vandaag(), ontvangen_op=vandaag()
        )
        aanvraag.vragers.add(vrager(SoortVrager.TWEEDE_KAMER if opties.get("kamer") else SoortVrager.MINISTER))
    return Cast(
        Adviestraject.objects.get(pk=traject.pk),
        wereld,
        wereld.secretaris,
        wereld.raadssecretaris,
        wereld.algemeen_secretaris,
        wereld.tweede,
        wereld.buitenstaander,
        opties,
    )


def bereid_aanvraag_voor(cast: Cast) -> None:
    """Brief, ontvangstbevestiging en (voor een minister) adviestermijn."""
    aanvraag = cast.traject.aanvraag
    aanvraag.bestand, aanvraag.ontvangst_bevestigd_op = bestand(), vandaag()
    aanvraag.save()
    if not cast.opties.get("kamer"):
        cast.traject.adviestermijn = vandaag() + timedelta(days=180)
        cast.traject.save()
    cast.vers()


def naar_toewijzing(cast: Cast) -> None:
    """Stap 1 naar 2."""
    bereid_aanvraag_voor(cast)
    cast.doe("leg_voor_aan_db")


def beoordeel_criteria(cast: Cast) -> None:
    """De zeven criteria, met toelichting."""
    for criterium in VASTE_CRITERIA:
        CriteriumOordeel.objects.get_or_create(
            traject=cast.traject,
            criterium=criterium,
            defaults={"oordeel": Criteriumoordeel.JA, "toelichting": "Voldoet (voorbeeld)."},
        )


def commissie_van(cast: Cast) -> Commissie:
    """De commissie uit de opties."""
    return cast.wereld.raad.commissies[cast.opties.get("commissie", "grensarbeid")]


def voorzitter_van(commissie: Commissie) -> Persoon:
    """De voorzitter van de commissie."""
    return commissie.leden.get(rol="voorzitter").persoon


def bereid_toewijzing_voor(cast: Cast, **velden: Any) -> Toewijzing:
    """Criteria, een DB-vergadering met quorum en het besluit tot toewijzing."""
    beoordeel_criteria(cast)
    commissie = commissie_van(cast)
    gegevens: dict[str, Any] = {
        "vergadering": velden.get("vergadering") or zitting(cast.wereld, Orgaan.DAGELIJKS_BESTUUR),
        "besluit": ToewijzingBesluit.WIJS_TOE,
        "commissie": commissie,
        "voorzitter": voorzitter_van(commissie),
        "reden_voorzitter": "Ervaring (voorbeeld)." if commissie.slug.startswith("commissie-duurzame") else "",
        "scope": "De hele vraag (voorbeeld).",
        "vastgelegd_door": cast.secretaris,
    }
    return Toewijzing.objects.create(traject=cast.traject, **(gegevens | velden))


def naar_concept(cast: Cast) -> None:
    """Stap 2 naar 3."""
    bereid_toewijzing_voor(cast)
    cast.doe("wijs_toe")


def bereid_weigering_voor(cast: Cast) -> None:
    """Criteria, een DB-vergadering en het besluit om niet in behandeling te nemen."""
    beoordeel_criteria(cast)
    Toewijzing.objects.create(
        traject=cast.traject,
        vergadering=zitting(cast.wereld, Orgaan.DAGELIJKS_BESTUUR),
        besluit=ToewijzingBesluit.NIET_IN_BEHANDELING,
        motivering="Buiten het terrein van de raad (voorbeeld).",
        brief_tekst="Geachte minister (voorbeeld), …",
        vastgelegd_door=cast.secretaris,
    )


def weiger(cast: Cast) -> None:
    bereid_weigering_voor(cast)
    cast.doe("neem_niet_in_behandeling")


def eindig(cast: Cast, overgang: str) -> None:
    cast.doe(overgang, reden="Niet meer nodig (voorbeeld).", datum=vandaag(), motivering="Niet meer nodig (voorbeeld).")


def versie(cast: Cast, soort: str = SoortVersie.CONCEPT, html: str = TEKST, **velden: Any) -> Versie:
    """Bewaar een versie van deze soort, met het volgende nummer."""
    vorige = cast.traject.versies.last()
    gemunt = munt(html, vorige.html if vorige else None)
    return Versie.objects.create(
        traject=cast.traject,
        soort=soort,
        nummer=cast.traject.versies.filter(soort=soort).count() + 1,
        vorige=vorige,
        html=gemunt,
        hash=inhoud_hash(gemunt),
        auteur=cast.secretaris,
        auteur_naam=cast.secretaris.naam,
        **velden,
    )


def witte_versie(cast: Cast) -> Versie:
    """Een concept, en een witte versie uit een commissievergadering van vandaag."""
    versie(cast)
    wit = zitting(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    return versie(cast, SoortVersie.WIT, vastgesteld_in=wit)


def bereid_beraad_voor(cast: Cast) -> Achterbanberaad:
    """Witte versie, termijn over dertig dagen, alle organisaties met zetels, toestemming van de voorzitter."""
    beraad = Achterbanberaad.objects.create(
        traject=cast.traject,
        ronde=cast.traject.beraden.count() + 1,
        versie=witte_versie(cast),
        uiterlijk_op=vandaag() + timedelta(days=30),
        openbaar=cast.opties.get("openbaar", True),
        toestemming_van=cast.traject.commissievoorzitter,
        toestemming_op=vandaag(),
    )
    per_pk = {o.pk: sleutel for sleutel, o in cast.wereld.raad.organisaties.items()}
    for organisatie in organisaties_met_zetels(vandaag()):
        Deelname.objects.create(
            beraad=beraad,
            organisatie=organisatie,
            contact=cast.wereld.raad.coordinatoren[per_pk[organisatie.pk]],
        )
    return beraad


@transaction.atomic
def naar_achterbanberaad(cast: Cast, overgang: str = "start_achterbanberaad", reden: str = "") -> None:
    """Stap 3 naar 4, of met "open_nieuw_achterbanberaad" stap 5 naar 4."""
    beraad = bereid_beraad_voor(cast)
    cast.doe(overgang, reden=reden)
    beraad.geopend_op = nu()
    beraad.save()


@transaction.atomic
def begin_reactie(deelname: Deelname, **velden: Any) -> Reactie:
    """Een reactie in concept."""
    reactie = Reactie.objects.create(deelname=deelname, **velden)
    leg_vast(soort="adviezen.begin_reactie", object=reactie, door=deelname.contact)
    return reactie


def dien_in(deelname: Deelname, punten: int = 1) -> Reactie:
    """Een ingediende reactie met punten; nul punten is "geen reactie"."""
    oordeel = Reactieoordeel.AKKOORD_MITS if punten else ""
    reactie = Reactie.objects.filter(deelname=deelname).first()
    if reactie is None:
        reactie = begin_reactie(deelname, oordeel=oordeel)
    elif reactie.oordeel != oordeel:  # wie door `handel` opende, heeft haar al in concept
        reactie.oordeel = oordeel
        reactie.save()
    for plaats in range(1, punten + 1):
        ReactieItem.objects.create(reactie=reactie, volgorde=plaats, tekst=f"Punt {plaats} van {deelname.organisatie}")
    overgang = "dien_in" if punten else "meld_geen_reactie"
    return voer_uit(Reactie, reactie.pk, None, overgang, door=deelname.contact, indiener=deelname.contact)


def bereid_sluiting_voor(cast: Cast) -> None:
    """Elke organisatie reageert; de laatste meldt "geen reactie"."""
    wacht = Q(reactie__isnull=True) | Q(reactie__status=Reactiestatus.CONCEPT)
    open_ = list(cast.beraad.deelnames.filter(wacht).select_related("organisatie", "contact"))
    for plaats, deelname in enumerate(open_):
        dien_in(deelname, 0 if plaats == len(open_) - 1 else cast.opties.get("punten", 1))


@transaction.atomic
def naar_verwerking(cast: Cast) -> None:
    """Stap 4 naar 5."""
    bereid_sluiting_voor(cast)
    cast.doe("sluit_achterbanberaad")
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(gesloten_op=nu())
