"""`./portal backup` en `restore`: eerst de database, dan de bestanden, in één tar met controlesommen."""

import contextlib
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

from . import stempels, virtueel
from .melding import Fout, zeg
from .plek import Plek, eis_ruimte, ruim_op
from .postgres import BEHEERDER, DATABASE, EIGENAAR, Postgres, schone_omgeving
from .servers import Servers

DUMP, LIJST, SLEUTEL, BESTANDEN = "database.dump", "inhoud.json", "sleutel", "bestanden"
VORM = 1


def _servers(plek: Plek) -> Servers:
    plek.maak()
    virtueel.zorg_voor("run")
    servers = Servers(plek, virtueel.site_packages())
    if servers.postgres is None:
        raise Fout("Met DATABASE_URL bewaart u met pg_dump van uw eigen server; dit commando is voor de ingebouwde.")
    return servers


def som(pad: Path) -> str:
    """Geef de sha256 van een bestand."""
    with open(pad, "rb") as bestand:
        return hashlib.file_digest(bestand, "sha256").hexdigest()


def _bestanden(plek: Plek) -> Iterator[tuple[str, Path]]:
    """Geef (naam in de tar, pad) van alles wat naast de database bewaard wordt.

    Een naam met een punt ervoor is een bestand waar nog in geschreven wordt: dat hoort nog bij geen rij.
    """
    for pad in sorted((plek.var / BESTANDEN).rglob("*")):
        if pad.is_file() and not pad.name.startswith("."):
            yield str(pad.relative_to(plek.var)), pad
    if (plek.var / SLEUTEL).exists():
        yield SLEUTEL, plek.var / SLEUTEL


def bewaar(plek: Plek, doel: str | None) -> int:
    """Schrijf een tar (alleen voor uzelf leesbaar: de sleutel zit erin) en toon waar; mag als alles draait.

    Bestanden zijn onveranderlijk en staan er vóór hun rij; na de database komen er dus hoogstens te veel mee.
    """
    servers = _servers(plek)
    pad = Path(doel).resolve() if doel else plek.var / "backup" / time.strftime("%Y-%m-%dT%H%M%S.tar")
    if pad.exists():
        raise Fout(f"{pad} bestaat al; een bewaarde tar wordt nooit overschreven.")
    pad.parent.mkdir(parents=True, exist_ok=True)
    half = pad.with_name(f".{pad.name}.half")
    with servers.in_gebruik():
        assert servers.postgres is not None
        try:
            dump = _programma(servers.postgres, "pg_dump", "--format=custom", "-d", _adres(servers.postgres))
            with tarfile.open(half, "w", dereference=True) as tar:
                os.chmod(half, 0o600)
                _voeg_toe(tar, DUMP, dump)
                sommen = {DUMP: hashlib.sha256(dump).hexdigest()}
                for naam, bron in _bestanden(plek):
                    with contextlib.suppress(FileNotFoundError):  # net opgeruimd: geen rij heeft het nog nodig
                        tar.add(bron, naam)
                        sommen[naam] = som(bron)
                inhoud = {"vorm": VORM, "gemaakt": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "sommen": sommen}
                _voeg_toe(tar, LIJST, json.dumps(inhoud, indent=1).encode())
            half.replace(pad)
        finally:
            half.unlink(missing_ok=True)
    print(pad)
    zeg(f"Bewaard: database en {len(sommen) - 1} bestanden, {pad.stat().st_size // 1000} kB.")
    return 0


def _voeg_toe(tar: tarfile.TarFile, naam: str, inhoud: bytes) -> None:
    kop = tarfile.TarInfo(naam)
    kop.size, kop.mode, kop.mtime = len(inhoud), 0o600, int(time.time())
    tar.addfile(kop, io.BytesIO(inhoud))


def _adres(postgres: Postgres, database: str = DATABASE) -> str:
    return postgres.adres(BEHEERDER, database)


def _programma(postgres: Postgres, naam: str, *argumenten: str, invoer: bytes | None = None) -> bytes:
    """Draai een programma van PostgreSQL en geef zijn uitvoer. Werpt Fout met zijn melding."""
    uitkomst = subprocess.run(
        postgres.drager.opdracht(naam, *argumenten),
        input=invoer if invoer is not None else b"",
        capture_output=True,
        cwd="/",
        env=schone_omgeving(),
        check=False,
        **postgres.drager.opties(),
    )
    if uitkomst.returncode:
        raise Fout(f"{naam} mislukt: {uitkomst.stderr.decode(errors='replace').strip()}")
    return uitkomst.stdout


