"""Het secretariaat van de voorbeeldwereld, met accounts."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.voorbeeldaccounts import WACHTWOORD

STAF: tuple[tuple[str, str, str, Rol], ...] = (
    ("secretaris", "secretaris@voorbeeld.test", "Secretaris Grensarbeid (voorbeeld)", Rol.COMMISSIESECRETARIS),
    ("tweede", "secretaris2@voorbeeld.test", "Secretaris Leren (voorbeeld)", Rol.COMMISSIESECRETARIS),
    ("veertig", "veertig@voorbeeld.test", "Secretaris van veertig (voorbeeld)", Rol.COMMISSIESECRETARIS),
    ("raadssecretaris", "raadssecretaris@voorbeeld.test", "Secretaris van de raad (voorbeeld)", Rol.RAADSSECRETARIS),
    ("algemeen", "algemeen@voorbeeld.test", "Algemeen secretaris (voorbeeld)", Rol.ALGEMEEN_SECRETARIS),
    ("communicatie", "communicatie@voorbeeld.test", "Communicatie (voorbeeld)", Rol.COMMUNICATIE),
    ("beheerder", "beheerder@voorbeeld.test", "Functioneel beheerder (voorbeeld)", Rol.BEHEERDER),
)


@dataclass(frozen=True)
class Staf:
    """De accounts van het secretariaat, op functie."""

    secretaris: Gebruiker
    tweede: Gebruiker
    veertig: Gebruiker
    raadssecretaris: Gebruiker
    algemeen: Gebruiker
    communicatie: Gebruiker
    beheerder: Gebruiker


def maak_staf() -> Staf:
    """Maak de accounts van het secretariaat en geef ze terug; bestaande blijven zoals ze zijn."""
    sleutel = make_password(WACHTWOORD)
    uit = {}
    for functie, adres, naam, rol in STAF:
        gebruiker, nieuw = Gebruiker.objects.get_or_create(email=adres, defaults={"naam": naam, "password": sleutel})
        if nieuw:
            gebruiker.groups.add(Group.objects.get_or_create(name=str(rol))[0])
        uit[functie] = gebruiker
    return Staf(**uit)
