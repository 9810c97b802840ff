"""Elke route × elke rol × elke methode: wie komt waar binnen, en verraadt een weigering iets?"""

import os
from pathlib import Path

import pytest
from django.conf import settings

from tests.matrix import objecten, routes, tabel, uitzonderingen
from tests.matrix.loop import METHODEN, Ronde
from tests.matrix.wereld import ANONIEM, Toneel

DOC = Path(settings.BASE_DIR) / "docs" / "toegangsmatrix.md"


def meld(regels: list[str]) -> None:
    """Laat de toets vallen met alle regels (de eerste veertig)."""
    assert not regels, f"{len(regels)} gevonden:\n" + "\n".join(sorted(set(regels))[:40])


def test_elke_route_met_parameters_staat_in_het_register() -> None:
    meld([routes.ontbreekt(r) for r in routes.alle() if r.velden and r.naam not in objecten.OBJECTEN])


def test_het_register_noemt_alleen_routes_die_er_zijn() -> None:
    namen = {r.naam for r in routes.alle()}
    meld([f"{naam} staat in objecten.py, maar is geen route" for naam in objecten.OBJECTEN if naam not in namen])
    meld([f"{naam} staat bij SCHRIJFT, maar is geen route" for naam in uitzonderingen.SCHRIJFT if naam not in namen])


def test_nergens_een_500(ronde: Ronde) -> None:
    meld([str(b) for _, b in ronde.alle() if b.antwoord.status >= 500 and b.fout])


def test_wie_niet_is_ingelogd_gaat_naar_inloggen(ronde: Ronde) -> None:
    """Bij elke methode, ook als het object niet bestaat."""
    fout = []
    for route in ronde.routes:
        if route.eis.soort not in ("ingelogd", "rollen"):
            continue
        fout += [f"{route.naam} {m}" for m in METHODEN if ronde.poort[route.naam, ANONIEM, m] != "inloggen"]
        for b in [*ronde.echt[route.naam, ANONIEM], *ronde.overig[route.naam, ANONIEM]]:
            naar = dict(b.antwoord.kop).get("location", "")
            if b.antwoord.status != 302 or not naar.startswith("/account/login/?next="):
                fout.append(f"{b} -> {naar}")
    meld(fout)


def test_de_poort_laat_alleen_de_genoemde_rollen_door(ronde: Ronde, toneel: Toneel) -> None:
    """Voor elke rol en elke methode gelijk; de poort kijkt niet naar het object."""
    from toegang.rollen import hoedanigheden

    fout = []
    for route in ronde.routes:
        for rol, gebruiker in toneel.rollen.items():
            heeft = {h.rol for h in hoedanigheden(gebruiker)} if gebruiker else set()
            for methode in METHODEN:
                wil = "door"
                if route.openbaar and methode not in ("GET", "HEAD"):
                    wil = "alleen lezen"
                elif route.eis.soort in ("ingelogd", "rollen") and gebruiker is None:
                    wil = "inloggen"
                elif route.eis.soort == "rollen" and not heeft & route.eis.rollen:
                    wil = "niets"
                if (zegt := ronde.poort[route.naam, rol, methode]) != wil:
                    fout.append(f"{route.naam} {methode} als {rol}: {zegt}, verwacht {wil}")
    meld(fout)


def test_verboden_is_hetzelfde_als_niet_bestaand(ronde: Ronde) -> None:
    """Status, inhoud en kopregels van elke 404 zijn gelijk aan die van een adres dat er niet is."""
    fout = []
    for route, b in ronde.alle():
        if b.antwoord.status != 404 or route.openbaar:
            continue
        niets = ronde.niets.get((b.rol, b.methode)) or ronde.niets[b.rol, "GET"]
        if b.antwoord != niets:
            wat = [deel for deel in ("kop", "inhoud", "koekjes") if getattr(b.antwoord, deel) != getattr(niets, deel)]
            fout.append(f"{b}: {', '.join(wat)} anders: {set(b.antwoord.kop) ^ set(niets.kop)}")
    meld(fout)


def test_wat_niet_bestaat_is_er_voor_niemand(ronde: Ronde) -> None:
    """Een niet bestaand object geeft nooit iets anders dan 404 of, vóór het object gezocht wordt, 405."""
    mag = {404, 405}
    op_naam = {r.naam: r for r in ronde.routes}
    meld(
        [
            str(b)
            for (naam, _), lijst in ronde.onecht.items()
            for b in lijst
            if b.antwoord.status not in mag
            and naam not in uitzonderingen.ZONDER_OBJECT
            and op_naam[naam].eis.soort != "open"
            and not (naam in uitzonderingen.WEG_IS_GOED and b.antwoord.status == 302)
        ]
    )


def test_wie_niet_langs_de_poort_komt_krijgt_404(ronde: Ronde) -> None:
    fout = []
    for route in ronde.routes:
        for rol in ronde.rollen:
            if ronde.poort[route.naam, rol, "GET"] == "niets":
                for b in [*ronde.echt[route.naam, rol], *ronde.overig[route.naam, rol]]:
                    if b.antwoord.status != 404:
                        fout.append(str(b))
    meld(fout)


