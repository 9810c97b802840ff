"""De trajecten van de voorbeeldwereld die nog onderweg zijn of zonder advies eindigden."""

from adviezen.actions import mede, organisatie, reacties
from adviezen.actions.bureau import draag_over
from adviezen.actions.startbesluit import start_eigen_initiatief
from adviezen.models import Adviestraject, Thema, Versie
from inrichting import voorbeeld_teksten as teksten
from inrichting.voorbeeld_loods import Loods
from inrichting.voorbeeld_opmerkingen import opmerkingen_bij_concepten, opmerkingen_bij_wit
from kern.blokken import blokken
from toegang.models import Gebruiker

GROOT = (
    "arbeidstijden in de zorg",
    "deeltijdpensioen",
    "scholing in de bouw",
    "reistijd en thuiswerk",
    "stages in het mbo",
    "zelfstandigen en pensioen",
    "energie op bedrijventerreinen",
    "mantelzorg naast werk",
)


def punten_bij(versie: Versie, *paren: tuple[int, str, str]) -> list[reacties.Punt]:
    """Maak punten bij het zoveelste blok van een versie: (plaats, punt, voorgestelde tekst)."""
    alle = blokken(versie.html)
    return [
        reacties.Punt(
            tekst=tekst, blok=alle[plaats % len(alle)].id, citaat=alle[plaats % len(alle)].tekst[:200], voorstel=v
        )
        for plaats, tekst, v in paren
    ]


def a_thuiswerken(loods: Loods) -> Adviestraject:
    """A: in achterbanberaad, met reacties in alle standen."""
    minister = loods.vrager("minister van Grenswerk", "minister")
    staatssecretaris = loods.vrager("staatssecretaris van Belastingen", "staatssecretaris")
    traject = loods.aanvraag(
        "Thuiswerken over de grens (voorbeeld)",
        "Welke regels knellen voor wie over de grens thuiswerkt?\n\nWat is een werkbare drempel, en wie voert die uit?",
        dagen=-150,
        vragers=[minister, staatssecretaris],
        termijn=75,
        secretaris=loods.staf.secretaris,
        themas=["europese-integratie", "werking-van-de-arbeidsmarkt"],
    )
    traject = loods.leg_voor(traject, -146)
    traject = loods.wijs_toe(traject, "grensarbeid", dagen=-138, scope="Alle regels voor wie over de grens thuiswerkt.")
    loods.concept(traject, teksten.THUISWERKEN_1, dagen=-110, notitie="Eerste opzet.")
    loods.concept(traject, teksten.THUISWERKEN_2, dagen=-75, notitie="Na de tweede commissievergadering.")
    concept = loods.concept(traject, teksten.THUISWERKEN_3, dagen=-40, notitie="Met overwegingen en loket.")
    opmerkingen_bij_concepten(loods, traject, concept)
    loods.wit(traject, "grensarbeid", dagen=-20)
    traject = loods.start_beraad(traject, dagen=-18, uiterlijk=5)
    wit = traject.versies.last()
    assert wit is not None  # noqa: S101 - net vastgesteld
    loods.reageer(
        traject,
        "FNV",
        dagen=-3,
        oordeel="akkoord_mits",
        toelichting="Wij steunen de lijn, met vier punten.",
        punten=punten_bij(
            wit,
            (2, "Noem ook de positie van uitzendkrachten.", ""),
            (
                7,
                "Leg uit wat er bij ziekte geldt.",
                "De regels voor ziekte lopen uiteen; de raad vraagt één aanspreekpunt.",
            ),
            (5, "De gevolgen voor premies horen in een tabel.", ""),
            (18, "Een jaar is lang genoeg; maak het niet langer.", ""),
        ),
    )
    loods.reageer(traject, "VCP", dagen=-5, oordeel="akkoord", toelichting="Geen punten; dank (voorbeeld).")
    loods.geen_reactie(traject, "CNV", dagen=-4)
    loods.reageer(
        traject,
        "VNO-NCW",
        dagen=-2,
        oordeel="akkoord_mits",
        punten=punten_bij(wit, (17, "De drempel moet voor alle sectoren gelden.", "")),
        indienen=False,
    )
    _meelezers(loods, traject)
    opmerkingen_bij_wit(loods, wit)
    _samen(loods, traject)
    with loods.op(-9):
        eerder = organisatie.meld_knelpunt(
            deelname=loods.deelname(traject, "MKB"),
            tekst="Wij kunnen pas na onze ledenraad reageren (voorbeeld).",
            door=loods.raad.coordinatoren["MKB"],
        )
    with loods.op(-8):
        organisatie.beantwoord_knelpunt(
            knelpunt=eerder,
            tekst="Uw ledenraad is twee dagen voor de laatste dag; dat past nog (voorbeeld).",
            door=loods.staf.secretaris,
        )
    with loods.op(-2):
        organisatie.meld_knelpunt(
            deelname=loods.deelname(traject, "MKB"),
            tekst="Voor bedrijven zonder eigen administratie is een jaar te kort (voorbeeld).",
            door=loods.raad.coordinatoren["MKB"],
        )
    return draag_over(
        traject=traject,
        versie=None,
        secretaris=loods.staf.secretaris,
        waarnemer=loods.staf.tweede,
        door=loods.staf.secretaris,
    )


