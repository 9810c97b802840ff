"""De kaart telt en kiest hetzelfde als wie alle rijen naloopt, ook nadat er iets bijkwam, veranderde of wegging."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from publicatie.actions import trek_in
from publicatie.models import Publicatie
from publiek import zoeken
from publiek.models import Advies
from publiek.verbinding import ALIAS, leestransactie
from publiek.zoeken import Uitslag, nummers, zoek
from publiek.zoekvraag import FACETTEN, ONBEKEND, PER_PAGINA, Zoekvraag
from tests.publiek.wereld import lexemen_van, publiceer_advies

pytestmark = pytest.mark.django_db
WOORDEN = ("pensioen", "stelsel", "huizen", "innovatie", "haven")
KEUZES: dict[str, tuple[str, ...]] = {
    "jaar": ("1984", "1985", "1992", ONBEKEND),
    "decennium": ("1980", "1990", ONBEKEND),
    "thema": ("arbeid", "zorg", "bestaat-niet", ONBEKEND),
    "commissie": ("commissie-a", ONBEKEND),
    "vrager": ("minister van Proef", "een ander", ONBEKEND),
    "soort": ("advies", "rapport"),
    "oordeel": ("unaniem", "verdeeld", ONBEKEND),
    "reactie": ("op_tijd", "later", "ontvangen", "uitgebleven", "wet", "niet_bekend", "geen"),
}


def velden(kans: random.Random) -> dict[str, Any]:
    """Geef metadata waarin alles wel eens ontbreekt, met een reactie in elke stand."""
    jaar = kans.choice([None, 1984, 1985, 1992])
    uit: dict[str, Any] = {
        "jaar": jaar,
        "datum": f"{jaar}-0{kans.randint(1, 3)}-11" if jaar and kans.random() < 0.7 else None,
        "vorm": kans.choice(["advies", "advies", "rapport"]),
        "orgaan": kans.choice(["", "commissie-a"]),
        "uitkomst": kans.choice(["", "unaniem", "verdeeld"]),
        "onderwerpen": kans.sample(["arbeid", "zorg"], kans.randint(0, 2)),
        "adviesvragers": kans.sample(["minister van Proef", "een ander"], kans.randint(0, 2)),
        "samenvatting": f"{' '.join(kans.choices(WOORDEN, k=3))}.",
    }
    if kans.random() < 0.5:
        uit["klok"] = {"basis": "1985-01-01", "vervalt_op": "1985-04-01", "uitleg": "", "aannames": []}
    if kans.random() < 0.5:
        nummer = kans.choice(["Wet van 1986", "Kamerstuk 1"])
        uit["kabinetsreactie"] = {"datum": kans.choice([None, "1985", "1985-03-01", "1985-05-01"]), "nummer": nummer}
    return uit


def zoekvragen(kans: random.Random, aantal: int) -> list[Zoekvraag]:
    """Geef willekeurige zoekvragen: met en zonder woord, nul tot drie filters, soms een periode."""
    uit = []
    for _ in range(aantal):
        gekozen = {
            naam: tuple(kans.sample(KEUZES[naam], kans.randint(1, 2)))
            for naam in kans.sample(FACETTEN, kans.randint(0, 3))
        }
        q = kans.choice(
            ["", "", *WOORDEN, "pensioenstelsel", "huizen -haven", "innovatie or haven", '"pensioen stelsel"']
        )
        periode = kans.choice([(None, None), (None, None), (1985, None), (None, 1985), (1984, 1990)])
        sorteer = kans.choice(["", "nieuwste", "oudste"])
        uit.append(Zoekvraag(q=q, van=periode[0], tot=periode[1], sorteer=sorteer, **gekozen))  # type: ignore[arg-type]
    return uit


def waarden(advies: Advies, naam: str) -> set[str]:
    """Geef wat dit advies bij een filter heeft, zoals een mens het van de rij afleest."""
    if naam in {"thema", "vrager"}:
        return set(advies.themas if naam == "thema" else advies.vragers) or {ONBEKEND}
    if naam == "decennium":
        return {str(advies.jaar // 10 * 10) if advies.jaar else ONBEKEND}
    return {str(getattr(advies, naam) or ONBEKEND)}


def past(advies: Advies, vraag: Zoekvraag, *, behalve: str = "") -> bool:
    """Of dit advies aan de filters en de periode voldoet."""
    binnen = not vraag.begrensd or bool(advies.jaar and (vraag.van or 0) <= advies.jaar <= (vraag.tot or 9999))
    return binnen and all(
        waarden(advies, naam) & set(getattr(vraag, naam)) for naam in vraag.gefilterd if naam != behalve
    )


def nagelopen(vraag: Zoekvraag) -> tuple[list[int], dict[str, Counter[str]]]:
    """Geef de id's op volgorde (relevantie: nieuwste) en de tellingen door elke rij na te lopen."""
    rijen = Advies.objects.all()
    if vraag.q:
        with connections[ALIAS].cursor() as cursor:
            lexemen = lexemen_van(cursor, vraag.q)
        rijen = rijen.extra(where=["zoek @@ %s::tsquery"], params=[lexemen])
    alle = list(rijen)

    def sleutel(a: Advies) -> tuple[Any, ...]:
        teken = 1 if vraag.volgorde == "oudste" else -1
        dag = a.datum.toordinal() if a.datum else 0
        return (not a.datum, teken * dag, not a.jaar, teken * (a.jaar or 0), teken * a.pk)

    op_volgorde = [a.pk for a in sorted(alle, key=sleutel) if past(a, vraag)]
    tellingen = {
        naam: Counter(w for a in alle if past(a, vraag, behalve=naam) for w in waarden(a, naam)) for naam in FACETTEN
    }
    return op_volgorde, tellingen


