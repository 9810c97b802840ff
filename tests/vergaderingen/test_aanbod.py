"""Wat de vergaderingen zelf voor een agenda aanbieden, en een bron die niets te bieden heeft."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from commissies.actions import benoem_commissielid
from commissies.enums import CommissieRol
from kern.tijd import datum_nl, vandaag
from tests.vergaderingen.conftest import Wereld, maak_commissie
from vergaderingen import actions, agenda, concept
from vergaderingen.eigen_bron import EigenBron
from vergaderingen.enums import Orgaan
from vergaderingen.models import Vergadering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]


def aanbod(wereld: Wereld, rij: Vergadering) -> list[str]:
    return [a.onderwerp for a in EigenBron().aanbod(rij, wereld.door)]


@pytest.mark.parametrize(
    ("orgaan", "dag", "verwacht"),
    [
        (Orgaan.RAAD, (3, 1), ["Vaststellen SER-jaarverslag {vorig}", "Vaststellen Jaarrekening {vorig}"]),
        (Orgaan.RAAD, (4, 1), ["Vaststellen Raming {volgend}"]),
        (Orgaan.DAGELIJKS_BESTUUR, (9, 1), ["Vaststellen Begroting {volgend}: voorstel van het dagelijks bestuur"]),
        (Orgaan.DAGELIJKS_BESTUUR, (3, 1), []),
        (Orgaan.RAAD, (12, 1), []),
    ],
)
def test_regel_48_een_jaarstuk_staat_klaar_voor_zijn_wettelijke_dag(
    wereld: Wereld, orgaan: str, dag: tuple[int, int], verwacht: list[str]
) -> None:
    """Op 1 april zelf is het te laat: de wet zegt voor die dag."""
    jaar = vandaag().year + 1
    rij = wereld.plan(date(jaar, *dag), orgaan)
    klaar = [naam for naam in aanbod(wereld, rij) if naam.startswith("Vaststellen")]
    assert klaar == [naam.format(vorig=jaar - 1, volgend=jaar + 1) for naam in verwacht]
    if klaar:
        sleutel = next(a.sleutel for a in EigenBron().aanbod(rij, wereld.door) if a.onderwerp == klaar[0])
        actions.plaats_aanbod(vergadering=rij, bron="vergaderingen", sleutel=sleutel, door=wereld.door)
        assert klaar[0] not in aanbod(wereld, rij), "wat op een agenda staat, wordt niet nog eens aangeboden"


def test_nieuwe_commissieleden_worden_de_raad_meegedeeld_met_ten_hoogste_twaalf_namen(wereld: Wereld) -> None:
    vorige = wereld.gesloten(vandaag() - timedelta(days=30))
    commissie = maak_commissie(wereld)  # drie leden van voor de vorige raad
    nieuw = [p for p in (*wereld.leden.values(), *wereld.plv.values()) if p.naam not in ("Lid K1", "Lid O1", "Lid W1")]
    rij = wereld.plan(vandaag() + timedelta(days=30))
    melding = f"Raadsmededeling: nieuwe leden van commissies sinds {datum_nl(vorige.datum)}"
    assert melding not in aanbod(wereld, rij)
    for aantal, rest in ((1, ""), (14, " en 2 anderen")):
        while commissie.leden.count() < aantal + 3:
            benoem_commissielid(
                commissie=commissie, persoon=nieuw.pop(0), rol=CommissieRol.LID, van=vandaag(), door=None
            )
        (gevonden,) = [a for a in EigenBron().aanbod(rij, wereld.door) if a.onderwerp == melding]
        assert gevonden.toelichting.count("(Commissie Proef)") == min(aantal, 12)
        assert gevonden.toelichting.endswith(rest or "(Commissie Proef)")
    assert not any(n.startswith("Raadsm") for n in aanbod(wereld, wereld.plan(orgaan=Orgaan.DAGELIJKS_BESTUUR)))


def test_zonder_dag_is_er_niets_te_bieden(wereld: Wereld) -> None:
    assert EigenBron().aanbod(Vergadering(orgaan=Orgaan.RAAD), wereld.door) == ()


def test_een_bron_die_niets_kan_houdt_agenda_en_bundel_niet_tegen(
    wereld: Wereld, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elke methode van een bron mag weg; een app die zich alleen aanmeldt, breekt niets."""

    class Kaal(agenda.Agendabron):
        naam = "kaal"

    monkeypatch.setattr(agenda, "_bronnen", {})
    monkeypatch.setattr("stukken.actions.geef_door", lambda pk: None)
    agenda.registreer_bron(Kaal())
    client.force_login(wereld.door)
    gepland = wereld.plan(vandaag() + timedelta(days=30))
    wereld.punt(gepland, "Eigen punt")
    assert "Eigen punt" in client.get(reverse("vergaderingen:vergadering", args=[gepland.pk])).content.decode()
    bundel = actions.vraag_bundel(vergadering=wereld.opgeroepen(), lezer=wereld.door)
    assert [p["stukken"] for p in bundel.opdracht.invoer["punten"]] == [[]]


def test_regel_33_het_conceptverslag_noemt_wie_zich_onthoudt(wereld: Wereld) -> None:
    punt = wereld.geopend().agendapunten.get()
    for sleutel in ("O1", "W1"):
        actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels[sleutel], reden="Neef", door=wereld.door)
    html = concept.conceptverslag(punt.vergadering)[0]
    assert "Lid O1 en Lid W1 onthouden zich van medestemmen." in html
    assert "Neef" not in html, "de reden is alleen voor het secretariaat"
