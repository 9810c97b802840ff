"""Stap 6: agenderen, openbaar bij de oproeping, uitstellen, terugverwijzen en terughalen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from adviezen.actions import agendering as acties
from adviezen.actions.agendabron import Adviesbron
from adviezen.actions.handelen import gevolgen, handel
from adviezen.enums import SoortAgendering, Stap, Uitkomst
from adviezen.models import Advies, Agendering
from adviezen.policies.raad import lopende_agendering
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie
from kern.tijd import nu, vandaag
from logboek.actions import leg_vast
from logboek.models import Gebeurtenis
from publicatie.models import Publicatie
from tests.adviezen import bouw
from tests.adviezen.agenderen import agendeer, raad
from vergaderingen.actions import (
    gelast_af,
    haal_van_agenda,
    herroep_oproeping,
    plaats_aanbod,
    roep_op,
    voeg_agendapunt_toe,
)
from vergaderingen.enums import Orgaan
from vergaderingen.models import Agendapunt, Besluit, Vergadering

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.NAAR_RAAD, wereld)


def ontwerp(cast):
    return Publicatie.objects.filter(sleutel=f"ontwerpadvies:t-{cast.traject.pk}").last()


def test_agenderen_geeft_een_nummer_en_openbaar_pas_bij_de_oproeping(cast):
    zitting = raad(cast)
    agendering = agendeer(cast, zitting)
    assert agendering.agendapunt.stuknummer.startswith("VR/")
    assert ontwerp(cast) is None
    opgeroepen = roep_op(vergadering=zitting, versie=None, door=cast.raadssecretaris)
    rij = ontwerp(cast)
    assert rij.vanaf == opgeroepen.agenda_vanaf
    assert rij.html == agendering.versie.html
    assert rij.metadata["stuknummer"] == agendering.agendapunt.stuknummer, "daaraan vindt de openbare agenda het terug"
    herroep_oproeping(vergadering=opgeroepen, versie=None, reden="Vergissing.", door=cast.raadssecretaris)
    rij.refresh_from_db()
    assert rij.tot == rij.vanaf, "nooit openbaar geweest"


def test_na_de_oproeping_wordt_het_over_tien_minuten_openbaar(cast):
    zitting = raad(cast, 5)
    voeg_agendapunt_toe(vergadering=zitting, onderwerp="Opening", door=cast.raadssecretaris)
    zitting = roep_op(vergadering=zitting, versie=None, door=cast.raadssecretaris)
    agendering = agendeer(cast, zitting)
    assert agendering.agendapunt.na_oproeping
    assert ontwerp(cast).vanaf > nu() + timedelta(minutes=9)
    assert "na de oproeping" in str(gevolgen(cast.vers(), "behandel_in_raad"))
    cast.vers()
    klaar = handel(traject=cast.traject, versie=None, overgang="behandel_in_raad", door=cast.raadssecretaris)
    assert klaar.stap == Stap.VASTSTELLING
    spoor = Gebeurtenis.objects.filter(soort="adviezen.behandel_in_raad", object_id=str(klaar.pk)).latest("pk")
    assert spoor.gegevens["waarschuwingen"]


def test_te_late_stukken_zijn_een_waarschuwing_en_geen_beletsel(cast):
    zitting = raad(cast, 4)
    agendeer(cast, zitting)
    roep_op(vergadering=zitting, versie=None, door=cast.raadssecretaris)
    klaar = handel(traject=cast.traject, versie=None, overgang="behandel_in_raad", door=cast.raadssecretaris)
    spoor = Gebeurtenis.objects.filter(soort="adviezen.behandel_in_raad", object_id=str(klaar.pk)).latest("pk")
    assert "later uit" in spoor.gegevens["waarschuwingen"][0]


def test_een_gestopt_advies_op_de_agenda_wordt_bij_de_oproeping_niet_openbaar(cast):
    """Het punt staat er nog op; de tekst van een ingetrokken aanvraag hoort dan niet alsnog op straat."""
    zitting = raad(cast)
    agendeer(cast, zitting)
    assert "van de agenda van" in str(gevolgen(cast.vers(), "trek_in"))
    stop = {"versie": None, "door": cast.secretaris, "reden": "Ingetrokken door de minister (voorbeeld)."}
    traject = handel(traject=cast.traject, overgang="trek_in", datum=vandaag(), **stop)
    opdracht = Bericht.objects.get(ontvanger=cast.raadssecretaris, pad=f"/werk/vergaderingen/{zitting.pk}/")
    roep_op(vergadering=zitting, versie=None, door=cast.raadssecretaris)
    assert ontwerp(cast) is None
    handel(traject=traject, overgang="herroep_einde", **stop)
    opdracht.refresh_from_db()
    assert opdracht.status == "herroepen"
    assert lopende_agendering(cast.vers()) is not None, "herroepen zet het traject terug zoals het was"


def test_besloten_of_vertrouwelijk_wordt_niet_openbaar(cast):
    zitting = raad(cast, openbaar=False, besloten_reden="Over personen.")
    agendering = agendeer(cast, zitting)
    roep_op(vergadering=zitting, versie=None, door=cast.raadssecretaris)
    assert ontwerp(cast) is None
    punt = agendering.agendapunt
    punt.vergadering.openbaar, punt.vertrouwelijk = True, True
    assert not acties.maak_openbaar(agendering, door=cast.raadssecretaris)


def test_wat_niet_kan(cast, wereld):
    zitting = raad(cast)
    with pytest.raises(GeenToegang):
        acties.agendeer(traject=cast.traject, versie=None, vergadering=zitting, door=cast.secretaris)
    commissie = bouw.vergadering(wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    with pytest.raises(InvoerFout, match="vergadering van de raad"):
        agendeer(cast, commissie)
    with pytest.raises(VerouderdeVersie):
        acties.agendeer(
            traject=cast.traject,
            versie=cast.traject.rijversie - 1,
            vergadering=zitting,
            door=cast.raadssecretaris,
        )
    with pytest.raises(InvoerFout) as fout:
        agendeer(cast, zitting, nummer="geen nummer")
    assert fout.value.veld == "nummer"
    assert not Agendering.objects.filter(traject=cast.traject).exists(), "niets half gedaan"
    agendeer(cast, zitting)
    with pytest.raises(InvoerFout, match="al op een agenda"):
        agendeer(cast, raad(cast, 60))


def test_alleen_in_stap_zes(wereld):
    cast = bouw.traject_op(Stap.VERWERKING, wereld)
    with pytest.raises(InvoerFout, match="stap 6"):
        agendeer(cast, raad(cast))
    with pytest.raises(InvoerFout, match="niet op een agenda"):
        acties.haal_af(traject=cast.traject, versie=None, reden="Zo.", door=cast.raadssecretaris)


def test_van_de_agenda_en_er_weer_op(cast):
    zitting = raad(cast)
    eerste = agendeer(cast, zitting)
    with pytest.raises(InvoerFout, match="reden"):
        acties.haal_af(traject=cast.traject, versie=None, reden=" ", door=cast.raadssecretaris)
    with pytest.raises(GeenToegang):
        acties.haal_af(traject=cast.traject, versie=None, reden="Zo.", door=cast.secretaris)
    acties.haal_af(traject=cast.traject, versie=None, reden="Vol.", door=cast.raadssecretaris)
    eerste.refresh_from_db()
    assert (eerste.uitkomst, eerste.agendapunt.vervallen_reden) == (Uitkomst.TERUGGENOMEN, "Vol.")
    tweede = agendeer(cast, raad(cast, 60))
    assert lopende_agendering(cast.traject) == tweede


def test_afgelast_of_door_de_agenda_gehaald_kan_het_opnieuw(cast):
    zitting = raad(cast)
    eerste = agendeer(cast, zitting)
    haal_van_agenda(agendapunt=eerste.agendapunt, reden="Dubbel.", door=cast.raadssecretaris)
    tweede = agendeer(cast, raad(cast, 40))
    gelast_af(vergadering=tweede.agendapunt.vergadering, versie=None, reden="IJzel.", door=cast.raadssecretaris)
    derde = agendeer(cast, raad(cast, 50))
    assert lopende_agendering(cast.traject) == derde


def test_de_agenda_biedt_aan_wat_klaar_is(cast):
    bron, zitting = Adviesbron(), raad(cast)
    sleutels = [a.sleutel for a in bron.aanbod(zitting, cast.raadssecretaris)]
    assert acties.sleutel_behandeling(cast.traject) in sleutels
    agendering = agendeer(cast, zitting)
    assert acties.sleutel_behandeling(cast.traject) not in [
        a.sleutel for a in bron.aanbod(zitting, cast.raadssecretaris)
    ]
    verwijzing = bron.verwijzingen([agendering.agendapunt], cast.raadssecretaris)[agendering.agendapunt_id]
    assert cast.traject.slug in verwijzing.link
    assert bron.verwijzingen([agendering.agendapunt], cast.buitenstaander) == {}
    db = Vergadering(orgaan=Orgaan.DAGELIJKS_BESTUUR)
    assert bron.aanbod(db, cast.raadssecretaris) == ()


def test_een_commissieadvies_komt_als_ingekomen_stuk(wereld):
    """Regel 42."""
    cast = bouw.traject_op(Stap.VERWERKING, wereld)
    cast.traject.artikel43 = True
    cast.traject.save()
    bouw.bereid_verzending_voor(cast)
    klaar = handel(
        traject=cast.traject,
        versie=None,
        overgang="adviseer_rechtstreeks",
        door=cast.secretaris,
        reden="Artikel 43 (voorbeeld).",
    )
    assert (klaar.advies.namens_raad, klaar.advies.oordeel) == (False, "")
    Advies.objects.filter(pk=klaar.advies.pk).update(nummer="V26/90")
    cast.vers()
    bouw.naar_aangeboden(cast)
    zitting = raad(cast)
    punt = plaats_aanbod(
        vergadering=zitting,
        bron="adviezen",
        sleutel=acties.sleutel_ingekomen(cast.traject),
        door=cast.raadssecretaris,
    )
    assert punt.agendering.soort == SoortAgendering.INGEKOMEN_STUK
    assert not acties.maak_openbaar(punt.agendering, door=cast.raadssecretaris)
    (papier,) = Adviesbron().papieren([punt], cast.raadssecretaris)[punt.pk]  # vastgesteld is geen ontwerp meer
    assert (papier.titel.split()[0], papier.opmaak.get("merk")) == ("Advies", None)
    later = {"vergadering": raad(cast, 60), "bron": "adviezen", "sleutel": acties.sleutel_ingekomen(cast.traject)}
    with pytest.raises(InvoerFout, match="niet meer aangeboden"):
        plaats_aanbod(**later, door=cast.raadssecretaris)
    gehouden = Vergadering.objects.create(
        orgaan=Orgaan.RAAD, slug="gehouden", datum=vandaag(), status="gesloten", kenmerk="gehouden", voorbeeld=True
    )
    leg_vast(soort="vergaderingen.laad_archief", object=gehouden, door=None)
    Agendapunt.objects.filter(pk=punt.pk).update(vergadering=gehouden)
    Besluit.objects.create(agendapunt=punt, tekst="Later", uitkomst="aangehouden", genomen_op=vandaag(), voorbeeld=True)
    weer = plaats_aanbod(**later, door=cast.raadssecretaris)  # aangehouden komt het terug (regel 31)
    assert weer.agendering.versie == punt.agendering.versie
    gelast_af(vergadering=later["vergadering"], versie=None, reden="Ziekte", door=cast.raadssecretaris)
    assert Adviesbron().aanbod(raad(cast, 90), cast.raadssecretaris), "op een afgelaste vergadering is niets gemeld"


def test_het_scherm(als, cast):
    client = als(cast.raadssecretaris)
    zitting = raad(cast)
    pad = reverse("adviezen:agendering", kwargs={"slug": cast.traject.slug})
    assert "Zet op de agenda" in client.get(pad).content.decode()
    gegevens = {"vergadering": zitting.pk, "nummer": "fout", "versie": cast.traject.rijversie}
    antwoord = client.post(pad, gegevens)
    assert antwoord.status_code == 422
    assert "Schrijf het nummer als" in antwoord.content.decode()
    antwoord = client.post(pad, gegevens | {"nummer": ""})
    assert antwoord.status_code == 302
    cast.vers()
    bladzijde = client.get(pad).content.decode()
    assert "VR/" in bladzijde
    assert "nog niet voor deze raadsvergadering opgeroepen" in bladzijde
    assert client.post(pad, {"eraf": "1", "reden": "", "versie": cast.traject.rijversie}).status_code == 422
    oud = {"eraf": "1", "reden": "Vol.", "versie": cast.traject.rijversie - 1}
    assert "intussen gewijzigd" in client.post(pad, oud).content.decode()
    assert client.post(pad, oud | {"versie": cast.traject.rijversie}).status_code == 302
    # Wie geen secretaris van de raad is, ziet de stand maar geen knop.
    assert "Zet op de agenda" not in als(cast.secretaris).get(pad).content.decode()
    assert als(cast.buitenstaander).get(pad).status_code == 404


def test_zonder_groene_versie_komt_er_geen_behandeling(cast, wereld):
    """De bron biedt zo'n traject niet aan; wie haar toch noemt, zet geen leeg stuk op de agenda."""
    concept = bouw.traject_op(Stap.CONCEPT, wereld)
    punt = voeg_agendapunt_toe(vergadering=raad(cast), onderwerp="Zonder stuk (voorbeeld)", door=cast.raadssecretaris)
    with pytest.raises(InvoerFout, match="geen geldige groene versie"):
        acties.koppel(agendapunt=punt, sleutel=acties.sleutel_behandeling(concept.traject), door=cast.raadssecretaris)
    assert not Agendering.objects.filter(agendapunt=punt).exists()
