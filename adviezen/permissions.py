"""Mag deze persoon dit? (obj, gebruiker) -> bool. Of het object het toelaat staat in policies.

Wie wat mag volgt de kolom "Who" van ontwerp §4. De secretaris van de commissie is wie als zodanig in de commissie
staat, of de eigenaar (`traject.secretaris`) of waarnemer (`traject.waarnemer`) van het traject; altijd iemand
van het secretariaat. De algemeen secretaris is ook secretaris van de raad.
"""

from typing import TYPE_CHECKING, Any

from commissies.queries import leden_van
from kern.tijd import vandaag
from toegang.enums import VAN_ORGANISATIE, Rol
from toegang.rollen import heeft

if TYPE_CHECKING:
    from adviezen.models import Aanbieding, Adviesintrekking, Adviestraject, Deelname, Reactie


def is_secretariaat(gebruiker: Any) -> bool:
    """Geef of iemand van het secretariaat is (niet: alleen beheerder)."""
    return heeft(gebruiker, Rol.SECRETARIAAT)


def is_secretaris_van_de_raad(gebruiker: Any) -> bool:
    """Geef of iemand de vergaderingen van raad en dagelijks bestuur vastlegt."""
    return heeft(gebruiker, Rol.RAADSSECRETARIS, Rol.ALGEMEEN_SECRETARIS)


