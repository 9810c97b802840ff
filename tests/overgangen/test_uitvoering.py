"""voer_uit: slot, versie, toestand, recht, beleid, rij en gebeurtenis in één transactie."""

import itertools
import threading

import pytest
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connection, transaction

from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie
from logboek.actions import leg_vast
from logboek.models import Gebeurtenis
from overgangen import beschikbaar, diagram, paren, toestandsveld, voer_uit
from tests.proef.models import Brief, Stand

pytestmark = pytest.mark.django_db


def maak(tekst="Geachte", **velden):
    with transaction.atomic():
        brief = Brief.objects.create(tekst=tekst, **velden)
        leg_vast(soort="proef.maak", object=brief, door=None)
    return brief


def test_een_overgang_schrijft_rij_en_gebeurtenis_en_geeft_het_verse_object(secretaris):
    brief = maak()
    vers = voer_uit(Brief, brief.pk, 0, "rond_af", door=secretaris, aantal=3, gegevens={"extra": 1})
    assert (vers.stand, vers.rijversie, vers.aantal) == ("klaar", 1, 3)
    gebeurtenis = Gebeurtenis.objects.last()
    assert gebeurtenis.soort == "proef.rond_af"
    assert gebeurtenis.gegevens == {"van": "concept", "naar": "klaar", "extra": 1}
    assert gebeurtenis.actor_naam == secretaris.naam


@pytest.mark.parametrize(
    ("fout", "kw"),
    [
        (VerouderdeVersie, {"versie": 7}),
        (GeenToegang, {"wie": "Onbevoegd"}),
        (OvergangGeweigerd, {"aantal": 10}),
        (OvergangGeweigerd, {"tekst": ""}),
        (OvergangGeweigerd, {"overgang": "haal_terug"}),
    ],
)
def test_een_weigering_verandert_niets(fout, kw, maak_gebruiker):
    brief = maak(kw.pop("tekst", "Geachte"))
    door = maak_gebruiker(kw.pop("wie", "Bevoegd"))
    voor = Gebeurtenis.objects.count()
    with pytest.raises(fout):
        voer_uit(Brief, brief.pk, kw.pop("versie", 0), kw.pop("overgang", "rond_af"), door=door, **kw)
    vers = Brief.objects.get(pk=brief.pk)
    assert (vers.stand, vers.rijversie) == ("concept", 0)
    assert Gebeurtenis.objects.count() == voor


def test_een_weigering_zegt_welke_handeling_en_welke_stand(secretaris):
    with pytest.raises(OvergangGeweigerd, match="“Haal terug” kan nu niet: de stand is “in concept”"):
        voer_uit(Brief, maak().pk, 0, "haal_terug", door=secretaris)


def test_een_niet_bestaande_overgang(secretaris):
    with pytest.raises(LookupError, match="kent geen overgang 'bestaat_niet'"):
        voer_uit(Brief, maak().pk, 0, "bestaat_niet", door=secretaris)


def test_een_niet_bestaande_rij(secretaris):
    with pytest.raises(Brief.DoesNotExist):
        voer_uit(Brief, 999, 0, "rond_af", door=secretaris)


@pytest.mark.parametrize("reden", ["", "   "])
def test_een_stap_terug_vraagt_een_reden(secretaris, reden):
    brief = maak()
    voer_uit(Brief, brief.pk, None, "rond_af", door=secretaris)
    with pytest.raises(InvoerFout) as fout:
        voer_uit(Brief, brief.pk, None, "haal_terug", door=secretaris, reden=reden)
    assert fout.value.veld == "reden"
    voer_uit(Brief, brief.pk, None, "haal_terug", door=secretaris, reden=" Er stond een fout in. ")
    assert Gebeurtenis.objects.last().reden == "Er stond een fout in."


def test_het_scherm_weet_wat_kan_en_wat_ontbreekt(secretaris, maak_gebruiker):
    brief = maak("")
    keuzen = beschikbaar(brief, secretaris)
    assert [(k.naam, k.label, k.kan) for k in keuzen] == [
        ("rond_af", "Rond af", False),
        ("gooi_weg", "Gooi weg", True),
    ]
    assert keuzen[0].tekorten[0].link == "/brief/"
    assert keuzen[0].bevestig == "De brief gaat uit."
    assert beschikbaar(brief, maak_gebruiker("Onbevoegd")) == []
    klaar = voer_uit(Brief, maak().pk, 0, "rond_af", door=secretaris)
    assert {k.naam: k.reden_verplicht for k in beschikbaar(klaar, secretaris)} == {
        "haal_terug": True,
        "gooi_weg": False,
    }


def test_het_diagram_komt_uit_de_code(capsys):
    assert "concept --> klaar: Rond af" in diagram(Brief)
    assert "klaar --> weg: Gooi weg" in diagram(Brief)
    call_command("toestandsdiagram", "proef.Brief")
    assert capsys.readouterr().out.startswith("stateDiagram-v2")


