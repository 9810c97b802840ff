"""Bekendmakingen vastleggen en intrekken, en de onthouding van het dagelijks bestuur bij de jaarrekening."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kern.fouten import InvoerFout
from kern.tijd import datum_nl, vandaag
from logboek.actions import leg_vast
from raad import queries as raad
from toegang.models import Gebruiker
from vergaderingen import bekendmaken
from vergaderingen.actions.agenda import vergrendel_punt
from vergaderingen.actions.stemmen import leg_onthouding_vast
from vergaderingen.enums import AanwezigAls, Bekendmakingsoort
from vergaderingen.models import Agendapunt, Bekendmaking
from vergaderingen.queries import bekend_te_maken, kring


@transaction.atomic
def leg_bekendmaking_vast(
    *, agendapunt: Agendapunt, soort: str, op: date, vindplaats: str, door: Gebruiker
) -> Bekendmaking:
    """Leg vast dat iets openbaar bekend is gemaakt en geef de rij terug; zij is meteen openbaar.

    Bij een ontwerpverordening loopt vanaf `op` vier weken bezwaar. Werpt InvoerFout("soort", "op" of "vindplaats"),
    GeenToegang.
    """
    punt = vergrendel_punt(agendapunt, door=door)
    if soort not in bekend_te_maken(punt):
        raise InvoerFout("soort", "Dit is al bekendgemaakt, of hoort niet bij dit agendapunt.")
    if not vindplaats.strip():
        raise InvoerFout("vindplaats", "Noem de vindplaats, bijvoorbeeld het nummer van de Staatscourant.")
    if op > vandaag():
        raise InvoerFout("op", "Deze dag is er nog niet. Vul de dag in waarop het bekend is gemaakt.")
    dag = punt.vergadering.datum
    if soort == Bekendmakingsoort.VERORDENING and dag is not None and op < dag:
        raise InvoerFout("op", f"De raad stelde de verordening pas vast op {datum_nl(dag)}.")
    ontwerp = soort == Bekendmakingsoort.ONTWERPVERORDENING
    rij = Bekendmaking.objects.create(
        agendapunt=punt, soort=soort, titel=punt.onderwerp[:300], op=op, vindplaats=vindplaats.strip()[:200],
        bezwaar_tot=bekendmaken.bezwaar_tot(op) if ontwerp else None, voorbeeld=punt.voorbeeld,
    )  # fmt: skip
    leg_vast(
        soort="vergaderingen.leg_bekendmaking_vast", object=punt.vergadering, door=door,
        gegevens={"agendapunt": punt.pk, "soort": soort, "op": str(op), "vindplaats": rij.vindplaats},
    )  # fmt: skip
    return rij


@transaction.atomic
def trek_bekendmaking_in(*, bekendmaking: Bekendmaking, reden: str, door: Gebruiker) -> Bekendmaking:
    """Trek een verkeerd vastgelegde bekendmaking in, met reden; zij staat daarna niet meer op de openbare lijst."""
    punt = vergrendel_punt(bekendmaking.agendapunt, door=door)
    if not reden.strip():
        raise InvoerFout("reden", "Geef de reden; die komt in het dossier te staan.")
    rij = Bekendmaking.objects.get(pk=bekendmaking.pk)
    rij.ingetrokken_reden = rij.ingetrokken_reden or reden.strip()[:300]
    rij.save(update_fields=["ingetrokken_reden"])
    leg_vast(
        soort="vergaderingen.trek_bekendmaking_in", object=punt.vergadering, door=door, reden=reden.strip(),
        gegevens={"agendapunt": punt.pk, "soort": rij.soort},
    )  # fmt: skip
    return rij


@transaction.atomic
def onthoud_dagelijks_bestuur(*, agendapunt: Agendapunt, door: Gebruiker) -> int:
    """Laat elk lid van het dagelijks bestuur zich bij de jaarrekening onthouden (Wet art. 52); geef hoeveel er nu zijn.

    Nog eens verandert niets. Werpt InvoerFout bij een ander punt, en wat `leg_onthouding_vast` werpt.
    """
    punt = vergrendel_punt(agendapunt, door=door)
    if "jaarrekening" not in bekendmaken.jaarstukken(punt) or punt.vergadering.datum is None:
        raise InvoerFout("", "Dit geldt alleen bij de jaarrekening.")
    bestuur = set(raad.db_leden(punt.vergadering.datum).values_list("pk", flat=True))
    zetels = [
        g.zetel
        for g in kring(punt.vergadering)
        if g.als == AanwezigAls.LID and g.zetel is not None and g.persoon.pk in bestuur
    ]
    for zetel in zetels:
        leg_onthouding_vast(agendapunt=punt, zetel=zetel, reden="Dagelijks bestuur, art. 52.", door=door)
    return len(zetels)
