"""De bewaking van toestanden in de database zelf."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import RunSQL


class BewaakOvergangen(RunSQL):
    """Laat de database alleen de gegeven beginstanden en paren toe, en eis een gebeurtenis in dezelfde transactie.

    `model` is "app.model" in kleine letters; de systeemcontrole vergelijkt de laatste aangifte met de code. `begin`
    kan een SQL-voorwaarde dragen: ("gesloten", "NEW.kenmerk IS NOT NULL"). Een latere aangifte vervangt de vorige.
    """

    def __init__(
        self,
        model: str,
        tabel: str,
        veld: str,
        begin: Sequence[str | tuple[str, str]],
        paren: Sequence[tuple[str, str]],
    ) -> None:
        self.model, self.tabel, self.veld = model, tabel, veld
        self.begin = [b if isinstance(b, str) else tuple(b) for b in begin]
        self.paren = sorted(tuple(paar) for paar in paren)
        super().__init__(sql=self._sql(), reverse_sql=self._terug())

    def _begin_voorwaarde(self) -> str:
        delen = []
        for begin in self.begin:
            toestand, eis = (begin, "") if isinstance(begin, str) else begin
            delen.append(f"(NEW.{self.veld} = '{toestand}'" + (f" AND ({eis})" if eis else "") + ")")
        return " OR ".join(delen)

    def _sql(self) -> str:
        waarden = ", ".join(f"('{van}', '{naar}')" for van, naar in self.paren)
        t, v = self.tabel, self.veld
        return f"""
            CREATE OR REPLACE FUNCTION {t}_bewaak_{v}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    IF NOT ({self._begin_voorwaarde()}) THEN
                        RAISE EXCEPTION '{self.model} mag niet beginnen in %', NEW.{v}
                            USING ERRCODE = 'check_violation';
                    END IF;
                ELSIF NEW.{v} IS DISTINCT FROM OLD.{v}
                      AND (OLD.{v}::text, NEW.{v}::text) NOT IN ({waarden or "('', '')"}) THEN
                    RAISE EXCEPTION '{self.model} mag niet van % naar %', OLD.{v}, NEW.{v}
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
            END $$;
            CREATE OR REPLACE FUNCTION {t}_eis_gebeurtenis() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND NEW.{v} IS NOT DISTINCT FROM OLD.{v} THEN RETURN NULL; END IF;
                IF NOT EXISTS (
                    SELECT 1 FROM logboek_gebeurtenis g
                    WHERE g.object_soort = '{self.model}' AND g.object_id = NEW.id::text
                      AND g.transactie = pg_current_xact_id()::text::bigint
                ) THEN
                    RAISE EXCEPTION 'wijziging van {self.model} % zonder gebeurtenis in het logboek', NEW.id
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NULL;
            END $$;
            DROP TRIGGER IF EXISTS {t}_bewaak ON {t};
            CREATE TRIGGER {t}_bewaak BEFORE INSERT OR UPDATE ON {t}
                FOR EACH ROW EXECUTE FUNCTION {t}_bewaak_{v}();
            DROP TRIGGER IF EXISTS {t}_gebeurtenis ON {t};
            CREATE CONSTRAINT TRIGGER {t}_gebeurtenis AFTER INSERT OR UPDATE ON {t}
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {t}_eis_gebeurtenis();
        """

    def _terug(self) -> str:
        t, v = self.tabel, self.veld
        return f"""
            DROP TRIGGER IF EXISTS {t}_gebeurtenis ON {t};
            DROP TRIGGER IF EXISTS {t}_bewaak ON {t};
            DROP FUNCTION IF EXISTS {t}_eis_gebeurtenis();
            DROP FUNCTION IF EXISTS {t}_bewaak_{v}();
        """

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (
            self.__class__.__name__,
            [],
            {
                "model": self.model,
                "tabel": self.tabel,
                "veld": self.veld,
                "begin": self.begin,
                "paren": self.paren,
            },
        )
