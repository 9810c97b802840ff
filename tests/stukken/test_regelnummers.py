"""De getallen in de kantlijn van de PDF staan bij de regel die zij tellen."""

import io

import pypdfium2
import pytest

from kern.blokken import munt
from stukken import pdf

TEKST = (
    "<h2>Kop</h2>"
    + "".join(f"<p>Regel {nummer}.</p>" for nummer in range(2, 8))
    + "<table><tr><th>A</th><th>B</th></tr><tr><td>Rij negen</td><td>naast</td></tr>"
    "<tr><td>Rij tien</td><td>n</td></tr></table>"
    + "<h2>Tweede</h2>"
    + "".join(f"<p>Zin {nummer}.</p>" for nummer in range(2, 70))
)


def woorden(inhoud: bytes) -> list[list[tuple[str, float, float]]]:
    """Geef per bladzijde de regels tekst met de plaats van links en de hoogte, in punten."""
    uit = []
    document = pypdfium2.PdfDocument(io.BytesIO(inhoud))
    for blad in document:
        tekst = blad.get_textpage()
        vakken = [tekst.get_rect(n) for n in range(tekst.count_rects())]
        uit.append([(tekst.get_text_bounded(*vak).strip(), vak[0], vak[1]) for vak in vakken])
    document.close()
    return uit


def kantlijn(regels: list[tuple[str, float, float]]) -> dict[int, float]:
    return {int(tekst): laag for tekst, links, laag in regels if links < 50 and tekst.isdigit()}


def hoogte(regels: list[tuple[str, float, float]], begin: str) -> float:
    return next(laag for tekst, links, laag in regels if tekst.startswith(begin) and links > 80)


@pytest.fixture(scope="module")
def bladen() -> list[list[tuple[str, float, float]]]:
    inhoud = pdf.maak(html=munt(TEKST), titel="Proef", nummering=True, inhoudsopgave=False)
    return woorden(inhoud)


def test_elk_getal_staat_op_de_hoogte_van_zijn_regel(bladen: list[list[tuple[str, float, float]]]) -> None:
    eerste = next(blad for blad in bladen if any(tekst == "Kop" for tekst, _, _ in blad))
    getallen = kantlijn(eerste)
    assert sorted(getallen) == [5, 10]
    assert abs(getallen[5] - hoogte(eerste, "Regel 5")) < 3
    assert abs(getallen[10] - hoogte(eerste, "Rij tien")) < 3


def test_elke_bladzijde_begint_opnieuw_en_houdt_op_waar_de_tekst_ophoudt(
    bladen: list[list[tuple[str, float, float]]],
) -> None:
    gevuld = [blad for blad in bladen if any(tekst.startswith("Zin ") for tekst, _, _ in blad)]
    assert len(gevuld) > 1
    for blad in gevuld:
        regels = sum(tekst.startswith("Zin ") or tekst == "Tweede" for tekst, _, _ in blad)
        assert sorted(kantlijn(blad)) == list(range(5, regels + 1, 5))


def test_zonder_nummering_staat_er_niets_in_de_kantlijn() -> None:
    bladen = woorden(pdf.maak(html=munt("<p>Een.</p><p>Twee.</p>"), titel="Proef"))
    assert all(not kantlijn(blad) for blad in bladen)
