"""Een zaak van een traject die op een volgende agenda verder gaat, of waarvan de vergadering toch doorgaat."""

from datetime import timedelta

import pytest

from adviezen.actions import agendering as acties
from adviezen.actions.agendabron import Adviesbron
from adviezen.enums import SoortAgendering, Stap
from adviezen.models import Agendering
from kern.tijd import vandaag
from tests.adviezen import bouw
from tests.adviezen.agenderen import agendeer, raad
from tests.adviezen.test_agendering import begin, ontwerp
from vergaderingen.actions import gelast_af, herroep_afgelasting, plaats_aanbod, roep_op

__all__ = ["begin"]
pytestmark = pytest.mark.django_db


def test_een_tussenbespreking_die_terugkomt_hoort_bij_haar_traject(wereld):
    """Ook als de vergadering werd afgelast: zonder die band vindt niemand het traject vanaf de nieuwe agenda."""
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    zitting, volgende = raad(cast), raad(cast, 60)
    eerst = acties.agendeer_tussenbespreking(
        traject=cast.traject, versie=None, vergadering=zitting, vraag="Welke richting?", door=cast.raadssecretaris
    )
    gelast_af(vergadering=zitting, versie=None, reden="Geen stukken.", door=cast.raadssecretaris)
    punt = plaats_aanbod(
        vergadering=volgende, bron="vergaderingen", sleutel=f"opnieuw:{eerst.agendapunt_id}", door=cast.raadssecretaris
    )
    agendering = Agendering.objects.get(agendapunt=punt)
    assert (agendering.traject, agendering.soort) == (cast.traject, SoortAgendering.TUSSENBESPREKING)
    assert acties.BRON == "adviezen"
    los = plaats_aanbod(
        vergadering=volgende, bron="vergaderingen", sleutel=f"opening:{volgende.pk}", door=cast.raadssecretaris
    )
    assert not Agendering.objects.filter(agendapunt=los).exists()


def test_een_herroepen_afgelasting_laat_ook_het_ontwerpadvies_alsnog_openbaar_worden(cast):
    zitting = raad(cast)
    punt = zitting.agendapunten.model.objects.create(vergadering=zitting, volgorde=1, onderwerp="Opening")
    zitting = roep_op(
        vergadering=zitting, versie=None, opgeroepen_op=vandaag() - timedelta(days=1), door=cast.raadssecretaris
    )
    agendeer(cast, zitting)
    gelast_af(vergadering=zitting, versie=None, reden="Geen stukken.", door=cast.raadssecretaris)
    weg = ontwerp(cast)
    assert weg.tot == weg.vanaf, "het wachtte nog en gaat niet uit"
    herroep_afgelasting(vergadering=zitting, versie=None, reden="Verkeerde dag.", door=cast.raadssecretaris)
    rij = ontwerp(cast)
    assert (rij.tot, rij.html, rij.pk > weg.pk) == (None, weg.html, True)
    assert punt.vergadering_id == zitting.pk


def test_een_lid_komt_van_een_tussenbespreking_bij_de_tekst_die_hij_mag_lezen(wereld):
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    agendering = acties.agendeer_tussenbespreking(
        traject=cast.traject, versie=None, vergadering=raad(cast), vraag="Hoe staat het?", door=cast.raadssecretaris
    )
    punt, bron = agendering.agendapunt, Adviesbron()
    wit = cast.traject.versies.filter(soort="wit").latest("pk")
    lid = wereld.account("FNV 3")
    assert bron.verwijzingen([punt], lid)[punt.pk].link == f"/lezen/versie/{wit.pk}/"
    assert bron.verwijzingen([punt], cast.raadssecretaris)[punt.pk].link == f"/werk/trajecten/{cast.traject.slug}/"
    assert bron.verwijzingen([punt], cast.buitenstaander) == {}
