"""De omgevingsvariabelen van het portaal: één getypeerde tabel, nagekeken bij de start."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Variabele:
    """Een omgevingsvariabele: hoe zij gelezen wordt, wat zij zonder waarde is, en waarvoor zij dient."""

    lees: Callable[[str], Any]
    standaard: Any
    waarvoor: str


def ja_nee(tekst: str) -> bool:
    """Lees 1/0, ja/nee, true/false. Werpt ValueError bij iets anders."""
    waarde = tekst.strip().lower()
    if waarde in {"1", "ja", "true", "on"}:
        return True
    if waarde in {"0", "nee", "false", "off", ""}:
        return False
    raise ValueError("verwacht 1 of 0")


def getal(minstens: int = 0) -> Callable[[str], int]:
    """Geef een lezer van een heel getal; die werpt ValueError bij iets anders en onder `minstens`."""

    def lees(tekst: str) -> int:
        kaal = tekst.strip()
        if not (kaal.isascii() and kaal.isdigit() and int(kaal) >= minstens):
            raise ValueError(f"verwacht een heel getal van {minstens} of meer")
        return int(kaal)

    return lees


def lijst(tekst: str) -> list[str]:
    """Lees een door komma's gescheiden lijst."""
    return [deel.strip() for deel in tekst.split(",") if deel.strip()]


def scanner(tekst: str) -> str:
    """Lees het adres van de virusscanner. Werpt ValueError bij iets anders: dat bleek anders pas bij een upload."""
    waarde = tekst.strip()
    delen = urlsplit(waarde)
    if not (delen.scheme == "unix" and delen.path.startswith("/") or delen.scheme == "tcp" and delen.hostname):
        raise ValueError("verwacht unix:/pad/naar/clamd.ctl of tcp://host:3310")
    return waarde


def datalicentie(tekst: str) -> str:
    """Lees de licentie van de open data. Werpt ValueError bij iets anders."""
    waarde = tekst.strip().lower()
    if waarde not in {"cc0", "cc-by-4.0"}:
        raise ValueError("verwacht cc0 of cc-by-4.0")
    return waarde


def maanden(tekst: str) -> dict[str, int]:
    """Lees "naam=maanden" met komma's ertussen; 0 is nooit. Werpt ValueError bij iets anders."""
    uit: dict[str, int] = {}
    for deel in lijst(tekst):
        naam, _, getal = (stuk.strip() for stuk in deel.partition("="))
        if not naam or not getal.isascii() or not getal.isdigit() or int(getal) > 1200:
            raise ValueError("verwacht bijvoorbeeld berichten=60,inzagen=84 (maanden, hoogstens 1200; 0 is nooit)")
        uit[naam] = int(getal)
    return uit


