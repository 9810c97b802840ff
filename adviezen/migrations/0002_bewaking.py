from django.db import migrations

from kern.migraties import AlleenToevoegen, Onveranderlijk
from overgangen.migraties import BewaakOvergangen

# Ontwerp §4: eerst vooruit, dan terug, opzij, en herroepen zolang de berichten wachten.
VOOR_VASTSTELLING = (
    "aanvraag", "toewijzing", "concept", "achterbanberaad", "verwerking", "naar_raad", "vaststelling",
)
PAREN = [
    ("aanvraag", "toewijzing"),
    ("toewijzing", "concept"),
    ("concept", "achterbanberaad"),
    ("achterbanberaad", "verwerking"),
    ("verwerking", "naar_raad"),
    ("naar_raad", "vaststelling"),
    ("vaststelling", "aanbieding"),
    ("aanbieding", "aangeboden"),
    ("verwerking", "aanbieding"),
    ("achterbanberaad", "concept"),
    ("verwerking", "achterbanberaad"),
    ("naar_raad", "verwerking"),
    ("vaststelling", "verwerking"),
    ("vaststelling", "naar_raad"),
    ("concept", "toewijzing"),
    ("toewijzing", "niet_in_behandeling"),
    *((stap, "ingetrokken") for stap in VOOR_VASTSTELLING),
    *((stap, "beeindigd_zonder_advies") for stap in VOOR_VASTSTELLING),
    ("niet_in_behandeling", "toewijzing"),
    ("aangeboden", "aanbieding"),
    *(("ingetrokken", stap) for stap in VOOR_VASTSTELLING),
    *(("beeindigd_zonder_advies", stap) for stap in VOOR_VASTSTELLING),
]


class Migration(migrations.Migration):
    dependencies = [
        ("adviezen", "0001_initial"),
        ("kern", "0001_initial"),
        ("logboek", "0001_initial"),
    ]

    operations = [
        BewaakOvergangen(
            model="adviezen.adviestraject",
            tabel="adviezen_adviestraject",
            veld="stap",
            begin=["aanvraag", ("toewijzing", "NEW.eigen_initiatief")],
            paren=PAREN,
        ),
        BewaakOvergangen(
            model="adviezen.reactie",
            tabel="adviezen_reactie",
            veld="status",
            begin=["concept"],
            paren=[
                ("concept", "ingediend"),
                ("concept", "geen_reactie"),
                ("ingediend", "concept"),
                ("geen_reactie", "concept"),
            ],
        ),
        AlleenToevoegen("adviezen_stapgang"),
        AlleenToevoegen("adviezen_correctie"),
        AlleenToevoegen("adviezen_toewijzing"),
        Onveranderlijk("adviezen_versie"),
        Onveranderlijk("adviezen_opmerking", behalve=["afgedaan_op", "afgedaan_door_id", "afdoening"]),
        Onveranderlijk("adviezen_knelpunt", behalve=["gezien_op"]),
        # Een ingediende reactie ligt vast: haar punten en haar tekst wijzigen alleen in concept. De vergrendeling
        # laat een punt wachten op een indiening die tegelijk loopt.
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION adviezen_item_alleen_in_concept() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE stand text;
                BEGIN
                    SELECT status INTO stand FROM adviezen_reactie
                        WHERE id = (CASE WHEN TG_OP = 'INSERT' THEN NEW.reactie_id ELSE OLD.reactie_id END)
                        FOR SHARE;
                    IF stand IS DISTINCT FROM 'concept'
                       OR (TG_OP = 'UPDATE' AND NEW.reactie_id <> OLD.reactie_id) THEN
                        RAISE EXCEPTION 'punten van een ingediende reactie liggen vast'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER adviezen_item_concept BEFORE INSERT OR UPDATE OR DELETE ON adviezen_reactieitem
                    FOR EACH ROW EXECUTE FUNCTION adviezen_item_alleen_in_concept();
                CREATE FUNCTION adviezen_reactie_alleen_in_concept() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF OLD.status <> 'concept' AND (TG_OP = 'DELETE' OR (NEW.status = OLD.status AND
                        (NEW.oordeel, NEW.toelichting, NEW.mede_namens, NEW.deelname_id)
                        IS DISTINCT FROM (OLD.oordeel, OLD.toelichting, OLD.mede_namens, OLD.deelname_id))) THEN
                        RAISE EXCEPTION 'een ingediende reactie ligt vast' USING ERRCODE = 'restrict_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER adviezen_reactie_concept BEFORE UPDATE OR DELETE ON adviezen_reactie
                    FOR EACH ROW EXECUTE FUNCTION adviezen_reactie_alleen_in_concept();
                ALTER TABLE adviezen_steun ADD CONSTRAINT adviezen_steun_zelfde_registratie
                    FOREIGN KEY (opvatting_id, registratie_id)
                    REFERENCES adviezen_opvattingrij (id, registratie_id);
            """,
            reverse_sql="""
                ALTER TABLE adviezen_steun DROP CONSTRAINT adviezen_steun_zelfde_registratie;
                DROP TRIGGER adviezen_reactie_concept ON adviezen_reactie;
                DROP FUNCTION adviezen_reactie_alleen_in_concept();
                DROP TRIGGER adviezen_item_concept ON adviezen_reactieitem;
                DROP FUNCTION adviezen_item_alleen_in_concept();
            """,
        ),
    ]
