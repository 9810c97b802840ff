"""Standpunten van echte leden: twee met dezelfde naam, wie zich later onthield of later kwam, en wat er is gestemd."""

import re
from typing import Any

import pytest
from django.urls import reverse

from adviezen.actions.handelen import gevolgen, handel
from adviezen.actions.standpunten import Opvattinginvoer, leg_oordeel_vast, leg_passage_vast
from adviezen.enums import Raadsoordeel, Stap, Uitkomst
from adviezen.models import Agendering, Registratie
from adviezen.policies.raad import lopende_agendering, mag_stel_vast
from adviezen.queries.standpunten import Stemmer, achterhaald, openbare_standpunten, stemmers
from kern.tijd import nu, vandaag
from logboek.models import Gebeurtenis
from raad.enums import Geleding
from raad.models import Persoon
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld
from vergaderingen.models import Besluit, Onthouding


def begin(wereld: Wereld) -> Cast:
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    bouw.geopend(wereld, agendering(cast).agendapunt.vergadering)
    cast.vers()
    return cast


def agendering(cast: Cast) -> Agendering:
    rij = lopende_agendering(cast.traject)
    assert rij is not None
    return rij


def aanwezig(cast: Cast) -> list[Stemmer]:
    return stemmers(agendering(cast))


def tegenover_elkaar(cast: Cast, *tegen: Stemmer) -> Registratie:
    """Leg vast dat deze leden iets anders vinden dan de rest."""
    zetels = frozenset(s.zetel_pk for s in tegen)
    return leg_passage_vast(
        traject=cast.traject,
        versie=None,
        passage="Maak het eenvoudiger.",
        opvattingen=[
            Opvattinginvoer("Doen.", frozenset(s.zetel_pk for s in aanwezig(cast)) - zetels),
            Opvattinginvoer("Niet doen.", zetels),
        ],
        door=cast.raadssecretaris,
    )


def test_twee_leden_met_dezelfde_naam_zijn_er_twee(als: Any, cast: Cast) -> None:
    """Een raad met twee keer "J. de Vries" bij dezelfde organisatie moet zijn standpunten kunnen vastleggen."""
    een, twee = [s for s in aanwezig(cast) if s.organisatie.startswith("FNV")][:2]
    Persoon.objects.filter(pk__in=[een.persoon_pk, twee.persoon_pk]).update(naam="J. de Vries (voorbeeld)")
    invoer = {
        "aantal": "2", "versie": cast.traject.rijversie, "passage": "Maak het eenvoudiger.", "marge": "4",
        "opvatting_0": "Doen.", "opvatting_1": "Niet doen.", "toon": "1",
        f"stem_{een.zetel_pk}": "0", f"stem_{twee.zetel_pk}": "1",
    }  # fmt: skip
    adres = reverse("adviezen:passage", kwargs={"slug": cast.traject.slug})
    assert als(cast.raadssecretaris).post(adres, invoer).status_code == 200
    rijen = list(tegenover_elkaar(cast, een, twee).opvattingen.all())
    assert [rij.steun.count() for rij in rijen] == [len(aanwezig(cast)) - 2, 2]
    assert rijen[1].voetnoot.startswith("twee werknemersleden benoemd door")


def test_zonder_keuze_is_er_niets_te_tonen_en_blijft_de_tekst(als: Any, cast: Cast) -> None:
    adres = reverse("adviezen:passage", kwargs={"slug": cast.traject.slug})
    invoer = {"aantal": "2", "passage": "Maak het eenvoudiger.", "marge": "4", "opvatting_0": "Nog zonder steun."}
    antwoord = als(cast.raadssecretaris).post(adres, invoer | {"toon": "1"})
    assert (antwoord.status_code, antwoord.context["voorbeeld"]) == (200, None)
    assert "Nog zonder steun." in antwoord.text
    # De woorden worden vervangen; wat meeluistert blijft staan, anders hoort een schermlezer ze niet.
    assert re.search(r'<div aria-live="polite">\s*<div id="voorbeeld">', antwoord.text)


def test_wie_zich_later_onthield_staat_niet_met_naam_in_het_openbaar(cast: Cast) -> None:
    """Wie namens een organisatie zit wordt naar haar genoemd; alleen een kroonlid spreekt voor zichzelf."""
    fnv = next(s for s in aanwezig(cast) if s.organisatie.startswith("FNV"))
    kroon = next(s for s in aanwezig(cast) if s.geleding == Geleding.KROONLEDEN)
    tegenover_elkaar(cast, fnv, kroon)
    rij = agendering(cast)
    for stemmer in (fnv, kroon):
        Onthouding.objects.create(agendapunt=rij.agendapunt, zetel_id=stemmer.zetel_pk, persoon_id=stemmer.persoon_pk)
    assert {fnv, kroon}.isdisjoint(aanwezig(cast))
    rij.oordeel, rij.standpunten_vastgelegd_op = Raadsoordeel.VERDEELD, nu()
    rij.standpunten_vastgelegd_door, rij.uitkomst = cast.raadssecretaris, Uitkomst.VASTGESTELD
    rij.save()
    steun = openbare_standpunten(cast.traject)[0]["opvattingen"][1]["steun"]
    assert {(s["organisatie"], s["naam"]) for s in steun} == {(fnv.organisatie, ""), ("", kroon.naam)}
    assert fnv.naam not in str(openbare_standpunten(cast.traject))


