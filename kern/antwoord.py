"""Kopregels die meer dan één app zet."""

from django.http import HttpResponse


def houd_adres_binnen(antwoord: HttpResponse) -> HttpResponse:
    """Laat de browser het adres van deze bladzijde nergens noemen: er staat een sleutel in. Geeft het antwoord terug.

    Niet "no-referrer": daarmee stuurt een browser bij een formulier op deze bladzijde `Origin: null` mee, en dan
    weigert Django het als kwam het van een ander. "strict-origin" noemt alleen de naam van het portaal.
    """
    antwoord["Referrer-Policy"] = "strict-origin"
    return antwoord
