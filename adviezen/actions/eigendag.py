"""Herinneren aan een eigen laatste dag: de ladder van de ronde kent alleen de dag die voor allen geldt."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from adviezen.actions.bericht import bericht_behandelaars, bericht_organisatie
from adviezen.models import Deelname
from adviezen.queries.beraad import tijdberichten
from berichten.models import Bericht
from kern.elk import doe_elk
from kern.tijd import dag_van, datum_nl, vandaag
from termijnen.ladders import ACHTERBANBERAAD, Trede, zin_bij


def herinner_op_eigen_dag() -> int:
    """Herinner organisaties aan hun eigen, latere laatste dag, en geef hoeveel er bericht kregen.

    Op dezelfde dagen ervoor en erna als de ronde (termijnen.ladders.ACHTERBANBERAAD); de dag erna hoort het
    secretariaat het ook. Wie intussen reageerde krijgt niets. Mag vaker en tegelijk: een feit gaat één keer, en stond
    de klok stil, dan gaat alleen de laatste trede. Werpt PortaalFout aan het eind als het bij iemand mislukte
    (kern.elk).
    """
    return doe_elk(list(_met_eigen_dag().values_list("pk", flat=True)), _herinner, wat="Herinneren aan een eigen dag")


def _met_eigen_dag() -> "QuerySet[Deelname]":
    later = Q(beraad__uiterlijk_op__lt=F("uiterlijk_op"))
    open_ = Q(beraad__geopend_op__isnull=False, beraad__gesloten_op__isnull=True)
    return Deelname.objects.wachtend().filter(later, open_).order_by("pk")


@transaction.atomic
def _herinner(pk: int) -> bool:
    rijen = Deelname.objects.select_for_update(of=("self",))
    rij = rijen.filter(pk__in=_met_eigen_dag().filter(pk=pk).values("pk")).select_related("beraad__traject").first()
    if rij is None or rij.uiterlijk_op is None:
        return False
    trede = _trede(rij, rij.uiterlijk_op)
    if trede is None:
        return False
    traject, dag = rij.beraad.traject, rij.uiterlijk_op
    feit = f"adviezen.eigen_dag:{traject.pk}:{dag:%Y%m%d}:{trede.naam}:{rij.pk}"
    if Bericht.objects.filter(feit=feit).exists():
        return False
    bericht_organisatie(
        rij, onderwerp="Herinnering: uw organisatie is om een reactie gevraagd", feit=feit, wacht=False, door=None,
        tekst=zin_bij((dag - vandaag()).days).format(dag=datum_nl(dag)),
    )  # fmt: skip
    if trede.dagen > 0:
        bericht_behandelaars(
            traject, onderwerp="Een organisatie reageerde niet op haar eigen laatste dag", feit=feit, blad="reacties/",
            wacht=False, door=None,
        )  # fmt: skip
    return True


def _trede(rij: Deelname, dag: date) -> Trede | None:
    """Geef de trede die nu aan de beurt is: de laatste die gekomen is, en niet van voor de dag gegeven werd."""
    gegeven = tijdberichten(rij).values_list("aangemaakt_op", flat=True).last()
    sinds = date.min if gegeven is None else dag_van(gegeven)
    gekomen = [t for t in ACHTERBANBERAAD if sinds < dag + timedelta(days=t.dagen) <= vandaag()]
    return max(gekomen, key=lambda t: t.dagen, default=None)
