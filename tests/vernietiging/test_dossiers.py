"""Vernietigen bij een gesloten dossier: alleen wat van de lezer of schrijver zelf was."""

from datetime import timedelta

import pytest
import time_machine

from adviezen.enums import Deling, Stap
from adviezen.models import Adviestraject, Leesstand, Schrijfstand, Versie, VoorlopigStandpunt
from kern.tijd import nu
from tests.adviezen import bouw
from tests.vernietiging.hulp import eis_weigering
from vernietiging import actions
from vernietiging.models import Post


@pytest.mark.django_db
def test_van_een_gesloten_dossier_gaat_alleen_wat_van_de_lezer_zelf_was(casts):
    """Een jaar na het sluiten; van een dossier dat loopt gaat er niets, en versies en opmerkingen blijven altijd."""
    moment, wie = nu() + timedelta(days=370), casts[Stap.INGETROKKEN].secretaris
    for cast in (casts[Stap.INGETROKKEN], casts[Stap.CONCEPT]):
        versie = bouw.versie(cast)
        Leesstand.objects.create(gebruiker=wie, versie=versie)
        Schrijfstand.objects.create(traject=cast.traject, auteur=wie, html="<p>half</p>")
        for deling in (Deling.NIEMAND, Deling.COMMISSIE):
            VoorlopigStandpunt.objects.create(
                gebruiker=wie, gebruiker_naam="S", versie=versie, keuze="eens", gedeeld_met=deling
            )
    versies = Versie.objects.count()
    algemeen, raad = casts[Stap.CONCEPT].wereld.algemeen_secretaris, casts[Stap.CONCEPT].wereld.raadssecretaris
    assert actions.stel_voor(nu=nu() + timedelta(days=300)) is None
    lijst = actions.stel_voor(nu=moment)
    dicht = casts[Stap.INGETROKKEN].traject
    eigen = {p.regel: p.aantal for p in lijst.posten.filter(groep=f"traject:{dicht.pk}")}
    assert eigen == {"leesstanden": 1, "schrijfstanden": 1, "eigen_standpunten": 1}
    assert not lijst.posten.filter(groep=f"traject:{casts[Stap.CONCEPT].traject.pk}").exists()
    eis_weigering("DELETE FROM adviezen_leesstand", reden="twee mensen")
    eis_weigering("DELETE FROM adviezen_schrijfstand WHERE traject_id = %s", dicht.pk, reden="twee mensen")
    Schrijfstand.objects.filter(traject=casts[Stap.CONCEPT].traject).delete()  # het schrijven zelf ruimt op
    lijst = actions.keur_goed(lijst=lijst, versie=0, door=algemeen)
    actions.bevestig(lijst=lijst, versie=1, door=raad)
    assert not Leesstand.objects.filter(versie__traject=dicht).exists()
    assert not Schrijfstand.objects.filter(traject=dicht).exists()
    assert [s.gedeeld_met for s in VoorlopigStandpunt.objects.filter(versie__traject=dicht)] == [Deling.COMMISSIE]
    assert Versie.objects.count() == versies


@pytest.mark.django_db
def test_het_secretariaat_maakt_zelf_een_lijst_en_houdt_er_een_dossier_af(casts, als):
    """De melding noemt het dossier bij zijn naam: namen van organisaties houden hun hoofdletters."""
    cast = casts[Stap.INGETROKKEN]
    Adviestraject.objects.filter(pk=cast.traject.pk).update(titel="de AOW, FNV en VNO-NCW")
    Leesstand.objects.create(gebruiker=cast.secretaris, versie=bouw.versie(cast))
    begin = "/werk/archief/vernietiging/"
    with time_machine.travel(nu() + timedelta(days=370), tick=False):
        client = als(cast.wereld.algemeen_secretaris)
        gemaakt = client.post(f"{begin}stel-voor/", follow=True)
        assert "De lijst staat klaar. Er is nog niets vernietigd." in gemaakt.content.decode()
        post = Post.objects.get(regel="leesstanden", groep=f"traject:{cast.traject.pk}")
        tot = (nu() + timedelta(days=400)).date().isoformat()
        velden = {"versie": post.lijst.rijversie, "reden": "Er loopt een Woo-verzoek", "tot": tot}
        gehouden = client.post(f"{begin}post/{post.pk}/uitzonderen/", velden, follow=True)
    assert "De AOW, FNV en VNO-NCW blijft." in gehouden.content.decode()
    post.refresh_from_db()
    assert post.uitzondering == "Er loopt een Woo-verzoek"
