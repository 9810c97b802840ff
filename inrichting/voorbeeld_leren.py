"""Traject B van de voorbeeldwereld: twee ronden, veertien punten en wat de commissie ermee deed in de tekst."""

from __future__ import annotations

from dataclasses import dataclass

from adviezen.actions import organisatie, reacties, verwerking
from adviezen.models import Adviestraject, ReactieItem, Versie, Verwerking
from inrichting.voorbeeld_loods import Loods
from kern.blokken import Blok, blokken

LEREN_1 = """
<h2>1. De vraag</h2>
<p>De Kamer vraagt in dit verzonnen voorbeeld hoe volwassenen naast hun baan een opleiding kunnen volgen.</p>
<h2>2. Knelpunten</h2>
<p>Tijd, geld en overzicht ontbreken. Wie het meest aan scholing zou hebben, doet het minst mee.</p>
<p>Regelingen zijn versnipperd over rijk, sectoren en regio's.</p>
<h2>3. Aanbevelingen</h2>
<ol><li>Maak één overzicht van alle regelingen.</li><li>Geef recht op een leergesprek per jaar.</li>
<li>Help kleine bedrijven bij vervanging tijdens scholing.</li>
<li>Begin met een proef in drie regio's en meet na twee jaar.</li></ol>
"""
LEREN_2 = (
    LEREN_1.replace("doet het minst mee.", "doet het minst mee; dat geldt vooral voor flexwerkers.")
    .replace("sectoren en regio's.", "sectoren, regio's en gemeenten.")
    .replace("van alle regelingen.", "van alle regelingen, in gewone taal.")
    .replace("Geef recht op een leergesprek per jaar.", "Geef elke werknemer recht op een leergesprek per jaar, ook "
             "bij een kort contract.")
    .replace("Help kleine bedrijven bij", "Help kleine bedrijven met geld en met mensen bij")
    .replace("meet na twee jaar.", "meet na drie jaar.")
)  # fmt: skip
LEREN_3 = (
    LEREN_2.replace("in gewone taal.", "in gewone taal, met één loket.")
    .replace("een kort contract.", "een kort contract. Sectoren mogen het zelf regelen.")
    .replace("tijdens scholing.", "tijdens scholing, tot een vast bedrag.")
    .replace("in drie regio's en", "in drie regio's met veel werkloosheid en")
    .replace("<h2>3. Aanbevelingen</h2>", "<h2>3. Kosten en uitvoering</h2><p>De uitvoerders keken mee. De kosten zijn "
             "geraamd op hoofdlijnen en vallen grotendeels binnen bestaande middelen.</p><h2>4. Aanbevelingen</h2>")
)  # fmt: skip
GEEN_STEUN = "Daarvoor was in de commissie geen steun (voorbeeld)."


@dataclass(frozen=True)
class Punt:
    """Een punt, waar het over gaat (het begin van de passage), en wat de commissie ermee deed."""

    begin: str
    tekst: str
    oordeel: str
    reden: str = ""
    voorstel: str = ""
    ronde: int = 0  # na welke ronde het in de tekst kwam; 0: na de eigen ronde


VRAAG, TIJD, REGELS = "De Kamer vraagt", "Tijd, geld", "Regelingen zijn"
OVERZICHT, GESPREK, VERVANGING, PROEF = "Maak één", "Geef", "Help kleine", "Begin met"
# Zeven overgenomen, drie deels, drie niet, één buiten de reikwijdte.
PUNTEN: dict[int, dict[str, tuple[Punt, ...]]] = {
    1: {
        "FNV": (
            Punt(TIJD, "Noem dat flexwerkers het minst meedoen.", "overgenomen"),
            Punt(
                REGELS, "Noem ook gemeenten, en zet de regelingen op een rij.", "deels",
                "De gemeenten staan erbij. Een lijst van regelingen is te lang voor dit advies (voorbeeld).",
            ),
            Punt(
                GESPREK, "Het gesprek is er voor iedereen.", "overgenomen",
                voorstel="Geef elke werknemer recht op een leergesprek per jaar, ook bij een kort contract.",
            ),
            Punt(GESPREK, "Maak van het gesprek een recht op scholing.", "niet", GEEN_STEUN),
            Punt(OVERZICHT, "Schrijf het overzicht in gewone taal.", "overgenomen"),
        ),
        "VNO-NCW": (
            Punt(VERVANGING, "Vervanging vraagt geld én mensen.", "overgenomen"),
            Punt(
                GESPREK, "Laat het gesprek over aan sectoren.", "deels",
                "Sectoren mogen het zelf regelen; het recht blijft staan (voorbeeld).", ronde=2,
            ),
            Punt(
                REGELS, "Schrap deze alinea: zij lost niets op.", "niet",
                "Zonder deze alinea is de eerste aanbeveling niet te volgen (voorbeeld).",
            ),
            Punt(PROEF, "Twee jaar is te kort om te meten.", "overgenomen"),
        ),
    },
    2: {
        "CNV": (
            Punt(
                VRAAG, "Neem ook het onderwijs aan kinderen mee.", "buiten_scope",
                "De Kamer vraagt naar volwassenen met een baan (voorbeeld).",
            ),
            Punt(PROEF, "Kies regio's waar veel mensen zonder werk zitten.", "overgenomen"),
        ),
        "MKB": (
            Punt(
                VERVANGING, "Vergoed de volle kosten van vervanging.", "deels",
                "Er komt een vergoeding, tot een vast bedrag (voorbeeld).",
            ),
            Punt(GESPREK, "Maak het gesprek vrijwillig.", "niet", GEEN_STEUN),
            Punt(OVERZICHT, "Wij missen één loket voor bedrijven.", "overgenomen"),
        ),
    },
}  # fmt: skip
OORDELEN = {"FNV": "akkoord_mits", "VNO-NCW": "knelpunt", "CNV": "akkoord_mits", "MKB": "akkoord_mits"}


