"""De randen van het leesscherm: wat een script terugkrijgt, na het einde, naast een vergelijking, en de eigen PDF."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from adviezen.actions import opmerkingen as acties
from adviezen.actions.versies import schrijf_concept
from adviezen.enums import Kring, Stap
from adviezen.models import Opmerking, Versie
from adviezen.queries import lezen
from kern.anker import Citaat
from kern.blokken import blokken
from logboek.models import Inzage
from stukken.models import PdfOpdracht
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld
from tests.adviezen.hulp import versiepad as pad
from toegang.models import Gebruiker

pytestmark = pytest.mark.django_db


def begin(wereld: Wereld) -> Cast:
    return bouw.traject_op(Stap.CONCEPT, wereld)


@pytest.fixture
def versie(cast: Cast) -> Versie:
    return bouw.versie(cast)


@pytest.fixture
def lid(cast: Cast) -> Gebruiker:
    return cast.wereld.account("FNV 2")


def plaats(versie: Versie, door: Gebruiker, tekst: str = "Dit kan korter.", **velden: Any) -> Opmerking:
    return acties.plaats_opmerking(versie=versie, tekst=tekst, kring=Kring.COMMISSIE, door=door, **velden)


# --- wat het script van de lezer terugkrijgt ----------------------------------------------------------------------


def test_wat_zonder_verbinding_geschreven_is_komt_een_keer_aan_en_alleen_onder_de_eigen_naam(
    als: Any, cast: Cast, versie: Versie, lid: Gebruiker
) -> None:
    client, blok = als(lid), blokken(versie.html)[1].id
    velden = {"blok": blok, "tekst": "In de trein.", "kring": "commissie", "soort": "gewoon", "nonce": str(uuid4())}

    def stuur(**anders: str) -> Any:
        return client.post(pad(versie, "opmerken"), velden | anders, headers={"Accept": "application/json"})

    ander = stuur(lezer="iemand-anders")
    assert (ander.status_code, "was van een ander account" in ander.content.decode()) == (403, True)
    assert not versie.opmerkingen.filter(tekst="In de trein.").exists()
    fout = stuur(exact="woorden die er niet staan")
    assert fout.status_code == 422
    assert fout.json()["fouten"] == {
        "exact": ["Deze woorden staan niet zo in deze alinea. Laat het vak leeg voor de hele alinea."]
    }
    assert stuur(tekst=" ").json() == {"fouten": {"tekst": ["Vul een opmerking in."]}}
    assert not Opmerking.objects.exists()
    eerste, tweede = stuur(), stuur()
    (rij,) = Opmerking.objects.all()
    assert eerste.json() == tweede.json() == {"opmerking": rij.pk, "adres": f"{pad(versie)}#opmerking-{rij.pk}"}


# --- na het einde ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("naam", "veld"), [("antwoord", "tekst"), ("afdoen", "afdoening")])
def test_wie_nog_typte_toen_het_traject_stopte_leest_waarom_en_houdt_zijn_woorden(
    als: Any, cast: Cast, versie: Versie, lid: Gebruiker, naam: str, veld: str
) -> None:
    rij = plaats(versie, lid)
    bouw.eindig(cast, "trek_in")
    adres = reverse(f"lezen:{naam}", kwargs={"pk": rij.pk})
    assert "Er kan niets meer bij." in als(lid).get(adres).content.decode()
    antwoord = als(lid).post(adres, {veld: "Net nog getypt."})
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "De opmerkingen blijven leesbaar; er kan niets meer bij." in tekst
    assert "Net nog getypt." in tekst
    assert "__all__" not in tekst
    rij.refresh_from_db()
    assert (rij.afgedaan_op, rij.antwoorden.count()) == (None, 0)


# --- naast een vergelijking en achter een link ---------------------------------------------------------------------


def test_de_vergelijking_noemt_hoeveel_er_bij_een_alinea_staat(als: Any, cast: Cast, lid: Gebruiker) -> None:
    een = bouw.versie(cast)
    als(lid).get(pad(een))
    twee = bouw.versie(cast, html=bouw.TEKST.replace("eenvoudiger", "veel eenvoudiger"))
    blok = next(b for b in blokken(twee.html) if "veel eenvoudiger" in b.tekst)
    for tekst in ("Waarom veel?", "Hoeveel?"):
        plaats(twee, lid, tekst, blok=blok.id)
    html = als(lid).get(pad(twee), {"sinds": "1"}).content.decode()
    link = pad(twee, "alinea", waar=blok.id)
    assert f'<a href="{link}">2 opmerkingen' in html
    assert html.count("/alinea/") == 1


def test_bij_een_vervallen_passage_staat_wat_erover_gezegd_was(als: Any, cast: Cast, lid: Gebruiker) -> None:
    een = schrijf_concept(
        traject=cast.traject, basis=None, html="<p>Dit blijft staan.</p><p>Dit gaat eruit.</p>", door=cast.secretaris
    )
    blijft, weg = blokken(een.html)
    plaats(een, lid, "Over wat blijft.", blok=blijft.id)
    plaats(een, lid, "Over wat eruit gaat.", blok=weg.id, aanhaling=Citaat("gaat eruit"))
    twee = schrijf_concept(
        traject=cast.traject,
        basis=een.pk,
        html="<p>Dit blijft staan.</p><p>Heel iets nieuws.</p>",
        door=cast.secretaris,
    )
    html = als(lid).get(pad(twee, "alinea", waar="vervallen")).content.decode()
    assert "Over wat eruit gaat." in html
    assert "Over wat blijft." not in html


# --- de eigen PDF ------------------------------------------------------------------------------------------------


def test_de_eigen_pdf_halen_is_een_inzage(
    als: Any, cast: Cast, versie: Versie, lid: Gebruiker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stukken.actions.geef_door", lambda pk: None)
    als(lid).post(pad(versie, "pdf"))
    PdfOpdracht.objects.update(status="klaar", bestand=bouw.bestand("concept.pdf"))
    antwoord = als(lid).get(pad(versie, "pdf_bestand"))
    assert antwoord.getvalue().startswith(b"%PDF")
    assert ".pdf" in antwoord["Content-Disposition"]
    inzage = Inzage.objects.get()
    assert (inzage.actor_id, inzage.object_id) == (lid.pk, str(versie.pk))
    # Met opmerkingen is een ander bestand, en dat is er nog niet.
    assert als(lid).get(pad(versie, "pdf_bestand"), {"opmerkingen": "1"}).status_code == 404


def test_het_scherm_zegt_als_wat_iemand_leest(als: Any, cast: Cast, versie: Versie) -> None:
    """Lid, plaatsvervanger of adviserend: dat bepaalt wat er van iemand gevraagd wordt, en of hij straks stemt."""
    commissie = bouw.commissie_van(cast)
    in_commissie = {lid.rol: lid.persoon.gebruiker for lid in commissie.leden.select_related("persoon__gebruiker")}
    bezet = {g.pk for g in in_commissie.values() if g} | {
        lid.persoon.gebruiker_id for lid in commissie.leden.select_related("persoon")
    }

    def buiten(*sleutels: str) -> Gebruiker:
        return next(g for g in map(cast.wereld.account, sleutels) if g.pk not in bezet)

    nummers = [str(n) for n in range(1, 9)]
    verwacht = [
        (in_commissie["voorzitter"], "voorzitter van de commissie"),
        (in_commissie["lid"], "lid van de commissie"),
        (buiten(*(f"Kroonlid {n}" for n in nummers)), "kroonlid"),
        (buiten(*(f"FNV {n}" for n in nummers)), "raadslid"),
        (buiten(*(f"plv FNV {n}" for n in nummers)), "plaatsvervangend raadslid"),
        (buiten(*(f"plv Kroonlid {n}" for n in nummers)), "plaatsvervangend kroonlid"),
        (cast.wereld.raad.coordinatoren["FNV"], "coördinator van uw organisatie"),
        (cast.secretaris, "secretariaat"),
        (cast.wereld.beheerder, "contactpersoon van uw organisatie"),
    ]
    for rol, woorden in (
        ("plaatsvervanger", "plaatsvervangend lid van de commissie"),
        ("adviserend_lid", "adviserend lid van de commissie"),
        ("ministerieel_vertegenwoordiger", "ministerieel vertegenwoordiger bij de commissie"),
        ("waarnemer", "waarnemer bij de commissie"),
    ):
        if in_commissie.get(rol) is not None:
            verwacht.append((in_commissie[rol], woorden))
    assert len(verwacht) >= 11, "de voorbeeldcommissie heeft ook meedenkers"
    assert [lezen.hoedanigheid(versie, wie) for wie, _ in verwacht] == [woorden for _, woorden in verwacht]
    for adres in (pad(versie), "/lezen/"):
        assert "u leest als lid van de commissie" in als(in_commissie["lid"]).get(adres).text
