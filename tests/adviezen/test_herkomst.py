"""Waar woorden vandaan komen als een alinea gesplitst, samengevoegd, weggehaald of teruggezet is."""

from adviezen.actions.opmerkingen import plaats_opmerking
from adviezen.enums import Kring, Stap
from adviezen.models import Opmerking, Versie
from adviezen.queries.geschiedenis import Stand, geschiedenis
from adviezen.queries.herkomst import Herkomst, herkomst
from kern.blokken import blokken
from kern.tijd import nu
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld

EEN = "Wie een dag per week thuiswerkt over de grens, kan onder twee stelsels van sociale zekerheid vallen."
TWEE = "De premies verschillen per land, en ook de regels bij ziekte lopen in de praktijk ver uiteen."
EIND = "<p>De commissie komt hier in het najaar op terug met een voorstel aan de raad.</p>"


def begin(wereld: Wereld) -> Cast:
    return bouw.traject_op(Stap.CONCEPT, wereld)


def versies(cast: Cast, *teksten: str) -> list[Versie]:
    return [bouw.versie(cast, html=f"<h2>Aanleiding</h2>{tekst}{EIND}") for tekst in teksten]


def blok(versie: Versie, begin: str) -> str:
    return next(b.id for b in blokken(versie.html) if b.tekst.startswith(begin))


def per_versie(uit: Herkomst | None) -> list[tuple[str, Versie | None]]:
    """Geef elk stukje met de versie die het bracht; None is de eerste versie van de alinea."""
    assert uit is not None
    return [(s.tekst, uit.bronnen[s.nummer - 1].versie if s.nummer else None) for s in uit.stukjes]


def standen(cast: Cast, id_: str) -> list[Stand]:
    return geschiedenis(cast.traject, id_, cast.secretaris)


def soorten(cast: Cast, id_: str) -> list[str]:
    return [stand.soort for stand in standen(cast, id_)]


def test_een_samengevoegde_alinea_weet_wat_van_haar_was_en_wat_erbij_kwam(cast: Cast) -> None:
    """Van beide kanten: de eigen woorden zijn van het begin, die van de ander van de versie die samenvoegde."""
    een, _, samen, laatste = versies(
        cast,
        f"<p>{EEN}</p><p>{TWEE}</p>",
        f"<p>{EEN}</p><p>{TWEE} Dat is lastig.</p>",
        f"<p>{EEN} {TWEE} Dat is lastig.</p>",
        f"<p>{EEN} {TWEE} Dat is vaak lastig.</p>",
    )
    eerste, tweede = blok(een, "Wie"), blok(een, "De premies")
    assert soorten(cast, eerste) == ["nieuw", "gelijk", "samengevoegd", "gewijzigd"]
    assert per_versie(herkomst(standen(cast, eerste), eerste)) == [
        (EEN, None),
        (f" {TWEE} Dat is ", samen),
        ("vaak ", laatste),
        ("lastig.", samen),
    ]
    assert soorten(cast, tweede) == ["nieuw", "gewijzigd", "samengevoegd"], "daarna heet zij als de eerste"
    assert [tekst for tekst, van in per_versie(herkomst(standen(cast, tweede), tweede)) if van is None] == [TWEE]


def test_een_samenvoeging_meteen_na_de_eerste_versie(cast: Cast) -> None:
    een, samen = versies(cast, f"<p>{EEN}</p><p>{TWEE}</p>", f"<p>{EEN} {TWEE}</p>")
    for id_, verwacht in (
        (blok(een, "Wie"), [(EEN, None), (f" {TWEE}", samen)]),
        (blok(een, "De premies"), [(f"{EEN} ", samen), (TWEE, None)]),
    ):
        assert per_versie(herkomst(standen(cast, id_), id_)) == verwacht


def test_na_een_splitsing_houdt_elk_deel_zijn_eigen_woorden(cast: Cast) -> None:
    """Anders leest het alsof een woord uit het andere deel hier is bijgekomen."""
    anders = EEN.replace("kan onder", "kan dan ook onder")
    een, erbij, gesplitst, laatste = versies(
        cast,
        f"<p>{EEN} {TWEE}</p>",
        f"<p>{anders} {TWEE}</p>",
        f"<p>{anders}</p><p>{TWEE}</p>",
        f"<p>{anders}</p><p>{TWEE} Dat is lastig.</p>",
    )
    hoofd, rest = blok(een, "Wie"), blok(gesplitst, "De premies")
    assert soorten(cast, hoofd) == ["nieuw", "gewijzigd", "gesplitst", "gelijk"]
    delen = per_versie(herkomst(standen(cast, hoofd), hoofd))
    assert "".join(tekst for tekst, _ in delen) == anders
    assert [(tekst.strip(), van) for tekst, van in delen if van] == [("dan ook", erbij)]
    assert soorten(cast, rest) == ["afgesplitst", "gewijzigd"]
    assert standen(cast, rest)[0].bron == hoofd
    assert per_versie(herkomst(standen(cast, rest), rest)) == [(TWEE, None), (" Dat is lastig.", laatste)]


def test_opmaak_schrappen_en_terugkomen_brengen_geen_woorden(cast: Cast) -> None:
    een, *_ = versies(cast, f"<p>{EEN}</p>", f"<p><strong>{EEN}</strong></p>", "", f"<p>{EEN}</p>")
    id_ = blok(een, "Wie")
    assert soorten(cast, id_) == ["nieuw", "opmaak", "geschrapt", "terug"]
    assert herkomst(standen(cast, id_), id_) is None


def test_een_overgenomen_voorstel_staat_bij_de_versie_die_het_overnam(cast: Cast) -> None:
    """Wie die versie niet mag zien, vindt het bij de eerste daarna; ziet hij geen latere, dan nergens."""
    een, twee = versies(cast, f"<p>{EEN}</p>", f"<p>{EEN} Dat is lastig.</p>")
    id_ = blok(een, "Wie")
    rij = plaats_opmerking(
        versie=een, blok=id_, tekst="Zeg ook dat het lastig is.", voorstel=f"{EEN} Dat is lastig.",
        kring=Kring.COMMISSIE, door=cast.wereld.account("FNV 2"),
    )  # fmt: skip
    assert [s.overgenomen for s in standen(cast, id_)] == [[], []]
    Opmerking.objects.filter(pk=rij.pk).update(
        afgedaan_op=nu(), afgedaan_door=cast.secretaris, afdoening="Overgenomen.", overgenomen_in=twee
    )
    assert [(s.opmerkingen, s.overgenomen) for s in standen(cast, id_)] == [([rij], []), ([], [rij])]
    lid = geschiedenis(cast.traject, id_, cast.wereld.account("CNV 1"))
    assert [s.overgenomen for s in lid] == [[], [rij]]
