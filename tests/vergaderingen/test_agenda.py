"""Agenda, stuknummers, besluiten en verslag."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kern.fouten import InvoerFout, OvergangGeweigerd, VerouderdeVersie
from kern.tijd import nu, vandaag
from logboek.queries import geschiedenis
from publicatie.models import Publicatie
from tests.vergaderingen.conftest import Wereld, maak_commissie
from vergaderingen import actions
from vergaderingen.concept import conceptverslag
from vergaderingen.enums import Besluitsoort, Orgaan, Puntsoort, Uitkomst
from vergaderingen.models import Agendapunt, Besluit, Stuknummerreeks, Vergadering
from vergaderingen.stemming import Telling

OVER = timedelta(days=30)


def test_een_punt_na_de_oproeping_draagt_dat_merk(wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER)
    voor = wereld.punt(rij, "Voor")
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    na = wereld.punt(rij, "Na")
    assert (voor.na_oproeping, na.na_oproeping, na.volgorde) == (False, True, 2)


@pytest.mark.parametrize(("onderwerp", "tekst"), [("  ", "Geef het onderwerp"), ("advies", "staat al op de agenda")])
def test_leeg_of_dubbel_onderwerp(wereld: Wereld, onderwerp: str, tekst: str) -> None:
    rij = wereld.plan()
    wereld.punt(rij, "Advies")
    with pytest.raises(InvoerFout, match=tekst) as fout:
        wereld.punt(rij, onderwerp)
    assert fout.value.veld == "onderwerp"


def test_de_agenda_ligt_vast_na_sluiting(wereld: Wereld) -> None:
    rij = wereld.gesloten()
    punt = rij.agendapunten.get()
    with pytest.raises(OvergangGeweigerd, match="agenda ligt vast"):
        wereld.punt(rij, "Te laat")
    with pytest.raises(OvergangGeweigerd, match="agenda ligt vast"):
        actions.herschik(vergadering=rij, volgorde=[punt.pk], door=wereld.door)
    with pytest.raises(OvergangGeweigerd, match="agenda ligt vast"):
        actions.haal_van_agenda(agendapunt=punt, reden="Weg", door=wereld.door)
    with pytest.raises(OvergangGeweigerd, match="agenda ligt vast"):
        actions.geef_stuknummer(agendapunt=punt, door=wereld.door)


def test_wijzigen_met_versie_en_van_de_agenda_halen(wereld: Wereld) -> None:
    rij = wereld.plan()
    punt = wereld.punt(rij)
    argumenten = {"agendapunt": punt, "versie": punt.rijversie, "door": wereld.door, "soort": Puntsoort.ADVIES}
    nieuw = actions.wijzig_agendapunt(onderwerp="Beter", **argumenten)
    assert (nieuw.onderwerp, nieuw.rijversie) == ("Beter", 1)
    with pytest.raises(VerouderdeVersie):
        actions.wijzig_agendapunt(onderwerp="Nog beter", **argumenten)
    with pytest.raises(InvoerFout, match="onderwerp"):
        actions.wijzig_agendapunt(onderwerp=" ", **(argumenten | {"versie": None}))
    with pytest.raises(InvoerFout, match="reden"):
        actions.haal_van_agenda(agendapunt=punt, reden="", door=wereld.door)
    weg = actions.haal_van_agenda(agendapunt=punt, reden="Ingetrokken", door=wereld.door)
    assert (weg.vervallen, weg.nummerbaar) == (True, False)
    assert Agendapunt.objects.count() == 1  # niets wordt verwijderd


def test_herschikken_laat_stuknummers_bij_hun_punt(wereld: Wereld) -> None:
    rij = wereld.plan()
    punten = [wereld.punt(rij, f"Punt {n}") for n in range(1, 5)]
    for punt in punten:
        actions.geef_stuknummer(agendapunt=punt, door=wereld.door)
    actions.herschik(vergadering=rij, volgorde=[p.pk for p in reversed(punten)], door=wereld.door)
    nu_ = list(rij.agendapunten.order_by("volgorde").values_list("onderwerp", "stuknummer"))
    reeks = rij.reeks
    assert nu_ == [(f"Punt {n}", f"{reeks}/{n}") for n in (4, 3, 2, 1)]
    aantal = geschiedenis(rij).count()
    actions.herschik(vergadering=rij, volgorde=[p.pk for p in reversed(punten)], door=wereld.door)
    assert geschiedenis(rij).count() == aantal
    for fout in ([punten[0].pk], [punten[0].pk] * 4, [p.pk for p in punten] + [0]):
        with pytest.raises(VerouderdeVersie):
            actions.herschik(vergadering=rij, volgorde=fout, door=wereld.door)


def test_regel_45_nummers_lopen_op_uit_een_reeks_los_van_de_agenda(wereld: Wereld) -> None:
    eerste, tweede = wereld.plan(vandaag() + OVER), wereld.plan(vandaag() + OVER * 2)
    a, b, c = wereld.punt(eerste, "A"), wereld.punt(eerste, "B"), wereld.punt(tweede, "C")
    reeks = eerste.reeks
    gegeven = [
        actions.geef_stuknummer(agendapunt=p, nummer=n, door=wereld.door).stuknummer
        for p, n in ((b, "3030"), (c, ""), (a, f"{reeks.lower()}/3040"))
    ]
    assert gegeven == [f"{reeks}/3030", f"{reeks}/3031", f"{reeks}/3040"]
    assert actions.geef_stuknummer(agendapunt=b, door=wereld.door).stuknummer == f"{reeks}/3030"  # dubbel verzonden
    assert actions.geef_stuknummer(agendapunt=b, nummer="3030", door=wereld.door).rijversie == 1


@pytest.mark.parametrize(
    ("nummer", "tekst"),
    [
        ("10", "al gebruikt"),
        ("9", "een nieuw nummer is hoger"),
        ("tien", "Schrijf het nummer"),
        ("XR/11", "Schrijf"),
        ("0", "Schrijf"),
    ],
)
def test_regel_45_een_gebruikt_te_laag_of_onleesbaar_nummer(wereld: Wereld, nummer: str, tekst: str) -> None:
    rij = wereld.plan()
    actions.geef_stuknummer(agendapunt=wereld.punt(rij, "Eerste"), nummer="10", door=wereld.door)
    with pytest.raises(InvoerFout, match=tekst) as fout:
        actions.geef_stuknummer(agendapunt=wereld.punt(rij, "Tweede"), nummer=nummer, door=wereld.door)
    assert fout.value.veld == "nummer"


def test_een_nummer_verbeteren_met_reden_houdt_het_oude_zichtbaar(wereld: Wereld) -> None:
    rij = wereld.plan()
    punt, ander = wereld.punt(rij, "Eerste"), wereld.punt(rij, "Tweede")
    with pytest.raises(OvergangGeweigerd, match="nog geen nummer"):
        actions.corrigeer_stuknummer(agendapunt=punt, nummer="5", reden="x", door=wereld.door)
    actions.geef_stuknummer(agendapunt=punt, nummer="10", door=wereld.door)
    actions.geef_stuknummer(agendapunt=ander, nummer="20", door=wereld.door)
    with pytest.raises(InvoerFout, match="heeft al nummer"):
        actions.geef_stuknummer(agendapunt=punt, nummer="21", door=wereld.door)
    for nummer, reden, veld in (("15", " ", "reden"), ("20", "Fout", "nummer")):
        with pytest.raises(InvoerFout) as fout:
            actions.corrigeer_stuknummer(agendapunt=punt, nummer=nummer, reden=reden, door=wereld.door)
        assert fout.value.veld == veld
    beter = actions.corrigeer_stuknummer(agendapunt=punt, nummer="15", reden="Verteld", door=wereld.door)
    assert beter.stuknummer == f"{rij.reeks}/15"
    assert actions.corrigeer_stuknummer(agendapunt=punt, nummer="15", reden="x", door=wereld.door).rijversie == 2
    spoor = geschiedenis(rij).get(soort="vergaderingen.corrigeer_stuknummer")
    assert (spoor.gegevens["oud"], spoor.reden) == (f"{rij.reeks}/10", "Verteld")
    assert Stuknummerreeks.objects.get(reeks=rij.reeks).laatste == 20


def test_alleen_de_raad_nummert_en_elke_wereld_heeft_haar_reeks(wereld: Wereld) -> None:
    bestuur = wereld.plan(orgaan=Orgaan.DAGELIJKS_BESTUUR)
    punt = wereld.punt(bestuur)
    with pytest.raises(InvoerFout, match="Alleen stukken van de raad"):
        actions.geef_stuknummer(agendapunt=punt, door=wereld.door)
    with pytest.raises(InvoerFout, match="Alleen stukken van de raad"):
        actions.corrigeer_stuknummer(agendapunt=punt, nummer="1", reden="x", door=wereld.door)
    for voorbeeld, nummer in ((True, "R/1"), (False, "VR/1"), (False, "R/01"), (False, "los")):
        with pytest.raises(IntegrityError, match="eigen_reeks"), transaction.atomic():
            Agendapunt.objects.filter(pk=punt.pk).update(voorbeeld=voorbeeld, stuknummer=nummer)


def test_wat_er_bij_een_punt_staat_herhaalt_het_onderwerp_niet() -> None:
    def punt(onderwerp: str, soort: str, **velden: str) -> Agendapunt:
        return Agendapunt(onderwerp=onderwerp, soort=soort, **velden)

    water = punt("Ontwerpadvies over water", Puntsoort.ADVIES, toelichting="Tweede lezing")
    assert (str(water), water.bijschrift) == ("Ontwerpadvies over water", "Tweede lezing")
    assert punt("Water", Puntsoort.ADVIES, vervallen_reden="Ingetrokken").bijschrift == "Ontwerpadvies · Ingetrokken"
    assert punt("Water", Puntsoort.OVERIG).bijschrift == ""
    zonder = {soort for soort in Puntsoort if not punt("Water", soort).nummerbaar}
    assert zonder == {Puntsoort.OPENING, Puntsoort.RONDVRAAG}
    assert (str(Stuknummerreeks(reeks="R", laatste=7)), str(Besluit(tekst="Akkoord."))) == ("R/7", "Akkoord.")
    assert (Besluit(voor=0, tegen=0, blanco=9).gestemd, Besluit().gestemd) == (True, False)


def test_regel_45_de_reeks_daalt_ook_met_rauwe_sql_niet(db: None) -> None:
    Stuknummerreeks.objects.create(reeks="R", laatste=10)
    for daad in (
        lambda: Stuknummerreeks.objects.update(laatste=9),
        lambda: Stuknummerreeks.objects.all().delete(),
        lambda: Stuknummerreeks.objects.create(reeks="X"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            daad()


def test_regel_28_zonder_stemming_is_het_voorstel_aangenomen(wereld: Wereld) -> None:
    rij = wereld.geopend()
    punt = rij.agendapunten.get()
    besluit = actions.leg_besluit_vast(agendapunt=punt, tekst="Akkoord.", door=wereld.door)
    assert (besluit.uitkomst, besluit.gestemd, besluit.genomen_op) == (Uitkomst.AANGENOMEN, False, rij.datum)
    assert actions.leg_besluit_vast(agendapunt=punt, tekst="Akkoord.", door=wereld.door) == besluit
    punt.refresh_from_db()
    assert punt.uitkomst == "Akkoord."


def test_regels_29_en_30_de_uitkomst_volgt_uit_de_telling(wereld: Wereld) -> None:
    rij = wereld.geopend()
    punt = rij.agendapunten.get()

    def leg_vast(telling: Telling, **velden: str) -> str:
        return actions.leg_besluit_vast(
            agendapunt=punt, tekst=f"{telling}", telling=telling, door=wereld.door, **velden
        ).uitkomst

    assert leg_vast(Telling(6, 4)) == Uitkomst.AANGENOMEN
    assert leg_vast(Telling(6, 4), soort=Besluitsoort.VERORDENING) == Uitkomst.VERWORPEN
    assert leg_vast(Telling(5, 0, 5)) == Uitkomst.NIETIG
    with pytest.raises(InvoerFout, match="is de uitkomst: aangenomen"):
        leg_vast(Telling(7, 3), uitkomst=Uitkomst.VERWORPEN)
    with pytest.raises(InvoerFout, match="Er zijn er 10"):
        leg_vast(Telling(8, 3))


def test_regel_32_over_personen_alleen_aantallen(wereld: Wereld) -> None:
    rij = wereld.geopend()
    besluit = actions.leg_besluit_vast(
        agendapunt=rij.agendapunten.get(), tekst="Benoemd.", soort=Besluitsoort.PERSONEN, telling=Telling(7, 2, 1),
        door=wereld.door,
    )  # fmt: skip
    assert (besluit.voor, besluit.tegen, besluit.blanco) == (7, 2, 1)
    velden = {v.name for v in type(besluit)._meta.get_fields()}
    assert not velden & {"persoon", "zetel", "stemmen"}


def test_een_commissie_telt_haar_eigen_leden(wereld: Wereld) -> None:
    rij = wereld.geopend(orgaan=Orgaan.COMMISSIE, commissie=maak_commissie(wereld))
    besluit = actions.leg_besluit_vast(
        agendapunt=rij.agendapunten.get(), tekst="Witte versie vastgesteld.", telling=Telling(2, 1), door=wereld.door
    )
    assert besluit.uitkomst == Uitkomst.AANGENOMEN


def test_een_besluit_op_een_andere_dag_leeg_of_voor_de_opening(wereld: Wereld) -> None:
    punt = wereld.opgeroepen(orgaan=Orgaan.KROONLEDENOVERLEG).agendapunten.get()
    with pytest.raises(OvergangGeweigerd, match="is geopend"):
        actions.leg_besluit_vast(agendapunt=punt, tekst="Te vroeg.", door=wereld.door)
    punt = wereld.geopend().agendapunten.get()
    with pytest.raises(InvoerFout) as fout:
        actions.leg_besluit_vast(agendapunt=punt, tekst=" ", door=wereld.door)
    assert fout.value.veld == "tekst"
    with pytest.raises(InvoerFout, match="op de vergaderdag"):
        actions.leg_besluit_vast(agendapunt=punt, tekst="X", genomen_op=vandaag() - timedelta(days=1), door=wereld.door)


def test_een_besluit_verbeteren_houdt_de_oude_tekst(wereld: Wereld) -> None:
    punt = wereld.gesloten().agendapunten.get()
    besluit = actions.leg_besluit_vast(agendapunt=punt, tekst="Akoord.", door=wereld.door)
    for velden, veld in (({"reden": ""}, "reden"), ({"tekst": " "}, "tekst")):
        argumenten = {"tekst": "Akkoord.", "uitkomst": Uitkomst.AANGENOMEN, "reden": "Tikfout"} | velden
        with pytest.raises(InvoerFout) as fout:
            actions.corrigeer_besluit(besluit=besluit, door=wereld.door, **argumenten)
        assert fout.value.veld == veld
    beter = actions.corrigeer_besluit(
        besluit=besluit, tekst="Akkoord.", uitkomst=Uitkomst.AANGEHOUDEN, reden="Tikfout", door=wereld.door
    )
    punt.refresh_from_db()
    assert (beter.uitkomst, punt.uitkomst) == (Uitkomst.AANGEHOUDEN, "Aangehouden: Akkoord.")
    assert geschiedenis(punt.vergadering).last().gegevens["oud"]["tekst"] == "Akoord."
    gestemd = actions.leg_besluit_vast(agendapunt=punt, tekst="Gestemd.", telling=Telling(9, 1), door=wereld.door)
    with pytest.raises(InvoerFout, match="volgt hier uit de telling"):
        actions.corrigeer_besluit(besluit=gestemd, tekst="X", uitkomst=Uitkomst.VERWORPEN, reden="x", door=wereld.door)


def test_een_voorstel_dat_het_niet_haalde_leest_op_de_agenda_niet_als_besluit(wereld: Wereld) -> None:
    """De openbare agenda toonde alleen de tekst van het laatste voorstel."""
    punt = wereld.geopend().agendapunten.get()
    for tekst, telling in (("Wij doen dit.", Telling(4, 6)), ("Wij doen dat.", Telling(6, 3, 1))):
        actions.leg_besluit_vast(agendapunt=punt, tekst=tekst, telling=telling, door=wereld.door)
    besluit = actions.leg_besluit_vast(
        agendapunt=punt, tekst="A wordt benoemd.", soort=Besluitsoort.PERSONEN, telling=Telling(3, 7), door=wereld.door
    )
    actions.leg_besluit_vast(agendapunt=punt, tekst="Akkoord.", door=wereld.door)
    punt.refresh_from_db()
    assert punt.uitkomst == (
        "Verworpen (4 voor, 6 tegen): Wij doen dit.; Aangenomen (6 voor, 3 tegen, 1 blanco): Wij doen dat.; "
        f"{Uitkomst(besluit.uitkomst).label.capitalize()}: A wordt benoemd.; Akkoord."
    )


def test_meer_stemmen_dan_leden_op_de_lijst_kan_niet(wereld: Wereld) -> None:
    """Ook niet als er meer leden zijn: wie niet tekende, stemde niet."""
    rij = wereld.geopend()
    punt, lijst = rij.agendapunten.get(), rij.presenties.filter(zetel__isnull=False)
    lijst.filter(pk=lijst.last().pk).delete()
    with pytest.raises(InvoerFout, match="dan leden op de presentielijst. Daar staan er 9") as fout:
        actions.leg_besluit_vast(agendapunt=punt, tekst="X", telling=Telling(6, 4), door=wereld.door)
    assert fout.value.veld == "voor"


def test_na_het_verslag_komt_er_geen_besluit_meer_bij(wereld: Wereld) -> None:
    rij = wereld.gesloten(vandaag() - timedelta(days=30))
    punt = rij.agendapunten.get()
    actions.leg_besluit_vast(agendapunt=punt, tekst="Eerst vergeten.", door=wereld.door)
    verslag = actions.schrijf_verslag(html="<p>Ja</p>", openbaar_html="<p>Ja</p>", vergadering=rij, door=wereld.door)
    actions.stel_verslag_vast(verslag=verslag, versie=None, vastgesteld_in=wereld.geopend(), door=wereld.door)
    with pytest.raises(OvergangGeweigerd, match="Het verslag is vastgesteld"):
        actions.leg_besluit_vast(agendapunt=punt, tekst="Achteraf bedacht.", door=wereld.door)
    assert punt.besluiten.count() == 1


def test_de_opzet_van_het_verslag_laat_vertrouwelijke_punten_uit_de_openbare_tekst(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    geheim = wereld.punt(rij, "Geheim <punt>", vertrouwelijk=True)
    actions.teken_presentie(vergadering=rij, persoon=wereld.plv["K2"], voor=wereld.leden["K1"], door=wereld.door)
    for groep in ("ondernemers", "werknemers"):
        actions.teken_geleding(vergadering=rij, geleding=groep, door=wereld.door)
    rij = actions.open_vergadering(vergadering=rij, versie=None, door=wereld.door)
    actions.leg_besluit_vast(agendapunt=geheim, tekst="Geheim besluit.", door=wereld.door)
    rij = actions.sluit_vergadering(vergadering=rij, versie=None, door=wereld.door)
    heel, openbaar = conceptverslag(rij)
    assert "Plv K2 (voor Lid K1)" in heel
    assert "Geheim &lt;punt&gt;" in heel
    assert "Geheim besluit." in heel
    assert "Geheim" not in openbaar
    assert "sluit de vergadering om" in openbaar
    besloten = wereld.geopend(orgaan=Orgaan.DAGELIJKS_BESTUUR)
    assert conceptverslag(besloten)[1] == ""


def test_verslag_schoonmaken_versie_en_publicatie(wereld: Wereld) -> None:
    rij = wereld.gesloten(vandaag() - timedelta(days=30))
    argumenten = {"vergadering": rij, "door": wereld.door}
    verslag = actions.schrijf_verslag(
        html="<p>Ja</p><script>x()</script>", openbaar_html="<p>Openbaar</p>", **argumenten
    )
    assert "script" not in verslag.html
    zelfde = actions.schrijf_verslag(
        html="<p>Ja</p>", openbaar_html="<p>Openbaar</p>", versie=verslag.rijversie, **argumenten
    )
    assert zelfde.rijversie == verslag.rijversie
    with pytest.raises(VerouderdeVersie):
        actions.schrijf_verslag(html="<p>B</p>", openbaar_html="", versie=0, **argumenten)
    later = wereld.geopend()
    actions.stel_verslag_vast(verslag=verslag, versie=None, vastgesteld_in=later, door=wereld.door)
    publicatie = Publicatie.objects.get(sleutel=f"verslag:{rij.pk}")
    assert publicatie.vanaf > nu()
    assert "Openbaar" in publicatie.html
    assert "Ja" not in publicatie.html


def test_een_openbaar_verslag_zonder_openbare_tekst_kan_niet(wereld: Wereld) -> None:
    rij = wereld.gesloten(vandaag() - timedelta(days=30))
    verslag = actions.schrijf_verslag(vergadering=rij, html="<p>Tekst</p>", openbaar_html="", door=wereld.door)
    with pytest.raises(OvergangGeweigerd, match="openbare tekst"):
        actions.stel_verslag_vast(verslag=verslag, versie=None, vastgesteld_in=wereld.geopend(), door=wereld.door)


def test_een_leeg_verslag_of_voor_de_opening_kan_niet(wereld: Wereld) -> None:
    with pytest.raises(OvergangGeweigerd, match="is geopend"):
        actions.schrijf_verslag(vergadering=wereld.plan(), html="x", openbaar_html="", door=wereld.door)
    rij = wereld.gesloten(vandaag() - timedelta(days=30), orgaan=Orgaan.DAGELIJKS_BESTUUR)
    leeg = actions.schrijf_verslag(vergadering=rij, html=" ", openbaar_html="x", door=wereld.door)
    assert leeg.openbaar_html == ""
    later = wereld.geopend(orgaan=Orgaan.DAGELIJKS_BESTUUR)
    with pytest.raises(OvergangGeweigerd, match="nog leeg"):
        actions.stel_verslag_vast(verslag=leeg, versie=None, vastgesteld_in=later, door=wereld.door)
    actions.schrijf_verslag(vergadering=rij, html="<p>Tekst</p>", openbaar_html="", door=wereld.door)
    actions.stel_verslag_vast(verslag=leeg, versie=None, vastgesteld_in=later, door=wereld.door)
    assert not Publicatie.objects.filter(soort="verslag").exists()
    with pytest.raises(InvoerFout, match="Kies de vergadering"):
        actions.stel_verslag_vast(verslag=leeg, versie=None, vastgesteld_in=Vergadering(), door=wereld.door)
