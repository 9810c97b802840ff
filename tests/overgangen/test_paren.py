"""Geval 16: van elke toestandsmachine elk paar, geprobeerd in de database zelf, met de trigger zoals die er staat."""

import itertools

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django_fsm import FSMField

from overgangen.uitvoering import paren, toestandsveld

MACHINES = [m for m in apps.get_models() if any(isinstance(v, FSMField) for v in m._meta.get_fields())]


def lukt(sql, waarden):
    """Geef of de database dit toelaat; weigert zij om iets anders dan de stand, dan valt de toets."""
    reden = "mag niet"
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(sql, waarden)
            return True
        except DatabaseError as fout:
            reden = str(fout)
    assert "mag niet" in reden
    return False


@pytest.mark.django_db
@pytest.mark.parametrize("model", MACHINES, ids=lambda m: m.__name__)
def test_elk_paar_van_elke_machine(model):
    veld, tabel = toestandsveld(model), model._meta.db_table
    standen = [str(waarde) for waarde, _ in veld.flatchoices]
    with connection.cursor() as cursor:
        # Een kopie zonder andere eisen: zo staat er in elke stand een rij, en zegt alleen de trigger ja of nee.
        cursor.execute(f"CREATE TEMP TABLE kopie ON COMMIT DROP AS SELECT * FROM {tabel} WITH NO DATA")
        for nummer, stand in enumerate(standen):
            cursor.execute(f"INSERT INTO kopie (id, {veld.column}) VALUES (%s, %s)", [nummer, stand])
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s",
            [tabel, f"{tabel}_bewaak"],
        )
        (trigger,) = cursor.fetchone()
        cursor.execute(trigger.replace(f" ON public.{tabel} ", " ON kopie "))
    gelukt = set()
    for van, naar in itertools.permutations(standen, 2):
        with transaction.atomic():
            if lukt(f"UPDATE kopie SET {veld.column} = %s WHERE id = %s", [naar, standen.index(van)]):
                gelukt.add((van, naar))
            transaction.set_rollback(True)
    assert gelukt == {(van, naar) for van, naar in paren(model) if van != naar}
    begin = {s for s in standen if lukt(f"INSERT INTO kopie (id, {veld.column}) VALUES (-1, %s)", [s])}
    assert str(veld.get_default()) in begin
    assert len(begin) < len(standen), "niet elke stand is een begin"


def test_het_zijn_ze_allemaal():
    assert {"Adviestraject", "Vergadering", "Termijn", "Reactie"} <= {m.__name__ for m in MACHINES}
