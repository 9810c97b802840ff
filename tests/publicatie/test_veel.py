"""Veel tegelijk openbaar maken geeft dezelfde rijen als één voor één, en weigert wat niet nieuw is."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from inrichting import meetdocumenten
from kern.fouten import InvoerFout, PortaalFout
from logboek.models import Gebeurtenis
from publicatie.actions import publiceer, publiceer_nieuwe
from publicatie.models import Passage, Publicatie, Woord
from publicatie.rijen import Inhoud

pytestmark = pytest.mark.django_db
MEI = datetime(2024, 5, 1, tzinfo=UTC)
MAART = datetime(1983, 3, 1, tzinfo=UTC)
INHOUDEN = (
    Inhoud(
        soort="advies",
        sleutel="advies:x-1",
        titel="Brieven over thema's",
        vanaf=MEI,
        html='<h2 data-blok="k1">Steden &amp; lonen</h2><p data-blok="a1">De raad adviseert.\tZin\\n twee.</p>'
        '<ul data-blok="l"><li data-blok="l1">Eén</li><li data-blok="l1">dubbel</li></ul><p>zonder plaats</p>',
        metadata={
            "jaar": 2024,
            "datum": "2024-05-01",
            "nummer": "2024/07",
            "vorm": "advies",
            "orgaan": "commissie-a",
            "uitkomst": "verdeeld",
            "ondertitel": "Over criteria",
            "samenvatting": "Financiële adviezen; een lijst {met} \"tekens\".",
            "onderwerpen": ["arbeid", "zorg, en meer"],
            "adviesvragers": ["minister van Proef", 'een "ander"'],
            "trefwoorden": "arbeid zorg",
        },
        bestanden=[{"naam": "a.pdf", "sha256": "0" * 64, "soort": "application/pdf"}],
        voorbeeld=True,
    ),
    Inhoud(soort="advies", sleutel="advies:x-2", titel="Steden en lonen", vanaf=MAART, voorbeeld=False),
    Inhoud(soort="verslag", sleutel="verslag:x-3", titel="Verslag", vanaf=MEI, html='<p data-blok="b">Lonen.</p>'),
)  # fmt: skip


def rijen_van(voor: str) -> dict[str, Any]:
    """Geef alles wat er van sleutels met dit voorvoegsel in de database staat, zonder nummers en moment van maken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(p) - ARRAY['id', 'sleutel', 'aangemaakt_op'], substr(sleutel, 3) "
            "FROM publicatie_publicatie p WHERE sleutel LIKE %s ORDER BY sleutel",
            [f"{voor}-%"],
        )
        publicaties = cursor.fetchall()
        cursor.execute(
            "SELECT to_jsonb(s) - ARRAY['id', 'publicatie_id'] FROM publicatie_passage s "
            "JOIN publicatie_publicatie p ON p.id = s.publicatie_id WHERE sleutel LIKE %s ORDER BY sleutel, volgorde",
            [f"{voor}-%"],
        )
        passages = [rij[0] for rij in cursor.fetchall()]
        cursor.execute(
            "SELECT to_jsonb(g) - ARRAY['id', 'object_id', 'object_naam', 'tijdstip', 'transactie', 'gegevens'] "
            "|| jsonb_build_object('h', gegevens -> 'hash', 'v', gegevens -> 'vanaf', 's', substr(object_naam, 3)) "
            "FROM logboek_gebeurtenis g WHERE gegevens ->> 'sleutel' LIKE %s ORDER BY gegevens ->> 'sleutel'",
            [f"{voor}-%"],
        )
        return {"publicaties": publicaties, "passages": passages, "sporen": [rij[0] for rij in cursor.fetchall()]}


def onder(voor: str) -> list[Inhoud]:
    """Geef de inhouden onder eigen sleutels."""
    return [Inhoud(**{**vars(inhoud), "sleutel": f"{voor}-{inhoud.sleutel}"}) for inhoud in INHOUDEN]


