"""Opmerkingen lopen mee naar de volgende versie en verdwijnen nooit; wat eraan gebeurde staat erbij."""

import random
import re
from functools import partial

import pytest
from django.urls import reverse

from adviezen.actions import opmerkingen as acties
from adviezen.actions.versies import schrijf_concept
from adviezen.enums import Kring, Stap
from adviezen.models import Opmerking
from adviezen.queries.lezen import vakken
from adviezen.queries.plaats import GESPLITST, GEWIJZIGD, HIER, VERPLAATST, VERVALLEN, Anker, Kaart
from adviezen.queries.tekst import kort, passages
from adviezen.queries.vergelijken import verwant
from kern import anker
from kern.anker import Citaat
from kern.blokken import blokken, munt
from kern.fouten import InvoerFout
from kern.tijd import nu
from tests.adviezen import bouw
from tests.adviezen.hulp import versiepad as pad

EEN = "De raad vraagt aandacht voor kleine bedrijven in de grensstreek."
TWEE = "Een hogere drempel geeft rust, maar raakt de opbrengst van premies. De commissie weegt dat tegen elkaar af."
DRIE = "Er komt één loket waar werkgevers en werknemers terechtkunnen met vragen."


def tekst(*alineas, vorige=None):
    return munt("<h2>Kop</h2>" + "".join(f"<p>{a}</p>" for a in alineas), vorige)


def aan(html, alinea, exact=""):
    """Het anker van een opmerking bij een alinea, of bij woorden daarin."""
    blok = next(b for b in blokken(html) if b.tekst == alinea)
    if not exact:
        return Anker(blok.id, kort(blok.tekst))
    begin = blok.tekst.index(exact)
    c = anker.maak(blok.tekst, begin, begin + len(exact))
    return Anker(blok.id, c.exact, c.begin, c.einde, c.voor, c.na)


def waar(html, plek):
    """De tekst van het blok waar de opmerking nu staat, met de aangehaalde woorden."""
    blok = {b.id: b.tekst for b in blokken(html)}.get(plek.blok, "")
    return blok, blok[plek.begin : plek.einde] if plek.begin is not None else ""


V1 = tekst(EEN, TWEE, DRIE)


def test_een_alinea_die_verschuift_neemt_haar_opmerking_mee():
    later = tekst("Nieuw vooraan.", DRIE, EEN, TWEE, vorige=V1)
    plek = Kaart(later).plek(aan(V1, EEN, "kleine bedrijven"))
    assert plek.staat == HIER
    assert waar(later, plek) == (EEN, "kleine bedrijven")


def test_woorden_die_wijzigen_en_een_alinea_die_verdwijnt():
    later = tekst(EEN.replace("kleine bedrijven", "het mkb"), DRIE, vorige=V1)
    kaart = Kaart(later)
    assert kaart.plek(aan(V1, EEN, "kleine bedrijven")).staat == GEWIJZIGD
    assert kaart.plek(aan(V1, EEN)).staat == GEWIJZIGD
    assert kaart.plek(aan(V1, TWEE, "geeft rust, maar")).staat == VERVALLEN
    assert kaart.plek(aan(V1, TWEE)).staat == VERVALLEN
    assert kaart.plek(aan(V1, DRIE)).staat == HIER


def test_een_alinea_die_in_tweeen_wordt_gesplitst():
    """De opmerking gaat mee met haar woorden, ook als die in de helft met een nieuwe naam terechtkomen."""
    een, twee = TWEE.split(". ")
    later = tekst(EEN, een + ".", twee, DRIE, vorige=V1)
    for exact, helft in (("hogere drempel geeft rust", een + "."), ("weegt dat tegen elkaar af", twee)):
        plek = Kaart(later).plek(aan(V1, TWEE, exact))
        assert plek.staat in (HIER, VERPLAATST)
        assert waar(later, plek) == (helft, exact)
    geheel = Kaart(later).plek(aan(V1, TWEE))
    assert waar(later, geheel)[0] in (een + ".", twee)


def test_twee_alineas_die_samengaan():
    later = tekst(EEN + " " + DRIE, TWEE, vorige=V1)
    for alinea, exact in ((EEN, "in de grensstreek"), (DRIE, "waar werkgevers en werknemers")):
        plek = Kaart(later).plek(aan(V1, alinea, exact))
        assert waar(later, plek) == (EEN + " " + DRIE, exact)