def test_openbaar_leest_alleen_en_is_voor_iedereen_gelijk(ronde: Ronde) -> None:
    fout = []
    for route in (r for r in ronde.routes if r.openbaar):
        eerste = {b.pad: b for b in ronde.echt[route.naam, ANONIEM]}
        for rol in ronde.rollen:
            for b in ronde.echt[route.naam, rol]:
                kop = dict(b.antwoord.kop)
                if "cookie" in kop.get("vary", "").lower():
                    fout.append(f"{b}: Vary: Cookie")
                if b.antwoord.koekjes:
                    fout.append(f"{b}: zet een koekje")
                if (b.antwoord.status, b.antwoord.inhoud) != (
                    eerste[b.pad].antwoord.status,
                    eerste[b.pad].antwoord.inhoud,
                ):
                    fout.append(f"{b}: anders dan voor wie niet is ingelogd")
                if b.buiten_leesrol and route.naam not in uitzonderingen.LEEST_DEFAULT:
                    fout.append(f"{b}: las buiten de leesrol: {b.buiten_leesrol[0]}")
                if b.schreef:
                    fout.append(f"{b}: schreef in {b.schreef}")
            for b in ronde.overig[route.naam, rol]:
                if b.methode not in ("GET", "HEAD") and b.antwoord.status != 405:
                    fout.append(f"{b}: verwacht 405")
    meld(fout)


def test_openbare_echte_objecten_zijn_te_zien(ronde: Ronde) -> None:
    """Het register moet echte objecten geven, anders toetst de matrix niets."""
    meld(
        [
            str(b)
            for route in ronde.routes
            if route.openbaar and route.naam not in uitzonderingen.ZONDER_OBJECT
            for b in ronde.echt[route.naam, ANONIEM]
            if b.antwoord.status not in uitzonderingen.GELUKT.get(route.naam, (200, 202))
            and b.pad not in uitzonderingen.NIET_OPENBAAR
        ]
    )


def test_iemand_kan_bij_een_object_van_elke_route(ronde: Ronde) -> None:
    """Het register moet objecten geven die er zijn; anders lijkt elke weigering terecht."""
    fout = []
    for route in (r for r in ronde.routes if r.velden and r.naam not in uitzonderingen.ZONDER_OBJECT):
        bezoeken = [b for rol in ronde.rollen for b in (*ronde.echt[route.naam, rol], *ronde.posten[route.naam, rol])]
        if all(b.antwoord.status in (404, 405) for b in bezoeken):
            fout.append(f"{route.naam}: niemand ziet een van {sorted({b.pad for b in bezoeken})}")
    meld(fout)


def test_wat_niet_openbaar_is_wordt_nergens_bewaard(ronde: Ronde) -> None:
    fout = []
    for route, b in ronde.alle():
        bewaren = dict(b.antwoord.kop).get("cache-control", "")
        if not route.openbaar and not {"private", "no-store"} <= set(bewaren.replace(",", " ").split()):
            fout.append(f"{b}: Cache-Control: {bewaren!r}")
    meld(fout)


def test_lezen_schrijft_niets(ronde: Ronde) -> None:
    fout = []
    for route, b in ronde.alle():
        mag = uitzonderingen.SCHRIJFT_OVERAL | uitzonderingen.SCHRIJFT.get(route.naam, set())
        if b.methode in ("GET", "HEAD") and b.schreef - mag:
            fout.append(f"{b}: schreef in {b.schreef - mag}")
    meld(fout)


def test_zonder_csrf_wordt_niets_gedaan(ronde: Ronde) -> None:
    fout = []
    for (naam, _), lijst in ronde.zonder_csrf.items():
        mag = naam in uitzonderingen.ZONDER_CSRF
        fout += [str(b) for b in lijst if bool(b.antwoord.status != 403 or b.schreef) != mag]
    meld(fout)


def test_de_tabel_in_docs_klopt(ronde: Ronde) -> None:
    """Wie de toegang wijzigt, ziet dat in de review: SCHRIJF_MATRIX=1 pytest tests/matrix schrijft haar opnieuw."""
    tekst = tabel.maak(ronde)
    if os.environ.get("SCHRIJF_MATRIX"):
        DOC.write_text(tekst, encoding="utf-8")
    assert DOC.exists(), "draai SCHRIJF_MATRIX=1 pytest tests/matrix"
    nu = DOC.read_text(encoding="utf-8")
    if nu != tekst:
        anders = sorted(set(tekst.splitlines()) ^ set(nu.splitlines()))
        pytest.fail(
            "docs/toegangsmatrix.md klopt niet meer. Is de wijziging bedoeld? Draai SCHRIJF_MATRIX=1 pytest "
            "tests/matrix en laat het verschil in de review zien.\n" + "\n".join(anders[:30])
        )
