"""De vergaderbundel: per lezer, alle stukken, werkende bladwijzers, en bij een wijziging alleen dat stuk opnieuw."""

import io
import re
import time
from datetime import timedelta
from itertools import groupby
from types import SimpleNamespace
from typing import Any

import docx
import pypdfium2
import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from pikepdf import Pdf

from kern.tijd import nu, vandaag
from logboek.models import Inzage
from raad.actions import beeindig_benoeming
from stukken import exemplaren
from stukken.actions import bewaar_bytes
from stukken.enums import PdfStatus
from stukken.models import Bestand, PdfOpdracht
from stukken.pdf import PdfFout
from stukken.tasks import maak_pdf
from tests.stukken.test_bundel import inhoud as bladwijzers
from tests.stukken.test_bundel import maak, springt
from tests.vergaderingen.conftest import Wereld, maak_commissie
from vergaderingen import actions
from vergaderingen.enums import Orgaan, Puntsoort
from vergaderingen.models import Agendapunt, Bundel, Vergadering
from vergaderingen.queries import laatste_bundel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stille_werker")]


@pytest.fixture
def stille_werker(monkeypatch: pytest.MonkeyPatch) -> None:
    """De werker start niet vanzelf; de toets maakt de opdracht als zij dat wil."""
    monkeypatch.setattr("stukken.actions.geef_door", lambda pk: None)


