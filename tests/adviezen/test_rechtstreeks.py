"""Een commissie die zelf adviseert: namens de raad met een machtiging, of voor zichzelf (Wet op de SER art. 43, 44)."""

import pytest

from adviezen.actions import brieven
from adviezen.actions.adviesgegevens import opmaak_van
from adviezen.actions.correctie import te_corrigeren
from adviezen.actions.handelen import gevolgen, handel
from adviezen.brief import aanbiedingsbrief
from adviezen.enums import Stap
from adviezen.queries.keuzes import keuzes
from commissies.models import Commissie
from publicatie.models import Publicatie
from publiek.lezen import oordeel_merk
from publiek.models import Advies
from tests.adviezen import bouw
from tests.adviezen.aanbieden import alles_klaar, bied_aan
from tests.adviezen.bouw import Cast, Wereld


@pytest.mark.parametrize(
    ("soort", "raad_zelf", "van_commissie", "woorden"),
    [
        ("art43", False, True, "geen advies van de raad"),
        ("art43", True, False, "De raad stelt het advies vast"),
        ("vast", False, False, ""),
    ],
)
def test_regel_41_toewijzen_zegt_van_wie_het_advies_wordt(
    soort: str, raad_zelf: bool, van_commissie: bool, woorden: str, casts: dict[str, Cast]
) -> None:
    """Art. 43 lid 3: is de commissie zelf gevraagd, dan antwoordt zij zelf; lid 2: wil de vrager de raad, dan die."""
    cast = casts[Stap.TOEWIJZING]
    bouw.bereid_toewijzing_voor(cast)
    Commissie.objects.filter(pk=bouw.commissie_van(cast).pk).update(soort=soort)
    cast.traject.raad_zelf_gevraagd = raad_zelf
    cast.traject.save()
    vooraf = " ".join(f"{g.wie} {g.wat}" for g in gevolgen(cast.traject, "wijs_toe"))
    assert woorden in vooraf
    assert ("artikel 43" in vooraf) is van_commissie
    na = handel(traject=cast.traject, versie=None, overgang="wijs_toe", door=cast.secretaris)
    assert na.artikel43 is van_commissie
    cast.traject = na
    weer = handel(
        traject=na, versie=None, overgang="herroep_toewijzing", door=cast.wie("herroep_toewijzing"), reden="Voorbeeld."
    )
    assert (weer.commissie, weer.artikel43) == (None, False)


@pytest.mark.parametrize("artikel43", [True, False])
def test_regel_41_een_artikel_43_advies_heet_geen_advies_van_de_raad(artikel43: bool, wereld: Wereld) -> None:
    """Met een machtiging wel: dan dient de commissie "namens hem" van advies (art. 44)."""
    cast = bouw.traject_op(Stap.VERWERKING, wereld, commissie="grensarbeid" if artikel43 else "consumenten")
    cast.traject.artikel43 = artikel43
    cast.traject.save()
    bouw.bereid_verzending_voor(cast)
    assert "adviseer_rechtstreeks" in [k.naam for k in keuzes(cast.traject, cast.secretaris)]
    toon = str(gevolgen(cast.traject, "adviseer_rechtstreeks"))
    assert ("van haarzelf" in toon, "namens de raad" in toon) == (artikel43, not artikel43)
    cast.traject = handel(
        traject=cast.traject, versie=None, overgang="adviseer_rechtstreeks", door=cast.secretaris, reden="Voorbeeld."
    )
    assert cast.traject.advies.namens_raad is not artikel43
    assert "oordeel" not in [g.naam for g, _ in te_corrigeren(cast.traject)], "de raad oordeelde niet"
    naam = cast.traject.commissie.naam
    brief = aanbiedingsbrief("u", brieven.gegevens_van(cast.traject))
    assert f"de {naam} van de Sociaal-Economische Raad" in brief
    assert ("namens de raad" in brief) is not artikel43
    alles_klaar(cast)
    feiten = dict(opmaak_van(cast.traject)["feiten"])
    assert feiten["Uitgebracht door"] == naam + (" (Wet op de SER, artikel 43)" if artikel43 else ", namens de raad")
    klaar = bied_aan(cast)
    metadata = Publicatie.objects.get(sleutel=f"advies:t-{klaar.pk}").metadata
    merk = oordeel_merk(Advies(oordeel="", metadata=metadata))
    assert merk.woord == ("Van de commissie" if artikel43 else "Namens de raad")
    assert ("geen advies van de raad" in merk.uitleg) is artikel43


def test_wat_de_raad_vaststelde_is_van_de_raad(casts: dict[str, Cast]) -> None:
    assert casts[Stap.AANBIEDING].traject.rechtstreeks == ""
