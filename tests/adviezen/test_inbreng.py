"""Wat een organisatie zei verdwijnt niet: een toelichting zonder punt, wie meetekende, en wat er in de tekst kwam."""

import csv
import io

import pytest

from adviezen.actions import mede as samen
from adviezen.actions import reacties
from adviezen.actions import verwerking as acties
from adviezen.actions.reacties import Punt
from adviezen.enums import Stap
from adviezen.models import Achterbanberaad, Deelname, Medeondertekening, ReactieItem, Verwerking
from adviezen.queries import verwerking as queries
from kern.blokken import blokken
from kern.tijd import nu
from raad.models import Organisatie
from tests.adviezen import bouw
from tests.adviezen.hulp import pad
from vergaderingen.enums import Orgaan

pytestmark = pytest.mark.django_db
ZIE = "Alleen als deeltijders meedoen."


def reageer(cast, naam, *, oordeel, toelichting="", punten=(), mede_namens=""):
    wie = cast.deelname(naam)
    reactie = reacties.begin_reactie(deelname=wie, door=wie.contact)
    reacties.bewaar_reactie(
        reactie=reactie, versie=None, oordeel=oordeel, toelichting=toelichting, door=wie.contact,
        punten=list(punten), mede_namens=mede_namens,
    )  # fmt: skip
    return wie, reactie


def begin(wereld):
    """VNO-NCW met een voorwaarde en zonder punt; FNV met een punt, samen met CNV en een vereniging buiten de ronde."""
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    blok = blokken(cast.beraad.versie.html)[1]
    vno, los = reageer(cast, "VNO-NCW", oordeel="akkoord_mits", toelichting=ZIE)
    fnv, met = reageer(
        cast, "FNV", oordeel="knelpunt", mede_namens="Vereniging Voorbeeld",
        punten=[Punt("Noem vijf regio's.", blok.id, blok.tekst)],
    )  # fmt: skip
    cnv = cast.deelname("CNV")
    samen.vraag_mede(reactie=met, deelname=cnv, door=fnv.contact)
    samen.beantwoord_mede(mede=Medeondertekening.objects.get(), akkoord=True, door=cnv.contact)
    for wie, reactie in ((vno, los), (fnv, met)):
        reacties.dien_reactie_in(reactie=reactie, versie=None, door=wie.contact)
    mkb, geen = reageer(cast, "MKB", oordeel="akkoord", toelichting="Geen mening.")
    reacties.meld_geen_reactie(reactie=geen, versie=None, door=mkb.contact)
    for wie in cast.beraad.deelnames.wachtend().select_related("organisatie", "contact"):
        bouw.dien_in(wie)
    cast.doe("sluit_achterbanberaad")
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(gesloten_op=nu())
    return cast


def punt_van(cast, naam):
    return ReactieItem.objects.get(reactie__deelname=cast.deelname(naam))


def stel_voor(cast, **anders):
    kw = {"item": punt_van(cast, "FNV"), "rijversie": None, "oordeel": "overgenomen", "reden": ""}
    return acties.stel_verwerking_voor(door=cast.secretaris, **(kw | anders))


def besluit(cast):
    zitting = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    acties.besluit_over_verwerking(
        traject=cast.traject, versie=None, verwerkingen=list(Verwerking.objects.all()), vergadering=zitting,
        door=cast.secretaris,
    )  # fmt: skip


def schermen(als, cast, wie="FNV 2"):
    lid = cast.wereld.account(wie)
    yield als(cast.secretaris).get(pad(cast, "verwerking")).content.decode()
    yield als(lid).get(pad(cast, "verwerking", app="lezen")).content.decode()
    yield als(lid).get(pad(cast, "verschillen", app="lezen"), {"alles": "1"}).content.decode()


def test_een_voorwaarde_zonder_punt_staat_bij_de_tabel(als, cast):
    """Akkoord mits, met alleen een toelichting: die stond nergens, en niemand hoefde er iets mee."""
    for tekst in schermen(als, cast):
        assert ZIE in tekst
        assert "niet in de tabel" in tekst
    eigen = als(cast.secretaris).get(pad(cast, "verwerking")).content.decode()
    assert "voorwaarde zonder punt" in eigen
    for tekst in list(schermen(als, cast, "Kroonlid 9"))[1:]:
        assert ZIE not in tekst  # een kroonlid leest de punten, niet de reacties zelf


