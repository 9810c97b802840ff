"""Stap 4 in de browser voor de secretaris: voorbereiden, openen, stand, verlengen, sluiten, herroepen."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adviezen.actions import beraad as acties
from adviezen.actions import handelen, reacties
from adviezen.actions.herinner import herinner
from adviezen.enums import Stap
from adviezen.models import Achterbanberaad, Knelpunt
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu, vandaag
from publicatie.models import Publicatie
from raad.queries import organisaties_met_zetels
from termijnen.actions import verwerk
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.hulp import pad

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


def gegevens(cast, **anders):
    cast.vers()
    per_pk = {o.pk: sleutel for sleutel, o in cast.wereld.raad.organisaties.items()}
    uit = {
        "versie": cast.traject.rijversie,
        "uiterlijk_op": (vandaag() + 14 * DAG).isoformat(),
        "wie": "zetels",
        "openbaar": "ja",
        "toestemming_op": vandaag().isoformat(),
    }
    for organisatie in organisaties_met_zetels(vandaag()):
        uit[f"contact_{organisatie.pk}"] = cast.wereld.raad.coordinatoren[per_pk[organisatie.pk]].pk
    return uit | anders


def doe(client, cast, naam, **velden):
    cast.vers()
    antwoord = client.post(pad(cast, "handeling", naam=naam), {"versie": cast.traject.rijversie, **velden})
    assert antwoord.status_code == 302, antwoord.context and antwoord.context["form"].errors
    cast.vers()


def begin(wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    bouw.witte_versie(cast)
    return cast


@pytest.fixture
def open_(als, cast):
    client = als(cast.secretaris)
    assert client.post(pad(cast, "beraad"), gegevens(cast)).status_code == 302
    doe(client, cast, "start_achterbanberaad")
    return cast


def test_voorbereiden_vult_de_contacten_vooraf_en_kiest_niets_over_openbaarheid(als, cast):
    form = als(cast.secretaris).get(pad(cast, "beraad")).context["form"]
    assert form["openbaar"].value() in (None, "")
    fnv = cast.wereld.raad.organisaties["FNV"]
    assert form[f"contact_{fnv.pk}"].value() == cast.wereld.raad.coordinatoren["FNV"].pk
    zonder = gegevens(cast, openbaar="", toestemming_op="")
    assert als(cast.secretaris).post(pad(cast, "beraad"), zonder).status_code == 302
    bladzijde = als(cast.secretaris).get(pad(cast, "beraad")).content.decode()
    assert "Leg vast of de tekst openbaar wordt" in bladzijde
    assert "ligt klaar" not in bladzijde


@pytest.mark.parametrize(
    ("anders", "veld", "zin"),
    [
        ({"uiterlijk_op": vandaag().isoformat()}, "uiterlijk_op", "na vandaag"),
        ({"uiterlijk_op": "2026-02-31"}, "uiterlijk_op", "geldige datum"),
        ({"toestemming_op": (vandaag() + DAG).isoformat()}, "toestemming_op", "in de toekomst"),
        ({"toestemming_op": ""}, "toestemming_op", "Op welke dag"),
        ({"openbaar": ""}, "openbaar", "ja of nee"),
        ({"wie": "eigen"}, "__all__", "Kies de organisaties"),
        ({"versie": 9999}, "__all__", "Iemand anders"),
    ],
)
def test_een_ronde_die_niet_kan_houdt_wat_getypt_is(als, cast, anders, veld, zin):
    antwoord = als(cast.secretaris).post(pad(cast, "beraad"), gegevens(cast, toelichting="Mijn woorden.") | anders)
    assert antwoord.status_code == 422
    assert zin in " ".join(antwoord.context["form"].errors[veld])
    assert "Mijn woorden." in antwoord.content.decode()
    assert not Achterbanberaad.objects.exists()


def test_een_eigen_lijst_heeft_een_reden(als, cast):
    client, fnv = als(cast.secretaris), cast.wereld.raad.organisaties["FNV"]
    eigen = {"wie": "eigen", f"mee_{fnv.pk}": "on"}
    antwoord = client.post(pad(cast, "beraad"), gegevens(cast, **eigen))
    assert "lijst_reden" in antwoord.context["form"].errors
    assert client.post(pad(cast, "beraad"), gegevens(cast, lijst_reden="Alleen zij.", **eigen)).status_code == 302
    ronde = cast.traject.beraden.get()
    assert [d.organisatie for d in ronde.deelnames.all()] == [fnv]
    assert client.post(pad(cast, "beraad"), gegevens(cast)).status_code == 302
    assert ronde.deelnames.count() == organisaties_met_zetels(vandaag()).count()


def test_starten_toont_vooraf_wie_wat_krijgt_en_opent_dan_alles(als, cast):
    client = als(cast.secretaris)
    client.post(pad(cast, "beraad"), gegevens(cast))
    vooraf = client.get(pad(cast, "handeling", naam="start_achterbanberaad")).content.decode()
    assert cast.wereld.raad.coordinatoren["FNV"].naam in vooraf
    assert "leest de witte versie na tien minuten" in vooraf
    doe(client, cast, "start_achterbanberaad")
    ronde = cast.beraad
    assert cast.traject.stap == Stap.ACHTERBANBERAAD
    assert Termijn.objects.van(ronde).lopend().get().vervalt_op == vandaag() + 14 * DAG
    berichten = Bericht.objects.filter(feit__startswith="adviezen.start_achterbanberaad")
    assert berichten.count() == ronde.deelnames.count()
    assert all(cast.traject.titel not in b.onderwerp for b in berichten)
    assert Publicatie.objects.get(soort="ontwerpadvies").vanaf > nu() + timedelta(minutes=9)
    assert ronde.deelnames.filter(reactie__status="concept").count() == ronde.deelnames.count()
    dicht = client.get(pad(cast, "beraad")).content.decode()
    assert "is open tot en met" in dicht


def test_besloten_wordt_er_niets_openbaar(als, cast):
    client = als(cast.secretaris)
    client.post(pad(cast, "beraad"), gegevens(cast, openbaar="nee"))
    assert "de tekst niet" in client.get(pad(cast, "handeling", naam="start_achterbanberaad")).content.decode()
    doe(client, cast, "start_achterbanberaad")
    assert not Publicatie.objects.exists()


def test_herroepen_haalt_berichten_termijn_en_publicatie_terug(als, open_):
    client, ronde = als(open_.secretaris), open_.beraad
    begonnen, niet_begonnen = ronde.deelnames.all()[:2]
    reacties.bewaar_oordeel(
        reactie=begonnen.reactie, versie=None, oordeel="akkoord", toelichting="", door=begonnen.contact
    )
    doe(client, open_, "herroep_achterbanberaad", reden="Verkeerde tekst.")
    assert open_.traject.stap == Stap.CONCEPT
    assert not Bericht.objects.filter(feit__startswith="adviezen.start", status="wacht").exists()
    assert not Termijn.objects.van(ronde).lopend().exists()
    assert Publicatie.objects.get().tot == Publicatie.objects.get().vanaf
    # Wie in die minuten begon, kan niet stil uit de ronde verdwijnen.
    eigen = {"wie": "eigen", "lijst_reden": "x"} | {
        f"mee_{d.organisatie_id}": "on" for d in ronde.deelnames.all() if d != begonnen
    }
    antwoord = client.post(pad(open_, "beraad"), gegevens(open_, **eigen))
    assert "begon al aan een reactie" in antwoord.content.decode()
    # Wie niets deed, heeft alleen wat het openen klaarlegde: was zij de vergissing, dan kan zij eruit.
    zonder = eigen | {f"mee_{begonnen.organisatie_id}": "on", f"mee_{niet_begonnen.organisatie_id}": ""}
    assert client.post(pad(open_, "beraad"), gegevens(open_, **zonder)).status_code == 302
    assert niet_begonnen.organisatie not in [d.organisatie for d in ronde.deelnames.all()]
    assert client.post(pad(open_, "beraad"), gegevens(open_)).status_code == 302
    doe(client, open_, "start_achterbanberaad")
    assert open_.traject.stap == Stap.ACHTERBANBERAAD


def test_de_stand_toont_geen_tekst_van_concepten(als, open_):
    fnv, cnv = open_.deelname("FNV"), open_.deelname("CNV")
    for deelname, tekst in ((fnv, "kanarie-concept"), (cnv, "kanarie-ingediend")):
        reactie = reacties.begin_reactie(deelname=deelname, door=deelname.contact)
        reactie = reacties.bewaar_oordeel(
            reactie=reactie, versie=None, oordeel="knelpunt", toelichting=tekst, door=deelname.contact
        )
    reacties.dien_reactie_in(reactie=reactie, versie=None, door=cnv.contact)
    bladzijde = als(open_.secretaris).get(pad(open_, "reacties")).content.decode()
    assert "kanarie-ingediend" in bladzijde
    assert "kanarie-concept" not in bladzijde
    assert "1 van 6 gereed" in bladzijde


@pytest.mark.parametrize("overgang", ["herroep_achterbanberaad", "trek_terug_naar_concept", "beeindig"])
def test_wie_niet_meer_kan_reageren_wordt_daar_niet_meer_om_gevraagd(open_, overgang):
    """Ook wat ná het openen klaarkwam en nog wacht: meer tijd, een herinnering."""
    cast = open_
    vast = {"traject": cast.vers(), "versie": None, "door": cast.secretaris}
    acties.verleng_ronde(uiterlijk_op=vandaag() + 20 * DAG, reden="Vakantie.", **vast)
    herinner(deelnames=list(cast.beraad.deelnames.all()), **vast)
    wacht = Bericht.objects.filter(feit__regex=r"^adviezen\.(verleng_beraad|herinner):", status="wacht")
    assert wacht.count() == 12
    einde = {"datum": vandaag(), "door": cast.raadssecretaris} if overgang == "beeindig" else {}
    handelen.handel(overgang=overgang, reden="Verkeerde tekst.", **vast | einde)
    assert not wacht.exists()
    herinnerd = cast.beraad.deelnames.filter(herinnerd_op__isnull=False)
    assert herinnerd.exists() == (overgang != "herroep_achterbanberaad")


def test_verlengen(als, open_):
    client, adres = als(open_.secretaris), pad(open_, "verleng")
    later = (vandaag() + 30 * DAG).isoformat()
    invoer = {"versie": open_.traject.rijversie, "uiterlijk_op": later, "reden": "Vakantie."}
    assert "reden" in client.post(adres, invoer | {"reden": ""}).context["form"].errors
    eerder = client.post(adres, invoer | {"uiterlijk_op": vandaag().isoformat()})
    assert "na de huidige laatste dag" in eerder.content.decode()
    assert client.post(adres, invoer).status_code == 302
    assert client.post(adres, invoer).status_code == 422  # dubbel verstuurd: één verlenging
    assert open_.beraad.uiterlijk_op == vandaag() + 30 * DAG
    assert Termijn.objects.van(open_.beraad).lopend().get().vervalt_op == vandaag() + 30 * DAG
    assert Bericht.objects.filter(feit__startswith="adviezen.verleng_beraad").count() == 6
    with pytest.raises(GeenToegang):
        acties.verleng_ronde(
            traject=open_.traject, versie=None, uiterlijk_op=vandaag() + 60 * DAG, reden="x", door=open_.buitenstaander
        )
    with pytest.raises(InvoerFout, match="reden"):
        acties.verleng_ronde(
            traject=open_.traject, versie=None, uiterlijk_op=vandaag() + 60 * DAG, reden=" ", door=open_.secretaris
        )


def test_sluiten_heropenen_en_een_nieuwe_ronde(als, open_):
    client = als(open_.secretaris)
    assert client.post(pad(open_, "handeling", naam="sluit_achterbanberaad"), {"versie": 0}).status_code == 422
    for deelname in open_.beraad.deelnames.select_related("contact"):
        reactie = reacties.begin_reactie(deelname=deelname, door=deelname.contact)
        reacties.meld_geen_reactie(reactie=reactie, versie=None, door=deelname.contact)
    doe(client, open_, "sluit_achterbanberaad")
    assert Termijn.objects.van(open_.beraad).get().status == "voldaan"
    doe(client, open_, "herroep_sluiting", reden="Te vroeg.")
    assert Termijn.objects.van(open_.beraad).get().status == "open"
    doe(client, open_, "sluit_achterbanberaad")
    bouw.versie(open_, html=bouw.TEKST + "<p>Erbij.</p>")
    zitting = bouw.vergadering(open_.wereld, "commissie", commissie=open_.traject.commissie)
    bouw.versie(open_, "wit", html=bouw.TEKST + "<p>Erbij.</p>", vastgesteld_in=zitting)
    assert client.post(pad(open_, "beraad"), gegevens(open_)).status_code == 302
    doe(client, open_, "open_nieuw_achterbanberaad", reden="De tekst is anders.")
    assert open_.beraad.ronde == 2
    assert "Ronde 2" in client.get(pad(open_, "reacties")).content.decode()
    doe(client, open_, "trek_terug_naar_concept", reden="Toch niet.")
    assert open_.traject.stap == Stap.CONCEPT
    assert open_.beraad.sluit_reden == "Toch niet."
    with pytest.raises(InvoerFout, match="geen achterbanberaad open"):
        acties.verleng_ronde(
            traject=open_.traject, versie=None, uiterlijk_op=vandaag() + DAG, reden="x", door=open_.secretaris
        )


def test_reacties_openstellen_voor_de_hele_commissie(als, open_):
    deelname = open_.deelname("CNV")
    reactie = reacties.begin_reactie(deelname=deelname, door=deelname.contact)
    reacties.bewaar_oordeel(reactie=reactie, versie=None, oordeel="akkoord", toelichting="", door=deelname.contact)
    reacties.dien_reactie_in(reactie=reactie, versie=None, door=deelname.contact)
    ministerie = open_.wereld.raad.ministerieel.gebruiker
    model = type(reactie)
    assert not model.objects.zichtbaar_voor(ministerie).exists()
    client, adres = als(open_.secretaris), pad(open_, "openstellen", ronde=1)
    open_.vers()
    invoer = {"versie": open_.traject.rijversie, "reden": "De commissie wil samen lezen."}
    assert client.get(adres).status_code == 200
    assert client.post(adres, invoer | {"reden": " "}).status_code == 422
    assert client.post(adres, invoer).status_code == 302
    assert model.objects.zichtbaar_voor(ministerie).count() == 1
    with pytest.raises(GeenToegang):
        acties.stel_reacties_open(
            traject=open_.traject, versie=None, beraad=open_.beraad, reden="x", door=open_.buitenstaander
        )
    with pytest.raises(InvoerFout):
        acties.stel_reacties_open(
            traject=open_.traject, versie=None, beraad=open_.beraad, reden=" ", door=open_.secretaris
        )
    eerder = open_.beraad.reacties_opengesteld_op
    acties.stel_reacties_open(traject=open_.traject, versie=None, beraad=open_.beraad, reden="x", door=open_.secretaris)
    assert open_.beraad.reacties_opengesteld_op == eerder


def test_een_knelpunt_meldt_zich_meteen_en_verdwijnt_als_het_gezien_is(als, open_):
    deelname = open_.deelname("FNV")
    client = als(deelname.contact)
    adres = reverse("organisatie:knelpunt", kwargs={"pk": deelname.pk})
    assert client.post(adres, {"tekst": " "}).status_code == 422
    assert client.post(adres, {"tekst": "Een jaar is te kort."}).status_code == 302
    bericht = Bericht.objects.get(feit__startswith="adviezen.meld_knelpunt")
    assert bericht.ontvanger == open_.secretaris
    assert "te kort" not in f"{bericht.onderwerp} {bericht.tekst}"
    knelpunt = Knelpunt.objects.get()
    gezien = pad(open_, "knelpunt_gezien", pk=knelpunt.pk)
    assert "Ik heb dit gezien" in als(open_.secretaris).get(pad(open_, "reacties")).content.decode()
    assert als(open_.wereld.communicatie).post(gezien).status_code == 404
    for _ in range(2):
        assert als(open_.secretaris).post(gezien).status_code == 302
    assert "Ik heb dit gezien" not in als(open_.secretaris).get(pad(open_, "reacties")).content.decode()


def test_gevolgen_zonder_ronde_zijn_leeg(cast):
    assert handelen.gevolgen(cast.traject, "start_achterbanberaad") == []
    assert handelen.gevolgen(cast.traject, "sluit_achterbanberaad") == []


def test_wie_geen_commissiesecretaris_is_bereidt_niet_voor(cast):
    kw = {
        "traject": cast.traject, "versie": None, "contacten": {}, "openbaar": None, "toestemming_op": None,
        "uiterlijk_op": vandaag() + DAG,
    }  # fmt: skip
    with pytest.raises(GeenToegang):
        acties.bereid_voor(door=cast.tweede, **kw)
    with pytest.raises(InvoerFout, match="Leg vast wat"):
        acties.bereid_voor(door=cast.secretaris, **(kw | {"openbaar": True}))
    bouw.naar(cast, Stap.ACHTERBANBERAAD)
    with pytest.raises(InvoerFout, match="stap 3"):
        acties.bereid_voor(door=cast.secretaris, **kw)


def test_evenveel_zoekvragen_bij_een_en_bij_tien_punten(als, wereld):
    tellingen = []
    for punten in (1, 10):
        cast = bouw.traject_op(Stap.VERWERKING, wereld, punten=punten)
        client = als(cast.secretaris)
        for naam in ("reacties", "verwerking"):
            client.get(pad(cast, naam))
            with CaptureQueriesContext(connection) as gevangen:
                assert client.get(pad(cast, naam)).status_code == 200
            tellingen.append((naam, len(gevangen)))
    assert tellingen[:2] == tellingen[2:]
    assert max(n for _, n in tellingen) <= 20


def test_de_reacties_van_een_open_ronde_kosten_hoogstens_twintig_zoekvragen(als, open_):
    """Juist dan staan er knoppen, de klok en wie nog niet klaar is."""
    client = als(open_.secretaris)
    client.get(pad(open_, "reacties"))
    with CaptureQueriesContext(connection) as gevangen:
        antwoord = client.get(pad(open_, "reacties"))
    assert "nog niet klaar" in antwoord.content.decode()
    assert len(gevangen) <= 20


def test_een_waarschuwing_brengt_ieder_waar_zijn_werk_is(als, open_):
    verwerk(nu() + 14 * DAG)
    deelname = open_.deelname("FNV")
    waarschuwingen = Bericht.objects.filter(feit__startswith="termijnen.herinner")
    paden = dict(waarschuwingen.values_list("ontvanger", "pad"))
    assert paden[deelname.contact_id] == f"/organisatie/beraad/{deelname.pk}/"
    assert paden[open_.secretaris.pk] == pad(open_, "reacties")
    assert als(deelname.contact).get(paden[deelname.contact_id]).status_code == 200
    client = als(open_.secretaris)
    assert client.get(paden[open_.secretaris.pk]).status_code == 200
    termijn = Termijn.objects.get(soort="achterbanberaad", object_id=open_.beraad.pk)
    assert pad(open_, "reacties") in client.get(f"/werk/termijnen/{termijn.pk}/").content.decode()
