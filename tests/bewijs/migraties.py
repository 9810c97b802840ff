"""Geval 53: elke migratie heen, terug en nog eens heen, met gegevens erin, en hoe lang zij iets op slot houdt.

Van de nieuwste naar de oudste: eerst terug, dan heen, en een som over elke rij en elke omschrijving; dan nog eens terug
en heen, en de som hoort dezelfde te zijn. Daarna blijft de migratie eraf en is de vorige aan de beurt, met wat er dan
nog aan gegevens staat. Het gebeurt in een eigen database en een eigen proces: dit proces houdt de zijne.

Het slot telt van de eerste opdracht die een tabel of view van ervoor zo op slot doet dat een ander erop wacht (lezen of
schrijven), tot de migratie is vastgelegd. Wat een migratie daarvoor rekent, of in tabellen die zij zelf maakt, houdt
niemand op.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.bewijs.hulp import meld, regel, servers

NAAM, SLOT = "migratieproef", 2.0
TELLER = {"publiek_stand"}  # telt elke openbare wijziging, dus ook die van het heen en terug gaan zelf
WORTEL = Path(__file__).resolve().parents[2]
BESTAAND = """SELECT array_agg(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'publiek') AND c.relkind IN ('r', 'p', 'v', 'm')"""
OP_SLOT = """SELECT EXISTS (SELECT FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation'
    AND granted AND relation = ANY(%s)
    AND mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'))"""


def bewijs() -> list[dict[str, Any]]:
    """Maak een lege database, laat een kindproces daarin alles heen en terug doen, en geef de regel."""
    plek = servers()
    assert plek.postgres is not None
    begin = time.monotonic()
    adres = plek.postgres.adres("postgres")
    with closing(psycopg.connect(adres, autocommit=True)) as lijn:
        lijn.execute(f"DROP DATABASE IF EXISTS {NAAM} WITH (FORCE)")  # type: ignore[arg-type]
        lijn.execute(f"CREATE DATABASE {NAAM} TEMPLATE template0")  # type: ignore[arg-type]
    eigen = urlunsplit(urlsplit(adres)._replace(path=f"/{NAAM}"))
    env = os.environ | {
        "DATABASE_URL": eigen,
        "PUBLIEK_DATABASE_URL": eigen,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    uit = subprocess.run(
        [sys.executable, "-m", "tests.bewijs.migraties"], cwd=WORTEL, env=env, stdout=subprocess.PIPE, text=True,
        stdin=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    gevonden = json.loads(uit.stdout.splitlines()[-1])
    anders, niet_terug = gevonden["anders"], gevonden["niet_terug"]
    gemeten = (
        f"{len(anders)} anders, {len(niet_terug)} niet terug; langste slot {gevonden['slot']:.2f} s, {gevonden['van']}"
    )
    if anders or niet_terug:
        gemeten += f" ({'; '.join([*anders, *niet_terug][:4])})"
    gehaald = not anders and not niet_terug and gevonden["alle"] and gevonden["slot"] <= SLOT
    naam = f"{gevonden['gedaan']} migraties heen, terug en heen"
    tegen = f"{gevonden['rijen']} rijen bij de eerste"
    return [regel(naam, gemeten, tegen, f"alles gelijk, geen slot langer dan {SLOT:.0f} s", gehaald, begin)]


def _loop() -> dict[str, Any]:
    """Doe het in de database van dit proces; geeft wat anders was, wat niet terug kon en het langste slot."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from tests.bewijs.hulp import geschaald
    from tests.bewijs.terugzetten import INRICHTING, vingerafdruk

    call_command("migrate", verbosity=0)
    meld("  migraties: de voorbeeldwereld laden …")
    call_command("laad_voorbeeld", verbosity=0)
    executor = MigrationExecutor(connection)
    plan = [m for m, _ in executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)]
    ervoor, stand = [], executor._create_project_state()
    for migratie in plan:
        ervoor.append(stand.clone())
        stand = migratie.mutate_state(stand, preserve=False)
    adres, sloten = os.environ["DATABASE_URL"], [(0.0, "")]

    def doe(nummer: int, *, heen: bool) -> None:
        migratie, op_slot = plan[nummer], list[float]()
        toestand = ervoor[nummer].clone()
        _ = toestand.apps  # wat `migrate` ook vooraf doet: de modellen maken kost seconden, en houdt niets op slot
        connection.ensure_connection()
        lijn = connection.connection
        bestaand = lijn.execute(BESTAAND).fetchone()[0] or []
        begin = time.monotonic()

        def tel(execute: Any, *args: Any) -> Any:
            nu = time.monotonic()
            uit = execute(*args)
            if not op_slot and lijn.execute(OP_SLOT, [bestaand]).fetchone()[0]:
                op_slot.append(nu)
            return uit

        with connection.execute_wrapper(tel), connection.schema_editor(atomic=migratie.atomic) as bewerker:
            (migratie.apply if heen else migratie.unapply)(toestand, bewerker)
        klaar = time.monotonic()
        if heen and op_slot:
            sloten.append((klaar - op_slot[0], f"{migratie.app_label}.{migratie.name}"))
        if heen and os.environ.get("BEWIJS_TRAAG"):
            slot = klaar - op_slot[0] if op_slot else 0.0
            meld(f"    {migratie.app_label}.{migratie.name}: {klaar - begin:.2f} s, waarvan op slot {slot:.2f} s")

    def afdruk() -> dict[str, str]:
        connection.close()
        return vingerafdruk(adres)

    rijen = sum(int(som.split()[0]) for naam, som in afdruk().items() if naam not in INRICHTING)
    eigen = [n for n, m in enumerate(plan) if m.app_label in settings.HUIS]
    laatste = set(eigen[-geschaald(len(eigen)) :])
    anders: list[str] = []
    niet_terug: list[str] = []
    gedaan = 0
    for nummer in range(len(plan) - 1, min(laatste) - 1, -1):
        naam = f"{plan[nummer].app_label}.{plan[nummer].name}"
        try:
            doe(nummer, heen=False)
            if nummer in laatste:
                doe(nummer, heen=True)
                eerst = afdruk()
                doe(nummer, heen=False)
                doe(nummer, heen=True)
                daarna = afdruk()
                doe(nummer, heen=False)
                verschil = sorted(n for n in (eerst.keys() | daarna.keys()) - TELLER if eerst.get(n) != daarna.get(n))
                if verschil:
                    anders.append(f"{naam}: {', '.join(verschil[:3])}")
                gedaan += 1
                meld(f"  migraties: {naam}")
        except Exception as fout:  # wat niet terug kan, houdt alles eronder tegen
            niet_terug.append(f"{naam}: {type(fout).__name__} {str(fout).splitlines()[0][:80] if str(fout) else ''}")
            break
    return {
        "anders": anders, "niet_terug": niet_terug, "slot": max(sloten)[0], "van": max(sloten)[1],
        "rijen": rijen, "gedaan": gedaan,
        "alle": gedaan == len(laatste),
    }  # fmt: skip


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(_loop()) + "\n")
