"""Presentie, quorum en vervanging."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from berichten.models import Bericht
from commissies.actions import benoem_commissielid
from commissies.enums import CommissieRol
from commissies.models import Commissielid
from kern.fouten import InvoerFout, OvergangGeweigerd
from kern.tijd import AMSTERDAM, nu, vandaag
from logboek.queries import geschiedenis
from raad.actions import leg_vertegenwoordiger_vast, registreer_persoon
from raad.enums import Geleding
from raad.models import Persoon
from tests.vergaderingen.conftest import Wereld, maak_commissie
from toegang.models import Gebruiker
from vergaderingen import actions, policies
from vergaderingen.enums import AanwezigAls, Orgaan, Status
from vergaderingen.models import Presentie, Vergadering
from vergaderingen.queries import kring, presentielijst, stemmen_bij


def teken(wereld: Wereld, rij: Vergadering, persoon: Persoon, **velden: object) -> Presentie:
    return actions.teken_presentie(vergadering=rij, persoon=persoon, door=wereld.door, **velden)


def test_regel_27_openen_vraagt_meer_dan_de_helft_van_de_zittende_leden(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    wereld.teken(rij, "O1", "O2", "W1", "W2", "K1")
    stand = policies.quorum(rij)
    assert (stand.aanwezig, stand.zittend, stand.nodig, stand.gehaald, stand.ontbreekt) == (5, 10, 6, False, 1)
    with pytest.raises(OvergangGeweigerd, match="5 van de 10 zittende leden hebben getekend, 6 zijn nodig"):
        actions.open_vergadering(vergadering=rij, versie=None, door=wereld.door)
    wereld.teken(rij, "DNB")
    assert actions.open_vergadering(vergadering=rij, versie=None, door=wereld.door).status == Status.GEOPEND


def test_regel_27_vacante_zetels_tellen_niet_mee(wereld: Wereld) -> None:
    from raad.actions import beeindig_benoeming

    for sleutel in ("O3", "W3"):
        benoeming = wereld.leden[sleutel].benoemingen.get()
        beeindig_benoeming(benoeming=benoeming, per=vandaag(), reden="Vertrek", door=None)
    rij = wereld.opgeroepen()
    assert (policies.quorum(rij).zittend, policies.quorum(rij).nodig) == (8, 5)


def test_regel_27_zonder_bekende_leden_gaat_niets_open(maak_gebruiker: Callable[..., Gebruiker]) -> None:
    from toegang.enums import Rol

    leeg = Wereld(maak_gebruiker("", Rol.RAADSSECRETARIS))
    rij = leeg.opgeroepen(vandaag() - timedelta(days=800))  # de raad van de andere toetsen was er toen niet
    moment = datetime.combine(rij.datum, time(10, 15), AMSTERDAM)
    with pytest.raises(OvergangGeweigerd, match="geen zittende leden bekend"):
        actions.open_vergadering(vergadering=rij, versie=None, geopend_op=moment, door=leeg.door)


def test_regel_27_de_derde_oproeping_vergadert_met_elk_aantal(wereld: Wereld) -> None:
    dagen = [vandaag() - timedelta(days=14), vandaag() - timedelta(days=7), vandaag()]
    rij = wereld.opgeroepen(dagen[0])
    punt = rij.agendapunten.get()
    actions.geef_stuknummer(agendapunt=punt, door=wereld.door)
    for dag in dagen[1:]:
        rij = actions.stel_ontbreken_quorum_vast(vergadering=rij, versie=None, door=wereld.door, nieuwe_datum=dag)
        rij = actions.roep_op(vergadering=rij, versie=None, opgeroepen_op=dag - timedelta(days=6), door=wereld.door)
    punt.refresh_from_db()
    assert (rij.oproeping, punt.vergadering_id, punt.stuknummer is not None) == (3, rij.pk, True)
    assert rij.vorige.status == Status.NIET_DOORGEGAAN
    stand = policies.quorum(rij)
    assert (stand.nodig, stand.gehaald, stand.derde) == (0, True, True)
    assert actions.open_vergadering(vergadering=rij, versie=None, door=wereld.door).status == Status.GEOPEND


def test_geen_quorum_kan_niet_als_het_er_wel_is_of_niet_bestaat(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    actions.teken_geleding(vergadering=rij, geleding=Geleding.ONDERNEMERS, door=wereld.door)
    actions.teken_geleding(vergadering=rij, geleding=Geleding.KROONLEDEN, door=wereld.door)
    with pytest.raises(OvergangGeweigerd, match="quorum is gehaald"):
        actions.stel_ontbreken_quorum_vast(
            vergadering=rij, versie=None, door=wereld.door, nieuwe_datum=vandaag() + timedelta(days=7)
        )
    with pytest.raises(InvoerFout, match="latere dag"):
        actions.stel_ontbreken_quorum_vast(vergadering=rij, versie=None, door=wereld.door, nieuwe_datum=vandaag())
    overleg = wereld.opgeroepen(orgaan=Orgaan.KROONLEDENOVERLEG)
    with pytest.raises(OvergangGeweigerd, match="geldt geen quorum"):
        actions.stel_ontbreken_quorum_vast(
            vergadering=overleg, versie=None, door=wereld.door, nieuwe_datum=vandaag() + timedelta(days=7)
        )


def test_bestuur_heeft_eigen_quorum_van_zittende_bestuursleden(wereld: Wereld) -> None:
    rij = wereld.opgeroepen(orgaan=Orgaan.DAGELIJKS_BESTUUR)
    assert (policies.quorum(rij).zittend, policies.quorum(rij).nodig) == (3, 2)
    wereld.teken(rij, "O1", "W1")
    assert policies.quorum(rij).gehaald
    with pytest.raises(InvoerFout, match="hoort op"):
        teken(wereld, rij, wereld.leden["O2"])


def test_regel_11_lid_en_eigen_plaatsvervanger_hebben_samen_een_stem(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    vervanger = teken(wereld, rij, wereld.plv["O1"])
    assert (vervanger.stemhebbend, vervanger.vervangt) == (True, wereld.leden["O1"])
    lid = teken(wereld, rij, wereld.leden["O1"])
    vervanger.refresh_from_db()
    assert (lid.stemhebbend, vervanger.stemhebbend, vervanger.raadgevend) == (True, False, False)
    assert policies.quorum(rij).aanwezig == 1


def test_plaatsvervanger_na_het_lid_krijgt_geen_stem_en_wel_na_vertrek(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    teken(wereld, rij, wereld.leden["W1"])
    assert not teken(wereld, rij, wereld.plv["W1"]).stemhebbend
    teken(wereld, rij, wereld.leden["W1"], aanwezig=False)
    assert teken(wereld, rij, wereld.plv["W1"]).stemhebbend
    assert policies.quorum(rij).aanwezig == 1


def test_plaatsvervangend_kroonlid_naast_eigen_lid_is_raadgevend(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    teken(wereld, rij, wereld.leden["K1"])
    naast = teken(wereld, rij, wereld.plv["K1"])
    assert (naast.stemhebbend, naast.raadgevend) == (False, True)
    eerst = teken(wereld, rij, wereld.plv["K2"])
    assert eerst.stemhebbend
    teken(wereld, rij, wereld.leden["K2"])
    eerst.refresh_from_db()
    assert (eerst.stemhebbend, eerst.raadgevend) == (False, True)


@pytest.mark.parametrize(
    ("vervanger", "lid", "mag"),
    [
        ("K1", "K2", True),
        ("K2", "K1", True),
        ("K1", "K1", True),
        ("DNB", "DNB", True),
        ("CPB", "CPB", True),
        ("K1", "DNB", False),
        ("DNB", "K1", False),
        ("DNB", "CPB", False),
        ("O1", "O2", False),
        ("O1", "K1", False),
    ],
)
def test_regel_12_kroonledenpool_en_dnb_cpb_een_op_een(wereld: Wereld, vervanger: str, lid: str, mag: bool) -> None:
    rij = wereld.opgeroepen()
    if mag:
        regel = teken(wereld, rij, wereld.plv[vervanger], voor=wereld.leden[lid])
        assert (regel.zetel, regel.vervangt, regel.stemhebbend) == (wereld.zetels[lid], wereld.leden[lid], True)
    else:
        with pytest.raises(InvoerFout, match="mag .* niet vervangen"):
            teken(wereld, rij, wereld.plv[vervanger], voor=wereld.leden[lid])


def test_een_zetel_kan_niet_twee_keer_vervangen_worden(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    teken(wereld, rij, wereld.plv["K1"], voor=wereld.leden["K2"])
    with pytest.raises(InvoerFout, match="al bezet: Plv K1"):
        teken(wereld, rij, wereld.plv["K2"], voor=wereld.leden["K2"])
    # Opnieuw tekenen zonder keuze laat de poolvervanging staan.
    assert teken(wereld, rij, wereld.plv["K1"]).vervangt == wereld.leden["K2"]


def test_tekenen_is_idempotent_en_wordt_een_keer_gelogd(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    eerste = teken(wereld, rij, wereld.leden["O1"])
    moment = eerste.getekend_op
    nogmaals = teken(wereld, rij, wereld.leden["O1"], getekend_op=nu() + timedelta(minutes=5))
    assert (nogmaals.pk, nogmaals.getekend_op) == (eerste.pk, moment)
    assert geschiedenis(rij).filter(soort="vergaderingen.teken_presentie").count() == 1


def test_hele_geleding_laat_afwezigen_en_vervangenen_staan(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    teken(wereld, rij, wereld.leden["K1"], aanwezig=False)
    teken(wereld, rij, wereld.plv["K2"])
    assert actions.teken_geleding(vergadering=rij, geleding=Geleding.KROONLEDEN, door=wereld.door) == 2
    assert actions.teken_geleding(vergadering=rij, geleding=Geleding.KROONLEDEN, door=wereld.door) == 0
    groep = next(g for g in presentielijst(rij) if g.geleding == Geleding.KROONLEDEN)
    assert (groep.aanwezig, len(groep.plekken), groep.nog_te_tekenen) == (3, 4, False)
    assert [p.stem.persoon.naam if p.stem else None for p in groep.plekken] == [None, "Plv K2", "Lid DNB", "Lid CPB"]


def test_een_hele_geleding_tekent_in_een_keer_met_een_regel_in_het_logboek_voor_elk(
    wereld: Wereld,
) -> None:
    """Zo vaak iets vragen als er leden zijn laat de voorzitter wachten; vier leden kosten evenveel als twee."""
    aantallen = {}
    for uur, alvast in ((9, ()), (14, ("K1", "K2"))):
        rij = wereld.opgeroepen(begin=time(uur, 0), eind=time(uur, 30))
        for naam in alvast:
            teken(wereld, rij, wereld.leden[naam])
        with CaptureQueriesContext(connection) as vragen:
            getekend = actions.teken_geleding(vergadering=rij, geleding=Geleding.KROONLEDEN, door=wereld.door)
        aantallen[getekend] = len(vragen)
        regels = list(rij.presenties.all())
        gelogd = geschiedenis(rij).filter(soort="vergaderingen.teken_presentie")
        assert sorted(r.persoon_id for r in regels) == sorted(g.gegevens["persoon"] for g in gelogd)
        assert all(r.stemhebbend and r.aanwezig and r.hoedanigheid == "lid" and r.zetel_id for r in regels)
    assert set(aantallen) == {2, 4}
    assert aantallen[2] == aantallen[4]


def test_tekenen_voor_de_oproeping_of_na_sluiting_kan_niet(wereld: Wereld) -> None:
    with pytest.raises(OvergangGeweigerd, match="Roep eerst"):
        wereld.teken(wereld.plan(), "O1")
    dicht = wereld.gesloten(orgaan=Orgaan.DAGELIJKS_BESTUUR)
    with pytest.raises(OvergangGeweigerd, match="ligt vast"):
        wereld.teken(dicht, "O1")


def test_wie_er_niet_bij_hoort_tekent_niet(wereld: Wereld) -> None:
    vreemde = registreer_persoon(naam="Vreemde", door=None)
    with pytest.raises(InvoerFout) as fout:
        teken(wereld, wereld.opgeroepen(), vreemde)
    assert fout.value.veld == "persoon"


def test_regel_19_adviserende_leden_waarnemers_en_ministerie_stemmen_niet(
    wereld: Wereld, maak_gebruiker: Callable[..., Gebruiker]
) -> None:
    commissie = maak_commissie(wereld)
    van = vandaag() - timedelta(days=100)
    mensen = {}
    for rol in (
        CommissieRol.ADVISEREND_LID,
        CommissieRol.MINISTERIEEL_VERTEGENWOORDIGER,
        CommissieRol.WAARNEMER,
        CommissieRol.SECRETARIS,
    ):
        mensen[rol] = registreer_persoon(naam=f"Iemand {rol}", gebruiker=maak_gebruiker(), door=None)
        benoem_commissielid(commissie=commissie, persoon=mensen[rol], rol=rol, van=van, door=None)
    rij = wereld.opgeroepen(orgaan=Orgaan.COMMISSIE, commissie=commissie)
    raadgevend = {rol: teken(wereld, rij, persoon).raadgevend for rol, persoon in mensen.items()}
    assert raadgevend == {
        CommissieRol.ADVISEREND_LID: True,
        CommissieRol.MINISTERIEEL_VERTEGENWOORDIGER: True,
        CommissieRol.WAARNEMER: False,
        CommissieRol.SECRETARIS: False,
    }
    assert policies.quorum(rij).aanwezig == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        rij.presenties.update(stemhebbend=True, raadgevend=False)


def test_commissieplaatsvervanger_stemt_alleen_voor_een_afwezig_lid(wereld: Wereld) -> None:
    commissie = maak_commissie(wereld)
    van = vandaag() - timedelta(days=100)
    for sleutel in ("O1", "W1"):
        lid = Commissielid.objects.get(commissie=commissie, persoon=wereld.leden[sleutel])
        benoem_commissielid(
            commissie=commissie, persoon=wereld.plv["O1"], rol=CommissieRol.PLAATSVERVANGER, vervangt=lid, van=van,
            door=None,
        )  # fmt: skip
    rij = wereld.opgeroepen(orgaan=Orgaan.COMMISSIE, commissie=commissie)
    wereld.teken(rij, "O1")
    vervanger = teken(wereld, rij, wereld.plv["O1"])
    assert (vervanger.vervangt, vervanger.stemhebbend) == (wereld.leden["W1"], True)
    wereld.teken(rij, "W1")
    vervanger.refresh_from_db()
    assert (vervanger.stemhebbend, vervanger.raadgevend) == (False, False)  # raadgevend is alleen voor kroonleden
    assert not policies.quorum(rij).nodig
    assert [g.als for g in kring(rij)][:1] == [AanwezigAls.LID]


def test_regel_10_vervanging_per_agendapunt(wereld: Wereld) -> None:
    rij = wereld.geopend()
    punt, ander = rij.agendapunten.get(), wereld.punt(rij, "Ander punt")
    teken(wereld, rij, wereld.plv["O1"])
    argumenten = {"agendapunt": punt, "zetel": wereld.zetels["O1"], "door": wereld.door}
    vervanging = actions.vervang(vervanger=wereld.plv["O1"], **argumenten)
    bij_punt = {s.zetel: s.persoon for s in stemmen_bij(rij, punt)}
    assert bij_punt[wereld.zetels["O1"]] == wereld.plv["O1"]
    assert wereld.leden["O1"] not in bij_punt.values()
    assert len(bij_punt) == 10
    assert {s.persoon for s in stemmen_bij(rij, ander)} == set(wereld.leden.values())
    assert actions.vervang(vervanger=wereld.plv["O1"], **argumenten).pk == vervanging.pk
    actions.vervang(vervanger=wereld.leden["O1"], **argumenten)  # het lid stemt weer zelf
    zelf = {s.zetel: s for s in stemmen_bij(rij, punt)}[wereld.zetels["O1"]]
    assert (zelf.persoon, zelf.vervangt) == (wereld.leden["O1"], None)
    assert geschiedenis(rij).filter(soort="vergaderingen.vervang").count() == 2


def test_regel_11_en_12_bij_een_agendapunt(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    punt = rij.agendapunten.get()

    def vervang(zetel: str, vervanger: str) -> None:
        actions.vervang(agendapunt=punt, zetel=wereld.zetels[zetel], vervanger=wereld.plv[vervanger], door=wereld.door)

    wereld.teken(rij, "K1", "K2", "O1", "DNB")
    with pytest.raises(InvoerFout, match="niet als aanwezig"):
        vervang("K1", "K1")
    for sleutel in ("K1", "DNB", "O1"):
        teken(wereld, rij, wereld.plv[sleutel])
    vervang("K2", "K1")
    with pytest.raises(InvoerFout, match="vervangt bij dit punt al"):
        vervang("K1", "K1")
    with pytest.raises(InvoerFout, match="mag Lid K1 niet vervangen"):
        vervang("K1", "DNB")
    with pytest.raises(InvoerFout, match="mag Lid W1 niet vervangen"):
        vervang("W1", "O1")
    teken(wereld, rij, wereld.plv["W1"])
    with pytest.raises(InvoerFout, match="heeft in deze vergadering al een stem"):
        vervang("W1", "W1")
    with pytest.raises(IntegrityError), transaction.atomic():
        punt.vervangingen.create(zetel=wereld.zetels["K2"], vervanger=wereld.plv["DNB"], voorbeeld=rij.voorbeeld)


def test_vervangen_per_punt_bestaat_alleen_in_de_raad_en_voor_een_bezette_zetel(wereld: Wereld) -> None:
    from raad.actions import beeindig_benoeming

    overleg = wereld.geopend(orgaan=Orgaan.KROONLEDENOVERLEG)
    with pytest.raises(InvoerFout, match="alleen in de raad"):
        actions.vervang(
            agendapunt=overleg.agendapunten.get(),
            zetel=wereld.zetels["K1"],
            vervanger=wereld.plv["K1"],
            door=wereld.door,
        )
    beeindig_benoeming(benoeming=wereld.leden["O3"].benoemingen.get(), per=vandaag(), reden="Weg", door=None)
    rij = wereld.opgeroepen()
    with pytest.raises(InvoerFout, match="niemand"):
        actions.vervang(
            agendapunt=rij.agendapunten.get(), zetel=wereld.zetels["O3"], vervanger=wereld.plv["O3"], door=wereld.door
        )


def test_plaatsvervanger_van_een_vacante_zetel_heeft_geen_stem(wereld: Wereld) -> None:
    from raad.actions import beeindig_benoeming

    beeindig_benoeming(benoeming=wereld.leden["O3"].benoemingen.get(), per=vandaag(), reden="Weg", door=None)
    rij = wereld.opgeroepen()
    regel = teken(wereld, rij, wereld.plv["O3"])
    assert (regel.stemhebbend, regel.raadgevend) == (False, False)


def test_regel_19_ministeries_krijgen_oproeping_en_stukken_en_hebben_een_raadgevende_stem(
    wereld: Wereld, maak_gebruiker: Callable[..., Gebruiker]
) -> None:
    """Wet art. 28: tijdig bericht, de stukken, en een vervanger; geen stem en geen deel van het quorum."""
    van = vandaag() - timedelta(days=50)
    accounts = [maak_gebruiker(naam) for naam in ("Ministerie (voorbeeld)", "Vervanger ministerie (voorbeeld)")]
    vast, vervanger = (registreer_persoon(naam=g.naam, gebruiker=g, door=None) for g in accounts)
    rij_vast = leg_vertegenwoordiger_vast(persoon=vast, ministerie="Ministerie", van=van, door=None)
    leg_vertegenwoordiger_vast(persoon=vervanger, ministerie="", vervangt=rij_vast, van=van, door=None)
    rij = wereld.plan()
    wereld.punt(rij)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    assert {b.ontvanger for b in Bericht.objects.filter(onderwerp__startswith="Oproeping")} == set(accounts)
    assert all(Vergadering.objects.zichtbaar_voor(g).filter(pk=rij.pk).exists() for g in accounts)
    groep = presentielijst(rij)[-1]
    assert (groep.naam, [p.genodigde.persoon for p in groep.plekken]) == ("overige deelnemers", [vast])
    assert groep.plekken[0].vervanger is not None
    assert groep.plekken[0].vervanger.persoon == vervanger
    voor = policies.quorum(rij)
    regel = actions.teken_zelf(vergadering=rij, door=accounts[1])
    assert (regel.hoedanigheid, regel.stemhebbend, regel.raadgevend) == (AanwezigAls.MINISTERIEEL, False, True)
    assert policies.quorum(rij) == voor
    assert actions.teken_geleding(vergadering=rij, geleding="", door=wereld.door) == 1, "de vervanger tekent zelf"
    besloten = wereld.plan(vandaag() + timedelta(days=1), openbaar=False, besloten_reden="Over personen.")
    assert not {vast.pk, vervanger.pk} & {g.persoon.pk for g in kring(besloten)}
