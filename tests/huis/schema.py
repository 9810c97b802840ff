"""Een schema als feiten, om twee databases te vergelijken."""

from typing import Any

EIGEN = "IN ('public', 'publiek')"
# Van elke tabel, index, beperking, trigger, view en functie van het portaal: haar volledige omschrijving.
VRAGEN = {
    "kolommen": "SELECT format('%s.%s.%s %s %s %s %s', table_schema, table_name, column_name, ordinal_position, "
    f"data_type, is_nullable, column_default) FROM information_schema.columns WHERE table_schema {EIGEN}",
    "beperkingen": "SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) "
    f"FROM pg_constraint WHERE connamespace::regnamespace::text {EIGEN}",
    "indexen": f"SELECT format('%s %s', tablename, indexdef) FROM pg_indexes WHERE schemaname {EIGEN}",
    "triggers": "SELECT format('%s %s', tgrelid::regclass, pg_get_triggerdef(oid)) FROM pg_trigger "
    "WHERE NOT tgisinternal",
    "views": f"SELECT format('%s %s', viewname, definition) FROM pg_views WHERE schemaname {EIGEN}",
    "functies": "SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang "
    f"WHERE pronamespace::regnamespace::text {EIGEN} AND l.lanname IN ('sql', 'plpgsql')",
}


def schema(cursor: Any) -> dict[str, list[str]]:
    """Geef per soort de omschrijvingen, op volgorde; wat alleen de toetsen hebben (`proef`) doet niet mee."""
    uit = {}
    for soort, vraag in VRAGEN.items():
        cursor.execute(vraag)
        uit[soort] = sorted(rij[0] for rij in cursor.fetchall() if "proef" not in rij[0])
    assert all(uit.values()), uit
    return uit
