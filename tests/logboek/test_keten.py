"""De keten van het logboek: niets verdwijnt of verandert ongemerkt."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from logboek import planning, queries
from logboek.actions import leg_inzage_vast, leg_vast, leg_vele_vast, verzegel_inzagen
from logboek.models import Gebeurtenis, Inzage, InzageZegel, Schakel
from tests.hulp import zonder_bewaking


def schrijf(gebruiker, aantal=1):
    with transaction.atomic():
        for n in range(aantal):
            leg_vast(soort="kern.proef", object=gebruiker, door=gebruiker, reden=f"reden {n}", gegevens={"n": n})


def knoei(sql, *args):
    """Doe wat alleen wie de database bezit kan: schrijven met de triggers uit."""
    with zonder_bewaking() as cursor:
        cursor.execute(sql, args)


@pytest.mark.django_db(transaction=True)
def test_elke_gebeurtenis_krijgt_bij_commit_een_schakel(maak_gebruiker):
    assert queries.kijk_na().kop == "0" * 64
    schrijf(maak_gebruiker("A"), 3)
    assert list(Schakel.objects.values_list("volgnummer", flat=True)) == [1, 2, 3]
    uitkomst = queries.kijk_na()
    assert uitkomst.gebeurtenissen == 3
    assert uitkomst.breuken == ()
    assert uitkomst.kop == Schakel.objects.get(volgnummer=3).hash


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("sql", "wat"),
    [
        (
            "UPDATE logboek_gebeurtenis SET reden = 'anders' WHERE id = (SELECT min(id)+1 FROM logboek_gebeurtenis)",
            "schakel 2 .*gewijzigd",
        ),
        (
            "DELETE FROM logboek_gebeurtenis WHERE id = (SELECT min(id)+1 FROM logboek_gebeurtenis)",
            "ontbreekt",
        ),
        ("DELETE FROM logboek_schakel WHERE volgnummer = 2", "past niet|ontbreekt"),
        ("UPDATE logboek_schakel SET hash = repeat('1', 64) WHERE volgnummer = 2", "gewijzigd|past niet"),
    ],
)
def test_knoeien_met_uitgezette_triggers_komt_uit(maak_gebruiker, sql, wat):
    schrijf(maak_gebruiker("A"), 4)
    knoei(sql)
    with pytest.raises(CommandError, match=wat):
        call_command("verifieer_logboek")


@pytest.mark.django_db(transaction=True)
def test_afkappen_aan_het_eind_komt_uit_met_een_bewaarde_kop(maak_gebruiker, capsys):
    gebruiker = maak_gebruiker("A")
    schrijf(gebruiker, 3)
    kop = queries.kijk_na().kop
    call_command("verifieer_logboek", "--kop", kop)
    assert kop in capsys.readouterr().out
    knoei("DELETE FROM logboek_schakel WHERE volgnummer = 3")
    knoei("DELETE FROM logboek_gebeurtenis WHERE id = (SELECT max(id) FROM logboek_gebeurtenis)")
    call_command("verifieer_logboek")
    with pytest.raises(CommandError, match="afgekapt"):
        call_command("verifieer_logboek", "--kop", kop)


@pytest.mark.django_db
@pytest.mark.parametrize("tabel", ["logboek_gebeurtenis", "logboek_inzage", "logboek_inzagezegel", "logboek_schakel"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET hash = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_de_database_weigert_wijzigen_en_wissen(maak_gebruiker, tabel, sql):
    gebruiker = maak_gebruiker("A")
    schrijf(gebruiker)
    leg_inzage_vast(object=gebruiker, door=gebruiker)
    verzegel_inzagen()
    kolom = "hash" if tabel.endswith(("zegel", "schakel")) else "actor_naam"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="alleen toegevoegd"), transaction.atomic():
            cursor.execute(sql.format(tabel).replace("hash", kolom))


@pytest.mark.django_db(transaction=True)
def test_buiten_een_transactie_wordt_niets_geschreven(maak_gebruiker):
    gebruiker = maak_gebruiker("A")
    with pytest.raises(transaction.TransactionManagementError):
        leg_vast(soort="kern.proef", object=gebruiker, door=gebruiker)
    assert not Gebeurtenis.objects.exists()


@pytest.mark.django_db
def test_het_portaal_zelf_en_de_naam_van_de_actor(maak_gebruiker):
    gebruiker = maak_gebruiker("Anna (voorbeeld)")
    eigen = leg_vast(soort="kern.proef", object=gebruiker, door=None)
    andere = leg_vast(soort="kern.proef", object=gebruiker, door=gebruiker)
    assert (eigen.actor_id, eigen.actor_naam) == (None, "het portaal")
    assert andere.actor_naam == "Anna (voorbeeld)"
    assert list(queries.geschiedenis(gebruiker)) == [eigen, andere]


@pytest.mark.django_db
def test_een_lange_naam_houdt_geen_handeling_tegen(maak_gebruiker, monkeypatch):
    gebruiker, groep = maak_gebruiker("A"), Group(pk=1)
    monkeypatch.setattr(Group, "__str__", lambda self: "x" * 400)
    gebeurtenis = leg_vast(soort="kern.proef", object=groep, door=gebruiker)
    inzage = leg_inzage_vast(object=groep, door=gebruiker)
    assert (len(gebeurtenis.object_naam), len(inzage.object_naam)) == (300, 300)
    assert not gebeurtenis.voorbeeld, "wat geen voorbeeld kan zijn is er geen"


@pytest.mark.django_db
def test_vele_tegelijk_is_hetzelfde_als_een_voor_een(maak_gebruiker):
    een, twee = maak_gebruiker("A"), maak_gebruiker("B")
    leg_vele_vast(soort="kern.proef", objecten=[een, twee], door=een, gegevens=[{"n": 1}, {"n": 2}])
    for n, mens in enumerate((een, twee), 1):
        eigen = leg_vast(soort="kern.proef", object=mens, door=een, gegevens={"n": n})
        velden = (
            "soort",
            "actor_id",
            "actor_naam",
            "object_soort",
            "object_id",
            "object_naam",
            "gegevens",
            "voorbeeld",
        )
        rijen = queries.geschiedenis(mens).values_list(*velden)
        assert list(rijen) == [tuple(getattr(eigen, veld) for veld in velden)] * 2
    with pytest.raises(ValueError, match="zip"):
        leg_vele_vast(soort="kern.proef", objecten=[een, twee], door=een, gegevens=[{}])


@pytest.mark.django_db
def test_inzagen_worden_in_groepen_verzegeld(maak_gebruiker):
    gebruiker = maak_gebruiker("A")
    assert verzegel_inzagen() is None
    eerste = leg_inzage_vast(object=gebruiker, door=gebruiker)
    leg_inzage_vast(object=gebruiker, door=gebruiker)
    zegel = verzegel_inzagen()
    leg_inzage_vast(object=gebruiker, door=gebruiker)
    tweede = verzegel_inzagen()
    assert tweede.vorige_hash == zegel.hash
    assert queries.kijk_na().breuken == ()
    knoei("DELETE FROM logboek_inzage WHERE id = %s", eerste.pk)
    assert "zegel" in queries.kijk_na().breuken[0]
    assert queries.inzagen_van(gebruiker).count() == Inzage.objects.count() == 2


@pytest.mark.django_db
def test_de_klok_verzegelt_wat_tot_rust_kwam_en_meldt_een_breuk(maak_gebruiker, caplog):
    gebruiker = maak_gebruiker("A")
    oud = leg_inzage_vast(object=gebruiker, door=gebruiker)
    knoei("UPDATE logboek_inzage SET tijdstip = now() - interval '11 minutes'")
    leg_inzage_vast(object=gebruiker, door=gebruiker)
    planning.verzegel()
    assert InzageZegel.objects.get().tot_en_met_id == oud.pk
    with caplog.at_level("INFO"):
        planning.kijk_na()
        assert f"kop {queries.kijk_na().kop}" in caplog.text
        assert "gebroken" not in caplog.text
        knoei("UPDATE logboek_inzage SET actor_naam = 'B' WHERE id = %s", oud.pk)
        planning.kijk_na()
    assert "logboek gebroken: inzagezegel" in caplog.text
