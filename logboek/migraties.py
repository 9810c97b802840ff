"""De keten van het logboek: een uitgestelde trigger schakelt elke gebeurtenis bij COMMIT aan haar voorganger.

Het slot wordt pas bij COMMIT genomen: een slot dat al bij INSERT genomen wordt, loopt vast op rijsloten van
twee handelingen die elkaar kruisen.
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import RunSQL

# De velden in deze volgorde vormen de tekst die gehasht wordt; een lege waarde wordt ''.
CANONIEK = """
    concat_ws(chr(31), g.id::text, to_char(g.tijdstip AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), g.soort,
        coalesce(g.actor_id::text, ''), g.actor_naam, g.object_soort, g.object_id, g.object_naam, g.reden,
        g.gegevens::text, g.transactie::text, g.voorbeeld::text)
"""


class Transactienummer(RunSQL):
    """De functie die het nummer van de lopende transactie geeft; nodig vóór de tabel."""

    def __init__(self) -> None:
        super().__init__(
            sql="""
                CREATE FUNCTION logboek_transactie() RETURNS bigint LANGUAGE sql VOLATILE
                    RETURN pg_current_xact_id()::text::bigint;
            """,
            reverse_sql="DROP FUNCTION logboek_transactie();",
        )

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (self.__class__.__name__, [], {})


class Keten(RunSQL):
    """De functies en de trigger van de keten, en de controle `logboek_breuken()`."""

    def __init__(self) -> None:
        super().__init__(
            sql=f"""
                CREATE FUNCTION logboek_hash(g logboek_gebeurtenis, vorige text) RETURNS text LANGUAGE sql STABLE
                    RETURN encode(sha256(convert_to(vorige || chr(30) || {CANONIEK}, 'UTF8')), 'hex');
                CREATE FUNCTION logboek_schakel_aan() RETURNS trigger LANGUAGE plpgsql
                    SECURITY DEFINER SET search_path = public, pg_temp AS $$
                DECLARE laatste logboek_schakel%ROWTYPE;
                BEGIN
                    PERFORM pg_advisory_xact_lock(hashtext('logboek_keten'));
                    SELECT * INTO laatste FROM logboek_schakel ORDER BY volgnummer DESC LIMIT 1;
                    INSERT INTO logboek_schakel (volgnummer, gebeurtenis_id, vorige_hash, hash)
                    VALUES (coalesce(laatste.volgnummer, 0) + 1, NEW.id, coalesce(laatste.hash, repeat('0', 64)),
                            logboek_hash(NEW, coalesce(laatste.hash, repeat('0', 64))));
                    RETURN NULL;
                END $$;
                CREATE CONSTRAINT TRIGGER logboek_gebeurtenis_keten AFTER INSERT ON logboek_gebeurtenis
                    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION logboek_schakel_aan();
                CREATE FUNCTION logboek_breuken() RETURNS TABLE (volgnummer bigint, gebeurtenis bigint, wat text)
                    LANGUAGE sql STABLE AS $$
                    WITH keten AS (
                        SELECT s.*, lag(s.hash, 1, repeat('0', 64)) OVER (ORDER BY s.volgnummer) AS voorganger,
                               row_number() OVER (ORDER BY s.volgnummer) AS positie
                        FROM logboek_schakel s
                    )
                    SELECT k.volgnummer, k.gebeurtenis_id,
                           CASE WHEN g.id IS NULL THEN 'gebeurtenis ontbreekt'
                                WHEN k.volgnummer <> k.positie THEN 'schakel ontbreekt'
                                WHEN k.vorige_hash <> k.voorganger THEN 'vorige schakel past niet'
                                ELSE 'gebeurtenis is gewijzigd' END
                    FROM keten k LEFT JOIN logboek_gebeurtenis g ON g.id = k.gebeurtenis_id
                    WHERE g.id IS NULL OR k.volgnummer <> k.positie OR k.vorige_hash <> k.voorganger
                          OR k.hash <> logboek_hash(g, k.vorige_hash)
                    UNION ALL
                    SELECT NULL, g.id, 'gebeurtenis zonder schakel'
                    FROM logboek_gebeurtenis g LEFT JOIN logboek_schakel s ON s.gebeurtenis_id = g.id
                    WHERE s.volgnummer IS NULL
                    ORDER BY 1 NULLS LAST, 2
                $$;
                CREATE FUNCTION logboek_inzage_hash(van bigint, tot bigint, vorige text) RETURNS text
                    LANGUAGE sql STABLE AS $$
                    SELECT encode(sha256(convert_to(vorige || chr(30) || coalesce(string_agg(
                        concat_ws(chr(31), i.id::text,
                            to_char(i.tijdstip AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
                            i.actor_id::text, i.actor_naam, i.object_soort, i.object_id, i.object_naam),
                        chr(30) ORDER BY i.id), ''), 'UTF8')), 'hex')
                    FROM logboek_inzage i WHERE i.id > van AND i.id <= tot
                $$;
            """,
            reverse_sql="""
                DROP FUNCTION logboek_inzage_hash(bigint, bigint, text);
                DROP FUNCTION logboek_breuken();
                DROP TRIGGER logboek_gebeurtenis_keten ON logboek_gebeurtenis;
                DROP FUNCTION logboek_schakel_aan();
                DROP FUNCTION logboek_hash(logboek_gebeurtenis, text);
            """,
        )

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (self.__class__.__name__, [], {})
