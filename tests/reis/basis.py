"""Wat elke stap van de reis nodig heeft: het traject, een handeling doen, vergaderen."""

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import expect

from tests.reis.mens import Gezelschap, Mens

TITEL = "Reizen met een vouwfiets (voorbeeld)"
COMMISSIE = "Commissie Grensarbeid (voorbeeld)"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Onderweg:
    """Het traject onderweg, met wie het zet en waar het staat."""

    def __init__(
        self, mensen: Gezelschap, tien_minuten_later: Callable[[], None], werk_af: Callable[[], None], dag: date
    ) -> None:
        self.mensen, self.tien_minuten_later, self.werk_af, self.dag = mensen, tien_minuten_later, werk_af, dag
        self.traject = ""

    @property
    def secretaris(self) -> Mens:
        """De commissiesecretaris."""
        return self.mensen("secretaris")

    @property
    def raadssecretaris(self) -> Mens:
        """De secretaris van de raad."""
        return self.mensen("raadssecretaris")

    @property
    def publiek(self) -> Mens:
        """Een bezoeker die niet inlogt."""
        return self.mensen()

    def op_traject(self, wie: Mens) -> Mens:
        """Zet iemand op de pagina van het traject, zoals via zijn lijst."""
        wie.ga(self.traject)
        return wie

    def handel(self, wie: Mens, naam: str, *, reden: str = "") -> None:
        """Doe een handeling vanaf de pagina van het traject, met de bevestiging die zij vraagt."""
        self.op_traject(wie)
        meer = wie.blad.get_by_text("Meer handelingen")
        if not wie.blad.get_by_role("link", name=naam, exact=True).filter(visible=True).count() and meer.count():
            meer.click()
        wie.klik_link(naam)
        if reden:
            wie.vul("Reden", reden)
        wie.doe(naam)

    # --- vergaderingen -----------------------------------------------------------------------------------------

    def vergader(self, wie: Mens, orgaan: str, punt: str, *, commissie: str = "", begin: str = "09:00") -> str:
        """Plan een vergadering, roep op, teken de presentielijst en open haar; geef haar adres."""
        adres = self.plan(wie, orgaan, punt, commissie=commissie, begin=begin)
        self.roep_op(wie)
        self.open(wie, adres)
        return adres

    def plan(self, wie: Mens, orgaan: str, punt: str, *, commissie: str = "", begin: str = "09:00") -> str:
        """Plan een vergadering vandaag met één agendapunt; geef haar adres."""
        wie.klik_link("Vergaderingen")
        wie.klik_link(re.compile("Plan een vergadering"))
        wie.kies("Wie vergadert?", orgaan)
        if orgaan != "Raad":
            wie.doe("Toon het voorstel voor dit orgaan")
        if commissie:
            wie.kies("Commissie of werkgroep", commissie)
        wie.vul("Datum", self.dag)
        wie.vul("Begin", begin)
        wie.doe(re.compile("Plan"))
        adres = wie.pad
        wie.vul("Onderwerp", punt)
        wie.doe("Zet op de agenda")
        return adres

    def roep_op(self, wie: Mens) -> None:
        """Verstuur de oproeping van de vergadering die voor iemand ligt."""
        wie.klik_link("Verstuur oproeping")
        wie.doe("Verstuur oproeping", gelukt="De leden zijn opgeroepen")

    def open(self, wie: Mens, adres: str, *, afwezig: str = "") -> None:
        """Teken per geleding iedereen als aanwezig, op één na, en open de vergadering."""
        wie.ga(adres)
        wie.klik_link(re.compile("presentielijst"))
        knop = wie.blad.get_by_role("button", name=re.compile("^Alle .* aanwezig$"))
        while over := knop.count():
            knop.first.click()
            expect(knop).to_have_count(over - 1)  # de lijst ververst zichzelf
        if afwezig:
            weg = wie.blad.get_by_role("button", name=re.compile(rf"^Afwezig ?: {afwezig}$"))
            weg.click()
            expect(weg).to_have_attribute("aria-pressed", "true")
        wie.kijk()
        wie.ga(adres)
        wie.klik_link("Open de vergadering")
        wie.doe("Open de vergadering", gelukt="De vergadering is geopend")

    def sluit_vergadering(self, wie: Mens, adres: str) -> None:
        """Sluit een vergadering."""
        wie.ga(adres)
        wie.klik_link("Sluit de vergadering")
        wie.doe("Sluit de vergadering", gelukt="De vergadering is gesloten")
