"""De overgangen opzij: niet in behandeling, ingetrokken, beëindigd."""

from __future__ import annotations

from datetime import date
from typing import Any

from django_fsm import transition

from adviezen import permissions, policies
from adviezen.enums import VOOR_VASTSTELLING, Stap
from adviezen.models.vooruit import Stapzetter
from kern.tijd import vandaag


class Zijpaden(Stapzetter):
    """Een traject dat zonder advies eindigt."""

    class Meta:
        abstract = True

    def _eindig(self, overgang: str, *, datum: date, motivering: str, brief: Any) -> None:
        self.stap_voor_einde = self.stap
        self.geeindigd_op, self.einde_reden, self.einde_brief = datum, motivering, brief
        self._zet(overgang, herroepbaar=True)

    @transition(
        field="stap",
        source=Stap.TOEWIJZING,
        target=Stap.NIET_IN_BEHANDELING,
        permission=permissions.mag_db_besluit_vastleggen,
        custom={
            "label": "Neem niet in behandeling",
            "beleid": policies.toewijzing.mag_neem_niet_in_behandeling,
            "reden": False,
            "bevestig": "De adviesvrager krijgt de brief. Het publiek ziet: niet in behandeling genomen.",
        },
    )
    def neem_niet_in_behandeling(self) -> None:
        """Uit stap 2, volgens het laatst vastgelegde besluit (Toewijzing) met motivering en brief."""
        besluit = policies.toewijzing.geldend_besluit(self)  # type: ignore[arg-type]
        assert besluit is not None  # noqa: S101 - het beleid keek dit na
        self._eindig(
            "neem_niet_in_behandeling",
            datum=besluit.vergadering.datum or vandaag(),
            motivering=besluit.motivering,
            brief=besluit.brief,
        )

    @transition(
        field="stap",
        source=list(VOOR_VASTSTELLING),
        target=Stap.INGETROKKEN,
        permission=permissions.mag_intrekken,
        custom={
            "label": "Leg vast dat de aanvraag is ingetrokken",
            "beleid": policies.einde.mag_intrekken,
            "reden": True,
            "bevestig": "Het traject stopt. Wie eraan werkt krijgt bericht; het publiek ziet: ingetrokken.",
        },
    )
    def trek_in(self, *, datum: date, motivering: str, brief: Any = None) -> None:
        """De adviesvrager trok de aanvraag in op `datum`, met zijn `brief` (Bestand)."""
        self._eindig("trek_in", datum=datum, motivering=motivering, brief=brief)

    @transition(
        field="stap",
        source=list(VOOR_VASTSTELLING),
        target=Stap.BEEINDIGD,
        permission=permissions.mag_beeindigen,
        custom={
            "label": "Beëindig zonder advies",
            "beleid": policies.einde.mag_eindigen,
            "reden": True,
            "bevestig": "Het traject stopt zonder advies. Wie eraan werkt krijgt bericht; het publiek ziet: "
            "beëindigd zonder advies.",
        },
    )
    def beeindig(self, *, datum: date, motivering: str, brief: Any = None) -> None:
        """Het traject eindigt op `datum` zonder advies, met `motivering` voor het dossier."""
        self._eindig("beeindig", datum=datum, motivering=motivering, brief=brief)
