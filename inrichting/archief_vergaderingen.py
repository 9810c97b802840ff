"""Laadt de echte raadsvergaderingen (data/vergaderingen.json). Nog een keer laden verdubbelt niets.

Wat de bron niet zegt blijft onbekend: precisie, "afgeleid", zekerheid en bron gaan per record mee.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from inrichting.archiefdatum import lees_datum
from kern.models import Precisie
from kern.tijd import AMSTERDAM
from logboek.actions import leg_vast
from vergaderingen.enums import Orgaan, Puntsoort, Status
from vergaderingen.models import Agendapunt, Stuknummerreeks, Vergadering

Melder = Callable[[str, str], None]
BESTAND = "vergaderingen.json"
REEKS = "R"
# De bron noemt geen soorten; deze volgen uit de eerste woorden van het onderwerp.
SOORTEN = (
    ("opening", Puntsoort.OPENING),
    ("rondvraag", Puntsoort.RONDVRAAG),
    ("vaststellen verslag", Puntsoort.VERSLAG),
    ("besluit benoeming", Puntsoort.BENOEMING),
    ("vaststellen ser-jaarverslag", Puntsoort.JAARSTUK),
    ("vaststellen advies", Puntsoort.ADVIES),
    ("advies", Puntsoort.ADVIES),
    ("ontwerpadvies", Puntsoort.ADVIES),
)


def laad(map: Path, melder: Melder) -> int:
    """Laad vergaderingen.json uit `map` en geef het aantal goede records.

    Een slecht record wordt met zijn id gemeld aan `melder(kenmerk, tekst)` en houdt de rest niet tegen.
    """
    goed = 0
    for plaats, record in enumerate(_lees_json(map / BESTAND, melder), start=1):
        kenmerk = str(record.get("id") or f"record {plaats}") if isinstance(record, dict) else f"record {plaats}"
        try:
            with transaction.atomic():
                _laad_record(record)
            goed += 1
        except DatabaseError as fout:
            melder(kenmerk, f"de database weigert dit record: {str(fout).splitlines()[0]}")
        except (ValueError, KeyError, TypeError, AttributeError) as fout:
            melder(kenmerk, str(fout) if isinstance(fout, ValueError) else f"het record is niet leesbaar ({fout!r})")
    return goed


def _lees_json(bestand: Path, melder: Melder) -> list[Any]:
    try:
        inhoud = json.loads(bestand.read_text(encoding="utf-8"))
    except OSError as fout:
        melder(bestand.name, f"het bestand is niet te lezen ({fout.strerror})")
        return []
    except ValueError as fout:
        melder(bestand.name, f"dit is geen geldige JSON ({fout})")
        return []
    if not isinstance(inhoud, list):
        melder(bestand.name, "hier hoort een lijst met vergaderingen te staan")
        return []
    return inhoud


def _laad_record(record: dict[str, Any]) -> None:
    kenmerk = record["id"]
    if not kenmerk:
        raise ValueError("het id ontbreekt")
    if not record["datum"]:
        raise ValueError("de datum ontbreekt")
    datum, precisie = lees_datum(str(record["datum"]))
    if precisie != record.get("datum_precisie", precisie):
        raise ValueError(f"datum {record['datum']!r} past niet bij precisie {record['datum_precisie']!r}")
    if not isinstance(record["agenda"], list):
        raise ValueError("agenda is geen lijst")
    velden = _velden(record, datum, precisie)
    vergadering = Vergadering.objects.filter(kenmerk=kenmerk).first()
    if vergadering is None:
        dubbel = Vergadering.objects.filter(slug=velden["slug"]).first()
        if dubbel:
            raise ValueError(f"er is al een vergadering op {record['datum']} ({dubbel.kenmerk or 'in het portaal'})")
        vergadering = Vergadering.objects.create(kenmerk=kenmerk, status=Status.GESLOTEN, **velden)
        leg_vast(soort="vergaderingen.laad_archief", object=vergadering, door=None, gegevens={"bestand": BESTAND})
    else:
        Vergadering.objects.filter(pk=vergadering.pk).update(**velden)
    _laad_agenda(vergadering, record["agenda"])


def _velden(record: dict[str, Any], datum: date, precisie: str) -> dict[str, Any]:
    bron = record["bron"]
    eind = record.get("eindtijd")
    return {
        "orgaan": Orgaan.RAAD,
        "slug": f"{datum:%Y-%m}" if precisie == Precisie.MAAND else str(record["datum"]),
        "datum": datum,
        "datum_precisie": precisie,
        "dag_afgeleid": bool(record.get("dag_afgeleid")),
        "zekerheid": record.get("zekerheid") or "",
        "eind": time.fromisoformat(eind) if eind else None,
        "agenda_vanaf": datetime.combine(datum, time(12), AMSTERDAM),
        "archiefbesluiten": list(record.get("besluiten") or []),
        "sprekers": list(record.get("sprekers") or []),
        "opmerking": record.get("opmerking") or "",
        "bron": bron if isinstance(bron, list) else [bron],
        "voorbeeld": False,
    }


def _laad_agenda(vergadering: Vergadering, agenda: list[dict[str, Any]]) -> None:
    """Zet de agenda gelijk aan het record: wijzig, voeg toe, haal weg wat het record niet meer noemt."""
    plaatsen = [punt.get("nr") or plaats for plaats, punt in enumerate(agenda, start=1)]
    vergadering.agendapunten.exclude(volgorde__in=plaatsen).delete()
    for plaats, punt in enumerate(agenda, start=1):
        onderwerp = (punt["onderwerp"] or "").strip()
        if not onderwerp:
            raise ValueError(f"agendapunt {plaats} heeft geen onderwerp")
        nummer = punt.get("stuknummer")
        bezet = (
            Agendapunt.objects.filter(stuknummer=nummer).exclude(vergadering=vergadering).first() if nummer else None
        )
        if bezet:
            raise ValueError(f"stuknummer {nummer} is al gebruikt ({bezet.vergadering.kenmerk or bezet.vergadering})")
        Agendapunt.objects.update_or_create(
            vergadering=vergadering,
            volgorde=punt.get("nr") or plaats,
            defaults={
                "onderwerp": onderwerp,
                "soort": _soort(onderwerp, punt.get("toelichting") or ""),
                "toelichting": punt.get("toelichting") or "",
                "uitkomst": punt.get("uitkomst") or "",
                "stuknummer": nummer,
                "voorbeeld": False,
            },
        )
        if nummer:
            _hoog_reeks_op(int(nummer.partition("/")[2]))


def _hoog_reeks_op(getal: int) -> None:
    Stuknummerreeks.objects.get_or_create(reeks=REEKS)
    Stuknummerreeks.objects.filter(reeks=REEKS).update(laatste=Greatest(F("laatste"), getal))


def _soort(onderwerp: str, toelichting: str) -> str:
    klein = onderwerp.lower()
    for begin, soort in SOORTEN:
        if klein.startswith(begin):
            return soort
    return Puntsoort.ADVIES if toelichting.startswith("advies ") else Puntsoort.OVERIG
