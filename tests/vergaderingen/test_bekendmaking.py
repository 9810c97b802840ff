"""Openbare bekendmaking van begroting, jaarrekening en verordening: data, waarschuwing, bezwaar en openbare lijst."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kern.fouten import InvoerFout, OvergangGeweigerd
from kern.tijd import datum_nl, vandaag
from logboek.queries import geschiedenis
from tests.vergaderingen.conftest import Wereld
from vergaderingen import actions, bekendmaken, policies
from vergaderingen.eigen_bron import JAARSTUKKEN
from vergaderingen.enums import Bekendmakingsoort, Besluitsoort, Puntsoort
from vergaderingen.models import Agendapunt, Vergadering
from vergaderingen.queries import bekendmakingen_bij
from vergaderingen.stemming import Telling

BIJ = Bekendmakingsoort


def tekorten(punt: Agendapunt) -> list[str]:
    return [t.tekst for t in bekendmaken.tekorten(punt, bekendmakingen_bij(punt))]


@pytest.mark.parametrize(
    ("soort", "onderwerp", "verwacht"),
    [
        (Puntsoort.JAARSTUK, "Vaststellen Begroting 2027", ["begroting"]),
        (Puntsoort.JAARSTUK, "Jaarrekening 2025", ["jaarrekening"]),
        (Puntsoort.JAARSTUK, "Vaststellen SER-jaarverslag 2025", ["jaarverslag"]),
        (Puntsoort.JAARSTUK, "Jaarrekening 2025 en begroting 2027", ["begroting", "jaarrekening"]),
        (Puntsoort.JAARSTUK, "Iets anders", []),
        (Puntsoort.BESPREKING, "De begroting", []),
    ],
)
def test_welke_jaarstukken_een_punt_noemt(soort: str, onderwerp: str, verwacht: list[str]) -> None:
    assert bekendmaken.jaarstukken(Agendapunt(soort=soort, onderwerp=onderwerp)) == verwacht


def test_de_herkomst_gaat_voor_het_onderwerp() -> None:
    punt = Agendapunt(soort=Puntsoort.JAARSTUK, onderwerp="Begroting", sleutel="vergaderingen:jaar:begroting-db:2027:v")
    assert bekendmaken.jaarstukken(punt) == ["begroting-db"]
    assert bekendmaken.vooraf(punt) == [], "het voorstel van het dagelijks bestuur is nog niet de begroting"


@pytest.mark.parametrize(
    ("sleutel", "laatste_dag", "jaar"),
    [
        ("jaarverslag", date(2027, 3, 31), 2026),
        ("jaarrekening", date(2027, 3, 31), 2026),
        ("raming", date(2027, 6, 30), 2028),
        ("begroting-db", date(2027, 9, 30), 2028),
        ("begroting", date(2027, 11, 14), 2028),
    ],
)
def test_regel_48_elk_jaarstuk_wordt_aangeboden_tot_zijn_dag_in_de_wet(
    sleutel: str, laatste_dag: date, jaar: int
) -> None:
    """Wet art. 46-48, 52, 54 en 65: jaarverslag, jaarrekening, raming en begroting."""
    stuk = next(s for s in JAARSTUKKEN if s.sleutel == sleutel)
    grens = laatste_dag + timedelta(days=1)
    assert stuk.voor(laatste_dag) == (jaar, grens)
    assert stuk.voor(grens) is None
    assert stuk.voor(grens - timedelta(days=stuk.vooraf + 1)) is None


def test_begroting_en_jaarrekening_staan_twee_weken_vooraf_bekend(wereld: Wereld) -> None:
    """Wet art. 46 en 52."""
    rij = wereld.plan(vandaag() + timedelta(days=13))
    begroting = wereld.punt(rij, "Vaststellen Begroting 2027", soort=Puntsoort.JAARSTUK)
    assert "nog niet bekendgemaakt; dat moest uiterlijk" in tekorten(begroting)[0]
    op_tijd = wereld.punt(wereld.plan(vandaag() + timedelta(days=30)), "Begroting 2028", soort=Puntsoort.JAARSTUK)
    assert "nog niet bekendgemaakt; dat moet uiterlijk" in tekorten(op_tijd)[0], "die dag komt nog"
    velden = {"agendapunt": begroting, "soort": BIJ.BEGROTING, "vindplaats": "Stcrt. 1", "door": wereld.door}
    for fout in ({"op": vandaag() + timedelta(days=1)}, {"vindplaats": " "}, {"soort": BIJ.VERORDENING}):
        with pytest.raises(InvoerFout):
            actions.leg_bekendmaking_vast(**{"op": vandaag(), **velden, **fout})
    laat = actions.leg_bekendmaking_vast(op=vandaag(), **velden)
    assert "was op tijd" in tekorten(begroting)[0]
    with pytest.raises(InvoerFout, match="al bekendgemaakt"):
        actions.leg_bekendmaking_vast(op=vandaag(), **velden)
    actions.trek_bekendmaking_in(bekendmaking=laat, reden="Verkeerde datum", door=wereld.door)
    actions.leg_bekendmaking_vast(op=vandaag() - timedelta(days=1), **velden)
    assert tekorten(begroting) == [], "veertien dagen vooraf is op tijd"


def test_regel_29_een_verordening_vier_weken_bezwaar_dan_twee_derde_dan_bekend(wereld: Wereld, client: Client) -> None:
    """Wet art. 26 en 38."""
    rij = wereld.plan()
    punt = wereld.punt(rij, "Verordening X (voorbeeld)", soort=Puntsoort.VERORDENING)
    client.force_login(wereld.door)
    adres = reverse("vergaderingen:bekend", args=[rij.pk, punt.pk])
    te_laat = vandaag() - timedelta(days=28)
    gegevens = {
        "bekend-soort": BIJ.ONTWERPVERORDENING,
        "bekend-op": te_laat.isoformat(),
        "bekend-vindplaats": "Stcrt. 2",
    }
    assert client.post(adres, gegevens).status_code == 302
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    assert "was op tijd" in tekorten(punt)[0], "op de vergaderdag loopt de laatste dag bezwaar nog"
    for geleding in ("ondernemers", "kroonleden", "werknemers"):
        actions.teken_geleding(vergadering=rij, geleding=geleding, door=wereld.door)
    actions.open_vergadering(vergadering=rij, versie=None, door=wereld.door)
    blad = client.get(reverse("vergaderingen:agendapunt", args=[rij.pk, punt.pk])).content.decode()
    assert '<option value="verordening" selected>' in blad, "twee derde staat klaar"
    besluit = actions.leg_besluit_vast(
        agendapunt=punt, tekst="Vastgesteld.", soort=Besluitsoort.VERORDENING, telling=Telling(7, 3), door=wereld.door
    )
    assert besluit.uitkomst == "aangenomen"
    assert "was op tijd" in geschiedenis(rij).last().gegevens["waarschuwing"], "gelogd, geen beletsel"
    vast = {"bekend-soort": BIJ.VERORDENING, "bekend-op": vandaag().isoformat(), "bekend-vindplaats": "Stcrt. 3"}
    assert client.post(adres, vast).status_code == 302
    lijst = client.get("/bekendmakingen/").content.decode()
    assert "De vastgestelde verordening" in lijst
    assert f"bezwaar tot en met {datum_nl(vandaag())}" in lijst
    intrekken = reverse(
        "vergaderingen:bekend-trek-in", args=[rij.pk, punt.pk, bekendmakingen_bij(punt)[BIJ.VERORDENING].pk]
    )
    assert client.post(intrekken, {"reden": ""}).status_code == 200
    assert client.post(intrekken, {"reden": "Dubbel"}).status_code == 302
    assert "De vastgestelde verordening" not in client.get("/bekendmakingen/").content.decode()


def test_wat_vertrouwelijk_is_staat_niet_op_de_openbare_lijst_en_dat_is_een_waarschuwing(
    wereld: Wereld, client: Client
) -> None:
    punt = wereld.punt(wereld.plan(), "Jaarrekening geheim", soort=Puntsoort.JAARSTUK, vertrouwelijk=True)
    actions.leg_bekendmaking_vast(
        agendapunt=punt,
        soort=BIJ.JAARREKENING,
        op=vandaag() - timedelta(days=20),
        vindplaats="Stcrt.",
        door=wereld.door,
    )
    assert tekorten(punt) == ["De jaarrekening hoort in het openbaar behandeld te worden."]
    assert "Jaarrekening geheim" not in client.get("/bekendmakingen/").content.decode()


def test_regel_33_bij_de_jaarrekening_onthoudt_het_dagelijks_bestuur_zich(wereld: Wereld, client: Client) -> None:
    """Wet art. 52: de leden van het dagelijks bestuur tellen bij de jaarrekening niet mee."""
    rij = wereld.geopend()
    punt = wereld.punt(rij, "Vaststellen Jaarrekening", soort=Puntsoort.JAARSTUK)
    client.force_login(wereld.door)
    adres = reverse("vergaderingen:bestuur-onthoudt", args=[rij.pk, punt.pk])
    for _ in range(2):
        assert client.post(adres).status_code == 302
    assert {o.persoon.naam for o in punt.onthoudingen.all()} == {"Lid O1", "Lid W1", "Lid K1"}
    assert policies.stemgerechtigd(punt) == 7
    with pytest.raises(InvoerFout, match="alleen bij de jaarrekening"):
        actions.onthoud_dagelijks_bestuur(agendapunt=wereld.punt(rij, "Ander punt"), door=wereld.door)


def test_de_oproeping_zegt_wat_er_aan_bekendmaking_ontbreekt(wereld: Wereld, client: Client) -> None:
    rij = wereld.plan(vandaag() + timedelta(days=12))
    wereld.punt(rij, "Begroting 2027", soort=Puntsoort.JAARSTUK)
    client.force_login(wereld.door)
    blad = client.get(reverse("vergaderingen:oproeping", args=[rij.pk])).content.decode()
    assert "De begroting is nog niet bekendgemaakt" in blad
    assert actions.roep_op(vergadering=rij, versie=None, door=wereld.door).status == "opgeroepen"
    with pytest.raises(OvergangGeweigerd):
        actions.onthoud_dagelijks_bestuur(
            agendapunt=wereld.punt(Vergadering.objects.get(pk=wereld.plan().pk), "Jaarrekening", soort="jaarstuk"),
            door=wereld.door,
        )


def test_twee_jaarstukken_in_een_punt_vragen_elk_hun_bekendmaking(wereld: Wereld, client: Client) -> None:
    """Wet art. 46 en 52."""
    punt = wereld.punt(wereld.geopend(), "Jaarrekening 2025 en begroting 2027", soort=Puntsoort.JAARSTUK)
    assert [t.partition(" is ")[0] for t in tekorten(punt)] == ["De begroting", "De jaarrekening"]
    velden = {"agendapunt": punt, "vindplaats": "Staatscourant 2026, 1", "door": wereld.door}
    actions.leg_bekendmaking_vast(soort=BIJ.BEGROTING, op=vandaag() - timedelta(days=20), **velden)
    assert [t.partition(" is ")[0] for t in tekorten(punt)] == ["De jaarrekening"]
    assert actions.onthoud_dagelijks_bestuur(agendapunt=punt, door=wereld.door) == 3
    client.force_login(wereld.door)
    blad = client.get(reverse("vergaderingen:agendapunt", args=[punt.vergadering_id, punt.pk])).content.decode()
    assert "Bij de jaarrekening onthouden" in blad


@pytest.mark.parametrize(
    ("vindplaats", "adres"),
    [
        ("Staatscourant 2026, 1234", "stcrt-2026-1234"),
        ("Stcrt. 2025, nr. 99", "stcrt-2025-99"),
        ("staatscourant 2026 1234, blz. 3", "stcrt-2026-1234"),
        ("Stcrt. 2", ""),
        ("Website van de raad", ""),
    ],
)
def test_het_adres_in_de_staatscourant_volgt_uit_jaar_en_nummer(vindplaats: str, adres: str) -> None:
    verwacht = f"https://zoek.officielebekendmakingen.nl/{adres}.html" if adres else ""
    assert bekendmaken.in_staatscourant(vindplaats) == verwacht


def test_wie_bezwaar_heeft_leest_waar_de_tekst_staat_en_hoe_het_kan(wereld: Wereld, client: Client) -> None:
    """Wet art. 38: vier weken bezwaar na de bekendmaking van het ontwerp."""
    punt = wereld.punt(wereld.plan(vandaag() + timedelta(days=40)), "Verordening X", soort=Puntsoort.VERORDENING)
    velden = {"agendapunt": punt, "soort": BIJ.ONTWERPVERORDENING, "op": vandaag(), "door": wereld.door}
    rij = actions.leg_bekendmaking_vast(vindplaats="Staatscourant 2026, 1234", **velden)
    type(rij).objects.filter(pk=rij.pk).update(voorbeeld=False)
    blad = client.get("/bekendmakingen/").content.decode()
    assert blad.count('href="https://zoek.officielebekendmakingen.nl/stcrt-2026-1234.html"') == 2
    assert "Hoe en waar staat in de bekendmaking zelf" in blad
    type(rij).objects.filter(pk=rij.pk).update(voorbeeld=True)
    assert "officielebekendmakingen" not in client.get("/bekendmakingen/").content.decode(), "dat nummer is verzonnen"
