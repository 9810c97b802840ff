"""Hoofdelijke stemming, briefjes, onthouding en peiling (Wet op de SER art. 22-27; regels 19, 27-33)."""

from datetime import timedelta
from typing import Any

import pytest

from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie
from kern.tijd import vandaag
from logboek.models import Gebeurtenis
from tests.vergaderingen.conftest import Wereld
from vergaderingen import actions, policies, stemlijst
from vergaderingen.enums import Besluitsoort, Rondesoort, Uitkomst
from vergaderingen.models import Agendapunt, Stem, Stembriefje, Stemronde
from vergaderingen.queries import stemmen_bij
from vergaderingen.stemming import Telling

pytestmark = pytest.mark.django_db


def open_(wereld: Wereld, punt: Agendapunt, **velden: Any) -> Stemronde:
    velden = {"soort": Rondesoort.HOOFDELIJK, "vraag": "Het voorstel"} | velden
    return actions.open_stemronde(agendapunt=punt, door=wereld.door, **velden)


def stem(wereld: Wereld, ronde: Stemronde, keuze: str, *sleutels: str, eerder: str = "") -> None:
    for sleutel in sleutels:
        actions.leg_stem_vast(
            ronde=ronde, zetel=wereld.zetels[sleutel].pk, keuze=keuze, eerder=eerder, door=wereld.door
        )


def sluit(wereld: Wereld, ronde: Stemronde, **velden: Any) -> Stemronde:
    return actions.sluit_stemronde(ronde=ronde, door=wereld.door, **velden)


def test_regel_29_hoofdelijke_stemming_wordt_een_besluit_met_de_uitkomst_van_de_wet(wereld: Wereld) -> None:
    ronde = open_(wereld, wereld.geopend().agendapunten.get())
    assert actions.leg_geleding_vast(ronde=ronde, geleding="ondernemers", keuze="voor", door=wereld.door) == 3
    stem(wereld, ronde, "tegen", "W1", "W2")
    assert actions.leg_geleding_vast(ronde=ronde, geleding="werknemers", keuze="voor", door=wereld.door) == 1
    actions.leg_geleding_vast(ronde=ronde, geleding="kroonleden", keuze="blanco", door=wereld.door)
    klaar = sluit(wereld, ronde, besluit="De raad stelt vast.")
    assert klaar.besluit is not None
    assert (klaar.besluit.uitkomst, klaar.besluit.voor, klaar.besluit.tegen, klaar.besluit.blanco) == (
        Uitkomst.AANGENOMEN, 4, 2, 4,
    )  # fmt: skip
    assert klaar.besluit.tekst == "De raad stelt vast."
    assert stemlijst.telling(klaar) == Telling(4, 2, 4), "de uitslag is altijd uit de stemmen zelf te herrekenen"
    assert Stem.objects.get(zetel=wereld.zetels["W1"]).keuze == "tegen"


def test_regel_29_een_verordening_vraagt_twee_derde(wereld: Wereld) -> None:
    ronde = open_(wereld, wereld.geopend().agendapunten.get(), over=Besluitsoort.VERORDENING)
    stem(wereld, ronde, "tegen", "W1", "W2", "W3", "K1")
    for geleding in ("ondernemers", "kroonleden"):
        actions.leg_geleding_vast(ronde=ronde, geleding=geleding, keuze="voor", door=wereld.door)
    assert sluit(wereld, ronde).besluit.uitkomst == Uitkomst.VERWORPEN  # zes van tien is geen twee derde


def test_regel_28_zonder_stemming_geldt_het_voorstel_als_aangenomen(wereld: Wereld) -> None:
    punt = wereld.geopend().agendapunten.get()
    besluit = actions.leg_besluit_vast(agendapunt=punt, tekst="Akkoord.", door=wereld.door)
    assert (besluit.uitkomst, besluit.gestemd) == (Uitkomst.AANGENOMEN, False)


