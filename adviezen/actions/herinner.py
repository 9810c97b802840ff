"""De secretaris herinnert organisaties die nog niet reageerden; naast de ladder van de termijn zelf."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.bericht import bericht_organisatie
from adviezen.actions.handelen import feit
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.models import Adviestraject, Deelname
from adviezen.policies.beraad import open_beraad
from adviezen.queries.aanspreken import aanspreekpunten
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import dag_van, nu, vandaag
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@transaction.atomic
def herinner(
    *, traject: Adviestraject, versie: int | None, deelnames: Sequence[Deelname], door: "Gebruiker"
) -> list[Deelname]:
    """Herinner deze organisaties en geef ze; het bericht wacht tien minuten.

    Wie intussen reageerde krijgt niets. Werpt InvoerFout("deelnames") als er niemand overblijft, iemand vandaag al
    herinnerd is of geen contact heeft.
    """
    traject = vergrendel(traject.pk, versie)
    if not permissions.mag_als_commissiesecretaris(traject, door):
        raise GeenToegang
    beraad = open_beraad(traject)
    if beraad is None:
        raise InvoerFout("deelnames", "Er is geen achterbanberaad open.")
    rijen = list(
        beraad.deelnames.wachtend()
        .filter(pk__in=[d.pk for d in deelnames])
        .select_related("organisatie", "contact")
        .order_by("organisatie__naam")
    )
    if not rijen:
        raise InvoerFout("deelnames", "Kies ten minste één organisatie die nog niet reageerde.")
    for rij in rijen:
        if not aanspreekpunten(rij):
            raise InvoerFout("deelnames", f"{rij.organisatie} heeft geen contact met een werkend account.")
        if rij.herinnerd_op is not None and dag_van(rij.herinnerd_op) == vandaag():
            raise InvoerFout("deelnames", f"{rij.organisatie} is vandaag al herinnerd.")
    hoog_op(traject)
    for rij in rijen:
        rij.herinnerd_op = nu()
        rij.save(update_fields=["herinnerd_op"])
        bericht_organisatie(
            rij,
            onderwerp="Herinnering: uw organisatie is om een reactie gevraagd",
            feit=feit(traject, "herinner", str(rij.pk)),
            door=door,
        )
    leg_vast(
        soort="adviezen.herinner", object=traject, door=door,
        gegevens={"organisaties": [str(rij.organisatie) for rij in rijen]},
    )  # fmt: skip
    return rijen