def test_wie_meetekende_staat_bij_het_punt(als, cast):
    """Een punt van FNV met CNV leek van FNV alleen."""
    wie = "ede namens CNV (voorbeeld) en Vereniging Voorbeeld"
    for tekst in schermen(als, cast, "FNV 2"):
        assert wie in tekst
    for tekst in list(schermen(als, cast, "Kroonlid 9"))[1:]:
        assert "ede namens" not in tekst  # dat staat in de reactie, en die leest een kroonlid niet
    punt = punt_van(cast, "FNV")
    assert wie in als(cast.secretaris).get(pad(cast, "voorstel", item=punt.pk)).content.decode()


def test_het_bestand_heeft_de_toelichtingen_en_wie_meetekende(als, cast):
    inhoud = als(cast.secretaris).get(pad(cast, "verwerking_bestand", soort="csv")).content.decode("utf-8-sig")
    rijen = list(csv.reader(io.StringIO(inhoud), delimiter=";"))
    kolom = rijen[0].index
    (los,) = [r for r in rijen if r[kolom("Punt")] == ZIE]
    assert los[kolom("Verwerking")] == "toelichting, akkoord, mits"
    assert los[kolom("Nr.")] == ""
    (punt,) = [r for r in rijen if r[kolom("Punt")] == "Noem vijf regio's."]
    assert punt[kolom("Mede namens")] == "CNV (voorbeeld) en Vereniging Voorbeeld"
    stil = {r[kolom("Organisatie")]: r[kolom("Verwerking")] for r in rijen if r[kolom("Punt")] == "Geen mening."}
    assert stil == {"MKB-Nederland (voorbeeld)": "toelichting, geen reactie"}


def test_een_besluit_geldt_voor_wat_op_de_bladzijde_staat(als, cast, monkeypatch):
    """Ook met een filter: wie de tweede bladzijde niet zag, besluit er niet over."""
    stel_voor(cast)
    filter_ = {"ronde": "1"}
    assert (
        "alleen wat u in dit filter ziet" in als(cast.secretaris).get(pad(cast, "verwerking"), filter_).content.decode()
    )
    monkeypatch.setattr(queries, "PER_BLADZIJDE", 1)
    assert (
        "alleen wat u op deze bladzijde ziet"
        in als(cast.secretaris).get(pad(cast, "verwerking"), filter_).content.decode()
    )


def test_wie_niets_zei_staat_er_met_naam(als, cast):
    assert "Zonder reactie" not in als(cast.secretaris).get(pad(cast, "verwerking")).content.decode()
    stil = Organisatie.objects.create(naam="Stille vereniging (voorbeeld)", slug="stil", voorbeeld=True)
    Deelname.objects.create(beraad=cast.beraad, organisatie=stil)
    assert f"Zonder reactie: {stil} (ronde 1)." in als(cast.secretaris).get(pad(cast, "verwerking")).content.decode()
    kroonlid = als(cast.wereld.account("Kroonlid 9")).get(pad(cast, "verwerking", app="lezen")).content.decode()
    assert "Zonder reactie" not in kroonlid  # wie meedoet ziet alleen de commissie


def test_overgenomen_en_niets_veranderd_valt_op(als, cast):
    """Vijf regio's heette overgenomen; de nieuwe tekst zei nog drie."""
    client, punt = als(cast.secretaris), punt_van(cast, "FNV")
    stel_voor(cast)
    # Er is nog geen tekst van na de witte versie.
    assert "let op" not in client.get(pad(cast, "verwerking")).content.decode()
    wit = cast.beraad.versie
    nieuw = bouw.versie(cast, html=wit.html.replace("</p>", " Erbij.</p>", 1))
    assert "niet aangewezen waar in de tekst" in client.get(pad(cast, "verwerking")).content.decode()
    gelijk = next(b.id for b in reversed(blokken(nieuw.html)) if b.tekst in wit.html)
    stel_voor(cast, antwoord_versie=nieuw, antwoord_blok=gelijk)
    tekst = client.get(pad(cast, "verwerking")).content.decode()
    assert "op die plek veranderde niets" in tekst
    assert "overgenomen, tekst gelijk" in tekst
    assert f'id="punt-{punt.pk}"' in client.get(pad(cast, "verwerking"), {"stand": "letop"}).content.decode()
    anders = next(b.id for b in blokken(nieuw.html) if b.tekst.endswith("Erbij."))
    stel_voor(cast, antwoord_versie=nieuw, antwoord_blok=anders)
    assert "let op" not in client.get(pad(cast, "verwerking")).content.decode()
    assert "Geen punt past" in client.get(pad(cast, "verwerking"), {"stand": "letop"}).content.decode()


