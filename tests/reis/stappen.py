"""Elke stap van een advies zoals een mens haar in de browser zet."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

from docx import Document
from playwright.sync_api import expect

from inrichting.voorbeeld_loods import kleine_pdf
from tests.reis.mens import Gezelschap, Mens

TITEL = "Reizen met een vouwfiets (voorbeeld)"
VOLUIT = {"wit": "witte", "groen": "groene"}
COMMISSIE = "Commissie Grensarbeid (voorbeeld)"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Reis:
    """Het traject onderweg, met wie het zet en waar het staat."""

    def __init__(self, mensen: Gezelschap, tien_minuten_later: Callable[[], None], dag: date) -> None:
        self.mensen, self.tien_minuten_later, self.dag = mensen, tien_minuten_later, dag
        self.traject = ""

    @property
    def secretaris(self) -> Mens:
        return self.mensen("secretaris")

    @property
    def raadssecretaris(self) -> Mens:
        return self.mensen("raadssecretaris")

    def op_traject(self, wie: Mens) -> Mens:
        """Zet iemand op de pagina van het traject, zoals via zijn lijst."""
        wie.ga(self.traject)
        return wie

    def handel(self, wie: Mens, naam: str, *, reden: str = "", **velden: str | date) -> None:
        """Doe een handeling vanaf de pagina van het traject, met de bevestiging die zij vraagt."""
        self.op_traject(wie)
        meer = wie.blad.get_by_text("Meer handelingen")
        if not wie.blad.get_by_role("link", name=naam, exact=True).filter(visible=True).count() and meer.count():
            meer.click()
        wie.klik_link(naam)
        if reden:
            wie.vul("Reden", reden)
        for label, waarde in velden.items():
            wie.vul(label, waarde)
        wie.doe(naam)

    # --- stap 1 ------------------------------------------------------------------------------------------------

    def registreer_aanvraag(self) -> None:
        """Stap 1: van de werklijst naar een nieuw traject."""
        wie = self.secretaris
        wie.ziet("Werk")
        wie.klik_link("Trajecten")
        wie.klik_link(re.compile("Registreer een aanvraag"))
        wie.vul("Titel", TITEL)
        wie.vink("Minister van Reizen (voorbeeld)")
        wie.vul("Vraag", "Hoe kan het reizen met een vouwfiets eenvoudiger worden?")
        wie.vul("Datum van de brief", self.dag - timedelta(days=3))
        wie.vul("Ontvangen op", self.dag - timedelta(days=1))
        wie.vul("Adviestermijn", self.dag + timedelta(days=90))
        wie.druk(re.compile("Registreer"))
        self.traject = wie.pad
        wie.ziet("De aanvraag is geregistreerd", TITEL)

    def bevestig_ontvangst(self) -> None:
        """Stap 1: de ontvangst bevestigen, vanaf wat er nog ontbreekt."""
        wie = self.op_traject(self.secretaris)
        wie.klik_link(re.compile("ontvangst", re.I))
        wie.doe("Leg de bevestiging vast", gelukt="de ontvangst is bevestigd")

    def voeg_brief_toe(self) -> None:
        """Stap 1: de brief was vergeten; wat ontbreekt wijst naar waar het hersteld wordt."""
        wie = self.op_traject(self.secretaris)
        wie.klik_link("Voeg de brief met de aanvraag toe.")
        wie.voeg_bij("Brief met de aanvraag", "brief.pdf", kleine_pdf("Brief (voorbeeld)"), PDF)
        wie.doe("Werk de aanvraag bij", gelukt="De aanvraag is bijgewerkt")

    def leg_voor_aan_db(self) -> None:
        """Van stap 1 naar stap 2."""
        self.handel(self.secretaris, "Leg voor aan het dagelijks bestuur")

    # --- stap 2 ------------------------------------------------------------------------------------------------

    def beoordeel_criteria(self) -> None:
        """Stap 2: een oordeel en een toelichting bij elk criterium."""
        wie = self.op_traject(self.secretaris)
        wie.klik_link(re.compile("criteria"))
        oordelen, redenen = wie.blad.get_by_label("Oordeel"), wie.blad.get_by_label("Toelichting")
        for n in range(7):
            oordelen.nth(n).select_option(label="ja")
            redenen.nth(n).fill("Past bij wat de raad doet (voorbeeld).")
        wie.doe("Leg de oordelen vast", gelukt="De oordelen zijn vastgelegd")

    def vergader_dagelijks_bestuur(self) -> None:
        """Stap 2: het dagelijks bestuur komt bijeen."""
        self.vergader(self.raadssecretaris, "Dagelijks bestuur", "Nieuwe adviesaanvraag")

    def wijs_toe(self) -> None:
        """Van stap 2 naar stap 3."""
        wie = self.op_traject(self.raadssecretaris)
        wie.klik_link("Besluit dagelijks bestuur")
        wie.kies("Vergadering van het dagelijks bestuur", "agelijks bestuur")
        wie.vink("toewijzen aan een commissie")
        wie.kies("Commissie", COMMISSIE)
        wie.kies("Voorzitter", "Kroonlid 2")
        wie.vul("Reikwijdte", "De hoofdlijnen.")
        wie.doe("Leg het besluit vast", gelukt="Het besluit is vastgelegd")
        self.handel(wie, "Wijs toe aan de commissie")

    # --- vergaderingen -----------------------------------------------------------------------------------------

    def vergader(self, wie: Mens, orgaan: str, punt: str, *, commissie: str = "", begin: str = "09:00") -> str:
        """Plan een vergadering, roep op, teken de presentielijst en open haar; geef haar adres."""
        wie.klik_link("Vergaderingen")
        wie.klik_link(re.compile("Plan een vergadering"))
        wie.kies("Wie vergadert?", orgaan)
        if commissie:
            wie.kies("Commissie of werkgroep", commissie)
        wie.vul("Datum", self.dag)
        wie.vul("Begin", begin)
        wie.doe(re.compile("Plan"))
        adres = wie.pad
        wie.vul("Onderwerp", punt)
        wie.doe("Zet op de agenda")
        wie.klik_link("Verstuur oproeping")
        wie.doe("Verstuur oproeping", gelukt="De leden zijn opgeroepen")
        wie.klik_link(re.compile("presentielijst"))
        self.teken_allen(wie)
        wie.ga(adres)
        wie.klik_link("Open de vergadering")
        wie.doe("Open de vergadering", gelukt="De vergadering is geopend")
        return adres

    def teken_allen(self, wie: Mens) -> None:
        """Teken per geleding iedereen als aanwezig."""
        knop = wie.blad.get_by_role("button", name=re.compile("^Alle .* aanwezig$"))
        while over := knop.count():
            knop.first.click()
            expect(knop).to_have_count(over - 1)  # de lijst ververst zichzelf
        wie.kijk()

    # --- stap 3 ------------------------------------------------------------------------------------------------

    def lees_concept_in(self) -> None:
        """Stap 3: een Word-bestand wordt de eerste versie."""
        wie = self.op_traject(self.secretaris)
        wie.klik_link("Versies")
        wie.klik_link(re.compile("Word-bestand"))
        wie.voeg_bij("Word-bestand", "concept.docx", word_bestand(), DOCX)
        wie.doe("Lees in als nieuwe versie")
        wie.ziet("concept")

    def schrijf_versie(self, zin: str) -> None:
        """Stap 3 of 5: verder schrijven in de browser."""
        wie = self.op_traject(self.secretaris)
        wie.klik_link("Versies")
        wie.klik_link(re.compile("Schrijf"))
        wie.schrijf(zin)
        wie.doe("Bewaar als nieuwe versie")

    def stel_vast_in_commissie(self, soort: str, *, begin: str) -> None:
        """De commissie komt bijeen en stelt de witte of groene versie vast."""
        wie = self.secretaris
        self.vergader(wie, "Commissie of werkgroep", f"De {VOLUIT[soort]} versie", commissie=COMMISSIE, begin=begin)
        self.op_traject(wie)
        wie.klik_link("Versies")
        wie.klik_link(re.compile(f"Stel de {VOLUIT[soort]} versie vast"))
        lijst = wie.veld(re.compile("ergadering van de commissie"))
        lijst.select_option(index=1)
        wie.doe(f"Stel de {VOLUIT[soort]} versie vast")
        wie.ziet(f"{VOLUIT[soort]} versie")

    def bereid_beraad_voor(self, *, openbaar: bool = True) -> None:
        """Stap 3: wie wanneer waarop reageert, en of de voorzitter openbaarmaking goed vindt."""
        wie = self.op_traject(self.secretaris)
        wie.klik_link("Achterbanberaad voorbereiden")
        wie.vul("Laatste dag om te reageren", self.dag + timedelta(days=28))
        wie.vink("Ja, de tekst wordt openbaar" if openbaar else "Nee, de tekst blijft besloten")
        wie.vul("Antwoord van de voorzitter op", self.dag)
        wie.doe("Leg de ronde klaar")

    def start_beraad(self) -> None:
        """Van stap 3 naar stap 4; organisaties krijgen na tien minuten bericht."""
        self.handel(self.secretaris, "Start achterbanberaad")

    # --- stap 4 ------------------------------------------------------------------------------------------------

    def reageer(self, organisatie: str, oordeel: str, *punten: str) -> None:
        """Stap 4: een coördinator leest, zet punten bij de tekst en dient in."""
        wie = self.mensen(f"coordinator-{organisatie}")
        wie.ga("/organisatie/")
        wie.klik_link(TITEL)
        for punt in punten:
            wie.klik_link("Lees de tekst en zet er punten bij")
            wie.klik_link(re.compile("^Zet hier een punt bij"))
            wie.vul("Punt", punt)
            wie.doe("Zet in ons concept")
        wie.vink(re.compile(oordeel, re.I))
        wie.doe("Bewaar in concept")
        wie.klik_link("Dien de reactie in")
        wie.doe("Dien de reactie in")
        wie.ziet("Uw reactie is ingediend")

    def meld_geen_reactie(self, organisatie: str) -> None:
        """Stap 4: een organisatie laat weten dat er geen reactie komt."""
        wie = self.mensen(f"coordinator-{organisatie}")
        wie.ga("/organisatie/")
        wie.klik_link(TITEL)
        wie.klik_link("Meld dat er geen reactie komt")
        wie.doe("Meld dat er geen reactie komt")

    def sluit_beraad(self) -> None:
        """Van stap 4 naar stap 5."""
        self.handel(self.secretaris, "Sluit achterbanberaad")


def word_bestand() -> bytes:
    """Geef een adviestekst als .docx."""
    blad = Document()
    blad.add_heading("Samenvatting", 1)
    blad.add_paragraph("De raad vindt dat reizen met een vouwfiets eenvoudiger kan (voorbeeld).")
    blad.add_heading("Aanbevelingen", 1)
    blad.add_paragraph("Maak in elke trein ruimte voor de vouwfiets (voorbeeld).", style="List Number")
    blad.add_paragraph("Betaal de stalling uit het reisbudget (voorbeeld).", style="List Number")
    vak = BytesIO()
    blad.save(vak)
    return vak.getvalue()
