"""Wat de database zelf weigert: wissen zonder een lijst die twee mensen aftekenden."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import RunSQL

from kern.migraties import AlleenToevoegen


class Vernietigbewaking(RunSQL):
    """De functies die zeggen of een rij weg mag, die een lijst uitvoeren, en die een lijst vastzetten."""

    def __init__(self) -> None:
        super().__init__(
            sql="""
                CREATE FUNCTION vernietiging_mag(welke text, rij bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
                    SELECT EXISTS (
                        SELECT 1 FROM vernietiging_postrij r
                        JOIN vernietiging_post p ON p.id = r.post_id
                        JOIN vernietiging_vernietigingslijst l ON l.id = p.lijst_id
                        WHERE r.object_id = rij AND p.tabel = welke AND p.uitgezonderd_tot IS NULL
                          AND l.stand = 'vernietigd' AND l.transactie = pg_current_xact_id()::text::bigint
                          AND l.goedgekeurd_door_id <> l.bevestigd_door_id
                    )
                $$;
                CREATE FUNCTION vernietiging_bewaak() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF vernietiging_mag(TG_TABLE_NAME, OLD.id) THEN RETURN OLD; END IF;
                    RAISE EXCEPTION '%issen uit % kan alleen met een lijst die twee mensen aftekenden',
                        CASE WHEN TG_NARGS > 0 THEN 'Hier wordt alleen toegevoegd; w' ELSE 'W' END, TG_TABLE_NAME
                        USING ERRCODE = 'restrict_violation';
                END $$;
                CREATE FUNCTION vernietiging_bewaak_gesloten() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF vernietiging_mag(TG_TABLE_NAME, OLD.id) OR NOT EXISTS (
                        SELECT 1 FROM adviezen_adviestraject t WHERE t.id = OLD.traject_id AND t.stap IN
                            ('aangeboden', 'niet_in_behandeling', 'ingetrokken', 'beeindigd_zonder_advies')
                    ) THEN RETURN OLD; END IF;
                    RAISE EXCEPTION 'Wissen uit % kan na het sluiten alleen met een lijst die twee mensen aftekenden',
                        TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
                END $$;

                -- Als eigenaar van de tabellen: de rol van het web mag in het leeslog alleen toevoegen.
                CREATE FUNCTION vernietiging_voer_uit(welke bigint) RETURNS bigint LANGUAGE plpgsql
                    SECURITY DEFINER SET search_path = public, pg_temp AS $$
                DECLARE een vernietiging_post%ROWTYPE; weg bigint; totaal bigint := 0;
                BEGIN
                    FOR een IN SELECT * FROM vernietiging_post
                               WHERE lijst_id = welke AND uitgezonderd_tot IS NULL ORDER BY id LOOP
                        EXECUTE format('DELETE FROM %I t USING vernietiging_postrij r
                                        WHERE r.post_id = $1 AND t.id = r.object_id', een.tabel) USING een.id;
                        GET DIAGNOSTICS weg = ROW_COUNT;
                        IF weg <> een.aantal THEN
                            RAISE EXCEPTION 'Post % telt % rijen en niet %', een.id, weg, een.aantal
                                USING ERRCODE = 'integrity_constraint_violation';
                        END IF;
                        totaal := totaal + weg;
                    END LOOP;
                    RETURN totaal;
                END $$;

                CREATE FUNCTION vernietiging_zet_vast() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE' OR OLD.stand IN ('vernietigd', 'afgewezen') OR OLD.peildag <> NEW.peildag
                       OR (OLD.goedgekeurd_door_id IS NOT NULL
                           AND OLD.goedgekeurd_door_id IS DISTINCT FROM NEW.goedgekeurd_door_id) THEN
                        RAISE EXCEPTION 'Deze lijst verandert niet meer' USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER vernietiging_lijst_vast BEFORE UPDATE OR DELETE ON vernietiging_vernietigingslijst
                    FOR EACH ROW EXECUTE FUNCTION vernietiging_zet_vast();
                CREATE FUNCTION vernietiging_zet_post_vast() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE welke bigint;
                BEGIN
                    IF TG_OP = 'DELETE' THEN
                        RAISE EXCEPTION 'Een post blijft staan' USING ERRCODE = 'restrict_violation';
                    END IF;
                    IF TG_TABLE_NAME = 'vernietiging_postrij' THEN
                        SELECT p.lijst_id INTO welke FROM vernietiging_post p WHERE p.id = NEW.post_id;
                    ELSE
                        welke := NEW.lijst_id;
                    END IF;
                    IF NOT EXISTS (SELECT 1 FROM vernietiging_vernietigingslijst l
                                   WHERE l.id = welke AND l.stand = 'voorgesteld') THEN
                        RAISE EXCEPTION 'Deze lijst verandert niet meer' USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER vernietiging_post_vast BEFORE INSERT OR UPDATE OR DELETE ON vernietiging_post
                    FOR EACH ROW EXECUTE FUNCTION vernietiging_zet_post_vast();
                CREATE TRIGGER vernietiging_postrij_vast BEFORE INSERT OR UPDATE OR DELETE ON vernietiging_postrij
                    FOR EACH ROW EXECUTE FUNCTION vernietiging_zet_post_vast();

                -- Twee namen op de rij is niet genoeg: beide mensen staan met hun handeling in het logboek.
                CREATE FUNCTION vernietiging_eis_twee() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.stand = 'vernietigd' AND (
                        SELECT count(DISTINCT g.actor_id) FROM logboek_gebeurtenis g
                        WHERE g.object_soort = 'vernietiging.vernietigingslijst' AND g.object_id = NEW.id::text
                          AND (g.soort, g.actor_id) IN (('vernietiging.keur_goed', NEW.goedgekeurd_door_id),
                                                        ('vernietiging.bevestig', NEW.bevestigd_door_id))
                    ) <> 2 THEN
                        RAISE EXCEPTION 'Vernietigen vraagt twee verschillende mensen in het logboek'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NULL;
                END $$;
                CREATE CONSTRAINT TRIGGER vernietiging_lijst_twee AFTER INSERT OR UPDATE
                    ON vernietiging_vernietigingslijst DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION vernietiging_eis_twee();
            """,
            reverse_sql="""
                DROP TRIGGER vernietiging_lijst_twee ON vernietiging_vernietigingslijst;
                DROP TRIGGER vernietiging_postrij_vast ON vernietiging_postrij;
                DROP TRIGGER vernietiging_post_vast ON vernietiging_post;
                DROP TRIGGER vernietiging_lijst_vast ON vernietiging_vernietigingslijst;
                DROP FUNCTION vernietiging_eis_twee();
                DROP FUNCTION vernietiging_zet_post_vast();
                DROP FUNCTION vernietiging_zet_vast();
                DROP FUNCTION vernietiging_voer_uit(bigint);
                DROP FUNCTION vernietiging_bewaak_gesloten();
                DROP FUNCTION vernietiging_bewaak();
                DROP FUNCTION vernietiging_mag(text, bigint);
            """,
        )

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (self.__class__.__name__, [], {})


class AlleenMetLijst(RunSQL):
    """Laat uit een tabel alleen wissen wat op een afgetekende lijst staat; `waar` beperkt welke rijen dit betreft.

    `toevoegen`: een tabel waaraan alleen toegevoegd wordt; wijzigen blijft daar geweigerd. `gesloten`: pas als het
    dossier gesloten is, daarvoor ruimt het schrijven zelf op.
    """

    def __init__(self, tabel: str, *, toevoegen: bool = False, gesloten: bool = False, waar: str = "") -> None:
        self.tabel, self.toevoegen, self.gesloten, self.waar = tabel, toevoegen, gesloten, waar
        functie = "vernietiging_bewaak_gesloten" if gesloten else "vernietiging_bewaak"
        alleen_wijzigen = f"""
            DROP TRIGGER {tabel}_alleen_toevoegen_rij ON {tabel};
            CREATE TRIGGER {tabel}_alleen_toevoegen_rij BEFORE UPDATE ON {tabel}
                FOR EACH ROW EXECUTE FUNCTION kern_weiger_wijziging();
        """
        merk = "'toevoegen'" if toevoegen else ""
        terug = f"DROP TRIGGER IF EXISTS {tabel}_vernietig ON {tabel};"
        super().__init__(
            sql=f"""
                {alleen_wijzigen if toevoegen else ""}
                CREATE TRIGGER {tabel}_vernietig BEFORE DELETE ON {tabel}
                    FOR EACH ROW {f"WHEN ({waar})" if waar else ""} EXECUTE FUNCTION {functie}({merk});
            """,
            reverse_sql=f"{terug} {AlleenToevoegen(tabel).reverse_sql} {AlleenToevoegen(tabel).sql}"
            if toevoegen
            else terug,
        )

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        opties = {"toevoegen": self.toevoegen, "gesloten": self.gesloten, "waar": self.waar}
        return (self.__class__.__name__, [self.tabel], {naam: waarde for naam, waarde in opties.items() if waarde})
