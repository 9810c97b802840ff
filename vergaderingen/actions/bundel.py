"""Een bundel vragen: wat erin komt vastleggen, en het maken aan de werker geven."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from stukken.actions import probeer_pdf_opnieuw, vraag_pdf, vraag_samengesteld
from stukken.enums import PdfStatus
from stukken.models import PdfOpdracht
from toegang.models import Gebruiker
from vergaderingen import bundel
from vergaderingen.models import Agendapunt, Bundel, Vergadering
from vergaderingen.queries import laatste_bundel

NIEUW, GEWIJZIGD = "nieuw", "gewijzigd"


@transaction.atomic
def vraag_bundel(*, vergadering: Vergadering, lezer: Gebruiker) -> Bundel:
    """Vraag de bundel van een vergadering voor deze lezer en geef haar terug; ongewijzigd is het dezelfde bundel.

    Alleen wat de lezer mag zien komt erin. Een stuk dat sinds de vorige bundel van deze lezer wijzigde of erbij kwam,
    krijgt dat merk, op de agenda en in de bladwijzers. De beller heeft de toegang tot de vergadering al nagekeken.
    """
    Vergadering.objects.select_for_update().get(pk=vergadering.pk)
    punten, stukken = bundel.inhoud(vergadering, lezer)
    nu = _kenmerken(vergadering, punten, stukken)
    vorige = laatste_bundel(vergadering, lezer)
    if vorige and vorige.inhoud == nu:
        if vorige.opdracht.status == PdfStatus.MISLUKT:
            _probeer_opnieuw(vorige.opdracht, lezer)
        return vorige
    merken = _merken(vorige.inhoud["stukken"] if vorige else None, nu["stukken"])
    onderwerp = f"bundel:{vergadering.pk}:{lezer.pk}"
    opdracht = vraag_samengesteld(
        soort=bundel.SOORT, sleutel=onderwerp, invoer=_invoer(vergadering, lezer, punten, stukken, merken),
        naam=f"Bundel {vergadering.naam} {vergadering.datum or ''}.pdf", door=lezer, voorbeeld=vergadering.voorbeeld,
    )  # fmt: skip
    return Bundel.objects.create(
        vergadering=vergadering, lezer=lezer, opdracht=opdracht, inhoud=nu, voorbeeld=vergadering.voorbeeld
    )


def _probeer_opnieuw(opdracht: PdfOpdracht, lezer: Gebruiker) -> None:
    """Zet een mislukte bundel terug in de rij, met de stukken waar zij op stukliep: anders mislukt zij zo weer."""
    stukken = [s["opdracht"] for punt in opdracht.invoer["punten"] for s in punt["stukken"] if s.get("opdracht")]
    for stuk in PdfOpdracht.objects.filter(pk__in=stukken, status=PdfStatus.MISLUKT):
        probeer_pdf_opnieuw(opdracht=stuk, door=lezer)
    probeer_pdf_opnieuw(opdracht=opdracht, door=lezer)


def _kenmerken(vergadering: Vergadering, punten: list[Agendapunt], stukken: list[bundel.Stuk]) -> dict[str, Any]:
    """Geef waaraan te zien is of de bundel nog klopt: de vergadering, de agenda en elk stuk."""
    return {
        "vergadering": [vergadering.datum_tekst, str(vergadering.begin), vergadering.plaats],
        "agenda": [
            [p.pk, p.volgorde, p.onderwerp, p.stuknummer, p.vervallen, p.na_oproeping, p.vertrouwelijk] for p in punten
        ],
        "stukken": {s.sleutel: s.hash for s in stukken},
    }


def _merken(vorige: dict[str, str] | None, nu: dict[str, str]) -> dict[str, str]:
    if vorige is None:
        return {}
    return {
        sleutel: GEWIJZIGD if sleutel in vorige else NIEUW
        for sleutel, hash_ in nu.items()
        if vorige.get(sleutel) != hash_
    }


def _invoer(
    vergadering: Vergadering,
    lezer: Gebruiker,
    punten: list[Agendapunt],
    stukken: list[bundel.Stuk],
    merken: dict[str, str],
) -> dict[str, Any]:
    per_punt: dict[int, list[dict[str, Any]]] = {p.pk: [] for p in punten}
    for nummer, stuk in enumerate(stukken, start=1):
        regel = {"titel": stuk.titel, "anker": f"stuk-{nummer}", "merk": merken.get(stuk.sleutel, "")}
        per_punt[stuk.punt].append(regel | _bron(stuk, lezer, vergadering))
    tijd = f"{vergadering.begin:%H.%M} uur" if vergadering.begin else ""
    return {
        "titel": f"Bundel {vergadering}",
        "naam": vergadering.naam,
        "wanneer": ", ".join(deel for deel in (vergadering.datum_tekst, tijd, vergadering.plaats) if deel),
        "lezer": lezer.naam,
        "besloten": not vergadering.openbaar,
        "voorbeeld": vergadering.voorbeeld,
        "punten": [
            {"anker": f"punt-{p.pk}", "nummer": p.volgorde, "onderwerp": p.onderwerp, "stuknummer": p.stuknummer or "",
             "kop": f"{p.volgorde}. {p.onderwerp}" + (f" ({p.stuknummer})" if p.stuknummer else ""),
             "vervallen": p.vervallen, "na_oproeping": p.na_oproeping, "vertrouwelijk": p.vertrouwelijk,
             "stukken": per_punt[p.pk]}
            for p in punten
        ],
    }  # fmt: skip


def _bron(stuk: bundel.Stuk, lezer: Gebruiker, vergadering: Vergadering) -> dict[str, Any]:
    bron = bundel.bron_van(stuk)
    if "html" not in bron:
        return bron
    opdracht = vraag_pdf(
        soort=bundel.SOORT_STUK, sleutel=f"bundelstuk:{stuk.hash}", html=bron["html"],
        **{"titel": stuk.titel, "voorbeeld": vergadering.voorbeeld} | bron["opmaak"],
    )  # fmt: skip
    if opdracht.status == PdfStatus.MISLUKT:  # voor een andere lezer, of een eerdere bundel
        probeer_pdf_opnieuw(opdracht=opdracht, door=lezer)
    return {"opdracht": opdracht.pk}
