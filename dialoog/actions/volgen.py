"""Aanmelden met bevestiging, wijzigen, stoppen. Het antwoord verraadt nooit of een adres ons al volgt."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction

from berichten.actions import stuur, wis_adres
from dialoog import queries
from dialoog.bronnen import bron
from dialoog.enums import Ritme
from dialoog.models import Aanmelding, Abonnement, Verzending, Volgvraag
from kern.fouten import InvoerFout
from kern.tijd import nu
from logboek.actions import leg_vast

GELDIG = timedelta(days=7)
PER_DAG = 3  # zoveel bevestigingen per adres per etmaal: niemand bestookt zo een ander
LANGST = 1000  # tekens in Aanmelding.vraag
TUSSEN = "\n"  # tussen de vragen van één aanmelding; in een vraag zelf (het vraagdeel van een adres) staat dat nooit
BEWAARD = timedelta(days=30)  # zo lang blijft staan wat aan welke lezer verstuurd is
HOOGSTENS = 25  # gevolgde vragen per adres
FEIT = "dialoog."


def _schoon_adres(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as fout:
        raise InvoerFout("email", "Dit is geen e-mailadres. Controleer het, bijvoorbeeld naam@voorbeeld.nl.") from fout
    return email


def _beurt(email: str) -> None:
    """Neem tot het eind van deze transactie de beurt voor dit adres.

    Wie veel verzoeken tegelijk stuurt, telt anders elke keer hetzelfde, en bestookt zo toch een ander; en wie
    bevestigt terwijl hij stopt, volgt iets bij een adres dat er niet meer is.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('dialoog.adres:' || %s))", [email])


@transaction.atomic
def meld_aan(*, email: str, vragen: Sequence[str], ritme: str) -> None:
    """Neem een aanmelding aan en vraag per e-mail om bevestiging. Wat er gebeurt is voor elk adres gelijk.

    Meer vragen tegelijk zijn één aanmelding met één e-mail; na de bevestiging is elk los te stoppen. Boven PER_DAG
    aanvragen in een etmaal voor hetzelfde adres gebeurt er niets meer, zonder dat te laten merken.
    Werpt InvoerFout bij een onmogelijk adres of ritme.
    """
    email = _schoon_adres(email)
    if ritme not in Ritme.values:
        raise InvoerFout("ritme", "Kies hoe vaak u bericht wilt.")
    beschreven = dict(bron().beschrijf(deel) for deel in vragen)
    kern, omschrijving = TUSSEN.join(beschreven), "; ".join(beschreven.values())
    if len(beschreven) > 1 and (len(kern) > LANGST or len(beschreven) > HOOGSTENS):
        raise InvoerFout("onderwerp", "U koos te veel onderwerpen in één keer. Kies er minder; de rest kan daarna.")
    if len(kern) > LANGST:
        raise InvoerFout("vraag", "Deze zoekvraag is te lang om te volgen. Kies minder filters.")
    moment = nu()
    _beurt(email)
    recent = Aanmelding.objects.filter(email=email, aangemaakt_op__gt=moment - timedelta(days=1))
    if recent.count() >= PER_DAG:
        return
    rij = Aanmelding.objects.create(
        email=email, vraag=kern, omschrijving=omschrijving[:500], ritme=ritme, vervalt_op=moment + GELDIG
    )
    stuur(
        email=email,
        onderwerp="Bevestig dat u de SER wilt volgen",
        pad="/volgen/",
        feit=f"dialoog.aanmelding:{rij.pk}:1",
        wacht=False,
    )


