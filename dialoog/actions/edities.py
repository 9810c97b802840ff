"""Edities samenstellen, bewerken, vrijgeven en versturen. Elke editie gaat hooguit één keer naar elk adres."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from berichten.actions import stuur_rond
from dialoog import queries
from dialoog.bronnen import bron
from dialoog.enums import Ritme
from dialoog.models import Abonnement, Editie, Verzending
from dialoog.permissions import mag_nieuwsupdate
from kern.fouten import GeenToegang, InvoerFout, PortaalFout, VerouderdeVersie
from kern.tijd import WACHTTIJD, nu
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from toegang.models import Gebruiker

logger = logging.getLogger(__name__)
LANGSTE_TEKST = 600
OUDSTE = timedelta(days=45)  # verder terug is geen nieuws, ook niet na lange stilte


@transaction.atomic
def stel_samen(*, ritme: str, tot: datetime) -> Editie | None:
    """Stel de editie samen van wat tot `tot` openbaar werd sinds de vorige; None als er niets is of zij er al is.

    Zonder nieuws komt er geen editie, en begint de volgende waar deze begonnen zou zijn. Per dag en per week is de
    editie meteen vrijgegeven; een nieuwsupdate wacht op communicatie.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('dialoog:' || %s))", [ritme])
    if Editie.objects.filter(ritme=ritme, tot__gte=tot).exists():
        return None
    van = max(queries.begin_van(ritme, tot), tot - OUDSTE)
    nieuws = bron().nieuws(van, tot)
    if not nieuws:
        return None
    vorige = Editie.objects.filter(ritme=ritme).order_by("-nummer").first()
    vanzelf = ritme != Ritme.NIEUWSUPDATE
    editie = Editie.objects.create(
        ritme=ritme,
        nummer=vorige.nummer + 1 if vorige else 1,
        van=van,
        tot=tot,
        onderdelen=[{**n.als_dict(), "mee": True, "herschreven": False} for n in nieuws],
        vrijgegeven_op=nu() - WACHTTIJD if vanzelf else None,
    )
    leg_vast(soort="dialoog.stel_samen", object=editie, door=None, gegevens={"onderdelen": len(nieuws)})
    return editie


@transaction.atomic
def bewerk(
    *, editie: Editie, rijversie: int, inleiding: str, onderdelen: dict[str, tuple[bool, str]], door: "Gebruiker"
) -> Editie:
    """Wijzig de inleiding, en per onderdeel (sleutel) of het meegaat en zijn tekst; geef de editie.

    Werpt VerouderdeVersie als een ander eerder was, PortaalFout na vrijgave, InvoerFout bij een te lange tekst.
    """
    rij = _vergrendel(editie, rijversie, door)
    if len(inleiding) > 2000:
        raise InvoerFout("inleiding", "De inleiding telt ten hoogste 2.000 tekens.")
    nieuw: list[dict[str, Any]] = []
    for onderdeel in queries.bijgewerkt(rij):
        mee, tekst = onderdelen.get(onderdeel["sleutel"], (onderdeel.get("mee", True), onderdeel["tekst"]))
        if len(tekst) > LANGSTE_TEKST:
            raise InvoerFout(
                f"tekst-{onderdeel['sleutel']}",
                f"De tekst bij “{onderdeel['titel']}” telt ten hoogste {LANGSTE_TEKST} tekens.",
            )
        anders = tekst.strip() != onderdeel["tekst"]
        herschreven = anders or onderdeel.get("herschreven", True)
        nieuw.append({**onderdeel, "mee": mee, "tekst": tekst.strip(), "herschreven": herschreven})
    rij.inleiding, rij.onderdelen, rij.rijversie = inleiding.strip(), nieuw, rij.rijversie + 1
    rij.save(update_fields=["inleiding", "onderdelen", "rijversie"])
    leg_vast(soort="dialoog.bewerk", object=rij, door=door)
    return rij


@transaction.atomic
def geef_vrij(*, editie: Editie, rijversie: int, door: "Gebruiker") -> Editie:
    """Geef de nieuwsupdate vrij: na tien minuten gaat zij uit. Werpt PortaalFout als er niets in staat."""
    rij = _vergrendel(editie, rijversie, door)
    if not rij.mee:
        raise PortaalFout("Er staat niets in deze nieuwsupdate. Laat ten minste één onderdeel meegaan.")
    rij.vrijgegeven_op, rij.vrijgegeven_door, rij.rijversie = nu(), door, rij.rijversie + 1
    rij.save(update_fields=["vrijgegeven_op", "vrijgegeven_door", "rijversie"])
    leg_vast(soort="dialoog.geef_vrij", object=rij, door=door)
    return rij


