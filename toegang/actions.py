"""Schrijven rond het inloggen: een tweede stap weghalen, en sessies die voorbij zijn."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from kern.tijd import nu
from logboek.actions import leg_vast
from toegang.models import Gebruiker


def wis_tweede_stap(*, gebruiker: Gebruiker, reden: str) -> int:
    """Haal elke tweede stap van dit account weg en beëindig zijn zittingen; geeft hoeveel er weg zijn.

    Voor wie alles kwijt is. De beheerder stelt eerst vast wie het is; de reden staat in het logboek.
    Werpt ValueError zonder reden.
    """
    if not reden.strip():
        raise ValueError("Geef een reden, bijvoorbeeld hoe u vaststelde wie het is.")
    with transaction.atomic():
        weg, _ = Authenticator.objects.filter(user=gebruiker).delete()
        for zitting in UserSession.objects.filter(user=gebruiker):
            zitting.end()
        leg_vast(soort="toegang.wis_tweede_stap", object=gebruiker, door=None, reden=reden, gegevens={"aantal": weg})
    return weg


def ruim_zittingen() -> int:
    """Wis sessies die voorbij zijn, met wat er van netwerkadres en browser bij stond; geeft hoeveel."""
    voorbij = Session.objects.filter(expire_date__lt=nu())
    weg, _ = voorbij.delete()
    over = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=over).delete()
    return weg
