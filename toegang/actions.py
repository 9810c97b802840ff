"""Schrijven rond het inloggen: accounts met hun rollen, een tweede stap weghalen, en sessies die voorbij zijn."""

from collections.abc import Collection
from typing import Any

from allauth.account.utils import filter_users_by_email
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from kern.fouten import InvoerFout
from kern.tijd import nu
from logboek.actions import leg_vast
from toegang.enums import MEEBESLISSEND, STAFROLLEN, Rol
from toegang.models import Gebruiker
from toegang.rollen import heeft as heeft_rol
from toegang.rollen import vergeet

NAAM_HOOGSTENS = 200  # zo lang is de kolom


@transaction.atomic
def maak_account(*, email: str, naam: str, reden: str, door: Gebruiker | None = None) -> Gebruiker:
    """Maak een account zonder wachtwoord en zonder rol en geef het terug.

    Binnen komt het via "wachtwoord vergeten" of de identiteitsprovider. Zonder `door` doet het de opdrachtregel. Werpt
    InvoerFout bij een onmogelijk of bezet adres, bij een naam die te lang is, en zonder naam of reden.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise InvoerFout("email", f"{email!r} is geen e-mailadres.") from None
    if filter_users_by_email(email):  # ook als een ander het als tweede adres heeft: een nieuw wachtwoord ging naar hem
        raise InvoerFout("email", "Dit adres heeft al een account.")
    naam = _eis_naam(naam)
    _eis_reden(reden)
    try:
        with transaction.atomic():
            gebruiker = Gebruiker.objects.create_user(email, naam)
    except IntegrityError:  # een ander was net eerder, of dezelfde klikte twee keer
        raise InvoerFout("email", "Dit adres heeft al een account.") from None
    leg_vast(soort="toegang.maak_account", object=gebruiker, door=door, reden=reden)
    return gebruiker


@transaction.atomic
def wijzig_naam(*, gebruiker: Gebruiker, naam: str, reden: str, door: Gebruiker | None = None) -> Gebruiker:
    """Geef een account een andere naam en geef het terug. Wat al op de oude naam staat, blijft zo staan.

    Werpt InvoerFout bij een lege of te lange naam, bij dezelfde naam, en zonder reden.
    """
    naam = _eis_naam(naam)
    _eis_reden(reden)
    rij = Gebruiker.objects.select_for_update(of=("self",)).get(pk=gebruiker.pk)
    if rij.naam == naam:
        raise InvoerFout("naam", "Zo heet dit account al.")
    was, rij.naam = rij.naam, naam
    rij.save(update_fields=["naam"])
    leg_vast(soort="toegang.wijzig_naam", object=rij, door=door, reden=reden, gegevens={"was": was, "wordt": naam})
    return rij


@transaction.atomic
def zet_rollen(
    *,
    gebruiker: Gebruiker,
    erbij: Collection[Rol] = (),
    eraf: Collection[Rol] = (),
    reden: str,
    door: Gebruiker | None = None,
) -> Gebruiker:
    """Geef een account stafrollen of neem ze af; wat al zo is, blijft zo. Andere rollen volgen uit een benoeming.

    Werpt InvoerFout bij een rol die geen stafrol is, bij wie meebeslist of voor een organisatie werkt, bij beheerder
    naast een andere rol, en zonder reden.
    """
    if vreemd := {*erbij, *eraf} - STAFROLLEN:
        raise InvoerFout("rollen", f"Dit is geen rol van de staf: {', '.join(sorted(vreemd))}.")
    _eis_reden(reden)
    rij = Gebruiker.objects.select_for_update(of=("self",)).get(pk=gebruiker.pk)
    heeft = set(rij.groups.values_list("name", flat=True))
    nieuw, weg = sorted({str(rol) for rol in erbij} - heeft), sorted({str(rol) for rol in eraf} & heeft)
    if nieuw and heeft_rol(rij, *MEEBESLISSEND):
        raise InvoerFout(
            "rollen",
            f"{rij.naam} beslist mee of werkt voor een organisatie; dat gaat niet samen met een rol van de staf.",
        )
    straks = ({*heeft, *nieuw} - set(weg)) & set(map(str, STAFROLLEN))
    if nieuw and Rol.BEHEERDER in straks and len(straks) > 1:
        # Wie accounts maakt, leest geen dossiers en deelt geen rollen uit: anders laat één mens zichzelf overal binnen.
        raise InvoerFout("rollen", "Functioneel beheerder gaat niet samen met een andere rol van de staf.")
    rij.groups.add(*(Group.objects.get_or_create(name=naam)[0] for naam in nieuw))
    rij.groups.remove(*rij.groups.filter(name__in=weg))
    if nieuw or weg:
        gegevens = {"erbij": nieuw, "eraf": weg}
        leg_vast(soort="toegang.zet_rollen", object=rij, door=door, reden=reden, gegevens=gegevens)
    vergeet(gebruiker)
    return rij


@transaction.atomic
def sluit_account(*, gebruiker: Gebruiker, reden: str, door: Gebruiker | None = None) -> None:
    """Laat iemand niet meer binnen en beëindig zijn zittingen; wat op zijn naam staat, blijft. Werpt InvoerFout."""
    _zet_open(gebruiker, "toegang.sluit_account", reden, door, open_=False)
    _beeindig(gebruiker)


@transaction.atomic
def heropen_account(*, gebruiker: Gebruiker, reden: str, door: Gebruiker | None = None) -> None:
    """Laat iemand met een gesloten account weer binnen, met de rollen die hij nog heeft. Werpt InvoerFout."""
    _zet_open(gebruiker, "toegang.heropen_account", reden, door, open_=True)


def _zet_open(gebruiker: Gebruiker, soort: str, reden: str, door: Gebruiker | None, *, open_: bool) -> None:
    _eis_reden(reden)
    rij = Gebruiker.objects.select_for_update(of=("self",)).get(pk=gebruiker.pk)
    if rij.is_active == open_:
        raise InvoerFout("", f"Dit account is al {'open' if open_ else 'gesloten'}.")
    rij.is_active = gebruiker.is_active = open_
    rij.save(update_fields=["is_active"])
    leg_vast(soort=soort, object=rij, door=door, reden=reden)


@transaction.atomic
def beeindig_zittingen(*, gebruiker: Gebruiker, reden: str, door: Gebruiker | None = None) -> int:
    """Log iemand overal uit en geef hoeveel zittingen dat waren. Werpt InvoerFout als er geen is, en zonder reden."""
    _eis_reden(reden)
    weg = _beeindig(gebruiker)
    if not weg:
        raise InvoerFout("", "Deze persoon is nergens ingelogd.")
    leg_vast(soort="toegang.beeindig_zittingen", object=gebruiker, door=door, reden=reden, gegevens={"aantal": weg})
    return weg


def _beeindig(gebruiker: Gebruiker) -> int:
    zittingen = list(UserSession.objects.filter(user=gebruiker))
    for zitting in zittingen:
        zitting.end()
    return len(zittingen)


def _eis_naam(naam: str) -> str:
    naam = " ".join(naam.split())
    if not naam:
        raise InvoerFout("naam", "Geef de naam van deze persoon.")
    if len(naam) > NAAM_HOOGSTENS:
        raise InvoerFout("naam", f"Deze naam is {len(naam)} tekens; er passen er {NAAM_HOOGSTENS} in.")
    return naam


def _eis_reden(reden: str) -> None:
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden, bijvoorbeeld wie hierom vroeg; die komt in het logboek.")


def wis_tweede_stap(
    *, gebruiker: Gebruiker, reden: str, door: Gebruiker | None = None, ook_wachtwoord: bool = False
) -> int:
    """Haal elke tweede stap van dit account weg en beëindig zijn zittingen; geeft hoeveel er weg zijn.

    Voor wie alles kwijt is. De beheerder stelt eerst vast wie het is; de reden staat in het logboek. Met
    `ook_wachtwoord` geldt ook het wachtwoord niet meer: wie het van een ander weet, komt er zonder diens postbus dan
    niet mee binnen. Werpt ValueError zonder reden.
    """
    if not reden.strip():
        raise ValueError("Geef een reden, bijvoorbeeld hoe u vaststelde wie het is.")
    with transaction.atomic():
        weg, _ = Authenticator.objects.filter(user=gebruiker).delete()
        _beeindig(gebruiker)
        gegevens: dict[str, Any] = {"aantal": weg}
        if ook_wachtwoord:
            gebruiker.set_unusable_password()
            gebruiker.save(update_fields=["password"])
            gegevens["ook_wachtwoord"] = True
        leg_vast(soort="toegang.wis_tweede_stap", object=gebruiker, door=door, reden=reden, gegevens=gegevens)
    return weg


def ruim_zittingen() -> int:
    """Wis sessies die voorbij zijn, met wat er van netwerkadres en browser bij stond; geeft hoeveel."""
    voorbij = Session.objects.filter(expire_date__lt=nu())
    weg, _ = voorbij.delete()
    over = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=over).delete()
    return weg