def _samen(loods: Loods, traject: Adviestraject) -> None:
    """VNO-NCW vraagt LTO Nederland mee te tekenen, MKB-Nederland vraagt VNO-NCW; beide beslissen nog."""
    with loods.op(-1):
        for wie, wien in (("VNO-NCW", "LTO"), ("MKB", "VNO-NCW")):
            mede.vraag_mede(
                reactie=loods.deelname(traject, wie).reactie,
                deelname=loods.deelname(traject, wien),
                door=loods.raad.coordinatoren[wie],
            )


def _meelezers(loods: Loods, traject: Adviestraject) -> None:
    deelname, coordinator = loods.deelname(traject, "VNO-NCW"), loods.raad.coordinatoren["VNO-NCW"]
    with loods.op(-10):
        for nummer in range(1, 5):
            collega, _ = Gebruiker.objects.get_or_create(
                email=f"meelezer{nummer}@voorbeeld.test",
                defaults={"naam": f"Meelezer {nummer} VNO-NCW (voorbeeld)", "password": coordinator.password},
            )
            meelezer = organisatie.laat_meelezen(deelname=deelname, gebruiker=collega, door=coordinator)
            organisatie.aanvaard_geheimhouding(meelezer=meelezer, door=collega)
        # De vijfde had nog geen account en deed zijn belofte nog niet: hij heeft alleen de e-mail met de link.
        organisatie.nodig_nieuwe_collega_uit(
            deelname=deelname,
            email="meelezer5@voorbeeld.test",
            naam="Meelezer 5 VNO-NCW (voorbeeld)",
            door=coordinator,
        )
        gestopt = Gebruiker.objects.create(
            email="meelezer6@voorbeeld.test", naam="Meelezer 6 VNO-NCW (voorbeeld)", password=coordinator.password
        )
        meelezer = organisatie.laat_meelezen(deelname=deelname, gebruiker=gestopt, door=coordinator)
        organisatie.aanvaard_geheimhouding(meelezer=meelezer, door=gestopt)
        organisatie.schrijf_notitie(deelname=deelname, tekst="Let op de kleine vervoerders (voorbeeld).", door=gestopt)
        for nummer in (1, 2):
            tekst = f"Eigen notitie {nummer}: let op de uitvoering (voorbeeld)."
            organisatie.schrijf_notitie(deelname=deelname, tekst=tekst, door=coordinator)
    with loods.op(-6):
        organisatie.stop_meelezen(
            meelezer=meelezer, deelname=deelname, door=coordinator, reden="Andere functie (voorbeeld)."
        )


def c_eigen_initiatief(loods: Loods) -> Adviestraject:
    """C: eigen initiatief, bij het dagelijks bestuur, vijf criteria beoordeeld."""
    with loods.op(-9) as dag:
        traject = start_eigen_initiatief(
            titel="Kleine bedrijven en AI (voorbeeld)",
            geadresseerden="het kabinet, de sectoren en de regio's (voorbeeld)",
            tekst="Kleine bedrijven vragen wat nieuwe techniek voor hun werk betekent (voorbeeld).",
            besloten_op=dag,
            secretaris=loods.staf.secretaris,
            themas=list(Thema.objects.filter(slug__in=["werking-van-de-arbeidsmarkt"])),
            door=loods.staf.secretaris,
        )
    return loods.beoordeel(traject, -2, aantal=5)


def f_geweigerd(loods: Loods) -> Adviestraject:
    """F: niet in behandeling genomen."""
    minister = loods.vrager("minister van Ruimtevaart", "minister")
    traject = loods.aanvraag(
        "Werken in de ruimtevaart (voorbeeld)",
        "Welke arbeidsvoorwaarden passen bij ruimtevaart?",
        dagen=-100,
        vragers=[minister],
        termijn=60,
        secretaris=loods.staf.secretaris,
    )
    traject = loods.leg_voor(traject, -96)
    return loods.weiger(
        traject, dagen=-88, motivering="Het raakt te weinig mensen en er is pas over geadviseerd (voorbeeld)."
    )


