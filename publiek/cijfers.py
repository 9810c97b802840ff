"""Tellingen uit de openbare records, als grafiek en als tabel met dezelfde getallen."""

from dataclasses import dataclass, field

from django.db import connections

from publiek.verbinding import ALIAS
from publiek.zoekvraag import OORDELEN, REACTIES

BREED, RIJ, NAAM = 640, 28, 230


@dataclass(frozen=True)
class Staaf:
    """Eén staaf met haar plaats in de tekening."""

    naam: str
    aantal: int
    breedte: float
    y: int
    deel: str = ""


@dataclass(frozen=True)
class Grafiek:
    """Liggende staven. `n` is het aantal adviezen waarover het gaat, `van` het aantal in het archief."""

    id: str
    titel: str
    n: int
    van: int
    staven: list[Staaf]
    uitleg: str = ""
    kop: str = ""
    hoogte: int = field(default=0)

    @property
    def breed(self) -> int:
        """Breedte van de tekening in tekeneenheden."""
        return BREED


def staven(rijen: list[tuple[str, int]]) -> list[Staaf]:
    """Reken tellingen om naar staven op één schaal."""
    hoogste = max((aantal for _, aantal in rijen), default=1) or 1
    som = sum(aantal for _, aantal in rijen) or 1
    ruimte = BREED - NAAM - 60
    return [
        Staaf(naam, aantal, round(ruimte * aantal / hoogste, 1), n * RIJ, f"{100 * aantal / som:.0f}%")
        for n, (naam, aantal) in enumerate(rijen)
    ]


def alle() -> list[Grafiek]:
    """Geef de grafieken van /cijfers/; alleen echte records, elk met n en dekking."""
    van = _getal("SELECT count(*) FROM publiek.advies WHERE NOT voorbeeld")
    uit = [
        _grafiek(
            "decennium", "Adviezen in dit archief per decennium", "Decennium", van,
            "SELECT (jaar / 10 * 10)::text || 's', count(*) FROM publiek.advies "
            "WHERE NOT voorbeeld AND jaar IS NOT NULL GROUP BY 1 ORDER BY 1",
            "Dit telt wat hier staat, niet wat de SER uitbracht. Een laag getal kan een gat in het archief zijn.",
        ),
        _grafiek(
            "soort", "Soorten publicaties", "Soort", van,
            "SELECT soort, count(*) FROM publiek.advies WHERE NOT voorbeeld GROUP BY 1 ORDER BY 2 DESC, 1",
        ),
        _grafiek(
            "oordeel", "Unaniem of verdeeld", "Oordeel", van,
            "SELECT oordeel, count(*) FROM publiek.advies "
            "WHERE NOT voorbeeld AND oordeel <> '' GROUP BY 1 ORDER BY 2 DESC",
            "Alleen adviezen waarvan een bron zegt of de raad het eens was. Bronnen melden verdeeldheid eerder dan "
            "eensgezindheid, dus deze verhouding geldt niet voor alle adviezen.",
            OORDELEN,
        ),
        _grafiek(
            "reactie", "Reactie van het kabinet", "Stand", van,
            "SELECT reactie, count(*) FROM publiek.advies WHERE NOT voorbeeld "
            "AND soort IN ('advies', 'briefadvies', 'interimadvies') GROUP BY 1 ORDER BY 2 DESC",
            "Bij rapporten en verkenningen wordt geen reactie verwacht; die tellen hier niet mee. Niet bekend betekent "
            "dat wij geen reactie zagen, niet dat er geen was.",
            REACTIES,
        ),
        _grafiek(
            "thema", "Adviezen per thema", "Thema", van,
            "SELECT t.naam, count(*) FROM publiek.advies a JOIN publiek.thema t ON t.slug = ANY(a.themas) "
            "WHERE NOT a.voorbeeld GROUP BY 1 ORDER BY 2 DESC, 1",
            "Een advies kan bij meer thema's horen.",
        ),
    ]  # fmt: skip
    return [g for g in uit if g.staven]


def _getal(sql: str) -> int:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def _grafiek(
    id_: str, titel: str, kop: str, van: int, sql: str, uitleg: str = "", namen: dict[str, str] | None = None
) -> Grafiek:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(sql)
        rijen = [((namen or {}).get(naam, naam), aantal) for naam, aantal in cursor.fetchall()]
    lijst = staven(rijen)
    n = van if id_ == "thema" else sum(aantal for _, aantal in rijen)
    return Grafiek(id_, titel, n, van, lijst, uitleg, kop, len(lijst) * RIJ + 4)
