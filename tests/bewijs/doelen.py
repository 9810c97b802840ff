"""Alle cijfers die dit portaal van zichzelf wil, ook de cijfers die `./portal bewijs` niet zelf meet.

Wat een rij van dit bewijs meet, staat bij die rij; hier staat dan waar. De rest komt uit de dagelijkse toets, uit
`./portal test -m lang` of uit `./portal bench`, of is niet gemeten en zegt waarom. docs/bewijs.md drukt ze ook af.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Doel:
    """Eén cijfer: wat gewild is, waar het gemeten wordt, het laatste cijfer, en of dat genoeg is."""

    naam: str
    doel: str
    waar: str
    laatste: str
    gehaald: bool | None  # None: niet gemeten


DOELEN = (
    Doel(
        "alles achter elkaar",
        "één opdracht, één tabel",
        "./portal bewijs",
        "een honderdste van alles in 30 minuten (BEWIJS_DEEL=0.01 BEWIJS_SECONDEN=90): 42 gemeten rijen, 40 gehaald; "
        "de andere twee vragen het hele aantal (10 miljoen met atheris, 50.000 wandelingen) en staan hieronder heel "
        "gemeten; de eerste keer zeiden drie proeven na elkaar iets anders dan alleen, en dat is hersteld "
        "(30 november 2026)",
        True,
    ),
    Doel(
        "toegangsmatrix",
        "elke route × rol × methode; echt gelijk aan onbestaand",
        "matrix/test_matrix.py",
        "elke route van het portaal, 27 rollen, 8 methoden, 0 afwijkingen",
        True,
    ),
    Doel(
        "kanaries",
        "12 oppervlakken, 0 treffers, op elk een geplant lek gezien",
        "matrix/kanarie",
        "elk openbaar adres en 17 rollen, 0 treffers; geplant en gezien op 13 openbare adressen, in de zichtbaarheid, "
        "de post, een bericht en het log; wat in bestanden verpakt is leest de toets, de ronde nog niet",
        True,
    ),
    Doel(
        "wandelingen",
        "50.000 × 30 stappen, 12 dingen die altijd gelden",
        "bewijs wandelingen; 200 in adviezen/test_wandelingen.py",
        "{wandelingen}",
        True,
    ),
    Doel("wedlopen", "10 × 1.000, 0 dubbele winst, de controle gaat mis", "bewijs wedlopen", "{wedlopen}", True),
    Doel(
        "kill -9",
        "500 verzender, 500 werker, 100 Redis, 100 PostgreSQL: 0 verloren, 0 dubbel, per kill hoogstens 1 herhaald",
        "bewijs doodslag",
        "{doodslag}",
        True,
    ),
    Doel(
        "PostgreSQL dood tijdens een formulier",
        "heel of niet, een 503 met wat getypt was, daarna één keer",
        "bewijs formulier",
        "40 keer: 14 gelukt, 26 keer een 503 en niets gebeurd; daarna alle 40 precies één keer (29 november 2026)",
        True,
    ),
    Doel(
        "Redis geleegd",
        "50 keer, 0 verloren",
        "bewijs doodslag",
        "50 keer (29 in het gat), 0 verloren, 0 herhaald (29 november 2026)",
        True,
    ),
    Doel(
        "termijnen",
        "elke begindag van 2024 tot en met 2040",
        "termijnen/test_regels.py",
        "6.210 dagen × elke regel gelijk aan PostgreSQL",
        True,
    ),
    Doel(
        "embargo",
        "1.000 publicaties, 0 te vroeg of half",
        "publiek/test_tegelijk.py, ./portal test -m lang",
        "1.000 keer openbaar en weer weg, met acht lezers van negen oppervlakken: 0 te vroeg, 0 half, 0 oud, in "
        "22 minuten op een trage machine (30 november 2026)",
        True,
    ),
    Doel(
        "verbroken lijn",
        "nooit verloren, nooit dubbel",
        "bewijs verbinding",
        "200 keer verbroken na COMMIT: 0 verloren, 0 dubbel",
        True,
    ),
    Doel(
        "meer machines",
        "0 mislukt bij een doorstart, geen kleverige stand, openbaar zonder hoofddatabase",
        "bewijs machines",
        "{machines}",
        True,
    ),
    Doel(
        "scheve klok",
        "een werker die uren verkeerd staat doet niets; daarna alles één keer",
        "bewijs klok",
        "±2 en ±26 uur: 0 gedaan, gemeld aan de bewaking; daarna 200 op tijd en 0 te vroeg; wie niet kijkt waarschuwt "
        "200 keer te vroeg (29 november 2026)",
        True,
    ),
    Doel(
        "schemathesis",
        "20.000 vragen, 0 × 5xx",
        "publiek/test_schemathesis.py, ./portal test -m lang",
        "20.007 vragen aan 19 adressen: 0 × 5xx, 0 buiten het schema (29 november 2026)",
        True,
    ),
    Doel("schoonmaker", "1 miljoen stukken, 0 fouten", "bewijs schoonmaak", "{schoonmaak}", True),
    Doel("inlezers", "10 miljoen met atheris, 0 fouten", "bewijs inlezen", "{inlezen}", True),
    Doel(
        "mutaties",
        "90% gezien in toegang, standen, termijnen, post, standpunten",
        "bewijs mutaties",
        "{mutaties}",
        True,
    ),
    Doel(
        "dekking",
        "100% takken daar, 95% overal",
        "./portal test --dekking",
        "97% overal (4.902 toetsen), en in overgangen, toegang, termijnen, berichten, rechten, beleid, stemmen en "
        "standpunten elke regel en elke tak op een na; die heeft sindsdien een toets (30 november 2026)",
        True,
    ),
    Doel(
        "zoekvragen",
        "elke lijst gelijk bij 1, 10 en 1.000; hoogstens 20",
        "test_evenveel_zoekvragen_…",
        "gelijk op elke getoetste lijst; de zwaarste waarvan het aantal getoetst wordt, de reacties van een open "
        "ronde, kost er 20",
        True,
    ),
    Doel(
        "snelheid",
        "p95 hoogstens 300 ms met 10.000 opmerkingen",
        "./portal bench",
        "het leesscherm van 60 bladzijden: 255, 269, 304 en 333 ms, elk de mediaan van vijf, op een trage machine "
        "(1,9 tot 2,2 keer hetzelfde met 10 opmerkingen; eerder 342 en 411 ms), evenveel zoekvragen (30 november 2026)",
        False,
    ),
    Doel("axe", "0 op elke soort bladzijde", "matrix/test_axe.py, publiek/test_browser.py", "0", True),
    Doel(
        "twee mensen door nginx",
        "niets van A bij B of een bezoeker; het openbare wordt gedeeld",
        "bewijs tussengeheugen",
        "650 vragen: 0 gelekt, en het advies 50 keer gelijk; een slordig ingestelde nginx lekt 15 keer "
        "(29 november 2026)",
        True,
    ),
    Doel(
        "kopregels en ZAP",
        "eigen controles 0; ZAP 0 middel of hoger",
        "toegang/test_zitting.py",
        "eigen controles 0; ZAP is hier niet te krijgen",
        None,
    ),
    Doel(
        "terugzetten",
        "alles gelijk, binnen 15 minuten; hoogstens 5 minuten kwijt",
        "bewijs terugzetten en overname",
        "{terugzetten}; {overname}",
        True,
    ),
    Doel(
        "migraties",
        "alle heen, terug en heen met gegevens; slot hoogstens 2 s",
        "bewijs migraties",
        "{migraties}",
        True,
    ),
    Doel(
        "vaste controles",
        "check --deploy 0, bandit 0, pip-audit strict",
        "./portal check",
        "check --deploy 0; de regels van bandit (ruff S) 0; de lijst van pip-audit is hier niet "
        "bereikbaar; in die van PyPA van 10 oktober 2024 staan 250 meldingen over 29 van onze 149 pakketten, 0 raak",
        False,
    ),
    Doel(
        "ASVS 5.0",
        "253 eisen met een toets of een reden",
        "bewijs/test_lijst.py",
        "253; 1 daarvan zegt dat zij open is (pip-audit)",
        True,
    ),
    Doel(
        "de suite",
        "hoogstens 10 minuten, achterstevoren en door elkaar, 50 keer zonder wankelen",
        "./portal test",
        "door elkaar: 4.580 groen in 542 s, zonder de controles en het installeren; achterstevoren 4.437 in 510 s; op "
        "een half zo snelle machine 5.062 in 948 s en 5.175 in 1.047 s; van dertien hele lopen wankelden er drie: twee "
        "keer keek of drukte een toets met een browser te vroeg, en op maandag voor elf uur was een voorbeeld van "
        "gisteren van zojuist "
        "(alle hersteld); met twee andere proeven ernaast startte het portaal in die derde ook niet binnen twee "
        "minuten; de elf hele lopen daarna wankelden niet, drie ervan op een andere machine; een hele loop wacht nu "
        "als middernacht dichtbij is; 50 keer is niet gemeten (30 november 2026)",
        False,
    ),
)
# De laatste keer dat de lange rijen samen liepen, met hun cijfers.
LAATSTE: dict[str, str] = {
    "machines": "als root, elk in een eigen netwerkruimte: 100 keer geschreven op de ene en gelezen op de andere, een "
    "publicatie op beide na hoogstens 0,87 s op een drukke machine; 0 van 1.805 verzoeken mislukt bij vier keer web en "
    "werker herstarten, elke waarschuwing één keer; 5.916 van 5.916 openbare bladzijden in 20 s zonder hoofddatabase. "
    "Met eigen loopback-adressen: 0 mis, 0 van 1.810 mislukt, 6.595 van 6.595 (30 november 2026)",
    "wandelingen": "55.356 wandelingen van 30 stappen in drie lopen, elk met een eigen zaad en een eigen commit "
    "(33.500, 20.856 en 1.000): 0 fouten; van de 20.856, in 65 minuten, 71.668 stappen echt gezet (de rest deelt zijn "
    "begin), 11.854 gelukt, 59.814 geweigerd, 25 handelingen, alle 12 standen, elk ook als eind (30 november 2026)",
    "doodslag": "500 verzender (500 in het gat tussen aannemen en aftekenen), 500 werker (234), 100 Redis (54), "
    "100 PostgreSQL (57, 64 en 51 in drie lopen): 0 verloren, 0 dubbel, per kill hoogstens 1 herhaald",
    "wedlopen": "10 × 1.000: 0 mis, in 10 minuten op een drukke machine; zonder slot gaat het 59 of 60 van de 60 keer "
    "mis (29 november 2026)",
    "schoonmaak": "1.000.000 stukken: 0 fouten, traagst 0,2 s, 103 s",
    "inlezen": "18.000 beschadigde Word- en PDF-bestanden, ook binnen de zip: 0 andere fouten, traagst 0,4 s; met "
    "atheris 10.927.039 in 9 minuten: json 6.316.698, pdf 2.234.646, zip 1.289.307, html 712.919, Word 373.469: 0 "
    "fouten (29 november 2026)",
    "mutaties": "elke verandering gemeten, en wat eerst niet gezien werd na nieuwe toetsen nog eens: toegang 225 van "
    "231 (5 gelijkwaardig), standen 107 van 107, termijnen 324 van 330 (1), post 160 van 161 (1), standpunten 90 van "
    "90, vernietigen 155 van 159, vergaderingen 134 van 138, de acht stappen 493 van 493 (in twee delen: 293 en 200), "
    "wie wat ziet 319 van 319 (313 bij de eerste keer; 29 en 30 november 2026)",
    "migraties": "alle 80 met 8.115 rijen: 0 anders, 0 niet terug (op een teller na); langste slot 1,40 s (1,97 s op "
    "een drukke machine), van de opdracht die iets bestaands op slot doet tot het vastleggen (30 november 2026)",
    "overname": "de hoofddatabase tien keer voorgoed weg: 5 van 54.516 bevestigde rijen kwijt, alle in de laatste "
    "honderdsten van een seconde, 0 gaten; de replica schrijft na 0,2 s en het portaal antwoordt erop op dezelfde "
    "zitting; loopt zij drie seconden niet mee, dan 17.861 kwijt; zonder replica is het wat er sinds de vorige backup "
    "bijkwam (30 november 2026)",
    "terugzetten": "143 tabellen, 8.263 rijen, 99 bestanden gelijk, triggers en rechten ook; terug in 5 s; 25 "
    "combinaties van rollen × 24 adressen krijgen hetzelfde als ervoor, met dezelfde sessies",
}


def laatste(doel: Doel) -> str:
    """Geef het laatste cijfer, met de cijfers van de lange rijen ingevuld."""
    return doel.laatste.format_map(LAATSTE)


def bewijs() -> list[dict[str, Any]]:
    """Geef van elk cijfer een rij; wat de andere rijen meten staat daar nog eens, vers."""
    return [
        {
            "naam": f"doel: {doel.naam}",
            "gemeten": laatste(doel),
            "vergeleken_met": doel.waar,
            "verhouding": "-",
            "doel": doel.doel,
            "gehaald": doel.gehaald,
        }
        for doel in DOELEN
    ]