def test_alleen_een_model_met_een_toestand_heeft_een_toestandsveld(secretaris):
    with pytest.raises(LookupError, match="0 toestandsvelden"):
        toestandsveld(type(secretaris))


@pytest.mark.parametrize(("van", "naar"), list(itertools.product(Stand.values, Stand.values)))
def test_de_database_kent_dezelfde_paren_als_de_code(van, naar, secretaris):
    brief = maak()
    if van != "concept":
        voer_uit(Brief, brief.pk, None, "rond_af" if van == "klaar" else "gooi_weg", door=secretaris)
    mag = van == naar or (van, naar) in paren(Brief)
    with connection.cursor() as cursor:
        if mag:
            cursor.execute("UPDATE proef_brief SET stand = %s WHERE id = %s", [naar, brief.pk])
        else:
            with pytest.raises(DatabaseError, match="mag niet van"), transaction.atomic():
                cursor.execute("UPDATE proef_brief SET stand = %s WHERE id = %s", [naar, brief.pk])


@pytest.mark.parametrize(
    ("stand", "tekst", "mag"),
    [("concept", "", True), ("klaar", "archief", True), ("klaar", "x", False), ("weg", "", False)],
)
def test_de_database_bewaakt_ook_het_begin(stand, tekst, mag):
    sql = "INSERT INTO proef_brief (tekst, stand, aantal, rijversie) VALUES (%s, %s, 0, 0) RETURNING id"
    with connection.cursor() as cursor:
        if mag:
            cursor.execute(sql, [tekst, stand])
            leg_vast(soort="proef.maak", object=Brief(pk=cursor.fetchone()[0]), door=None)
        else:
            with pytest.raises(DatabaseError, match="mag niet beginnen"), transaction.atomic():
                cursor.execute(sql, [tekst, stand])


@pytest.mark.django_db(transaction=True)
def test_een_wijziging_zonder_gebeurtenis_wordt_bij_commit_geweigerd(secretaris):
    with pytest.raises(DatabaseError, match="zonder gebeurtenis"), transaction.atomic():
        Brief.objects.create(tekst="x")
    brief = maak()
    with pytest.raises(DatabaseError, match="zonder gebeurtenis"), transaction.atomic():
        Brief.objects.filter(pk=brief.pk).update(stand="klaar")
    assert Brief.objects.get().stand == "concept"
    with transaction.atomic():
        Brief.objects.filter(pk=brief.pk).update(tekst="alleen de tekst mag zonder")


def wedloop(taken):
    """Laat functies tegelijk los op eigen verbindingen; geef per taak None of de fout."""
    uitkomst, hek = [None] * len(taken), threading.Barrier(len(taken))

    def loop(n, taak):
        close_old_connections()
        hek.wait()
        try:
            taak()
        except Exception as fout:  # noqa: BLE001 elke fout is hier een uitkomst
            uitkomst[n] = fout
        finally:
            connection.close()

    draden = [threading.Thread(target=loop, args=(n, taak)) for n, taak in enumerate(taken)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return uitkomst


@pytest.mark.wedloop
@pytest.mark.django_db(transaction=True)
def test_twee_secretarissen_tegelijk_een_wint():
    for _ in range(25):
        brief = maak()
        uitkomst = wedloop([lambda pk=brief.pk: voer_uit(Brief, pk, 0, "rond_af", door=None)] * 2)
        assert sorted(type(u).__name__ for u in uitkomst) == ["NoneType", "VerouderdeVersie"]
        assert Gebeurtenis.objects.filter(object_id=str(brief.pk), soort="proef.rond_af").count() == 1


@pytest.mark.wedloop
@pytest.mark.django_db(transaction=True)
def test_controle_zonder_slot_winnen_er_twee(monkeypatch):
    """Bewijst dat de vorige toets de wedloop echt ziet: zonder slot slaagt de handeling dubbel."""
    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **kw: self)
    samen = threading.Barrier(2)
    echt = Brief.rond_af

    def traag(self, **kw):
        samen.wait(timeout=5)
        return echt(self, **kw)

    monkeypatch.setattr(Brief, "rond_af", traag)
    monkeypatch.setattr(
        "overgangen.uitvoering._zoek", lambda obj, naam: next(o for o in _overgangen() if o.name == naam)
    )
    brief = maak()
    uitkomst = wedloop([lambda: voer_uit(Brief, brief.pk, 0, "rond_af", door=None)] * 2)
    assert uitkomst == [None, None]
    assert Gebeurtenis.objects.filter(object_id=str(brief.pk), soort="proef.rond_af").count() == 2


def _overgangen():
    from overgangen import overgangen_van

    return overgangen_van(Brief)
