"""Wat langs de ene weg niet mag, mag ook langs de andere niet; en wat eindigt, neemt mee wat eraan hangt."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kern.fouten import InvoerFout
from kern.tijd import vandaag
from raad import queries
from raad.actions import (
    beeindig_vertegenwoordiger,
    benoem,
    koppel_account,
    leg_aanvaarding_vast,
    leg_vertegenwoordiger_vast,
    registreer_persoon,
    stel_afwijzing_vast,
)
from raad.enums import SoortBenoeming
from raad.models import Benoeming, OrganisatieContact, Persoon
from tests.raad.conftest import VAN, Raad
from toegang.actions import zet_rollen
from toegang.enums import Rol
from toegang.models import Gebruiker

pytestmark = pytest.mark.usefixtures("op_een_vaste_dag")


@pytest.mark.parametrize(
    ("aanvaard", "tekst"),
    [
        (date(2026, 11, 21), "moet nog komen"),
        (date(2026, 10, 23), "tot en met do 22 oktober 2026"),
        (date(2026, 10, 22), ""),
    ],
)
def test_regel_04_ook_bij_het_benoemen_zelf_kan_aanvaarden_niet_te_laat_of_vooruit(
    raad: Raad, aanvaard: date, tekst: str
) -> None:
    velden = {"persoon": raad.persoon(), "zetel": raad.zetels[0], "soort": SoortBenoeming.LID, "van": VAN}
    velden |= {"meegedeeld_op": date(2026, 10, 1), "aanvaard_op": aanvaard, "door": None}
    if not tekst:
        assert benoem(**velden).aanvaard_op == aanvaard
        return
    with pytest.raises(InvoerFout, match=tekst) as fout:
        benoem(**velden)
    assert fout.value.veld == "aanvaard_op"
    assert not Benoeming.objects.exists()


def test_regel_04_wie_is_afgewezen_aanvaardt_niet_alsnog(raad: Raad) -> None:
    benoeming = benoem(
        persoon=raad.persoon(), zetel=raad.zetels[0], soort=SoortBenoeming.LID, van=VAN,
        meegedeeld_op=vandaag() - timedelta(days=10), door=None,
    )  # fmt: skip
    stel_afwijzing_vast(benoeming=benoeming, reden="Heeft bedankt", door=None)
    with pytest.raises(InvoerFout, match="afgewezen of beëindigd") as fout:
        leg_aanvaarding_vast(benoeming=benoeming, op=vandaag(), verklaring=True, door=None)
    assert fout.value.veld == "op"


def test_de_naam_van_een_organisatie_houdt_haar_hoofdletters(client: Client, secretaris: Gebruiker, raad: Raad) -> None:
    client.force_login(secretaris)
    benoeming = benoem(
        persoon=raad.persoon(), zetel=raad.zetels[0], soort=SoortBenoeming.LID, van=VAN,
        meegedeeld_op=vandaag(), door=None,
    )  # fmt: skip
    bladzijde = client.get(reverse("raad:afwijzing", args=[benoeming.pk])).content.decode()
    assert "Zetel 1 van VNO-NCW (voorbeeld) wordt weer vrij." in bladzijde


def test_een_vervanger_van_een_ministerie_blijft_niet_over(raad: Raad) -> None:
    """Anders krijgt iemand de oproeping en de stukken terwijl er niemand meer is die hij vervangt."""
    einde = date(2027, 1, 1)
    vast = leg_vertegenwoordiger_vast(
        persoon=raad.persoon("Een"), ministerie="Ministerie (voorbeeld)", van=VAN, tot=einde, door=None
    )
    velden: dict[str, Any] = {"persoon": raad.persoon("Twee"), "ministerie": "", "vervangt": vast, "door": None}
    for veld, dagen in (("tot", {"van": VAN, "tot": date(2027, 2, 1)}), ("van", {"van": VAN - timedelta(days=1)})):
        with pytest.raises(InvoerFout, match="vertegenwoordigt") as fout:
            leg_vertegenwoordiger_vast(**velden, **dagen)
        assert fout.value.veld == veld
    leg_vertegenwoordiger_vast(**velden, van=date(2026, 12, 1))
    per = date(2026, 11, 25)
    with pytest.raises(InvoerFout, match="begint pas na deze datum") as fout:
        beeindig_vertegenwoordiger(vertegenwoordiger=vast, per=per, reden="Andere baan", door=None)
    assert fout.value.veld == "per"
    assert queries.vertegenwoordigers_op(per).count() == 1, "er is niets half gebeurd"


def test_wie_bij_het_secretariaat_werkt_krijgt_geen_zetel_en_regelt_niets_voor_een_organisatie(
    client: Client, secretaris: Gebruiker, raad: Raad
) -> None:
    """Elke secretaris kon zichzelf kiezen en las dan wat een organisatie intern schrijft, en tekende in haar naam."""
    client.force_login(secretaris)
    velden = {"organisatie": raad.fnv.pk, "gebruiker": secretaris.pk, "van": "2026-11-20"}
    antwoord = client.post(reverse("raad:contact"), velden)
    assert antwoord.context["form"].errors.keys() == {"gebruiker"}
    assert not OrganisatieContact.objects.exists()
    medewerker = registreer_persoon(naam="Medewerker (voorbeeld)", gebruiker=secretaris, door=None)
    zetel: dict[str, Any] = {"zetel": raad.zetels[0], "soort": SoortBenoeming.LID, "van": VAN, "door": None}
    with pytest.raises(InvoerFout, match="gaat niet samen met een zetel") as fout:
        benoem(persoon=medewerker, **zetel)
    assert fout.value.veld == "persoon"
    Persoon.objects.update(gebruiker=None)
    lid = raad.persoon("Lid (voorbeeld)")
    koppel_account(persoon=medewerker, gebruiker=secretaris, door=None)
    Persoon.objects.update(gebruiker=None)
    benoem(persoon=lid, **zetel | {"van": vandaag() + timedelta(days=1)})
    with pytest.raises(InvoerFout, match="van het secretariaat") as fout:
        koppel_account(persoon=lid, gebruiker=secretaris, door=None)
    assert fout.value.veld == "gebruiker"
    lid.refresh_from_db()
    assert lid.gebruiker is None


def test_wie_een_zetel_heeft_krijgt_geen_rol_van_de_staf(raad: Raad, buitenstaander: Gebruiker) -> None:
    """Dezelfde grens van de andere kant; zonder zetel kan het wel."""
    lid = raad.persoon("Lid (voorbeeld)")
    koppel_account(persoon=lid, gebruiker=buitenstaander, door=None)
    benoem(persoon=lid, zetel=raad.zetels[0], soort=SoortBenoeming.LID, van=VAN, door=None)
    with pytest.raises(InvoerFout, match="gaat niet samen met een rol van de staf"):
        zet_rollen(gebruiker=buitenstaander, erbij=[Rol.COMMUNICATIE], reden="Op verzoek van A.")
    assert not buitenstaander.groups.exists()
    Persoon.objects.update(gebruiker=None)
    zet_rollen(gebruiker=buitenstaander, erbij=[Rol.COMMUNICATIE], reden="Op verzoek van A.")
    assert buitenstaander.groups.exists()