def is_trajectsecretaris(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Geef of iemand dit traject als secretaris behandelt: eigenaar, waarnemer of secretaris van de commissie."""
    if not is_secretariaat(gebruiker):
        return False
    return gebruiker.pk in (traject.secretaris_id, traject.waarnemer_id) or (
        traject.commissie_id is not None
        and heeft(gebruiker, Rol.COMMISSIESECRETARIS, orgaan=f"commissie:{traject.commissie_id}")
    )


# --- overgangen van het traject -------------------------------------------------------------------------------


def mag_registreren(gebruiker: Any) -> bool:
    """Een aanvraag of eigen initiatief registreren: iedereen van het secretariaat."""
    return is_secretariaat(gebruiker)


def mag_voortraject(voortraject: Any, gebruiker: Any) -> bool:
    """Vóór stap 1: iedereen van het secretariaat legt vast, ook wat het dagelijks bestuur besloot."""
    return is_secretariaat(gebruiker)


def is_bestuurslid(gebruiker: Any) -> bool:
    """Geef of iemand nu in het dagelijks bestuur zit: die leest wat eraan komt en zegt wat hij ervan vindt."""
    return heeft(gebruiker, Rol.DB_LID)


def mag_voorleggen(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Stap 1: iedereen van het secretariaat."""
    return is_secretariaat(gebruiker)


def mag_db_besluit_vastleggen(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Stap 2: het dagelijks bestuur besluit, de secretaris legt vast."""
    return is_secretaris_van_de_raad(gebruiker) or is_trajectsecretaris(traject, gebruiker)


def mag_als_commissiesecretaris(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Stap 3, 4 en 5: de commissiesecretaris."""
    return is_trajectsecretaris(traject, gebruiker)


def mag_als_raadssecretaris(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Stap 6 en 7: de secretaris van de raad; bij stap 7 legt hij vast wat de raad besloot."""
    return is_secretaris_van_de_raad(gebruiker)


def mag_terughalen(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Van stap 6 terug naar de commissie: de commissiesecretaris of de secretaris van de raad."""
    return is_secretaris_van_de_raad(gebruiker) or is_trajectsecretaris(traject, gebruiker)


def mag_aanbieden(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Stap 8: de algemeen secretaris."""
    return heeft(gebruiker, Rol.ALGEMEEN_SECRETARIS)


def mag_intrekken(traject: "Adviestraject", gebruiker: Any) -> bool:
    """De intrekking van een aanvraag vastleggen: de secretaris van het traject of de algemeen secretaris."""
    return heeft(gebruiker, Rol.ALGEMEEN_SECRETARIS) or is_trajectsecretaris(traject, gebruiker)


def mag_beeindigen(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Beëindigen zonder advies: de secretaris van de raad of de algemeen secretaris."""
    return is_secretaris_van_de_raad(gebruiker)


def mag_beraad_herroepen(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Herroepen mag wie de handeling mocht doen, zolang zij de laatste was."""
    return traject.laatste_overgang == "start_achterbanberaad" and mag_als_commissiesecretaris(traject, gebruiker)


def mag_nieuw_beraad_herroepen(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Zie mag_beraad_herroepen."""
    return traject.laatste_overgang == "open_nieuw_achterbanberaad" and mag_als_commissiesecretaris(traject, gebruiker)


def mag_toewijzing_herroepen(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Zie mag_beraad_herroepen."""
    return traject.laatste_overgang == "wijs_toe" and mag_db_besluit_vastleggen(traject, gebruiker)


def mag_weigering_herroepen(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Zie mag_beraad_herroepen."""
    return traject.laatste_overgang == "neem_niet_in_behandeling" and mag_db_besluit_vastleggen(traject, gebruiker)


def mag_sluiting_herroepen(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Zie mag_beraad_herroepen."""
    return traject.laatste_overgang in (
        "sluit_achterbanberaad",
        "sluit_achterbanberaad_na_termijn",
    ) and mag_als_commissiesecretaris(traject, gebruiker)


def mag_verzending_herroepen(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Zie mag_beraad_herroepen."""
    return traject.laatste_overgang == "stuur_naar_raad" and mag_als_commissiesecretaris(traject, gebruiker)


def mag_aanbieding_herroepen(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Zie mag_beraad_herroepen."""
    return traject.laatste_overgang == "bied_aan" and mag_aanbieden(traject, gebruiker)


def mag_einde_herroepen(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Zie mag_beraad_herroepen."""
    if traject.laatste_overgang == "trek_in":
        return mag_intrekken(traject, gebruiker)
    return traject.laatste_overgang == "beeindig" and mag_beeindigen(traject, gebruiker)


# --- werk binnen een stap ---------------------------------------------------------------------------------------


def mag_bewerken(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Gegevens van het traject, criteria, versies, voorbereiding en verwerkingsvoorstellen vastleggen."""
    return is_trajectsecretaris(traject, gebruiker) or is_secretaris_van_de_raad(gebruiker)


def mag_bureau_overdragen(gebruiker: Any) -> bool:
    """Het bureau van een ander overdragen of laten waarnemen: de secretaris van de raad en de algemeen secretaris."""
    return is_secretaris_van_de_raad(gebruiker) or heeft(gebruiker, Rol.ALGEMEEN_SECRETARIS)


def mag_corrigeren(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Een verkeerd vastgelegd feit herstellen: wie het traject bewerkt."""
    return mag_bewerken(traject, gebruiker)


def mag_brief_aftekenen(aanbieding: "Aanbieding", gebruiker: Any) -> bool:
    """Aanbiedingsbrieven aftekenen: de algemeen secretaris."""
    return heeft(gebruiker, Rol.ALGEMEEN_SECRETARIS)


def mag_parafen(aanbieding: "Aanbieding", gebruiker: Any) -> bool:
    """Een brief nalezen en parafen: iemand van het secretariaat. Wie tekent, parafeert niet ook."""
    return is_secretariaat(gebruiker) and not mag_brief_aftekenen(aanbieding, gebruiker)


def mag_klaarzetten(aanbieding: "Aanbieding", gebruiker: Any) -> bool:
    """Een aanbieding klaarzetten: de secretaris van het traject, die van de raad, of communicatie."""
    return mag_bewerken(aanbieding.traject, gebruiker) or heeft(gebruiker, Rol.COMMUNICATIE)


def mag_bevestigen(aanbieding: "Aanbieding", gebruiker: Any) -> bool:
    """Een klaargezette aanbieding bevestigen: iemand van het secretariaat, niet wie haar klaarzette."""
    return is_secretariaat(gebruiker) and gebruiker.pk != aanbieding.klaargezet_door_id


def mag_intrekking_voorstellen(traject: "Adviestraject", gebruiker: Any) -> bool:
    """Voorstellen een openbaar advies in te trekken: wie een aanbieding klaarzet."""
    return mag_bewerken(traject, gebruiker) or heeft(gebruiker, Rol.COMMUNICATIE)


def mag_intrekking_bevestigen(intrekking: "Adviesintrekking", gebruiker: Any) -> bool:
    """Een intrekking bevestigen: de algemeen secretaris, of een ander van het secretariaat als die haar voorstelde.

    Zo kijken er altijd twee mensen, en is de algemeen secretaris, die het advies aanbood, een van hen.
    """
    if not is_secretariaat(gebruiker) or gebruiker.pk == intrekking.voorgesteld_door_id:
        return False
    return mag_aanbieden(intrekking.traject, gebruiker) or mag_aanbieden(
        intrekking.traject, intrekking.voorgesteld_door
    )


def mag_intrekking_laten_vervallen(intrekking: "Adviesintrekking", gebruiker: Any) -> bool:
    """Een voorstel tot intrekking, of een intrekking die nog wacht, terugnemen: wie haar deed of mag bevestigen."""
    eigen = (intrekking.voorgesteld_door_id, intrekking.bevestigd_door_id)
    if is_secretariaat(gebruiker) and gebruiker.pk in eigen:
        return True
    return mag_aanbieden(intrekking.traject, gebruiker) or (
        intrekking.bevestigd_op is None and mag_intrekking_bevestigen(intrekking, gebruiker)
    )


def mag_voor_organisatie(deelname: "Deelname", gebruiker: Any) -> bool:
    """De reactie schrijven en indienen: de coördinator van de organisatie, of de contactpersoon van deze ronde.

    De contactpersoon zolang hij er coördinator, lid of plaatsvervanger is: wie vertrok, dient niets meer in.
    """
    rollen = VAN_ORGANISATIE if gebruiker and gebruiker.pk == deelname.contact_id else (Rol.ORGANISATIECOORDINATOR,)
    return heeft(gebruiker, *rollen, orgaan=f"organisatie:{deelname.organisatie_id}")


def mag_reageren(reactie: "Reactie", gebruiker: Any) -> bool:
    """Zie mag_voor_organisatie."""
    return mag_voor_organisatie(reactie.deelname, gebruiker)


def mag_meelezers_toelaten(deelname: "Deelname", gebruiker: Any) -> bool:
    """Meelezers binnenlaten: de coördinator, de contactpersoon, of het commissielid van deze organisatie."""
    if mag_voor_organisatie(deelname, gebruiker):
        return True
    commissie = deelname.beraad.traject.commissie
    return commissie is not None and any(
        lid.organisatie_id == deelname.organisatie_id and lid.persoon.gebruiker_id == gebruiker.pk
        for lid in leden_van(commissie, vandaag())
    )