@pytest.fixture
def gezet(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Zet niets echt: geef de HTML die een PDF zou worden. Alleen de toets van twaalf punten zet echte PDF's."""
    html: list[str] = []

    def zet(tekst: str, *_: Any, **__: Any) -> bytes:
        html.append(" ".join(tekst.split()))
        return maak(max(1, tekst.count('class="stempelblad"')))

    monkeypatch.setattr("vergaderingen.bundel.pdf.zet", zet)
    return html


def bestand(wereld: Wereld, bladen: int = 1, naam: str = "Notitie.pdf") -> Bestand:
    return bewaar_bytes(inhoud=maak(bladen, wijzers=bladen > 1), naam=naam, soort="pdf", door=wereld.door)


def opgeroepen(wereld: Wereld, punten: int = 2) -> Vergadering:
    """Een opgeroepen raad; elk punt heeft een stuk, behalve de opening."""
    rij = wereld.plan(vandaag() + timedelta(days=12))
    wereld.punt(rij, "Opening en mededelingen", soort=Puntsoort.OPENING)
    for n in range(2, punten + 1):
        wereld.punt(rij, f"Punt {n}", bestand=bestand(wereld, 2 if n == 3 else 1, f"Notitie {n}.pdf"))
    return actions.roep_op(vergadering=rij, versie=None, door=wereld.door)


def maak_af(bundel: Bundel) -> bytes:
    assert maak_pdf(bundel.opdracht_id) == "klaar", PdfOpdracht.objects.get(pk=bundel.opdracht_id).fout
    opdracht = PdfOpdracht.objects.get(pk=bundel.opdracht_id)
    assert opdracht.bestand is not None
    return opdracht.bestand.inhoud()


def tekst(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(blad.get_textpage().get_text_range() for blad in document)
    finally:
        document.close()


def test_een_bundel_van_twaalf_punten_opent_met_werkende_bladwijzers(wereld: Wereld) -> None:
    rij = opgeroepen(wereld, 12)
    pdf = maak_af(actions.vraag_bundel(vergadering=rij, lezer=wereld.door))
    regels = bladwijzers(pdf)
    document = pypdfium2.PdfDocument(pdf)
    aantal = len(document)
    document.close()
    assert [titel for niveau, titel, _ in regels if niveau == 0] == [
        "Voorblad en agenda", "1. Opening en mededelingen", *(f"{n}. Punt {n}" for n in range(2, 13)),
    ]  # fmt: skip
    stukken = [(titel, blad) for niveau, titel, blad in regels if niveau == 1]
    assert [titel for titel, _ in stukken] == [f"Notitie {n}.pdf" for n in range(2, 13)]
    assert [blad for _, blad in stukken] == sorted({blad for _, blad in stukken}), "elk stuk op een eigen bladzijde"
    assert stukken[-1][1] == aantal - 1
    assert (2, "Hoofdstuk 1", stukken[1][1]) in regels, "de bladwijzers van een stuk zelf blijven"
    sprongen = [naar for blad in range(stukken[0][1]) for naar in springt(pdf, blad)]
    per_stuk = [naar for naar, _ in groupby(sprongen)]  # een regel van de agenda is meer dan één vlak
    assert per_stuk == [blad for _, blad in stukken], "de agenda is aanklikbaar"
    gelezen = " ".join(tekst(pdf).split())
    assert "Dit exemplaar is van Raadssecretaris (voorbeeld)" in gelezen
    assert f"bladzijde {aantal} van {aantal}" in gelezen
    assert f"Notitie 12.pdf · bladzijde {aantal}" in gelezen
    with Pdf.open(io.BytesIO(pdf)) as open_:
        assert str(open_.Root.Lang) == "nl-NL"


def test_dezelfde_bundel_wordt_niet_opnieuw_gemaakt_en_een_gewijzigd_stuk_krijgt_een_merk(
    wereld: Wereld, gezet: list[str]
) -> None:
    rij = opgeroepen(wereld, 3)
    eerste = actions.vraag_bundel(vergadering=rij, lezer=wereld.door)
    assert actions.vraag_bundel(vergadering=rij, lezer=wereld.door) == eerste
    assert PdfOpdracht.objects.count() == 1
    punt = rij.agendapunten.get(onderwerp="Punt 2")
    actions.wijzig_agendapunt(
        agendapunt=punt, versie=None, onderwerp=punt.onderwerp, soort=punt.soort, door=wereld.door,
        bestand=bestand(wereld, 3, "Notitie 2.pdf"),
    )  # fmt: skip
    wereld.punt(rij, "Punt 4", bestand=bestand(wereld, 1, "Notitie 4.pdf"))
    tweede = actions.vraag_bundel(vergadering=rij, lezer=wereld.door)
    assert tweede != eerste
    merken = {s["titel"]: s["merk"] for p in tweede.opdracht.invoer["punten"] for s in p["stukken"]}
    assert merken == {"Notitie 2.pdf": "gewijzigd", "Notitie 3.pdf": "", "Notitie 4.pdf": "nieuw"}
    pdf = maak_af(tweede)
    assert "Notitie 2.pdf (gewijzigd)" in [titel for _, titel, _ in bladwijzers(pdf)]
    voorblad = next(html for html in gezet if "stempelblad" not in html)
    assert "gewijzigd sinds uw vorige bundel" in voorblad
    assert "na de oproeping toegevoegd" in voorblad


def test_een_vervangen_bundel_gaat_weg_en_de_laatste_blijft_te_halen(wereld: Wereld, gezet: list[str]) -> None:
    """Een lezer vroeg bij elke wijziging een nieuwe, van tientallen bladzijden, en zij bleven allemaal."""
    rij = opgeroepen(wereld, 2)
    eerste = actions.vraag_bundel(vergadering=rij, lezer=wereld.door)
    maak_af(eerste)
    wereld.punt(rij, "Punt 3", bestand=bestand(wereld, 1, "Notitie 3.pdf"))
    tweede = actions.vraag_bundel(vergadering=rij, lezer=wereld.door)
    over_een_maand = nu() + timedelta(days=31)
    assert exemplaren.ruim(over_een_maand) == 0, "zolang de tweede niet klaar is, geldt de eerste"
    maak_af(tweede)
    assert exemplaren.ruim(over_een_maand) == 1
    assert list(Bundel.objects.all()) == [tweede]
    assert laatste_bundel(rij, wereld.door) == tweede
    assert exemplaren.ruim(nu() + timedelta(days=366)) == 1
    assert not Bundel.objects.exists()
    nieuw = actions.vraag_bundel(vergadering=rij, lezer=wereld.door)
    assert maak_af(nieuw), "wie haar daarna nog wil, laat haar weer maken"
    assert Bestand.objects.filter(naam__startswith="Notitie").count() == 2, "de stukken zelf blijven"


def test_een_tekst_wordt_voor_alle_lezers_een_keer_gezet_en_na_een_wijziging_alleen_die_tekst(
    wereld_met_accounts: Wereld, gezet: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wereld = wereld_met_accounts
    eerder = wereld.gesloten(vandaag() - timedelta(days=30))
    tweede = wereld.gesloten(vandaag() - timedelta(days=20))
    verslagen = [
        actions.schrijf_verslag(
            vergadering=v, html=f"<p>Zo was het {v.pk}.</p>", openbaar_html="<p>X</p>", door=wereld.door
        )
        for v in (eerder, tweede)
    ]
    rij = wereld.plan(vandaag() + timedelta(days=12))
    for v in verslagen:
        actions.plaats_aanbod(vergadering=rij, bron="vergaderingen", sleutel=f"verslag:{v.pk}", door=wereld.door)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    Vergadering.objects.filter(pk=rij.pk).update(agenda_vanaf=eerder.geopend_op)
    teksten: list[str] = []
    monkeypatch.setattr(
        "stukken.pdf.uit_invoer", lambda invoer, voortgang=None: teksten.append(invoer["html"]) or maak(1)
    )
    lezers = [wereld.leden["O1"].gebruiker, wereld.leden["K1"].gebruiker]
    for lezer in lezers:
        maak_af(actions.vraag_bundel(vergadering=rij, lezer=lezer))
    assert len(teksten) == 2, "twee lezers, twee verslagen, elk één keer gezet"
    actions.schrijf_verslag(vergadering=eerder, html="<p>Toch anders.</p>", openbaar_html="<p>X</p>", door=wereld.door)
    maak_af(actions.vraag_bundel(vergadering=rij, lezer=lezers[0]))
    assert len(teksten) == 3
    assert "Toch anders" in teksten[-1]


def test_ieder_krijgt_alleen_wat_hij_mag_zien(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij = opgeroepen(wereld, 2)
    Vergadering.objects.filter(pk=rij.pk).update(agenda_vanaf=rij.agenda_vanaf - timedelta(hours=1))
    wereld.punt(rij, "Over een persoon", vertrouwelijk=True, bestand=bestand(wereld, 1, "Dossier.pdf"))
    lid = wereld.leden["O1"].gebruiker
    assert "Dossier.pdf" in str(actions.vraag_bundel(vergadering=rij, lezer=lid).opdracht.invoer)
    vreemde = actions.vraag_bundel(vergadering=rij, lezer=_vreemde(wereld))
    assert "Dossier.pdf" not in str(vreemde.opdracht.invoer)
    assert "Over een persoon" not in str(vreemde.opdracht.invoer)
    assert "Notitie 2.pdf" in str(vreemde.opdracht.invoer)


def _vreemde(wereld: Wereld) -> Any:
    from toegang.models import Gebruiker

    return Gebruiker.objects.create_user(email="vreemde@voorbeeld.test", naam="Vreemde (voorbeeld)", password=None)


def test_een_stuk_dat_niet_in_een_bundel_kan_houdt_de_rest_niet_tegen(wereld: Wereld, gezet: list[str]) -> None:
    rij = opgeroepen(wereld, 2)
    kapot = bewaar_bytes(inhoud=b"%PDF-1.4 afgebroken", naam="Kapot.pdf", soort="pdf", door=wereld.door)
    wereld.punt(rij, "Kapot stuk", bestand=kapot)
    pdf = maak_af(actions.vraag_bundel(vergadering=rij, lezer=wereld.door))
    assert re.search(r"Kapot\.pdf.{0,60}\(staat niet in de bundel", gezet[0])
    assert "Kapot.pdf" not in [titel for _, titel, _ in bladwijzers(pdf)]


def test_de_lezer_vraagt_ziet_en_haalt_de_eigen_bundel(wereld_met_accounts: Wereld, client: Client) -> None:
    wereld = wereld_met_accounts
    rij = opgeroepen(wereld, 2)
    Vergadering.objects.filter(pk=rij.pk).update(agenda_vanaf=rij.agenda_vanaf - timedelta(hours=1))
    client.force_login(wereld.leden["O1"].gebruiker)
    blad = reverse("vergaderingen_lezen:vergadering", args=[rij.pk])
    bestand_ = reverse("vergaderingen_lezen:bundel-bestand", args=[rij.pk])
    assert "Maak de bundel" in client.get(blad).content.decode()
    assert client.get(bestand_).status_code == 404
    client.post(reverse("vergaderingen_lezen:bundel", args=[rij.pk]))
    assert "staat in de rij" in client.get(blad).content.decode()
    bundel = Bundel.objects.get()
    PdfOpdracht.objects.filter(pk=bundel.opdracht_id).update(status=PdfStatus.BEZIG)
    PdfOpdracht.objects.get(pk=bundel.opdracht_id).rond_af(maak(1))
    assert "De PDF is klaar" in client.get(blad).content.decode()
    antwoord = client.get(bestand_)
    assert (antwoord["Content-Type"], b"".join(antwoord)[:5]) == ("application/pdf", b"%PDF-")
    client.force_login(wereld.leden["O2"].gebruiker)
    assert client.get(bestand_).status_code == 404, "de bundel van een ander bestaat voor u niet"


def test_geen_bundel_voor_een_agenda_die_er_nog_niet_is_of_een_kring_waar_u_niet_bij_hoort(
    wereld_met_accounts: Wereld, client: Client
) -> None:
    wereld = wereld_met_accounts
    gepland = wereld.plan(vandaag() + timedelta(days=12))
    besloten = wereld.plan(vandaag() + timedelta(days=13), orgaan=Orgaan.COMMISSIE, commissie=maak_commissie(wereld))
    client.force_login(wereld.leden["W3"].gebruiker)
    for rij in (gepland, besloten):
        assert client.post(reverse("vergaderingen_lezen:bundel", args=[rij.pk])).status_code == 404
    assert not Agendapunt.objects.exists()


def test_een_word_stuk_wordt_gezet_en_een_kapot_word_stuk_houdt_de_rest_niet_tegen(
    wereld: Wereld, gezet: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, bytes_ = docx.Document(), io.BytesIO()
    document.add_paragraph("De nota zelf.")
    document.save(bytes_)
    rij = opgeroepen(wereld, 2)
    for onderwerp, inhoud in (("Nota", bytes_.getvalue()), ("Kapot", b"PK geen zip")):
        stuk = bewaar_bytes(inhoud=inhoud, naam=f"{onderwerp}.docx", soort="docx", door=wereld.door)
        wereld.punt(rij, onderwerp, bestand=stuk)
    teksten: list[str] = []
    monkeypatch.setattr(
        "stukken.pdf.uit_invoer", lambda invoer, voortgang=None: teksten.append(invoer["html"]) or maak(1)
    )
    pdf = maak_af(actions.vraag_bundel(vergadering=rij, lezer=wereld.door))
    assert len(teksten) == 1
    assert "De nota zelf." in teksten[0]
    titels = [titel for _, titel, _ in bladwijzers(pdf)]
    assert ("Nota.docx" in titels, "Kapot.docx" in titels) == (True, False)
    assert re.search(r"Kapot\.docx.{0,60}\(staat niet in de bundel", gezet[0])


def met_verslag(wereld: Wereld) -> Vergadering:
    """Een opgeroepen raad met één stuk dat nog gezet moet worden: het verslag van een eerdere raad."""
    eerder = wereld.gesloten(vandaag() - timedelta(days=30))
    verslag = actions.schrijf_verslag(vergadering=eerder, html="<p>Zo.</p>", openbaar_html="<p>Z</p>", door=wereld.door)
    rij = wereld.plan(vandaag() + timedelta(days=12))
    actions.plaats_aanbod(vergadering=rij, bron="vergaderingen", sleutel=f"verslag:{verslag.pk}", door=wereld.door)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    Vergadering.objects.filter(pk=rij.pk).update(agenda_vanaf=eerder.geopend_op)  # ook de leden zien de agenda al
    return rij


@pytest.mark.parametrize("wie", ["dezelfde lezer", "een andere lezer"])
def test_een_stuk_dat_niet_lukte_wordt_met_de_bundel_opnieuw_geprobeerd(
    wereld_met_accounts: Wereld, gezet: list[str], monkeypatch: pytest.MonkeyPatch, wie: str
) -> None:
    """Het stuk is van alle lezers samen: bleef het mislukt, dan kreeg niemand ooit nog een bundel."""
    wereld = wereld_met_accounts
    rij = met_verslag(wereld)

    def stuk_(*_: Any, **__: Any) -> bytes:
        raise PdfFout("De opmaak lukte niet.")

    monkeypatch.setattr("stukken.pdf.uit_invoer", stuk_)
    bundel = actions.vraag_bundel(vergadering=rij, lezer=wereld.door)
    assert maak_pdf(bundel.opdracht_id) == "mislukt"
    fout = PdfOpdracht.objects.get(pk=bundel.opdracht_id).fout
    assert "De opmaak lukte niet." in fout
    assert fout.startswith("Verslag van"), "de lezer hoort aan welk stuk het lag"
    monkeypatch.setattr("stukken.pdf.uit_invoer", lambda invoer, voortgang=None: maak(1))
    ander = wereld.leden["O1"].gebruiker
    opnieuw = actions.vraag_bundel(vergadering=rij, lezer=wereld.door if wie == "dezelfde lezer" else ander)
    assert (opnieuw == bundel) == (wie == "dezelfde lezer")
    assert any(titel.startswith("Verslag van") for _, titel, _ in bladwijzers(maak_af(opnieuw)))


def test_een_bundel_wacht_op_een_stuk_dat_een_ander_aan_het_zetten_is_maar_niet_eindeloos(
    wereld: Wereld, gezet: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bundel = actions.vraag_bundel(vergadering=met_verslag(wereld), lezer=wereld.door)
    stuk = PdfOpdracht.objects.exclude(pk=bundel.opdracht_id)
    stuk.update(status=PdfStatus.BEZIG)
    monkeypatch.setattr("vergaderingen.bundel.WACHT_OP_STUK", -1)
    assert maak_pdf(bundel.opdracht_id) == "mislukt"
    bundel.opdracht.refresh_from_db()
    assert "is nog niet klaar. Vraag de bundel over een minuut opnieuw." in bundel.opdracht.fout
    monkeypatch.setattr("vergaderingen.bundel.WACHT_OP_STUK", 180)
    geslapen: list[float] = []

    def slaap(duur: float) -> None:
        geslapen.append(duur)
        stuk.get().rond_af(maak(1))

    monkeypatch.setattr("vergaderingen.bundel.time", SimpleNamespace(monotonic=time.monotonic, sleep=slaap))
    actions.vraag_bundel(vergadering=bundel.vergadering, lezer=wereld.door)
    assert any(titel.startswith("Verslag van") for _, titel, _ in bladwijzers(maak_af(bundel)))
    assert geslapen == [1]


def test_de_bundel_van_een_besloten_vergadering_lezen_is_een_inzage(
    wereld_met_accounts: Wereld, client: Client
) -> None:
    wereld = wereld_met_accounts
    rij = wereld.opgeroepen(vandaag() + timedelta(days=13), orgaan=Orgaan.COMMISSIE, commissie=maak_commissie(wereld))
    lid = wereld.leden["O1"].gebruiker
    bundel = actions.vraag_bundel(vergadering=rij, lezer=lid)
    assert str(bundel) == f"Bundel van {rij} voor {lid}"
    PdfOpdracht.objects.filter(pk=bundel.opdracht_id).update(status=PdfStatus.BEZIG)
    PdfOpdracht.objects.get(pk=bundel.opdracht_id).rond_af(maak(1))
    client.force_login(lid)
    adres = reverse("vergaderingen_lezen:bundel-bestand", args=[rij.pk])
    assert b"".join(client.head(adres)) == b""
    assert not Inzage.objects.exists(), "kijken of hij er is, is nog niet lezen"
    assert b"".join(client.get(adres))[:5] == b"%PDF-"
    assert [(i.actor_id, i.object_id) for i in Inzage.objects.all()] == [(lid.pk, str(rij.pk))]


def test_wie_niet_meer_in_de_kring_zit_krijgt_zijn_oude_bundel_niet(
    wereld_met_accounts: Wereld, client: Client, gezet: list[str]
) -> None:
    """De openbare vergadering blijft zichtbaar, een vertrouwelijk stuk erbij niet: ook niet in de bundel van toen."""
    wereld = wereld_met_accounts
    rij = opgeroepen(wereld)
    wereld.punt(rij, "Geheim", vertrouwelijk=True, bestand=bestand(wereld, naam="Geheim.pdf"))
    Vergadering.objects.filter(pk=rij.pk).update(agenda_vanaf=F("agenda_vanaf") - timedelta(hours=1))
    lid = wereld.leden["O1"]
    maak_af(actions.vraag_bundel(vergadering=rij, lezer=lid.gebruiker))
    client.force_login(lid.gebruiker)
    haal, lees = (reverse(f"vergaderingen_lezen:{n}", args=[rij.pk]) for n in ("bundel-bestand", "vergadering"))
    assert b"".join(client.get(haal).streaming_content)
    assert Inzage.objects.filter(actor_id=lid.gebruiker_id).count() == 1, "er zit een vertrouwelijk stuk in"
    beeindig_benoeming(benoeming=lid.benoemingen.get(), per=vandaag(), reden="Weg", door=None)
    assert client.get(haal).status_code == 404
    assert haal not in client.get(lees).content.decode()
    client.post(reverse("vergaderingen_lezen:bundel", args=[rij.pk]))
    maak_af(Bundel.objects.latest("pk"))
    assert b"".join(client.get(haal).streaming_content), "met alleen wat openbaar is"
    assert "Geheim" not in gezet[-2]


def test_een_punt_dat_vertrouwelijk_werd_geeft_een_nieuwe_bundel_met_dat_merk(wereld: Wereld, gezet: list[str]) -> None:
    rij = opgeroepen(wereld)
    eerste = actions.vraag_bundel(vergadering=rij, lezer=wereld.door)
    punt = rij.agendapunten.last()
    actions.wijzig_agendapunt(
        agendapunt=punt, versie=None, onderwerp=punt.onderwerp, soort=punt.soort, vertrouwelijk=True, door=wereld.door
    )  # fmt: skip
    tweede = actions.vraag_bundel(vergadering=rij, lezer=wereld.door)
    assert tweede.pk != eerste.pk
    assert [p["vertrouwelijk"] for p in tweede.opdracht.invoer["punten"]] == [False, True]
