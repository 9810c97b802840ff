"""Lezen uit de postbus."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, Count, F, Max, Min, QuerySet
from django.db.models.functions import Coalesce

from berichten.enums import Status
from berichten.models import SAMEN_OPNIEUW, STORING, Bericht, BerichtQuerySet
from kern.tijd import nu

if TYPE_CHECKING:
    from toegang.models import Gebruiker

GENOEMD = 5  # zoveel ontvangers van een handeling staan met hun naam op de lijst


def berichten_van(gebruiker: "Gebruiker") -> BerichtQuerySet:
    """Geef de berichten van een gebruiker waarvan de wachttijd om is, nieuwste eerst."""
    return Bericht.objects.zichtbaar_voor(gebruiker, nu())


def ongelezen(gebruiker: "Gebruiker") -> int:
    """Geef hoeveel berichten iemand nog niet geopend heeft (één zoekvraag; voor de navigatie)."""
    return berichten_van(gebruiker).filter(gelezen_op__isnull=True).count()


def wachtende_handelingen() -> "QuerySet[Bericht, Any]":
    """Geef per handeling met onverstuurde post: onderwerp, aantal, de eerste ontvangers, en wanneer zij vertrekt."""
    return (
        Bericht.objects.filter(status=Status.WACHT)
        .values("handeling")
        .alias(alle=ArrayAgg(Coalesce(F("ontvanger__naam"), F("email"), output_field=CharField()), order_by="pk"))
        .annotate(
            aantal=Count("pk"),
            eerste=Min("niet_voor"),
            laatste=Max("niet_voor"),
            onderwerp_eerste=Min("onderwerp"),
            pogingen_meest=Max("pogingen"),
            fout=Max("laatste_fout"),
            namen=F(f"alle__0_{GENOEMD}"),  # een nieuwsupdate heeft twintigduizend ontvangers
            ongenoemd=Count("pk") - GENOEMD,
        )
        .order_by("eerste", "handeling")
    )


def mislukte() -> QuerySet[Bericht]:
    """Geef wat na acht pogingen apart gelegd is, nieuwste eerst: wat jaren geleden niet lukte, ligt er nog."""
    return Bericht.objects.filter(status=Status.MISLUKT).select_related("ontvanger").order_by("-aangemaakt_op", "-pk")


def mislukte_van_kort() -> BerichtQuerySet:
    """Geef wat apart ligt en niet ouder is dan SAMEN_OPNIEUW, oudste eerst: dat mag in één keer weer in de rij."""
    return Bericht.objects.apart(nu() - SAMEN_OPNIEUW)


def van_handeling(handeling: str) -> QuerySet[Bericht]:
    """Geef alle berichten van één handeling, ook verstuurde; leeg bij een lege of onbekende handeling.

    Alleen met haar hele naam: een begin als "dialoog.editie" gaf elke volger van elke nieuwsupdate.
    """
    if not handeling or not handeling.isprintable():
        return Bericht.objects.none()
    alles = Bericht.objects.van_handeling(handeling)  # het feit heeft een index, de handeling niet
    return alles.filter(handeling=handeling).select_related("ontvanger").order_by("pk")


def achterstand() -> int:
    """Geef hoeveel berichten al vijf minuten weg hadden moeten zijn zonder één poging: dan staat de klok stil."""
    te_laat = nu() - timedelta(minutes=5)
    return Bericht.objects.gereed(te_laat).filter(pogingen=0).count()


def vast_sinds() -> datetime | None:
    """Geef sinds wanneer er post ligt omdat de mailserver niet te bereiken is; None als er geen ligt.

    Gaat er intussen andere post uit, dan telt het vanaf die keer. Een bericht dat zelf geweigerd wordt telt niet.
    """
    ligt = Bericht.objects.filter(status=Status.WACHT, pogingen__gt=0, laatste_fout__startswith=STORING)
    oudste = ligt.aggregate(oudste=Min("niet_voor"))["oudste"]
    if oudste is None:
        return None
    laatste = Bericht.objects.aggregate(laatste=Max("verstuurd_op"))["laatste"]
    return max(oudste, laatste) if laatste else oudste
