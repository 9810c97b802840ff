"""Maakt van een weigering door de database een Nederlandse melding bij een veld."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, connection, transaction

from kern.beurt import wacht_op_beurt
from kern.fouten import InvoerFout

Meldingen = Mapping[str, tuple[str, str]]


def eis_tijdvak(van: date, tot: date | None) -> None:
    """Werp InvoerFout("tot") als het einde niet na het begin ligt; de database rekent niet met zo'n tijdvak."""
    if tot is not None and tot <= van:
        raise InvoerFout("tot", "De einddatum moet na de begindatum liggen.")


@contextmanager
def in_een_keer(meldingen: Meldingen, uitgesteld: Sequence[str] = (), slot: str = "") -> Iterator[None]:
    """Een transactie waarin ook de uitgestelde regels al aan het eind worden nagegaan.

    `meldingen` geeft per naam van een databaseregel (veld, tekst); een weigering wordt dan InvoerFout.
    Een regel zonder melding blijft de oorspronkelijke IntegrityError. Met een `slot` wachten handelingen met
    hetzelfde slot op elkaar: anders wachten twee overlappende invoegingen op elkaar en breekt de database er een af.
    """
    try:
        with transaction.atomic():
            if slot:
                wacht_op_beurt(slot)
            yield
            if uitgesteld:
                namen = ", ".join(connection.ops.quote_name(naam) for naam in uitgesteld)
                with connection.cursor() as cursor:
                    cursor.execute(f"SET CONSTRAINTS {namen} IMMEDIATE")
                    cursor.execute(f"SET CONSTRAINTS {namen} DEFERRED")
    except IntegrityError as fout:
        diagnose = getattr(fout.__cause__, "diag", None)
        regel = getattr(diagnose, "constraint_name", None) or ""
        if regel not in meldingen:
            raise
        raise InvoerFout(*meldingen[regel]) from fout
