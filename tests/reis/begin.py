"""Stap 1 tot en met 4, zoals een mens ze in de browser zet."""

import re
from datetime import timedelta
from io import BytesIO

from docx import Document

from inrichting.voorbeeld_loods import kleine_pdf
from tests.reis.basis import COMMISSIE, DOCX, PDF, TITEL, Onderweg


class Begin(Onderweg):
    """Van aanvraag tot en met het achterbanberaad."""

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

    def vergader_commissie(self, onderwerp: str, *, begin: str) -> None:
        """De commissie komt bijeen."""
        self.vergader(self.secretaris, "Commissie of werkgroep", onderwerp, commissie=COMMISSIE, begin=begin)

    def stel_vast(self, soort: str) -> None:
        """Leg vast dat de commissie in haar laatste vergadering de witte of groene versie vaststelde."""
        wie = self.op_traject(self.secretaris)
        wie.klik_link("Versies")
        wie.klik_link(f"Stel de {soort} versie vast")
        wie.veld(re.compile("ergadering van de commissie")).select_option(index=1)
        wie.doe(f"Stel de {soort} versie vast")
        wie.ziet(re.compile(f"{soort} versie 1", re.I))

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
        if punten:
            wie.klik_link("Lees de tekst en zet er punten bij")
            for punt in punten:
                wie.klik_link(re.compile("^Zet hier een punt bij"))
                wie.vul("Punt", punt)
                wie.doe("Zet in ons concept")  # en terug op die plek in de tekst
            wie.klik_link("Naar onze reactie")
        wie.vink(re.compile(oordeel, re.I))
        wie.doe("Bewaar en ga naar indienen")
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