def test_regel_27_het_quorum_geldt_ook_bij_elk_besluit_en_elke_stemming(wereld: Wereld) -> None:
    rij = wereld.geopend()
    punt = rij.agendapunten.get()
    for sleutel in ("O1", "O2", "O3", "W1", "W2"):
        actions.teken_presentie(vergadering=rij, persoon=wereld.leden[sleutel], aanwezig=False, door=wereld.door)
    with pytest.raises(OvergangGeweigerd, match="geen quorum meer: 5 van de 10 leden, 6 zijn nodig"):
        open_(wereld, punt)
    with pytest.raises(OvergangGeweigerd, match="geen quorum meer"):
        actions.leg_besluit_vast(agendapunt=punt, tekst="Akkoord.", door=wereld.door)
    assert open_(wereld, punt, soort=Rondesoort.PEILING), "een peiling bindt niet"


def test_regel_33_wie_zich_onthoudt_telt_noch_in_teller_noch_in_noemer(wereld: Wereld) -> None:
    rij = wereld.geopend()
    punt = rij.agendapunten.get()
    for sleutel in ("O1", "O2", "O3", "W1"):
        actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels[sleutel], door=wereld.door)
    assert policies.stemgerechtigd(punt) == 6
    assert len(stemmen_bij(rij, punt)) == 6
    assert len(stemmen_bij(rij)) == 10, "alleen bij dit punt"
    ronde = open_(wereld, punt)
    with pytest.raises(InvoerFout, match="geen stem"):
        stem(wereld, ronde, "voor", "O1")
    stem(wereld, ronde, "voor", "W2", "W3")
    stem(wereld, ronde, "tegen", "K1", "K2")
    klaar = sluit(wereld, ronde, onvolledig=True)
    assert klaar.besluit.uitkomst == Uitkomst.AANGEHOUDEN, "vier van zes namen deel: geldig, en de stemmen staken"


def test_een_onthouding_kan_worden_teruggenomen_maar_niet_na_een_stem(wereld: Wereld) -> None:
    punt = wereld.geopend().agendapunten.get()
    onthouding = actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O1"], reden="Neef", door=wereld.door)
    dubbel = actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O1"], door=wereld.door)
    assert dubbel.pk == onthouding.pk
    actions.neem_onthouding_terug(onthouding=onthouding, door=wereld.door)
    assert not punt.onthoudingen.exists()
    stem(wereld, open_(wereld, punt), "voor", "O1")
    with pytest.raises(InvoerFout, match="al een stem"):
        actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O1"], door=wereld.door)


def test_na_een_stemming_ligt_vast_wie_zich_onthield(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    punt = wereld.geopend().agendapunten.get()
    onthouding = actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O1"], door=wereld.door)
    peiling = open_(wereld, punt, soort=Rondesoort.PEILING)
    actions.antwoord_peiling(ronde=peiling, keuze="voor", door=wereld.leden["O2"].gebruiker)
    sluit(wereld, peiling, onvolledig=True)
    ronde = open_(wereld, punt)
    stem(wereld, ronde, "voor", "O3", "W1", "W2", "W3", "K1", "K2")
    actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O2"], door=wereld.door)  # een peiling bindt niet
    sluit(wereld, ronde, onvolledig=True)
    with pytest.raises(InvoerFout, match="al een stem"):
        actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["W1"], door=wereld.door)
    with pytest.raises(OvergangGeweigerd, match="hoort bij die stemming"):
        actions.neem_onthouding_terug(onthouding=onthouding, door=wereld.door)
    assert {o.zetel for o in punt.onthoudingen.all()} == {wereld.zetels["O1"], wereld.zetels["O2"]}


def test_een_gestaakte_stemming_houdt_geen_onthouding_vast(wereld: Wereld) -> None:
    punt = wereld.geopend().agendapunten.get()
    onthouding = actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O1"], door=wereld.door)
    ronde = open_(wereld, punt)
    stem(wereld, ronde, "voor", "W1")
    actions.trek_stemronde_in(ronde=ronde, reden="Voorstel ingetrokken", door=wereld.door)
    actions.neem_onthouding_terug(onthouding=onthouding, door=wereld.door)
    actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["W1"], door=wereld.door)
    assert [o.zetel for o in punt.onthoudingen.all()] == [wereld.zetels["W1"]]


