"""Het menu achter inloggen: ieder vindt er zijn eigen schermen, en elk opschrift één keer."""

import pytest

from toegang import navigatie
from toegang.enums import Rol
from toegang.rollen import Hoedanigheid


@pytest.fixture
def menu(monkeypatch):
    def maak(*rollen, pad="/lezen/"):
        monkeypatch.setattr(navigatie, "hoedanigheden", lambda gebruiker: {Hoedanigheid(rol) for rol in rollen})
        return navigatie.punten(None, pad)

    return maak


@pytest.mark.parametrize(
    ("rollen", "verwacht"),
    [
        ((Rol.RAADSLID,), ["Lezen", "Vergaderingen"]),
        ((Rol.RAADSLID, Rol.DB_LID), ["Lezen", "Vergaderingen", "Werkprogramma"]),
        ((Rol.KROONLID,), ["Lezen", "Vergaderingen", "Kroonleden"]),
        ((Rol.RAADSLID, Rol.ORGANISATIECOORDINATOR), ["Lezen", "Vergaderingen", "Organisatie"]),
        ((Rol.MEELEZER,), ["Lezen", "Organisatie"]),
        ((Rol.OUD_LID,), ["Lezen"]),
        ((Rol.PERS,), ["Pers"]),
    ],
)
def test_een_lid_vindt_zijn_schermen_in_het_menu(menu, rollen, verwacht):
    """Wie in raad en dagelijks bestuur zit had één menupunt; de rest stond onder aan een lijst."""
    assert [tekst for tekst, _, _ in menu(*rollen)] == verwacht


def test_een_opschrift_staat_er_een_keer_en_de_plek_is_gemerkt(menu):
    punten = menu(Rol.SECRETARIAAT, Rol.COMMISSIELID, pad="/werk/vergaderingen/3/")
    assert [(tekst, pad) for tekst, pad, hier in punten if tekst == "Vergaderingen"] == [
        ("Vergaderingen", "/werk/vergaderingen/")
    ]
    assert [tekst for tekst, _, hier in punten if hier] == ["Vergaderingen"]
    assert [t for t, _, hier in menu(Rol.RAADSLID, pad="/lezen/vergaderingen/4/") if hier] == ["Vergaderingen"]
