"""De tabellen van de adviezen, per onderwerp in een eigen bestand."""

from adviezen.models.aanbeveling import Aanbeveling, Geadresseerde
from adviezen.models.aanbieding import Aanbieding, Aanbiedingsbrief
from adviezen.models.aanvraag import (
    Adviesaanvraag,
    Adviesvrager,
    CriteriumOordeel,
    Startbesluit,
    Toewijzing,
)
from adviezen.models.advies import Advies, Correctie, Thema
from adviezen.models.beraad import (
    Achterbanberaad,
    Deelname,
    Reactie,
    ReactieItem,
)
from adviezen.models.doel import Doel
from adviezen.models.impact import BeoogdeImpact
from adviezen.models.inspraak import Gehoorde, Inspraak
from adviezen.models.intrekking import Adviesintrekking
from adviezen.models.kroonleden import Kroonledenopmerking, Voortgangsrapportage
from adviezen.models.opmerking import Leesstand, Opmerking, VoorlopigStandpunt
from adviezen.models.organisatie import (
    Indiening,
    InterneNotitie,
    Knelpunt,
    Knelpuntbericht,
    Medeondertekening,
    Meelezer,
)
from adviezen.models.pers import Persbericht, Perslezer
from adviezen.models.standpunt import (
    Agendering,
    Minderheidsnota,
    OpvattingRij,
    Registratie,
    Steun,
)
from adviezen.models.traject import Adviestraject, Stapgang
from adviezen.models.versie import Schrijfstand, Versie
from adviezen.models.verwerking import Uitvoeringstoets, Verwerking
from adviezen.models.voortraject import Bestuursmening, Verkenning, Voortraject

__all__ = [
    "Aanbeveling",
    "Aanbieding",
    "Aanbiedingsbrief",
    "Achterbanberaad",
    "Advies",
    "Adviesaanvraag",
    "Adviesintrekking",
    "Adviestraject",
    "Adviesvrager",
    "Agendering",
    "BeoogdeImpact",
    "Bestuursmening",
    "Correctie",
    "CriteriumOordeel",
    "Deelname",
    "Doel",
    "Geadresseerde",
    "Gehoorde",
    "Indiening",
    "Inspraak",
    "InterneNotitie",
    "Knelpunt",
    "Knelpuntbericht",
    "Kroonledenopmerking",
    "Leesstand",
    "Medeondertekening",
    "Meelezer",
    "Minderheidsnota",
    "Opmerking",
    "OpvattingRij",
    "Reactie",
    "ReactieItem",
    "Persbericht",
    "Perslezer",
    "Registratie",
    "Schrijfstand",
    "Stapgang",
    "Startbesluit",
    "Steun",
    "Thema",
    "Toewijzing",
    "Uitvoeringstoets",
    "Verkenning",
    "Voortraject",
    "Versie",
    "Verwerking",
    "VoorlopigStandpunt",
    "Voortgangsrapportage",
]
