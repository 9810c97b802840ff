"""Een gesloten dossier uitvoeren naar het archief: een ZIP met de stukken, MDTO-metagegevens en controlegetallen."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import IO, TYPE_CHECKING

from django.db import transaction

from adviezen import mdto, permissions
from adviezen.models import Adviestraject
from adviezen.policies.einde import dossier_tekorten
from adviezen.queries import dossier
from kern.fouten import GeenToegang, OvergangGeweigerd, eis
from kern.tekort import Tekort
from kern.tijd import AMSTERDAM, moment_nl, nu
from logboek.actions import leg_vast
from stukken.leveren import veilige_naam

if TYPE_CHECKING:
    from datetime import datetime

    from toegang.models import Gebruiker

# Nog eens inpakken maakt deze niet kleiner, en hield bij een groot dossier tien seconden een webproces bezet.
AL_INGEPAKT = (".pdf", ".docx", ".xlsx", ".png", ".jpg", ".zip")
LEESMIJ = """Archiefdossier {kenmerk}: {titel}

Uitgevoerd op {wanneer} uit het SER-portaal.

manifest-sha256.txt  van elk bestand het controlegetal; nakijken: sha256sum -c manifest-sha256.txt
dossier.mdto.xml     metagegevens van het dossier (MDTO 1.0.1)
stukken/             elk stuk in een eigen map, met metagegevens van het stuk en van elk bestand
logboek.json         wat er met het traject gebeurde, door wie en wanneer

