"""Laadt de echte commissies (data/commissies.json). Nog een keer laden verdubbelt niets."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.text import slugify

from commissies.enums import SoortCommissie
from commissies.models import Commissie
from inrichting.archiefdatum import lees_datum
from kern.models import Precisie
from logboek.actions import leg_vast

Melder = Callable[[str, str], None]
BESTAND = "commissies.json"
SOORTEN = {
    "vast": SoortCommissie.VAST,
    "ad hoc": SoortCommissie.AD_HOC,
    "artikel 43": SoortCommissie.ART43,
    "bestuurlijk": SoortCommissie.BESTUURLIJK,
    "eigen orgaan": SoortCommissie.EIGEN_ORGAAN,
    "werkgroep": SoortCommissie.WERKGROEP,
}


def laad(map: Path, melder: Melder) -> int:
    """Laad commissies.json uit `map` en geef het aantal goede records.

    Een slecht record wordt met zijn id gemeld en houdt de rest niet tegen.
    """
    records = _lees_json(map / BESTAND, melder)
    goed = 0
    for plaats, record in enumerate(records, start=1):
        kenmerk = str(record.get("id") or f"record {plaats}") if isinstance(record, dict) else f"record {plaats}"
        try:
            with transaction.atomic():
                _laad_record(record)
            goed += 1
        except DatabaseError as fout:
            melder(kenmerk, f"het record past niet ({str(fout).splitlines()[0]})")
        except (ValueError, KeyError, TypeError, AttributeError) as fout:
            melder(kenmerk, str(fout) if isinstance(fout, ValueError) else f"het record is niet leesbaar ({fout})")
    return goed


def als_lijst(waarde: Any) -> list[Any]:
    """Maak van niets, een tekst of een lijst altijd een lijst."""
    if waarde is None:
        return []
    return waarde if isinstance(waarde, list) else [waarde]


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
        melder(bestand.name, "hier hoort een lijst met commissies te staan")
        return []
    return inhoud


def _laad_record(record: dict[str, Any]) -> None:
    kenmerk, naam = record["id"], (record["naam"] or "").strip()
    if not naam:
        raise ValueError("de naam ontbreekt")
    if record["soort"] not in SOORTEN:
        raise ValueError(f"onbekende soort: {record['soort']!r}")
    ingesteld, precisie = _datum(record.get("ingesteld"), "ingesteld")
    opgeheven, _ = _datum(record.get("opgeheven"), "opgeheven")
    if ingesteld and opgeheven and opgeheven <= ingesteld:
        raise ValueError("opgeheven ligt voor ingesteld")
    opmerking = record.get("opmerking") or ""
    if record.get("leden"):
        opmerking = f"{opmerking} Leden volgens de bron: {'; '.join(als_lijst(record['leden']))}.".strip()
    velden: dict[str, Any] = {
        "naam": naam,
        "afkorting": record.get("afkorting") or "",
        "soort": SOORTEN[record["soort"]],
        "taak": record.get("taak") or "",
        "ingesteld_op": ingesteld,
        "ingesteld_precisie": precisie,
        "opgeheven_op": opgeheven,
        "ook_bekend_als": als_lijst(record.get("ook_bekend_als")),
        "voorzitter_volgens_bron": record.get("voorzitter") or "",
        "genoemd_in": als_lijst(record.get("genoemd_in")),
        "bron": als_lijst(record.get("bron")),
        "opmerking": opmerking,
        # De bron zegt het zelf: consumenten in plaats van werknemers (SER-Wijzer 24).
        "consumentenleden": (record.get("afkorting") or "") == "CCA",
        "voorbeeld": False,
    }
    commissie = Commissie.objects.filter(kenmerk=kenmerk).first()
    if commissie is None:
        if Commissie.objects.filter(voorbeeld=False, naam=naam).exists():
            raise ValueError(f"er is al een commissie met de naam {naam!r}")
        slug = slugify(naam)[:150]
        if Commissie.objects.filter(slug=slug).exists():
            slug = f"{slug}-{kenmerk}"
        commissie = Commissie.objects.create(kenmerk=kenmerk, slug=slug, **velden)
        leg_vast(soort="commissies.laad_archief", object=commissie, door=None, gegevens={"bestand": BESTAND})
    else:
        Commissie.objects.filter(pk=commissie.pk).update(**velden)


def _datum(waarde: Any, veld: str) -> tuple[date | None, str]:
    if not waarde:
        return None, Precisie.ONBEKEND
    try:
        return lees_datum(str(waarde))
    except ValueError:
        raise ValueError(f"{veld}: {waarde!r} is geen datum") from None
