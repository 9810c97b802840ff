"""Het jaarverslag: een concept uit de records, als Word en als PDF, met de termijn van vóór 1 april."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from docx import Document

from adviezen.models import Advies
from adviezen.openbaar import publiceer_advies
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import datum_nl, nu, vandaag
from logboek.actions import leg_vast as log
from opvolging.actions import Antwoordregel, leg_antwoorden_vast, zet_stand
from opvolging.actions.jaarverslag import (
    als_word,
    begin_jaarverslag,
    bied_jaarverslag_aan,
    schrijf_inleiding,
    vraag_jaarpdf,
)
from opvolging.jaartekst import Hoofdstuk, als_html
from opvolging.models import Jaarverslag
from opvolging.queries.jaarverslag import hoofdstukken
from publiek.cache import BEWARING
from stukken.models import PdfOpdracht
from termijnen.queries import laatste
from termijnen.regels import uitleg, vervaldatum
from tests.opvolging.hulp import PDF, advies, leg_vast, openbaar, wacht_voorbij
from vergaderingen.models import Agendapunt, Besluit, Vergadering

pytestmark = pytest.mark.django_db
EERDER = vandaag().year - 2  # zo ligt de vaststelling, in januari erna, ook op 1 januari in het verleden


def test_de_regel_van_artikel_65():
    assert vervaldatum("jaarverslag", date(2026, 12, 31)) == date(2027, 3, 31)
    assert vervaldatum("jaarverslag", date(2023, 12, 31)) == date(2024, 3, 31)
    assert "vóór 1 april" in uitleg("jaarverslag", date(2026, 12, 31))


def test_het_concept_telt_de_records(wereld):
    jaar = vandaag().year
    verslag = begin_jaarverslag(jaar=jaar, door=wereld.secretaris)
    assert laatste(verslag, "jaarverslag").vervalt_op == date(jaar + 1, 3, 31)
    assert begin_jaarverslag(jaar=jaar, door=wereld.tweede) == verslag
    leeg = als_html(hoofdstukken(verslag))
    assert "geen adviezen" in leeg
    assert f"Het portaal kent van {jaar} geen reacties van het kabinet." in leeg  # niet bekend is niet geen
    rij = openbaar(wereld, ["Doe dit & dat."], dagen_geleden=0)
    reactie = leg_vast(wereld, rij, kamerstuk="Kamerstuk 9 (voorbeeld)")
    punt = rij.aanbevelingen.select_related("advies").get()
    leg_antwoorden_vast(
        advies=rij, reactie=reactie, regels=[Antwoordregel(punt, "niet", "Nee.")], door=wereld.secretaris
    )
    zet_stand(aanbeveling=punt, stand="niet_uitgevoerd", motivering="Zie brief.", door=wereld.secretaris)
    verslag = schrijf_inleiding(verslag=verslag, versie=0, inleiding="Een <b>jaar</b>.", door=wereld.secretaris)
    tekst = als_html(hoofdstukken(verslag))
    for stuk in (
        "één advies uit",
        rij.titel,
        "één reactie: 1 op tijd",
        "Kamerstuk 9",
        "neemt niet over",
        "Een &lt;b&gt;",
    ):
        assert stuk in tekst
    document = Document(io.BytesIO(als_word(verslag)))
    assert document.paragraphs[0].text == f"Jaarverslag {jaar}"
    assert "VOORBEELD" in document.paragraphs[1].text
    assert any(rij.titel in cel.text for tabel in document.tables for r in tabel.rows for cel in r.cells)
    assert als_html([Hoofdstuk("K", ["a"], [["alleen een kop"]])]) == "<h2>K</h2><p>a</p>"


def test_een_aanbeveling_aan_twee_ministers_telt_een_keer(wereld):
    rij = openbaar(wereld, [("Doe dit.", "minister A (voorbeeld); minister B (voorbeeld)")], dagen_geleden=0)
    punt = rij.aanbevelingen.select_related("advies").get()
    regels = [Antwoordregel(punt, "niet", "Nee.", geadresseerde=wie) for wie in punt.aan.all()]
    leg_antwoorden_vast(advies=rij, reactie=leg_vast(wereld, rij), regels=regels, door=wereld.secretaris)
    tekst = als_html(hoofdstukken(begin_jaarverslag(jaar=vandaag().year, door=wereld.secretaris)))
    assert f"Over één aanbeveling is in {vandaag().year} een antwoord beoordeeld." in tekst
    assert "<td>neemt niet over</td><td>2</td>" in tekst
    assert "telt in de tabel bij ieder van hen mee" in tekst


def test_laat_telt_op_de_laatste_dag_van_het_jaar_en_niet_op_de_dag_van_schrijven(wereld):
    """Een reactie die in januari kwam, was in december nog niet binnen; wat nog niet verstreken is, is nooit laat."""
    vorig = vandaag().year - 1
    te_laat = (vandaag() - date(vorig, 6, 1)).days
    antwoordt = openbaar(wereld, dagen_geleden=te_laat)
    op_tijd = openbaar(wereld, dagen_geleden=te_laat)
    openbaar(wereld, dagen_geleden=(vandaag() - date(vorig, 12, 30)).days)  # loopt op de laatste dag nog
    openbaar(wereld, dagen_geleden=te_laat)  # kwam nooit
    leg_vast(wereld, antwoordt, datum=date(vorig + 1, 1, 1))  # ook op 1 januari niet in de toekomst
    leg_vast(wereld, op_tijd, datum=date(vorig, 7, 1))
    tekst = als_html(hoofdstukken(begin_jaarverslag(jaar=vorig, door=wereld.secretaris)))
    assert "Aan het eind van het jaar was bij 2 adviezen de afgesproken dag voorbij" in tekst
    lopend = als_html(hoofdstukken(begin_jaarverslag(jaar=vorig + 1, door=wereld.secretaris)))
    voorbij = vandaag() == date(vorig + 1, 12, 31)
    assert ("Aan het eind van het jaar was" if voorbij else f"Op {datum_nl(vandaag(), weekdag=False)} was") in lopend


def test_wat_uit_het_archief_komt_telt_mee_al_is_de_dag_van_uitbrengen_niet_bekend(wereld):
    """Niet bekend is niet geen: de site telt deze adviezen en vergaderingen in hetzelfde jaar."""
    jaar = vandaag().year - 1
    for volg, dag in enumerate((None, date(jaar, 6, 1))):
        Advies.objects.create(
            kenmerk=f"adv-{volg}", titel=f"Uit het archief {volg} (voorbeeld)", jaar=jaar, datum=dag, voorbeeld=True,
            datum_precisie="dag" if dag else "onbekend", oordeel="unaniem",
        )  # fmt: skip
    archief = ((3, "afgeleid", "dag"), (4, "aangekondigd", "dag"), (11, "waargenomen", "maand"))
    for maand, zekerheid, precisie in archief:
        rij = Vergadering.objects.create(
            kenmerk=f"ver-{maand}", slug=f"{jaar}-{maand:02d}-01", orgaan="raad", datum=date(jaar, maand, 1),
            datum_precisie=precisie, zekerheid=zekerheid, status="gesloten", voorbeeld=True,
        )  # fmt: skip
        log(soort="vergaderingen.laad_archief", object=rij, door=None)
    tekst = als_html(hoofdstukken(begin_jaarverslag(jaar=jaar, door=wereld.secretaris)))
    assert f"In {jaar} bracht de SER 2 adviezen uit." in tekst
    assert "Van 2 adviezen is het oordeel vastgelegd: 2 unaniem" in tekst
    assert tekst.count("<td>dag niet bekend</td>") == 2
    assert f"De raad vergaderde 2 keer: 1 maart {jaar}, november {jaar} (dag onbekend)." in tekst


@pytest.mark.parametrize(("dagen", "midden"), [((100, 101), 101), ((101, 102), 102), ((7,), 7)])
def test_de_mediaan_rondt_zoals_de_cijfers_op_de_site(wereld, dagen, midden):
    for duur in dagen:
        rij = advies(wereld, 5, klok=False)
        rij.aanvraagdatum = rij.uitgebracht_op - timedelta(days=duur)
        rij.save()
    tekst = als_html(hoofdstukken(begin_jaarverslag(jaar=rij.jaar, door=wereld.secretaris)))
    assert f"duurde het {midden} dagen (mediaan, n = {len(dagen)})" in tekst


def test_wat_niet_kan(wereld):
    for jaar in (vandaag().year + 1, 1900):
        with pytest.raises(InvoerFout):
            begin_jaarverslag(jaar=jaar, door=wereld.secretaris)
    with pytest.raises(GeenToegang):
        begin_jaarverslag(jaar=2025, door=wereld.buitenstaander)
    verslag = begin_jaarverslag(jaar=EERDER, door=wereld.secretaris)
    with pytest.raises(InvoerFout, match="intussen"):
        schrijf_inleiding(verslag=verslag, versie=9, inleiding="x", door=wereld.secretaris)
    with pytest.raises(GeenToegang):
        schrijf_inleiding(verslag=verslag, versie=0, inleiding="x", door=wereld.buitenstaander)
    punt = vastgesteld(verslag.jaar)
    kan = {"verslag": verslag, "op": vandaag(), "vastgesteld_bij": punt, "door": wereld.secretaris}
    with pytest.raises(InvoerFout, match="inleiding"):
        bied_jaarverslag_aan(versie=0, **kan)
    schrijf_inleiding(verslag=verslag, versie=0, inleiding="Beste lezer.", door=wereld.secretaris)
    with pytest.raises(InvoerFout, match="Kies een dag"):
        bied_jaarverslag_aan(versie=1, **kan | {"op": date(verslag.jaar, 12, 31)})
    with pytest.raises(InvoerFout, match="stelde het pas op"):
        bied_jaarverslag_aan(versie=1, **kan | {"op": punt.vergadering.datum - timedelta(days=1)})
    with pytest.raises(InvoerFout, match="definitieve PDF"):
        bied_jaarverslag_aan(versie=1, **kan)
    with pytest.raises(InvoerFout, match="Kies het punt"):
        bied_jaarverslag_aan(versie=1, **kan | {"vastgesteld_bij": vastgesteld(verslag.jaar, over=1999)})
    verslag = definitief(verslag, wereld)
    bied_jaarverslag_aan(versie=1, **kan)
    assert laatste(verslag, "jaarverslag").status == "voldaan"
    with pytest.raises(InvoerFout, match="al aangeboden"):
        schrijf_inleiding(verslag=verslag, versie=2, inleiding="x", door=wereld.secretaris)


def vastgesteld(jaar, *, over=None):
    """Het punt waarbij de raad het jaarverslag over `jaar` (of `over`) vaststelde, eind januari daarna."""
    volg = Agendapunt.objects.count() + 1
    dag = date(jaar + 1, 1, 28)
    rij = Vergadering.objects.create(
        kenmerk=f"ver-jv-{volg}",
        slug=f"{dag.isoformat()}-{volg}",
        orgaan="raad",
        datum=dag,
        status="gesloten",
        voorbeeld=True,
    )
    log(soort="vergaderingen.laad_archief", object=rij, door=None)
    punt = Agendapunt.objects.create(
        vergadering=rij, volgorde=1, onderwerp=f"Vaststellen SER-jaarverslag {over or jaar}", soort="jaarstuk",
        voorbeeld=True,
    )  # fmt: skip
    Besluit.objects.create(agendapunt=punt, tekst="Vastgesteld (voorbeeld).", genomen_op=dag, voorbeeld=True)
    return punt


def definitief(verslag, wereld):
    """Maak de PDF voor de ministers van de tekst van nu, en geef het verslag zoals het nu is."""
    verslag.refresh_from_db()
    opdracht = vraag_jaarpdf(verslag=verslag, door=wereld.secretaris, definitief=True)
    PdfOpdracht.objects.claim(opdracht.pk).rond_af(PDF)
    return verslag


def bied_aan(wereld, jaar):
    verslag = begin_jaarverslag(jaar=jaar, door=wereld.secretaris)
    verslag = schrijf_inleiding(verslag=verslag, versie=0, inleiding="Beste lezer.", door=wereld.secretaris)
    punt = vastgesteld(jaar)
    definitief(verslag, wereld)
    return bied_jaarverslag_aan(verslag=verslag, versie=1, op=vandaag(), vastgesteld_bij=punt, door=wereld.secretaris)


def test_wat_is_aangeboden_verandert_niet_meer(wereld):
    """Daarna telde elke herstelde dag er nog in mee: scherm, Word en PDF zeiden iets anders dan de ministers kregen."""
    jaar = EERDER
    openbaar(wereld, dagen_geleden=(vandaag() - date(jaar, 6, 1)).days)
    verslag = bied_aan(wereld, jaar)
    gegeven = als_html(hoofdstukken(verslag))
    assert "één advies uit" in gegeven
    openbaar(wereld, dagen_geleden=(vandaag() - date(jaar, 7, 1)).days)
    verslag.refresh_from_db()
    assert als_html(hoofdstukken(verslag)) == gegeven


def test_het_publiek_leest_het_na_tien_minuten_met_de_pdf_van_de_ministers(client, wereld):
    jaar = EERDER
    verslag = bied_aan(wereld, jaar)
    pad = f"/jaarverslagen/{jaar}/"
    BEWARING.wis()
    assert client.get(pad).status_code == 404
    assert "Nog geen jaarverslag" in client.get("/jaarverslagen/").content.decode()
    wacht_voorbij()
    BEWARING.wis()
    assert pad in client.get("/jaarverslagen/").content.decode()
    tekst = client.get(pad).content.decode()
    assert "Beste lezer." in tekst
    assert f"/vergaderingen/{verslag.vastgesteld_bij.vergadering.slug}/" in tekst
    bestand = client.get(f"{pad}jaarverslag.pdf")
    assert (bestand.content, bestand["Content-Type"]) == (PDF, "application/pdf")


def test_een_aanbieding_is_tien_minuten_te_herroepen(als, wereld):
    jaar = EERDER
    verslag = bied_aan(wereld, jaar)
    client, pad = als(wereld.secretaris), reverse("opvolging:jaarverslag_herroep", args=[jaar])
    assert "Herroep het aanbieden" in client.get(reverse("opvolging:jaarverslag", args=[jaar])).content.decode()
    assert "intussen" in client.post(pad, {"versie": "0"}, follow=True).content.decode()
    klaar = client.post(pad, {"versie": str(verslag.rijversie)}, follow=True).content.decode()
    assert "weer een concept" in klaar
    verslag.refresh_from_db()
    assert (verslag.aangeboden_op, verslag.inhoud, verslag.pdf) == (None, None, None)
    assert laatste(verslag, "jaarverslag").status == "open"
    assert "kan niet meer" in client.post(pad, {"versie": str(verslag.rijversie)}, follow=True).content.decode()


def test_wat_onder_embargo_ligt_staat_niet_in_het_jaarverslag(wereld):
    rij = advies(wereld, 1)
    publiceer_advies(advies=rij, html="<p>x</p>", vanaf=nu() + timedelta(days=2), door=wereld.secretaris)
    tekst = als_html(hoofdstukken(begin_jaarverslag(jaar=rij.jaar, door=wereld.secretaris)))
    assert rij.titel not in tekst
    assert "Nog onder embargo en daarom niet geteld: één advies." in tekst


def test_in_de_browser(als, wereld):
    client, jaar = als(wereld.secretaris), EERDER
    lijst = reverse("opvolging:jaarverslagen")
    assert "Nog geen jaarverslag" in client.get(lijst).content.decode()
    assert client.post(lijst, {"jaar": "2199"}).status_code == 422
    pagina = client.post(lijst, {"jaar": str(jaar)}, follow=True).content.decode()
    assert "Reacties van het kabinet" in pagina
    pad = reverse("opvolging:jaarverslag", args=[jaar])
    assert "is bewaard" in client.post(pad, {"versie": "0", "inleiding": "Beste lezer."}, follow=True).content.decode()
    assert client.post(pad, {"versie": "0", "inleiding": "Oud."}).status_code == 422
    word = client.get(reverse("opvolging:jaarverslag_word", args=[jaar]))
    assert word.content[:2] == b"PK"
    assert f"jaarverslag-{jaar}-concept.docx" in word["Content-Disposition"]
    assert client.get(reverse("opvolging:jaarpdf", args=[jaar])).status_code == 404
    client.post(reverse("opvolging:jaarpdf_maak", args=[jaar]))
    assert PdfOpdracht.objects.get().onderwerp == f"jaarverslag:{jaar}"
    stand = reverse("opvolging:jaarpdf_stand", args=[jaar])
    PdfOpdracht.objects.claim(PdfOpdracht.objects.get().pk).rond_af(b"%PDF-1.7 van toen")
    assert "Deze PDF is van eerder" not in client.get(stand).text
    Jaarverslag.objects.filter(jaar=jaar).update(inleiding="Beste lezers.")
    assert "Deze PDF is van eerder" in client.get(stand).text
    assert "nog niet vastgesteld" in client.get(pad).content.decode()
    aan = reverse("opvolging:jaarverslag_aanbieden", args=[jaar])
    assert "Nog nodig om aan te bieden" in client.get(aan).content.decode()
    punt = vastgesteld(jaar)
    assert "Bied het jaarverslag aan" in client.get(pad).content.decode()
    maak = reverse("opvolging:jaarpdf_maak", args=[jaar]) + "?definitief=1"
    assert "leg vast" in client.post(maak, follow=True).content.decode().casefold()
    definitief(Jaarverslag.objects.get(), wereld)
    invoer = {"versie": "1", "vastgesteld_bij": str(punt.pk)}
    assert client.post(aan, invoer | {"op": "1990-01-01"}).status_code == 422
    klaar = client.post(aan, invoer | {"op": vandaag().isoformat()}, follow=True)
    assert "Aangeboden op" in klaar.content.decode()
    assert b"".join(client.get(reverse("opvolging:jaarpdf", args=[jaar])).streaming_content) == PDF
    assert client.get(aan).status_code == 302
    word = client.get(reverse("opvolging:jaarverslag_word", args=[jaar]))
    assert f'"jaarverslag-{jaar}.docx"' in word["Content-Disposition"]
