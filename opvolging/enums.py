"""Keuzelijsten van de opvolging."""

from django.db.models import TextChoices


class Vorm(TextChoices):
    """Waarin het kabinet reageerde. Een wet is geen reactie binnen een termijn: "gevolgd in wet"."""

    KAMERBRIEF = "kamerbrief", "brief aan de Kamer"
    BRIEF = "brief", "brief aan de SER"
    NOTA = "nota", "nota of beleidsstuk"
    MONDELING = "mondeling", "mondeling, in een debat of overleg"
    WET = "wet", "gevolgd in wet"
    ONBEKEND = "onbekend", "vorm niet bekend"


class Oordeel(TextChoices):
    """Wat het kabinet met een aanbeveling zegt te doen."""

    NEEMT_OVER = "neemt_over", "neemt over"
    DEELS = "deels", "neemt deels over"
    NIET = "niet", "neemt niet over"
    NADER = "nader", "beziet nader"
    NIET_BEANTWOORD = "niet_beantwoord", "niet beantwoord"


# Zonder deze drie: het kabinet zei niets over de aanbeveling, dus is er ook niets te citeren.
MET_CITAAT: frozenset[str] = frozenset({Oordeel.NEEMT_OVER, Oordeel.DEELS, Oordeel.NIET, Oordeel.NADER})


class Stand(TextChoices):
    """Wat er van een aanbeveling is gekomen, volgens de SER."""

    OPEN = "open", "open"
    IN_UITVOERING = "in_uitvoering", "in uitvoering"
    UITGEVOERD = "uitgevoerd", "uitgevoerd"
    NIET_UITGEVOERD = "niet_uitgevoerd", "niet uitgevoerd"
    ACHTERHAALD = "achterhaald", "achterhaald"


NIET_BEKEND = "niet_bekend"
MET_BEWIJS: frozenset[str] = frozenset({Stand.IN_UITVOERING, Stand.UITGEVOERD})


class Uitwerking(TextChoices):
    """Of bereikt is wat een advies wilde bereiken, volgens de SER op de dag van de evaluatie."""

    BEREIKT = "bereikt", "bereikt"
    DEELS = "deels", "deels bereikt"
    NIET = "niet", "niet bereikt"
    TE_VROEG = "te_vroeg", "nog niet te zeggen"
    ONBEKEND = "onbekend", "niet na te gaan"


# Een evaluatie buiten de vaste momenten.
TUSSENTIJDS = 0


class SoortBewijs(TextChoices):
    """Waaruit blijkt wat er met een aanbeveling gebeurde."""

    WET = "wet", "wet of regeling"
    BRIEF = "brief", "brief"
    AKKOORD = "akkoord", "akkoord of convenant"
    BEGROTING = "begroting", "begroting"
    ONDERZOEK = "onderzoek", "onderzoek"
    DEBAT = "debat", "debat"
    ANDERS = "anders", "anders"