TABEL: dict[str, Variabele] = {
    "SECRET_KEY": Variabele(str, "", "sleutel voor sessies en handtekeningen; ./portal maakt er een in var/"),
    "SECRET_KEY_OUD": Variabele(lijst, [], "vorige sleutels, nog geldig om te lezen"),
    "DATABASE_URL": Variabele(str, "", "PostgreSQL van het werk"),
    "PUBLIEK_DATABASE_URL": Variabele(str, "", "PostgreSQL van de openbare pagina's; mag een kopie zijn"),
    "PUBLIEK_STAND_SECONDEN": Variabele(
        getal(), 1, "hoe lang een webproces de stand onthoudt; 0 is bij elke aanvraag kijken"
    ),
    "REDIS_URL": Variabele(str, "", "Redis: broker voor de werkers"),
    "PORTAL_VAR": Variabele(str, "var", "map voor alles wat draait: bestanden, mail, sleutel"),
    "PORTAL_VOORBEELD": Variabele(ja_nee, False, "voorbeeldstand: voorbeeldaccounts en het VOORBEELD-merk"),
    "PORTAL_ADRES": Variabele(str, "http://localhost:8000", "openbaar adres, zonder schuine streep aan het eind"),
    "TOEGESTANE_HOSTS": Variabele(lijst, ["localhost"], "hostnamen die het portaal bedient"),
    "EMAIL_URL": Variabele(
        str, "", "smtp://gebruiker:wachtwoord@host:poort, versleuteld met ?tls=1 of smtps://; leeg: post in var/mail/"
    ),
    "MAIL_AFZENDER": Variabele(str, "SER-portaal <portaal@voorbeeld.test>", "afzender van berichten"),
    "CONTACT_ADRES": Variabele(
        str, "", "e-mailadres waar een mens leest: vragen, toegankelijkheid, lekken; leeg: dat van MAIL_AFZENDER"
    ),
    "DATALICENTIE": Variabele(datalicentie, "", "licentie van de open data: cc0 of cc-by-4.0; leeg: nog niet gekozen"),
    "CLAMAV": Variabele(scanner, "", "virusscanner: unix:/pad/naar/clamd.ctl of tcp://host:3310; leeg: uit"),
    "OIDC_ISSUER": Variabele(str, "", "adres van de identiteitsprovider; leeg: uit"),
    "OIDC_CLIENT_ID": Variabele(str, "", "client bij de identiteitsprovider"),
    "OIDC_CLIENT_SECRET": Variabele(str, "", "geheim bij de identiteitsprovider"),
    "HTTPS": Variabele(ja_nee, False, "achter https: veilige cookies en HSTS"),
    "PROXIES": Variabele(getal(), 0, "aantal proxy's vóór het portaal; daarmee telt het adres van de bezoeker"),
    "INTERNE_NOTITIES_DAGEN": Variabele(
        getal(), 90, "zo veel dagen na het sluiten van een ronde worden interne notities van organisaties vernietigd"
    ),
    "GELEKTE_WACHTWOORDEN": Variabele(str, "", "bestand met SHA-1 van uitgelekte wachtwoorden, op volgorde; leeg: uit"),
    "BEWAARTERMIJNEN": Variabele(
        maanden, {}, "andere termijnen dan de vaste voor wat op een vernietigingslijst komt, in maanden"
    ),
    "ZITTING_UREN": Variabele(getal(1), 12, "na zo veel uur moet iedereen opnieuw inloggen"),
    "ZITTING_STIL_UREN": Variabele(getal(1), 3, "na zo veel uur zonder iets te doen moet iemand opnieuw inloggen"),
    "KLOK_VERSCHIL_SECONDEN": Variabele(
        getal(),
        30,
        "zo veel mag de klok van een werker afwijken van die van de database; daarboven doet hij niets; 0: uit",
    ),
    "DB_MAX_VERBINDINGEN": Variabele(getal(1), 60, "max_connections van de ingebouwde PostgreSQL"),
    "EIGENAAR_WACHTWOORD": Variabele(str, "", "voor maak_rollen: wachtwoord van ser_eigenaar"),
    "APP_WACHTWOORD": Variabele(str, "", "voor maak_rollen: wachtwoord van ser_app"),
    "PUBLIEK_WACHTWOORD": Variabele(str, "", "voor maak_rollen: wachtwoord van ser_publiek"),
}


def lees_omgeving(omgeving: dict[str, str] | None = None) -> dict[str, Any]:
    """Geef de waarde van elke variabele van TABEL.

    Werpt ImproperlyConfigured met alle fouten tegelijk, elk met de naam van de variabele.
    """
    bron = os.environ if omgeving is None else omgeving
    uit: dict[str, Any] = {}
    fouten: list[str] = []
    for naam, variabele in TABEL.items():
        ruw = bron.get(naam)
        try:
            uit[naam] = variabele.standaard if ruw is None or ruw == "" else variabele.lees(ruw)
        except ValueError as fout:
            fouten.append(f"{naam}: {fout} (gelezen: {ruw!r}; {variabele.waarvoor})")
    if fouten:
        raise ImproperlyConfigured("Omgevingsvariabelen kloppen niet:\n" + "\n".join(fouten))
    return uit
