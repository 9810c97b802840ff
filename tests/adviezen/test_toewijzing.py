"""Stap 2 zonder scherm: wie criteria en besluit vastlegt, wat wordt geweigerd, en wie bericht krijgt."""

from typing import Any

import pytest

from adviezen.actions import toewijzing
from adviezen.actions.handelen import gevolgen, handel
from adviezen.actions.toewijzing import Oordeel
from adviezen.enums import Stap, ToewijzingBesluit
from adviezen.models import Startbesluit
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import vandaag
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast
from tests.adviezen.hulp import MORGEN
from toegang.models import Gebruiker
from vergaderingen.actions import plan_vergadering
from vergaderingen.enums import Orgaan


def besluit(cast: Cast, *, door: Gebruiker | None = None, **anders: Any) -> Any:
    commissie = cast.wereld.raad.commissies["grensarbeid"]
    velden: dict[str, Any] = {
        "besluit": ToewijzingBesluit.WIJS_TOE,
        "commissie": commissie,
        "voorzitter": bouw.voorzitter_van(commissie),
        "scope": "De hele vraag (voorbeeld).",
    }
    velden["vergadering"] = anders.pop("vergadering", None) or bouw.vergadering(cast.wereld, Orgaan.DAGELIJKS_BESTUUR)
    return toewijzing.leg_db_besluit_vast(
        traject=cast.traject, versie=None, door=door or cast.secretaris, **(velden | anders)
    )


def beoordeel(cast: Cast, *oordelen: Oordeel, door: Gebruiker | None = None) -> Any:
    return toewijzing.beoordeel_criteria(
        traject=cast.traject, versie=None, oordelen=oordelen, door=door or cast.secretaris
    )


GOED = Oordeel("domein", "ja", "Past (voorbeeld).")


def test_criteria_en_besluit_legt_alleen_de_eigen_secretaris_vast(casts: dict[str, Cast]) -> None:
    """Een collega van het secretariaat ziet het traject, maar legt niets vast; de raadssecretaris wel."""
    cast = casts[Stap.TOEWIJZING]
    for ander in (cast.tweede, cast.buitenstaander, cast.wereld.beheerder):
        with pytest.raises(GeenToegang):
            beoordeel(cast, GOED, door=ander)
        with pytest.raises(GeenToegang):
            besluit(cast, door=ander)
    assert not cast.traject.criteriumoordelen.exists()
    assert not cast.traject.toewijzingen.exists()
    beoordeel(cast, GOED, door=cast.raadssecretaris)
    assert cast.traject.criteriumoordelen.get().oordeel == "ja"


@pytest.mark.parametrize("stap", [Stap.AANVRAAG, Stap.CONCEPT])
def test_buiten_stap_2_ligt_er_niets_bij_het_bestuur(stap: str, casts: dict[str, Cast]) -> None:
    cast = casts[stap]
    eerder = cast.traject.toewijzingen.count()
    with pytest.raises(InvoerFout, match="bij het dagelijks bestuur"):
        beoordeel(cast, GOED)
    with pytest.raises(InvoerFout, match="bij het dagelijks bestuur"):
        besluit(cast)
    assert cast.traject.toewijzingen.count() == eerder


@pytest.mark.parametrize(
    ("oordelen", "stuk"),
    [
        ([GOED, Oordeel("domein", "nee", "Toch niet.")], "staat er twee keer"),
        ([Oordeel("eigen", "ja", "Ja.", "Urgentie"), Oordeel("eigen", "nee", "Nee.", " urgentie ")], "“ urgentie ”"),
        ([Oordeel("domein", "ja", "  ")], "Licht het oordeel toe"),
        ([Oordeel("eigen", "ja", "Ja.")], "een naam"),
        ([Oordeel("domein", "ja", "Ja.", "Eigen naam")], "een naam"),
    ],
)
def test_een_oordeel_dat_niet_klopt_laat_de_vorige_staan(
    oordelen: list[Oordeel], stuk: str, casts: dict[str, Cast]
) -> None:
    """De lijst wordt in haar geheel vervangen; een fout halverwege mag de oude niet wissen."""
    cast = casts[Stap.TOEWIJZING]
    beoordeel(cast, GOED)
    with pytest.raises(InvoerFout, match=stuk):
        beoordeel(cast, *oordelen)
    assert [o.toelichting for o in cast.traject.criteriumoordelen.all()] == ["Past (voorbeeld)."]


