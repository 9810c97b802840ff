"""Stap 3 en 4: de witte versie, het achterbanberaad en de reacties."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from adviezen.adressen import adres
from adviezen.enums import Medestatus, Reactieoordeel, Reactiestatus, SoortVersie
from adviezen.policies.gedeeld import niet_voor, van_commissie
from kern.tekort import Tekort
from kern.tijd import dag_van, datum_nl, vandaag
from raad.queries import namens_organisaties, organisaties_met_zetels

if TYPE_CHECKING:
    from adviezen.models import Achterbanberaad, Adviestraject, Deelname, Reactie, Versie

# Verder weg is een tikfout: daarna zou de ronde niet meer zonder reden dicht kunnen.
LANGSTE_RONDE = timedelta(days=366)


def voorbereid_beraad(traject: "Adviestraject") -> "Achterbanberaad | None":
    """Geef de ronde die voorbereid wordt en nog niet geopend is, of None."""
    return traject.beraden.filter(geopend_op__isnull=True).last()


def open_beraad(traject: "Adviestraject") -> "Achterbanberaad | None":
    """Geef de ronde die nu open is, of None. Een traject heeft er een paar, en waar zij al geladen zijn telt dat."""
    return next((ronde for ronde in reversed(traject.beraden.all()) if ronde.is_open), None)


def vorig_beraad(traject: "Adviestraject") -> "Achterbanberaad | None":
    """Geef de laatste ronde die gesloten is, of None."""
    return traject.beraden.filter(gesloten_op__isnull=False).last()


def witte_versie(traject: "Adviestraject") -> "Versie | None":
    """Geef de laatste witte versie sinds deze stap begon, of None. Een eerdere ronde telt niet."""
    return (
        traject.versies.filter(soort=SoortVersie.WIT, aangemaakt_op__gte=traject.stap_sinds)
        .select_related("vastgesteld_in")
        .last()
    )


def wit_sinds(traject: "Adviestraject") -> date | None:
    """Geef de eerste dag waarop de commissie een witte versie kon vaststellen: met opdracht, een vorige ronde dicht.

    Niet de dag van de tekst: wat in de vergadering op papier lag of daar wijzigde, zet de secretaris er soms erna in.
    """
    opdracht = traject.toewijzingen.filter(commissie=traject.commissie_id).order_by("pk").last()
    vorig = vorig_beraad(traject)
    gesloten = None if vorig is None or vorig.gesloten_op is None else dag_van(vorig.gesloten_op)
    dagen = [opdracht.vergadering.datum if opdracht else None, gesloten]
    return max((dag for dag in dagen if dag is not None), default=None)


def mag_wit_vaststellen(traject: "Adviestraject", vergadering: Any = None) -> list[Tekort]:
    """Voor de handeling die een witte versie maakt: er is een concept, en `vergadering` is van de eigen commissie.

    De vergadering is niet van voor de opdracht aan de commissie, en in een nieuwe ronde niet van voor het einde van de
    vorige.
    """
    link = adres("versies", traject)
    uit = []
    if not traject.versies.filter(soort=SoortVersie.CONCEPT).exists():
        uit.append(Tekort("Er is nog geen concepttekst.", link))
    if vergadering is not None:
        uit += van_commissie(traject, vergadering, "De witte versie", link)
        if (begin := wit_sinds(traject)) is not None:
            wat = "de commissie kreeg de opdracht" if vorig_beraad(traject) is None else "de vorige ronde sloot"
            uit += niet_voor(vergadering, begin, wat, link)
    return uit


def mag_start_beraad(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """Witte versie uit een commissievergadering, termijn, contact per organisatie, toestemming (regel 22).

    Geldt ook voor een nieuwe ronde vanuit de verwerking. Kijkt naar de voorbereide ronde; de handeling vult
    na de overgang `geopend_op`.
    """
    versies, link = adres("versies", traject), adres("beraad", traject)
    versie = witte_versie(traject)
    if versie is None:
        uit = [Tekort("De commissie heeft nog geen witte versie vastgesteld.", versies)]
    else:
        uit = van_commissie(traject, versie.vastgesteld_in, "De witte versie", versies)
    beraad = voorbereid_beraad(traject)
    if beraad is None:
        return [*uit, Tekort("Bereid het achterbanberaad voor: termijn, organisaties, toestemming.", link)]
    if versie is not None and beraad.versie_id != versie.pk:
        uit.append(Tekort("Koppel de laatste witte versie aan het achterbanberaad: leg de ronde nog eens klaar.", link))
    if beraad.uiterlijk_op is None:
        uit.append(Tekort("Kies de laatste dag waarop organisaties kunnen reageren.", link))
    elif beraad.uiterlijk_op <= vandaag():
        uit.append(Tekort("De laatste dag om te reageren moet na vandaag liggen.", link))
    return uit + _organisatie_tekorten(beraad, link) + _toestemming_tekorten(traject, beraad, link)


def na_adviestermijn(beraad: "Achterbanberaad") -> str | None:
    """Geef de waarschuwing dat er gereageerd kan worden tot na de adviestermijn, of None; het houdt niets tegen."""
    termijn, dag = beraad.traject.adviestermijn, beraad.uiterlijk_op
    if termijn is None or dag is None or dag <= termijn:
        return None
    return f"reageren kan tot en met {datum_nl(dag)}; de adviestermijn eindigt al op {datum_nl(termijn)}"


def _zonder_contact(deelname: "Deelname") -> str:
    if deelname.contact is None or not deelname.contact.is_active:
        return f"{deelname.organisatie.naam} heeft nog geen contactpersoon voor deze ronde."
    return f"{deelname.contact.naam} werkt niet meer voor {deelname.organisatie.naam}; kies een andere contactpersoon."


def _organisatie_tekorten(beraad: "Achterbanberaad", link: str) -> list[Tekort]:
    deelnames = list(beraad.deelnames.select_related("organisatie", "contact"))
    werkt = namens_organisaties(vandaag())
    uit = [Tekort(_zonder_contact(d), link) for d in deelnames if d.contact_id not in werkt.get(d.organisatie_id, {})]
    if beraad.eigen_lijst:
        return uit if deelnames else [Tekort("Kies de organisaties die meedoen.", link)]
    gevraagd = {d.organisatie_id for d in deelnames}
    uit += [
        Tekort(f"{organisatie.naam} heeft zetels in de raad, maar doet nog niet mee.", link)
        for organisatie in organisaties_met_zetels(vandaag())
        if organisatie.pk not in gevraagd
    ]
    return uit if deelnames or uit else [Tekort("Kies de organisaties die meedoen.", link)]


def _toestemming_tekorten(traject: "Adviestraject", beraad: "Achterbanberaad", link: str) -> list[Tekort]:
    if beraad.openbaar is None or beraad.toestemming_op is None:
        return [Tekort("Leg vast of de tekst openbaar wordt; de commissievoorzitter geeft daarvoor ja of nee.", link)]
    if beraad.toestemming_van_id is None or beraad.toestemming_van_id != traject.commissievoorzitter_id:
        return [Tekort("De toestemming komt van de voorzitter van de commissie.", link)]
    if beraad.toestemming_op > vandaag():
        return [Tekort("De dag van de toestemming ligt in de toekomst.", link)]
    return []


def mag_sluit(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """Elke organisatie stuurde haar reactie of meldde "geen reactie" (regel 23)."""
    beraad, link = open_beraad(traject), adres("reacties", traject)
    if beraad is None:
        return [Tekort("Er is geen achterbanberaad open.", link)]
    wachtend = beraad.deelnames.wachtend().select_related("organisatie")
    return [Tekort(f"{d.organisatie.naam} heeft nog niet gereageerd.", link) for d in wachtend]


def mag_sluit_na_termijn(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """De termijn is voorbij; de reden is verplicht en komt uit `voer_uit(reden=…)` (regel 23)."""
    beraad, link = open_beraad(traject), adres("reacties", traject)
    if beraad is None:
        return [Tekort("Er is geen achterbanberaad open.", link)]
    if beraad.uiterlijk_op is not None and vandaag() <= beraad.uiterlijk_op:
        dag = datum_nl(beraad.uiterlijk_op)
        return [Tekort(f"Organisaties kunnen nog reageren tot en met {dag}.", link)]
    later = beraad.deelnames.wachtend().filter(uiterlijk_op__gte=vandaag()).select_related("organisatie")
    return [
        Tekort(f"{d.organisatie} kreeg meer tijd en kan nog reageren tot en met {datum_nl(d.uiterlijk_op)}.", link)
        for d in later
    ]


# --- reacties ---------------------------------------------------------------------------------------------------


def _nog_open(reactie: "Reactie") -> list[Tekort]:
    beraad = reactie.deelname.beraad
    if beraad.is_open:
        return []
    if beraad.gesloten_op is None:
        return [Tekort("Het achterbanberaad is nog niet geopend.")]
    return [Tekort("Het achterbanberaad is gesloten; reageren of wijzigen kan niet meer.")]


def mag_wijzigen(reactie: "Reactie", **kw: Any) -> list[Tekort]:
    """Voor de handelingen die een reactie en haar punten bewaren: alleen in concept en zolang de ronde open is."""
    if reactie.status != Reactiestatus.CONCEPT:
        return [Tekort("De reactie is ingediend. Neem haar eerst terug om te wijzigen.")]
    return _nog_open(reactie)


def mag_indienen(reactie: "Reactie", **kw: Any) -> list[Tekort]:
    """De ronde is open, er is een oordeel, en wie niet zonder meer akkoord is zegt waarom."""
    uit = _nog_open(reactie)
    if not reactie.oordeel:
        meer = (
            ""
            if reactie.toelichting or reactie.items.exists()
            else (" Bij akkoord mits en bij knelpunt hoort ook een toelichting of ten minste één punt.")
        )
        uit.append(Tekort(f"Kies een oordeel: akkoord, akkoord mits, of knelpunt.{meer}"))
    elif reactie.oordeel != Reactieoordeel.AKKOORD and not (reactie.toelichting or reactie.items.exists()):
        uit.append(Tekort("Geef een toelichting of ten minste één punt."))
    return uit + _niet_mede(reactie)


def _niet_mede(reactie: "Reactie") -> list[Tekort]:
    """Een organisatie geeft één reactie: wie meetekent met een ander, geeft er geen eigen bij (regel 23)."""
    mede = reactie.deelname.mede_verzoeken.filter(status=Medestatus.BEVESTIGD).first()
    if mede is None:
        return []
    wie = mede.reactie.deelname.organisatie
    return [Tekort(f"Uw organisatie reageert al mee met {wie}. Trek dat eerst in.")]


def mag_geen_reactie_melden(reactie: "Reactie", **kw: Any) -> list[Tekort]:
    """De ronde is open en er staan geen punten in concept: die zouden anders stil verdwijnen."""
    uit = _nog_open(reactie)
    if reactie.items.exists():
        uit.append(Tekort("Er staan nog punten in concept. Verwijder ze, of dien de reactie in."))
    return uit + _niet_mede(reactie)


def mag_terugnemen(reactie: "Reactie", **kw: Any) -> list[Tekort]:
    """Wijzigen kan tot het sluiten van de ronde."""
    return _nog_open(reactie)
