"""Wat de functioneel beheerder met accounts doet, en wie de rollen geeft. Niemand doet iets aan zijn eigen account.

Wie een account overneemt, komt in de dossiers van die persoon. Daarom wijzigt hier niemand een e-mailadres of
wachtwoord, hoort de persoon het meteen, en hoort ook wie rollen geeft het.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from beheer import mails, permissions
from beheer.queries import krijgt_een_stem, stafrollen, tekorten_bij_stoppen
from kern.beurt import wacht_op_beurt
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie, eis
from logboek.actions import leg_vast
from logboek.queries import Lezer, lezers_van
from raad.regels import SLOT
from toegang import actions as toegang
from toegang.enums import STAFROLLEN, Rol
from toegang.models import Gebruiker
from toegang.rollen import vergeet
from werkplek.queries_waarom import stukken_bij


def _eis_ander(gebruiker: Gebruiker, door: Gebruiker, mag: Callable[[Any, Any], bool]) -> None:
    """Werp GeenToegang voor wie dit niet mag, en InvoerFout voor wie het bij zichzelf doet."""
    if not mag(None, door):
        raise GeenToegang
    if gebruiker.pk == door.pk:
        raise InvoerFout("", "Dit is uw eigen account. Dit doet iemand anders voor u.")


def _neem_beurt(door: Gebruiker) -> None:
    """Wie er rollen geeft, verandert één voor één: anders telt elk van twee de ander mee, en blijft er niemand over.

    Wat `door` mag geldt opnieuw: misschien verloor hij zijn rol terwijl hij wachtte.
    """
    wacht_op_beurt("beheer_rolgevers")
    vergeet(door)


@transaction.atomic
def maak_account(*, naam: str, email: str, reden: str, door: Gebruiker) -> Gebruiker:
    """Maak een account zonder rol en geef het terug; na tien minuten gaat de e-mail met de link voor een wachtwoord.

    Sluit men het account voor die tijd, dan gaat zij niet. Werpt GeenToegang, en InvoerFout bij het veld.
    """
    if not permissions.mag_accounts(None, door):
        raise GeenToegang
    gebruiker = toegang.maak_account(email=email, naam=naam, reden=reden, door=door)
    mails.meld_zelf(
        gebruiker, soort=mails.NIEUW, onderwerp="U heeft een account in het portaal", wacht=True, door=door,
        tekst="Kies een wachtwoord met de link in de e-mail.",
    )  # fmt: skip
    return gebruiker


@transaction.atomic
def wijzig_naam(*, gebruiker: Gebruiker, naam: str, was: str, reden: str, door: Gebruiker) -> Gebruiker:
    """Verbeter de naam van een account. Werpt VerouderdeVersie als de naam niet meer `was` is, en InvoerFout."""
    _eis_ander(gebruiker, door, permissions.mag_accounts)
    if Gebruiker.objects.select_for_update(of=("self",)).get(pk=gebruiker.pk).naam != was:
        raise VerouderdeVersie
    rij = toegang.wijzig_naam(gebruiker=gebruiker, naam=naam, reden=reden, door=door)
    mails.meld_zelf(
        rij, soort="beheer.naam", onderwerp="Uw naam in het portaal is gewijzigd", door=door,
        tekst="De beheerder wijzigde hoe u heet. Klopt het niet, zeg het dan tegen het secretariaat.",
    )  # fmt: skip
    mails.meld_toezicht(
        rij, onderwerp="Een account heeft een andere naam", tekst=f"{was} heet nu {rij.naam}.", door=door
    )
    return rij


@transaction.atomic
def sluit_account(*, gebruiker: Gebruiker, reden: str, door: Gebruiker) -> None:
    """Laat iemand niet meer binnen; post die nog wacht gaat niet.

    Werpt GeenToegang, InvoerFout, en OvergangGeweigerd bij de laatste die rollen geeft.
    """
    _neem_beurt(door)
    _eis_ander(gebruiker, door, permissions.mag_accounts)
    eis(tekorten_bij_stoppen(gebruiker))
    toegang.sluit_account(gebruiker=gebruiker, reden=reden, door=door)
    mails.meld_toezicht(
        gebruiker, onderwerp="Een account is gesloten", tekst=f"{gebruiker.naam} kan niet meer inloggen.", door=door
    )


@transaction.atomic
def heropen_account(*, gebruiker: Gebruiker, reden: str, door: Gebruiker) -> None:
    """Laat iemand weer binnen, zonder de rollen van de staf die hij had: die geeft een ander opnieuw.

    Werpt GeenToegang en InvoerFout.
    """
    _eis_ander(gebruiker, door, permissions.mag_accounts)
    had = stafrollen(Gebruiker.objects.select_for_update(of=("self",)).get(pk=gebruiker.pk))
    if had:
        toegang.zet_rollen(gebruiker=gebruiker, eraf=had, reden=f"Heropend: {reden}", door=door)
    toegang.heropen_account(gebruiker=gebruiker, reden=reden, door=door)
    mails.meld_zelf(
        gebruiker, soort="beheer.heropend", onderwerp="Uw account in het portaal is heropend", door=door,
        tekst="U kunt weer inloggen. Vroeg u hier niet om, zeg het dan tegen het secretariaat.",
    )  # fmt: skip
    zin = f"{gebruiker.naam} kan weer inloggen" + (", zonder rol van de staf." if had else ".")
    mails.meld_toezicht(gebruiker, onderwerp="Een account is heropend", tekst=zin, door=door)


@transaction.atomic
def haal_tweede_stap_weg(*, gebruiker: Gebruiker, reden: str, door: Gebruiker) -> int:
    """Haal de tweede stap weg van wie alles kwijt is, en ook het wachtwoord; geeft hoeveel er weg is.

    Een nieuw wachtwoord kiest de persoon met de link die hij meteen krijgt. Zo komt ook wie het oude wachtwoord kent er
    zonder zijn postbus niet in. Werpt GeenToegang en InvoerFout.
    """
    _eis_ander(gebruiker, door, permissions.mag_accounts)
    rij = Gebruiker.objects.select_for_update(of=("self",)).get(pk=gebruiker.pk)
    if not rij.is_active:
        raise InvoerFout("", "Dit account is gesloten.")
    if not Authenticator.objects.filter(user=rij).exists():
        raise InvoerFout("", "Dit account heeft geen tweede stap.")
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden, bijvoorbeeld hoe u vaststelde wie het is.")
    weg = toegang.wis_tweede_stap(gebruiker=rij, reden=reden, door=door, ook_wachtwoord=True)
    mails.meld_zelf(
        rij, soort=mails.HERSTEL, onderwerp="Uw tweede stap is weggehaald", door=door,
        tekst="Ook uw wachtwoord geldt niet meer. Kies een nieuw met de link in de e-mail.",
    )  # fmt: skip
    mails.meld_toezicht(
        rij, onderwerp="Van een account is de tweede stap weggehaald", door=door,
        tekst=f"Het is het account van {rij.naam}. Er kwam een link voor een nieuw wachtwoord.",
    )  # fmt: skip
    return weg


@transaction.atomic
def beeindig_zittingen(*, gebruiker: Gebruiker, reden: str, door: Gebruiker) -> int:
    """Log iemand overal uit en geef op hoeveel plaatsen. Werpt GeenToegang en InvoerFout."""
    _eis_ander(gebruiker, door, permissions.mag_accounts)
    weg = toegang.beeindig_zittingen(gebruiker=gebruiker, reden=reden, door=door)
    mails.meld_zelf(
        gebruiker, soort="beheer.zittingen", onderwerp="U bent overal uitgelogd", door=door,
        tekst="De beheerder deed dit. U kunt gewoon weer inloggen.",
    )  # fmt: skip
    return weg


@transaction.atomic
def zet_rollen(
    *, gebruiker: Gebruiker, rollen: Collection[str], was: Collection[str], reden: str, door: Gebruiker
) -> Gebruiker:
    """Geef een account precies deze rollen van de staf en geef het terug.

    Werpt VerouderdeVersie als de rollen niet meer zijn wat het scherm toonde (`was`), OvergangGeweigerd bij de laatste
    die rollen geeft, GeenToegang en InvoerFout.
    """
    _neem_beurt(door)
    wacht_op_beurt(SLOT)  # wie benoemt, kijkt naar deze rollen
    _eis_ander(gebruiker, door, permissions.mag_rollen)
    rij = Gebruiker.objects.select_for_update(of=("self",)).get(pk=gebruiker.pk)
    heeft, straks = set(stafrollen(rij)), {Rol(naam) for naam in rollen}
    if {str(rol) for rol in heeft} != set(was):
        raise VerouderdeVersie
    if heeft == straks:
        raise InvoerFout("rollen", "Er verandert niets: deze rollen heeft dit account al.")
    if not rij.is_active and straks - heeft:
        raise InvoerFout("", "Dit account is gesloten. Vraag de beheerder het te heropenen.")
    if straks - heeft and krijgt_een_stem(rij):
        raise InvoerFout(
            "rollen", f"{rij.naam} beslist mee of werkt voor een organisatie, nu of straks; dat gaat niet samen met "
            "een rol van de staf.",
        )  # fmt: skip
    if not permissions.ROLGEVERS & straks:
        eis(tekorten_bij_stoppen(rij))
    toegang.zet_rollen(gebruiker=rij, erbij=straks - heeft, eraf=heeft - straks, reden=reden, door=door)
    namen = ", ".join(str(rol.label) for rol in sorted(straks & STAFROLLEN)) or "geen"
    mails.meld_zelf(
        rij, soort="beheer.rollen", onderwerp="Uw rol in het portaal is gewijzigd", door=door,
        tekst=f"Uw rollen bij het secretariaat zijn nu: {namen}.",
    )  # fmt: skip
    mails.meld_toezicht(
        rij, onderwerp="Iemand kreeg of verloor een rol", door=door, tekst=f"{rij.naam} heeft nu: {namen}."
    )
    return rij


@dataclass(frozen=True)
class Gelezen:
    """Wie één stuk opende; van het stuk alleen soort en nummer, geen titel."""

    stuk: str
    lezers: list[Lezer]


@transaction.atomic
def vraag_inzagen(*, adres: str, reden: str, door: Gebruiker) -> list[Gelezen]:
    """Geef wie de stukken achter een adres opende, en leg de vraag met haar reden vast in het logboek.

    Alleen de functioneel beheerder leest het leeslog, met een reden. Werpt GeenToegang, en InvoerFout bij
    een adres zonder stuk.
    """
    if not permissions.mag_accounts(None, door):
        raise GeenToegang
    stukken = stukken_bij(adres)
    if not stukken:
        raise InvoerFout("adres", "Achter dit adres zit geen stuk waarvan het openen wordt bijgehouden.")
    for stuk in stukken:
        leg_vast(soort="beheer.vraag_inzagen", object=stuk, door=door, reden=reden)
    return [Gelezen(f"{stuk._meta.verbose_name} {stuk.pk}", lezers_van(stuk)) for stuk in stukken]
