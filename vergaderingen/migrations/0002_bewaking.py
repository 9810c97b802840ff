"""De database bewaakt de standen van vergaderingen en verslagen, en dat een nummerreeks nooit daalt."""

from django.db import migrations

from overgangen.migraties import BewaakOvergangen


class Migration(migrations.Migration):
    dependencies = [
        ("vergaderingen", "0001_initial"),
        ("logboek", "0001_initial"),
    ]

    operations = [
        BewaakOvergangen(
            model="vergaderingen.vergadering",
            tabel="vergaderingen_vergadering",
            veld="status",
            # Een vergadering uit het archief is al gehouden; alleen die begint gesloten.
            begin=["gepland", ("gesloten", "NEW.kenmerk IS NOT NULL")],
            paren=[
                ("gepland", "opgeroepen"),
                ("gepland", "afgelast"),
                ("opgeroepen", "gepland"),
                ("opgeroepen", "geopend"),
                ("opgeroepen", "afgelast"),
                ("opgeroepen", "niet_doorgegaan"),
                ("geopend", "gesloten"),
            ],
        ),
        BewaakOvergangen(
            model="vergaderingen.verslag",
            tabel="vergaderingen_verslag",
            veld="status",
            begin=["concept"],
            paren=[("concept", "vastgesteld")],
        ),
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION vergaderingen_stuknummer_stijgt() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE' OR NEW.laatste < OLD.laatste OR NEW.reeks <> OLD.reeks THEN
                        RAISE EXCEPTION 'De reeks van stuknummers kan niet dalen' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER vergaderingen_stuknummer_stijgt
                    BEFORE UPDATE OR DELETE ON vergaderingen_stuknummerreeks
                    FOR EACH ROW EXECUTE FUNCTION vergaderingen_stuknummer_stijgt();
            """,
            reverse_sql="""
                DROP TRIGGER IF EXISTS vergaderingen_stuknummer_stijgt ON vergaderingen_stuknummerreeks;
                DROP FUNCTION IF EXISTS vergaderingen_stuknummer_stijgt();
            """,
        ),
    ]