def test_regel_34_wie_later_tekent_verandert_de_woorden_en_dat_wordt_gezegd(als: Any, cast: Cast) -> None:
    """“De kroonleden” zijn zij allemaal; komt er een bij die niets vond, dan klopt die voetnoot niet meer."""
    zitting = agendering(cast).agendapunt.vergadering
    laat = next(s for s in aanwezig(cast) if s.geleding == Geleding.KROONLEDEN)
    zitting.presenties.filter(persoon_id=laat.persoon_pk).update(aanwezig=False)
    kroon = [s for s in aanwezig(cast) if s.geleding == Geleding.KROONLEDEN]
    tegenover_elkaar(cast, *kroon)
    leg_oordeel_vast(traject=cast.vers(), versie=None, oordeel=Raadsoordeel.VERDEELD, door=cast.raadssecretaris)
    adres = reverse("adviezen:standpunten", kwargs={"slug": cast.traject.slug})
    assert "wijzigde wie er stemt" not in als(cast.raadssecretaris).get(adres).text
    zitting.presenties.filter(persoon_id=laat.persoon_pk).update(aanwezig=True)
    (zin,) = achterhaald(agendering(cast))
    assert kroon[0].naam in zin, "niet meer allemaal, dus met naam"
    assert "wijzigde wie er stemt" in als(cast.raadssecretaris).get(adres).text
    assert zin in [g.wat for g in gevolgen(cast.traject, "stel_vast")]
    handel(traject=cast.vers(), versie=None, overgang="stel_vast", door=cast.raadssecretaris)
    rij = Gebeurtenis.objects.filter(soort="adviezen.stel_vast", object_id=str(cast.traject.pk)).get()
    assert rij.gegevens["waarschuwingen"] == [zin]


def test_regel_33_wie_zich_onthoudt_staat_bij_geen_opvatting(cast: Cast) -> None:
    kroon = next(s for s in aanwezig(cast) if s.geleding == Geleding.KROONLEDEN)
    tegenover_elkaar(cast, kroon)
    leg_oordeel_vast(traject=cast.vers(), versie=None, oordeel=Raadsoordeel.VERDEELD, door=cast.raadssecretaris)
    punt = agendering(cast).agendapunt
    Onthouding.objects.create(agendapunt=punt, zetel_id=kroon.zetel_pk, persoon_id=kroon.persoon_pk)
    (tekort,) = mag_stel_vast(cast.vers())
    assert f"{kroon.naam} steunt een opvatting maar onthoudt zich" in tekort.tekst


@pytest.mark.parametrize(
    ("uitkomst", "tegen", "oordeel", "woorden"),
    [
        ("verworpen", 20, Raadsoordeel.UNANIEM, "laatste besluit bij dit agendapunt is: verworpen"),
        ("nietig", 3, Raadsoordeel.UNANIEM, "stemming nietig"),
        ("aangehouden", 18, Raadsoordeel.UNANIEM, "aangehouden"),
        ("aangenomen", 1, Raadsoordeel.UNANIEM, "was één lid tegen"),
        ("aangenomen", 4, Raadsoordeel.UNANIEM, "waren 4 leden tegen"),
        ("aangenomen", 0, Raadsoordeel.UNANIEM, ""),
        ("aangenomen", 4, Raadsoordeel.VERDEELD, ""),
    ],
)
def test_regel_29_en_38_wat_de_stemming_zei_geldt_ook_voor_het_advies(
    uitkomst: str, tegen: int, oordeel: str, woorden: str, cast: Cast
) -> None:
    if oordeel == Raadsoordeel.VERDEELD:
        tegenover_elkaar(cast, *aanwezig(cast)[:4])
    leg_oordeel_vast(traject=cast.vers(), versie=None, oordeel=oordeel, door=cast.raadssecretaris)
    velden = {"agendapunt": agendering(cast).agendapunt, "genomen_op": vandaag(), "voorbeeld": True, "blanco": 0}
    Besluit.objects.create(**velden, tekst="Een eerdere wijziging.", uitkomst="verworpen", voor=2, tegen=30)
    Besluit.objects.create(**velden, tekst="Het advies.", uitkomst=uitkomst, voor=20, tegen=tegen)
    over = [t.tekst for t in mag_stel_vast(cast.vers())]
    assert len(over) == bool(woorden)
    assert woorden in "".join(over)
