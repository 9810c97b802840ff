"""De secretaris herinnert organisaties die nog niet reageerden; naast de ladder van de termijn zelf."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.beraad import AANSPORINGEN, zet_herinnerd_terug
from adviezen.actions.bericht import bericht_organisatie
from adviezen.actions.handelen import feit
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.models import Achterbanberaad, Adviestraject, Deelname
from adviezen.models.zicht import gereed
from adviezen.policies.beraad import open_beraad
from adviezen.queries.aanspreken import aanspreekpunten
from adviezen.standpunten import opsomming
from berichten.actions import annuleer
from berichten.enums import Status
from berichten.models import Bericht
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
    if zonder := [str(rij.organisatie) for rij in rijen if not aanspreekpunten(rij)]:
        woord = "heeft" if len(zonder) == 1 else "hebben"
        raise InvoerFout("deelnames", f"{opsomming(zonder)} {woord} geen contact met een werkend account.")
    al = [str(r.organisatie) for r in rijen if r.herinnerd_op is not None and dag_van(r.herinnerd_op) == vandaag()]
    if al:
        raise InvoerFout("deelnames", f"{opsomming(al)} {'is' if len(al) == 1 else 'zijn'} vandaag al herinnerd.")
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


def laat_met_rust(beraad: Achterbanberaad, *, door: "Gebruiker") -> None:
    """Wie reageerde, of meereageert met wie dat deed, krijgt niet alsnog de herinnering of de tijd die nog wachtte."""
    klaar = {str(pk) for pk in beraad.deelnames.filter(gereed()).values_list("pk", flat=True)}
    terug = 0
    for wat in AANSPORINGEN:
        wacht = Bericht.objects.van_handeling(f"adviezen.{wat}:{beraad.traject_id}").filter(status=Status.WACHT)
        for feit_ in set(wacht.values_list("feit", flat=True)):
            if feit_.rpartition(":")[2] in klaar:
                terug += annuleer(feit_begin=feit_, reden="De organisatie reageerde.", door=door)
    if terug:
        zet_herinnerd_terug(beraad.traject)


def niet_herinnerd(bericht: Bericht, door: "Gebruiker") -> None:
    """De herinnering is in de postbus herroepen: zij telt niet, en mag vandaag nog eens."""
    zet_herinnerd_terug(Adviestraject.objects.get(pk=bericht.feit.split(":")[1]))
