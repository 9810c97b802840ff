"""Wat het secretariaat over een reactie vastlegt, leest het publiek pas na tien minuten, en dan alles tegelijk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kern.fouten import InvoerFout, OvergangGeweigerd
from kern.tijd import datum_nl, vandaag
from opvolging.actions import (
    Antwoordregel,
    geef_klok_vrij,
    herroep_toezegging,
    laat_brief_vervallen,
    leg_antwoorden_vast,
    leg_toezegging_vast,
    teken_brief_af,
    trek_reactie_in,
    verstuur_brief,
    wijzig_brief,
    zet_brief_klaar,
)
from opvolging.models import Antwoord, Kabinetsreactie, Toezegging
from opvolging.queries.aanbeveling import te_beoordelen
from opvolging.queries.dossier import bewindspersonen, oude_dag
from opvolging.queries.evaluatie import kan_vanaf
from publiek.cache import BEWARING
from stukken.actions import bewaar_bytes
from termijnen.actions import herroep_verlenging, open_termijn, verleng
from tests.opvolging.hulp import PDF, advies, klok_van, leg_vast, openbaar, wacht_voorbij

pytestmark = pytest.mark.django_db
MINISTER = "minister A (voorbeeld)"


@pytest.fixture(autouse=True)
def _leeg():
    BEWARING.wis()


def pagina(client, rij):
    BEWARING.wis()
    return client.get(f"/kabinetsreacties/{rij.kenmerk}/").content.decode()


def test_een_gedeeltelijke_reactie_en_haar_antwoorden_worden_samen_openbaar(client, wereld):
    """Daartussen stond er tien minuten "nog geen antwoord" naast een brief die dat antwoord gaf."""
    rij = openbaar(
        wereld, [("Doe dit.", MINISTER), ("Doe dat.", MINISTER), ("En dit.", "sociale partners (voorbeeld)")]
    )
    een = rij.aanbevelingen.select_related("advies").order_by("nummer").first()
    brief = leg_vast(wereld, rij, gedeeltelijk=True, openbaar=False)
    antwoord = leg_antwoorden_vast(
        advies=rij, reactie=brief, regels=[Antwoordregel(een, "niet", "Dat doe ik niet.")], door=wereld.secretaris
    )[0]
    assert antwoord.openbaar_vanaf == brief.openbaar_vanaf
    voor = pagina(client, rij)
    assert "Gedeeltelijke reactie" not in voor
    assert voor.count("Nog geen antwoord") == 2  # de derde is niet aan het kabinet gericht
    assert voor.count("Niet aan het kabinet gericht") == 1
    wacht_voorbij()
    na = pagina(client, rij)
    assert "Gedeeltelijke reactie van het kabinet" in na
    assert "Dat doe ik niet." in na
    assert "Nog geen antwoord" not in na  # de brief kan het antwoord geven: dan is het nog niet beoordeeld
    assert na.count("Nog niet beoordeeld") == 1
    csv = client.get("/aanbevelingen.csv").content.decode()
    assert ("niet aan het kabinet gericht" in csv, "nog niet beoordeeld" in csv) == (True, True)


def test_wat_niet_aan_het_kabinet_gericht_is_hoeft_niemand_te_beoordelen(als, wereld):
    rij = openbaar(wereld, [("Doe dit.", MINISTER), ("En dit.", "sociale partners (voorbeeld)"), "Onbekend aan wie."])
    leg_vast(wereld, rij)
    assert [a.nummer for a in te_beoordelen()] == [1, 3]
    lijst = als(wereld.secretaris).get(reverse("opvolging:aanbevelingen"), {"toon": "alle"}).content.decode()
    assert lijst.count("niet aan het kabinet gericht") == 1


def test_wat_binnen_tien_minuten_herroepen_is_was_nooit_openbaar(als, client, wereld):
    rij = openbaar(wereld, ["Doe dit."])
    punt = rij.aanbevelingen.select_related("advies").get()
    brief = leg_vast(wereld, rij, openbaar=False)
    leg_antwoorden_vast(advies=rij, reactie=brief, regels=[Antwoordregel(punt, "niet", "Nee.")], door=wereld.secretaris)
    werk = als(wereld.secretaris)
    assert "Herroep deze reactie" in werk.get(reverse("opvolging:reactie", args=[brief.pk])).content.decode()
    klaar = werk.post(reverse("opvolging:trek_in", args=[brief.pk]), {"reden": "Hoort bij V9."}, follow=True)
    assert "herroepen voordat zij openbaar was" in klaar.content.decode()
    assert klok_van(rij).status == "open"
    wacht_voorbij()
    tekst = pagina(client, rij)
    assert "Hoort bij V9." not in tekst
    assert "Ingetrokken" not in tekst
    assert "Nee." not in tekst
    assert Antwoord.objects.exists()  # bewaard, maar niet getoond


def test_wat_al_openbaar_was_blijft_als_ingetrokken_staan(client, wereld):
    rij = openbaar(wereld)
    brief = leg_vast(wereld, rij)
    trek_reactie_in(reactie=brief, reden="Teruggenomen.", door=wereld.secretaris)
    assert "Teruggenomen." in pagina(client, rij)
    assert Kabinetsreactie.objects.get().openbaar_vanaf is not None


def test_een_toezegging_staat_na_tien_minuten_op_de_klok_en_is_tot_dan_te_herroepen(als, client, wereld):
    rij = openbaar(wereld, [("Doe dit.", MINISTER)])
    zeg = {"datum": vandaag() + timedelta(days=9), "gedaan_op": vandaag(), "door": wereld.secretaris}
    with pytest.raises(InvoerFout, match="minister"):
        leg_toezegging_vast(advies=rij, door_wie="iemand", **zeg)
    fout, goed = (leg_toezegging_vast(advies=rij, door_wie=wie, **zeg) for wie in ("minister X", MINISTER))
    werk = als(wereld.secretaris)
    assert "Herroep" in werk.get(reverse("opvolging:advies", args=[rij.kenmerk])).content.decode()
    herroep = reverse("opvolging:toezegging_herroep", args=[fout.pk])
    assert "is herroepen" in werk.post(herroep, follow=True).content.decode()
    assert "al herroepen" in werk.post(herroep, follow=True).content.decode()
    assert "Toegezegd" not in pagina(client, rij)
    wacht_voorbij()
    tekst = pagina(client, rij)
    assert f"door {MINISTER}" in tekst
    assert "minister X" not in tekst
    with pytest.raises(InvoerFout, match="openbaar sinds"):
        herroep_toezegging(toezegging=Toezegging.objects.get(pk=goed.pk), door=wereld.secretaris)
    form = werk.get(reverse("opvolging:toezegging", args=[rij.kenmerk])).content.decode()
    assert f'<option value="{MINISTER}">' in form
    assert bewindspersonen(rij) == [MINISTER]


def test_een_verlenging_zegt_dat_zij_openbaar_wordt_en_is_tien_minuten_te_herroepen(als, client, wereld):
    rij = openbaar(wereld, dagen_geleden=20)
    klok = klok_van(rij)
    eerst, later = klok.vervalt_op, klok.vervalt_op + timedelta(days=60)
    werk = als(wereld.secretaris)
    scherm = werk.get(reverse("termijnen:handeling", args=[klok.pk, "verleng"])).content.decode()
    assert "over tien minuten op de openbare klok" in scherm
    verleng(termijn=klok, vervalt_op=later, reden="Toegezegd.", door=wereld.secretaris)
    assert datum_nl(later) not in pagina(client, rij)
    assert "Herroep de verlenging" in werk.get(reverse("termijnen:termijn", args=[klok.pk])).content.decode()
    pad = reverse("termijnen:handeling", args=[klok.pk, "herroep-verlenging"])
    versie = klok_van(rij).rijversie
    assert "herroepen" in werk.post(pad, {"versie": versie, "reden": "Tikfout."}, follow=True).content.decode()
    klok = klok_van(rij)
    assert (klok.vervalt_op, "verlengd" in klok.uitleg) == (eerst, False)
    assert "Herroep de verlenging" not in werk.get(reverse("termijnen:termijn", args=[klok.pk])).content.decode()
    verleng(termijn=klok, vervalt_op=later, reden="Toegezegd.", door=wereld.secretaris)
    wacht_voorbij()
    tekst = pagina(client, rij)
    assert f"uiterlijk {datum_nl(eerst)}; de laatste dag is verzet" in tekst
    assert datum_nl(later) in tekst
    with pytest.raises(OvergangGeweigerd, match="openbaar sinds"):
        herroep_verlenging(termijn=klok_van(rij), reden="Te laat.", door=wereld.secretaris)


def test_een_andere_termijn_wordt_niet_openbaar_en_heeft_geen_herroepen(als, wereld):
    rij = openbaar(wereld, klok=False)
    termijn = open_termijn(soort="evaluatie_1", object=rij, basis=vandaag(), door=wereld.secretaris)
    werk = als(wereld.secretaris)
    assert (
        "openbare klok" not in werk.get(reverse("termijnen:handeling", args=[termijn.pk, "verleng"])).content.decode()
    )
    verleng(termijn=termijn, vervalt_op=termijn.vervalt_op + timedelta(days=9), reden="Druk.", door=wereld.secretaris)
    assert "Herroep de verlenging" not in werk.get(reverse("termijnen:termijn", args=[termijn.pk])).content.decode()
    # Zij kan pas een half jaar voor haar dag; dat staat op het scherm voor iemand het formulier invult.
    tekst = werk.get(reverse("opvolging:evaluatie", args=[rij.kenmerk]), {"na": "1"}).content.decode()
    assert f"kan vanaf {datum_nl(kan_vanaf(vandaag() - timedelta(days=10), 1))}" in tekst


def test_zonder_brief_blijft_nog_geen_antwoord_staan(client, wereld):
    rij = openbaar(wereld, dagen_geleden=200)
    geef_klok_vrij(advies=rij, vrij=True, door=wereld.algemeen_secretaris)
    assert pagina(client, rij).count("Nog geen antwoord") == 2


def test_wie_nog_geen_antwoord_heeft_staat_erbij_en_wie_het_zei_ook(als, client, wereld):
    """Bij twee ministers stond er "neemt deels over" en "niet beantwoord", zonder wie wat zei."""
    rij = openbaar(wereld, [("Doe dit.", "minister A (voorbeeld); minister B (voorbeeld)")])
    punt = rij.aanbevelingen.select_related("advies").get()
    a, b = punt.aan.order_by("naam")
    brief = leg_vast(wereld, rij)

    def zegt(wie, oordeel, citaat=""):
        regel = Antwoordregel(punt, oordeel, citaat, geadresseerde=wie)
        leg_antwoorden_vast(advies=rij, reactie=brief, regels=[regel], door=wereld.secretaris)

    zegt(a, "deels", "Een beetje.")
    werk = als(wereld.secretaris).get(reverse("opvolging:advies", args=[rij.kenmerk])).content.decode()
    assert "minister B (voorbeeld): nog niet beoordeeld" in werk
    zegt(b, "niet_beantwoord")
    wacht_voorbij()
    assert "telt bij ieder van hen mee" in pagina(client, rij)


@pytest.mark.parametrize("post", ["minister@voorbeeld.test", ""])
def test_een_brief_zegt_wanneer_hij_uitgaat_en_is_op_zijn_bladzijde_te_herroepen(als, wereld, post):
    rij = openbaar(wereld, dagen_geleden=200)
    brief = zet_brief_klaar(advies=rij, door=wereld.secretaris)
    brief = wijzig_brief(
        brief=brief, versie=None, aan=brief.aan, onderwerp=brief.onderwerp, tekst=brief.tekst, email=post,
        door=wereld.secretaris,
    )  # fmt: skip
    brief = teken_brief_af(brief=brief, versie=None, door=wereld.algemeen_secretaris)
    pdf = bewaar_bytes(inhoud=PDF, naam="b.pdf", soort="pdf", door=wereld.secretaris)
    brief = verstuur_brief(brief=brief, versie=None, door=wereld.secretaris, pdf=pdf)
    werk, pad = als(wereld.secretaris), reverse("opvolging:brief", args=[brief.pk])
    tekst = werk.get(pad).content.decode()
    assert "Herroep het versturen" in tekst
    assert ("gaat uit op" in tekst, "verstuurd op" in tekst) == (bool(post), not post)
    assert f"{wereld.algemeen_secretaris.naam}<br>Algemeen secretaris" in tekst
    herroep = reverse("opvolging:brief_herroep", args=[brief.pk])
    zonder = werk.post(herroep, follow=True).content.decode()
    assert "Een ander wijzigde deze brief intussen" in zonder, "wie niet zegt welke brief hij zag, herroept er geen"
    klaar = werk.post(herroep, {"versie": brief.rijversie}, follow=True).content.decode()
    assert "weer een afgetekend concept" in klaar
    brief.refresh_from_db()
    assert (brief.is_concept, brief.afgetekend_op is not None) == (True, True)
    assert "kan niet meer" in werk.post(herroep, {"versie": brief.rijversie}, follow=True).content.decode()


def test_een_brief_noemt_na_een_verlenging_niet_de_oude_dag_als_afspraak(als, wereld):
    rij = advies(wereld, 20)
    eerst = klok_van(rij).vervalt_op
    oud = zet_brief_klaar(advies=rij, door=wereld.secretaris)
    verleng(termijn=klok_van(rij), vervalt_op=eerst + timedelta(days=60), reden="Toegezegd.", door=wereld.secretaris)
    werk = als(wereld.secretaris).get(reverse("opvolging:brief", args=[oud.pk])).content.decode()
    assert f"In de brief staat {datum_nl(eerst, weekdag=False)}. De termijn loopt nu tot en met" in werk
    laat_brief_vervallen(brief=oud, versie=None, door=wereld.secretaris)
    nieuw = zet_brief_klaar(advies=rij, door=wereld.secretaris)
    assert f"uiterlijk {datum_nl(eerst, weekdag=False)}; die dag is verzet naar" in nieuw.tekst
    herroep_verlenging(termijn=klok_van(rij), reden="Tikfout.", door=wereld.secretaris)
    assert oude_dag(nieuw).startswith(f"In de brief staat {datum_nl(eerst + timedelta(days=60), weekdag=False)}.")