def test_regel_30_te_weinig_deelnemers_is_nietig_en_de_herstemming_geldt(wereld: Wereld) -> None:
    eerder = wereld.geopend(vandaag() - timedelta(days=30))
    ronde = open_(wereld, eerder.agendapunten.get())
    stem(wereld, ronde, "voor", "O1", "O2", "O3", "W1", "W2")
    with pytest.raises(InvoerFout, match="Nog geen stem vastgelegd van: .*Lid W3"):
        sluit(wereld, ronde)
    nietig = sluit(wereld, ronde, onvolledig=True)
    assert nietig.besluit.uitkomst == Uitkomst.NIETIG, "vijf van tien is niet meer dan de helft"
    actions.sluit_vergadering(vergadering=eerder, versie=None, door=wereld.door)
    punt = wereld.geopend().agendapunten.get()
    assert stemlijst.te_herstemmen(punt) == [nietig]
    opnieuw = open_(wereld, punt, vorige=nietig)
    assert stemlijst.te_herstemmen(punt) == [], "loopt al"
    stem(wereld, opnieuw, "voor", "O1", "O2")
    assert sluit(wereld, opnieuw, onvolledig=True).besluit.uitkomst == Uitkomst.AANGENOMEN


def test_regel_30_na_twee_mislukte_oproepingen_geldt_elke_stemming(wereld: Wereld) -> None:
    eerste = wereld.opgeroepen(vandaag() - timedelta(days=40))
    tweede = actions.stel_ontbreken_quorum_vast(
        vergadering=eerste, versie=None, nieuwe_datum=vandaag() - timedelta(days=20), door=wereld.door
    )
    dag = vandaag() - timedelta(days=35)
    tweede = actions.roep_op(vergadering=tweede, versie=None, opgeroepen_op=dag, door=wereld.door)
    derde = actions.stel_ontbreken_quorum_vast(
        vergadering=tweede, versie=None, nieuwe_datum=vandaag(), door=wereld.door
    )
    derde = actions.roep_op(
        vergadering=derde, versie=None, opgeroepen_op=vandaag() - timedelta(days=11), door=wereld.door
    )
    wereld.teken(derde, "O1", "W1")
    derde = actions.open_vergadering(vergadering=derde, versie=None, door=wereld.door)
    ronde = open_(wereld, derde.agendapunten.get())
    stem(wereld, ronde, "voor", "O1")
    stem(wereld, ronde, "blanco", "W1")
    assert sluit(wereld, ronde).besluit.uitkomst == Uitkomst.AANGENOMEN


def test_regel_31_bij_een_tweede_staking_is_de_zaak_verworpen(wereld: Wereld) -> None:
    eerder = wereld.geopend(vandaag() - timedelta(days=30))
    ronde = open_(wereld, eerder.agendapunten.get())
    stem(wereld, ronde, "voor", "O1", "O2", "O3")
    stem(wereld, ronde, "tegen", "W1", "W2", "W3")
    gestaakt = sluit(wereld, ronde, onvolledig=True)
    assert gestaakt.besluit.uitkomst == Uitkomst.AANGEHOUDEN
    actions.sluit_vergadering(vergadering=eerder, versie=None, door=wereld.door)
    opnieuw = open_(wereld, wereld.geopend().agendapunten.get(), vorige=gestaakt)
    stem(wereld, opnieuw, "voor", "O1", "O2", "O3")
    stem(wereld, opnieuw, "tegen", "W1", "W2", "W3")
    assert sluit(wereld, opnieuw, onvolledig=True).besluit.uitkomst == Uitkomst.VERWORPEN


