"""Met één druk: alles wat klaarstaat op de agenda, en elk stuk een nummer."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd
from kern.tekort import Tekort
from kern.tijd import vandaag
from logboek.models import Gebeurtenis
from logboek.queries import geschiedenis
from tests.vergaderingen.conftest import Wereld, pad, tekst
from toegang.enums import Rol
from toegang.models import Gebruiker
from vergaderingen import actions, agenda
from vergaderingen.enums import Orgaan, Puntsoort
from vergaderingen.models import Agendapunt, Vergadering
from vergaderingen.views.bladzijde import aanbod

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]

OVER = timedelta(days=30)


def zaken(wereld: Wereld, rij: Vergadering) -> list[actions.Zaak]:
    """Wat het scherm nu toont."""
    return [actions.Zaak(a.bron, a.aanbod.sleutel, a.aanbod.onderwerp) for a in aanbod(rij, wereld.door)]


def velden(lijst: list[actions.Zaak]) -> dict[str, list[str]]:
    return {naam: [getattr(z, naam) for z in lijst] for naam in ("bron", "sleutel", "onderwerp")}


def namen(rij: Vergadering) -> list[str]:
    return list(rij.agendapunten.order_by("volgorde").values_list("onderwerp", flat=True))


def raad_in_maart(wereld: Wereld) -> Vergadering:
    """Dan staan jaarverslag en jaarrekening klaar, naast opening en rondvraag."""
    return wereld.plan(date(vandaag().year + 1, 3, 1))


def test_alles_komt_met_een_druk_op_de_agenda_in_de_volgorde_van_het_scherm(werk: Client, wereld: Wereld) -> None:
    rij = raad_in_maart(wereld)
    klaar = zaken(wereld, rij)
    assert len(klaar) == 4
    scherm = tekst(werk.get(pad("vergadering", rij.pk)))
    assert "Zet alles op de agenda" in scherm
    assert pad("plaats-alles", rij.pk) in scherm
    antwoord = werk.post(pad("plaats-alles", rij.pk), velden(klaar), follow=True)
    assert "4 punten op de agenda gezet." in tekst(antwoord)
    assert "Zet alles op de agenda" not in tekst(antwoord)
    assert namen(rij) == [z.onderwerp for z in klaar]
    regels = [g for g in geschiedenis(rij) if g.soort == "vergaderingen.voeg_agendapunt_toe"]
    assert [g.gegevens["onderwerp"] for g in sorted(regels, key=lambda g: g.pk)] == namen(rij)


def test_twee_tabbladen_plaatsen_niets_twee_keer(werk: Client, wereld: Wereld) -> None:
    rij = raad_in_maart(wereld)
    klaar = zaken(wereld, rij)
    werk.post(pad("plaats-alles", rij.pk), velden(klaar))
    nogmaals = tekst(werk.post(pad("plaats-alles", rij.pk), velden(klaar), follow=True))
    assert "Er is niets meer te plaatsen" in nogmaals
    assert "is niet geplaatst" not in nogmaals
    assert len(namen(rij)) == 4
    punt = rij.agendapunten.get(soort=Puntsoort.OPENING)
    actions.haal_van_agenda(agendapunt=punt, reden="Vergissing", door=wereld.door)
    actions.plaats_alles(vergadering=rij, zaken=klaar + klaar, door=wereld.door)
    assert namen(rij).count(punt.onderwerp) == 2, "wat van de agenda ging, mag er weer op; een keer"


def test_een_zaak_alleen_staat_zonder_knop_voor_alles(werk: Client, wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER, orgaan=Orgaan.KROONLEDENOVERLEG)
    wereld.punt(rij, "Opening", soort=Puntsoort.OPENING)
    scherm = tekst(werk.get(pad("vergadering", rij.pk)))
    assert "Klaar voor deze agenda" in scherm
    assert "Zet alles op de agenda" not in scherm


class Bron(agenda.Agendabron):
    """Drie zaken; de tweede weigert na het plaatsen."""

    naam = "proef"

    def aanbod(self, vergadering: Vergadering, gebruiker: Gebruiker) -> list[agenda.Aanbod]:
        return [agenda.Aanbod(s, f"Zaak {s}") for s in ("a", "b", "c")]

    def geplaatst(self, *, agendapunt: Agendapunt, sleutel: str, door: Gebruiker) -> None:
        if sleutel == "b":
            raise OvergangGeweigerd([Tekort("Het ontwerp is nog niet klaar.")])


@pytest.fixture
def bron(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda, "_bronnen", {})
    agenda.registreer_bron(Bron())


@pytest.mark.usefixtures("bron")
def test_wat_niet_kan_wordt_genoemd_en_de_rest_komt_erop(werk: Client, wereld: Wereld) -> None:
    """Van de geweigerde zaak blijft niets over: geen punt, geen regel in het logboek."""
    rij = wereld.plan(vandaag() + OVER)
    lijst = [*zaken(wereld, rij), actions.Zaak("proef", "weg", "Zaak die weg is")]
    blad = tekst(werk.post(pad("plaats-alles", rij.pk), velden(lijst), follow=True))
    assert "2 punten op de agenda gezet." in blad
    assert "“Zaak b” is niet geplaatst. Het ontwerp is nog niet klaar." in blad
    assert "“Zaak die weg is” is niet geplaatst. Dit wordt niet meer aangeboden" in blad
    assert namen(rij) == ["Zaak a", "Zaak c"]
    assert Gebeurtenis.objects.filter(soort="vergaderingen.voeg_agendapunt_toe").count() == 2


@pytest.mark.usefixtures("bron")
def test_een_agenda_die_vastligt_of_van_een_ander_is_blijft_dicht(
    werk: Client, wereld: Wereld, maak_gebruiker: Any
) -> None:
    rij = wereld.plan(vandaag() + OVER)
    lijst = zaken(wereld, rij)
    vreemde = maak_gebruiker("", Rol.COMMUNICATIE)
    with pytest.raises(GeenToegang):
        actions.plaats_alles(vergadering=rij, zaken=lijst, door=vreemde)
    with pytest.raises(GeenToegang):
        actions.geef_alle_stuknummers(vergadering=rij, door=vreemde)
    actions.gelast_af(vergadering=rij, versie=None, reden="Geen stukken", door=wereld.door)
    for naam in ("plaats-alles", "nummers"):
        assert "de agenda ligt vast" in tekst(werk.post(pad(naam, rij.pk), velden(lijst), follow=True))
    assert namen(rij) == []


def test_alle_nummers_volgen_de_agenda_en_wat_een_nummer_heeft_houdt_het(werk: Client, wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER)
    wereld.punt(rij, "Opening", soort=Puntsoort.OPENING)
    een, twee, drie, weg = [wereld.punt(rij, naam) for naam in ("Een", "Twee", "Drie", "Weg")]
    wereld.punt(rij, "Rondvraag", soort=Puntsoort.RONDVRAAG)
    actions.geef_stuknummer(agendapunt=twee, nummer="40", door=wereld.door)
    actions.haal_van_agenda(agendapunt=weg, reden="Later", door=wereld.door)
    volgorde = [p.pk for p in rij.agendapunten.order_by("volgorde")]
    volgorde.remove(drie.pk)
    actions.herschik(vergadering=rij, volgorde=[drie.pk, *volgorde], door=wereld.door)
    scherm = tekst(werk.get(pad("vergadering", rij.pk)))
    assert "Geef alle nummers" in scherm
    blad = tekst(werk.post(pad("nummers", rij.pk), follow=True))
    reeks = rij.reeks
    assert f"2 punten genummerd: {reeks}/41 tot en met {reeks}/42." in blad
    assert "Geef alle nummers" not in blad
    nummers = dict(rij.agendapunten.exclude(stuknummer=None).values_list("onderwerp", "stuknummer"))
    assert nummers == {"Drie": f"{reeks}/41", "Een": f"{reeks}/42", "Twee": f"{reeks}/40"}
    assert "Alle punten hebben al een nummer." in tekst(werk.post(pad("nummers", rij.pk), follow=True))
    assert Gebeurtenis.objects.filter(soort="vergaderingen.geef_stuknummer").count() == 3
    een.refresh_from_db()
    los = wereld.punt(rij, "Nog een")
    assert "Geef alle nummers" not in tekst(werk.get(pad("vergadering", rij.pk))), "voor een is er Geef nummer"
    assert f"“{los.onderwerp}” heeft nummer" in tekst(werk.post(pad("nummers", rij.pk), follow=True))


def test_alleen_de_raad_nummert(werk: Client, wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER, orgaan=Orgaan.DAGELIJKS_BESTUUR)
    for naam in ("Een", "Twee"):
        wereld.punt(rij, naam)
    assert "Geef alle nummers" not in tekst(werk.get(pad("vergadering", rij.pk)))
    with pytest.raises(InvoerFout, match="Alleen stukken van de raad"):
        actions.geef_alle_stuknummers(vergadering=rij, door=wereld.door)


def test_de_naam_van_geef_nummer_begint_met_wat_er_staat(werk: Client, wereld: Wereld) -> None:
    """WCAG 2.5.3: wie met de stem bedient, zegt wat hij ziet."""
    rij = wereld.plan(vandaag() + OVER)
    wereld.punt(rij, "Een")
    scherm = tekst(werk.get(pad("vergadering", rij.pk)))
    assert '>Geef nummer<span class="alleen-lezer"> aan Een</span></button>' in scherm
    assert "aria-label" not in scherm.split("geef-nummer", 1)[1].split("Geef nummer", 1)[0]
