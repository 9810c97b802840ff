"""Het register van rollen: hogere verdiepingen melden hier hun bron aan, zodat niemand omhoog importeert."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection

from kern.tijd import vandaag
from toegang.enums import STAFROLLEN, Rol

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@dataclass(frozen=True)
class Hoedanigheid:
    """Een rol, eventueel in een orgaan: "commissie:12", "organisatie:3", "geleding:werknemers", "traject:5"."""

    rol: Rol
    orgaan: str = ""


# Een bron is een SELECT die voor %(wie)s (een account) op %(dag)s rijen (rol, orgaan) geeft.
_bronnen: list[str] = []
_STAF = """
    SELECT g.name AS rol, '' AS orgaan FROM auth_group g JOIN toegang_gebruiker_groups gg ON gg.group_id = g.id
    WHERE gg.gebruiker_id = %(wie)s AND g.name = ANY(%(staf)s)
"""


def registreer(bron: str) -> str:
    """Meld een bron van hoedanigheden aan (in `ready()` van een app); geeft de bron terug."""
    if bron not in _bronnen:
        _bronnen.append(bron)
    return bron


def _uit_de_database(gebruiker: "Gebruiker", dag: date) -> frozenset[Hoedanigheid]:
    """Geef alles wat iemand die dag is, in één zoekvraag: elk verzoek van wie is ingelogd begint hiermee."""
    vraag = " UNION ALL ".join((_STAF, *_bronnen))
    with connection.cursor() as cursor:
        cursor.execute(vraag, {"wie": gebruiker.pk, "dag": dag, "staf": sorted(map(str, STAFROLLEN))})
        uit = {Hoedanigheid(Rol(rol), orgaan) for rol, orgaan in cursor.fetchall()}
    if any(h.rol in STAFROLLEN and h.rol != Rol.BEHEERDER and not h.orgaan for h in uit):
        uit.add(Hoedanigheid(Rol.SECRETARIAAT))
    return frozenset(uit)


def hoedanigheden(gebruiker: Any, dag: date | None = None) -> frozenset[Hoedanigheid]:
    """Geef alles wat iemand op een (Amsterdamse) dag is; leeg voor wie niet is ingelogd of niet meer mag.

    Het antwoord blijft op het gebruikersobject staan, dus één keer per verzoek; `vergeet` wist het.
    """
    if not getattr(gebruiker, "is_authenticated", False) or not gebruiker.is_active:
        return frozenset()
    dag = dag or vandaag()
    bewaard: dict[date, frozenset[Hoedanigheid]] = gebruiker.__dict__.setdefault("_hoedanigheden", {})
    if dag not in bewaard:
        bewaard[dag] = _uit_de_database(gebruiker, dag)
    return bewaard[dag]


def vergeet(gebruiker: Any) -> None:
    """Wis wat op het gebruikersobject bewaard is, na een wijziging in dezelfde aanroep."""
    gebruiker.__dict__.pop("_hoedanigheden", None)


def heeft(gebruiker: Any, *rollen: Rol, orgaan: str | None = None, dag: date | None = None) -> bool:
    """Geef of iemand een van de rollen heeft, in `orgaan` als dat gegeven is."""
    return any(h.rol in rollen and (orgaan is None or h.orgaan == orgaan) for h in hoedanigheden(gebruiker, dag))


def is_medewerker(gebruiker: "Gebruiker | None") -> bool:
    """Of dit account een stafrol heeft, ook als het nu niet inlogt; vers gelezen, dus ook midden in een handeling."""
    return gebruiker is not None and gebruiker.groups.filter(name__in=sorted(map(str, STAFROLLEN))).exists()


def organen(gebruiker: Any, *rollen: Rol, soort: str = "", dag: date | None = None) -> set[int]:
    """Geef de nummers van de organen waarin iemand een van de rollen heeft.

    `soort` beperkt tot "commissie", "organisatie" of "traject"; organen zonder nummer tellen niet mee.
    """
    uit: set[int] = set()
    for h in hoedanigheden(gebruiker, dag):
        naam, _, nummer = h.orgaan.partition(":")
        if h.rol in rollen and nummer.isdigit() and soort in ("", naam):
            uit.add(int(nummer))
    return uit
