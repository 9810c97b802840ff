"""Een raadsvergadering met de agenda van maart 2023, van oproeping tot openbaar verslag, in een echte browser.

De agenda is die van maart 2023: verslag, benoeming, jaarverslag, advies, werkwijze in een themasessie, en
rondvraag, met haar stuknummers in de gedrukte volgorde. Zetels, aanwezigen en woorden zijn verzonnen.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from inrichting.voorbeeld_loods import Loods
from kern.tijd import vandaag
from tests.hulp import zonder_bewaking
from tests.reis.mens import Gezelschap, Mens
from vergaderingen.models import Vergadering

pytestmark = pytest.mark.browser
ADVIES = "Vaststellen advies Sociale innovatie (voorbeeld)"
BENOEMING = "Besluit benoeming secretaris van de raad (voorbeeld)"
JAARVERSLAG = "Vaststellen SER-jaarverslag (voorbeeld)"
WERKWIJZE = "Positionering en agenda: werkwijze (voorbeeld)"
GEDRUKT = [
    "VR/3030",
    "VR/3031",
    "VR/3033",
    "VR/3032",
    "VR/3034",
]  # punten 2 tot en met 6, zoals in maart 2023


def vorige_raad(loods: Loods) -> Vergadering:
    """De raad van vier weken eerder, met een verslag in concept."""
    with loods.op(-40):
        rij = loods.bouw.raad(loods.dag - timedelta(days=28))
        rij = loods.bouw.roep_op(rij)
    with loods.op((rij.datum - loods.dag).days, 11):
        rij = loods.bouw.open(rij)
    with loods.op((rij.datum - loods.dag).days, 16):
        rij = loods.bouw.sluit(rij)
        loods.bouw.verslag(rij)
    return rij


def vier_weken_verder() -> None:
    """Zet elke vergadering 28 dagen terug: de dag van de volgende raad is gekomen."""
    with zonder_bewaking() as cursor:
        cursor.execute(
            "UPDATE vergaderingen_vergadering SET datum = datum - 28, opgeroepen_op = opgeroepen_op - 28, "
            "stukken_op = stukken_op - 28, slug = (datum - 28)::text || '-' || id, "
            "agenda_vanaf = agenda_vanaf - interval '28 days', geopend_op = geopend_op - interval '28 days', "
            "gesloten_op = gesloten_op - interval '28 days'"
        )


class Zitting:
    """De vergadering van vandaag, zoals de secretaris van de raad haar houdt."""

    def __init__(self, wie: Mens) -> None:
        self.wie = wie
        self.adres = ""

    def plan(self) -> None:
        self.wie.ga("/werk/vergaderingen/plan/")
        self.wie.vul("Datum", vandaag())
        self.wie.doe("Plan de vergadering", gelukt="is gepland")
        self.adres = self.wie.pad

    def thuis(self) -> None:
        """Sta op de bladzijde van de vergadering; wie er al is, laadt haar niet nog eens."""
        if self.wie.pad != self.adres:
            self.wie.ga(self.adres)

    def zet_op_de_agenda(self, aangeboden: str = "", *, soort: str = "", zelf: str = "") -> None:
        self.thuis()
        if aangeboden:
            self.wie.doe(re.compile(f"^Zet op de agenda ?: {re.escape(aangeboden)}"))
            return
        uitklap = self.wie.blad.locator("details", has_text="Voeg een agendapunt toe")
        uitklap.locator("summary").click()
        self.wie.vul("Onderwerp", zelf, binnen=uitklap)
        self.wie.kies("Soort", soort, binnen=uitklap)
        self.wie.doe("Zet op de agenda", binnen=uitklap)

    def nummer(self, onderwerp: str) -> None:
        self.thuis()
        self.wie.doe(re.compile(rf"^Geef nummer\s+aan {re.escape(onderwerp)}"))

    def bij(self, onderwerp: str) -> None:
        self.thuis()
        self.wie.klik_link(re.compile(re.escape(onderwerp)))

    def besluit(self, onderwerp: str, tekst: str) -> None:
        self.bij(onderwerp)
        self.wie.vul("Besluit", tekst)
        self.wie.doe("Leg het besluit vast", gelukt="Besluit vastgelegd")

    def open_(self, handeling: str) -> None:
        self.thuis()
        self.wie.klik_link(handeling)
        self.wie.doe(handeling)

    def uitklap(self, kop: str) -> None:
        self.wie.blad.locator("summary", has_text=kop).first.click()


def test_van_oproeping_tot_openbaar_verslag(
    reizigers: Gezelschap, loods: Loods, tien_minuten_later: Callable[[], None]
) -> None:
    vorige = vorige_raad(loods)
    zaal = Zitting(reizigers("raadssecretaris"))
    wie = zaal.wie
    zaal.plan()
    zaal.zet_op_de_agenda("Opening en mededelingen")
    zaal.zet_op_de_agenda(f"Vaststellen verslag van de vergadering van {vorige.datum_tekst}")
    zaal.zet_op_de_agenda(soort="Benoeming", zelf=BENOEMING)
    zaal.zet_op_de_agenda(soort="Jaarstuk", zelf=JAARVERSLAG)
    zaal.zet_op_de_agenda(soort="Ontwerpadvies", zelf=ADVIES)
    zaal.zet_op_de_agenda(soort="Themasessie", zelf=WERKWIJZE)
    zaal.zet_op_de_agenda("Rondvraag en sluiting")
    zaal.bij("Vaststellen verslag")
    wie.vul("Stuknummer", "3030")
    wie.doe("Geef het nummer", gelukt="heeft nummer VR/3030")
    for onderwerp in (BENOEMING, ADVIES, JAARVERSLAG, WERKWIJZE):
        zaal.nummer(onderwerp)
    zaal.open_("Verstuur oproeping")
    tien_minuten_later()
    bezoeker = reizigers()
    bezoeker.ga(f"/vergaderingen/{vandaag()}/")
    assert bezoeker.hoofd.locator("ol.agenda .label").all_inner_texts() == GEDRUKT

    lid = reizigers("fnv2")  # op de eigen tablet
    lid.ga(zaal.adres.replace("/werk/", "/lezen/"))
    lid.ziet(ADVIES, "Maak de bundel")
    lid.doe("Ik ben aanwezig", gelukt="U staat op de presentielijst.")

    wie.ga(zaal.adres + "presentie/")
    for geleding in ("ondernemers", "kroonleden", "werknemers"):
        wie.druk(f"Alle {geleding} aanwezig")
        wie.blad.get_by_role("button", name=f"Alle {geleding} aanwezig").wait_for(state="detached")
    wie.ziet("quorum gehaald")
    zaal.open_("Open de vergadering")

    zaal.besluit("Vaststellen verslag", "Het verslag wordt onder dankzegging ongewijzigd vastgesteld.")
    wie.ga(f"/werk/vergaderingen/{vorige.pk}/verslag/vaststellen/")
    wie.kies("Vastgesteld in", "Raadsvergadering")
    wie.doe("Stel het verslag vast", gelukt="Het verslag is vastgesteld")

    zaal.bij(BENOEMING)
    zaal.uitklap("Open een stemming of peiling")
    wie.kies("Waarover", "Personen", binnen=wie.blad.locator("#stemmingen"))
    wie.doe("Open de stemming of peiling")
    wie.vul("Voor", "35", binnen=wie.hoofd)
    wie.vul("Tegen", "0", binnen=wie.hoofd)
    wie.vul("Blanco", "1", binnen=wie.hoofd)
    wie.doe("Leg de uitslag vast", gelukt="De stemming is gesloten: aangenomen")
    wie.ziet_niet("Toch tegen")

    zaal.besluit(JAARVERSLAG, "De raad stelt het jaarverslag vast.")

    zaal.bij(ADVIES)
    zaal.uitklap("Open een stemming of peiling")
    wie.vink("Peiling op de tablets")
    wie.doe("Open de stemming of peiling")
    lid.ga(zaal.adres.replace("/werk/", "/lezen/"))
    lid.klik_link("Geef uw antwoord")
    lid.doe("Voor", gelukt="Uw antwoord is binnen.")
    wie.doe("Sluit de peiling", gelukt="De peiling is gesloten")
    zaal.besluit(ADVIES, "Het advies wordt unaniem vastgesteld en aangenomen.")

    zaal.bij(WERKWIJZE)
    wie.klik_link("Onderwerpen, tafels en stickers")
    for titel in ("Proces rondom trajecten", "Impact en uitvoerbaarheid"):
        if not wie.veld("Onderwerp").is_visible():
            zaal.uitklap("Voeg een onderwerp toe")
        wie.vul("Onderwerp", titel)
        wie.doe("Voeg het onderwerp toe")
    lid.ga(zaal.adres.replace("/werk/", "/lezen/"))
    lid.klik_link("Tafels en stickers")
    lid.kies("Impact en uitvoerbaarheid", "3 stickers")
    lid.doe("Plak mijn stickers", gelukt="Uw stickers hangen.")

    zaal.open_("Sluit de vergadering")
    wie.klik_link("Schrijf het verslag")
    wie.ziet("Het advies wordt unaniem vastgesteld en aangenomen.")
    for spreker, woorden, stil in (("Lid FNV 2", "vraagt naar de praktijk.", False), ("Onbekende", "zwijgt nu.", True)):
        zaal.uitklap("Voeg een bijdrage van een spreker toe")
        wie.kies("Bij punt", "Rondvraag")
        wie.kies("Spreker", spreker)
        wie.vul("Wat de spreker zei", woorden)
        if stil:
            wie.vink("Vertrouwelijk")
        wie.doe("Voeg toe en bewaar", gelukt="De bijdrage staat in het verslag.")

    vier_weken_verder()
    # Op dinsdag tot en met donderdag is de vrijdag die komt dichterbij dan die van vorige week; zij is er dan nog niet.
    vorige_vrijdag = loods.dag - timedelta(days=(loods.dag.weekday() - 4) % 7)
    volgende = loods.bouw.open(loods.bouw.roep_op(loods.bouw.raad(vorige_vrijdag)))
    assert volgende.datum is not None
    gehouden = Vergadering.objects.get(pk=zaal.adres.split("/")[-2])
    bezoeker.ga(f"/vergaderingen/{gehouden.slug}/")
    bezoeker.ziet_niet("vraagt naar de praktijk.")
    wie.ga(f"{zaal.adres}verslag/vaststellen/")
    wie.kies("Vastgesteld in", "Raadsvergadering")
    wie.doe("Stel het verslag vast", gelukt="Het verslag is vastgesteld")
    tien_minuten_later()
    bezoeker.ga(f"/vergaderingen/{gehouden.slug}/")
    bezoeker.ziet("Lid FNV 2: vraagt naar de praktijk.", "Het advies wordt unaniem vastgesteld en aangenomen.")
    bezoeker.ziet_niet("zwijgt nu.")
