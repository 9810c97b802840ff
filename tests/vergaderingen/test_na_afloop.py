"""Wat het scherm zegt van de dag zelf tot het verslag: geen quorum, staken, sluiten, en wie niet tekende."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from kern.tijd import vandaag
from tests.vergaderingen.conftest import Wereld, maak_commissie, pad, tekst
from vergaderingen import actions, stemlijst
from vergaderingen.enums import Besluitsoort, Stemkeuze, Uitkomst
from vergaderingen.models import Besluit
from vergaderingen.queries import voorstel_datum

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]
OVER, GISTEREN = timedelta(days=30), vandaag() - timedelta(days=1)


def leesbaar(antwoord: Any) -> str:
    return " ".join(strip_tags(tekst(antwoord)).split())


def test_de_openbare_bladzijde_zegt_niet_dat_zij_een_agenda_niet_kent_die_er_is(wereld: Wereld, werk: Client) -> None:
    rij = wereld.plan()
    wereld.punt(rij)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    for sleutel in wereld.leden:
        wereld.teken(rij, sleutel)
    actions.open_vergadering(vergadering=rij, versie=None, door=wereld.door)
    actions.sluit_vergadering(vergadering=rij, versie=None, door=wereld.door)
    blad = tekst(werk.get(f"/vergaderingen/{rij.slug}/"))
    assert "kennen wij de agenda niet" not in blad
    assert "kort nadat de leden zijn opgeroepen" in blad
    af = actions.gelast_af(vergadering=wereld.plan(vandaag() + OVER), versie=None, reden="Ziek", door=wereld.door)
    assert "kennen wij de agenda niet" not in tekst(werk.get(f"/vergaderingen/{af.slug}/"))
    wereld.plan(GISTEREN)
    assert "geen agenda openbaar gemaakt" in tekst(werk.get(f"/vergaderingen/{GISTEREN}/"))


@pytest.mark.parametrize(
    ("soort", "uitkomst", "voor", "zin"),
    [
        (Besluitsoort.ZAAK, Uitkomst.AANGEHOUDEN, 4, "De stemmen staken. Het voorstel is aangehouden"),
        (Besluitsoort.PERSONEN, Uitkomst.AANGEHOUDEN, 4, "staken de stemmen dan weer, dan beslist het lot"),
        (Besluitsoort.ZAAK, Uitkomst.VERWORPEN, 4, "voor de tweede keer. Dan is het voorstel verworpen"),
        (Besluitsoort.PERSONEN, Uitkomst.DOOR_LOTING, 4, "Dan beslist het lot"),
        (Besluitsoort.ZAAK, Uitkomst.NIETIG, 1, "Niet meer dan de helft van de leden stemde mee"),
        (Besluitsoort.ZAAK, Uitkomst.VERWORPEN, 3, ""),
        (Besluitsoort.VERORDENING, Uitkomst.VERWORPEN, 4, ""),
        (Besluitsoort.ZAAK, Uitkomst.AANGEHOUDEN, None, ""),
    ],
)
def test_regel_31_bij_staken_zegt_het_scherm_wat_er_gebeurt(
    soort: str, uitkomst: str, voor: int | None, zin: str
) -> None:
    besluit = Besluit(soort=soort, uitkomst=uitkomst, voor=voor, tegen=None if voor is None else 4, blanco=0)
    assert (zin in stemlijst.gevolg(besluit)) if zin else stemlijst.gevolg(besluit) == ""


def test_wie_een_stemming_sluit_die_staakt_leest_dat(wereld: Wereld, werk: Client) -> None:
    punt = wereld.geopend().agendapunten.get()
    ronde = actions.open_stemronde(agendapunt=punt, soort="hoofdelijk", vraag="Het plan", door=wereld.door)
    for sleutels, keuze in ((("O1", "O2", "O3", "K1"), Stemkeuze.VOOR), (("W1", "W2", "W3", "K2"), Stemkeuze.TEGEN)):
        for sleutel in sleutels:
            zetel = wereld.zetels[sleutel].pk
            actions.leg_stem_vast(ronde=ronde, zetel=zetel, keuze=keuze, door=wereld.door)
    adres = pad("stemronde-sluit", punt.vergadering_id, ronde.pk)
    klaar = leesbaar(werk.post(adres, {"onvolledig": "on"}, follow=True))
    assert klaar.count("De stemmen staken. Het voorstel is aangehouden en komt terug") == 2, "melding en bladzijde"


def test_een_maand_met_een_raadsvergadering_wordt_niet_nog_eens_voorgesteld(wereld: Wereld, werk: Client) -> None:
    voorstel = voorstel_datum("raad", vandaag())
    wereld.plan(voorstel - timedelta(days=7))
    later = voorstel_datum("raad", vandaag())
    assert (later.year, later.month) != (voorstel.year, voorstel.month)
    bestuur = maak_commissie(wereld, "Dagelijks bestuur")
    assert bestuur not in werk.get(pad("plan")).context["formulier"].fields["commissie"].queryset
    antwoord = werk.post(pad("plan"), {"orgaan": "raad", "datum": str(voorstel), "openbaar": "ja"}, follow=True)
    assert "in die maand vergadert de raad ook op" in leesbaar(antwoord)
