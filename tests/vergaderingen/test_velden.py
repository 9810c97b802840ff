"""Een geweigerde handeling zegt het bij het veld waar het om gaat, en houdt wat er getypt is."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kern.fouten import InvoerFout
from kern.tijd import vandaag
from raad.actions import leg_vertegenwoordiger_vast
from stukken.actions import bewaar_bytes
from tests.vergaderingen.conftest import Wereld, pad, tekst
from toegang.models import Gebruiker
from vergaderingen import actions
from vergaderingen.enums import AanwezigAls, Bekendmakingsoort, Orgaan, Status
from vergaderingen.models import Vergadering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]
OVER = timedelta(days=30)


def bij(veld: str, blad: str) -> str:
    """De melding die een schermlezer bij dit veld voorleest, of "" als er bij het veld geen melding staat."""
    gevonden = re.search(rf'id="id_{veld}_error"[^>]*>(.*?)</(?:ul|div|p)>', blad, re.DOTALL)
    return gevonden[1] if gevonden else ""


def test_openen_en_sluiten_wijzen_een_onmogelijk_moment_aan(werk: Client, wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    for groep in ("ondernemers", "kroonleden", "werknemers"):
        actions.teken_geleding(vergadering=rij, geleding=groep, door=wereld.door)
    morgen = f"{vandaag() + timedelta(days=1)} 10:00"
    geweigerd = tekst(werk.post(pad("open", rij.pk), {"moment": morgen}))
    assert "De opening moet op de vergaderdag liggen" in bij("moment", geweigerd)
    assert f'value="{morgen}"' in geweigerd
    actions.open_vergadering(vergadering=rij, versie=None, door=wereld.door)
    geweigerd = tekst(werk.post(pad("sluit", rij.pk), {"moment": morgen}))
    assert "De sluiting kan niet in de toekomst liggen." in bij("moment", geweigerd)
    assert Vergadering.objects.get(pk=rij.pk).status == Status.GEOPEND


def test_een_volgende_oproeping_op_dezelfde_dag_staat_bij_de_datum(werk: Client, wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    blad = tekst(werk.post(pad("geen-quorum", rij.pk), {"datum": str(vandaag())}))
    assert "voor een latere dag" in bij("datum", blad)


def test_een_vervanging_die_niet_kan_staat_bij_het_lid(werk: Client, wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    wereld.teken(rij, "K1")
    keuze = {"pool-vervanger": wereld.plv["K2"].pk, "pool-lid": wereld.leden["K1"].pk}
    assert "De stem van Lid K1 is al bezet" in bij("pool-lid", tekst(werk.post(pad("pool", rij.pk), keuze)))


def test_tekenen_voor_de_oproeping_zegt_waarom_niet(werk: Client, wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER)
    blad = tekst(werk.post(pad("presentie", rij.pk), {"teken": "geleding:ondernemers"}, follow=True))
    assert "Roep eerst de leden op" in blad
    assert not rij.presenties.exists()


def test_een_plaatsvervanger_die_ook_een_ministerie_vertegenwoordigt_heeft_een_regel_en_een_stem(
    wereld: Wereld,
) -> None:
    """Met het ministerie tekenen verandert niets aan de zetel: hij vervangt het lid dat er niet is."""
    van = vandaag() - timedelta(days=50)
    leg_vertegenwoordiger_vast(persoon=wereld.plv["O1"], ministerie="Ministerie", van=van, door=None)
    rij = wereld.opgeroepen()
    assert actions.teken_geleding(vergadering=rij, geleding="", door=wereld.door) == 1
    regel = rij.presenties.get()
    assert (regel.hoedanigheid, regel.vervangt) == (AanwezigAls.PLAATSVERVANGER, wereld.leden["O1"])
    assert regel.stemhebbend
    wereld.teken(rij, "O1")
    assert rij.presenties.get(stemhebbend=True).persoon == wereld.leden["O1"]


def test_een_stuk_zonder_nummer_wordt_voor_de_oproeping_gemeld(werk: Client, wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER)
    stuk = bewaar_bytes(inhoud=b"%PDF-1.7", naam="Nota.pdf", soort="pdf", door=wereld.door)
    punt = wereld.punt(rij, "Met stuk", bestand=stuk)
    melding = "1 agendapunt met een stuk heeft nog geen R-nummer."
    assert melding in tekst(werk.get(pad("oproeping", rij.pk)))
    actions.geef_stuknummer(agendapunt=punt, door=wereld.door)
    assert "nog geen R-nummer" not in tekst(werk.get(pad("oproeping", rij.pk)))


def test_een_besloten_verslag_belooft_geen_openbare_tekst(werk: Client, wereld: Wereld) -> None:
    zin = "staat over tien minuten op de openbare site"
    for orgaan, openbaar in ((Orgaan.RAAD, True), (Orgaan.DAGELIJKS_BESTUUR, False)):
        rij = wereld.gesloten(vandaag() - timedelta(days=30), orgaan=orgaan)
        actions.schrijf_verslag(vergadering=rij, html="<p>T</p>", openbaar_html="<p>T</p>", door=wereld.door)
        assert (zin in tekst(werk.get(pad("vaststellen", rij.pk)))) == openbaar


def test_alleen_een_stuk_dat_niet_openbaar_is_lezen_is_een_inzage(
    wereld: Wereld, maak_gebruiker: Callable[..., Gebruiker]
) -> None:
    from logboek.models import Inzage

    rij = wereld.plan(vandaag() + OVER)
    stuk = bewaar_bytes(inhoud=b"%PDF-1.7", naam="Nota.pdf", soort="pdf", door=wereld.door)
    open_, dicht = (wereld.punt(rij, f"Punt {dicht}", bestand=stuk, vertrouwelijk=dicht) for dicht in (False, True))
    client = Client()
    client.force_login(wereld.door)
    for punt, aantal in ((open_, 0), (dicht, 1)):
        antwoord = client.get(reverse("vergaderingen_lezen:stuk", args=[rij.pk, punt.pk]))
        assert b"".join(antwoord) == b"%PDF-1.7"
        assert Inzage.objects.count() == aantal


def test_het_verbeteren_van_een_ouder_besluit_laat_het_latere_in_de_uitkomst_staan(wereld: Wereld) -> None:
    punt = wereld.geopend().agendapunten.get()
    ouder = actions.leg_besluit_vast(agendapunt=punt, tekst="Eerst dit.", door=wereld.door)
    actions.leg_besluit_vast(agendapunt=punt, tekst="Toen dat.", door=wereld.door)
    actions.corrigeer_besluit(
        besluit=ouder, tekst="Eerst dit!", uitkomst=ouder.uitkomst, reden="Tikfout", door=wereld.door
    )
    punt.refresh_from_db()
    ouder.refresh_from_db()
    assert (punt.uitkomst, ouder.tekst) == ("Eerst dit!; Toen dat.", "Eerst dit!")


def test_een_bekendmaking_intrekken_vraagt_een_reden(wereld: Wereld) -> None:
    punt = wereld.punt(wereld.plan(vandaag() + OVER), "Verordening", soort="verordening")
    rij = actions.leg_bekendmaking_vast(
        agendapunt=punt,
        soort=Bekendmakingsoort.ONTWERPVERORDENING,
        op=vandaag(),
        vindplaats="Staatscourant",
        door=wereld.door,
    )
    with pytest.raises(InvoerFout) as fout:
        actions.trek_bekendmaking_in(bekendmaking=rij, reden="  ", door=wereld.door)
    assert fout.value.veld == "reden"
    rij.refresh_from_db()
    assert rij.ingetrokken_reden == ""
