"""Geval 25: kill -9 van PostgreSQL terwijl iemand een formulier verstuurt, over echte HTTP aan de echte webserver.

Elke beurt stuurt een ander formulier (een stap in een dossier, of een opmerking), en kort daarna sterft de database.
Het antwoord is dan "gelukt", of een 503 met wat er getypt was. Na de herstart moet het heel of niet gebeurd zijn, en
nog eens versturen maakt het precies één keer, zonder dat iemand de webserver herstart.
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from adviezen.enums import Stap
from ser_portal.baas import proces
from tests.adviezen import bouw
from tests.bewijs import inzendingen
from tests.bewijs.hulp import geschaald, regel, servers, wacht_tot
from tests.bewijs.web import TOKEN, haal, koekjes_van, webserver

AANTAL, ZAAD = 40, int(os.environ.get("BEWIJS_ZAAD") or 20261129)


def bewijs() -> list[dict[str, Any]]:
    """Dood PostgreSQL veertig keer tijdens een formulier; tel wat het antwoord was en wat er gebeurd is."""
    plek, loterij = servers(), random.Random(ZAAD)
    postgres = plek.postgres
    assert postgres is not None
    connection.close()
    wereld, begin = bouw.maak_wereld(), time.monotonic()
    versie = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld).beraad.versie
    uitslag: Counter[str] = Counter()
    mis: list[str] = []
    with webserver() as poort:
        for beurt in range(geschaald(AANTAL)):
            wie, adres, velden, telling = (
                inzendingen.stap(wereld) if beurt % 2 else inzendingen.opmerking(versie, wereld.account("FNV 2"))
            )
            koekjes, lijf = koekjes_van(wie), urlencode(velden | {"csrfmiddlewaretoken": TOKEN})
            connection.close()
            antwoord: list[tuple[int, str]] = []

            def verstuur(a: str = adres, b: str = lijf, k: str = koekjes, uit: Any = antwoord) -> None:
                uit.append(haal(poort, "POST", a, b, k))

            draad = threading.Thread(target=verstuur)
            draad.start()
            time.sleep(loterij.uniform(0.0, 0.12))
            proces.stuur(proces.in_map(postgres.gegevens), signal.SIGKILL)
            draad.join(60)
            proces.wacht_tot_weg(proces.in_map(postgres.gegevens), 2)
            postgres.start()
            connection.close()
            status, tekst = antwoord[0] if antwoord else (0, "")
            gebeurd = telling()
            uitslag[f"{status}, {'wel' if gebeurd else 'niet'} gebeurd"] += 1
            if status not in (302, 503) or gebeurd not in (0, 1) or (status == 302 and gebeurd != 1):
                mis.append(f"{adres}: {status}, {gebeurd} keer")
            if status == 503 and not ("Verstuur opnieuw" in tekst and str(velden.get("tekst", "")) in tekst):
                mis.append(f"{adres}: 503 zonder wat getypt was")
            # Zonder het web te herstarten: hetzelfde formulier nog eens.
            wacht_tot(lambda: haal(poort, "GET", "/gezond/")[0] == 200, geduld=30, wat="het web is er weer")
            if status != 302:
                nog_eens = haal(poort, "POST", adres, lijf, koekjes)[0]
                if nog_eens != 302 or telling() != 1:
                    mis.append(f"{adres}: opnieuw {nog_eens}, {telling()} keer")
    verdeling = ", ".join(f"{n} × {wat}" for wat, n in sorted(uitslag.items()))
    gemeten = f"{len(mis)} mis; {verdeling}" + (f" ({mis[0][:160]})" if mis else "")
    gehaald = not mis and sum(n for wat, n in uitslag.items() if wat.startswith("503")) > 0
    naam = f"{geschaald(AANTAL)} × kill -9 van PostgreSQL tijdens een formulier"
    tegen = "na de herstart hetzelfde formulier nog eens"
    return [regel(naam, gemeten, tegen, "heel of niet, invoer blijft, daarna één keer", gehaald, begin)]