@transaction.atomic
def herroep(*, editie: Editie, door: "Gebruiker") -> Editie:
    """Neem de vrijgave terug zolang er niets verstuurd is. Werpt PortaalFout als het te laat is."""
    if not mag_nieuwsupdate(door):
        raise GeenToegang
    rij = Editie.objects.select_for_update().get(pk=editie.pk)
    if rij.verstuurd_op is not None:
        raise PortaalFout("Deze nieuwsupdate is al verstuurd en kan niet meer worden herroepen.")
    rij.vrijgegeven_op, rij.vrijgegeven_door, rij.rijversie = None, None, rij.rijversie + 1
    rij.save(update_fields=["vrijgegeven_op", "vrijgegeven_door", "rijversie"])
    leg_vast(soort="dialoog.herroep", object=rij, door=door)
    return rij


def _vergrendel(editie: Editie, rijversie: int, door: "Gebruiker") -> Editie:
    if not mag_nieuwsupdate(door):
        raise GeenToegang
    rij = Editie.objects.select_for_update().get(pk=editie.pk)
    if rij.vrijgegeven_op is not None:
        raise PortaalFout("Deze nieuwsupdate is al vrijgegeven. Herroep de vrijgave om nog iets te wijzigen.")
    if rij.rijversie != rijversie:
        raise VerouderdeVersie
    return rij


@transaction.atomic
def verstuur(*, editie: Editie) -> int:
    """Zet een vrijgegeven editie klaar voor iedereen die er iets in heeft, en geef hoeveel; nog een keer doet niets."""
    rij = Editie.objects.select_for_update().get(pk=editie.pk)
    if rij.verstuurd_op is not None or rij.vrijgegeven_op is None or rij.vrijgegeven_op + WACHTTIJD > nu():
        return 0
    rij.onderdelen = queries.bijgewerkt(rij)
    per_abonnement = queries.passend(rij)
    Verzending.objects.bulk_create(
        [Verzending(editie=rij, abonnement_id=pk, sleutels=sleutels) for pk, sleutels in per_abonnement.items()],
        batch_size=500,
        ignore_conflicts=True,
    )
    adressen = Abonnement.objects.filter(pk__in=per_abonnement).order_by("pk").values_list("pk", "email")
    stuur_rond(
        brieven=(
            (email, onderwerp(rij, len(per_abonnement[pk])), f"dialoog.editie:{rij.pk}:1:{pk}")
            for pk, email in adressen
        ),
        pad="/volgen/",
    )
    rij.verstuurd_op, rij.ontvangers = nu(), len(per_abonnement)
    rij.save(update_fields=["onderdelen", "verstuurd_op", "ontvangers"])
    leg_vast(soort="dialoog.verstuur", object=rij, door=None, gegevens={"ontvangers": rij.ontvangers})
    return rij.ontvangers


def onderwerp(editie: Editie, aantal: int) -> str:
    """Geef de onderwerpregel: welke brief het is en hoeveel erin staat."""
    hoeveel = "1 onderwerp" if aantal == 1 else f"{aantal} onderwerpen"
    if editie.ritme == Ritme.NIEUWSUPDATE:
        return f"SER-nieuwsupdate {editie.nummer}: {hoeveel}"
    return f"Nieuw bij de SER: {hoeveel}"


def verwerk(op: datetime | None = None) -> dict[str, int]:
    """Doe alles wat nu aan de beurt is: samenstellen, versturen, opruimen. Mag zo vaak en zo laat als men wil.

    Elk deel staat op zichzelf: een editie die niet wil, houdt een latere niet op, en ook niet het wissen van adressen
    dat wij beloven. Zij komt de volgende keer weer. Geeft hoeveel er gebeurde, en hoeveel delen mislukten; de fouten
    staan in het log.
    """
    from dialoog.actions.volgen import veeg

    op = op or nu()
    uit = dict.fromkeys(("samengesteld", "berichten", "verlopen", "mislukt"), 0)

    def doe(wat: str, naam: str, daad: Callable[[], int]) -> None:
        try:
            uit[wat] += daad()
        except Exception:
            logger.exception("%s mislukt", naam)
            uit["mislukt"] += 1
            if not connection.in_atomic_block:  # brak de verbinding zelf, dan heeft wat volgt een nieuwe
                connection.close_if_unusable_or_obsolete()

    for ritme in Ritme.values:
        tot = queries.laatste_moment(ritme, op)
        doe("samengesteld", f"Editie per {ritme} samenstellen", partial(_samengesteld, ritme, tot))
    for editie in Editie.objects.filter(vrijgegeven_op__lte=op - WACHTTIJD, verstuurd_op__isnull=True).order_by("tot"):
        doe("berichten", f"Editie {editie.pk} versturen", partial(verstuur, editie=editie))
    doe("verlopen", "Adressen van lezers wissen", veeg)
    return uit


def _samengesteld(ritme: str, tot: datetime) -> int:
    return int(stel_samen(ritme=ritme, tot=tot) is not None)