def test_een_dubbel_eigen_criterium_op_het_scherm_houdt_wat_getypt_is(als: Any, casts: dict[str, Cast]) -> None:
    """Het formulier ziet per rij niets mis; de handeling wel, en die melding moet bovenaan komen."""
    cast = casts[Stap.TOEWIJZING]
    gegevens: dict[str, Any] = {"versie": cast.traject.rijversie}
    for n in (0, 1):
        gegevens |= {f"eigen{n}_naam": "Urgentie", f"eigen{n}_oordeel": "ja", f"eigen{n}_toelichting": f"Reden {n}."}
    antwoord = als(cast.secretaris).post(f"/werk/trajecten/{cast.traject.slug}/criteria/", gegevens)
    assert antwoord.status_code == 422
    assert "“Urgentie” staat er twee keer" in antwoord.text
    assert "Reden 1." in antwoord.text


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"voorzitter": "FNV 1"}, "reden_voorzitter"),
        ({"commissie": None}, "commissie"),
        ({"voorzitter": None}, "voorzitter"),
        ({"scope": " "}, "scope"),
        ({"besluit": ToewijzingBesluit.NIET_IN_BEHANDELING, "motivering": " "}, "motivering"),
        ({"besluit": ToewijzingBesluit.NIET_IN_BEHANDELING, "motivering": "Te ver weg."}, "brief_tekst"),
    ],
)
def test_een_besluit_zonder_wat_erbij_hoort(anders: dict[str, Any], veld: str, casts: dict[str, Cast]) -> None:
    """Regel 16 en 17: een commissie, een voorzitter, en een reden als die geen kroonlid is."""
    cast = casts[Stap.TOEWIJZING]
    if isinstance(anders.get("voorzitter"), str):
        anders = anders | {"voorzitter": cast.wereld.raad.leden[anders["voorzitter"]]}
    with pytest.raises(InvoerFout) as fout:
        besluit(cast, **anders)
    assert fout.value.veld == veld
    assert not cast.traject.toewijzingen.exists()


def test_een_besluit_hoort_bij_een_gehouden_vergadering_van_het_bestuur(casts: dict[str, Cast]) -> None:
    cast = casts[Stap.TOEWIJZING]
    raad = bouw.vergadering(cast.wereld, Orgaan.RAAD)
    morgen = plan_vergadering(
        orgaan=Orgaan.DAGELIJKS_BESTUUR, datum=vandaag() + MORGEN, door=cast.wereld.raadssecretaris
    )
    for vergadering, stuk in ((raad, "dagelijks bestuur"), (morgen, "nog niet gehouden")):
        with pytest.raises(InvoerFout, match=stuk) as fout:
            besluit(cast, vergadering=vergadering)
        assert fout.value.veld == "vergadering"
    assert not cast.traject.toewijzingen.exists()


def test_wie_geen_account_heeft_telt_niet_als_ontvanger(casts: dict[str, Cast]) -> None:
    """De bevestiging noemt hoeveel leden bericht krijgen; dat getal en de berichten moeten hetzelfde zijn."""
    cast = casts[Stap.TOEWIJZING]
    bouw.bereid_toewijzing_voor(cast)
    commissie = bouw.commissie_van(cast)
    lid = commissie.leden.filter(rol="lid").order_by("pk")[0].persoon
    type(lid).objects.filter(pk=lid.pk).update(gebruiker=None)
    uit = commissie.leden.filter(rol="lid").order_by("pk")[1].persoon.gebruiker
    Gebruiker.objects.filter(pk=uit.pk).update(is_active=False)
    leden = gevolgen(cast.traject, "wijs_toe")[0].wie
    handel(traject=cast.traject, versie=None, overgang="wijs_toe", door=cast.secretaris)
    berichten = Bericht.objects.filter(feit__startswith=f"adviezen.wijs_toe:{cast.traject.pk}:")
    assert leden == f"{berichten.count()} leden van {commissie.naam}"
    assert berichten.count() > 2
    assert uit.pk not in berichten.values_list("ontvanger", flat=True)


def test_voor_een_weigering_staat_er_wie_de_brief_krijgt(casts: dict[str, Cast]) -> None:
    """Zonder adviesvrager (eigen initiatief) is er niemand om te schrijven."""
    cast = casts[Stap.TOEWIJZING]
    vrager = cast.traject.aanvraag.vragers.get()
    assert gevolgen(cast.traject, "neem_niet_in_behandeling")[0].wie == vrager.naam
    eigen = bouw.nieuw(cast.wereld, eigen_initiatief=True).traject
    assert [g.wie for g in gevolgen(eigen, "neem_niet_in_behandeling")] == ["Iedereen"]
    assert gevolgen(eigen, "wijs_toe") == []


@pytest.mark.parametrize("eigen", [False, True])
def test_het_bestuur_besluit_niet_over_wat_er_nog_niet_lag(casts: dict[str, Cast], eigen: bool) -> None:
    """Een vergadering van maanden eerder werd aangenomen, met wie toen voorzitter was."""
    cast = casts[Stap.TOEWIJZING]
    if eigen:
        Startbesluit.objects.create(
            traject=cast.traject, besloten_op=vandaag(), tekst="Besloten (voorbeeld).", door=cast.secretaris
        )
        cast.traject = cast.vers()
    dag = (vandaag() if eigen else cast.traject.aanvraag.ontvangen_op) - MORGEN
    vroeger = plan_vergadering(orgaan=Orgaan.DAGELIJKS_BESTUUR, datum=dag, door=cast.raadssecretaris)
    with pytest.raises(InvoerFout, match="voordat dit er lag") as fout:
        besluit(cast, vergadering=vroeger)
    assert fout.value.veld == "vergadering"
