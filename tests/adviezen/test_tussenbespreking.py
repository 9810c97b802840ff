"""De raad bespreekt een traject terwijl de commissie nog schrijft; het blijft in zijn stap."""

import pytest
from django.urls import reverse

from adviezen.actions import agendering as acties
from adviezen.enums import SoortAgendering, Stap
from adviezen.models import Agendering
from adviezen.policies.raad import lopende_agendering
from kern.fouten import GeenToegang, InvoerFout
from tests.adviezen import bouw
from tests.adviezen.agenderen import raad
from vergaderingen.enums import Orgaan

pytestmark = pytest.mark.django_db


def test_een_tussenbespreking_laat_het_traject_in_zijn_stap(wereld, als):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    zitting = raad(cast)
    adres = reverse("adviezen:agendering", args=[cast.traject.slug])
    assert "Zet de tussenbespreking op de agenda" not in als(cast.traject.secretaris).get(adres).content.decode()
    client = als(cast.raadssecretaris)
    assert client.post(adres, {"vergadering": zitting.pk, "vraag": ""}).status_code == 422
    cast.traject.refresh_from_db()
    gegevens = {
        "vergadering": zitting.pk,
        "vraag": "Welke richting kiest de raad? (voorbeeld)",
        "versie": cast.traject.rijversie,
    }
    assert client.post(adres, gegevens).status_code == 302
    agendering = Agendering.objects.get(traject=cast.traject)
    punt = agendering.agendapunt
    assert (agendering.soort, punt.toelichting) == (SoortAgendering.TUSSENBESPREKING, gegevens["vraag"])
    assert punt.onderwerp == f"Tussenbespreking: {cast.traject.openbare_titel}"
    cast.traject.refresh_from_db()
    assert cast.traject.stap == Stap.CONCEPT
    assert lopende_agendering(cast.traject) is None, "het is geen behandeling van het advies"
    opnieuw = client.post(adres, gegevens | {"versie": cast.traject.rijversie})
    assert "staat al op de agenda" in opnieuw.content.decode()
    assert "nog te bespreken" in client.get(adres).content.decode()
    with pytest.raises(GeenToegang):
        acties.agendeer_tussenbespreking(
            traject=cast.traject, versie=None, vergadering=zitting, vraag="x", door=cast.traject.secretaris
        )


def begin(wereld):
    return bouw.traject_op(Stap.NAAR_RAAD, wereld)


def test_een_tussenbespreking_vraagt_een_vraag_aan_de_raad_terwijl_de_commissie_werkt(cast, wereld):
    concept = bouw.traject_op(Stap.CONCEPT, wereld)
    ander = bouw.vergadering(wereld, Orgaan.COMMISSIE, commissie=concept.traject.commissie)
    zitting = raad(cast)
    for wie, anders, veld in (
        (concept, {"vergadering": ander}, "vergadering"),
        (concept, {"vraag": "  "}, "vraag"),
        (cast, {}, ""),
    ):
        velden = {"vergadering": zitting, "vraag": "Welke richting?", "door": cast.raadssecretaris}
        with pytest.raises(InvoerFout) as fout:
            acties.agendeer_tussenbespreking(traject=wie.traject, versie=None, **(velden | anders))
        assert fout.value.veld == veld
    assert not Agendering.objects.filter(traject__in=[concept.traject, cast.traject]).exists()
