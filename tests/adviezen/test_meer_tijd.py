"""Een organisatie vraagt om meer tijd: van haar scherm naar de secretaris, en met een antwoord terug."""

from datetime import timedelta

import pytest

from adviezen.actions import beraad as acties
from adviezen.actions import handelen, reacties
from adviezen.actions.mede import vraag_mede
from adviezen.actions.organisatie import meld_knelpunt
from adviezen.actions.reacties import begin_reactie
from adviezen.actions.tijd import verleng_voor
from adviezen.actions.tijdvraag import vraag_meer_tijd
from adviezen.enums import Stap
from adviezen.models import Achterbanberaad, Knelpunt
from adviezen.policies.beraad import mag_sluit_na_termijn
from adviezen.queries.beurt import beurt
from adviezen.termijnsoorten import wie_nog_reageert
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import datum_nl, nu, vandaag
from logboek.queries import geschiedenis
from raad.queries import organisaties_met_zetels
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.hulp import deelnamepad as van
from tests.adviezen.hulp import pad
from werkplek.queries_organisatie import open_beraden

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)
OPEN = "adviezen.start_achterbanberaad"


def begin(wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    bouw.versie(cast)
    bouw.witte_versie(cast)
    per_pk = {o.pk: sleutel for sleutel, o in wereld.raad.organisaties.items()}
    acties.bereid_voor(
        traject=cast.traject, versie=None, door=cast.secretaris, uiterlijk_op=vandaag() + 14 * DAG, openbaar=True,
        toestemming_op=vandaag(),
        contacten={o: wereld.raad.coordinatoren[per_pk[o.pk]] for o in organisaties_met_zetels(vandaag())},
    )  # fmt: skip
    cast.traject = handelen.handel(
        traject=cast.traject, versie=None, overgang="start_achterbanberaad", door=cast.secretaris
    )
    return cast


@pytest.fixture
def fnv(cast):
    return cast.deelname("FNV")


@pytest.fixture
def later(cast):
    return cast.beraad.uiterlijk_op + 7 * DAG


def vraag(fnv, dag):
    return vraag_meer_tijd(deelname=fnv, uiterlijk_op=dag, tekst="De bondsraad is later.", door=fnv.contact)


def geef(cast, wie, dag, door=None):
    return verleng_voor(
        traject=cast.traject, versie=None, deelname=wie, uiterlijk_op=dag, reden="Bondsraad.",
        door=door or cast.secretaris,
    )  # fmt: skip


def berichten(begin, **meer):
    return list(Bericht.objects.filter(feit__startswith=f"adviezen.{begin}", **meer))


def test_van_de_vraag_naar_het_antwoord(als, cast, fnv, later):
    client = als(fnv.contact)
    assert "Vraag om meer tijd" in client.get(van(fnv)).content.decode()
    invoer = {"uiterlijk_op": later.isoformat(), "tekst": "De bondsraad is later."}
    for _ in range(2):  # twee keer drukken geeft één vraag
        na = client.post(van(fnv, "meer_tijd"), invoer, follow=True).content.decode()
        assert "De secretaris krijgt nu bericht" in na
    (gevraagd,) = Knelpunt.objects.all()
    (bericht,) = berichten("vraag_meer_tijd")
    assert (bericht.ontvanger, bericht.pad) == (cast.secretaris, pad(cast, "reacties"))
    werk = als(cast.secretaris)
    assert "1 organisatie vraagt meer tijd" in werk.get("/werk/").content.decode()
    lijst = werk.get(pad(cast, "reacties")).content.decode()
    assert "vraagt meer tijd" in lijst
    assert "knelpunt gemeld" not in lijst
    adres = f"{pad(cast, 'verleng')}?vraag={gevraagd.pk}"
    assert adres in lijst
    form = werk.get(adres).context["form"]
    assert (form["voor"].value(), form["uiterlijk_op"].value()) == (fnv.pk, later)
    cast.vers()
    geven = {"versie": cast.traject.rijversie, "voor": fnv.pk, "uiterlijk_op": later.isoformat(), "reden": "Bondsraad."}
    assert werk.post(adres, geven).status_code == 302
    fnv.refresh_from_db()
    assert fnv.laatste_dag == later
    assert cast.deelname("CNV").laatste_dag == cast.beraad.uiterlijk_op
    (uit,) = berichten("verleng_deelname")
    assert (uit.ontvanger, uit.status) == (fnv.contact, "wacht")
    eigen = als(fnv.contact).get(van(fnv)).content.decode()
    assert f"Reageren kan nu tot en met {datum_nl(later)}." in eigen
    assert f"dien de reactie in vóór het einde van {datum_nl(later)}" in eigen
    assert "meer tijd" not in als(cast.secretaris).get("/werk/").content.decode()


def test_het_verloop_noemt_wat_er_in_de_ronde_gebeurde(als, cast, fnv, later):
    """De verlenging, de herinnering en het knelpunt stonden nergens, en de laatste dag niet bij de termijnen."""
    vraag(fnv, later)
    meld_knelpunt(deelname=cast.deelname("CNV"), tekst="Alleen voor de secretaris.", door=cast.deelname("CNV").contact)
    geef(cast, fnv, later)
    tekst = als(cast.secretaris).get(pad(cast, "traject")).content.decode()
    assert f"FNV (voorbeeld) vraagt tijd tot en met {datum_nl(later)}" in tekst
    assert f"FNV (voorbeeld): meer tijd, reageren tot en met {datum_nl(later)}" in tekst
    assert "Bondsraad." in tekst
    assert "CNV (voorbeeld) meldt een knelpunt" in tekst
    assert "Alleen voor de secretaris." not in tekst
    termijn = Termijn.objects.van(cast.beraad).get()
    assert f"/werk/termijnen/{termijn.pk}/" in tekst


def test_wie_meer_tijd_heeft_is_niet_te_laat_en_houdt_de_ronde_open(als, cast, fnv, later):
    geef(cast, fnv, later)
    lang_open = {"uiterlijk_op": vandaag() - DAG, "geopend_op": nu() - 30 * DAG}
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(**lang_open)
    for wie in cast.beraad.deelnames.exclude(pk=fnv.pk).select_related("contact", "organisatie"):
        bouw.dien_in(wie)
    (tekort,) = mag_sluit_na_termijn(cast.vers())
    assert "FNV (voorbeeld) kreeg meer tijd" in tekort.tekst
    (eigen,) = open_beraden(fnv.contact)
    assert not eigen.te_laat
    assert beurt(cast.vers()).tot == later
    lijst = als(cast.secretaris).get(pad(cast, "reacties")).content.decode()
    assert "over de datum" not in lijst
    assert f"tot en met {datum_nl(later)}" in lijst
    termijn = Termijn.objects.van(cast.beraad).get()
    assert fnv.contact not in wie_nog_reageert(termijn, vandaag())
    assert fnv.contact in wie_nog_reageert(termijn, later + DAG)


def test_een_vergissing_gaat_terug_zolang_het_bericht_wacht(cast, fnv, later):
    was = cast.beraad.uiterlijk_op
    gevraagd = vraag(fnv, later)
    geef(cast, fnv, later + 60 * DAG)
    geef(cast, fnv, was)
    fnv.refresh_from_db()
    goed, hersteld = (b.tekst for b in gevraagd.berichten.all())
    assert goed == f"Reageren kan nu tot en met {datum_nl(later + 60 * DAG)}."
    assert hersteld == f"Die dag was een vergissing. Reageren kan tot en met {datum_nl(was)}."
    assert (fnv.uiterlijk_op, berichten("verleng_deelname", status="wacht")) == (None, [])
    geef(cast, fnv, later)
    Bericht.objects.filter(feit__startswith="adviezen.verleng_deelname", status="wacht").update(
        status="verstuurd", verstuurd_op=nu()
    )
    with pytest.raises(InvoerFout, match="na de laatste dag van deze organisatie"):
        geef(cast, fnv, later - DAG)


def test_een_eigen_dag_blijft_als_de_verlenging_voor_allen_teruggaat(als, cast, fnv, later):
    """FNV las 14 december; een vergissing met alle organisaties mag haar die dag niet afnemen."""
    was = cast.beraad.uiterlijk_op
    geef(cast, fnv, later)
    kw = {"traject": cast.traject, "versie": None, "reden": "Vergissing.", "door": cast.secretaris}
    acties.verleng_ronde(uiterlijk_op=later + 30 * DAG, **kw)
    fnv = cast.deelname("FNV")
    assert fnv.laatste_dag == later + 30 * DAG
    acties.verleng_ronde(uiterlijk_op=was, **kw)
    assert cast.deelname("FNV").laatste_dag == later
    scherm = als(cast.secretaris).get(pad(cast, "verleng")).content.decode()
    assert f"FNV (voorbeeld) kan nu al reageren tot en met {datum_nl(later)}." in scherm


def test_meer_tijd_voor_allen_beantwoordt_ook_wie_al_indiende(cast, fnv, later):
    """FNV vroeg erom, diende op tijd in, en hoorde niets."""
    vraag(fnv, later)
    bouw.dien_in(fnv)
    voor_allen(cast, later)
    (antwoord,) = berichten("antwoord_tijd")
    assert antwoord.ontvanger == fnv.contact
    assert fnv.contact.pk not in {b.ontvanger_id for b in berichten("verleng_beraad")}
    assert "Reageren kan nu tot en met" in Knelpunt.objects.get().berichten.get().tekst


def voor_allen(cast, dag):
    return acties.verleng_ronde(
        traject=cast.traject, versie=None, uiterlijk_op=dag, reden="Op verzoek.", door=cast.secretaris
    )


def stuur_weg(begin):
    wachten = Bericht.objects.filter(feit__startswith=f"adviezen.{begin}", status="wacht")
    wachten.update(status="verstuurd", verstuurd_op=nu())


def test_een_vergissing_raakt_een_antwoord_van_eerder_niet(cast, fnv, later):
    """FNV las weken geleden haar dag; een vergissing met allen maakte daarvan een vergissing."""
    gevraagd = vraag(fnv, later)
    geef(cast, fnv, later)
    stuur_weg("verleng_deelname")
    was = cast.beraad.uiterlijk_op
    voor_allen(cast, later + 30 * DAG)
    voor_allen(cast, was)
    assert [b.tekst for b in gevraagd.berichten.all()] == [f"Reageren kan nu tot en met {datum_nl(later)}."]


def test_een_verbeterde_dag_staat_ook_bij_wie_er_net_om_vroeg(cast, fnv, later):
    """Ook bij wie intussen reageerde, en ook de tweede keer; haar bericht ging met de eerste dag verloren."""
    gevraagd = vraag(fnv, later)
    bouw.dien_in(fnv)
    for dag in (later, later + DAG, later + 2 * DAG):
        voor_allen(cast, dag)
    teksten = [b.tekst for b in gevraagd.berichten.all()]
    assert teksten[0] == f"Reageren kan nu tot en met {datum_nl(later)}."
    assert teksten[1:] == [
        f"Die dag was een vergissing. Reageren kan tot en met {datum_nl(later + n * DAG)}." for n in (1, 2)
    ]
    (een,) = berichten("antwoord_tijd", status="wacht")
    assert een.ontvanger == fnv.contact


def test_een_verbeterde_eigen_dag_staat_bij_de_vraag(cast, fnv, later):
    gevraagd = vraag(fnv, later)
    geef(cast, fnv, later + 60 * DAG)
    geef(cast, fnv, later)
    assert gevraagd.berichten.last().tekst == f"Die dag was een vergissing. Reageren kan tot en met {datum_nl(later)}."
    assert len(berichten("verleng_deelname", status="wacht")) == 1


def test_wie_zelf_al_langer_kan_hoort_niet_van_een_kortere_dag(cast, fnv, later):
    geef(cast, fnv, later + 30 * DAG)
    voor_allen(cast, later)
    assert fnv.contact.pk not in {b.ontvanger_id for b in berichten("verleng_beraad")}
    gevraagd = vraag(fnv, later + 60 * DAG)
    voor_allen(cast, later + DAG)
    assert gevraagd.berichten.get().tekst == f"Reageren kan nu tot en met {datum_nl(later + 30 * DAG)}."
    assert fnv.contact.pk in {b.ontvanger_id for b in berichten("verleng_beraad", status="wacht")}


def test_elke_open_vraag_van_een_organisatie_krijgt_antwoord(cast, fnv, later):
    eerst = vraag(fnv, later)
    daarna = vraag(fnv, later + 7 * DAG)
    voor_allen(cast, later + 7 * DAG)
    assert [v.berichten.count() for v in (eerst, daarna)] == [1, 1]


@pytest.mark.parametrize(("dagen", "fout"), [(0, "na uw laatste dag"), (900, "binnen een jaar")])
def test_een_dag_die_niet_kan_staat_bij_het_veld(als, cast, fnv, dagen, fout):
    invoer = {"uiterlijk_op": (cast.beraad.uiterlijk_op + dagen * DAG).isoformat(), "tekst": "Getypt."}
    antwoord = als(fnv.contact).post(van(fnv, "meer_tijd"), invoer)
    assert antwoord.status_code == 422
    assert fout in str(antwoord.context["form"].errors["uiterlijk_op"])
    assert "Getypt." in antwoord.content.decode()


def test_wie_het_niet_mag(als, cast, fnv, later):
    with pytest.raises(GeenToegang):
        vraag_meer_tijd(deelname=fnv, uiterlijk_op=later, tekst="x", door=cast.deelname("CNV").contact)
    with pytest.raises(GeenToegang):
        geef(cast, fnv, later, door=cast.tweede)
    assert als(cast.deelname("CNV").contact).get(van(fnv, "meer_tijd")).status_code == 404
    bouw.dien_in(fnv)
    with pytest.raises(InvoerFout, match="reageerde al"):
        geef(cast, fnv, later)
    with pytest.raises(InvoerFout, match="reageerde al"):
        vraag(fnv, later)
    assert "Vraag om meer tijd" not in als(fnv.contact).get(van(fnv)).content.decode()
    assert not geschiedenis(cast.traject).filter(soort="adviezen.verleng_deelname").exists()


def test_na_het_sluiten_staat_er_geen_formulier_meer(als, cast, fnv):
    """De formulieren gingen gewoon open; pas na het invullen las men dat het niet meer kon."""
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(gesloten_op=nu(), sluit_reden="Klaar.")
    client = als(fnv.contact)
    for bladzijde in ("meer_tijd", "knelpunt", "meelezer"):
        antwoord = client.get(van(fnv, bladzijde), follow=True)
        assert antwoord.redirect_chain, bladzijde
        assert "deze ronde is gesloten" in antwoord.content.decode()


def test_geen_bericht_komt_voor_de_vraag_om_te_reageren(cast, fnv):
    """CNV werd gevraagd mee te tekenen in een ronde waarvan zij nog niet wist."""
    cnv = cast.deelname("CNV")
    vraag_mede(reactie=begin_reactie(deelname=fnv, door=fnv.contact), deelname=cnv, door=fnv.contact)
    eerst = Bericht.objects.get(feit__startswith=OPEN, ontvanger=cnv.contact)
    daarna = Bericht.objects.get(feit__startswith="adviezen.mede_gevraagd", ontvanger=cnv.contact)
    assert daarna.niet_voor >= eerst.niet_voor


def test_wie_niets_gevraagd_is_hoort_niet_dat_het_dicht_is(cast, fnv):
    bouw.dien_in(fnv)
    cast.traject = handelen.handel(
        traject=cast.vers(), versie=None, overgang="trek_terug_naar_concept", door=cast.secretaris, reden="Te vroeg."
    )
    dicht = berichten("trek_terug_naar_concept")
    assert [b.ontvanger for b in dicht] == [fnv.contact]


def test_wie_een_afgebroken_ronde_opent_leest_dat_zij_gestopt_is(als, cast):
    """Er stond dat zij niet reageerde, terwijl de secretaris de ronde afbrak."""
    cast.traject = handelen.handel(
        traject=cast.vers(), versie=None, overgang="trek_terug_naar_concept", door=cast.secretaris, reden="Te vroeg."
    )
    lto = cast.deelname("LTO")
    tekst = als(lto.contact).get(van(lto)).content.decode()
    assert "gestopt: de commissie werkt verder aan de tekst" in tekst
    assert "reageerde niet" not in tekst
    lijst = als(lto.contact).get("/organisatie/").content.decode()
    assert "gestopt; er wordt niets meer gevraagd" in lijst


def test_de_secretaris_krijgt_een_bericht_over_de_stand_en_niet_een_per_handeling(cast, fnv):
    for naam in ("FNV", "CNV", "LTO"):
        wie = cast.deelname(naam)
        reactie = begin_reactie(deelname=wie, door=wie.contact)
        reacties.bewaar_oordeel(reactie=reactie, versie=None, oordeel="akkoord", toelichting="", door=wie.contact)
        reacties.dien_reactie_in(reactie=reactie, versie=None, door=wie.contact)
    stand = Bericht.objects.filter(onderwerp="De stand van een achterbanberaad is veranderd", ontvanger=cast.secretaris)
    assert stand.count() == 1
    stand.update(status="verstuurd", verstuurd_op=nu())
    reacties.neem_reactie_terug(reactie=reactie, versie=None, door=wie.contact)
    assert stand.count() == 2
