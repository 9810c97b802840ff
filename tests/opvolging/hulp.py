"""Handen van de opvolging: een openbaar advies met aanbevelingen, met of zonder lopende klok."""

from datetime import timedelta

from django.db.models.functions import Now

from adviezen.actions.aanbevelingen import Punt, zet_aanbevelingen
from adviezen.models import Advies
from adviezen.openbaar import publiceer_advies
from kern.tijd import nu, vandaag
from opvolging.actions import leg_reactie_vast, voeg_bewijs_toe
from opvolging.models import Kabinetsreactie
from termijnen.actions import open_termijn
from termijnen.models import Termijn
from tests.hulp import zonder_bewaking

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


def leg_vast(wereld, *adviezen, openbaar=True, **anders):
    """Een reactie, standaard alsof haar tien minuten al voorbij zijn."""
    gegevens = {"datum": vandaag(), "afzenders": "De minister (voorbeeld)", "door": wereld.secretaris} | anders
    reactie = leg_reactie_vast(adviezen=adviezen, **gegevens)
    return meteen_openbaar(reactie) if openbaar else reactie


def openbare_reactie(**gegevens):
    """Leg een reactie vast waarvan de tien minuten al voorbij zijn."""
    return meteen_openbaar(leg_reactie_vast(**gegevens))


def meteen_openbaar(reactie):
    """Alsof de tien minuten van deze reactie voorbij zijn, volgens de klok van de database."""
    Kabinetsreactie.objects.filter(pk=reactie.pk).update(openbaar_vanaf=Now())
    reactie.refresh_from_db(fields=["openbaar_vanaf"])
    return reactie


def wacht_voorbij():
    """Alsof er meer dan tien minuten voorbij zijn: veel rijen zijn niet te wijzigen, dus zonder de bewaking."""
    openbaar_vanaf = ("antwoord", "bewijs", "opvolgstand", "kabinetsreactie", "jaarverslag")
    with zonder_bewaking() as c:
        for tabel in openbaar_vanaf:
            c.execute(f"UPDATE opvolging_{tabel} SET openbaar_vanaf = openbaar_vanaf - interval '11 minutes'")  # noqa: S608
        for tabel in ("opvolging_toezegging", "termijnen_termijnwijziging"):
            c.execute(f"UPDATE {tabel} SET op = op - interval '11 minutes'")  # noqa: S608


def klok_van(rij):
    return Termijn.objects.van(rij).get(soort="kabinetsreactie")


def bewijs(wereld, *punten, **anders):
    """Leg een wet vast als bewijs bij deze aanbevelingen."""
    gegevens = {"soort": "wet", "titel": "Wet (voorbeeld)", "datum": vandaag(), "toelichting": "Staat erin."} | anders
    return voeg_bewijs_toe(aanbevelingen=punten, door=wereld.secretaris, **gegevens)


def pagina(client, rij):
    """De openbare klokpagina van een advies."""
    antwoord = client.get(f"/kabinetsreacties/{rij.kenmerk}/")
    assert antwoord.status_code == 200
    return antwoord.content.decode()
