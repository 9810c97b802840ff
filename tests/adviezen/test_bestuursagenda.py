"""Wat op het dagelijks bestuur wacht, staat klaar voor zijn agenda, en de secretaris vindt die lijst."""

from datetime import timedelta

import pytest
from django.urls import reverse

from adviezen.actions.agendabron import Adviesbron
from adviezen.enums import Stap
from kern.fouten import InvoerFout
from kern.tijd import vandaag
from logboek.models import Gebeurtenis
from tests.adviezen import bouw
from vergaderingen.actions import gelast_af, haal_van_agenda, plaats_aanbod, plan_vergadering
from vergaderingen.enums import Orgaan
from vergaderingen.models import Vergadering

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.TOEWIJZING, wereld)


def sleutel_toewijzing(traject):
    return f"toewijzing:{traject.pk}"


def bestuur(cast, dagen=9):
    rij = plan_vergadering(
        orgaan=Orgaan.DAGELIJKS_BESTUUR, datum=vandaag() + timedelta(days=dagen), door=cast.raadssecretaris
    )
    Vergadering.objects.filter(pk=rij.pk).update(voorbeeld=True)
    return Vergadering.objects.get(pk=rij.pk)


def aanbod(cast, zitting):
    return [a.sleutel for a in Adviesbron().aanbod(zitting, cast.raadssecretaris)]


def plaats(cast, zitting, sleutel):
    return plaats_aanbod(vergadering=zitting, bron="adviezen", sleutel=sleutel, door=cast.raadssecretaris)


def test_de_agenda_van_het_bestuur_biedt_aan_wat_op_een_besluit_wacht(als, cast):
    zitting, later, sleutel = bestuur(cast), bestuur(cast, 30), sleutel_toewijzing(cast.traject)
    client = als(cast.raadssecretaris)
    blad = reverse("vergaderingen:vergadering", args=[zitting.pk])
    klaar = client.get(blad).content.decode().partition("Klaar voor deze agenda")[2]
    assert cast.traject.openbare_titel in klaar
    client.post(reverse("vergaderingen:plaats-aanbod", args=[zitting.pk]), {"bron": "adviezen", "sleutel": sleutel})
    punt = zitting.agendapunten.get()
    assert (punt.soort, punt.onderwerp) == ("aanvraag", cast.traject.openbare_titel)
    assert aanbod(cast, zitting) == aanbod(cast, later) == [], "het staat al op een agenda die nog komt"
    assert f'href="/werk/trajecten/{cast.traject.slug}/toewijzing/"' in client.get(blad).content.decode()
    spoor = Gebeurtenis.objects.filter(soort="adviezen.agendeer", object_id=str(cast.traject.pk)).latest("pk")
    assert spoor.gegevens["soort"] == "toewijzing"
    with pytest.raises(InvoerFout, match="niet meer aangeboden"):
        plaats(cast, later, sleutel)


def test_wat_van_de_agenda_ging_of_bleef_liggen_komt_terug(cast):
    eerste, later, sleutel = bestuur(cast), bestuur(cast, 30), sleutel_toewijzing(cast.traject)
    haal_van_agenda(agendapunt=plaats(cast, eerste, sleutel), reden="Later.", door=cast.raadssecretaris)
    assert aanbod(cast, later) == [sleutel]
    plaats(cast, eerste, sleutel)
    gelast_af(vergadering=eerste, versie=None, reden="IJzel.", door=cast.raadssecretaris)
    assert aanbod(cast, later) == [sleutel]


def test_waarover_het_bestuur_besloot_wordt_niet_meer_aangeboden(cast):
    zitting = bestuur(cast)
    assert aanbod(cast, zitting) == [sleutel_toewijzing(cast.traject)]
    bouw.bereid_toewijzing_voor(cast)
    assert aanbod(cast, zitting) == []


def test_een_ander_dan_het_secretariaat_krijgt_geen_adres_van_het_traject(cast):
    punt = plaats(cast, bestuur(cast), sleutel_toewijzing(cast.traject))
    assert Adviesbron().verwijzingen([punt], cast.raadssecretaris)[punt.pk].tekst == cast.traject.titel
    assert Adviesbron().verwijzingen([punt], cast.buitenstaander) == {}


def test_voorleggen_wijst_de_lijst_aan(als, cast, wereld):
    nieuw = bouw.nieuw(wereld)
    bouw.bereid_aanvraag_voor(nieuw)
    client = als(cast.secretaris)
    adres = reverse("adviezen:handeling", kwargs={"slug": nieuw.traject.slug, "naam": "leg_voor_aan_db"})
    lijst = "/werk/trajecten/?stap=toewijzing"
    assert f'href="{lijst}"' in client.get(adres).content.decode()
    assert [t.pk for t in client.get(lijst).context["pagina"].object_list] == [cast.traject.pk]
