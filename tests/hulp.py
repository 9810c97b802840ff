"""Hulp voor toetsen die een wereld delen."""

from django.db import connection


def voer_uitgesteld_uit() -> None:
    """Voer uit wat de database tot het eind van de transactie uitstelde.

    Doe dit na het bouwen van een wereld die meer toetsen delen. Anders gaan al die controles na elke toets opnieuw: het
    terugdraaien van een toets zet ook de stapel uitgestelde controles terug. Dat kostte meer dan de toetsen zelf.
    """
    connection.check_constraints()
