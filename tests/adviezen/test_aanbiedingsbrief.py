"""De brief bij het advies: aan wie hij gaat, wie hem parafeert en tekent, en wat erin staat."""

from datetime import date

import pytest
from django.test import Client

from adviezen.actions import brieven
from adviezen.actions.handelen import gevolgen
from adviezen.brief import MINISTER, Briefgegevens, aanbiedingsbrief, afschrift
from adviezen.enums import Stap
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd
from tests.adviezen import bouw
from tests.adviezen.aanbieden import alles_klaar, bied_aan, gegevens

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.AANBIEDING, wereld)


def test_een_brief_per_vrager_en_niet_dubbel(cast):
    gegevens(cast)
    nieuw = brieven.stel_brieven_op(traject=cast.traject, versie=None, door=cast.secretaris)
    assert [b.afschrift for b in nieuw] == [False]
    assert "V26/31" in nieuw[0].html
    with pytest.raises(InvoerFout, match="al een brief"):
        brieven.stel_brieven_op(traject=cast.traject, versie=None, door=cast.secretaris)


def test_een_kamer_krijgt_advies_en_de_minister_een_afschrift(wereld):
    cast = bouw.traject_op(Stap.AANBIEDING, wereld, kamer=True)
    gegevens(cast)
    nieuw = brieven.stel_brieven_op(traject=cast.traject, versie=None, door=cast.secretaris)
    assert [(b.aan, b.afschrift) for b in nieuw][1] == (MINISTER, True)
    cast.vers()
    assert "krijgt een afschrift" in str(gevolgen(cast.traject, "bied_aan"))
    cast.traject.aanbieding.brieven.filter(afschrift=True).delete()
    assert "Stuur een afschrift" in str(gevolgen(cast.traject, "bied_aan"))


def test_eigen_initiatief_heeft_een_brief_aan_de_geadresseerden(wereld):
    cast = bouw.traject_op(Stap.AANBIEDING, wereld, eigen_initiatief=True)
    gegevens(cast)
    nieuw = brieven.stel_brieven_op(traject=cast.traject, versie=None, door=cast.secretaris)
    assert [b.aan for b in nieuw] == ["het kabinet (voorbeeld)"]
    assert "uit eigen beweging" in nieuw[0].html
    with pytest.raises(InvoerFout, match="al een brief"):
        brieven.stel_brieven_op(traject=cast.traject, versie=None, door=cast.secretaris)


def test_een_ander_dan_wie_tekent_zet_de_paraaf_en_een_wijziging_haalt_haar_weg(cast):
    gegevens(cast)
    brief = brieven.stel_brieven_op(traject=cast.traject, versie=None, door=cast.secretaris)[0]
    assert "heeft geen paraaf" in str(gevolgen(cast.vers(), "bied_aan"))
    for wie in (cast.algemeen_secretaris, cast.buitenstaander):
        with pytest.raises(GeenToegang):
            brieven.parafeer_brief(brief=brief, versie=None, door=wie)
    adres = f"/werk/trajecten/{cast.traject.slug}/aanbieding/brieven/{brief.pk}/paraaf/"
    client = Client()
    client.force_login(cast.tweede)
    client.post(adres, {"versie": cast.vers().rijversie})
    brief.refresh_from_db()
    assert brief.geparafeerd_door == cast.tweede
    assert brieven.parafeer_brief(brief=brief, versie=None, door=cast.secretaris).geparafeerd_door == cast.tweede
    assert "heeft geen paraaf" not in str(gevolgen(cast.vers(), "bied_aan"))
    assert "paraaf van" in client.get(f"/werk/trajecten/{cast.traject.slug}/aanbieding/").content.decode()
    brieven.teken_brief_af(brief=brief, versie=None, door=cast.algemeen_secretaris)
    assert [naam for naam, _ in brieven.vraag_briefpdf(brief=brief, door=cast.secretaris).invoer["colofon"]] == [
        "Paraaf",
        "Getekend",
    ]
    brieven.wijzig_brief(brief=brief, versie=None, aan="Minister", html="<p>Nieuw.</p>", door=cast.secretaris)
    brief.refresh_from_db()
    assert (brief.geparafeerd_op, brief.afgetekend_op) == (None, None)
    brieven.teken_brief_af(brief=brief, versie=None, door=cast.algemeen_secretaris)
    with pytest.raises(InvoerFout, match="al afgetekend"):
        brieven.parafeer_brief(brief=brief, versie=None, door=cast.secretaris)


def test_wijzigen_laat_de_aftekening_vervallen(cast):
    alles_klaar(cast)
    brief = cast.traject.aanbieding.brieven.first()
    toen = brief.afgetekend_op
    assert brieven.teken_brief_af(brief=brief, versie=None, door=cast.algemeen_secretaris).afgetekend_op >= toen
    for veld, kw in (("aan", {"aan": " ", "html": "<p>x</p>"}), ("html", {"aan": "U", "html": "<p> </p>"})):
        with pytest.raises(InvoerFout) as fout:
            brieven.wijzig_brief(brief=brief, versie=None, door=cast.secretaris, **kw)
        assert fout.value.veld == veld
    brieven.wijzig_brief(brief=brief, versie=None, aan="Minister", html="<p>Nieuw.</p>", door=cast.secretaris)
    with pytest.raises(OvergangGeweigerd, match="nog niet afgetekend"):
        bied_aan(cast)


def test_briefpdf(cast):
    alles_klaar(cast)
    brief = cast.traject.aanbieding.brieven.first()
    eerste = brieven.vraag_briefpdf(brief=brief, door=cast.secretaris)
    brief.afschrift = True
    assert brieven.vraag_briefpdf(brief=brief, door=cast.secretaris).pk != eerste.pk


BASIS = Briefgegevens("T & U", "", None, None, "", namens_raad=True, commissie="commissie X", klok=False)


def test_de_conceptbrief_zegt_wat_er_is_en_verzint_niets():
    kaal = aanbiedingsbrief("de <minister>", BASIS)
    assert "T &amp; U" in kaal
    assert "&lt;minister&gt;" in kaal
    assert "(nr." not in kaal
    assert "drie maanden" not in kaal
    vol = aanbiedingsbrief(
        "u",
        Briefgegevens(
            "T", "2026/01", date(2026, 3, 1), date(2026, 1, 5), "verdeeld", False, "commissie X", True, "Eerst.\nTwee."
        ),
    )
    for deel in ("(nr. 2026/01)", "Op 5 januari 2026", "commissie X", "was verdeeld", "<p>Eerst.</p>", "drie maanden"):
        assert deel in vol
    unaniem = Briefgegevens("T", "2026/01", None, None, "unaniem", True, "", False)
    assert "was unaniem" in aanbiedingsbrief("u", unaniem)
    assert "(nr. 2026/01)" in afschrift(unaniem)
    assert "nr." not in afschrift(BASIS)
