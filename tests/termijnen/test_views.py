"""De termijnen op het scherm van het secretariaat."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from termijnen import actions
from termijnen.enums import Status
from termijnen.klok import klok
from termijnen.models import MAX_FOUTEN, Termijn

pytestmark = pytest.mark.django_db
BASIS = date(2026, 3, 16)
LIJST = "/werk/termijnen/"


@pytest.fixture
def scherm(client: Client, secretaris: Any, reis: Any) -> Client:
    reis(date(2026, 6, 20))
    client.force_login(secretaris)
    return client


def test_alleen_voor_het_secretariaat(client: Client, buitenstaander: Any, open_proef: Any) -> None:
    termijn = open_proef(BASIS, eigenaar=buitenstaander)
    client.force_login(buitenstaander)
    for adres in (LIJST, f"{LIJST}{termijn.pk}/", f"{LIJST}{termijn.pk}/verleng/"):
        assert client.get(adres).status_code == 404


def test_de_lijst_leeg_mijn_en_alle(scherm: Client, open_proef: Any, buitenstaander: Any, maak_gebruiker: Any) -> None:
    assert "Geen termijnen" in scherm.get(LIJST).text
    mijn = open_proef(BASIS, object=maak_gebruiker("Mijn dossier"))
    ander = open_proef(date(2026, 4, 1), object=maak_gebruiker("Ander dossier"), eigenaar=buitenstaander)
    pagina = scherm.get(LIJST).text
    assert "Mijn dossier" in pagina
    assert "Ander dossier" not in pagina
    assert "sinds 4 dagen verstreken" in pagina
    assert mijn.uitleg in pagina
    assert "1 verstreken, 0 lopen deze week af, 1 in totaal." in strip_tags(pagina)
    pagina = scherm.get(LIJST, {"wie": "alle"}).text
    assert pagina.index("Mijn dossier") < pagina.index("Ander dossier")
    assert ander.eigenaar.naam in pagina


def test_dezelfde_nabijheid_heeft_overal_dezelfde_kleur(scherm: Client, open_proef: Any) -> None:
    """Wat op het werkblad "nog 2 dagen" met een waarschuwing is (kern.componenten.Klok), is dat in de lijst ook."""
    for dag in (date(2026, 6, 19), date(2026, 6, 20), date(2026, 6, 22), date(2026, 6, 27), date(2026, 6, 28)):
        open_proef(BASIS, vervalt_op=dag)
    labels = re.findall(r'<span class="label label-(\w+)">(?:nog|vandaag|sinds)', scherm.get(LIJST).text)
    assert labels == ["fout", "letop", "letop", "letop", "actie"]


@pytest.mark.parametrize(
    ("stand", "verwacht"),
    [
        ("", {"Verstreken", "Ruim", "Stil"}),
        ("lopend", {"Verstreken", "Ruim", "Stil"}),
        ("verstreken", {"Verstreken"}),
        ("afgesloten", {"Voldaan"}),
        ("alle", {"Verstreken", "Ruim", "Stil", "Voldaan"}),
        ("onzin", {"Verstreken", "Ruim", "Stil"}),
    ],
)
def test_de_lijst_op_stand_en_soort(
    scherm: Client, open_proef: Any, secretaris: Any, maak_gebruiker: Any, stand: str, verwacht: set[str]
) -> None:
    open_proef(BASIS, object=maak_gebruiker("Verstreken"))
    open_proef(date(2026, 4, 1), object=maak_gebruiker("Ruim"))
    actions.pauzeer(termijn=open_proef(BASIS, object=maak_gebruiker("Stil")), reden="x", door=secretaris)
    actions.voldoe(termijn=open_proef(BASIS, object=maak_gebruiker("Voldaan")), door=secretaris)
    antwoord = scherm.get(LIJST, {"stand": stand, "soort": "" if stand == "onzin" else "proef"})
    assert {t.object_naam for t in antwoord.context["bladzijde"]} == verwacht
    assert not scherm.get(LIJST, {"soort": "eigen"}).context["bladzijde"].object_list


@pytest.mark.parametrize(
    ("stand", "verwacht"), [("afgesloten", ["Jong", "Oud"]), ("alle", ["Verstreken", "Ruim", "Stil", "Jong", "Oud"])]
)
def test_wat_is_afgesloten_staat_achteraan_en_het_jongste_eerst(
    scherm: Client, open_proef: Any, secretaris: Any, maak_gebruiker: Any, stand: str, verwacht: list[str]
) -> None:
    """Na tien jaar staan er anders duizend afgesloten termijnen boven de verstreken."""
    for naam, begin in (("Oud", date(2020, 3, 16)), ("Jong", date(2025, 3, 16))):
        actions.voldoe(termijn=open_proef(begin, object=maak_gebruiker(naam)), door=secretaris)
    actions.pauzeer(termijn=open_proef(BASIS, object=maak_gebruiker("Stil")), reden="x", door=secretaris)
    open_proef(date(2026, 4, 1), object=maak_gebruiker("Ruim"))
    open_proef(BASIS, object=maak_gebruiker("Verstreken"))
    assert [t.object_naam for t in scherm.get(LIJST, {"stand": stand}).context["bladzijde"]] == verwacht


def test_evenveel_zoekvragen_bij_een_en_bij_veel(scherm: Client, open_proef: Any) -> None:
    open_proef(BASIS)
    with CaptureQueriesContext(connection) as een:
        scherm.get(LIJST)
    for _ in range(60):
        open_proef(BASIS)
    with CaptureQueriesContext(connection) as veel:
        assert scherm.get(LIJST).status_code == 200
    assert len(veel) == len(een) <= 20


def test_de_tweede_bladzijde_is_een_andere(
    scherm: Client, open_proef: Any, maak_gebruiker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("termijnen.views.termijn.PER_BLADZIJDE", 1)
    for naam, begin in (("Eerste dossier", BASIS), ("Tweede dossier", date(2026, 4, 1))):
        open_proef(begin, object=maak_gebruiker(naam))
    eerste, tweede = scherm.get(LIJST).text, scherm.get(LIJST, {"pagina": "2"}).text
    assert "?pagina=2" in eerste
    assert [naam in blad for blad in (eerste, tweede) for naam in ("Eerste dossier", "Tweede dossier")] == [
        *(True, False, False, True)
    ]


def test_een_termijn_met_haar_som_en_geschiedenis(scherm: Client, open_proef: Any, secretaris: Any, reis: Any) -> None:
    reis(BASIS)
    termijn = open_proef(BASIS)
    adres = reverse("termijnen:termijn", args=[termijn.pk])
    pagina = scherm.get(adres).text
    assert "niet veranderd" in pagina
    assert "Er is nog niemand gewaarschuwd." in pagina
    assert "3 maanden na uitbrengen op ma 16 maart 2026 = di 16 juni 2026." in pagina
    assert f"/werk/proef/{termijn.object_id}/" in pagina
    reis(date(2026, 6, 10))
    actions.verwerk()
    actions.verleng(termijn=termijn, vervalt_op=date(2026, 7, 16), reden="Brief van de minister", door=secretaris)
    pagina = scherm.get(adres).text
    for tekst in (
        "Brief van de minister",
        "verlengd: van di 16 juni 2026 naar do 16 juli 2026",
        "overgeslagen: een latere was al aan de beurt",
        "week ervoor",
        "do 18 juni 2026",
    ):
        assert tekst in pagina
    assert scherm.get(reverse("termijnen:termijn", args=[999_999])).status_code == 404


@pytest.mark.parametrize(
    ("eerst", "naam", "velden", "stand"),
    [
        ("", "verleng", {"vervalt_op": "2026-09-01"}, Status.OPEN),
        ("", "voldaan", {"op": "2026-06-16"}, Status.VOLDAAN),
        ("", "zet-stil", {}, Status.GEPAUZEERD),
        ("pauzeer", "hervat", {}, Status.OPEN),
        ("", "laat-vervallen", {}, Status.VERVALLEN),
        ("laat_vervallen", "heropen", {}, Status.OPEN),
    ],
)
def test_elke_handeling_met_reden(
    scherm: Client, open_proef: Any, secretaris: Any, eerst: str, naam: str, velden: dict[str, str], stand: Status
) -> None:
    termijn = open_proef(BASIS)
    if eerst:
        termijn = getattr(actions, eerst)(termijn=termijn, reden="eerst", door=secretaris)
    adres = reverse("termijnen:handeling", args=[termijn.pk, naam])
    assert f"/{naam}/" in scherm.get(reverse("termijnen:termijn", args=[termijn.pk])).text
    assert scherm.get(adres).status_code == 200
    zonder = scherm.post(adres, velden | {"versie": termijn.rijversie, "reden": ""})
    assert zonder.status_code == 200
    assert zonder.context["form"].errors["reden"]
    antwoord = scherm.post(adres, velden | {"versie": termijn.rijversie, "reden": "Omdat het moet"}, follow=True)
    assert antwoord.redirect_chain == [(reverse("termijnen:termijn", args=[termijn.pk]), 302)]
    assert "Omdat het moet" in antwoord.text
    assert Termijn.objects.get(pk=termijn.pk).status == stand


def test_een_fout_houdt_het_getypte_vast(scherm: Client, open_proef: Any) -> None:
    termijn = open_proef(BASIS)
    adres = reverse("termijnen:handeling", args=[termijn.pk, "verleng"])
    antwoord = scherm.post(adres, {"vervalt_op": "2026-06-01", "versie": 0, "reden": "Lange reden"})
    assert antwoord.status_code == 200
    assert "Kies een dag na de huidige vervaldag, di 16 juni 2026." in antwoord.text
    assert "Lange reden" in antwoord.text
    assert "2026-06-01" in antwoord.text
    onzin = scherm.post(adres, {"vervalt_op": "31-02-2026", "versie": 0, "reden": "x"})
    assert onzin.context["form"].errors["vervalt_op"]


def test_een_dag_die_nog_komt_kan_niet_voldaan_zijn(scherm: Client, open_proef: Any) -> None:
    termijn = open_proef(BASIS)
    adres = reverse("termijnen:handeling", args=[termijn.pk, "voldaan"])
    antwoord = scherm.post(adres, {"op": "2026-07-01", "versie": 0, "reden": "x"})
    assert "niet in de toekomst voldaan" in antwoord.text


def test_heropenen_naast_een_nieuwe_termijn(
    scherm: Client, open_proef: Any, secretaris: Any, maak_gebruiker: Any
) -> None:
    dossier = maak_gebruiker()
    oud = actions.voldoe(termijn=open_proef(BASIS, object=dossier), door=secretaris)
    open_proef(BASIS, object=dossier)
    adres = reverse("termijnen:handeling", args=[oud.pk, "heropen"])
    antwoord = scherm.post(adres, {"versie": oud.rijversie, "reden": "x"})
    assert "Er loopt al een andere termijn" in antwoord.text


def test_iemand_anders_was_eerder(scherm: Client, open_proef: Any, secretaris: Any) -> None:
    termijn = open_proef(BASIS)
    actions.verleng(termijn=termijn, vervalt_op=date(2026, 8, 1), reden="eerder", door=secretaris)
    adres = reverse("termijnen:handeling", args=[termijn.pk, "verleng"])
    antwoord = scherm.post(adres, {"vervalt_op": "2026-09-01", "versie": 0, "reden": "Mijn reden"})
    assert "Iemand anders heeft dit intussen gewijzigd." in antwoord.text
    assert "Mijn reden" in antwoord.text
    actions.voldoe(termijn=termijn, door=secretaris)
    te_laat = scherm.post(adres, {"vervalt_op": "2026-09-01", "versie": 0, "reden": "Mijn reden"})
    assert te_laat.status_code == 409
    assert "Mijn reden" in te_laat.text
    assert "Dit kan nu niet" in scherm.get(adres).text
    assert scherm.get(reverse("termijnen:handeling", args=[termijn.pk, "bestaat-niet"])).status_code == 404


def test_mislukt_waarschuwen_staat_op_het_scherm(scherm: Client, open_proef: Any) -> None:
    termijn = open_proef(BASIS)
    Termijn.objects.update(fouten=MAX_FOUTEN, laatste_fout="RuntimeError: gif")
    assert "waarschuwen mislukt" in scherm.get(LIJST).text
    assert "RuntimeError: gif" in scherm.get(reverse("termijnen:termijn", args=[termijn.pk])).text


def test_de_klok_van_elke_stand(open_proef: Any, secretaris: Any) -> None:
    dag = date(2026, 6, 20)
    termijn = open_proef(BASIS)
    loopt = klok(termijn, dag)
    assert (loopt.toestand, loopt.zin) == ("over", "sinds 4 dagen verstreken")
    assert loopt.waarom == (
        "3 maanden na uitbrengen op ma 16 maart 2026 = di 16 juni 2026.",
        "Grond: afspraak: het kabinet reageert binnen drie maanden.",
    )
    assert klok(actions.pauzeer(termijn=termijn, reden="x", door=secretaris), dag).toestand == "gepauzeerd"
    assert klok(actions.hervat(termijn=termijn, reden="x", door=secretaris), dag).toestand == "over"
    assert klok(actions.voldoe(termijn=termijn, door=secretaris, op=dag), dag).toestand == "laat"
    actions.heropen(termijn=termijn, reden="x", door=secretaris)
    assert klok(actions.laat_vervallen(termijn=termijn, reden="x", door=secretaris), dag).toestand == "vervallen"
    op_de_dag = open_proef(BASIS, vervalt_op=BASIS)
    Termijn.objects.filter(pk=op_de_dag.pk).update(regel="verdwenen")
    op_de_dag.refresh_from_db()
    assert (klok(op_de_dag, BASIS).basis, klok(op_de_dag, BASIS).waarom) == (None, ("Gekozen dag: ma 16 maart 2026.",))
