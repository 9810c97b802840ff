"""Het secretariaat van de voorbeeldwereld, met accounts."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from toegang.enums import Rol
from toegang.models import Gebruiker

# Alleen in de voorbeeldstand, op loopback; het staat op het inlogscherm.
WACHTWOORD = "voorbeeld-2026"

STAF: tuple[tuple[str, str, str, Rol], ...] = (
    ("secretaris", "secretaris@voorbeeld.test", "Secretaris Grensarbeid (voorbeeld)", Rol.COMMISSIESECRETARIS),
    ("tweede", "secretaris2@voorbeeld.test", "Secretaris Leren (voorbeeld)", Rol.COMMISSIESECRETARIS),
    ("veertig", "veertig@voorbeeld.test", "Secretaris van veertig (voorbeeld)", Rol.COMMISSIESECRETARIS),
    ("raadssecretaris", "raadssecretaris@voorbeeld.test", "Secretaris van de raad (voorbeeld)", Rol.RAADSSECRETARIS),
    ("algemeen", "algemeen@voorbeeld.test", "Algemeen secretaris (voorbeeld)", Rol.ALGEMEEN_SECRETARIS),
    ("communicatie", "communicatie@voorbeeld.test", "Communicatie (voorbeeld)", Rol.COMMUNICATIE),
    ("beheerder", "beheerder@voorbeeld.test", "Functioneel beheerder (voorbeeld)", Rol.BEHEERDER),
)
# Wie er op het inlogscherm staat: adres en wat u dan ziet.
UITGELICHT = (
    ("secretaris@voorbeeld.test", "commissiesecretaris: werkt aan een lopend advies"),
    ("raadssecretaris@voorbeeld.test", "secretaris van de raad: dagelijks bestuur en raadsvergadering"),
    ("algemeen@voorbeeld.test", "algemeen secretaris: tekent af en biedt aan"),
    ("communicatie@voorbeeld.test", "communicatie: bevestigt als tweede persoon"),
    ("coordinator-fnv@voorbeeld.test", "coördinator van een organisatie: achterbanberaad"),
    ("fnv2@voorbeeld.test", "raadslid en commissielid: leest en reageert"),
    ("kroonlid2@voorbeeld.test", "kroonlid en commissievoorzitter"),
    ("ministerie@voorbeeld.test", "ministerieel vertegenwoordiger"),
    ("oudlid@voorbeeld.test", "oud-lid: ziet alleen wat openbaar is"),
    ("beheerder@voorbeeld.test", "functioneel beheerder: leest geen dossiers"),
    ("veertig@voorbeeld.test", "secretaris met veertig trajecten"),
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
