"""Wie er in de voorbeeldwereld gehoord is, en het kroonledenoverleg over de lopende trajecten."""

from __future__ import annotations

from datetime import timedelta

from adviezen.actions.inspraak import Partij, leg_inspraak_vast
from adviezen.actions.kroonleden import breng_over, plaats_kroonledenopmerking, schrijf_rapportage
from adviezen.models import Adviestraject
from inrichting.voorbeeld_loods import Loods
from kern.blokken import blokken
from toegang.models import Gebruiker


def _kroonlid(loods: Loods, nummer: int) -> Gebruiker:
    account = loods.raad.leden[f"Kroonlid {nummer}"].gebruiker
    assert account is not None  # noqa: S101 - ieder voorbeeldlid heeft een account
    return account


def gehoord_a(loods: Loods, traject: Adviestraject) -> None:
    """A: een hoorzitting, een werkbezoek en een internetconsultatie van twee weken."""
    secretaris = traject.secretaris
    with loods.op(-95) as dag:
        leg_inspraak_vast(
            traject=traject,
            vorm="hoorzitting",
            onderwerp="Wat grenswerkers tegenkomen",
            van=dag,
            plaats="Voorbeeldstad",
            partijen=[
                Partij("Vereniging van Grenswerkers (voorbeeld)"),
                Partij("Grensinfopunt Voorbeeldstreek (voorbeeld)"),
                Partij("Deskundige belastingrecht (voorbeeld)", "persoon", True),
                Partij("Grenswerker A (voorbeeld)", "persoon"),
                Partij("Grenswerker B (voorbeeld)", "persoon"),
            ],
            uitkomst="Vragen over premies kosten mensen maanden. Eén loket zou het meeste schelen (voorbeeld).",
            door=secretaris,
        )
    with loods.op(-88) as dag:
        leg_inspraak_vast(
            traject=traject,
            vorm="werkbezoek",
            onderwerp="Een bedrijf met werknemers in drie landen",
            van=dag,
            plaats="Voorbeeldstreek",
            partijen=[Partij("Transportbedrijf Voorbeeld")],
            uitkomst="De salarisadministratie doet alles dubbel (voorbeeld).",
            openbaar=False,
            niet_openbaar_reden="Het bedrijf sprak in vertrouwen over zijn cijfers (voorbeeld).",
            door=secretaris,
        )
    with loods.op(-60) as dag:
        leg_inspraak_vast(
            traject=traject,
            vorm="internetconsultatie",
            van=dag - timedelta(days=14),
            tot=dag,
            partijen=[Partij("Platform Thuiswerken (voorbeeld)"), Partij("Vakgroep Loonadministratie (voorbeeld)")],
            uitkomst="Achtentwintig reacties, de meeste over ziekte (voorbeeld).",
            door=secretaris,
        )


def kroonleden_a(loods: Loods, traject: Adviestraject) -> None:
    """A: twee voortgangsrapportages, drie opmerkingen, waarvan één overgebracht."""
    with loods.op(-70):
        schrijf_rapportage(
            traject=traject,
            tekst="De commissie hoorde grenswerkers en een bedrijf. Zij kiest nog tussen twee drempels (voorbeeld).",
            door=traject.secretaris,
        )
    wit = traject.versies.filter(soort="wit").last()
    assert wit is not None  # noqa: S101 - A is in achterbanberaad
    blok = blokken(wit.html)[-1]
    with loods.op(-16):
        schrijf_rapportage(
            traject=traject,
            tekst="De witte versie ligt bij de organisaties. Knelpunt is het overgangsrecht voor kleine werkgevers "
            "(voorbeeld).\n\nDe commissie sluit af na het achterbanberaad.",
            door=traject.secretaris,
        )
        eerste = plaats_kroonledenopmerking(
            traject=traject,
            versie=wit,
            blok=blok.id,
            tekst="Zeg erbij wat het de overheid kost als een jaar te kort blijkt (voorbeeld).",
            door=_kroonlid(loods, 5),
        )
    with loods.op(-12):
        plaats_kroonledenopmerking(
            traject=traject,
            tekst="Vergelijk de drempel met die van buurlanden (voorbeeld).",
            door=_kroonlid(loods, 6),
        )
        plaats_kroonledenopmerking(
            traject=traject,
            versie=wit,
            tekst="Het loket hoort bij de eerste aanbeveling, niet achteraan (voorbeeld).",
            door=_kroonlid(loods, 7),
        )
        breng_over(opmerking=eerste, versie=wit, door=traject.secretaris)


def b_aanvulling(loods: Loods, traject: Adviestraject) -> None:
    """B: een werkconferentie, en een rapportage terwijl het nog in de commissie was."""
    with loods.op(-185) as dag:
        leg_inspraak_vast(
            traject=traject,
            vorm="werkconferentie",
            onderwerp="Leren op kleine werkvloeren",
            van=dag,
            plaats="Voorbeeldstad",
            partijen=[Partij("Netwerk Leven Lang Leren (voorbeeld)"), Partij("Mbo-raad (voorbeeld)")],
            uitkomst="Vervanging is het grootste bezwaar (voorbeeld).",
            door=traject.secretaris,
        )
    with loods.op(-140):
        schrijf_rapportage(
            traject=traject,
            tekst="De eerste ronde loopt. Ondernemers melden een knelpunt bij vervanging (voorbeeld).",
            door=traject.secretaris,
        )


def panel(loods: Loods, traject: Adviestraject, *, dagen: int) -> None:
    """Een panelgesprek, zodat een uitgebracht advies zegt wie er gehoord is."""
    with loods.op(dagen) as dag:
        leg_inspraak_vast(
            traject=traject,
            vorm="panel",
            onderwerp="Ervaringen uit de praktijk",
            van=dag,
            plaats="Den Haag",
            partijen=[
                Partij("Stichting Werk en Welzijn (voorbeeld)"),
                Partij("Hoogleraar arbeidsrecht (voorbeeld)", "persoon", True),
                Partij("Werknemer uit de zorg (voorbeeld)", "persoon"),
            ],
            uitkomst="De praktijk vraagt om eenvoud (voorbeeld).",
            door=traject.secretaris,
        )
