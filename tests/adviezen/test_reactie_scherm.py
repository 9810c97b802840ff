"""Een reactie schrijven zonder iets kwijt te raken: van tekst naar punt en terug, en van oordeel naar indienen."""

from datetime import timedelta

import pytest

from adviezen.actions import reacties
from adviezen.actions.organisatie import laat_meelezen
from adviezen.actions.reacties import Punt
from adviezen.enums import Stap
from adviezen.models import Achterbanberaad, Reactie, ReactieItem
from kern.blokken import blokken
from kern.fouten import InvoerFout
from kern.tijd import vandaag
from tests.adviezen import bouw
from tests.adviezen.hulp import deelnamepad as pad
from vergaderingen.enums import Orgaan

pytestmark = pytest.mark.django_db
AANBEVELINGEN = "<h2>Aanbevelingen</h2><ol><li>Geef vijf jaar tijd.</li><li>Betaal de helft.</li></ol>"


def begin(wereld):
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    zitting = bouw.vergadering(wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    wit = bouw.versie(cast, "wit", html=f"{bouw.TEKST}{AANBEVELINGEN}", vastgesteld_in=zitting)
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(versie=wit)
    return cast


@pytest.fixture
def fnv(cast):
    return cast.deelname("FNV")


@pytest.fixture
def client_(als, fnv):
    return als(fnv.contact)


def blok_met(fnv, woorden):
    return next(b.id for b in blokken(fnv.beraad.versie.html) if woorden in b.tekst)


def bewaar(fnv, **velden):
    reactie = reacties.begin_reactie(deelname=fnv, door=fnv.contact)
    kw = {"oordeel": "akkoord_mits", "toelichting": "", "punten": ()} | velden
    return reacties.bewaar_reactie(reactie=reactie, versie=None, door=fnv.contact, **kw)


def test_een_punt_bij_een_aanbeveling_uit_de_lijst(client_, fnv):
    """De aanbevelingen waren één blok: een punt bij alleen de tweede kon niet."""
    twee = blok_met(fnv, "Betaal de helft")
    adres = f"{pad(fnv, 'punt')}?blok={twee}"
    assert adres.replace("&", "&amp;") in client_.get(pad(fnv, "tekst")).content.decode()
    antwoord = client_.post(adres, {"blok": twee, "tekst": "Maak er een derde van."})
    assert ReactieItem.objects.get().citaat == "Betaal de helft."
    # Terug in de tekst, op die plek: wie tien punten heeft, zoekt niet tien keer.
    assert antwoord.url == f"{pad(fnv, 'tekst')}#{twee}"
    tekst = client_.get(pad(fnv, "tekst")).content.decode()
    assert "Maak er een derde van." in tekst
    assert "bij “Betaal de helft.”" in tekst


def test_wie_een_punt_wijzigt_gaat_terug_naar_waar_hij_vandaan_kwam(client_, fnv):
    blok = blok_met(fnv, "Geef vijf jaar")
    bewaar(fnv, punten=[Punt("Een punt.", blok, "Geef vijf jaar tijd.")])
    adres = pad(fnv, "punt_wijzig", item=ReactieItem.objects.get().pk)
    assert f"{adres}?van=tekst" in client_.get(pad(fnv, "tekst")).content.decode()
    invoer = {"blok": blok, "tekst": "Anders."}
    assert client_.post(f"{adres}?van=tekst", invoer).url == f"{pad(fnv, 'tekst')}#{blok}"
    assert client_.post(adres, invoer).url == pad(fnv)
    assert client_.post(pad(fnv, "punt"), {"blok": "", "tekst": "Over het geheel."}).url == pad(fnv)


def test_indienen_bewaart_eerst_wat_er_getypt_is(client_, fnv):
    """De knop was een link: wie oordeel en toelichting invulde en indiende, was ze kwijt."""
    reacties.begin_reactie(deelname=fnv, door=fnv.contact)  # het openen van een ronde doet dit
    tekst = client_.get(pad(fnv)).content.decode()
    assert tekst.count('name="verder" value="dien_in"') == 2
    assert 'form="oordeelformulier"' in tekst
    reactie = Reactie.objects.get()
    invoer = {"versie": reactie.rijversie, "oordeel": "knelpunt", "toelichting": "Getypt.", "verder": "dien_in"}
    antwoord = client_.post(pad(fnv), invoer)
    assert antwoord.url == pad(fnv, "daad", naam="dien_in")
    bevestig = client_.get(antwoord.url).content.decode()
    assert "Getypt." in bevestig
    reactie.refresh_from_db()
    assert (reactie.status, reactie.toelichting) == ("concept", "Getypt.")


def test_zonder_oordeel_staan_alle_eisen_er_in_een_keer(client_, fnv):
    reacties.begin_reactie(deelname=fnv, door=fnv.contact)
    tekst = client_.get(pad(fnv, "daad", naam="dien_in")).content.decode()
    assert "Kies een oordeel" in tekst
    assert "hoort ook een toelichting of ten minste één punt" in tekst


def test_wie_geen_punt_heeft_leest_voor_het_indienen_wat_dat_betekent(client_, fnv):
    reactie = bewaar(fnv, toelichting="Alleen als deeltijders meedoen.")
    adres = pad(fnv, "daad", naam="dien_in")
    tekst = client_.get(adres).content.decode()
    assert "Uw toelichting is geen punt." in tekst
    punt = f"{pad(fnv, 'punt')}?van=toelichting"
    assert punt in tekst
    assert client_.get(punt).context["form"]["tekst"].value() == "Alleen als deeltijders meedoen."
    client_.post(punt, {"blok": "", "tekst": "Alleen als deeltijders meedoen."})
    assert "Uw toelichting is geen punt." not in client_.get(adres).content.decode()
    assert Reactie.objects.get(pk=reactie.pk).items.count() == 1


def test_een_punt_weghalen_vraagt_het_eerst(client_, fnv):
    """Eén tik naast "Wijzig" wiste een punt, en terug kon niet."""
    bewaar(fnv, punten=[Punt("Een lang punt.")])
    adres = pad(fnv, "punt_weg", item=ReactieItem.objects.get().pk)
    assert f'<a href="{adres}">' in client_.get(pad(fnv)).content.decode()
    vraag = client_.get(adres).content.decode()
    assert "Een lang punt." in vraag
    assert "komt niet terug" in vraag
    assert ReactieItem.objects.exists()
    assert client_.post(adres).status_code == 302
    assert not ReactieItem.objects.exists()
    assert client_.get(adres).status_code == 302  # al weg


def test_wie_terugnam_leest_dat_hij_nu_niet_meetelt(client_, fnv):
    reactie = bewaar(fnv, oordeel="akkoord")
    reactie = reacties.dien_reactie_in(reactie=reactie, versie=None, door=fnv.contact)
    assert "telt uw organisatie als niet gereageerd" not in client_.get(pad(fnv)).content.decode()
    reacties.neem_reactie_terug(reactie=reactie, versie=None, door=fnv.contact)
    assert "nu telt uw organisatie als niet gereageerd" in client_.get(pad(fnv)).content.decode()


def test_wie_er_al_schrijft_wordt_geen_meelezer(client_, fnv):
    with pytest.raises(InvoerFout, match="schrijft al voor uw organisatie"):
        laat_meelezen(deelname=fnv, gebruiker=fnv.contact, door=fnv.contact)
    fout = client_.post(pad(fnv, "meelezer"), {"email": fnv.contact.email})
    assert "schrijft al voor uw organisatie" in str(fout.context["form"].errors["email"])
    collega = bouw.maak_gebruiker("Collega")
    ver = {"email": collega.email, "tot": (vandaag() + timedelta(days=4000)).isoformat()}
    assert "Controleer het jaar" in str(client_.post(pad(fnv, "meelezer"), ver).context["form"].errors["tot"])
    laat_meelezen(deelname=fnv, gebruiker=collega, door=fnv.contact, tot=vandaag() + timedelta(days=300))
    assert "leest tot en met" not in client_.get(pad(fnv)).content.decode()  # de ronde sluit eerder


def test_de_grens_van_een_vak_staat_er_vooraf(client_, fnv):
    """Tienduizend tekens: dat hoorde men pas na het indienen van twintigduizend."""
    tekst = client_.get(pad(fnv, "punt")).content.decode()
    assert tekst.count("Hoogstens 10.000 tekens.") == 2
    assert 'aria-describedby="id_tekst_grens"' in tekst
