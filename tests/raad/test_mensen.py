"""Mensen en zetels op het scherm: wie er al is, wie er al zit, en een vergissing die meteen terug kan."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from logboek.models import Gebeurtenis
from raad.actions import benoem, leg_contact_vast
from raad.enums import Geleding, SoortBenoeming
from raad.models import Benoeming, OrganisatieContact, Persoon
from tests.raad.conftest import Raad
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import heeft

pytestmark = pytest.mark.usefixtures("op_een_vaste_dag")

OND, WERK = Geleding.ONDERNEMERS, Geleding.WERKNEMERS
VANDAAG = date(2026, 11, 20)


def coordinator(wie: Gebruiker, raad: Raad, van: date = VANDAAG) -> OrganisatieContact:
    return leg_contact_vast(gebruiker=wie, organisatie=raad.fnv, van=van, door=None)


def is_nu(wie: Gebruiker) -> bool:
    return heeft(Gebruiker.objects.get(pk=wie.pk), Rol.ORGANISATIECOORDINATOR)


def test_een_naamgenoot_wordt_genoemd_en_pas_na_een_vinkje_gemaakt(binnen: Client, raad: Raad) -> None:
    zit = raad.lid(WERK).persoon
    adres = reverse("raad:nieuwe-persoon")
    assert "ander met dezelfde naam" not in binnen.get(adres).content.decode()
    dubbel = binnen.post(adres, {"naam": f" {zit.naam.upper()} "})
    assert dubbel.status_code == 422
    tekst = dubbel.content.decode()
    assert reverse("raad:persoon", args=[zit.pk]) in tekst
    assert f"({SoortBenoeming.LID.label}, {raad.fnv.naam})" in tekst
    assert Persoon.objects.filter(naam__iexact=zit.naam).count() == 1
    assert binnen.post(adres, {"naam": zit.naam, "ander": "on"}).status_code == 302
    assert Persoon.objects.filter(naam=zit.naam).count() == 2


def test_een_te_lange_naam_wordt_niet_stil_korter(binnen: Client, raad: Raad) -> None:
    adres = reverse("raad:nieuwe-persoon")
    assert "maxlength" not in binnen.get(adres).content.decode()
    lang = "x" * 300
    antwoord = binnen.post(adres, {"naam": lang})
    assert antwoord.status_code == 422
    assert lang in antwoord.content.decode()
    assert "120" in str(antwoord.context["form"].errors["naam"])


def test_het_formulier_zegt_wie_er_zit_en_tot_wanneer(binnen: Client, raad: Raad) -> None:
    een, ander = raad.lid(WERK), raad.lid(OND)
    adres = reverse("raad:benoem")
    tekst = binnen.get(adres).content.decode()
    assert f"Zetel {een.zetel.nummer} · {raad.fnv.naam} · lid: {een.persoon.naam}, tot en met 31 maart 2028" in tekst
    assert f"{ander.persoon.naam} · heeft zetel {ander.zetel.nummer} ({raad.vno.naam}), tot en met 31 maart" in tekst
    velden = {"persoon": ander.persoon_id, "zetel": een.zetel_id, "soort": "lid", "van": "2026-12-01"}
    antwoord = binnen.post(adres, velden)
    assert antwoord.status_code == 422
    assert antwoord.context["form"].errors.keys() == {"persoon", "zetel"}, "beide bezwaren tegelijk"
    assert f"al bezet: {een.persoon.naam} is lid, tot en met 31 maart 2028" in antwoord.content.decode()
    assert Benoeming.objects.count() == 2


def test_na_het_einde_van_de_voorganger_mag_het(binnen: Client, raad: Raad) -> None:
    zetel, nieuw = raad.zetel(WERK), raad.persoon("Nieuw")
    benoem(
        persoon=raad.persoon("Oud"), zetel=zetel, soort="lid", van=date(2026, 4, 1), tot=date(2026, 12, 1), door=None
    )
    velden = {"persoon": nieuw.pk, "zetel": zetel.pk, "soort": "lid", "van": "2026-12-01"}
    assert binnen.post(reverse("raad:benoem"), velden).status_code == 302


@pytest.mark.parametrize(("van", "blijft"), [(VANDAAG, False), (date(2026, 11, 25), False), (date(2026, 10, 1), True)])
def test_een_verkeerde_coordinator_is_meteen_weg(
    binnen: Client, raad: Raad, buitenstaander: Gebruiker, van: date, blijft: bool
) -> None:
    rij = coordinator(buitenstaander, raad, van)
    adres = reverse("raad:beeindig-contact", args=[rij.pk])
    antwoord = binnen.post(adres, {"meteen": "on", "reden": "Verkeerd account"}, follow=True)
    assert "Dat geldt nu." in antwoord.content.decode()
    assert not is_nu(buitenstaander)
    assert OrganisatieContact.objects.filter(pk=rij.pk, tot=VANDAAG).exists() == blijft
    spoor = Gebeurtenis.objects.get(soort="raad.herroep_contact")
    assert (spoor.reden, spoor.gegevens["van"]) == ("Verkeerd account", van.isoformat())
    coordinator(buitenstaander, raad)
    assert is_nu(buitenstaander), "daarna kan het opnieuw, nu goed"


def test_wie_vandaag_nog_mag_heet_nog_coordinator(binnen: Client, raad: Raad, buitenstaander: Gebruiker) -> None:
    rij = coordinator(buitenstaander, raad, date(2026, 10, 1))
    adres = reverse("raad:beeindig-contact", args=[rij.pk])
    leeg = binnen.post(adres, {"reden": "Vertrekt"})
    assert leeg.context["form"].errors.keys() == {"laatste_dag"}
    antwoord = binnen.post(adres, {"laatste_dag": "2026-11-20", "reden": "Vertrekt"}, follow=True)
    assert "nog coördinator van" in antwoord.content.decode()
    assert "tot en met vr 20 november 2026" in antwoord.content.decode()
    assert is_nu(buitenstaander)


def test_wie_koppelt_ziet_het_adres(binnen: Client, raad: Raad, buitenstaander: Gebruiker) -> None:
    """De beheerder maakt het account, het secretariaat koppelt het: het adres is het tweede paar ogen."""
    lid = raad.lid(OND)
    for adres in (
        reverse("raad:account", args=[lid.persoon_id]),
        reverse("raad:contact"),
        reverse("raad:nieuwe-persoon"),
    ):
        assert f"{buitenstaander.naam} ({buitenstaander.email})" in binnen.get(adres).content.decode()
