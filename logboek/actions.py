"""Schrijven in het logboek."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction
from django.db.models.functions import Now

from kern.kopieer import kopieer
from logboek.models import Gebeurtenis, Inzage, InzageZegel

if TYPE_CHECKING:
    from toegang.models import Gebruiker

SYSTEEM = "het portaal"


def objectsoort(object: models.Model | type[models.Model]) -> str:
    """Geef de soort zoals het logboek haar schrijft, bijvoorbeeld "adviezen.adviestraject"."""
    return str(object._meta.label_lower)


def leg_vast(
    *,
    soort: str,
    object: models.Model,
    door: "Gebruiker | None",
    reden: str = "",
    gegevens: dict[str, Any] | None = None,
) -> Gebeurtenis:
    """Schrijf één gebeurtenis en geef haar terug.

    `soort` is "app.werkwoord". Zonder `door` is het portaal zelf de actor. Moet in de transactie van de handeling
    zelf gebeuren: werpt TransactionManagementError daarbuiten, want dan zou de handeling zonder spoor kunnen blijven.
    """
    rij = _gebeurtenis(soort=soort, object=object, door=door, reden=reden, gegevens=gegevens)
    rij.save()
    return rij


def leg_vele_vast(
    *, soort: str, objecten: Sequence[models.Model], door: "Gebruiker | None", gegevens: Sequence[dict[str, Any]]
) -> None:
    """Schrijf van elk object dezelfde gebeurtenis, met haar eigen gegevens, als `leg_vast`; voor het laden van veel."""
    kopieer(
        [
            _gebeurtenis(soort=soort, object=object, door=door, gegevens=eigen)
            for object, eigen in zip(objecten, gegevens, strict=True)
        ]
    )


def _gebeurtenis(
    *, soort: str, object: models.Model, door: "Gebruiker | None", gegevens: dict[str, Any] | None, reden: str = ""
) -> Gebeurtenis:
    """Geef de rij, nog niet bewaard. Werpt TransactionManagementError buiten een transactie."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("leg_vast hoort in de transactie van de handeling")
    return Gebeurtenis(
        soort=soort,
        actor_id=None if door is None else door.pk,
        actor_naam=SYSTEEM if door is None else door.naam,
        object_soort=objectsoort(object),
        object_id=str(object.pk),
        object_naam=str(object)[:300],
        reden=reden,
        gegevens=gegevens or {},
        voorbeeld=bool(getattr(object, "voorbeeld", False)),
    )


def leg_inzage_vast(*, object: models.Model, door: "Gebruiker") -> Inzage:
    """Schrijf dat `door` een vertrouwelijk stuk opende, en geef die regel terug. Nooit de tekst van het stuk."""
    return Inzage.objects.create(
        actor_id=door.pk,
        actor_naam=door.naam,
        object_soort=objectsoort(object),
        object_id=str(object.pk),
        object_naam=str(object)[:300],
    )


@transaction.atomic
def verzegel_inzagen(ouder_dan: timedelta = timedelta(0)) -> InzageZegel | None:
    """Zet een zegel op alle nog niet verzegelde inzagen die ten minste zo oud zijn; None als er geen zijn.

    Een transactie die nog bezig is kan een lager nummer hebben dan wat al vastligt: zij zou het zegel later breken.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('logboek_inzage'))")
    vorige = InzageZegel.objects.order_by("-pk").first()
    vanaf = vorige.tot_en_met_id if vorige else 0
    tot = Inzage.objects.filter(pk__gt=vanaf, tijdstip__lte=Now() - ouder_dan).aggregate(tot=models.Max("pk"))["tot"]
    if tot is None:
        return None
    vorige_hash = vorige.hash if vorige else "0" * 64
    with connection.cursor() as cursor:
        cursor.execute("SELECT logboek_inzage_hash(%s, %s, %s)", [vanaf, tot, vorige_hash])
        hash = cursor.fetchone()[0]
    return InzageZegel.objects.create(vanaf_id=vanaf, tot_en_met_id=tot, vorige_hash=vorige_hash, hash=hash)