Niet in dit dossier, met opzet: interne notities van organisaties, opmerkingen van lezers en kroonleden, waar lezers
gebleven waren en reacties die niet zijn ingediend. Die zijn van de schrijver.
"""
PAGINA = (
    '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8"><title>{titel}</title></head>'
    "<body>\n{html}\n</body></html>\n"
)


@dataclass(frozen=True)
class Uitvoer:
    """Wat er is uitgevoerd: hoeveel stukken en bestanden, en het controlegetal van het manifest."""

    stukken: int
    bestanden: int
    manifest: str


@transaction.atomic
def exporteer_dossier(*, traject: Adviestraject, naar: IO[bytes], door: "Gebruiker | None") -> Uitvoer:
    """Schrijf het dossier van een gesloten traject als ZIP naar `naar`, en leg dat vast in het logboek.

    Werpt GeenToegang voor wie niet van het secretariaat is (None is de beheerder aan de opdrachtregel), en
    OvergangGeweigerd met de tekorten zolang het traject loopt of nog te herroepen is, of als de opslag een bestand
    mist: een half dossier wordt niet gemaakt.
    """
    if door is not None and not permissions.is_secretariaat(door):
        raise GeenToegang
    eis(dossier_tekorten(traject))
    moment = nu()
    sommen: dict[str, str] = {}
    met_stukken = 0
    with zipfile.ZipFile(naar, "w", zipfile.ZIP_DEFLATED) as pak:

        def schrijf(pad: str, inhoud: bytes) -> None:
            kop = zipfile.ZipInfo(pad, moment.astimezone(AMSTERDAM).timetuple()[:6])
            kop.compress_type = zipfile.ZIP_STORED if pad.lower().endswith(AL_INGEPAKT) else zipfile.ZIP_DEFLATED
            kop.external_attr = 0o644 << 16
            pak.writestr(kop, inhoud)
            sommen[pad] = hashlib.sha256(inhoud).hexdigest()

        verwijzingen: list[mdto.Verwijzing] = []
        geheel = mdto.Verwijzing(traject.titel, traject.kenmerk)
        for nummer, stuk in enumerate(dossier.stukken(traject), start=1):
            map_, kenmerk = f"stukken/{nummer:03d}-{stuk.naam}", f"{traject.kenmerk}/{nummer:03d}"
            verwijzing = mdto.Verwijzing(stuk.titel, kenmerk)
            weergaven = []
            for plaats, (naam, soort, inhoud) in enumerate(_bestanden(stuk), start=1):
                schrijf(f"{map_}/{naam}", inhoud)
                weergave = mdto.Verwijzing(naam, f"{kenmerk}/{plaats}")
                weergaven.append(weergave)
                schrijf(f"{map_}/{naam}.bestand.mdto.xml", _bestand(weergave, soort, inhoud, moment, verwijzing))
            schrijf(f"{map_}/stuk.mdto.xml", _stuk(stuk, verwijzing, geheel, weergaven))
            verwijzingen.append(verwijzing)
            met_stukken = nummer
        regels = dossier.logboek(traject)
        schrijf("logboek.json", json.dumps(regels, ensure_ascii=False, indent=1, default=str).encode())
        schrijf("dossier.mdto.xml", _dossier(traject, verwijzingen))
        schrijf(
            "LEESMIJ.txt",
            LEESMIJ.format(kenmerk=traject.kenmerk, titel=traject.titel, wanneer=moment_nl(moment)).encode(),
        )
        manifest = "".join(f"{som}  {pad}\n" for pad, som in sorted(sommen.items())).encode()
        pak.writestr("manifest-sha256.txt", manifest)
    uit = Uitvoer(met_stukken, len(sommen), hashlib.sha256(manifest).hexdigest())
    leg_vast(
        soort="adviezen.exporteer_dossier",
        object=traject,
        door=door,
        gegevens={"stukken": uit.stukken, "bestanden": uit.bestanden, "manifest": uit.manifest},
    )
    return uit


def _bestanden(stuk: dossier.Dossierstuk) -> Iterator[tuple[str, str, bytes]]:
    """Geef (naam, mediatype, inhoud) van elk bestand van een stuk."""
    if stuk.html:
        pagina = PAGINA.format(titel=escape(stuk.titel), html=stuk.html)
        yield f"{stuk.naam}.html", dossier.HTML, pagina.encode()
    if stuk.bestand is not None:
        try:
            with stuk.bestand.open() as bron:
                inhoud = bron.read()
        except FileNotFoundError as fout:
            zin = f"Het bestand bij “{stuk.titel}” ontbreekt in de opslag. Vraag de beheerder het terug te zetten."
            raise OvergangGeweigerd([Tekort(zin)]) from fout
        yield veilige_naam(stuk.bestand.naam).replace(" ", "-"), stuk.bestand.soort, inhoud


def _bestand(weergave: mdto.Verwijzing, soort: str, inhoud: bytes, moment: "datetime", stuk: mdto.Verwijzing) -> bytes:
    return mdto.bestand(
        mdto.Bestandsgegevens(
            kenmerk=weergave.kenmerk,
            naam=weergave.naam,
            omvang=len(inhoud),
            soort=soort,
            begin=inhoud[:16],
            sha256=hashlib.sha256(inhoud).hexdigest(),
            gemeten=moment,
            geeft_weer=stuk,
        )
    )


def _stuk(
    stuk: dossier.Dossierstuk, zelf: mdto.Verwijzing, geheel: mdto.Verwijzing, weergaven: list[mdto.Verwijzing]
) -> bytes:
    return mdto.informatieobject(
        mdto.Informatieobject(
            kenmerk=zelf.kenmerk,
            naam=zelf.naam,
            niveau="Archiefstuk",
            openbaar=stuk.openbaar,
            omschrijving=stuk.omschrijving,
            onderdeel_van=geheel,
            weergaven=weergaven,
        )
    )


def _dossier(traject: Adviestraject, stukken: list[mdto.Verwijzing]) -> bytes:
    return mdto.informatieobject(
        mdto.Informatieobject(
            kenmerk=traject.kenmerk,
            naam=traject.titel,
            niveau="Dossier",
            openbaar=False,
            beperking="Bevat stukken uit besloten beraad; per stuk staat of het openbaar is.",
            trefwoorden=[t.naam for t in traject.themas.order_by("naam")],
            gebeurtenissen=[
                mdto.Gebeurtenis(gang.overgang or "begin", gang.op, gang.door_naam, gang.get_naar_display())
                for gang in traject.stapgangen.order_by("pk")
            ],
            bevat=stukken,
        )
    )