def g_ingetrokken(loods: Loods) -> Adviestraject:
    """G: ingetrokken door de vrager."""
    minister = loods.vrager("minister van Grenswerk", "minister")
    traject = loods.aanvraag(
        "Feestdagen in cao's (voorbeeld)",
        "Hoe gaan sectoren om met feestdagen?",
        dagen=-95,
        vragers=[minister],
        termijn=90,
        secretaris=loods.staf.tweede,
    )
    traject = loods.leg_voor(traject, -92)
    with loods.op(-70) as dag:
        return loods.doe(
            traject,
            "trek_in",
            loods.staf.tweede,
            "De minister trok de vraag in: er kwam een akkoord (voorbeeld).",
            datum=dag,
            brief=loods.brief("intrekking", loods.staf.tweede),
        )


def losse_stappen(loods: Loods) -> list[Adviestraject]:
    """Per stap één traject om de handelingen op te proberen: 1, 3 en 5."""
    minister = loods.vrager("minister van Voorbeelden", "minister")
    eerste = loods.aanvraag(
        "Oefentraject stap 1 (voorbeeld)",
        "Wat vraagt een vierdaagse werkweek van bedrijven?",
        dagen=-1,
        vragers=[minister],
        termijn=120,
        secretaris=loods.staf.secretaris,
        bevestigd=False,
    )
    uit = [eerste]
    for stap in (3, 5):
        traject = loods.aanvraag(
            f"Oefentraject stap {stap} (voorbeeld)",
            "Wat vraagt een vierdaagse werkweek van bedrijven?",
            dagen=-90,
            vragers=[minister],
            termijn=150,
            secretaris=loods.staf.secretaris,
        )
        traject = loods.leg_voor(traject, -87)
        traject = loods.wijs_toe(traject, "digitalisering", dagen=-80)
        loods.concept(traject, teksten.kort("de vierdaagse werkweek"), dagen=-60)
        if stap == 3:
            tekst = teksten.kort("de vierdaagse werkweek").replace("twee jaar", "drie jaar")
            loods.lees_word(traject, tekst, dagen=-45, notitie="Met de wijzigingen van twee leden (voorbeeld).")
        if stap == 5:
            traject = naar_verwerking(loods, traject, "digitalisering", begin=-50)
        uit.append(traject)
    return uit


def naar_verwerking(loods: Loods, traject: Adviestraject, commissie: str, *, begin: int) -> Adviestraject:
    """Van concept naar verwerking in dertig dagen, met één reactie van twee punten."""
    loods.wit(traject, commissie, dagen=begin)
    traject = loods.start_beraad(traject, dagen=begin + 1, uiterlijk=begin + 22, openbaar=False)
    wit = traject.versies.last()
    assert wit is not None  # noqa: S101 - net vastgesteld
    loods.reageer(
        traject,
        "VCP",
        dagen=begin + 10,
        oordeel="akkoord_mits",
        punten=punten_bij(wit, (2, "Noem ook deeltijd (voorbeeld).", ""), (4, "Meet na een jaar (voorbeeld).", "")),
    )
    return loods.sluit_beraad(traject, dagen=begin + 24)


def naar_raad(loods: Loods, traject: Adviestraject, commissie: str, *, begin: int) -> Adviestraject:
    """Van verwerking naar de raad: punten besloten, groene versie, uitvoeringstoets."""
    loods.concept(traject, traject.versies.last().html.replace("drie regio", "vier regio"), dagen=begin)  # type: ignore[union-attr]
    loods.verwerk(traject, commissie, ["overgenomen", "deels"], dagen=begin + 4)
    loods.groen(traject, commissie, dagen=begin + 4)
    with loods.op(begin + 5):
        return loods.doe(traject, "stuur_naar_raad", traject.secretaris)


def veertig(loods: Loods) -> None:
    """Veertig kleine trajecten van één secretaris, zodat lijsten op hun grootte getoond worden."""
    minister = loods.vrager("minister van Voorbeelden", "minister")
    for nummer in range(40):
        onderwerp = GROOT[nummer % len(GROOT)]
        traject = loods.aanvraag(
            f"Klein traject {nummer + 1}: {onderwerp} (voorbeeld)",
            f"Wat is nodig voor {onderwerp}?",
            dagen=-5 - nummer,
            vragers=[minister],
            termijn=30 + 5 * nummer,
            secretaris=loods.staf.veertig,
            bevestigd=nummer % 4 != 0,
            brief=nummer % 5 != 0,
        )
        if nummer % 4 and nummer % 5:
            loods.leg_voor(traject, -2)
