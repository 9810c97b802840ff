"""Laadt de echte raad (data/raadsleden.json): zittingsperioden, zetels, personen en wat van hen bekend is.

Geen periode is volledig. Wat niet bekend is blijft leeg: een zetel zonder naam heet op het scherm "naam niet bekend".
Zetelnummers zijn van ons; de bron kent ze niet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.text import slugify

from inrichting.archief_commissies import Melder, als_lijst
from inrichting.archiefdatum import lees_datum, lees_tot_en_met
from kern.models import Precisie
from kern.tijd import vandaag
from logboek.actions import leg_vast
from raad.enums import Bijzonder, Geleding, SoortBenoeming, Voorzittersfunctie
from raad.models import (
    Benoeming,
    Organisatie,
    Persoon,
    Voorzitterschap,
    Zetel,
    Zetelverdeling,
    Zittingsperiode,
)
from raad.namen import sorteernaam

BESTAND = "raadsleden.json"
# naam in de bron -> (naam, lidwoord)
ORGANISATIES = {
    "VNO-NCW": ("VNO-NCW", ""),
    "VNO": ("VNO-NCW", ""),
    "MKB-Nederland": ("MKB-Nederland", ""),
    "LTO Nederland": ("LTO Nederland", ""),
    "FNV": ("FNV", "de"),
    "CNV": ("CNV", "het"),
    "VCP": ("VCP", "de"),
    "MHP": ("MHP", "de"),
    "AVC": ("AVC", "de"),
}
BIJZONDER = {"De Nederlandsche Bank": Bijzonder.DNB, "Centraal Planbureau": Bijzonder.CPB}
SOORT = {
    "lid": SoortBenoeming.LID,
    "plaatsvervangend lid": SoortBenoeming.PLAATSVERVANGER,
    None: SoortBenoeming.ONBEKEND,
}
# Zonder datum in de bron ("huidig") is niet te zeggen vanaf wanneer een verdeling gold.
ZONDER_DATUM = "datum niet gezien"


@dataclass
class Verdeling:
    """Een zetelverdeling uit de bron: organisatie ("" is onbekend) -> aantal, per geleding."""

    vanaf: date
    precisie: str
    zetels: dict[Geleding, dict[str, int]]
    bron: str
    opmerking: str

    def aantal(self, geleding: Geleding) -> int:
        return sum(self.zetels[geleding].values())


def laad(map: Path, melder: Melder) -> int:
    """Laad raadsleden.json uit `map` en geef het aantal goede records (verdelingen en vermeldingen van leden).

    Nog een keer laden verdubbelt niets. Een slecht record wordt gemeld en houdt de rest niet tegen.
    """
    try:
        inhoud = json.loads((map / BESTAND).read_text(encoding="utf-8"))
        leden, bronnen = inhoud["leden"], inhoud["zetelverdelingen"]
    except OSError as fout:
        melder(BESTAND, f"het bestand is niet te lezen ({fout.strerror})")
        return 0
    except (ValueError, KeyError, TypeError) as fout:
        melder(BESTAND, f"dit is geen leesbare ledenlijst ({fout})")
        return 0
    verdelingen = []
    for plaats, record in enumerate(bronnen, start=1):
        try:
            verdelingen += _lees_verdeling(record)
        except (ValueError, KeyError, TypeError, AttributeError) as fout:
            melder(f"zetelverdeling {plaats}", _tekst(fout))
    verdelingen.sort(key=lambda v: v.vanaf)
    perioden = _maak_perioden(verdelingen, leden)
    goed = len(verdelingen)
    for plaats, record in enumerate(leden, start=1):
        kenmerk = str(record.get("id") or f"lid {plaats}") if isinstance(record, dict) else f"lid {plaats}"
        try:
            with transaction.atomic():
                _laad_lid(kenmerk, record, perioden)
            goed += 1
        except (ValueError, KeyError, TypeError, AttributeError, DatabaseError) as fout:
            melder(kenmerk, _tekst(fout))
    return goed


def _tekst(fout: Exception) -> str:
    if isinstance(fout, DatabaseError):
        return f"het record past niet ({str(fout).splitlines()[0]})"
    return str(fout) if isinstance(fout, ValueError) else f"het record is niet leesbaar ({fout})"


def _lees_verdeling(record: dict[str, Any]) -> list[Verdeling]:
    if ZONDER_DATUM in record["vanaf"]:
        return []
    vanaf, precisie = lees_datum(record["vanaf"])
    kroon = record["kroonleden"]
    zetels: dict[Geleding, dict[str, int]] = {Geleding.KROONLEDEN: {"": kroon}}
    for geleding in (Geleding.ONDERNEMERS, Geleding.WERKNEMERS):
        # Niet gezien is niet nul: de drie groepen zijn even groot (opmerking in de bron), de organisaties onbekend.
        zetels[geleding] = dict(record[str(geleding)] or {"": kroon})
        for organisatie in zetels[geleding]:
            if organisatie and organisatie not in ORGANISATIES:
                raise ValueError(f"onbekende organisatie: {organisatie!r}")
    verdeling = Verdeling(vanaf, precisie, zetels, "; ".join(als_lijst(record["bron"])), record.get("opmerking") or "")
    if verdeling.aantal(Geleding.ONDERNEMERS) != verdeling.aantal(Geleding.WERKNEMERS):
        raise ValueError("ondernemers en werknemers hebben niet evenveel zetels")
    return [verdeling]


def _maak_perioden(verdelingen: list[Verdeling], leden: Iterable[Any]) -> dict[str, Zittingsperiode]:
    """Elke twee jaar van 1 april tot 1 april, van de oudste in de bron tot en met die van vandaag."""
    namen = {str(record.get("zittingsperiode")) for record in leden if isinstance(record, dict)}
    jaren = [int(naam[:4]) for naam in namen if re.fullmatch(r"\d{4}-\d{4}", naam)]
    # Voor de oudste verdeling was er geen raad: zo'n jaar is een fout in het record en wordt daar gemeld.
    jaren = [jaar for jaar in jaren if verdelingen and jaar >= verdelingen[0].vanaf.year]
    if not jaren:
        return {}
    uit = {}
    for jaar in range(min(jaren), vandaag().year + 1, 2):
        van, tot = date(jaar, 4, 1), date(jaar + 2, 4, 1)
        if van > vandaag():
            break
        uit[f"{jaar}-{jaar + 2}"] = _maak_periode(f"{jaar}-{jaar + 2}", van, tot, verdelingen)
    return uit


@transaction.atomic
def _maak_periode(naam: str, van: date, tot: date, verdelingen: list[Verdeling]) -> Zittingsperiode:
    bestaand = Zittingsperiode.objects.filter(naam=naam, voorbeeld=False).first()
    if bestaand is not None:
        return bestaand
    periode = Zittingsperiode.objects.create(
        naam=naam,
        van=van,
        tot=tot,
        volledig=False,
        voorbeeld=False,
        bron="termijn van twee jaar, 1 april tot en met 31 maart (Wet op de SER, artikel 8; ser.nl)",
    )
    geldend = [v for v in verdelingen if v.vanaf <= van][-1:] + [v for v in verdelingen if van < v.vanaf < tot]
    vorige: dict[tuple[Geleding, str], list[Zetel]] = {}
    nummer = 0
    for verdeling in geldend:
        vanaf = max(van, verdeling.vanaf)
        _schrijf_verdeling(periode, verdeling, vanaf)
        nieuw: dict[tuple[Geleding, str], list[Zetel]] = {}
        for geleding in Geleding:
            for organisatie, aantal in verdeling.zetels[geleding].items():
                sleutel = (geleding, organisatie)
                blijft = vorige.pop(sleutel, [])
                for overtollig in blijft[aantal:]:
                    overtollig.tot = vanaf
                    overtollig.save(update_fields=["tot"])
                nieuw[sleutel] = blijft[:aantal]
                for _ in range(aantal - len(blijft)):
                    nummer += 1
                    nieuw[sleutel].append(_maak_zetel(periode, nummer, geleding, organisatie, vanaf))
        for weg in (zetel for groep in vorige.values() for zetel in groep):
            weg.tot = vanaf
            weg.save(update_fields=["tot"])
        vorige = nieuw
    # DNB en CPB horen bij de kroonleden (SER-Wijzer 8): de laatste twee kroonledenzetels van het begin.
    kroon = periode.zetels.filter(geleding=Geleding.KROONLEDEN, van=van).order_by("-nummer")[:2]
    for zetel, bijzonder in zip(kroon, (Bijzonder.CPB, Bijzonder.DNB), strict=False):
        Zetel.objects.filter(pk=zetel.pk).delete()
        Zetel.objects.create(
            periode=periode, nummer=zetel.nummer, geleding=zetel.geleding, bijzonder=bijzonder, van=van, tot=zetel.tot
        )
    leg_vast(soort="raad.laad_archief", object=periode, door=None, gegevens={"bestand": BESTAND})
    return periode


def _schrijf_verdeling(periode: Zittingsperiode, verdeling: Verdeling, vanaf: date) -> None:
    opmerking = verdeling.opmerking
    if verdeling.vanaf < periode.van:
        opmerking = f"Laatst geziene verdeling, van {verdeling.vanaf.year}. {opmerking}".strip()
    Zetelverdeling.objects.create(
        periode=periode,
        vanaf=vanaf,
        ondernemers=verdeling.aantal(Geleding.ONDERNEMERS),
        werknemers=verdeling.aantal(Geleding.WERKNEMERS),
        kroonleden=verdeling.aantal(Geleding.KROONLEDEN),
        bron=verdeling.bron,
        opmerking=opmerking,
    )


def _maak_zetel(periode: Zittingsperiode, nummer: int, geleding: Geleding, organisatie: str, van: date) -> Zetel:
    return Zetel.objects.create(
        periode=periode,
        nummer=nummer,
        geleding=geleding,
        organisatie=_organisatie(organisatie, geleding) if organisatie else None,
        van=van,
        tot=periode.tot,
    )


def _organisatie(naam: str, geleding: Geleding) -> Organisatie:
    naam, lidwoord = ORGANISATIES[naam]
    return Organisatie.objects.get_or_create(
        naam=naam, defaults={"slug": slugify(naam), "lidwoord": lidwoord, "geleding": geleding, "voorbeeld": False}
    )[0]


def _laad_lid(kenmerk: str, record: dict[str, Any], perioden: dict[str, Zittingsperiode]) -> None:
    naam = (record["naam"] or "").strip()
    if not naam:
        raise ValueError("de naam ontbreekt")
    if record["lidmaatschap"] not in SOORT:
        raise ValueError(f"onbekend lidmaatschap: {record['lidmaatschap']!r}")
    if record["geleding"] is not None and record["geleding"] not in Geleding.values:
        raise ValueError(f"onbekende geleding: {record['geleding']!r}")
    vermelding = _vermelding(kenmerk, record)
    persoon, nieuw = Persoon.objects.get_or_create(
        naam=naam, voorbeeld=False, defaults={"sorteernaam": sorteernaam(naam), "opmerking": vermelding}
    )
    if nieuw:
        leg_vast(soort="raad.laad_archief", object=persoon, door=None, gegevens={"bestand": BESTAND, "id": kenmerk})
    elif f"[{kenmerk}]" not in persoon.opmerking:
        persoon.opmerking = f"{persoon.opmerking}\n{vermelding}"
        persoon.save(update_fields=["opmerking"])
    if record["zittingsperiode"] is None or record["geleding"] is None:
        return
    if record["zittingsperiode"] not in perioden:
        raise ValueError(f"onbekende zittingsperiode: {record['zittingsperiode']!r}")
    periode = perioden[record["zittingsperiode"]]
    van, van_precisie = _grens(record["van"], periode.van, lees_datum)
    tot, tot_precisie = _grens(record["tot"], periode.tot, lees_tot_en_met)
    van, tot = max(van, periode.van), min(tot, periode.tot or tot)
    if tot <= van:
        raise ValueError("het einde ligt voor het begin, of buiten de zittingsperiode")
    if Benoeming.objects.filter(persoon=persoon, zetel__periode=periode).exists():
        return
    if van_precisie == Precisie.ONBEKEND:
        van = _sinds_bericht(record, van, tot)
    zetel = _vrije_zetel(periode, record, SOORT[record["lidmaatschap"]], van, tot)
    if zetel is None:
        return
    opmerking = " ".join(deel for deel in (record["functie"], record["opmerking"]) if deel)
    if zetel.van > van:
        opmerking += f" Volgens de bron al vanaf {record['van'] or 'eerder'}; de zetel bestaat vanaf {zetel.van}."
        van, van_precisie = zetel.van, Precisie.ONBEKEND
    precisies = {"van_precisie": van_precisie, "tot_precisie": tot_precisie}
    Benoeming.objects.create(
        persoon=persoon,
        zetel=zetel,
        soort=SOORT[record["lidmaatschap"]],
        van=van,
        tot=tot,
        bron="; ".join(als_lijst(record["bron"])),
        opmerking=opmerking.strip(),
        **precisies,
    )
    if record["rol"] == "voorzitter" and record["lidmaatschap"] == "lid":
        Voorzitterschap.objects.create(
            persoon=persoon, functie=Voorzittersfunctie.VOORZITTER, van=van, tot=tot, voorbeeld=False, **precisies
        )


def _vermelding(kenmerk: str, record: dict[str, Any]) -> str:
    """Wat de bron zegt, met het id van het record ervoor, zodat opnieuw laden het herkent."""
    delen = [record.get(veld) for veld in ("functie", "rol", "organisatie", "zittingsperiode", "opmerking")]
    bron = "; ".join(als_lijst(record.get("bron")))
    return f"[{kenmerk}] {'; '.join(str(deel) for deel in delen if deel)} (bron: {bron})"


def _grens(waarde: Any, standaard: date | None, lees: Any) -> tuple[date, str]:
    if not waarde:
        return standaard or date.max, Precisie.ONBEKEND
    uitkomst: tuple[date, str] = lees(str(waarde))
    return uitkomst


def _sinds_bericht(record: dict[str, Any], van: date, tot: date) -> date:
    """Zonder begindatum: de dag van het bericht over de benoeming (die staat in het adres), niet eerder."""
    if not re.search(r"benoem|aangekondigd", f"{record['bron']} {record['opmerking']}", re.IGNORECASE):
        return van
    for bron in als_lijst(record["bron"]):
        if gevonden := re.search(r"/(\d{4})/(\d{2})/(?:(\d{2})/)?", str(bron)):
            jaar, maand, dag = gevonden.groups(default="01")
            return max(van, min(date(int(jaar), int(maand), int(dag)), tot - timedelta(days=1)))
    return van


def _vrije_zetel(
    periode: Zittingsperiode, record: dict[str, Any], soort: SoortBenoeming, van: date, tot: date
) -> Zetel | None:
    """Een zetel van de organisatie die al die tijd vrij is; None als de organisatie hier geen zetel heeft."""
    zetels = periode.zetels.filter(geleding=record["geleding"], tot__gte=tot)
    naam = record["organisatie"]
    if naam in BIJZONDER:
        zetels = zetels.filter(bijzonder=BIJZONDER[naam])
    elif record["geleding"] == Geleding.KROONLEDEN:
        zetels = zetels.filter(bijzonder="")
    elif naam in ORGANISATIES:
        zetels = zetels.filter(organisatie__naam=ORGANISATIES[naam][0])
    else:
        return None
    if not zetels.exists():
        return None
    # Wie misschien lid is, krijgt een zetel voor zich alleen: anders verdwijnt hij achter het lid.
    soorten = [soort] if soort == SoortBenoeming.PLAATSVERVANGER else [SoortBenoeming.LID, SoortBenoeming.ONBEKEND]
    bezet = Benoeming.objects.filter(zetel__periode=periode, soort__in=soorten, van__lt=tot, tot__gt=van).values(
        "zetel"
    )
    vrij = zetels.exclude(pk__in=bezet).filter(van__lt=tot)
    eerst = vrij.filter(van__lte=van).order_by("nummer").first() or vrij.order_by("van", "nummer").first()
    if eerst is None:
        raise ValueError("alle zetels van deze groep zijn in deze zittingsperiode al bezet")
    return eerst