def test_een_gesplitste_alinea_houdt_haar_opmerkingen_bij_de_goede_helft():
    """Ook korte en vaker voorkomende woorden gaan naar de helft waar zij stonden."""
    begin = "De premie stijgt voor wie in de grensstreek woont en thuis werkt."
    slot = "De premie daalt voor wie vijf dagen op kantoor zit en reist."
    oud = tekst(EEN, f"{begin} {slot}", DRIE)
    nieuw = tekst(EEN, begin, slot, DRIE, vorige=oud)
    kaart = Kaart(nieuw, lambda _: verwant(oud, nieuw))
    heel = f"{begin} {slot}"
    for exact, helft in (("thuis werkt", begin), ("kantoor", slot), ("reist", slot)):
        plek = kaart.plek(aan(oud, heel, exact), 1)
        assert waar(nieuw, plek) == (helft, exact)
    blok = next(b.id for b in blokken(oud) if b.tekst == heel)
    tweede = heel.rindex("premie")
    plek = kaart.plek(
        Anker(blok, "premie", tweede, tweede + 6, heel[tweede - 48 : tweede], heel[tweede + 6 : tweede + 54]), 1
    )
    assert waar(nieuw, plek) == (slot, "premie")
    assert kaart.plek(aan(oud, heel), 1).staat == GESPLITST
    assert waar(nieuw, kaart.plek(aan(oud, heel), 1))[0] == begin
    # Over de knip heen: de woorden staan in geen van beide helften.
    assert kaart.plek(aan(oud, heel, "thuis werkt. De premie daalt"), 1).staat == GEWIJZIGD
    # En terug: samengevoegd staat elk citaat weer in het ene blok, ook het korte.
    terug = tekst(EEN, heel, DRIE, vorige=nieuw)
    kaart = Kaart(terug, lambda _: verwant(nieuw, terug))
    assert waar(terug, kaart.plek(aan(nieuw, slot, "reist"), 1)) == (heel, "reist")
    assert waar(terug, kaart.plek(aan(nieuw, slot), 1))[0] == heel


def test_gewone_woorden_worden_niet_ergens_anders_geplakt():
    html = tekst("de raad wil dit", "iets wat de raad zegt")
    later = tekst("iets wat de raad zegt", vorige=html)
    assert Kaart(later).plek(aan(html, "de raad wil dit", "de raad")).staat == VERVALLEN


# --- 2.000 wandelingen ------------------------------------------------------------------------------------------

WOORDEN = [
    "raad",
    "advies",
    "drempel",
    "premie",
    "loket",
    "grens",
    "werkgever",
    "werknemer",
    "sector",
    "regio",
    "scholing",
    "pensioen",
    "kosten",
]


def zin(dobbel):
    return " ".join(dobbel.choice(WOORDEN) for _ in range(dobbel.randint(4, 14))).capitalize() + "."


def bewerk(dobbel, alineas):
    """Eén willekeurige bewerking: erbij, weg, verplaats, splits, voeg samen, verander een woord."""
    uit, n = list(alineas), dobbel.randrange(len(alineas))
    wat = dobbel.choice(["erbij", "weg", "verplaats", "splits", "samen", "woord", "woord"])
    woorden = uit[n].split()
    if wat == "erbij" or len(uit) < 2:
        uit.insert(n, zin(dobbel))
    elif wat == "weg":
        del uit[n]
    elif wat == "verplaats":
        uit.insert(dobbel.randrange(len(uit)), uit.pop(n))
    elif wat == "splits" and len(woorden) > 3:
        knip = dobbel.randint(1, len(woorden) - 1)
        uit[n : n + 1] = [" ".join(woorden[:knip]), " ".join(woorden[knip:])]
    elif wat == "samen" and n + 1 < len(uit):
        uit[n : n + 2] = [f"{uit[n]} {uit[n + 1]}"]
    else:
        woorden[dobbel.randrange(len(woorden))] = dobbel.choice(WOORDEN)
        uit[n] = " ".join(woorden)
    return uit


def _van(eerste, html, _):
    return verwant(eerste, html)