@transaction.atomic
def bevestig(*, kenmerk: uuid.UUID) -> Abonnement | None:
    """Maak van een aanmelding haar gevolgde vragen en geef het abonnement; None als zij er niet (meer) is.

    Werpt InvoerFout als dit adres al HOOGSTENS vragen volgt.
    """
    gevonden = queries.aanmelding(kenmerk)
    if gevonden is None:
        return None
    _beurt(gevonden.email)
    rij = Aanmelding.objects.select_for_update().filter(pk=gevonden.pk).first()
    if rij is None:
        return None
    abonnement, nieuw = Abonnement.objects.get_or_create(email=rij.email)
    volgt = list(abonnement.volgvragen.values_list("vraag", "ritme"))
    vragen = [vraag for vraag in rij.vraag.split(TUSSEN) if (vraag, rij.ritme) not in volgt]
    if len(volgt) + len(vragen) > HOOGSTENS:
        if len(vragen) == 1:
            raise InvoerFout("", f"U volgt al {HOOGSTENS} onderwerpen. Stop eerst met een ervan.")
        raise InvoerFout("", f"U volgt er al {len(volgt)} en kunt er {HOOGSTENS} volgen. Stop eerst met een paar.")
    for vraag in vragen:
        omschrijving = bron().beschrijf(vraag)[1][:500] if TUSSEN in rij.vraag else rij.omschrijving
        abonnement.volgvragen.create(vraag=vraag, ritme=rij.ritme, omschrijving=omschrijving)
    rij.delete()
    if nieuw:
        leg_vast(soort="dialoog.bevestig", object=abonnement, door=None)
    return abonnement


@transaction.atomic
def stop_vraag(*, abonnement: Abonnement, volgvraag: int) -> bool:
    """Volg één vraag niet meer; was het de laatste, dan verdwijnt ook het adres. Geeft of er nog iets over is."""
    _beurt(abonnement.email)
    Volgvraag.objects.filter(abonnement=abonnement, pk=volgvraag).delete()
    return _ruim_op(abonnement)


@transaction.atomic
def stop_ritme(*, kenmerk: uuid.UUID, ritme: str) -> bool:
    """Stop alles van één ritme (de afmeldlink in een e-mail). Geeft of dit adres nog iets volgt; mag vaker."""
    abonnement = queries.abonnement(kenmerk)
    if abonnement is None:
        return False
    _beurt(abonnement.email)
    abonnement.volgvragen.filter(ritme=ritme).delete()
    return _ruim_op(abonnement)


@transaction.atomic
def stop_alles(*, abonnement: Abonnement) -> None:
    """Wis dit adres en alles wat erbij hoort, ook uit de postbus."""
    _beurt(abonnement.email)
    abonnement.volgvragen.all().delete()
    _ruim_op(abonnement)


def _ruim_op(abonnement: Abonnement) -> bool:
    if Volgvraag.objects.filter(abonnement=abonnement).exists():
        return True
    if not Abonnement.objects.filter(pk=abonnement.pk).exists():  # wie twee keer klikt, is er bij de tweede niet meer
        return False
    Verzending.objects.filter(abonnement=abonnement).delete()
    Aanmelding.objects.filter(email=abonnement.email).delete()
    wis_adres(feit_soort=FEIT, email=abonnement.email)
    leg_vast(soort="dialoog.stop", object=abonnement, door=None)
    abonnement.delete()
    return False


@transaction.atomic
def veeg() -> int:
    """Wis aanmeldingen die niet bevestigd zijn, en wat ouder dan dertig dagen aan wie verstuurd is; geef hoeveel.

    Welke onderdelen een lezer kreeg, is na zijn bericht nergens meer voor nodig; het zijn er jaarlijks miljoenen.
    """
    moment = nu()
    oud = list(Aanmelding.objects.filter(vervalt_op__lte=moment).values_list("pk", "email"))
    for pk, email in oud:
        wis_adres(feit_soort=f"dialoog.aanmelding:{pk}:", email=email)
    Aanmelding.objects.filter(pk__in=[pk for pk, _ in oud]).delete()
    wis_adres(feit_soort=FEIT, voor=moment - BEWAARD)
    Verzending.objects.filter(editie__verstuurd_op__lt=moment - BEWAARD).delete()
    return len(oud)
