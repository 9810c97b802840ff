"""De themasessie: onderwerpen, tafels, terugkoppeling en drie stickers per lid (regel 47)."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie
from tests.vergaderingen.conftest import Wereld
from vergaderingen import actions
from vergaderingen.enums import Puntsoort
from vergaderingen.models import Agendapunt, Sticker, Themaonderwerp, Vergadering

pytestmark = pytest.mark.django_db
TITELS = ("Proces", "Kennis", "Impact", "Vaardigheden")


def sessie(wereld: Wereld) -> tuple[Vergadering, Agendapunt, list[Themaonderwerp]]:
    rij = wereld.geopend()
    punt = wereld.punt(rij, "Werkwijze", soort=Puntsoort.THEMA)
    onderwerpen = [actions.voeg_onderwerp_toe(agendapunt=punt, titel=t, door=wereld.door) for t in TITELS]
    return rij, punt, onderwerpen


def test_regel_47_drie_stickers_per_lid_over_alle_tafels(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    _, punt, (proces, kennis, impact, _) = sessie(wereld)
    lid = wereld.leden["O1"].gebruiker
    plak = [proces.pk, kennis.pk, impact.pk]
    assert actions.plak_eigen_stickers(agendapunt=punt, onderwerpen=plak, door=lid) == 3
    with pytest.raises(InvoerFout, match="3 stickers; dit zijn er 4"):
        actions.plak_eigen_stickers(agendapunt=punt, onderwerpen=[*plak, kennis.pk], door=lid)
    assert actions.plak_eigen_stickers(agendapunt=punt, onderwerpen=[kennis.pk] * 3, door=lid) == 3
    assert set(Sticker.objects.values_list("onderwerp", flat=True)) == {kennis.pk}, "verhangen vervangt"
    eerste = Sticker.objects.order_by("pk")[0]
    with pytest.raises(IntegrityError, match="sticker_drie_per_zetel"), transaction.atomic():
        Sticker.objects.create(agendapunt=punt, zetel=eerste.zetel, persoon=eerste.persoon, onderwerp=kennis, nummer=4)


def test_alleen_wie_er_zit_plakt_en_alleen_onderwerpen_van_deze_sessie(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij, punt, (proces, *_) = sessie(wereld)
    for wie in (wereld.plv["O1"].gebruiker, wereld.door):
        with pytest.raises(GeenToegang):
            actions.plak_eigen_stickers(agendapunt=punt, onderwerpen=[proces.pk], door=wie)
    with pytest.raises(InvoerFout, match="deze themasessie"):
        actions.plak_eigen_stickers(agendapunt=punt, onderwerpen=[999_999], door=wereld.leden["O1"].gebruiker)
    gewoon = rij.agendapunten.exclude(pk=punt.pk)[0]
    with pytest.raises(GeenToegang):
        actions.plak_eigen_stickers(agendapunt=gewoon, onderwerpen=[], door=wereld.leden["O1"].gebruiker)
    with pytest.raises(InvoerFout, match="soort themasessie"):
        actions.voeg_onderwerp_toe(agendapunt=gewoon, titel="X", door=wereld.door)
    actions.sluit_vergadering(vergadering=rij, versie=None, door=wereld.door)
    with pytest.raises(OvergangGeweigerd, match="tijdens de vergadering"):
        actions.plak_eigen_stickers(agendapunt=punt, onderwerpen=[proces.pk], door=wereld.leden["O1"].gebruiker)
    zetel = wereld.zetels["O2"]
    assert actions.plak_stickers(agendapunt=punt, zetel=zetel, onderwerpen=[proces.pk] * 2, door=wereld.door) == 2


def test_tafels_met_terugkoppeling(wereld: Wereld) -> None:
    _, punt, (proces, *_) = sessie(wereld)
    with pytest.raises(InvoerFout, match="Kies een onderwerp"):
        actions.voeg_tafel_toe(agendapunt=punt, onderwerp=999_999, leider="", door=wereld.door)
    een = actions.voeg_tafel_toe(agendapunt=punt, onderwerp=proces.pk, leider="Lid O1", door=wereld.door)
    twee = actions.voeg_tafel_toe(agendapunt=punt, onderwerp=proces.pk, leider="Lid K1", door=wereld.door)
    assert [een.nummer, twee.nummer] == [1, 2], "twee tafels mogen hetzelfde onderwerp hebben"
    actions.schrijf_terugkoppeling(tafel=een, tekst="Meer vooraf.", versie=0, door=wereld.door)
    with pytest.raises(VerouderdeVersie):
        actions.schrijf_terugkoppeling(tafel=een, tekst="Anders.", versie=0, door=wereld.door)


def test_een_onderwerp_heeft_een_titel_en_staat_er_een_keer(wereld: Wereld) -> None:
    _, punt, (proces, *_) = sessie(wereld)
    with pytest.raises(InvoerFout, match="een titel") as leeg:
        actions.voeg_onderwerp_toe(agendapunt=punt, titel="  ", door=wereld.door)
    assert leeg.value.veld == "titel"
    assert actions.voeg_onderwerp_toe(agendapunt=punt, titel=" proces ", door=wereld.door) == proces
    assert punt.themaonderwerpen.count() == len(TITELS)


def test_dezelfde_terugkoppeling_nog_eens_bewaren_wijzigt_niets(wereld: Wereld) -> None:
    """Anders kreeg een ander die intussen schreef te horen dat er iets gewijzigd is."""
    _, punt, (proces, *_) = sessie(wereld)
    tafel = actions.voeg_tafel_toe(agendapunt=punt, onderwerp=proces.pk, leider="", door=wereld.door)
    eerste = actions.schrijf_terugkoppeling(tafel=tafel, tekst="Meer vooraf.", versie=0, door=wereld.door)
    tweede = actions.schrijf_terugkoppeling(tafel=tafel, tekst=" Meer vooraf. ", versie=None, door=wereld.door)
    assert (eerste.rijversie, tweede.rijversie) == (1, 1)


def test_regel_47_voor_een_lege_stoel_plakt_niemand(wereld: Wereld) -> None:
    rij, punt, (proces, *_) = sessie(wereld)
    actions.teken_presentie(vergadering=rij, persoon=wereld.leden["O1"], aanwezig=False, door=wereld.door)
    with pytest.raises(InvoerFout, match="niemand aanwezig") as fout:
        actions.plak_stickers(agendapunt=punt, zetel=wereld.zetels["O1"], onderwerpen=[proces.pk], door=wereld.door)
    assert fout.value.veld == "zetel"
    actions.plak_stickers(agendapunt=punt, zetel=wereld.zetels["O2"], onderwerpen=[proces.pk], door=wereld.door)
    assert [str(s) for s in punt.stickers.all()] == ["Sticker 1 van Lid O2"]


def test_wat_niet_klopt_komt_terug_en_een_gewoon_punt_is_geen_sessie(wereld: Wereld, client: Client) -> None:
    rij, punt, _ = sessie(wereld)
    client.force_login(wereld.door)
    adres = reverse("vergaderingen:thema", args=[rij.pk, punt.pk])
    blad = client.post(adres, {"daad": "tafel", "tafel-onderwerp": "", "tafel-leider": "Lid K1"}).content.decode()
    assert "tafel-onderwerp_error" in blad
    assert 'value="Lid K1"' in blad
    assert not punt.thematafels.exists()
    gewoon = rij.agendapunten.exclude(pk=punt.pk)[0]
    for naam in ("vergaderingen:thema", "vergaderingen_lezen:stickers"):
        assert client.get(reverse(naam, args=[rij.pk, gewoon.pk])).status_code == 404


def test_de_sessie_langs_de_schermen(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij = wereld.geopend()
    punt = wereld.punt(rij, "Werkwijze", soort=Puntsoort.THEMA)
    werk, tablet = Client(), Client()
    werk.force_login(wereld.door)
    tablet.force_login(wereld.leden["W1"].gebruiker)
    adres = reverse("vergaderingen:thema", args=[rij.pk, punt.pk])
    for titel in TITELS:
        werk.post(adres, {"daad": "onderwerp", "onderwerp-titel": titel})
    een, twee = list(punt.themaonderwerpen.all())[:2]
    werk.post(adres, {"daad": "tafel", "tafel-onderwerp": een.pk, "tafel-leider": "Lid K1"})
    tafel = punt.thematafels.get()
    werk.post(adres, {"daad": "terug", "tafel": tafel.pk, "versie": 0, f"terug-{tafel.pk}-tekst": "Meer vooraf."})
    eigen = reverse("vergaderingen_lezen:stickers", args=[rij.pk, punt.pk])
    assert "Meer vooraf." in tablet.get(eigen).content.decode()
    te_veel = tablet.post(eigen, {f"o{een.pk}": 2, f"o{twee.pk}": 2})
    assert "dit zijn er 4" in te_veel.content.decode()
    assert not Sticker.objects.exists()
    tablet.post(eigen, {f"o{een.pk}": 1, f"o{twee.pk}": 2})
    zetel = wereld.zetels["O1"].pk
    werk.post(adres, {"daad": "sticker", "sticker-zetel": zetel, f"sticker-o{een.pk}": 3})
    assert "6 stickers van 2 leden" in werk.get(adres).content.decode()
    assert list(punt.stickers.values_list("onderwerp", flat=True)).count(een.pk) == 4
    tablet.force_login(wereld.plv["W1"].gebruiker)
    assert tablet.post(eigen, {f"o{een.pk}": 1}).status_code == 404
