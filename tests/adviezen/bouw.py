"""Brengt een traject met echte aanroepen naar elke stap, met mensen in elke rol.

    wereld = bouw.maak_wereld()                        # raad, commissies en secretariaat (voorbeeld), ongeveer 1 s
    cast = bouw.traject_op(Stap.VERWERKING, wereld)    # traject in stap 5, met witte versie en reacties
    cast.doe("stuur_naar_raad", door=cast.secretaris)  # voer_uit, en cast.traject is daarna vers

Elke stap is twee functies: `bereid_X_voor(cast)` legt alles klaar wat de handeling eist, `naar_X(cast)` doet haar ook.
De tests van pagina's gebruiken de fixture `wereld` (tests/adviezen/conftest.py): die is er één keer per bestand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.test import override_settings

from adviezen import policies
from adviezen.enums import (
    VASTE_CRITERIA,
    Criteriumoordeel,
    Raadsoordeel,
    Reactieoordeel,
    SoortVersie,
    SoortVrager,
    Stap,
    ToewijzingBesluit,
    Uitkomst,
    Verwerkingsoordeel,
)
from adviezen.models import (
    Aanbieding,
    Aanbiedingsbrief,
    Achterbanberaad,
    Advies,
    Adviesaanvraag,
    Adviestraject,
    Adviesvrager,
    Agendering,
    CriteriumOordeel,
    Deelname,
    OpvattingRij,
    Reactie,
    ReactieItem,
    Registratie,
    Stapgang,
    Startbesluit,
    Steun,
    Toewijzing,
    Uitvoeringstoets,
    Versie,
    Verwerking,
)
from commissies.models import Commissie
from inrichting.voorbeeld_raad import Raadswereld, maak_raad
from kern.blokken import inhoud_hash, munt
from kern.tijd import nu, vandaag
from logboek.actions import leg_vast
from overgangen import voer_uit
from raad.enums import Geleding
from raad.models import Persoon
from raad.queries import organisaties_met_zetels
from stukken.actions import bewaar_bytes
from stukken.models import Bestand
from toegang.enums import Rol
from toegang.models import Gebruiker
from vergaderingen.actions import (
    geef_stuknummer,
    open_vergadering,
    plan_vergadering,
    roep_op,
    teken_geleding,
    teken_presentie,
    voeg_agendapunt_toe,
)
from vergaderingen.enums import Orgaan, Puntsoort
from vergaderingen.models import Agendapunt, Vergadering

TEKST = (
    "<h2>Inleiding</h2><p>De raad adviseert over een verzonnen onderwerp.</p>"
    "<h2>Voorstel</h2><p>Maak het eenvoudiger.</p><p>Doe het samen.</p>"
)


@dataclass
class Wereld:
    """De voorbeeldraad en het secretariaat; `raad.leden["FNV 3"]` enzovoort (inrichting.voorbeeld_raad)."""

    raad: Raadswereld
    secretaris: Gebruiker
    tweede: Gebruiker
    raadssecretaris: Gebruiker
    algemeen_secretaris: Gebruiker
    communicatie: Gebruiker
    beheerder: Gebruiker
    buitenstaander: Gebruiker

    def account(self, sleutel: str) -> Gebruiker:
        """Geef het account van een lid ("FNV 3"), met "plv FNV 3" dat van zijn plaatsvervanger."""
        if sleutel.startswith("plv "):
            persoon = self.raad.plaatsvervangers[sleutel.removeprefix("plv ")]
        else:
            persoon = self.raad.leden[sleutel]
        assert persoon.gebruiker is not None
        return persoon.gebruiker


@dataclass
class Cast:
    """Een traject met de mensen die ermee werken. `traject` is altijd vers na `doe`."""

    traject: Adviestraject
    wereld: Wereld
    secretaris: Gebruiker
    raadssecretaris: Gebruiker
    algemeen_secretaris: Gebruiker
    tweede: Gebruiker
    buitenstaander: Gebruiker
    opties: dict[str, Any] = field(default_factory=dict)

    def doe(self, overgang: str, *, door: Gebruiker | None = None, reden: str = "", **kw: Any) -> Adviestraject:
        """Voer een overgang uit (standaard door wie dat mag) en geef het verse traject."""
        self.traject = voer_uit(
            Adviestraject,
            self.traject.pk,
            None,
            overgang,
            door=door or self.wie(overgang),
            reden=reden,
            **kw,
        )
        return self.traject

    def vers(self) -> Adviestraject:
        """Laad het traject opnieuw, zonder bewaarde verwijzingen."""
        self.traject = Adviestraject.objects.get(pk=self.traject.pk)
        return self.traject

    def wie(self, overgang: str) -> Gebruiker:
        """Geef wie deze handeling mag doen."""
        if overgang in ("bied_aan", "herroep_aanbieding", "trek_in", "beeindig", "herroep_einde"):
            return self.algemeen_secretaris
        if overgang in ("behandel_in_raad", "stel_vast", "verwijs_terug", "stel_uit"):
            return self.raadssecretaris
        return self.secretaris

    @property
    def beraad(self) -> Achterbanberaad:
        """De laatste ronde."""
        beraad = self.traject.beraden.last()
        assert beraad is not None
        return beraad

    def deelname(self, organisatie: str) -> Deelname:
        """De deelname van een organisatie ("FNV") aan de laatste ronde."""
        return self.beraad.deelnames.get(organisatie=self.wereld.raad.organisaties[organisatie])

    def reactie(self, organisatie: str) -> Reactie:
        """De reactie van een organisatie ("FNV") in de laatste ronde."""
        return Reactie.objects.get(deelname=self.deelname(organisatie))


def maak_gebruiker(naam: str, *rollen: Rol) -> Gebruiker:
    """Maak een account met stafrollen als groepen."""
    adres = f"{naam.lower().replace(' ', '-')}-{Gebruiker.objects.count()}@voorbeeld.test"
    gebruiker = Gebruiker.objects.create_user(adres, f"{naam} (voorbeeld)", None)
    for rol in rollen:
        gebruiker.groups.add(Group.objects.get_or_create(name=str(rol))[0])
    return gebruiker


def maak_wereld() -> Wereld:
    """Maak de voorbeeldraad rond vandaag en een secretariaat; de eerste secretaris doet elke commissie."""
    secretaris = maak_gebruiker("Secretaris", Rol.COMMISSIESECRETARIS)
    with override_settings(VOORBEELD=True):
        raad = maak_raad(dag=vandaag(), wachtwoord="voorbeeld", door=None, secretarissen=[secretaris])
    return Wereld(
        raad=raad,
        secretaris=secretaris,
        tweede=maak_gebruiker("Tweede secretaris", Rol.COMMISSIESECRETARIS),
        raadssecretaris=maak_gebruiker("Raadssecretaris", Rol.RAADSSECRETARIS),
        algemeen_secretaris=maak_gebruiker("Algemeen secretaris", Rol.ALGEMEEN_SECRETARIS),
        communicatie=maak_gebruiker("Communicatie", Rol.COMMUNICATIE),
        beheerder=maak_gebruiker("Beheerder", Rol.BEHEERDER),
        buitenstaander=maak_gebruiker("Buitenstaander"),
    )


def bestand(naam: str = "brief.pdf") -> Bestand:
    """Bewaar een klein bestand."""
    return bewaar_bytes(inhoud=b"%PDF-1.7 voorbeeld", naam=naam, soort="pdf")


def vrager(soort: str = SoortVrager.MINISTER, naam: str = "") -> Adviesvrager:
    """Geef een adviesvrager van deze soort."""
    naam = naam or f"{SoortVrager(soort).label} (voorbeeld)"
    return Adviesvrager.objects.get_or_create(naam=naam, defaults={"soort": soort})[0]


# --- vergaderingen van vandaag --------------------------------------------------------------------------------


def vergadering(
    wereld: Wereld,
    orgaan: str,
    *,
    commissie: Commissie | None = None,
    open: bool = True,
    onderwerp: str = "Bespreking",
) -> Vergadering:
    """Een vergadering van vandaag: opgeroepen (de stukken twaalf dagen geleden) en, met `open`, ook geopend."""
    door = wereld.raadssecretaris
    eerder = vandaag() - timedelta(days=12)
    nieuw = plan_vergadering(
        orgaan=orgaan, datum=vandaag(), commissie=commissie, door=door, **_vrije_tijd(orgaan, commissie)
    )
    voeg_agendapunt_toe(vergadering=nieuw, onderwerp=onderwerp, door=door)
    nieuw = roep_op(vergadering=nieuw, versie=None, door=door, opgeroepen_op=eerder, stukken_op=eerder)
    return geopend(wereld, nieuw) if open else nieuw


def _vrije_tijd(orgaan: str, commissie: Commissie | None = None) -> dict[str, time]:
    """Een orgaan vergadert niet twee keer tegelijk: geef elke vergadering van vandaag een eigen vijf minuten."""
    eerder = Vergadering.objects.filter(orgaan=orgaan, commissie=commissie, datum=vandaag()).count()
    uur, minuut = divmod(8 * 60 + 5 * eerder, 60)
    return {"begin": time(uur, minuut), "eind": time(uur, minuut + 4)}


def geopend(wereld: Wereld, rij: Vergadering) -> Vergadering:
    """Laat iedereen tekenen en open de vergadering."""
    door = wereld.raadssecretaris
    if rij.orgaan == Orgaan.COMMISSIE and rij.commissie is not None:
        leden = rij.commissie.leden.filter(rol__in=["voorzitter", "lid"])
        for lid in leden.select_related("persoon"):
            teken_presentie(vergadering=rij, persoon=lid.persoon, door=door)
    else:
        for geleding in Geleding:
            teken_geleding(vergadering=rij, geleding=geleding, door=door)
    return open_vergadering(vergadering=rij, versie=None, door=door)


def raadsvergadering(cast: Cast, *, open: bool = False) -> Agendapunt:
    """Een raadsvergadering van vandaag met dit advies op de agenda, met stuknummer; geeft het agendapunt."""
    wereld, door = cast.wereld, cast.raadssecretaris
    eerder = vandaag() - timedelta(days=12)
    rij = plan_vergadering(orgaan=Orgaan.RAAD, datum=vandaag(), door=door, **_vrije_tijd(Orgaan.RAAD))
    punt = voeg_agendapunt_toe(vergadering=rij, onderwerp=cast.traject.titel, soort=Puntsoort.ADVIES, door=door)
    punt = geef_stuknummer(agendapunt=punt, door=door)
    rij = roep_op(vergadering=rij, versie=None, door=door, opgeroepen_op=eerder, stukken_op=eerder)
    if open:
        geopend(wereld, rij)
    return Agendapunt.objects.get(pk=punt.pk)


# --- stap voor stap ----------------------------------------------------------------------------------------------


def traject_op(stap: str, wereld: Wereld | None = None, **opties: Any) -> Cast:
    """Geef een nieuw traject in deze stap (ook een eindstand).

    Opties: `titel`, `commissie` ("grensarbeid" en andere sleutels), `eigen_initiatief`, `kamer` (vraag van de Tweede
    Kamer), `openbaar` (ontwerp openbaar, standaard True), `punten` (punten per reactie, standaard 1), `verdeeld`
    (raad verdeeld), `mandaat` (commissie adviseert zelf; kies commissie "consumenten").
    """
    cast = nieuw(wereld or maak_wereld(), **opties)
    zijweg: dict[str, Callable[[Cast], None]] = {
        Stap.NIET_IN_BEHANDELING: _weiger,
        Stap.INGETROKKEN: lambda c: _eindig(c, "trek_in"),
        Stap.BEEINDIGD: lambda c: _eindig(c, "beeindig"),
    }
    if stap in zijweg:
        naar(cast, Stap.TOEWIJZING)
        zijweg[stap](cast)
    else:
        naar(cast, stap)
    return cast


def naar(cast: Cast, stap: str) -> Cast:
    """Breng een lopend traject vooruit tot deze stap."""
    while cast.traject.stap != stap:
        if cast.traject.stap == Stap.VERWERKING and cast.opties.get("mandaat"):
            naar_aanbieding_met_mandaat(cast)
        else:
            VOORUIT[cast.traject.stap](cast)
    return cast


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
        "vergadering": velden.get("vergadering") or vergadering(cast.wereld, Orgaan.DAGELIJKS_BESTUUR),
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


def _weiger(cast: Cast) -> None:
    beoordeel_criteria(cast)
    Toewijzing.objects.create(
        traject=cast.traject,
        vergadering=vergadering(cast.wereld, Orgaan.DAGELIJKS_BESTUUR),
        besluit=ToewijzingBesluit.NIET_IN_BEHANDELING,
        motivering="Buiten het terrein van de raad (voorbeeld).",
        brief_tekst="Geachte minister (voorbeeld), …",
        vastgelegd_door=cast.secretaris,
    )
    cast.doe("neem_niet_in_behandeling")


def _eindig(cast: Cast, overgang: str) -> None:
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
    zitting = vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    return versie(cast, SoortVersie.WIT, vastgesteld_in=zitting)


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
    reactie = begin_reactie(deelname, oordeel=Reactieoordeel.AKKOORD_MITS if punten else "")
    for plaats in range(1, punten + 1):
        ReactieItem.objects.create(reactie=reactie, volgorde=plaats, tekst=f"Punt {plaats} van {deelname.organisatie}")
    overgang = "dien_in" if punten else "meld_geen_reactie"
    return voer_uit(Reactie, reactie.pk, None, overgang, door=deelname.contact, indiener=deelname.contact)


def bereid_sluiting_voor(cast: Cast) -> None:
    """Elke organisatie reageert; de laatste meldt "geen reactie"."""
    open_ = list(cast.beraad.deelnames.filter(reactie__isnull=True).select_related("organisatie", "contact"))
    for plaats, deelname in enumerate(open_):
        dien_in(deelname, 0 if plaats == len(open_) - 1 else cast.opties.get("punten", 1))


@transaction.atomic
def naar_verwerking(cast: Cast) -> None:
    """Stap 4 naar 5."""
    bereid_sluiting_voor(cast)
    cast.doe("sluit_achterbanberaad")
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(gesloten_op=nu())


def verwerk_punten(cast: Cast, zitting: Vergadering | None) -> None:
    """Geef elk punt een verwerking; met `zitting` besloot de commissie daarover."""
    punten = ReactieItem.objects.filter(reactie__deelname__beraad__traject=cast.traject, verwerking__isnull=True)
    for punt in punten:
        Verwerking.objects.create(
            item=punt,
            oordeel=Verwerkingsoordeel.OVERGENOMEN,
            voorgesteld_door=cast.secretaris,
            vastgesteld_in=zitting,
        )
    if zitting is not None:
        open_ = Verwerking.objects.filter(item__reactie__deelname__beraad__traject=cast.traject)
        open_.filter(vastgesteld_in__isnull=True).update(vastgesteld_in=zitting)


def toets(cast: Cast) -> None:
    """De uitvoeringstoets."""
    Uitvoeringstoets.objects.update_or_create(
        traject=cast.traject,
        defaults={
            "uitvoerbaarheid": "Uitvoerbaar (voorbeeld).",
            "kosten": "Gering (voorbeeld).",
            "doelgroepen": "Werkenden (voorbeeld).",
            "door": cast.secretaris,
        },
    )


def bereid_verzending_voor(cast: Cast) -> Versie:
    """Punten besloten, uitvoeringstoets, groene versie uit een slotvergadering van vandaag."""
    zitting = vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie, onderwerp="Slot")
    verwerk_punten(cast, zitting)
    toets(cast)
    groen = versie(cast, SoortVersie.GROEN, vastgesteld_in=zitting, slotvergadering=True)
    cast.vers()
    return groen


def naar_raad(cast: Cast) -> None:
    """Stap 5 naar 6."""
    bereid_verzending_voor(cast)
    cast.doe("stuur_naar_raad")


def bereid_behandeling_voor(cast: Cast, *, open: bool = False) -> Agendering:
    """Met stuknummer en groene versie op de agenda van een raadsvergadering van vandaag."""
    punt = raadsvergadering(cast, open=open)
    return Agendering.objects.create(
        agendapunt=punt, traject=cast.traject, versie=policies.verwerking.groene_versie(cast.traject)
    )


def naar_vaststelling(cast: Cast) -> None:
    """Stap 6 naar 7."""
    bereid_behandeling_voor(cast)
    cast.doe("behandel_in_raad")


def leg_standpunten_vast(cast: Cast, *, verdeeld: bool | None = None) -> Agendering:
    """Unaniem, of met `verdeeld` ondernemers tegenover de rest."""
    agendering = policies.raad.lopende_agendering(cast.traject)
    assert agendering is not None
    verdeeld = bool(cast.opties.get("verdeeld")) if verdeeld is None else verdeeld
    if verdeeld:
        registratie = Registratie.objects.create(agendering=agendering, passage="Maak het eenvoudiger.")
        leden = agendering.agendapunt.vergadering.presenties.filter(aanwezig=True, stemhebbend=True)
        opvattingen = [
            OpvattingRij.objects.create(
                registratie=registratie,
                sleutel=sleutel,
                volgorde=plaats,
                tekst=f"Opvatting {sleutel} (voorbeeld)",
                aanduiding=aanduiding,
                voetnoot=f"de {sleutel} (voorbeeld)",
            )
            for plaats, (sleutel, aanduiding) in enumerate(
                [("meerderheid", "een deel van de raad"), ("minderheid", "een ander deel van de raad")]
            )
        ]
        for regel in leden.select_related("zetel"):
            keuze = opvattingen[1 if regel.zetel.geleding == Geleding.ONDERNEMERS else 0]
            Steun.objects.create(
                registratie=registratie, opvatting=keuze, zetel=regel.zetel, persoon_id=regel.persoon_id
            )
    agendering.oordeel = Raadsoordeel.VERDEELD if verdeeld else Raadsoordeel.UNANIEM
    agendering.standpunten_vastgelegd_op, agendering.standpunten_vastgelegd_door = nu(), cast.raadssecretaris
    agendering.save()
    return agendering


def bereid_vaststelling_voor(cast: Cast) -> Agendering:
    """Vergadering open met quorum, standpunten vastgelegd."""
    agendering = policies.raad.lopende_agendering(cast.traject)
    assert agendering is not None
    zitting = agendering.agendapunt.vergadering
    if zitting.status == "opgeroepen":
        geopend(cast.wereld, zitting)
    return leg_standpunten_vast(cast)


@transaction.atomic
def naar_aanbieding(cast: Cast) -> None:
    """Stap 7 naar 8."""
    agendering = bereid_vaststelling_voor(cast)
    cast.doe("stel_vast")
    Agendering.objects.filter(pk=agendering.pk).update(uitkomst=Uitkomst.VASTGESTELD)
    versie(cast, SoortVersie.VASTGESTELD, vastgesteld_in=agendering.agendapunt.vergadering)


@transaction.atomic
def naar_aanbieding_met_mandaat(cast: Cast) -> None:
    """Stap 5 naar 8: de commissie adviseert zelf."""
    groen = bereid_verzending_voor(cast)
    cast.doe("adviseer_rechtstreeks", reden="Mandaat (voorbeeld).")
    versie(cast, SoortVersie.VASTGESTELD, vastgesteld_in=groen.vastgesteld_in)


def bereid_aanbieding_voor(cast: Cast) -> Aanbieding:
    """Adviesnummer, PDF, een afgetekende brief per vrager, klaargezet en door een ander bevestigd."""
    traject = cast.traject
    nummer = Advies.objects.filter(nummer__startswith="V").count() + 1
    Advies.objects.get_or_create(
        traject=traject,
        defaults={
            "kenmerk": f"t-{traject.pk}",
            "titel": traject.titel,
            "nummer": f"V{vandaag():%y}/{nummer:02d}",
            "datum": traject.vastgesteld_op,
            "jaar": vandaag().year,
            "voorbeeld": True,
        },
    )
    tekst = policies.aanbieding.vastgestelde_versie(traject)
    assert tekst is not None
    aanbieding, _ = Aanbieding.objects.update_or_create(
        traject=traject,
        defaults={
            "versie": tekst,
            "pdf": bestand("advies.pdf"),
            "pdf_van_hash": tekst.hash,
            "klaargezet_door": cast.secretaris,
            "klaargezet_op": nu(),
            "bevestigd_door": cast.tweede,
            "bevestigd_op": nu(),
        },
    )
    aanvraag = getattr(traject, "aanvraag", None)
    vragers = list(aanvraag.vragers.all()) if aanvraag else [None]
    for een in vragers:
        Aanbiedingsbrief.objects.get_or_create(
            aanbieding=aanbieding,
            vrager=een,
            defaults={
                "aan": str(een or traject.geadresseerden),
                "html": "<p>Geachte (voorbeeld)</p>",
                "afgetekend_door": cast.algemeen_secretaris,
                "afgetekend_op": nu(),
            },
        )
    cast.vers()
    return aanbieding


def naar_aangeboden(cast: Cast) -> None:
    """Stap 8 uit."""
    bereid_aanbieding_voor(cast)
    cast.doe("bied_aan")


VOORUIT: dict[str, Callable[[Cast], None]] = {
    Stap.AANVRAAG: naar_toewijzing,
    Stap.TOEWIJZING: naar_concept,
    Stap.CONCEPT: naar_achterbanberaad,
    Stap.ACHTERBANBERAAD: naar_verwerking,
    Stap.VERWERKING: naar_raad,
    Stap.NAAR_RAAD: naar_vaststelling,
    Stap.VASTSTELLING: naar_aanbieding,
    Stap.AANBIEDING: naar_aangeboden,
}