def test_veel_tegelijk_geeft_dezelfde_rijen_als_een_voor_een(secretaris: Any) -> None:
    for inhoud in onder("e"):
        publiceer(**vars(inhoud), door=secretaris)
    een_voor_een, woorden = rijen_van("e"), sorted(Woord.objects.values_list("woord", "vanaf"))
    Woord.objects.all().delete()
    rijen = publiceer_nieuwe(inhouden=onder("v"), door=secretaris)
    assert rijen_van("v") == een_voor_een
    assert [len(lijst) for lijst in een_voor_een.values()] == [3, 3, 3]
    assert sorted(Woord.objects.values_list("woord", "vanaf")) == woorden
    assert list(Publicatie.objects.filter(sleutel__startswith="v-").order_by("pk")) == rijen


def test_een_woord_houdt_het_vroegste_moment() -> None:
    assert dict(Woord.objects.values_list("woord", "vanaf")) == {}
    publiceer_nieuwe(inhouden=onder("v"), door=None)
    assert Woord.objects.get(woord="lonen").vanaf == MAART
    publiceer_nieuwe(inhouden=[Inhoud("advies", "advies:y", "Lonen en brieven", vanaf=MAART)], door=None)
    assert Woord.objects.get(woord="brieven").vanaf == MAART


def test_elke_gebeurtenis_krijgt_haar_schakel() -> None:
    publiceer_nieuwe(inhouden=onder("v"), door=None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT count(*) FROM logboek_breuken()")
        assert cursor.fetchone() == (0,)


def test_wat_er_al_is_of_dubbel_staat_wordt_geweigerd_en_laat_niets_achter() -> None:
    publiceer(**vars(onder("v")[1]), door=None)
    with pytest.raises(PortaalFout, match="al een publicatie; 1 van deze 3"), transaction.atomic():
        publiceer_nieuwe(inhouden=onder("v"), door=None)
    with pytest.raises(InvoerFout, match="twee keer"):
        publiceer_nieuwe(inhouden=[*onder("w"), *onder("w")], door=None)
    with pytest.raises(InvoerFout) as fout:
        publiceer_nieuwe(inhouden=[*onder("w"), Inhoud("advies", "advies:z", " ", vanaf=MEI)], door=None)
    assert fout.value.veld == "titel"
    assert publiceer_nieuwe(inhouden=[], door=None) == []
    assert (Publicatie.objects.count(), Passage.objects.count(), Gebeurtenis.objects.count()) == (1, 0, 1)


def test_meetdocumenten_laden_verdubbelt_niet_en_een_advies_opent(client: Client) -> None:
    assert meetdocumenten.laad(3, draden=0) == 3
    assert meetdocumenten.laad(4, draden=0) == 1
    assert Publicatie.objects.count() == 4
    assert Passage.objects.count() == 40
    antwoord = client.get(meetdocumenten.adres_van(3))
    assert antwoord.status_code == 200
    assert "VOORBEELD" in antwoord.content.decode()
    assert 'data-blok="m9"' in antwoord.content.decode() or 'id="p-10"' in antwoord.content.decode()


def test_de_zoekindexen_komen_terug_zoals_zij_waren() -> None:
    def indexen() -> dict[str, str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY(%s)",
                [list(meetdocumenten.ZOEKINDEXEN)],
            )
            return dict(cursor.fetchall())

    was = indexen()
    with suppress(RuntimeError), meetdocumenten.zonder_zoekindexen():
        assert indexen() == {}
        raise RuntimeError
    assert indexen() == was
    assert {naam: index.partition(" USING ")[2] for naam, index in was.items()} == meetdocumenten.ZOEKINDEXEN


def test_buiten_de_voorbeeldstand_laadt_het_commando_niets(settings: Any) -> None:
    settings.VOORBEELD = False
    with pytest.raises(CommandError, match="voorbeeldstand"):
        call_command("laad_meetdocumenten", "2")
    settings.VOORBEELD = True
    with pytest.raises(CommandError, match="aantal"):
        call_command("laad_meetdocumenten", "0")
