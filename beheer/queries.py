"""Accounts zoals de beheerder en wie rollen geeft ze zien: nooit iets uit een dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, QuerySet

from beheer import policies
from beheer.permissions import ROLGEVERS
from commissies.enums import STEMGERECHTIGD
from commissies.models import Commissielid
from kern.tekort import Tekort
from kern.tijd import vandaag
from logboek.actions import objectsoort
from logboek.models import Gebeurtenis
from raad.models import Benoeming, OrganisatieContact, Persoon
from toegang.enums import STAFROLLEN, Rol
from toegang.models import Gebruiker
from toegang.zoeken import accounts_met

STANDEN = (
    ("", "alle accounts"),
    ("open", "kan inloggen"),
    ("nieuw", "nog nooit ingelogd"),
    ("gesloten", "gesloten"),
    ("staf", "met een rol van de staf"),
)
# Wat er met een account gebeurde, in gewone woorden.
DADEN = {
    "toegang.maak_account": "account gemaakt",
    "toegang.zet_rollen": "rol gewijzigd",
    "toegang.sluit_account": "account gesloten",
    "toegang.heropen_account": "account heropend",
    "toegang.wis_tweede_stap": "tweede stap weggehaald",
    "toegang.beeindig_zittingen": "overal uitgelogd",
    "toegang.wijzig_naam": "naam gewijzigd",
}


def accounts(q: str = "", stand: str = "") -> QuerySet[Gebruiker]:
    """Geef accounts op naam, met hun groepen, persoon en of er een tweede stap is; een vast aantal zoekvragen.

    `q` is een deel van naam of e-mailadres; woorden mogen in elke volgorde. Een onbekende stand beperkt niet.
    """
    stap = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    rijen = accounts_met(q).annotate(tweede_stap=Exists(stap)).prefetch_related("groups").select_related("persoon")
    if stand == "open":
        rijen = rijen.filter(is_active=True)
    elif stand == "nieuw":
        rijen = rijen.filter(is_active=True, last_login=None)
    elif stand == "gesloten":
        rijen = rijen.filter(is_active=False)
    elif stand == "staf":
        rijen = rijen.filter(groups__name__in=sorted(map(str, STAFROLLEN))).distinct()
    return rijen


def stafrollen(gebruiker: Gebruiker) -> list[Rol]:
    """Geef de rollen van de staf van dit account, ook als het gesloten is; op naam."""
    namen = {groep.name for groep in gebruiker.groups.all()}
    return sorted((rol for rol in STAFROLLEN if str(rol) in namen), key=lambda rol: str(rol.label))


def persoon_van(gebruiker: Gebruiker) -> Persoon | None:
    """Geef de persoon in raad of commissie bij dit account, of None."""
    return getattr(gebruiker, "persoon", None)


@dataclass(frozen=True)
class Voorval:
    """Wat er met een account gebeurde, wanneer, door wie en waarom."""

    wat: str
    op: datetime
    door: str
    reden: str
    extra: str = ""


def geschiedenis(gebruiker: Gebruiker) -> list[Voorval]:
    """Geef wat er met dit account gebeurde, nieuwste eerst; alleen het beheer, niet wat deze persoon zelf deed."""
    rijen = Gebeurtenis.objects.filter(
        object_soort=objectsoort(Gebruiker), object_id=str(gebruiker.pk), soort__in=DADEN
    ).order_by("-pk")
    return [Voorval(DADEN[r.soort], r.tijdstip, r.actor_naam, r.reden, _extra(r.gegevens)) for r in rijen[:50]]


def _extra(gegevens: dict[str, Any]) -> str:
    """Zeg welke rol erbij kwam of weg ging, of welke naam het was."""
    delen = [f"erbij: {_labels(gegevens['erbij'])}"] if gegevens.get("erbij") else []
    delen += [f"weg: {_labels(gegevens['eraf'])}"] if gegevens.get("eraf") else []
    delen += [f"was: {gegevens['was']}"] if "was" in gegevens else []
    return "; ".join(delen)


def _labels(namen: Iterable[str]) -> str:
    return ", ".join(str(Rol(naam).label) if naam in Rol.values else naam for naam in namen)


def zittingen(gebruiker: Gebruiker) -> int:
    """Geef op hoeveel plaatsen deze persoon nu is ingelogd."""
    return sum(1 for zitting in UserSession.objects.filter(user=gebruiker) if zitting.exists())


def toezichthouders(behalve: int = 0) -> QuerySet[Gebruiker]:
    """Geef wie hoort wat er met accounts en rollen gebeurt: wie rollen mag geven, behalve wie het deed."""
    wie = Gebruiker.objects.filter(is_active=True, groups__name__in=sorted(map(str, ROLGEVERS))).exclude(pk=behalve)
    return wie.distinct().order_by("pk")


def krijgt_een_stem(gebruiker: Gebruiker) -> bool:
    """Geef of dit account nu of straks meebeslist of voor een organisatie werkt."""
    dag = vandaag()
    nu_of_straks = (
        Benoeming.objects.filter(persoon__gebruiker=gebruiker),
        Commissielid.objects.filter(persoon__gebruiker=gebruiker, rol__in=STEMGERECHTIGD),
        OrganisatieContact.objects.filter(gebruiker=gebruiker),
    )
    return any(rijen.exclude(tot__lte=dag).exists() for rijen in nu_of_straks)


def tekorten_bij_stoppen(gebruiker: Gebruiker) -> list[Tekort]:
    """Geef wat ontbreekt om dit account te sluiten of zijn laatste rol als rolgever af te nemen."""
    rolgevers = set(toezichthouders().values_list("pk", flat=True))
    return policies.mag_stoppen_met_rollen_geven(gebruiker, rolgevers=rolgevers)


def laatste_voorval(gebruiker: Gebruiker) -> int:
    """Geef het nummer van de laatste gebeurtenis over dit account: daarmee heeft elk bericht zijn eigen feit."""
    rijen = Gebeurtenis.objects.filter(object_soort=objectsoort(Gebruiker), object_id=str(gebruiker.pk))
    return int(rijen.order_by("-pk").values_list("pk", flat=True)[0])
