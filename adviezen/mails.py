"""E-mails van dit huis met een eigen tekst: de uitnodiging aan wie nog geen account heeft, meelezer of journalist."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from adviezen.models import Meelezer, Perslezer
from adviezen.queries.organisatie import geldt
from adviezen.queries.uitnodiging import code_voor, zonder_inlog
from berichten.opmaak import NietMeerNodig, Opmaak

if TYPE_CHECKING:
    from berichten.models import Bericht


def uitnodiging(bericht: "Bericht") -> Opmaak:
    """Geef de uitnodiging met de link die eenmalig toegang geeft; werpt NietMeerNodig als zij niet meer geldt.

    Wie intussen al een wachtwoord koos, krijgt de gewone link. Titel en tekst van het traject staan er niet in.
    """
    meelezer = Meelezer.objects.select_related("gebruiker", "organisatie", "beraad", "toegelaten_door").get(
        pk=bericht.feit.split(":")[1]
    )
    if not geldt(meelezer):
        raise NietMeerNodig
    pad = bericht.pad
    if nieuw := zonder_inlog(meelezer.gebruiker):
        pad = reverse("organisatie:uitnodiging_nieuw", kwargs={"code": code_voor(meelezer)})
    gegevens = {"bericht": bericht, "meelezer": meelezer, "adres": f"{settings.PORTAL_ADRES}{pad}", "nieuw": nieuw}
    return Opmaak(render_to_string("adviezen/organisatie/uitnodiging_mail.txt", gegevens))


def persuitnodiging(bericht: "Bericht") -> Opmaak:
    """Geef de uitnodiging aan een journalist; werpt NietMeerNodig als de toelating gestopt is.

    Titel en tekst van het advies staan er niet in: een e-mail is geen embargo.
    """
    lezer = Perslezer.objects.select_related("gebruiker", "toegelaten_door").get(pk=bericht.feit.split(":")[1])
    if lezer.gestopt_op is not None:
        raise NietMeerNodig
    pad = bericht.pad
    if nieuw := zonder_inlog(lezer.gebruiker):
        pad = reverse("pers:uitnodiging", kwargs={"code": code_voor(lezer)})
    gegevens = {"bericht": bericht, "lezer": lezer, "adres": f"{settings.PORTAL_ADRES}{pad}", "nieuw": nieuw}
    return Opmaak(render_to_string("adviezen/pers_mail.txt", gegevens))