def test_in_de_witte_versie_is_niets_overgenomen(als, cast):
    """Zolang er geen nieuwe tekst is, wees "Waar in de nieuwe tekst?" naar de oude."""
    adres = pad(cast, "voorstel", item=punt_van(cast, "FNV").pk)
    client, blok = als(cast.secretaris), punt_van(cast, "FNV").blok
    assert "Er is nog geen tekst van na de witte versie" in client.get(adres).content.decode()
    fout = client.post(adres, {"oordeel": "overgenomen", "reden": "", "antwoord_blok": blok})
    assert fout.status_code == 422
    assert not Verwerking.objects.exists()


def test_de_plek_aanwijzen_laat_het_besluit_staan(cast):
    """De nieuwe tekst komt vaak na het besluit; daarvoor hoeft de commissie niet nog eens te besluiten."""
    stel_voor(cast)
    besluit(cast)
    nieuw = bouw.versie(cast, html=cast.beraad.versie.html.replace("</p>", " Erbij.</p>", 1))
    stel_voor(cast, antwoord_versie=nieuw, antwoord_blok=blokken(nieuw.html)[1].id)
    assert Verwerking.objects.get().vastgesteld_in is not None
    stel_voor(cast, reden="Toch een reden.")
    assert Verwerking.objects.get().vastgesteld_in is None


def test_een_ander_voorstel_neemt_de_oude_reden_niet_stil_mee(als, cast):
    """De organisatie las "overgenomen" met de afwijzing eronder."""
    rij = stel_voor(cast, oordeel="niet", reden="De lengte is nodig.")
    adres, client = pad(cast, "voorstel", item=rij.item_id), als(cast.secretaris)
    gegevens = {"oordeel": "overgenomen", "reden": "De lengte is nodig.", "rijversie": rij.rijversie}
    fout = client.post(adres, gegevens)
    assert fout.status_code == 422
    assert "Deze reden hoort bij “niet overgenomen”" in fout.content.decode()
    assert Verwerking.objects.get().oordeel == "niet"
    assert client.post(adres, gegevens | {"oordeel": "niet"}).status_code == 302  # hetzelfde voorstel mag zo
    gegevens["rijversie"] = Verwerking.objects.get().rijversie
    assert client.post(adres, gegevens | {"reden_klopt": "on"}).status_code == 302
    assert Verwerking.objects.get().oordeel == "overgenomen"


def test_een_lange_tabel_is_te_bladeren_en_het_punt_is_te_vinden(als, cast, monkeypatch):
    monkeypatch.setattr("adviezen.queries.verwerking.PER_BLADZIJDE", 2)
    alle = [p.pk for g in queries.tabel(cast.traject, cast.secretaris) for p in g.punten]
    assert len(alle) > 2
    client = als(cast.secretaris)

    def hier(**vraag):
        tekst = client.get(pad(cast, "verwerking"), vraag).content.decode()
        return [pk for pk in alle if f'id="punt-{pk}"' in tekst]

    assert hier() == alle[:2]
    assert hier(pagina="2") == alle[2:4]
    assert hier(punt=alle[2]) == alle[2:4]
    assert hier(punt=alle[2], pagina="1") == alle[:2]  # wie verder bladert, gaat verder
    assert f"?punt={alle[2]}#punt-{alle[2]}" in client.get(pad(cast, "voorstel", item=alle[2])).content.decode()
    assert (
        'aria-label="Bladeren"'
        in als(cast.wereld.account("FNV 2")).get(pad(cast, "verwerking", app="lezen")).content.decode()
    )
