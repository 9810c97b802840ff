"""`manage.py account`: in productie is er geen ander scherm waarmee een account of een rol van de staf ontstaat."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from logboek.models import Gebeurtenis
from tests.toegang.hulp import WACHTWOORD, is_binnen, log_in
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import heeft

pytestmark = pytest.mark.django_db
ADRES = "eerste@voorbeeld.test"


def doe(capsys, *argumenten):
    call_command("account", *argumenten)
    return capsys.readouterr().out


def gebeurd():
    return list(Gebeurtenis.objects.filter(soort__startswith="toegang.").order_by("pk").values_list("soort", "reden"))


def test_van_een_lege_database_tot_een_beheerder_die_zijn_wachtwoord_kiest(capsys, mailoutbox):
    uit = doe(capsys, ADRES.upper(), "--naam", "E. Eerste", "--rol", "beheerder", "--reden", "inrichting")
    assert uit.startswith(f"E. Eerste <{ADRES}>: kan inloggen; rollen van de staf: beheerder.")
    assert "/account/password/reset/" in uit
    gebruiker = Gebruiker.objects.get(email=ADRES)
    assert heeft(gebruiker, Rol.BEHEERDER)
    assert not gebruiker.has_usable_password()
    assert not gebruiker.is_superuser
    Client().post(reverse("account_reset_password"), {"email": ADRES})
    assert [brief.to for brief in mailoutbox] == [[ADRES]]
    assert "/account/password/reset/key/" in mailoutbox[0].body
    assert gebeurd() == [("toegang.maak_account", "inrichting"), ("toegang.zet_rollen", "inrichting")]


def test_een_rol_gaat_over_en_het_volgende_verzoek_weet_het(capsys):
    gebruiker = Gebruiker.objects.create_user(ADRES, "E. Eerste")
    doe(capsys, ADRES, "--rol", "raadssecretaris", "--rol", "communicatie", "--reden", "nieuwe functie")
    uit = doe(capsys, ADRES, "--rol", "raadssecretaris", "--zonder-rol", "communicatie", "--reden", "vergissing")
    assert uit.strip().endswith("rollen van de staf: raadssecretaris.")
    assert heeft(Gebruiker.objects.get(pk=gebruiker.pk), Rol.SECRETARIAAT)
    laatste = Gebeurtenis.objects.filter(soort="toegang.zet_rollen").latest("pk")
    assert laatste.gegevens == {"erbij": [], "eraf": ["communicatie"]}
    aantal = len(gebeurd())
    doe(capsys, ADRES, "--rol", "raadssecretaris", "--reden", "nog eens")
    assert len(gebeurd()) == aantal, "wat al zo was, is geen gebeurtenis"


def test_sluiten_beeindigt_de_zitting_en_heropenen_geeft_de_rollen_terug(capsys):
    gebruiker = Gebruiker.objects.create_user(ADRES, "E. Eerste", WACHTWOORD)
    client = Client()
    log_in(client, ADRES)
    assert is_binnen(client)
    assert "gesloten; rollen" in doe(capsys, ADRES, "--sluit", "--reden", "uit dienst")
    assert not is_binnen(client)
    with pytest.raises(CommandError, match="al gesloten"):
        doe(capsys, ADRES, "--sluit", "--reden", "uit dienst")
    assert "kan inloggen; rollen" in doe(capsys, ADRES, "--heropen", "--reden", "terug")
    gebruiker.refresh_from_db()
    assert gebruiker.is_active
    assert gebeurd() == [("toegang.sluit_account", "uit dienst"), ("toegang.heropen_account", "terug")]


@pytest.mark.parametrize(
    ("argumenten", "zin"),
    [
        (["niemand@voorbeeld.test"], "Met --naam maakt u het"),
        (["geen adres", "--naam", "X", "--reden", "r"], "is geen e-mailadres. Er is niets veranderd."),
        ([ADRES, "--naam", "X", "--reden", "r"], "heeft al een account"),
        (["nieuw@voorbeeld.test", "--naam", " ", "--reden", "r"], "Geef de naam"),
        (["nieuw@voorbeeld.test", "--naam", "X", "--rol", "beheerder"], "Geef een reden"),
        ([ADRES, "--rol", "kroonlid", "--reden", "r"], "kroonlid"),
    ],
)
def test_wat_niet_kan_zegt_waarom_en_verandert_niets(argumenten, zin):
    Gebruiker.objects.create_user(ADRES, "E. Eerste")
    with pytest.raises(CommandError, match=zin):
        call_command("account", *argumenten)
    assert Gebruiker.objects.count() == 1
    assert gebeurd() == []


def test_zonder_keuze_toont_het_alleen(capsys):
    Gebruiker.objects.create_user(ADRES, "E. Eerste")
    assert doe(capsys, ADRES) == f"E. Eerste <{ADRES}>: kan inloggen; rollen van de staf: geen.\n"
    assert gebeurd() == []
