"""Wat het portaal van iemand bewaart, voor hemzelf (AVG, artikelen 15 en 20).

Alleen wat over hem gaat of wat hij zelf schreef: dus ook na zijn laatste rol, en nooit de tekst van een stuk of wat een
ander schreef. Geheimen (wachtwoord, codes, sleutels van zittingen) gaan niet mee.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from kern.tijd import nu

if TYPE_CHECKING:
    from toegang.models import Gebruiker

VAN_MIJN_PERSOON = "persoon__gebruiker"


@dataclass(frozen=True)
class Soort:
    """Rijen van één model die over iemand gaan: langs welk veld, welke kolommen hij krijgt, en eventueel welke niet."""

    naam: str
    model: str
    veld: str
    kolommen: tuple[str, ...]
    waar: Callable[[], Q] = Q


def aangekomen() -> Q:
    """Geef de voorwaarde op berichten: wat nog wacht of is herroepen, heeft niemand gekregen."""
    return Q(niet_voor__lte=nu()) & ~Q(status="herroepen")


SOORTEN = (
    Soort("Account", "toegang.Gebruiker", "pk", ("naam", "email", "aangemaakt_op", "last_login", "is_active")),
    Soort("E-mailadressen", "account.EmailAddress", "user", ("email", "verified", "primary")),
    Soort("Tweede stap", "mfa.Authenticator", "user", ("type", "created_at", "last_used_at")),
    Soort("Inloggen via een provider", "socialaccount.SocialAccount", "user", ("provider", "uid", "date_joined")),
    Soort("Zittingen", "usersessions.UserSession", "user", ("created_at", "last_seen_at", "ip", "user_agent")),
    Soort("Persoon", "raad.Persoon", "gebruiker", ("naam", "sorteernaam")),
    Soort("Benoemingen", "raad.Benoeming", VAN_MIJN_PERSOON, ("zetel__nummer", "soort", "van", "tot")),
    Soort("Voorzitterschappen", "raad.Voorzitterschap", VAN_MIJN_PERSOON, ("functie", "van", "tot")),
    Soort("Plaatsen in het dagelijks bestuur", "raad.DagelijksBestuurslid", VAN_MIJN_PERSOON, ("van", "tot")),
    Soort("Namens een ministerie", "raad.MinisterieVertegenwoordiger", VAN_MIJN_PERSOON, ("ministerie", "van", "tot")),
    Soort("Nevenfuncties", "raad.Nevenfunctie", VAN_MIJN_PERSOON, ("functie", "waar", "betaald", "van", "tot")),
    Soort("Commissies", "commissies.Commissielid", VAN_MIJN_PERSOON, ("commissie__naam", "rol", "van", "tot")),
    Soort(
        "Contact van een organisatie",
        "raad.OrganisatieContact",
        "gebruiker",
        ("organisatie__naam", "rol", "van", "tot"),
    ),
    Soort("Hoofdelijke stemmen", "vergaderingen.Stem", VAN_MIJN_PERSOON, ("ronde_id", "keuze", "vastgelegd_op")),
    Soort(
        "Aanwezigheid", "vergaderingen.Presentie", VAN_MIJN_PERSOON, ("vergadering__datum", "hoedanigheid", "aanwezig")
    ),
    Soort(
        "Vervangingen",
        "vergaderingen.Vervanging",
        "vervanger__gebruiker",
        ("agendapunt__vergadering__datum", "zetel__nummer"),
    ),
    Soort(
        "Onthoudingen van medestemmen",
        "vergaderingen.Onthouding",
        VAN_MIJN_PERSOON,
        ("agendapunt__vergadering__datum", "reden"),
    ),
    Soort(
        "Stickers bij een themasessie",
        "vergaderingen.Sticker",
        VAN_MIJN_PERSOON,
        ("agendapunt__vergadering__datum", "nummer"),
    ),
    Soort("Ingeleverde stembriefjes", "vergaderingen.Stembriefje", VAN_MIJN_PERSOON, ("ronde_id",)),
    Soort("Bundels op uw naam", "vergaderingen.Bundel", "lezer", ("vergadering__datum", "gevraagd_op")),
    Soort(
        "Meelezen voor een organisatie",
        "adviezen.Meelezer",
        "gebruiker",
        ("organisatie__naam", "van", "tot", "geheimhouding_op"),
    ),
    Soort("Lezen onder embargo", "adviezen.Perslezer", "gebruiker", ("medium", "toegelaten_op", "embargo_aanvaard_op")),
    Soort("Opmerkingen die u schreef", "adviezen.Opmerking", "auteur", ("aangemaakt_op", "tekst", "voorstel")),
    Soort("Opmerkingen aan de kroonleden", "adviezen.Kroonledenopmerking", "auteur", ("op", "tekst")),
    Soort("Notities die u schreef", "adviezen.InterneNotitie", "auteur", ("aangemaakt_op", "tekst")),
    Soort(
        "Voorlopige standpunten",
        "adviezen.VoorlopigStandpunt",
        "gebruiker",
        ("aangemaakt_op", "keuze", "tekst", "gedeeld_met"),
    ),
    Soort("Knelpunten die u meldde", "adviezen.Knelpunt", "gemeld_door", ("gemeld_op", "tekst")),
    Soort("Antwoorden bij knelpunten", "adviezen.Knelpuntbericht", "auteur", ("op", "tekst")),
    Soort("Wat u van een verwachte vraag vond", "adviezen.Bestuursmening", "door", ("op", "wens", "toelichting")),
    Soort(
        "Berichten aan u",
        "berichten.Bericht",
        "ontvanger",
        ("aangemaakt_op", "onderwerp", "tekst", "gelezen_op"),
        aangekomen,
    ),
)


def van(gebruiker: "Gebruiker") -> Iterator[tuple[Soort, list[dict[str, Any]]]]:
    """Geef per soort de rijen van deze mens, oudste eerst; een soort zonder rijen ook."""
    for soort in SOORTEN:
        yield soort, list(_rijen(soort, gebruiker).order_by("pk").values(*soort.kolommen))


def aantallen(gebruiker: "Gebruiker") -> list[tuple[str, int]]:
    """Geef per soort hoeveel er van deze mens is, geteld door de database: na tien jaar zijn het er tienduizenden."""
    return [(soort.naam, _rijen(soort, gebruiker).count()) for soort in SOORTEN]


def _rijen(soort: Soort, gebruiker: "Gebruiker") -> QuerySet[Model]:
    model: type[Model] = apps.get_model(soort.model)
    return model._default_manager.filter(soort.waar(), **{soort.veld: gebruiker.pk})
