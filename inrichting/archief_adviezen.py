"""Laadt de echte adviezen (data/adviezen.json) en de thema's (data/overige.json). Herladen verdubbelt niets."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.text import slugify

from adviezen.enums import SoortAdvies
from adviezen.models import Aanbeveling, Advies, Doel, Thema
from adviezen.openbaar import klok_van, publiceer_advies, sleutel_van
from commissies.models import Commissie
from inrichting.archiefdatum import lees_datum
from kern.fouten import PortaalFout
from kern.models import Precisie
from kern.tijd import AMSTERDAM, vandaag
from logboek.actions import leg_vast
from opvolging.enums import Vorm
from opvolging.models import Kabinetsreactie
from publicatie.queries import ingetrokken

Melder = Callable[[str, str], None]
BESTAND, THEMABESTAND = "adviezen.json", "overige.json"
BEGIN_ARCHIEF = datetime(1950, 1, 1, tzinfo=AMSTERDAM)
DATUM_SOORT_LENGTE = 120
VERDWENEN = "Het archief noemt deze reactie niet meer."


def laad(map: Path, melder: Melder) -> int:
    """Laad de adviezen uit `map` en geef het aantal goede records.

    Een slecht record (onleesbare datum, onbekend thema, dubbel nummer of kenmerk) wordt met zijn id gemeld en houdt
    de rest niet tegen. Wat na het laden is ingetrokken, komt niet terug.
    """
    overige = _lees_json(map / THEMABESTAND, dict, melder)
    _laad_themas(overige)
    _laad_doelen((overige or {}).get("werkagenda") or {})
    records = _lees_json(map / BESTAND, list, melder) or []
    commissies = _commissies()
    gezien: dict[str, set[str]] = {"kenmerk": set(), "nummer": set()}
    goed = 0
    for plaats, record in enumerate(records, start=1):
        naam = str(record.get("id") or f"record {plaats}") if isinstance(record, dict) else f"record {plaats}"
        try:
            _weiger_dubbel(record, gezien)
            with transaction.atomic():
                _laad_record(record, commissies)
            goed += 1
        except DatabaseError as fout:
            melder(naam, f"het record past niet ({str(fout).splitlines()[0]})")
        except (ValueError, PortaalFout) as fout:
            melder(naam, str(fout))
        except (KeyError, TypeError, AttributeError) as fout:
            melder(naam, f"het record is niet leesbaar ({type(fout).__name__}: {fout})")
    return goed


def _lees_json(bestand: Path, soort: type, melder: Melder) -> Any:
    try:
        inhoud = json.loads(bestand.read_text(encoding="utf-8"))
    except FileNotFoundError:
        melder(bestand.name, "het bestand ontbreekt")
        return None
    except (ValueError, OSError) as fout:
        melder(bestand.name, f"het bestand is geen leesbare JSON ({fout})")
        return None
    if not isinstance(inhoud, soort):
        melder(bestand.name, f"verwacht een {'lijst' if soort is list else 'object'}")
        return None
    return inhoud


def _laad_themas(overige: dict[str, Any] | None) -> None:
    for n, thema in enumerate([*(overige or {}).get("themas", []), *(overige or {}).get("themas_aanvullend", [])], 1):
        Thema.objects.update_or_create(
            naam=thema["naam"],
            defaults={
                "slug": slugify(thema["naam"]),
                "volgorde": thema.get("volgorde") or n,
                "bron": str(thema.get("bron") or "")[:200],
            },
        )


def _laad_doelen(werkagenda: dict[str, Any]) -> None:
    """Laad de doelen van de werkagenda; wat niet meer genoemd wordt blijft, want trajecten wijzen ernaar."""
    for n, naam in enumerate(werkagenda.get("doelen") or [], 1):
        Doel.objects.update_or_create(
            periode=str(werkagenda.get("periode") or "")[:20],
            naam=str(naam)[:200],
            defaults={"volgorde": n, "bron": str(werkagenda.get("bron") or "")[:200]},
        )


def _commissies() -> dict[str, Commissie]:
    """Geef elke naam waaronder een commissie bekend is."""
    uit: dict[str, Commissie] = {}
    for commissie in Commissie.objects.filter(voorbeeld=False):
        for naam in (commissie.naam, *commissie.ook_bekend_als):
            uit.setdefault(naam.casefold(), commissie)
    return uit


def _weiger_dubbel(record: Any, gezien: dict[str, set[str]]) -> None:
    """Werp ValueError als dit bestand hetzelfde kenmerk of adviesnummer al noemde."""
    for veld, sleutel in (("kenmerk", "id"), ("nummer", "adviesnummer_norm")):
        waarde = record.get(sleutel)
        if waarde and waarde in gezien[veld]:
            raise ValueError(f"{'het id' if veld == 'kenmerk' else 'adviesnummer'} {waarde} komt al eerder voor")
    for veld, sleutel in (("kenmerk", "id"), ("nummer", "adviesnummer_norm")):
        if record.get(sleutel):
            gezien[veld].add(record[sleutel])


def _laad_record(record: dict[str, Any], commissies: dict[str, Commissie]) -> None:
    velden = _velden(record, commissies)
    themas = _themas(record["themas"] or [])
    kenmerk = str(record["id"])
    bezet = Advies.objects.filter(nummer=velden["nummer"]).exclude(kenmerk=kenmerk) if velden["nummer"] else None
    if bezet and (ander := bezet.first()):
        raise ValueError(f"adviesnummer {velden['nummer']} is al van {ander.kenmerk}")
    advies = Advies.objects.filter(kenmerk=kenmerk).first()
    if advies is None:
        advies = Advies.objects.create(kenmerk=kenmerk, voorbeeld=False, **velden)
        leg_vast(soort="inrichting.laad_advies", object=advies, door=None, gegevens={"bron": BESTAND})
    else:
        anders = {naam: waarde for naam, waarde in velden.items() if getattr(advies, naam) != waarde}
        if anders:
            for naam, waarde in anders.items():
                setattr(advies, naam, waarde)
            advies.save()
            leg_vast(
                soort="inrichting.laad_advies_opnieuw", object=advies, door=None, gegevens={"velden": sorted(anders)}
            )
    advies.themas.set(themas)
    _aanbevelingen(advies, record.get("aanbevelingen") or [])
    reactie = record.get("kabinetsreactie")
    extra: dict[str, Any] = {}
    if reactie:
        extra = _reactie(advies, reactie)
        _leg_reactie_vast(advies, reactie)
    else:
        _laat_reactie_vervallen(advies)
    if not ingetrokken(sleutel_van(advies)):
        publiceer_advies(
            advies=advies,
            html=_html(advies),
            vanaf=_begin(advies),
            door=None,
            volledig=False,
            extra=extra,
        )


def _velden(record: dict[str, Any], commissies: dict[str, Commissie]) -> dict[str, Any]:
    datum, precisie = _datum(record, "datum")
    if datum and record.get("datum_precisie") not in (None, precisie):
        raise ValueError(f"datum {record['datum']!r} en precisie {record['datum_precisie']!r} spreken elkaar tegen")
    aanvraag, aanvraagprecisie = _datum(record, "aanvraagdatum")
    soort = record["soort"]
    if soort not in SoortAdvies.values:
        raise ValueError(f"soort {soort!r} is niet bekend")
    if record.get("oordeel") not in (None, "unaniem", "verdeeld"):
        raise ValueError(f"oordeel {record['oordeel']!r} is niet bekend")
    if not str(record.get("titel") or "").strip():
        raise ValueError("de titel ontbreekt")
    jaar = record.get("jaar")
    if datum and jaar and datum.year != jaar:
        raise ValueError(f"jaar {jaar} past niet bij datum {record['datum']}")
    naam = record.get("commissie") or ""
    datum_soort, opmerking = record.get("datum_soort") or "", record.get("opmerking") or ""
    if len(datum_soort) > DATUM_SOORT_LENGTE:
        datum_soort, _, rest = datum_soort.partition("; ")
        opmerking = f"{rest[:1].upper()}{rest[1:]}. {opmerking}".strip()
    return {
        "nummer": record.get("adviesnummer_norm") or None,
        "soort": soort,
        "titel": record["titel"],
        "ondertitel": record.get("ondertitel") or "",
        "datum": datum,
        "datum_precisie": precisie,
        "dag_afgeleid": bool(record.get("dag_afgeleid")),
        "datum_soort": datum_soort[:DATUM_SOORT_LENGTE],
        "jaar": jaar,
        "commissie": commissies.get(naam.casefold()) or commissies.get(f"commissie {naam}".casefold()),
        "commissie_naam": naam,
        "adviesvragers_tekst": record.get("adviesvragers") or [],
        "adviesvrager_type": record.get("adviesvrager_type") or [],
        "aanvraagdatum": aanvraag,
        "aanvraagdatum_precisie": aanvraagprecisie,
        "oordeel": record.get("oordeel") or "",
        "oordeel_toelichting": record.get("oordeel_toelichting") or "",
        "samenvatting": record.get("samenvatting") or "",
        "opmerking": opmerking,
        "bron": record.get("bron") or [],
        "bron_verkort": record.get("bron_verkort") or [],
        "bron_afgeleid": record.get("bron_afgeleid") or [],
    }


def _datum(record: dict[str, Any], veld: str) -> tuple[Any, str]:
    """Geef (eerste dag, precisie); (None, onbekend) zonder datum. Werpt ValueError die het veld noemt."""
    tekst = record.get(veld)
    if not tekst:
        return None, Precisie.ONBEKEND
    try:
        return lees_datum(str(tekst))
    except ValueError as fout:
        raise ValueError(f"{veld} {tekst!r} is geen geldige datum") from fout


def _themas(namen: list[str]) -> list[Thema]:
    bekend = {thema.naam: thema for thema in Thema.objects.filter(naam__in=namen)}
    for naam in namen:
        if naam not in bekend:
            raise ValueError(f"thema {naam!r} is niet bekend")
    return [bekend[naam] for naam in namen]


def _aanbevelingen(advies: Advies, teksten: list[str]) -> None:
    """Zet de aanbevelingen gelijk aan het record: wijzig, voeg toe, haal weg wat het record niet meer noemt."""
    for nummer, tekst in enumerate(teksten, start=1):
        Aanbeveling.objects.update_or_create(
            advies=advies, nummer=nummer, defaults={"tekst": tekst, "blok": f"aanbeveling-{nummer}"}
        )
    advies.aanbevelingen.filter(nummer__gt=len(teksten)).delete()


def _reactie(advies: Advies, reactie: dict[str, Any]) -> dict[str, Any]:
    """Geef de reactie voor de publicatie, met een klok als beide datums het toelaten.

    Een wet waarin het advies is gevolgd is geen brief van het kabinet: die staat erbij, maar zonder termijn.
    """
    tekst = reactie.get("datum")
    if tekst:
        lees_datum(str(tekst))
    uit: dict[str, Any] = {"kabinetsreactie": {n: reactie.get(n) for n in ("datum", "nummer", "toelichting", "bron")}}
    klok = klok_van(advies) if tekst and len(str(tekst)) == 10 and _vorm(reactie) != Vorm.WET else None
    if klok:
        uit["klok"] = klok
    return uit


def _vorm(reactie: dict[str, Any]) -> str:
    """Geef de vorm: een wet, een Kamerstuk, of niet bekend. Een toelichting is geen bewijs van een vorm."""
    nummer = str(reactie.get("nummer") or "")
    if nummer.startswith("Wet "):
        return Vorm.WET
    return Vorm.KAMERBRIEF if nummer else Vorm.ONBEKEND


def _leg_reactie_vast(advies: Advies, reactie: dict[str, Any]) -> None:
    """Zet de reactie uit het record in opvolging: één per advies, en bij herladen dezelfde rij."""
    datum, precisie = _datum(reactie, "datum")
    velden = {
        "datum": datum,
        "datum_precisie": precisie,
        "vorm": _vorm(reactie),
        "kamerstuk": reactie.get("nummer") or "",
        "toelichting": reactie.get("toelichting") or "",
        "bron": reactie.get("bron") or "",
    }
    rij = advies.kabinetsreacties.filter(vastgelegd_door__isnull=True, voorbeeld=False).first()
    if rij is not None and rij.ingetrokken_reden == VERDWENEN:
        velden |= {"ingetrokken_op": None, "ingetrokken_reden": ""}
    if rij is None:
        rij = Kabinetsreactie.objects.create(voorbeeld=False, **velden)
        rij.adviezen.add(advies)
        leg_vast(soort="inrichting.laad_kabinetsreactie", object=rij, door=None, gegevens={"advies": advies.kenmerk})
    elif any(getattr(rij, naam) != waarde for naam, waarde in velden.items()):
        for naam, waarde in velden.items():
            setattr(rij, naam, waarde)
        rij.save()
        leg_vast(soort="inrichting.laad_kabinetsreactie", object=rij, door=None, gegevens={"advies": advies.kenmerk})


def _laat_reactie_vervallen(advies: Advies) -> None:
    """Trek de reactie in die een eerder record noemde en dit niet meer; antwoorden die haar citeren, blijven staan."""
    for rij in advies.kabinetsreacties.filter(
        vastgelegd_door__isnull=True, voorbeeld=False, ingetrokken_op__isnull=True
    ):
        rij.ingetrokken_op, rij.ingetrokken_reden = vandaag(), VERDWENEN
        rij.save()
        leg_vast(soort="inrichting.laad_kabinetsreactie", object=rij, door=None, reden=VERDWENEN)


def _html(advies: Advies) -> str:
    """Geef de tekst van een archiefblad: samenvatting en aanbevelingen, met vaste blokken om naar te verwijzen."""
    delen = []
    if advies.samenvatting:
        delen.append(f'<h2>Samenvatting</h2><p data-blok="samenvatting">{escape(advies.samenvatting)}</p>')
    punten = "".join(
        f'<li data-blok="{a.blok}">{escape(a.tekst)}</li>' for a in advies.aanbevelingen.order_by("nummer")
    )
    if punten:
        delen.append(f"<h2>Aanbevelingen</h2><ol>{punten}</ol>")
    return "".join(delen)


def _begin(advies: Advies) -> datetime:
    """Geef het begin van de openbaarheid: de dag van het record, 1 januari van zijn jaar, of het begin van 1950."""
    if advies.datum:
        return datetime(advies.datum.year, advies.datum.month, advies.datum.day, tzinfo=AMSTERDAM)
    return datetime(advies.jaar, 1, 1, tzinfo=AMSTERDAM) if advies.jaar else BEGIN_ARCHIEF