def test_regel_32_over_personen_staan_alleen_totalen_en_wie_deelnam(wereld: Wereld) -> None:
    punt = wereld.geopend().agendapunten.get()
    ronde = open_(wereld, punt, over=Besluitsoort.PERSONEN, vraag="Benoeming van X (voorbeeld)")
    assert ronde.soort == Rondesoort.BRIEFJES, "over personen altijd met briefjes"
    with pytest.raises(InvoerFout, match="Alleen bij een hoofdelijke"):
        stem(wereld, ronde, "voor", "O1")
    zetels = [z.pk for s, z in wereld.zetels.items() if s != "W3"]
    with pytest.raises(InvoerFout, match="10 stemmen geteld, maar 9 leden"):
        actions.leg_briefjes_vast(ronde=ronde, zetels=zetels, telling=Telling(6, 3, 1), door=wereld.door)
    klaar = actions.leg_briefjes_vast(ronde=ronde, zetels=zetels, telling=Telling(5, 3, 1), door=wereld.door)
    assert klaar.besluit.uitkomst == Uitkomst.AANGENOMEN
    assert not Stem.objects.exists()
    assert Stembriefje.objects.filter(ronde=ronde).count() == 9
    assert {f.name for f in Stembriefje._meta.get_fields()} == {"id", "voorbeeld", "ronde", "zetel", "persoon"}
    assert not any("keuze" in g.gegevens for g in Gebeurtenis.objects.all())


def test_regel_30_bij_personen_telt_een_blanco_briefje_als_deelname(wereld: Wereld) -> None:
    punt = wereld.geopend().agendapunten.get()
    ronde = open_(wereld, punt, over=Besluitsoort.PERSONEN)
    zetels = [wereld.zetels[s].pk for s in ("O1", "O2", "O3", "W1", "W2", "W3")]
    klaar = actions.leg_briefjes_vast(ronde=ronde, zetels=zetels, telling=Telling(2, 1, 3), door=wereld.door)
    assert klaar.besluit.uitkomst == Uitkomst.AANGENOMEN


def test_regel_19_een_plaatsvervanger_naast_zijn_lid_heeft_geen_stem(wereld: Wereld) -> None:
    rij = wereld.geopend()
    actions.teken_presentie(vergadering=rij, persoon=wereld.plv["K1"], door=wereld.door)
    ronde = open_(wereld, rij.agendapunten.get())
    stem(wereld, ronde, "voor", "K1")
    assert Stem.objects.get().persoon == wereld.leden["K1"]
    assert wereld.plv["K1"].pk not in {s.persoon.pk for s in stemlijst.stemmers(ronde)}


def test_regel_11_wie_bij_dit_punt_vervangt_stemt_en_het_lid_niet(wereld: Wereld) -> None:
    rij = wereld.geopend()
    punt = rij.agendapunten.get()
    actions.teken_presentie(vergadering=rij, persoon=wereld.plv["O1"], door=wereld.door)
    actions.vervang(agendapunt=punt, zetel=wereld.zetels["O1"], vervanger=wereld.plv["O1"], door=wereld.door)
    ronde = open_(wereld, punt)
    stem(wereld, ronde, "tegen", "O1")
    assert Stem.objects.get().persoon == wereld.plv["O1"]
    assert [p.persoon.naam for g in stemlijst.stemlijst(ronde) for p in g.plekken].count("Lid O1") == 0


def test_een_tweede_schrijver_overschrijft_niets_stil(wereld: Wereld) -> None:
    ronde = open_(wereld, wereld.geopend().agendapunten.get())
    stem(wereld, ronde, "voor", "O1")
    stem(wereld, ronde, "voor", "O1")  # dezelfde nog eens
    with pytest.raises(VerouderdeVersie):
        stem(wereld, ronde, "tegen", "O1")
    assert Stem.objects.get().keuze == "voor"
    stem(wereld, ronde, "tegen", "O1", eerder="voor")  # wie ziet wat er staat, mag verbeteren
    assert Stem.objects.get().keuze == "tegen"


