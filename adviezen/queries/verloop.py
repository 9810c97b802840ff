"""Het verloop van een traject voor het secretariaat: de stappen, en wat er tijdens een ronde gebeurde."""

from collections.abc import Iterator
from datetime import date, datetime

from adviezen.models import Adviestraject, Knelpunt, Stapgang
from kern.componenten import Feit, Verhaal
from kern.tijd import dag_van, datum_nl
from logboek.models import Gebeurtenis
from logboek.queries import geschiedenis
from overgangen import overgangen_van

IN_EEN_RONDE = ("adviezen.verleng_beraad", "adviezen.verleng_deelname", "adviezen.herinner")
Rij = tuple[datetime, Feit]


def verhaal(traject: Adviestraject, gangen: list[Stapgang]) -> Verhaal:
    """Geef het verloop in gewone woorden, jongste eerst; van een organisatie dat zij iets meldde, niet wat."""
    rijen = [*_stappen(traject, gangen), *_tijdens_ronden(traject), *_gemeld(traject)]
    rijen.sort(key=lambda rij: rij[0], reverse=True)
    return Verhaal([feit for _, feit in rijen])


def _stappen(traject: Adviestraject, gangen: list[Stapgang]) -> Iterator[Rij]:
    labels = {o.name: (o.custom or {}).get("label", o.name) for o in overgangen_van(Adviestraject)}
    begin = "Eigen initiatief vastgelegd" if traject.eigen_initiatief else "Aanvraag geregistreerd"
    for gang in reversed(gangen):
        daad = begin if gang.overgang == "begin" else str(labels.get(gang.overgang, gang.overgang))
        yield gang.op, Feit(daad=daad, datum=dag_van(gang.op), door=gang.door_naam, toelichting=gang.reden)


def _tijdens_ronden(traject: Adviestraject) -> Iterator[Rij]:
    for rij in geschiedenis(traject).filter(soort__in=IN_EEN_RONDE):
        yield (
            rij.tijdstip,
            Feit(daad=_daad(rij), datum=dag_van(rij.tijdstip), door=rij.actor_naam, toelichting=rij.reden),
        )


def _daad(rij: Gebeurtenis) -> str:
    g = rij.gegevens
    if rij.soort == "adviezen.herinner":
        return f"Herinnering aan {', '.join(g['organisaties'])}"
    was, wordt = date.fromisoformat(g["was"]), date.fromisoformat(g["wordt"])
    wie = g.get("organisatie", "Alle organisaties")
    return f"{wie}: {'meer tijd' if wordt > was else 'dag hersteld'}, reageren tot en met {datum_nl(wordt)}"


def _gemeld(traject: Adviestraject) -> Iterator[Rij]:
    rijen = Knelpunt.objects.filter(deelname__beraad__traject=traject).select_related(
        "deelname__organisatie", "gemeld_door"
    )
    for rij in rijen:
        vraag = f"vraagt tijd tot en met {datum_nl(rij.vraagt_tot)}" if rij.vraagt_tot else "meldt een knelpunt"
        yield (
            rij.gemeld_op,
            Feit(daad=f"{rij.deelname.organisatie} {vraag}", datum=dag_van(rij.gemeld_op), door=rij.gemeld_door.naam),
        )
