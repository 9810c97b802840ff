"""Stap 5 tot en met 8, zoals een mens ze in de browser zet."""

import re

from playwright.sync_api import expect

from tests.reis.basis import TITEL, Onderweg


class Slot(Onderweg):
    """Van verwerking tot en met de kabinetsreactie."""

    # --- stap 5 ------------------------------------------------------------------------------------------------

    def stel_verwerking_voor(self, *oordelen: str) -> None:
        """Stap 5: bij elk punt een voorstel; `oordelen` volgen de verwerkingstabel."""
        wie = self.op_traject(self.secretaris)
        wie.klik_link("Verwerkingstabel")
        wie.klik_link("Doe een voorstel bij het volgende punt")
        for oordeel in oordelen:
            wie.vink(oordeel)
            if oordeel != "overgenomen":
                wie.vul("Reden", "De commissie vond hiervoor geen steun (voorbeeld).")
            wie.doe("Bewaar en ga naar het volgende punt")

    def besluit_over_verwerking(self) -> None:
        """Stap 5: de commissie besluit in haar slotvergadering over de punten."""
        wie = self.op_traject(self.secretaris)
        wie.klik_link("Verwerkingstabel")
        wie.veld("Vergadering van de commissie").select_option(index=1)
        wie.doe("Leg het besluit vast")
        wie.ziet_niet("wacht op de commissie,")

    def leg_toets_vast(self) -> None:
        """Stap 5: uitvoerbaarheid, kosten en geraakte groepen."""
        wie = self.op_traject(self.secretaris)
        wie.klik_link("Uitvoeringstoets")
        wie.vul("Uitvoerbaarheid", "Uitvoerbaar (voorbeeld).")
        wie.vul("Kosten", "Gering (voorbeeld).")
        wie.vul("Geraakte groepen", "Reizigers (voorbeeld).")
        wie.doe("Leg de toets vast")

    def stuur_naar_raad(self) -> None:
        """Van stap 5 naar stap 6."""
        self.handel(self.secretaris, "Stuur naar de raad")

    # --- stap 6 en 7 -------------------------------------------------------------------------------------------

    def agendeer(self) -> str:
        """Stap 6: een raadsvergadering, het advies met een R-nummer op haar agenda, en de oproeping."""
        wie = self.raadssecretaris
        adres = self.plan(wie, "Raad", "Opening", begin="10:15")
        self.op_traject(wie)
        wie.klik_link("Agendering")
        wie.veld("Raadsvergadering").select_option(index=1)
        wie.doe("Zet op de agenda")
        wie.ziet(re.compile(r"\bVR/\d+|R/\d+"))
        wie.ga(adres)
        self.roep_op(wie)
        return adres

    def behandel(self) -> None:
        """Van stap 6 naar stap 7."""
        self.handel(self.raadssecretaris, "Behandel in de raad")

    def leg_standpunten_vast(self) -> None:
        """Stap 7: de raad is verdeeld over één passage."""
        wie = self.op_traject(self.raadssecretaris)
        wie.klik_link("Standpunten")
        wie.klik_link("Leg standpunten over een passage vast")
        wie.vul(re.compile("woorden van de passage|Passage", re.I), "Betaal de stalling uit het reisbudget.")
        wie.vul("Opvatting A", "De reiziger betaalt de stalling uit het reisbudget (voorbeeld).")
        wie.vul("Opvatting B", "De werkgever betaalt de stalling (voorbeeld).")
        groepen = wie.blad.get_by_role("group").filter(has=wie.blad.get_by_label("Alle stemmen"))
        assert groepen.count() == 6  # vijf organisaties (LTO is afwezig) en de kroonleden
        for n in range(groepen.count()):
            naam = str(groepen.nth(n).locator("legend").inner_text())
            ondernemers = any(o in naam for o in ("VNO-NCW", "MKB"))
            groepen.nth(n).get_by_label("Alle stemmen").select_option(label="B" if ondernemers else "A")
        wie.druk("Toon de woorden")
        wie.ziet("Zo komt het in het advies", "35 leden aanwezig", "de werknemersleden en de kroonleden")
        wie.doe("Leg de standpunten vast")
        wie.vink(re.compile("verdeeld", re.I))
        wie.doe("Leg het oordeel vast")

    def stel_advies_vast(self) -> None:
        """Van stap 7 naar stap 8."""
        self.handel(self.raadssecretaris, "Stel het advies vast")

    # --- stap 8 ------------------------------------------------------------------------------------------------

    def vul_adviesgegevens_in(self) -> None:
        """Stap 8: het volgende nummer, de samenvatting en de aanbevelingen uit de tekst."""
        wie = self.op_traject(self.secretaris)
        wie.klik_link("Aanbieding")
        wie.klik_link("Vul nummer en samenvatting in")
        assert wie.veld("Aanbeveling 1").input_value().startswith("Maak in elke trein")
        wie.vul("Samenvatting", "Reizen met een vouwfiets kan eenvoudiger (voorbeeld).")
        wie.doe("Leg vast")
        wie.ziet(re.compile(r"V\d\d/\d\d"))

    def maak_pdf(self) -> None:
        """Stap 8: een werker maakt de PDF terwijl de secretaris verder kan."""
        wie = self.op_traject(self.secretaris)
        wie.klik_link("Aanbieding")
        wie.doe("Maak de PDF van deze tekst")
        self.werk_af()
        self.op_traject(wie)
        wie.klik_link("Aanbieding")
        wie.ziet("De PDF is klaar")

    def schrijf_brieven(self) -> None:
        """Stap 8: een brief aan elke vrager; de algemeen secretaris tekent af."""
        wie = self.op_traject(self.secretaris)
        wie.klik_link("Aanbieding")
        wie.doe(re.compile("Stel .*brieven op"))
        wie.doe("Zet de aanbieding klaar")
        chef = self.op_traject(self.mensen("algemeen"))
        chef.klik_link("Aanbieding")
        chef.doe(re.compile("^Teken af"))

    def bevestig_als_tweede(self) -> None:
        """Stap 8: een ander dan wie klaarzette bevestigt."""
        wie = self.op_traject(self.mensen("communicatie"))
        wie.klik_link("Aanbieding")
        wie.doe("Bevestig de aanbieding")

    def bied_aan(self) -> None:
        """Stap 8: aanbieden; tien minuten later staat het advies op de openbare site."""
        self.handel(self.mensen("algemeen"), "Bied het advies aan")

    # --- daarna, in het openbaar -------------------------------------------------------------------------------

    def zoek(self) -> None:
        """Een bezoeker zoekt op de voorpagina."""
        wie = self.publiek
        wie.ga("/")
        zoek = wie.blad.get_by_role("main").get_by_role("search")
        zoek.get_by_role("searchbox").fill("vouwfiets")
        wie.doe("Zoek", binnen=zoek)

    def is_nog_niet_openbaar(self) -> None:
        """Binnen de tien minuten vindt het publiek niets."""
        self.zoek()
        expect(self.publiek.blad.get_by_role("link", name=TITEL)).to_have_count(0)

    def is_openbaar(self) -> None:
        """Het advies is te vinden, te lezen, te downloaden en te volgen, met een lopende klok."""
        self.zoek()
        wie = self.publiek
        wie.klik_link(TITEL)
        wie.ziet(
            "VOORBEELD",
            "Verdeeld",
            "Minister van Reizen (voorbeeld)",
            "Maak in elke trein ruimte",
            "een ander deel van de raad",
            re.compile("nog 9[0-2] dagen"),
        )
        pdf = wie.haal(str(wie.blad.get_by_role("link", name="Download als PDF").get_attribute("href")))
        assert pdf.headers["content-type"] == "application/pdf"
        assert pdf.body().startswith(b"%PDF-")
        assert TITEL in wie.haal("/feeds/adviezen.atom").text()
        wie.ga("/kabinetsreacties/")
        wie.ziet(TITEL)

    def leg_kabinetsreactie_vast(self) -> None:
        """Het kabinet antwoordt; de klok staat stil op de dag van de brief."""
        wie = self.secretaris
        wie.klik_link("Opvolging")
        wie.klik_link(re.compile(f"^Leg de reactie vast.*{re.escape(TITEL)}"))
        wie.vul("Datum van de brief", self.dag)
        wie.vul("Afzenders", "de minister van Reizen (voorbeeld)")
        wie.vul("Toelichting", "Het kabinet neemt de aanbevelingen over (voorbeeld).")
        wie.doe("Leg de reactie vast")
        self.tien_minuten_later()
        self.zoek()
        self.publiek.klik_link(TITEL)
        self.publiek.ziet("Op tijd", "Het kabinet neemt de aanbevelingen over (voorbeeld).")
