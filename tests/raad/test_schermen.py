"""De bladzijden van het secretariaat: wat erop staat, wat zij weigeren, en hoeveel zoekvragen zij doen."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.fouten import InvoerFout
from kern.tijd import MAANDEN, datum_nl, vandaag
from logboek.models import Gebeurtenis
from raad.actions import benoem, kies_voorzitter, koppel_account, leg_contact_vast
from raad.enums import Geleding, SoortBenoeming, Voorzittersfunctie
from raad.models import (
    Benoeming,
    DagelijksBestuurslid,
    Organisatie,
    OrganisatieContact,
    Persoon,
    Voorzitterschap,
    Zittingsperiode,
)
from tests.raad.conftest import VAN, Raad
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import heeft

pytestmark = pytest.mark.usefixtures("op_een_vaste_dag")

OND, KROON, WERK = Geleding.ONDERNEMERS, Geleding.KROONLEDEN, Geleding.WERKNEMERS


def tekst(client: Client, adres: str) -> str:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def test_overzicht_noemt_leden_vacatures_en_voorzitters(binnen: Client, raad: Raad) -> None:
    lid = raad.lid(KROON)
    kies_voorzitter(persoon=lid.persoon, functie=Voorzittersfunctie.VOORZITTER, van=VAN, door=None)
    inhoud = tekst(binnen, reverse("raad:overzicht"))
    assert "1 van 9 zetels bezet" in inhoud
    assert "8 vacatures" in inhoud
    assert lid.persoon.naam in inhoud
    assert "1 april 2026 tot en met vr 31 maart 2028" in inhoud
    assert f"?zetel={raad.zetel(OND).pk}&amp;soort=lid" in inhoud


def test_overzicht_op_een_andere_dag(binnen: Client, raad: Raad) -> None:
    lid = raad.lid(OND, tot=date(2026, 6, 1))
    adres = reverse("raad:overzicht")
    assert lid.persoon.naam in tekst(binnen, f"{adres}?op=2026-05-31")
    assert lid.persoon.naam not in tekst(binnen, f"{adres}?op=2026-06-01")
    assert "geen zittingsperiode" in tekst(binnen, f"{adres}?op=1900-01-01")


@pytest.mark.parametrize("op", ["gisteren", "2026-02-30", "", "99999-01-01"])
def test_onmogelijke_dag_geeft_vandaag_met_een_melding(binnen: Client, raad: Raad, op: str) -> None:
    inhoud = tekst(binnen, f"{reverse('raad:overzicht')}?op={op}")
    assert "0 van 9 zetels bezet" in inhoud
    assert ("Voer een geldige datum in" in inhoud) == bool(op)


def test_archiefperiode_zegt_naam_niet_bekend(binnen: Client, raad: Raad) -> None:
    Zittingsperiode.objects.update(volledig=False)
    benoem(persoon=raad.persoon("Onzeker"), zetel=raad.zetels[0], soort=SoortBenoeming.ONBEKEND, van=VAN, door=None)
    inhoud = tekst(binnen, reverse("raad:overzicht"))
    assert "naam niet bekend" in inhoud
    assert "lid of plaatsvervanger, niet bekend" in inhoud
    assert "vacant" not in inhoud


def test_een_persoon_uit_het_archief_toont_een_dag_niet_nauwkeuriger_dan_bekend(binnen: Client, raad: Raad) -> None:
    """Een maand is geen jaar en geen dag; van een voorzitter wiens jaar bekend is, is het begin bekend."""
    Zittingsperiode.objects.update(volledig=False)
    wie = raad.persoon("Oud")
    rij = benoem(persoon=wie, zetel=raad.zetel(KROON), soort=SoortBenoeming.LID, van=VAN, door=None)
    kies_voorzitter(persoon=wie, functie=Voorzittersfunctie.VOORZITTER, van=VAN, door=None)
    Benoeming.objects.filter(pk=rij.pk).update(van_precisie="maand", tot_precisie="jaar")
    Voorzitterschap.objects.update(van_precisie="jaar", tot_precisie="maand")
    inhoud = tekst(binnen, reverse("raad:persoon", args=[wie.pk])).partition("Geschiedenis")[0]
    assert f"{MAANDEN[VAN.month - 1]} {VAN.year} (dag onbekend)" in inhoud
    assert rij.laatste_dag is not None
    assert f"{rij.laatste_dag.year} (dag onbekend)" in inhoud
    assert f"van {VAN.year} (dag onbekend) tot en met {MAANDEN[rij.laatste_dag.month - 1]}" in inhoud
    assert datum_nl(rij.laatste_dag) not in inhoud


def test_zelfde_aantal_zoekvragen_bij_een_en_bij_alle_leden(binnen: Client, raad: Raad) -> None:
    def meet() -> int:
        with CaptureQueriesContext(connection) as vragen:
            tekst(binnen, reverse("raad:overzicht"))
        return len(vragen)

    raad.lid(KROON)
    een = meet()
    for geleding in Geleding:
        for plaats in range(1 if geleding == KROON else 0, 2):
            lid = raad.lid(geleding, plaats, tot=date(2027, 1, 1))
            if plaats == 0:
                DagelijksBestuurslid.objects.create(persoon=lid.persoon, van=VAN, tot=date(2027, 1, 1))
    assert meet() == een
    assert een <= 20


def test_benoem_en_terug_naar_de_persoon(binnen: Client, raad: Raad, secretaris: Gebruiker) -> None:
    persoon = raad.persoon("Nieuw Lid")
    adres = f"{reverse('raad:benoem')}?zetel={raad.zetels[0].pk}&soort=plaatsvervanger"
    assert f'value="{raad.zetels[0].pk}" selected' in tekst(binnen, adres)
    antwoord = binnen.post(
        adres,
        {
            "persoon": persoon.pk,
            "zetel": raad.zetels[0].pk,
            "soort": "lid",
            "van": "2026-11-20",
            "laatste_dag": "2027-06-30",
            "meegedeeld_op": "2026-11-01",
        },
    )
    assert antwoord.status_code == 302
    assert antwoord["Location"] == reverse("raad:persoon", args=[persoon.pk])
    benoeming = Benoeming.objects.get()
    assert (benoeming.van, benoeming.tot) == (date(2026, 11, 20), date(2027, 7, 1))
    assert Gebeurtenis.objects.get(soort="raad.benoem").actor_naam == secretaris.naam
    inhoud = tekst(binnen, antwoord["Location"])
    assert "wo 30 juni 2027" in inhoud
    assert "Benoemd als lid vanaf vr 20 november 2026 tot en met wo 30 juni 2027" in inhoud
    assert "nog niet" in inhoud


def test_dubbel_benoemen_houdt_wat_getypt_was(binnen: Client, raad: Raad) -> None:
    raad.lid(OND)
    persoon = raad.persoon("Tweede")
    velden = {
        "persoon": persoon.pk,
        "zetel": raad.zetel(OND).pk,
        "soort": "lid",
        "van": "2026-11-20",
        "bron": "besluit van 3 november",
    }
    antwoord = binnen.post(reverse("raad:benoem"), velden)
    assert antwoord.status_code == 422
    inhoud = antwoord.content.decode()
    assert "Deze zetel is in die tijd al bezet" in inhoud
    assert "besluit van 3 november" in inhoud
    assert Benoeming.objects.count() == 1
    assert antwoord.context["form"].errors.keys() == {"zetel"}


@pytest.mark.parametrize(
    ("veld", "waarde", "melding"),
    [
        ("van", "2026-02-30", "Voer een geldige datum in"),
        ("van", "2026-03-31", "binnen de tijd dat de zetel bestaat"),
        ("laatste_dag", "2026-04-01", "einddatum moet na de begindatum"),
        ("laatste_dag", "2030-01-01", "binnen de tijd dat de zetel bestaat"),
        ("soort", "onbekend", "geen beschikbare keuze"),
        ("zetel", "999999", "Deze keuze is niet beschikbaar"),
        ("persoon", "", "verplicht"),
        ("aanvaard_op", "2026-10-01", "nadat de benoeming is meegedeeld"),
    ],
)
def test_onmogelijke_benoeming(binnen: Client, raad: Raad, veld: str, waarde: str, melding: str) -> None:
    goed = {
        "persoon": raad.persoon().pk,
        "zetel": raad.zetels[0].pk,
        "soort": "lid",
        "van": "2026-11-20",
        "meegedeeld_op": "2026-11-01",
    }
    antwoord = binnen.post(reverse("raad:benoem"), goed | {veld: waarde})
    assert antwoord.status_code == 422
    assert melding in antwoord.content.decode()
    assert not Benoeming.objects.exists()


def test_beeindig_benoeming(binnen: Client, raad: Raad) -> None:
    lid = raad.lid(KROON)
    adres = reverse("raad:beeindig", args=[lid.pk])
    assert "ziet vanaf dan alleen wat openbaar is" in tekst(binnen, adres)
    antwoord = binnen.post(adres, {"laatste_dag": "2026-11-30", "reden": "Andere functie"})
    assert antwoord["Location"] == reverse("raad:persoon", args=[lid.persoon_id])
    lid.refresh_from_db()
    assert lid.tot == date(2026, 12, 1)
    assert "Andere functie" in tekst(binnen, antwoord["Location"])
    zonder = binnen.post(adres, {"laatste_dag": "2026-11-30", "reden": "  "})
    assert zonder.context["form"].errors.keys() == {"reden"}
    te_vroeg = binnen.post(adres, {"laatste_dag": "2026-03-01", "reden": "x"})
    assert te_vroeg.context["form"].errors.keys() == {"laatste_dag"}


def test_aanvaarden_en_afwijzen(binnen: Client, raad: Raad) -> None:
    een, ander = (
        benoem(
            persoon=raad.persoon(f"Kandidaat {plaats}"),
            zetel=raad.zetels[plaats],
            soort=SoortBenoeming.LID,
            van=vandaag() + timedelta(days=10),
            meegedeeld_op=vandaag() - timedelta(days=3),
            door=None,
        )
        for plaats in (0, 1)
    )
    assert (
        binnen.post(reverse("raad:aanvaard", args=[een.pk]), {"op": "2026-11-19", "verklaring": "on"}).status_code
        == 302
    )
    een.refresh_from_db()
    assert een.aanvaard_op == date(2026, 11, 19)
    assert "van VNO-NCW (voorbeeld) wordt weer vrij." in tekst(binnen, reverse("raad:afwijzing", args=[ander.pk]))
    assert binnen.post(reverse("raad:afwijzing", args=[ander.pk]), {"reden": "Heeft bedankt"}).status_code == 302
    assert not Benoeming.objects.filter(pk=ander.pk).exists()
    assert "Heeft bedankt" in tekst(binnen, reverse("raad:persoon", args=[ander.persoon_id]))


def test_voorzitter_en_dagelijks_bestuur(binnen: Client, raad: Raad) -> None:
    kroon, ander = raad.lid(KROON).persoon, raad.lid(OND).persoon
    velden = {"functie": "voorzitter", "persoon": ander.pk, "van": "2026-11-20"}
    geweigerd = binnen.post(reverse("raad:voorzitter"), velden)
    assert "De voorzitter moet een kroonlid zijn." in geweigerd.content.decode()
    assert binnen.post(reverse("raad:voorzitter"), velden | {"persoon": kroon.pk}).status_code == 302
    assert binnen.post(reverse("raad:bestuurslid"), {"persoon": ander.pk, "van": "2026-11-20"}).status_code == 302
    for naam, model in (
        ("raad:beeindig-voorzitter", Voorzitterschap),
        ("raad:beeindig-bestuurslid", DagelijksBestuurslid),
    ):
        rij = model.objects.get()
        tekst(binnen, reverse(naam, args=[rij.pk]))
        klaar = binnen.post(reverse(naam, args=[rij.pk]), {"laatste_dag": "2026-11-30", "reden": "Wisseling"})
        assert klaar.status_code == 302
        rij.refresh_from_db()
        assert rij.tot == date(2026, 12, 1)
    assert "Voorzitter" in tekst(binnen, reverse("raad:persoon", args=[kroon.pk]))


def test_coordinator_toevoegen_en_beeindigen(binnen: Client, raad: Raad, buitenstaander: Gebruiker) -> None:
    adres = f"{reverse('raad:contact')}?organisatie={raad.fnv.pk}"
    tekst(binnen, adres)
    velden = {"organisatie": raad.fnv.pk, "gebruiker": buitenstaander.pk, "van": "2026-11-20"}
    assert binnen.post(adres, velden).status_code == 302
    dubbel = binnen.post(adres, velden)
    assert dubbel.context["form"].errors.keys() == {"gebruiker"}
    rij = OrganisatieContact.objects.get()
    assert buitenstaander.naam in tekst(binnen, reverse("raad:overzicht"))
    beeindig = reverse("raad:beeindig-contact", args=[rij.pk])
    assert binnen.post(beeindig, {"laatste_dag": "2026-11-30", "reden": "Vertrekt"}).status_code == 302
    rij.refresh_from_db()
    assert rij.tot == date(2026, 12, 1)


def test_persoon_toevoegen(binnen: Client, raad: Raad, buitenstaander: Gebruiker) -> None:
    adres = reverse("raad:nieuwe-persoon")
    assert binnen.post(adres, {"naam": "Anna van der Berg", "gebruiker": buitenstaander.pk}).status_code == 302
    persoon = Persoon.objects.get(naam="Anna van der Berg")
    assert persoon.sorteernaam == "Berg, Anna van der"
    assert buitenstaander.email in tekst(binnen, reverse("raad:persoon", args=[persoon.pk]))
    nog_eens = binnen.post(adres, {"naam": "Ander", "gebruiker": buitenstaander.pk})
    assert nog_eens.context["form"].errors.keys() == {"gebruiker"}


def test_account_koppelen_aan_een_persoon(binnen: Client, raad: Raad, buitenstaander: Gebruiker) -> None:
    lid = raad.lid(OND)
    adres = reverse("raad:account", args=[lid.persoon_id])
    assert adres in tekst(binnen, reverse("raad:persoon", args=[lid.persoon_id]))
    tekst(binnen, adres)
    assert binnen.post(adres, {"gebruiker": buitenstaander.pk}).status_code == 302
    assert heeft(buitenstaander, Rol.RAADSLID, orgaan="geleding:ondernemers")
    assert binnen.get(adres).status_code == 404
    inhoud = tekst(binnen, reverse("raad:persoon", args=[lid.persoon_id]))
    assert f"Account gekoppeld: {buitenstaander.naam}." in inhoud


def test_koppelen_weigert_een_tweede_account_en_een_andere_wereld(raad: Raad, buitenstaander: Gebruiker) -> None:
    een, ander = raad.persoon("Een"), raad.persoon("Ander")
    koppel_account(persoon=een, gebruiker=buitenstaander, door=None)
    for persoon in (een, ander):
        with pytest.raises(InvoerFout):
            koppel_account(persoon=persoon, gebruiker=buitenstaander, door=None)
    Gebruiker.objects.update(voorbeeld=not buitenstaander.voorbeeld)
    Persoon.objects.update(gebruiker=None)
    with pytest.raises(InvoerFout, match="voorbeeldaccount"):
        koppel_account(persoon=ander, gebruiker=Gebruiker.objects.get(pk=buitenstaander.pk), door=None)


def test_organisatie_toevoegen(binnen: Client, raad: Raad) -> None:
    adres = reverse("raad:organisatie")
    tekst(binnen, adres)
    velden = {"naam": "Nieuwe Bond (voorbeeld)", "lidwoord": "de", "geleding": "werknemers"}
    assert binnen.post(adres, velden).status_code == 302
    assert binnen.post(adres, velden).context["form"].errors.keys() == {"naam"}
    assert binnen.post(adres, {"naam": "Planbureau (voorbeeld)"}).status_code == 302
    assert Organisatie.objects.get(naam="Planbureau (voorbeeld)").geleding is None
    assert "Nieuwe Bond (voorbeeld) (werknemers)" in tekst(binnen, reverse("raad:periode"))


def test_zittingsperiode_inrichten(binnen: Client, raad: Raad) -> None:
    adres = reverse("raad:periode")
    assert raad.fnv.naam in tekst(binnen, adres)
    velden = {
        "naam": "2028-2030",
        "van": "2028-04-01",
        "per_zijde": "12",
        f"organisatie_{raad.vno.pk}": "12",
        f"organisatie_{raad.fnv.pk}": "11",
        "kroonleden": "12",
        "db_per_geleding": "4",
        "bron": "besluit (voorbeeld)",
    }
    ongelijk = binnen.post(adres, velden)
    assert "evenveel zetels hebben" in ongelijk.content.decode()
    assert Zittingsperiode.objects.count() == 1
    klaar = binnen.post(adres, velden | {f"organisatie_{raad.fnv.pk}": "12"})
    assert klaar["Location"].endswith("?op=2028-04-01")
    periode = Zittingsperiode.objects.get(naam="2028-2030")
    assert (periode.tot, periode.zetels.count()) == (date(2030, 4, 1), 36)
    assert periode.zetels.exclude(bijzonder="").count() == 2


def test_alleen_het_secretariaat(client: Client, raad: Raad, buitenstaander: Gebruiker) -> None:
    lid = raad.lid(KROON)
    contact = leg_contact_vast(gebruiker=buitenstaander, organisatie=raad.fnv, van=VAN, door=None)
    adressen = [
        reverse("raad:overzicht"),
        reverse("raad:persoon", args=[lid.persoon_id]),
        reverse("raad:benoem"),
        reverse("raad:beeindig", args=[lid.pk]),
        reverse("raad:periode"),
        reverse("raad:beeindig-contact", args=[contact.pk]),
    ]
    for adres in adressen:
        assert client.get(adres).status_code == 302
    client.force_login(buitenstaander)
    for adres in adressen:
        assert client.get(adres).status_code == 404
        assert client.post(adres).status_code == 404
