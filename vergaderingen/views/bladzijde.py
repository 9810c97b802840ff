"""De bladzijde van één vergadering: wat erop staat en wat deze gebruiker er kan doen."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from logboek.queries import geschiedenis
from overgangen import Keuze, beschikbaar
from toegang.models import Gebruiker
from vergaderingen import agenda, permissions, policies
from vergaderingen.enums import Orgaan, Puntsoort, Status, Verslagstatus
from vergaderingen.forms import AgendapuntForm
from vergaderingen.models import Agendapunt, Besluit, Vergadering, Verslag
from vergaderingen.queries import afgemeld, verplaatst_van
from vergaderingen.views.hulp import wie
from vergaderingen.views.woorden import regels

ADRES = {
    "roep_op": "oproeping",
    "herroep_oproeping": "herroep",
    "open": "open",
    "ga_niet_door": "geen-quorum",
    "sluit": "sluit",
    "gelast_af": "gelast-af",
    "herroep_afgelasting": "herroep-afgelasting",
}


# Wat iets terugneemt of afblaast is nooit de grote knop, en met één verkeerde klik is de vergadering dan niet weg.
TERUG = ("gelast_af", "herroep_oproeping", "ga_niet_door", "herroep_afgelasting")
ZELDEN = ("herroep_oproeping", "ga_niet_door", "herroep_afgelasting")


GEEN_QUORUM = "vergaderingen.ga_niet_door"


@dataclass(frozen=True)
class Daad:
    """Een knop op de bladzijde, met wat nog ontbreekt."""

    keuze: Keuze
    url: str


def daden(vergadering: Vergadering, request: HttpRequest) -> list[Daad]:
    """Geef wat deze gebruiker nu met de vergadering kan, in volgorde van belang."""
    keuzen = [k for k in beschikbaar(vergadering, wie(request)) if not _overbodig(vergadering, k)]
    return [Daad(k, reverse(f"vergaderingen:{ADRES[k.naam]}", args=[vergadering.pk])) for k in keuzen]


def hoofdknop(rij: Vergadering, daad: Daad | None, verslag: Verslag | None) -> tuple[str, str] | None:
    """Geef wat er op de grote knop staat en waar zij heen gaat: de daad, de presentielijst van vandaag, het verslag."""
    if daad is not None:
        return daad.keuze.label, daad.url
    if rij.status == Status.OPGEROEPEN and not policies.is_dag_gekomen(rij):
        return "Werk de presentielijst bij", reverse("vergaderingen:presentie", args=[rij.pk])
    if rij.status == Status.GESLOTEN and (verslag is None or verslag.status == Verslagstatus.CONCEPT):
        wat = "Werk het verslag bij" if verslag else "Schrijf het verslag"
        return wat, reverse("vergaderingen:verslag", args=[rij.pk])
    return None


def _overbodig(vergadering: Vergadering, keuze: Keuze) -> bool:
    """Herroepen kan maar even en "geen quorum" zelden: toon ze alleen als ze kunnen."""
    return keuze.naam in ZELDEN and not keuze.kan


@dataclass(frozen=True)
class Agendaregel:
    """Een agendapunt met alles wat de bladzijde toont."""

    punt: Agendapunt
    besluiten: list[Besluit]
    verwijzing: agenda.Verwijzing | None


@dataclass(frozen=True)
class Aangeboden:
    """Iets uit een bron dat op deze agenda kan."""

    bron: str
    aanbod: agenda.Aanbod


def agendaregels(rij: Vergadering, gebruiker: Gebruiker) -> list[Agendaregel]:
    """Geef de agenda zoals deze gebruiker haar mag zien; een vast aantal zoekvragen."""
    punten = list(
        Agendapunt.objects.zichtbaar_voor(gebruiker)
        .filter(vergadering=rij)
        .select_related("bestand")
        .prefetch_related("besluiten")
        .order_by("volgorde")
    )
    verwijzingen: dict[int, agenda.Verwijzing] = {}
    for bron in agenda.bronnen():
        verwijzingen |= bron.verwijzingen(punten, gebruiker)
    return [Agendaregel(p, list(p.besluiten.all()), verwijzingen.get(p.pk)) for p in punten]


def aanbod(rij: Vergadering, gebruiker: Gebruiker) -> list[Aangeboden]:
    """Geef wat de bronnen voor deze agenda aanbieden, in de volgorde waarin het meestal op een agenda staat."""
    alles = [Aangeboden(b.naam, a) for b in agenda.bronnen() for a in b.aanbod(rij, gebruiker)]
    orde = {soort: plaats for plaats, soort in enumerate(Puntsoort)} | {Puntsoort.RONDVRAAG: len(Puntsoort)}
    return sorted(alles, key=lambda a: orde[a.aanbod.soort])


def toon(
    request: HttpRequest, rij: Vergadering, nieuw_punt: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """Maak de bladzijde; met een afgekeurd formulier voor een nieuw punt blijft de invoer staan."""
    gebruiker = wie(request)
    mag = permissions.mag_beheren(rij, gebruiker)
    agenda_open = mag and not policies.mag_agenda_wijzigen(rij)
    alle = daden(rij, request)
    hoofddaad = next((d for d in alle if d.keuze.kan and d.keuze.naam not in TERUG), None)
    verslag = Verslag.objects.zichtbaar_voor(gebruiker).filter(vergadering=rij).first()
    met_lijst = rij.status in (Status.OPGEROEPEN, Status.GEOPEND, Status.GESLOTEN, Status.NIET_DOORGEGAAN)
    gebeurtenissen = list(geschiedenis(rij))
    stand = policies.quorum(rij) if met_lijst else None
    op_de_agenda = agendaregels(rij, gebruiker)
    te_nummeren = [r.punt for r in op_de_agenda if r.punt.nummerbaar and not r.punt.stuknummer]
    weg = afgemeld(rij) if rij.status == Status.OPGEROEPEN else []
    return render(
        request,
        "vergaderingen/vergadering.html",
        {
            "vergadering": rij,
            "regels": op_de_agenda,
            "te_nummeren": len(te_nummeren) if agenda_open and rij.orgaan == Orgaan.RAAD else 0,
            "aanbod": aanbod(rij, gebruiker) if agenda_open else [],
            "agenda_open": agenda_open,
            "mag": mag,
            "hoofdknop": hoofdknop(rij, hoofddaad, verslag) if mag and not rij.kenmerk else None,
            "daden": [d for d in alle if d is not hoofddaad],
            "verplaatsbaar": mag and rij.status in (Status.GEPLAND, Status.OPGEROEPEN),
            "verplaatsing_terug": mag and not policies.mag_verplaatsing_herroepen(rij),
            "verplaatst_van": verplaatst_van(rij),
            "openbaarheid_open": mag and rij.orgaan == Orgaan.RAAD and rij.status == Status.GEPLAND,
            "uit_te_zenden": mag and rij.status not in (Status.AFGELAST, Status.NIET_DOORGEGAAN),
            "quorum": stand,
            "presentie_open": not policies.mag_tekenen(rij),
            "afgemeld": weg,
            "te_weinig": policies.te_weinig(stand, weg) if stand else None,
            "verslag": verslag,
            "nieuw_punt": nieuw_punt or (AgendapuntForm() if agenda_open else None),
            "agenda_toen": next((g.gegevens.get("agenda", []) for g in gebeurtenissen if g.soort == GEEN_QUORUM), []),
            "geschiedenis": regels(gebeurtenissen),
            "is_raad": rij.orgaan == Orgaan.RAAD,
        },
        status=status,
    )
