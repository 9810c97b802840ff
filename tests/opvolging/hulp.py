"""Handen van de opvolging: een openbaar advies met aanbevelingen, met of zonder lopende klok."""

from datetime import timedelta

from adviezen.actions.aanbevelingen import Punt, zet_aanbevelingen
from adviezen.models import Advies
from adviezen.openbaar import publiceer_advies
from kern.tijd import nu, vandaag
from opvolging.actions import leg_reactie_vast, voeg_bewijs_toe
from termijnen.actions import open_termijn
from termijnen.models import Termijn

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def advies(wereld, dagen_geleden=10, *, klok=True, nummer=None, voorbeeld=True):
    """Een uitgebracht advies zonder traject, nog niet openbaar."""
    dag = vandaag() - timedelta(days=dagen_geleden)
    volg = Advies.objects.count() + 1
    rij = Advies.objects.create(
        kenmerk=f"proef-{volg}",
        titel=f"Advies {volg} (voorbeeld)",
        nummer=nummer,
        datum=dag,
        jaar=dag.year,
        uitgebracht_op=dag,
        voorbeeld=voorbeeld,
    )
    if klok:
        open_termijn(soort="kabinetsreactie", object=rij, basis=dag, door=wereld.secretaris)
    return rij


def openbaar(wereld, punten=("Doe dit.", "Doe dat."), **anders):
    """Een openbaar advies met aanbevelingen; een punt is een tekst of (tekst, aan wie)."""
    rij = advies(wereld, **anders)
    zet_aanbevelingen(rij, [Punt(p) if isinstance(p, str) else Punt(*p) for p in punten])
    publiceer_advies(
        advies=rij, html="<p data-blok='b1'>Tekst</p>", vanaf=nu() - timedelta(hours=1), door=wereld.secretaris
    )
    return rij


def leg_vast(wereld, *adviezen, **anders):
    gegevens = {"datum": vandaag(), "afzenders": "De minister (voorbeeld)", "door": wereld.secretaris} | anders
    return leg_reactie_vast(adviezen=adviezen, **gegevens)


def klok_van(rij):
    return Termijn.objects.van(rij).get(soort="kabinetsreactie")


def bewijs(wereld, *punten, **anders):
    """Leg een wet vast als bewijs bij deze aanbevelingen."""
    gegevens = {"soort": "wet", "titel": "Wet (voorbeeld)", "datum": vandaag(), "toelichting": "Staat erin."} | anders
    return voeg_bewijs_toe(aanbevelingen=punten, door=wereld.secretaris, **gegevens)