def gewogen(vraag: Zoekvraag, ids: list[int]) -> list[int]:
    """Geef de nieuwste RUIM van deze id's (nieuwste eerst) op gewicht, door er elk te wegen; dan de rest."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT id, ts_rank_cd('{0.1,0.2,0.5,1.0}', zoek_kort, %s::tsquery) FROM publiek.advies WHERE id = ANY(%s)",
            [lexemen_van(cursor, vraag.q), ids],
        )
        gewicht = dict(cursor.fetchall())
    return sorted(ids[: zoeken.RUIM], key=lambda pk: -gewicht[pk]) + ids[zoeken.RUIM :]


def vergelijk(vraag: Zoekvraag) -> Uitslag:
    """Leg de uitslag naast het nalopen; geef haar terug."""
    with leestransactie():
        uitslag, alles = zoek(vraag), nummers(vraag, 10_000)
        ids, tellingen = nagelopen(vraag)
        laatste = zoek(replace(vraag, pagina=max(uitslag.paginas, 1)))
    assert uitslag.totaal == len(ids), vraag
    assert {naam: dict(rij) for naam, rij in uitslag.tellingen.items()} == tellingen, vraag
    getoond = [t.advies.pk for t in uitslag.treffers]
    assert all(t.advies.reactie == Advies.objects.get(pk=t.advies.pk).reactie for t in uitslag.treffers[:2])
    assert alles == (gewogen(vraag, ids) if vraag.volgorde == "relevantie" else ids), vraag
    assert getoond == alles[:PER_PAGINA]
    assert [t.advies.pk for t in laatste.treffers] == alles[(max(uitslag.paginas, 1) - 1) * PER_PAGINA :]
    return uitslag


def test_zoals_wie_alles_naloopt(monkeypatch: pytest.MonkeyPatch) -> None:
    kans = random.Random(85)
    publicaties: list[Publicatie] = []
    gezien: Counter[bool] = Counter()
    for ronde in range(5):
        for n in range(12):
            publicaties.append(publiceer_advies(f"adv-{ronde}{n:02d}", f"Advies {n}", **velden(kans)))
        oud = publicaties.pop(kans.randrange(len(publicaties)))
        trek_in(publicatie=oud, reden="Fout.", door=None)
        beter = publicaties[kans.randrange(len(publicaties))]
        publiceer_advies(beter.sleutel.removeprefix("advies:"), "Verbeterd", **velden(kans))
        publicaties = [p for p in publicaties if p.pk != beter.pk]
        publiceer_advies(
            f"adv-straks{ronde}", "Straks", **velden(kans) | {"vanaf": timezone.now() + timedelta(hours=1)}
        )
        monkeypatch.setattr(zoeken, "RUIM", 10 if ronde % 2 else 1_000)
        for vraag in zoekvragen(kans, 30):
            gezien[vergelijk(vraag).totaal > 0] += 1
    assert min(gezien[True], gezien[False]) >= 10, "de vragen vinden soms iets en soms niets"


def test_ruim_zoeken_zet_de_nieuwste_op_gewicht_en_laat_niets_weg(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for jaar in range(1980, 1990):
        titel = "Haven" if jaar in {1981, 1988} else "Iets"
        publiceer_advies(f"adv-{jaar}", titel, jaar=jaar, datum=f"{jaar}-01-01", samenvatting="Over de haven.")
    vraag = Zoekvraag(q="haven")
    with leestransactie():
        heel = [t.advies.jaar for t in zoek(vraag).treffers]
        monkeypatch.setattr(zoeken, "RUIM", 4)
        ruim = [t.advies.jaar for t in zoek(vraag).treffers]
    assert "Van de nieuwste 4 staan de best passende vooraan" in client.get("/adviezen/?q=haven").content.decode()
    assert "best passende vooraan" not in client.get("/adviezen/?q=haven&jaar=1988").content.decode()
    assert heel[:2] == [1988, 1981]
    assert ruim == [1988, 1989, 1987, 1986, 1985, 1984, 1983, 1982, 1981, 1980]


def test_elke_keuze_heeft_het_adres_van_de_vraag_met_die_keuze_gewisseld() -> None:
    for vraag in zoekvragen(random.Random(9), 40):
        op_bladzijde_twee = replace(vraag, pagina=2)
        for naam, keuzes in KEUZES.items():
            nu = getattr(vraag, naam)
            met = [tuple(w for w in nu if w != k) if k in nu else (*nu, k) for k in keuzes]
            assert op_bladzijde_twee.wissels(naam, keuzes) == [vraag.adres(**{naam: keus}) for keus in met]