def _blok(versie: Versie, begin: str) -> Blok:
    return next(b for b in blokken(versie.html) if b.tekst.startswith(begin))


def _ronde(loods: Loods, traject: Adviestraject, nummer: int, dagen: int) -> None:
    wit = traject.versies.last()
    assert wit is not None  # noqa: S101 - net vastgesteld
    for plaats, (naam, punten) in enumerate(PUNTEN[nummer].items()):
        loods.reageer(
            traject,
            naam,
            dagen=dagen + 2 * plaats,
            oordeel=OORDELEN[naam],
            toelichting="Onze punten staan bij de tekst (voorbeeld).",
            punten=[
                reacties.Punt(p.tekst, _blok(wit, p.begin).id, _blok(wit, p.begin).tekst, p.voorstel) for p in punten
            ],
        )


def _knelpunt(loods: Loods, traject: Adviestraject) -> None:
    """Een vroege waarschuwing, met antwoord en wederwoord."""
    deelname, coordinator = loods.deelname(traject, "VNO-NCW"), loods.raad.coordinatoren["VNO-NCW"]
    with loods.op(-140):
        knelpunt = organisatie.meld_knelpunt(
            deelname=deelname,
            tekst="Vervanging tijdens scholing is voor onze leden te duur (voorbeeld).",
            door=coordinator,
        )
    for dag, wie, tekst in (
        (-139, traject.secretaris, "De commissie bespreekt dit morgen. Hoeveel kost het ongeveer? (voorbeeld)"),
        (-138, coordinator, "De bedragen staan straks in onze reactie (voorbeeld)."),
    ):
        with loods.op(dag):
            organisatie.beantwoord_knelpunt(knelpunt=knelpunt, tekst=tekst, door=wie)


def _verwerk(loods: Loods, traject: Adviestraject, versies: dict[int, Versie], *, dagen: int) -> None:
    """Elk punt zijn eigen voorstel, met de passage die het antwoord geeft; de commissie besluit over alles.

    `versies` is per ronde het concept waarin zij verwerkt is.
    """
    wat = {p.tekst: (p, p.ronde or n) for n, ronde in PUNTEN.items() for punten in ronde.values() for p in punten}
    items = ReactieItem.objects.filter(reactie__deelname__beraad__traject=traject).order_by("pk")
    with loods.op(dagen - 1):
        for item in items:
            punt, ronde = wat[item.tekst]
            versie = versies[ronde]
            in_tekst = punt.oordeel in ("overgenomen", "deels")
            verwerking.stel_verwerking_voor(
                item=item,
                rijversie=None,
                oordeel=punt.oordeel,
                reden=punt.reden,
                antwoord_versie=versie if in_tekst else None,
                antwoord_blok=_blok(versie, punt.begin).id if in_tekst else "",
                door=traject.secretaris,
            )
    zitting = loods.gehouden("leren", dagen, "Slotvergadering (voorbeeld)")
    with loods.op(dagen, 16):
        verwerking.besluit_over_verwerking(
            traject=traject,
            versie=None,
            verwerkingen=list(Verwerking.objects.filter(item__in=items)),
            vergadering=zitting,
            door=traject.secretaris,
        )
        loods.toets(traject)


def b_leren(loods: Loods) -> Adviestraject:
    """B: naar de raad, na twee ronden en veertien verwerkte punten."""
    kamer = loods.vrager("Tweede Kamer der Staten-Generaal", "tweede_kamer")
    traject = loods.aanvraag(
        "Leren naast de baan (voorbeeld)",
        "Hoe kunnen volwassenen naast hun baan een opleiding volgen, ook bij kleine bedrijven?",
        dagen=-220,
        vragers=[kamer],
        termijn=None,
        secretaris=loods.staf.tweede,
        themas=["onderwijs-en-kinderopvang-werk-prive-balans", "werking-van-de-arbeidsmarkt"],
    )
    traject = loods.leg_voor(traject, -216)
    traject = loods.wijs_toe(traject, "leren", dagen=-208)
    loods.concept(traject, LEREN_1, dagen=-170)
    loods.wit(traject, "leren", dagen=-150)
    traject = loods.start_beraad(traject, dagen=-148, uiterlijk=-120, openbaar=True)
    _knelpunt(loods, traject)
    _ronde(loods, traject, 1, -130)
    traject = loods.sluit_beraad(traject, dagen=-118)
    eerste = loods.concept(traject, LEREN_2, dagen=-95, notitie="Eerste ronde verwerkt.")
    loods.wit(traject, "leren", dagen=-80)
    traject = loods.start_beraad(traject, dagen=-78, uiterlijk=-50, reden="De tekst is op hoofdpunten gewijzigd.")
    _ronde(loods, traject, 2, -60)
    traject = loods.sluit_beraad(traject, dagen=-48)
    tweede = loods.concept(traject, LEREN_3, dagen=-35, notitie="Tweede ronde verwerkt.")
    _verwerk(loods, traject, {1: eerste, 2: tweede}, dagen=-15)
    loods.groen(traject, "leren", dagen=-15)
    with loods.op(-12):
        return loods.doe(traject, "stuur_naar_raad", traject.secretaris)