def test_na_sluiting_en_staken_kan_er_niets_meer_bij(wereld: Wereld) -> None:
    rij = wereld.geopend()
    punt = rij.agendapunten.get()
    ronde = open_(wereld, punt)
    assert open_(wereld, punt).pk == ronde.pk, "dubbel verzonden"
    with pytest.raises(InvoerFout, match="loopt al"):
        open_(wereld, punt, vraag="Iets anders")
    with pytest.raises(OvergangGeweigerd, match="loopt nog"):
        actions.sluit_vergadering(vergadering=rij, versie=None, door=wereld.door)
    with pytest.raises(InvoerFout, match="reden"):
        actions.trek_stemronde_in(ronde=ronde, reden=" ", door=wereld.door)
    actions.trek_stemronde_in(ronde=ronde, reden="Voorstel ingetrokken", door=wereld.door)
    with pytest.raises(OvergangGeweigerd, match="gesloten"):
        stem(wereld, ronde, "voor", "O1")
    tweede = open_(wereld, punt)
    actions.leg_geleding_vast(ronde=tweede, geleding="ondernemers", keuze="voor", door=wereld.door)
    klaar = sluit(wereld, tweede, onvolledig=True)
    assert sluit(wereld, tweede).besluit == klaar.besluit
    assert punt.besluiten.count() == 1