def test_opmerkingen_verdwijnen_nooit_over_tweeduizend_wandelingen():
    """Elke opmerking heeft in elke latere versie een vak, en staat nergens waar haar woorden niet staan."""
    gezien = dict.fromkeys((HIER, VERPLAATST, GESPLITST, GEWIJZIGD, VERVALLEN), 0)
    for wandeling in range(2000):
        dobbel = random.Random(wandeling)
        alineas = [zin(dobbel) for _ in range(dobbel.randint(2, 4))]
        eerste = html = tekst(*alineas)
        ankers = []
        for blok in blokken(html):
            ankers.append(Anker(blok.id, kort(blok.tekst)))
            if len(blok.tekst) > 8:
                begin = dobbel.randrange(len(blok.tekst) - 6)
                c = anker.maak(blok.tekst, begin, begin + dobbel.randint(4, 40))
                ankers.append(Anker(blok.id, c.exact, c.begin, c.einde, c.voor, c.na))
        for _ in range(2):
            alineas = bewerk(dobbel, bewerk(dobbel, alineas))
            html = tekst(*alineas, vorige=html)
            kaart, delen = Kaart(html, partial(_van, eerste, html)), passages(html)
            plekken = {n: kaart.plek(a, 1) for n, a in enumerate(ankers)}
            vak = vakken(delen, plekken)
            assert len(vak) == len(ankers)
            for n, plek in plekken.items():
                gezien[plek.staat] += 1
                if plek.staat == VERVALLEN:
                    assert vak[n] == len(delen)
                    assert ankers[n].blok not in kaart.teksten
                    continue
                assert vak[n] < len(delen)
                assert plek.blok in delen[vak[n]].blokken
                if plek.begin is not None and ankers[n].begin is not None:
                    assert waar(html, plek)[1] == ankers[n].citaat
                if plek.staat == GEWIJZIGD and ankers[n].begin is not None:
                    assert ankers[n].citaat not in kaart.teksten[plek.blok]
    assert all(aantal > 200 for aantal in gezien.values()), gezien


# --- op het scherm ----------------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.CONCEPT, wereld)


def schrijf(cast, *alineas):
    laatste = cast.traject.versies.last()
    html = "<h2>Kop</h2>" + "".join(f"<p>{a}</p>" for a in alineas)
    return schrijf_concept(traject=cast.traject, basis=laatste.pk if laatste else None, html=html, door=cast.secretaris)


def plaats(versie, door, woorden, alinea, exact="", kring=Kring.COMMISSIE):
    blok = next(b for b in blokken(versie.html) if b.tekst == alinea)
    aanhaling = Citaat(exact) if exact else None
    return acties.plaats_opmerking(
        versie=versie, tekst=woorden, kring=kring, door=door, blok=blok.id, aanhaling=aanhaling
    )


def test_de_volgende_versie_toont_wat_nog_open_staat_en_zegt_wat_er_met_de_plek_gebeurde(als, cast):
    lid, een = cast.wereld.account("FNV 2"), schrijf(cast, EEN, TWEE, DRIE)
    blijft = plaats(een, lid, "Deze blijft.", EEN, "kleine bedrijven")
    anders = plaats(een, lid, "Deze woorden gaan weg.", TWEE, "opbrengst van premies")
    weg = plaats(een, lid, "Deze alinea vervalt.", DRIE)
    af = plaats(een, lid, "Deze is klaar.", EEN)
    acties.doe_opmerking_af(opmerking=af, afdoening="Gedaan.", door=cast.secretaris)
    twee = schrijf(cast, EEN, TWEE.replace("opbrengst van premies", "inkomsten"))
    html = als(lid).get(pad(twee)).content.decode()
    for o in (blijft, anders, weg):
        assert o.tekst in html
    assert f'data-opmerking="{blijft.pk}">kleine bedrijven</mark>' in html
    assert "Geschreven bij concept 1; de aangehaalde woorden zijn gewijzigd" in html
    assert re.search(r"Passage vervallen</h2>.*Deze alinea vervalt\.", html, re.S)
    assert "Deze is klaar." not in html
    oud = als(lid).get(pad(een)).content.decode()
    assert "Deze is klaar." in oud
    assert "Er is een nieuwere tekst" in oud
    # Antwoorden vanaf de nieuwe versie brengt de lezer daar terug; de opmerking blijft van haar eigen versie.
    adres = f"{reverse('lezen:antwoord', kwargs={'pk': blijft.pk})}?op={twee.pk}"
    assert adres in html
    antwoord = als(cast.secretaris).post(adres, {"tekst": "Wij kijken ernaar."})
    assert antwoord.url == f"{pad(twee)}#opmerking-{blijft.pk}"
    assert set(Opmerking.objects.values_list("versie", flat=True)) == {een.pk}
    # Een versie van een ander traject telt niet als plek om terug te komen.
    vreemd = bouw.versie(bouw.traject_op(Stap.CONCEPT, cast.wereld))
    terug = als(lid).post(f"{adres.split('?')[0]}?op={vreemd.pk}", {"tekst": "Dank."})
    assert terug.url.startswith(pad(een))


