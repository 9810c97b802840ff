"""Wat er na het aanbieden van D gebeurde: een gedeeltelijke reactie, antwoorden per aanbeveling, standen en bewijs."""

from datetime import timedelta

from adviezen.models import Adviestraject
from inrichting.voorbeeld_loods import Loods
from opvolging.actions import (
    Antwoordregel,
    geef_klok_vrij,
    leg_antwoorden_vast,
    leg_reactie_vast,
    leg_toezegging_vast,
    teken_brief_af,
    verstuur_brief,
    voeg_bewijs_toe,
    zet_brief_klaar,
    zet_stand,
)
from opvolging.actions.evaluatie import leg_evaluatie_vast
from opvolging.actions.jaarverslag import begin_jaarverslag
from opvolging.enums import TUSSENTIJDS, Oordeel, SoortBewijs, Stand, Uitwerking


def na_verdeeld(loods: Loods, traject: Adviestraject) -> None:
    """Vertel van D: de reactie is deels binnen, en wat het kabinet per aanbeveling zei en deed."""
    advies, door = traject.advies, loods.staf.secretaris
    proef, meten, loket = advies.aanbevelingen.order_by("nummer")
    voorbeelden, proeven = meten.aan.order_by("-naam")
    with loods.op(-50) as dag:
        reactie = leg_reactie_vast(
            adviezen=[advies],
            datum=dag,
            afzenders="minister van Voorbeelden (voorbeeld)",
            kamerstuk="Kamerstuk V 1, nr. 1 (voorbeeld)",
            toelichting="Gaat alleen in op de kosten; de rest volgt (voorbeeld).",
            gedeeltelijk=True,
            door=door,
        )
    with loods.op(-46):
        leg_antwoorden_vast(
            advies=advies,
            reactie=reactie,
            door=door,
            regels=[
                Antwoordregel(
                    proef,
                    Oordeel.NEEMT_OVER,
                    "Ik begin dit voorjaar met een proef in vier regio’s (voorbeeld).",
                    "blz. 2",
                    "De brief noemt dezelfde proef en hetzelfde aantal regio’s (voorbeeld).",
                ),
                Antwoordregel(
                    meten,
                    Oordeel.DEELS,
                    "Ik laat de uitkomst na drie jaar onderzoeken (voorbeeld).",
                    "blz. 3",
                    "Wel meten, maar een jaar later dan gevraagd (voorbeeld).",
                    geadresseerde=voorbeelden,
                ),
                Antwoordregel(meten, Oordeel.NIET_BEANTWOORD, geadresseerde=proeven),
                Antwoordregel(loket, Oordeel.NIET_BEANTWOORD),
            ],
        )
    with loods.op(-33):
        brief = zet_brief_klaar(advies=advies, door=door)
        teken_brief_af(brief=brief, versie=None, door=loods.staf.algemeen)
        verstuur_brief(brief=brief, versie=None, door=door)
    with loods.op(-24) as dag:
        leg_toezegging_vast(
            advies=advies,
            datum=dag + timedelta(days=40),
            door_wie="minister van Voorbeelden (voorbeeld)",
            gedaan_op=dag,
            bron="Kamerstuk V 1, nr. 2 (voorbeeld)",
            door=door,
        )
        geef_klok_vrij(advies=advies, vrij=True, door=loods.staf.algemeen)
    with loods.op(-20) as dag:
        voeg_bewijs_toe(
            aanbevelingen=[proef],
            soort=SoortBewijs.BEGROTING,
            titel="Geld voor vier proefregio’s in de begroting (voorbeeld)",
            datum=dag,
            toelichting="De begroting noemt de proef met een bedrag voor twee jaar (voorbeeld).",
            door=door,
        )
        zet_stand(
            aanbeveling=proef,
            stand=Stand.IN_UITVOERING,
            motivering="Het geld is er en de vier regio’s zijn gekozen (voorbeeld).",
            door=door,
        )
    with loods.op(-8) as dag:
        voeg_bewijs_toe(
            aanbevelingen=[proef, meten],
            soort=SoortBewijs.DEBAT,
            titel="Debat in de Kamer over de proef (voorbeeld)",
            datum=dag,
            toelichting="De Kamer vroeg om eerder te meten (voorbeeld).",
            door=door,
        )
    with loods.op(-4):
        leg_evaluatie_vast(
            advies=advies,
            na_jaren=TUSSENTIJDS,
            uitwerking=Uitwerking.TE_VROEG,
            bevindingen="De vier proefregio’s zijn begonnen; cijfers zijn er nog niet (voorbeeld).",
            groepen="Werkgevers in de regio’s vinden het loket sneller (voorbeeld).",
            geraadpleegd="twee regio’s en het ministerie (voorbeeld)",
            lessen="Eerder afspreken wie er meet (voorbeeld).",
            door=door,
        )
    zet_brief_klaar(advies=advies, door=door)
    begin_jaarverslag(jaar=loods.dag.year, door=loods.staf.raadssecretaris)