def test_een_peiling_beantwoordt_ieder_voor_de_eigen_zetel_en_bindt_niet(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij = wereld.geopend()
    punt = rij.agendapunten.get()
    with pytest.raises(InvoerFout, match="niet gepeild"):
        open_(wereld, punt, soort=Rondesoort.PEILING, over=Besluitsoort.PERSONEN)
    ronde = open_(wereld, punt, soort=Rondesoort.PEILING)
    lid = wereld.leden["O1"].gebruiker
    for keuze in ("voor", "tegen"):
        actions.antwoord_peiling(ronde=ronde, keuze=keuze, door=lid)
    assert [s.keuze for s in ronde.stemmen.all()] == ["tegen"], "bedenken mag, tellen één keer"
    with pytest.raises(GeenToegang):
        actions.antwoord_peiling(ronde=ronde, keuze="voor", door=wereld.plv["O1"].gebruiker)
    with pytest.raises(GeenToegang):
        actions.antwoord_peiling(ronde=ronde, keuze="voor", door=wereld.door)
    klaar = sluit(wereld, ronde)
    assert (klaar.besluit, klaar.voor, klaar.tegen) == (None, 0, 1)
    with pytest.raises(OvergangGeweigerd):
        actions.antwoord_peiling(ronde=ronde, keuze="voor", door=lid)
    assert not any("keuze" in g.gegevens for g in Gebeurtenis.objects.all()), "wie wat antwoordde staat niet in het log"


def test_regel_9_een_lid_tekent_op_de_dag_zelf_op_de_eigen_tablet(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    straks = wereld.opgeroepen(vandaag() + timedelta(days=14))
    with pytest.raises(OvergangGeweigerd, match="pas op"):
        actions.teken_zelf(vergadering=straks, door=wereld.leden["O1"].gebruiker)
    rij = wereld.opgeroepen()
    eerst = actions.teken_zelf(vergadering=rij, door=wereld.plv["O1"].gebruiker)
    assert (eerst.stemhebbend, eerst.vervangt) == (True, wereld.leden["O1"])
    assert actions.teken_zelf(vergadering=rij, door=wereld.leden["O1"].gebruiker).stemhebbend
    eerst.refresh_from_db()
    assert not eerst.stemhebbend, "het lid is er zelf"
    with pytest.raises(InvoerFout, match="geen lid"):
        actions.teken_zelf(vergadering=rij, door=wereld.door)


def _plv(wereld: Wereld, punt: Agendapunt, sleutel: str, **velden: Any) -> None:
    actions.teken_presentie(
        vergadering=punt.vergadering, persoon=wereld.plv[sleutel], door=wereld.door, **velden
    )  # fmt: skip


def _namen(punt: Agendapunt) -> set[str]:
    return {s.persoon.naam for s in stemmen_bij(punt.vergadering, punt)}


def _vervang(wereld: Wereld, punt: Agendapunt, zetel: str, persoon: Any) -> None:
    actions.vervang(agendapunt=punt, zetel=wereld.zetels[zetel], vervanger=persoon, door=wereld.door)


def test_regel_10_wie_vertrok_vervangt_niemand_meer(wereld: Wereld) -> None:
    """Een vervanging bij een punt geldt zolang de vervanger er is; daarna stemt het lid dat er zit weer zelf."""
    punt = wereld.geopend().agendapunten.get()
    _plv(wereld, punt, "O1")
    _vervang(wereld, punt, "O1", wereld.plv["O1"])
    assert {"Plv O1"} == _namen(punt) - {p.naam for p in wereld.leden.values()}
    _plv(wereld, punt, "O1", aanwezig=False)
    assert _namen(punt) == {p.naam for p in wereld.leden.values()}


def test_regel_10_een_vervallen_vervanging_geeft_een_afwezig_lid_geen_stem(wereld: Wereld) -> None:
    punt = wereld.geopend().agendapunten.get()
    for sleutel in ("K1", "K2"):
        _plv(wereld, punt, sleutel)
    actions.teken_presentie(
        vergadering=punt.vergadering, persoon=wereld.leden["K2"], aanwezig=False, door=wereld.door
    )  # fmt: skip
    _plv(wereld, punt, "K2")  # het lid is weg, de eigen plaatsvervanger heeft zijn stem
    _vervang(wereld, punt, "K2", wereld.plv["K1"])
    _vervang(wereld, punt, "K2", wereld.leden["K2"])  # vervallen: weer volgens de presentielijst
    assert "Lid K2" not in _namen(punt)
    assert "Plv K2" in _namen(punt)


def test_regel_11_niemand_stemt_bij_een_punt_voor_twee_zetels(wereld: Wereld) -> None:
    punt = wereld.geopend().agendapunten.get()
    _plv(wereld, punt, "K1")
    _vervang(wereld, punt, "K2", wereld.plv["K1"])
    actions.teken_presentie(
        vergadering=punt.vergadering, persoon=wereld.leden["K1"], aanwezig=False, door=wereld.door
    )  # fmt: skip
    _plv(wereld, punt, "K1")  # heeft nu de stem van het eigen lid
    stemmen = {s.zetel: s.persoon.naam for s in stemmen_bij(punt.vergadering, punt)}
    assert (stemmen[wereld.zetels["K1"]], stemmen[wereld.zetels["K2"]]) == ("Plv K1", "Lid K2")
    ronde = open_(wereld, punt)
    assert actions.leg_geleding_vast(ronde=ronde, geleding="kroonleden", keuze="voor", door=wereld.door) == 4


def test_regel_11_wie_voor_een_ander_gestemd_heeft_stemt_in_die_ronde_niet_nog_eens(wereld: Wereld) -> None:
    """De plaatsvervanger uit de pool stemde voor K2; dan komt K2 binnen en neemt hij de stem van zijn eigen lid."""
    punt = wereld.geopend().agendapunten.get()
    for sleutel in ("K1", "K2"):
        actions.teken_presentie(
            vergadering=punt.vergadering, persoon=wereld.leden[sleutel], aanwezig=False, door=wereld.door
        )  # fmt: skip
    _plv(wereld, punt, "K1", voor=wereld.leden["K2"])
    ronde = open_(wereld, punt)
    stem(wereld, ronde, "voor", "K2")
    wereld.teken(punt.vergadering, "K2")
    _plv(wereld, punt, "K1", voor=wereld.leden["K1"])
    with pytest.raises(InvoerFout, match="Plv K1 stemde in deze stemming al"):
        stem(wereld, ronde, "tegen", "K1")
    stem(wereld, ronde, "blanco", "K2", eerder="voor")  # het lid stemt zelf, dan is de ander vrij
    stem(wereld, ronde, "tegen", "K1")
    assert {s.zetel.pk: s.persoon.naam for s in ronde.stemmen.all()} == {
        wereld.zetels["K1"].pk: "Plv K1", wereld.zetels["K2"].pk: "Lid K2",
    }  # fmt: skip