def zet_terug(plek: Plek, bron: Path) -> int:
    """Vervang database en bestanden door die uit de tar; wat er was blijft naast de plaats bewaard.

    Kijkt eerst alles na. Werpt Fout als het portaal draait, of de tar niet klopt: dan is er niets veranderd.
    """
    servers = _servers(plek)
    merk = time.strftime("%Y%m%d%H%M%S")
    with plek.slot("portaal", "Het portaal draait nog. Stop het eerst; daarna kan de tar terug."):
        nieuw = plek.var / f"terug-{merk}"
        try:
            _pak_uit(bron, nieuw)
            with servers.in_gebruik():
                assert servers.postgres is not None
                _zet_database_terug(servers.postgres, (nieuw / DUMP).read_bytes(), merk)
            oud = plek.var / f"vorige-{merk}"
            for naam in (BESTANDEN, SLEUTEL):
                if (plek.var / naam).exists():
                    oud.mkdir(mode=0o700, exist_ok=True)
                    (plek.var / naam).rename(oud / naam)
                if (nieuw / naam).exists():
                    (nieuw / naam).rename(plek.var / naam)
            # Het archief mag opnieuw (het verdubbelt niet); het voorbeeld komt niet bij echte gegevens.
            stempels.vergeet(plek, "archief")
            stempels.zet(plek, "voorbeeld", [])
        finally:
            ruim_op(nieuw)
    zeg(f"Teruggezet uit {bron}. Wat er stond, staat nu in database ser_vorige_{merk} en map {oud.name}.")
    return 0


def _pak_uit(bron: Path, doel: Path) -> None:
    """Pak de tar uit in `doel` en vergelijk elke controlesom. Werpt Fout bij de eerste afwijking."""
    if not bron.is_file():
        raise Fout(f"{bron} is er niet.")
    eis_ruimte(doel.parent, 300 + 3 * bron.stat().st_size // 1_000_000)
    doel.mkdir(mode=0o700)
    try:
        with tarfile.open(bron, "r:") as tar:
            for lid in tar:
                _pak_lid_uit(tar, lid, doel)
        inhoud = json.loads((doel / LIJST).read_text(encoding="utf-8"))
        sommen = dict(inhoud["sommen"])
        vorm = inhoud["vorm"]
    except (tarfile.TarError, OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Fout(f"{bron} is geen hele tar van ./portal backup; er is niets veranderd.") from None
    if vorm != VORM:
        raise Fout(f"{bron} heeft vorm {vorm}; dit portaal leest vorm {VORM}. Er is niets veranderd.")
    for naam, verwacht in sommen.items():
        if not (doel / naam).is_file() or som(doel / naam) != verwacht:
            raise Fout(f"{naam} in {bron} klopt niet met zijn controlesom; er is niets veranderd.")


def _pak_lid_uit(tar: tarfile.TarFile, lid: tarfile.TarInfo, doel: Path) -> None:
    """Pak één gewoon bestand uit. Werpt ValueError bij een koppeling of een naam buiten `doel`."""
    delen = Path(lid.name).parts
    stroom = tar.extractfile(lid) if lid.isreg() else None
    if stroom is None or lid.name.startswith("/") or ".." in delen:
        raise ValueError(lid.name)
    pad = doel.joinpath(*delen)
    pad.parent.mkdir(parents=True, exist_ok=True)
    with open(pad, "wb") as uit:
        shutil.copyfileobj(stroom, uit)


def _zet_database_terug(postgres: Postgres, dump: bytes, merk: str) -> None:
    """Zet de dump naast de huidige database en wissel pas als alles erin staat."""
    tijdelijk = f"ser_terug_{merk}"
    postgres.psql(f"CREATE DATABASE {tijdelijk} OWNER {EIGENAAR}")
    try:
        _programma(
            postgres,
            "pg_restore",
            "--exit-on-error",
            "--single-transaction",
            "-d",
            _adres(postgres, tijdelijk),
            invoer=dump,
        )
        # Samen één transactie: valt hier iets om, dan heet de database nog zoals zij heette.
        postgres.psql(
            f"ALTER DATABASE {DATABASE} RENAME TO ser_vorige_{merk}; ALTER DATABASE {tijdelijk} RENAME TO {DATABASE}"
        )
    except Fout as fout:
        postgres.psql(f"DROP DATABASE {tijdelijk}")
        if "being accessed by other users" in str(fout):
            raise Fout(
                "Een ander gebruikt de database, bijvoorbeeld `./portal manage` of een backup. Wacht tot dat klaar is; "
                "er is niets veranderd."
            ) from None
        raise
