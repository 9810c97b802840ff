"""Geval 20: wie later een stem, een telling of een besluit wijzigt, valt op; ook met de bewaking uit."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.hulp import zonder_bewaking
from tests.vergaderingen.conftest import Wereld
from vergaderingen import actions, natellen, planning
from vergaderingen.enums import Besluitsoort, Rondesoort
from vergaderingen.models import Stem, Stemronde
from vergaderingen.stemming import Telling

pytestmark = pytest.mark.django_db
SOORTEN = (Rondesoort.HOOFDELIJK, Rondesoort.BRIEFJES, Rondesoort.PEILING)


@pytest.fixture
def gesloten(wereld: Wereld) -> dict[str, Stemronde]:
    """Van elke soort een gesloten stemming, en een die is ingetrokken."""
    punt = wereld.geopend().agendapunten.get()
    uit = {}
    for soort in SOORTEN:
        over = Besluitsoort.PERSONEN if soort == Rondesoort.BRIEFJES else Besluitsoort.ZAAK
        ronde = actions.open_stemronde(
            agendapunt=punt, soort=soort, vraag=f"Voorstel {soort}", over=over, door=wereld.door
        )
        if soort == Rondesoort.BRIEFJES:
            zetels = [wereld.zetels[s].pk for s in ("O1", "O2", "O3", "W1", "W2", "W3")]
            uit[soort] = actions.leg_briefjes_vast(
                ronde=ronde, zetels=zetels, telling=Telling(4, 1, 1), door=wereld.door
            )
            continue
        if soort == Rondesoort.HOOFDELIJK:
            for geleding, keuze in (("ondernemers", "voor"), ("werknemers", "voor"), ("kroonleden", "tegen")):
                actions.leg_geleding_vast(ronde=ronde, geleding=geleding, keuze=keuze, door=wereld.door)
            actions.leg_stem_vast(
                ronde=ronde, zetel=wereld.zetels["O1"].pk, keuze="blanco", eerder="voor", door=wereld.door
            )
        uit[soort] = actions.sluit_stemronde(ronde=ronde, door=wereld.door)
    weg = actions.open_stemronde(agendapunt=punt, soort=Rondesoort.HOOFDELIJK, vraag="Weg", door=wereld.door)
    actions.trek_stemronde_in(ronde=weg, reden="Vergissing", door=wereld.door)
    return uit


def knoei(sql: str, *waarden: Any) -> None:
    with zonder_bewaking() as cursor:
        cursor.execute(sql, waarden)


def test_wat_niemand_aanraakte_klopt(gesloten: dict[str, Stemronde], capsys: Any) -> None:
    call_command("verifieer_stemmingen")
    assert "klopt" in capsys.readouterr().out


def test_een_beantwoorde_peiling_klopt_ook(wereld_met_accounts: Wereld) -> None:
    """Het logboek weet bij een peiling niet wie wat antwoordde; alleen de totalen worden vergeleken."""
    wereld = wereld_met_accounts
    punt = wereld.geopend().agendapunten.get()
    ronde = actions.open_stemronde(agendapunt=punt, soort=Rondesoort.PEILING, vraag="Peiling", door=wereld.door)
    for sleutel, keuze in (("O1", "voor"), ("W1", "tegen")):
        actions.antwoord_peiling(ronde=ronde, keuze=keuze, door=wereld.leden[sleutel].gebruiker)
    actions.sluit_stemronde(ronde=ronde, door=wereld.door)
    assert natellen.klopt_niet() == []
    knoei("UPDATE vergaderingen_stem SET keuze = 'voor' WHERE ronde_id = %s", ronde.pk)
    assert [f.partition("): ")[2] for f in natellen.klopt_niet()] == [
        "de stemmen tellen op tot 2 voor, 0 tegen, 0 blanco, de stemming zegt 1 voor, 1 tegen, 0 blanco"
    ]


WIJZIGINGEN = [
    (Rondesoort.HOOFDELIJK, "UPDATE vergaderingen_stem SET keuze = 'voor' WHERE id = %s", "tellen op tot"),
    (Rondesoort.HOOFDELIJK, "DELETE FROM vergaderingen_stem WHERE id = %s", "niets, in het logboek"),
    (Rondesoort.HOOFDELIJK, "UPDATE vergaderingen_stemronde SET voor = 9 WHERE id = %s", "stemming zegt 9 voor"),
    (Rondesoort.HOOFDELIJK, "UPDATE vergaderingen_besluit SET tegen = 9 WHERE id = %s", "het besluit zegt"),
    (Rondesoort.BRIEFJES, "UPDATE vergaderingen_stemronde SET voor = 3, tegen = 2 WHERE id = %s", "bij het sluiten"),
    (Rondesoort.BRIEFJES, "DELETE FROM vergaderingen_stembriefje WHERE ronde_id = %s", "6 stemmen op 0 briefjes"),
    (Rondesoort.PEILING, "UPDATE vergaderingen_stemronde SET voor = 1 WHERE id = %s", "bij het sluiten"),
]


def test_een_wijziging_achteraf_valt_op(gesloten: dict[str, Stemronde], caplog: Any) -> None:
    for soort, sql, zin in WIJZIGINGEN:
        ronde = gesloten[soort]
        doel = {"stem ": Stem.objects.filter(ronde=ronde, keuze="tegen").values_list("pk", flat=True).first()}
        doel["besluit "] = ronde.besluit_id
        caplog.clear()
        with transaction.atomic():
            knoei(sql, next((pk for naam, pk in doel.items() if f"_{naam}" in sql), ronde.pk))
            with pytest.raises(CommandError, match=zin):
                call_command("verifieer_stemmingen")
            planning.tel_na()
            assert "uitslag gewijzigd" in caplog.text, sql
            transaction.set_rollback(True)


def test_twee_stemmen_verwisselen_verandert_de_telling_niet_maar_valt_op(gesloten: dict[str, Stemronde]) -> None:
    """De som klopt nog; het logboek weet wie wat stemde."""
    voor, tegen = (Stem.objects.filter(keuze=k).first() for k in ("voor", "tegen"))
    assert voor is not None and tegen is not None  # noqa: PT018
    for stem, keuze in ((voor, "tegen"), (tegen, "voor")):
        knoei("UPDATE vergaderingen_stem SET keuze = %s WHERE id = %s", keuze, stem.pk)
    fouten = natellen.klopt_niet()
    assert len(fouten) == 2
    assert all("in het logboek" in fout for fout in fouten)


@pytest.mark.parametrize(("soort", "route"), [(SOORTEN[0], "stemronde-sluit"), (SOORTEN[1], "briefjes")])
def test_sluiten_vraagt_opnieuw_wie_u_bent(wereld: Wereld, settings: Any, soort: str, route: str) -> None:
    settings.OPNIEUW_BEVESTIGEN = True
    wereld.door.set_password("een-lang-wachtwoord-42")
    wereld.door.save()
    client, punt = Client(), wereld.geopend().agendapunten.get()
    client.force_login(wereld.door, backend="django.contrib.auth.backends.ModelBackend")
    over = Besluitsoort.PERSONEN if soort == Rondesoort.BRIEFJES else Besluitsoort.ZAAK
    ronde = actions.open_stemronde(agendapunt=punt, soort=soort, vraag="x", over=over, door=wereld.door)
    adres = reverse(f"vergaderingen:{route}", args=[punt.vergadering_id, ronde.pk])
    antwoord = client.post(adres, {"onvolledig": "on", "voor": "0", "tegen": "0", "blanco": "0"})
    assert antwoord["Location"].startswith(reverse("account_reauthenticate"))
    ronde.refresh_from_db()
    assert ronde.is_open
    client.post(antwoord["Location"], {"password": "een-lang-wachtwoord-42"})
    ronde.refresh_from_db()
    assert not ronde.is_open, "na het wachtwoord gaat hetzelfde formulier door"
