"""Twee personen van een organisatie tegelijk: één indiening, en nooit twee reacties (regel 23)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from adviezen.actions import mede as samen
from adviezen.actions import reacties
from adviezen.actions.reacties import Punt
from adviezen.enums import Stap
from adviezen.models import Indiening, Medeondertekening, Reactie
from kern.fouten import PortaalFout
from tests.adviezen import bouw

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wedloop]


def concept(deelname):
    reactie = reacties.begin_reactie(deelname=deelname, door=deelname.contact)
    return reacties.bewaar_reactie(
        reactie=reactie, versie=None, oordeel="akkoord", toelichting="Samen.", door=deelname.contact,
        punten=[Punt("Punt.")],
    )  # fmt: skip


def tegelijk(*daden):
    """Doe alles tegelijk, elk op een eigen verbinding; geef per daad of zij lukte."""

    def probeer(daad):
        try:
            daad()
        except PortaalFout:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(len(daden)) as draden:
        return list(draden.map(probeer, daden))


def test_een_indiener_wint_en_wie_meetekent_dient_niet_ook_zelf_in():
    wereld = bouw.maak_wereld()
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    fnv, lto = cast.deelname("FNV"), cast.deelname("LTO")
    for _ in range(5):
        reactie, eigen = concept(fnv), concept(lto)
        mede = samen.vraag_mede(reactie=reactie, deelname=lto, door=fnv.contact)
        versie, eerder = reactie.rijversie, Indiening.objects.filter(soort="ingediend", reactie=reactie).count()
        uit = tegelijk(
            lambda r=reactie, v=versie: reacties.dien_reactie_in(reactie=r, versie=v, door=fnv.contact),
            lambda r=reactie, v=versie: reacties.dien_reactie_in(reactie=r, versie=v, door=fnv.contact),
            lambda m=mede: samen.beantwoord_mede(mede=m, akkoord=True, door=lto.contact),
            lambda r=eigen: reacties.dien_reactie_in(reactie=r, versie=None, door=lto.contact),
        )
        assert sum(uit[:2]) == 1
        assert sum(uit[2:]) == 1, uit
        assert Indiening.objects.filter(soort="ingediend", reactie=reactie).count() == eerder + 1
        reacties.neem_reactie_terug(reactie=Reactie.objects.get(pk=reactie.pk), versie=None, door=fnv.contact)
        if uit[3]:
            reacties.neem_reactie_terug(reactie=Reactie.objects.get(pk=eigen.pk), versie=None, door=lto.contact)
        samen.trek_mede_terug(mede=Medeondertekening.objects.get(), door=fnv.contact)
