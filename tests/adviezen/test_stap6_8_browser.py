"""De bladzijden van stap 6 tot en met 8 in Chromium: geen gebreken volgens axe, en niets loopt over."""

import pytest
from django.urls import reverse

from adviezen.actions import agendering as agenderen
from adviezen.enums import Stap
from adviezen.policies.raad import lopende_agendering
from tests.adviezen import bouw
from tests.adviezen.aanbieden import alles_klaar, bied_aan
from tests.adviezen.agenderen import raad
from tests.adviezen.test_vaststelling import _keuzes, ander_lid, verdeeld, voeg_nota_toe
from tests.browser import axe, bladzijden, loopt_over

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def _als(client, gebruiker):
    client.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _bladzijden(client, wereld):
    """Geef per adres het antwoord: elke bladzijde met iets erop."""
    uit = {}

    def haal(pagina, cast, **kw):
        adres = reverse(f"adviezen:{pagina}", kwargs={"slug": cast.traject.slug} | kw)
        uit[adres] = client.get(adres)

    _als(client, wereld.raadssecretaris)
    leeg = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    haal("agendering", leeg)
    op_agenda = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    agenderen.agendeer(
        traject=op_agenda.traject, versie=None, vergadering=raad(op_agenda, 4), door=wereld.raadssecretaris
    )
    haal("agendering", op_agenda)
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    bouw.geopend(wereld, lopende_agendering(cast.traject).agendapunt.vergadering)
    cast.vers()
    registratie = verdeeld(cast)
    voeg_nota_toe(cast, [ander_lid(cast)])
    haal("standpunten", cast)
    haal("nota", cast)
    haal("passage_wijzig", cast, pk=registratie.pk)
    passage = reverse("adviezen:passage", kwargs={"slug": cast.traject.slug})
    gegevens = {"aantal": "2", "marge": "4", "passage": "P", "opvatting_0": "A", "opvatting_1": "B", "toon": "1"}
    uit[passage] = client.post(passage, gegevens | _keuzes(cast))

    _als(client, wereld.algemeen_secretaris)
    klaar = bouw.traject_op(Stap.AANBIEDING, wereld)
    alles_klaar(klaar)
    haal("aanbieding", klaar)
    haal("adviesgegevens", klaar)
    haal("brief", klaar, pk=klaar.traject.aanbieding.brieven.first().pk)
    haal("handeling", klaar, naam="bied_aan")
    klaar.traject = bied_aan(klaar)
    haal("correctie", klaar)
    haal("corrigeer", klaar, gegeven="oordeel")
    for pad in (reverse("opvolging:lijst"), reverse("opvolging:nieuw")):
        uit[pad] = client.get(pad)
    return uit


def test_toegankelijk_en_smal_genoeg(client, wereld):
    antwoorden = _bladzijden(client, wereld)
    gebreken = []
    for breedte in (360, 1280):
        with bladzijden(antwoorden, viewport={"width": breedte, "height": 900}) as blad:
            for adres, antwoord in antwoorden.items():
                assert antwoord.status_code == 200, adres
                blad.goto(adres)
                fouten, over = (axe(blad) if breedte == 360 else []), loopt_over(blad)
                if fouten or over:
                    gebreken.append((breedte, adres, fouten, over))
    assert gebreken == []
