"""De telling van het kill-bewijs: elke herhaling hoort bij de kill die haar verzender of zijn database trof."""

from collections import Counter

from tests.bewijs.dag import Aankomst, Kill, herhaald

KILLS = [
    Kill(10.0, 10.1, frozenset({501, 502})),
    Kill(20.0, 20.1, frozenset({601, 602})),
    Kill(30.0, 30.1, frozenset()),
]


def per_kill(*aankomsten: tuple[str, float, int, int]) -> dict[int, int]:
    return dict(Counter(kill for _, kill in herhaald([Aankomst(*a) for a in aankomsten], KILLS)))


def test_wie_zijn_database_kwijt_is_maakt_de_mail_nog_af() -> None:
    """Mail a kwam na kill 1 aan, over een verbinding die daarin stierf: een herhaling van kill 1, niet van kill 2."""
    assert per_kill(("a", 10.2, 7, 501), ("a", 12.0, 8, 601), ("b", 20.05, 7, 602), ("b", 22.0, 8, 701)) == {1: 1, 2: 1}


def test_twee_verzenders_in_een_kill_vallen_op() -> None:
    assert per_kill(("a", 9.9, 7, 501), ("a", 12.0, 8, 601), ("b", 9.9, 8, 502), ("b", 12.1, 8, 601)) == {1: 2}


def test_een_trage_verzender_van_voor_de_kill_komt_na_de_afgetekende_mail() -> None:
    assert per_kill(("a", 11.0, 8, 601), ("a", 12.0, 7, 501)) == {1: 1}


def test_elke_kill_telt_een_keer_dezelfde_mail() -> None:
    assert per_kill(("a", 9.9, 7, 501), ("a", 19.9, 7, 601), ("a", 25.0, 7, 701)) == {1: 1, 2: 1}


def test_zonder_gedode_verzender_telt_de_eerste_kill_erna() -> None:
    assert per_kill(("a", 25.0, 7, 701), ("a", 31.0, 8, 702)) == {3: 1}
    assert per_kill(("a", 35.0, 7, 701), ("a", 36.0, 8, 702)) == {0: 1}, "een herhaling zonder kill valt op"


def test_een_proces_telt_net_als_een_verbinding() -> None:
    assert per_kill(("a", 9.99, 501, 900), ("a", 12.0, 8, 901)) == {1: 1}
    assert per_kill(("a", 9.9, 7, 601), ("a", 20.0, 7, 601), ("a", 21.0, 8, 9)) == {2: 2}