def test_meelopen_verruimt_geen_kring(als, cast):
    """Wie de eerdere versie niet mocht lezen, krijgt haar opmerkingen niet te zien op de latere."""
    lid = cast.wereld.account("FNV 2")
    een = schrijf(cast, EEN, TWEE)
    plaats(een, lid, "Alleen de commissie.", EEN)
    bouw.naar_achterbanberaad(cast)
    wit = cast.traject.versies.last()
    assert "Alleen de commissie." in als(lid).get(pad(wit)).content.decode()
    for naam in ("FNV 8", "Kroonlid 10"):
        antwoord = als(cast.wereld.account(naam)).get(pad(wit))
        assert antwoord.status_code == 200
        assert "Alleen de commissie." not in antwoord.content.decode()
    assert "Alleen de commissie." not in als(cast.wereld.raad.ministerieel.gebruiker).get(pad(wit)).content.decode()


def test_een_ingetrokken_traject_houdt_zijn_opmerkingen_en_neemt_er_geen_aan(als, cast):
    lid, een = cast.wereld.account("FNV 2"), schrijf(cast, EEN, TWEE)
    open_ = plaats(een, lid, "Nog open.", EEN, "kleine bedrijven")
    bouw.eindig(cast, "trek_in")
    cast.vers()
    een.refresh_from_db()
    client = als(lid)
    html = client.get(pad(een)).content.decode()
    assert "Nog open." in html
    assert "Dit traject is ingetrokken" in html
    assert reverse("lezen:opmerken", kwargs={"pk": een.pk}) not in html
    formulier = reverse("lezen:opmerken", kwargs={"pk": een.pk})
    assert "er kan niets meer bij" in client.get(formulier).content.decode()
    mijn = {"tekst": "Mijn woorden.", "kring": "commissie", "soort": "gewoon"}
    antwoord = client.post(formulier, mijn)
    assert antwoord.status_code == 422
    assert "Mijn woorden." in antwoord.content.decode()
    with pytest.raises(InvoerFout, match="ingetrokken"):
        acties.doe_opmerking_af(opmerking=open_, afdoening="Toch.", door=lid)
    with pytest.raises(InvoerFout, match="ingetrokken"):
        acties.plaats_opmerking(versie=een, tekst="Toch.", kring="", antwoord_op=open_, door=lid)
    assert client.get(reverse("lezen:antwoord", kwargs={"pk": open_.pk})).status_code == 200
    assert Opmerking.objects.count() == 1


def test_twee_doen_tegelijk_af_de_tweede_ziet_wat_besloten_is_en_houdt_zijn_woorden(als, cast):
    lid, een = cast.wereld.account("FNV 2"), schrijf(cast, EEN, TWEE)
    o = plaats(een, lid, "Kan dit korter?", EEN)
    adres = reverse("lezen:afdoen", kwargs={"pk": o.pk})
    als(cast.secretaris).post(adres, {"afdoening": "Ingekort."})
    te_laat = als(lid).post(adres, {"afdoening": "Hoeft niet meer, ik trek dit in."})
    html = te_laat.content.decode()
    assert te_laat.status_code == 422
    assert f"al afgedaan door {cast.secretaris.naam}" in html
    assert "“Ingekort.”" in html
    assert "Hoeft niet meer, ik trek dit in.</textarea>" in html
    assert f'action="{reverse("lezen:antwoord", kwargs={"pk": o.pk})}"' in html
    o.refresh_from_db()
    assert o.afdoening == "Ingekort."
    assert nu() >= o.afgedaan_op
