"""De vaste woorden van een verdeelde raad: uitgewerkte gevallen en eigenschappen (regels 34, 35, 36, 38)."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adviezen import standpunten
from adviezen.standpunten import Deel, Lid, Opvatting, Registratie, registreer
from raad.enums import Geleding

OG, W, K = Geleding.ONDERNEMERS, Geleding.WERKNEMERS, Geleding.KROONLEDEN
VNO, MKB, LTO = "de Vereniging VNO-NCW", "MKB-Nederland", "LTO Nederland"
FNV, CNV, VCP = "de FNV", "het CNV", "de VCP"


def groep(geleding, organisatie, aantal, begin=1):
    voorvoegsel = organisatie or "Kroonlid"
    return [Lid(f"{voorvoegsel} {i}", geleding, organisatie) for i in range(begin, begin + aantal)]


VNO_LEDEN, MKB_LEDEN, LTO_LEDEN = groep(OG, VNO, 8), groep(OG, MKB, 3), groep(OG, LTO, 1)
FNV_LEDEN, CNV_LEDEN, VCP_LEDEN = groep(W, FNV, 8), groep(W, CNV, 2), groep(W, VCP, 2)
KROON = [Lid(naam, K, None) for naam in ("Aa", "Bb", "Cc", "Dd", "Ee", "Ff", "Gg", "Hh", "Ii", "Jj", "Kk", "Ll")]
OND, WN = VNO_LEDEN + MKB_LEDEN + LTO_LEDEN, FNV_LEDEN + CNV_LEDEN + VCP_LEDEN
VOLTALLIG = OND + WN + KROON
assert len(VOLTALLIG) == 36


def uitkomst(aanwezig, *steun, marge=4):
    opvattingen = [Opvatting(f"o{i}", frozenset(leden)) for i, leden in enumerate(steun)]
    return registreer(aanwezig, opvattingen, marge=marge)


GEVALLEN = [
    # (aanwezig, steun per opvatting, [(aanduiding, voetnoot, voorstel)])
    pytest.param(VOLTALLIG, [], [], id="niemand wijkt af"),
    pytest.param(
        VOLTALLIG,
        [VOLTALLIG],
        [("de raad", "de ondernemersleden, de werknemersleden en de kroonleden", False)],
        id="één opvatting van allen",
    ),
    pytest.param(
        VOLTALLIG,
        [WN + KROON, OND],
        [
            ("een deel van de raad", "de werknemersleden en de kroonleden", False),
            ("een ander deel van de raad", "de ondernemersleden", False),
        ],
        id="twee delen, hele geledingen",
    ),
    pytest.param(
        VOLTALLIG,
        [VNO_LEDEN, FNV_LEDEN, KROON],
        [
            ("een deel van de raad", "de ondernemersleden benoemd door de Vereniging VNO-NCW", False),
            ("een ander deel van de raad", "de werknemersleden benoemd door de FNV", False),
            ("nog een ander deel van de raad", "de kroonleden", False),
        ],
        id="drie delen in vaste volgorde (regel 35)",
    ),
    pytest.param(
        VOLTALLIG,
        [VNO_LEDEN, FNV_LEDEN, KROON[:6], KROON[6:]],
        [
            ("een deel van de raad", "de ondernemersleden benoemd door de Vereniging VNO-NCW", False),
            ("een ander deel van de raad", "de werknemersleden benoemd door de FNV", False),
            ("nog een ander deel van de raad", "de kroonleden Aa, Bb, Cc, Dd, Ee en Ff", False),
            ("nog een ander deel van de raad", "de kroonleden Gg, Hh, Ii, Jj, Kk en Ll", True),
        ],
        id="een vierde deel is een voorstel",
    ),
    pytest.param(
        VOLTALLIG,
        [VOLTALLIG[:35], VOLTALLIG[35:]],
        [
            (
                "de raad",
                "de ondernemersleden, de werknemersleden en de kroonleden Aa, Bb, Cc, Dd, Ee, Ff, Gg, Hh, Ii, Jj en Kk",
                False,
            ),
            ("één lid van de raad", "het kroonlid Ll", False),
        ],
        id="één lid tegenover de raad",
    ),
    pytest.param(
        VOLTALLIG,
        [VOLTALLIG[4:], VNO_LEDEN[:4]],
        [
            (
                "de raad",
                "vier ondernemersleden benoemd door de Vereniging VNO-NCW, de ondernemersleden benoemd door "
                "MKB-Nederland, het ondernemerslid benoemd door LTO Nederland, de werknemersleden en de kroonleden",
                True,
            ),
            (
                "enkele leden van de raad",
                "vier ondernemersleden benoemd door de Vereniging VNO-NCW",
                True,
            ),
        ],
        id="precies 32 van 36 is de raad; deel van een organisatie is een voorstel",
    ),
    pytest.param(
        VOLTALLIG,
        [VOLTALLIG[:31], VOLTALLIG[31:]],
        [
            (
                "een deel van de raad",
                "de ondernemersleden, de werknemersleden en de kroonleden Aa, Bb, Cc, Dd, Ee, Ff en Gg",
                False,
            ),
            ("een ander deel van de raad", "de kroonleden Hh, Ii, Jj, Kk en Ll", False),
        ],
        id="31 van 36 is nog geen raad",
    ),
    pytest.param(
        VOLTALLIG,
        [CNV_LEDEN, LTO_LEDEN, VCP_LEDEN, KROON[:1]],
        [
            ("enkele leden van de raad", "de werknemersleden benoemd door het CNV", False),
            ("één lid van de raad", "het ondernemerslid benoemd door LTO Nederland", False),
            ("enkele leden van de raad", "de werknemersleden benoemd door de VCP", True),
            ("één lid van de raad", "het kroonlid Aa", True),
        ],
        id="een tweede enkele leden of één lid is een voorstel",
    ),
    pytest.param(
        VOLTALLIG,
        [MKB_LEDEN + LTO_LEDEN + CNV_LEDEN],
        [
            (
                "een deel van de raad",
                "de ondernemersleden benoemd door MKB-Nederland, het ondernemerslid benoemd door LTO Nederland en "
                "de werknemersleden benoemd door het CNV",
                False,
            )
        ],
        id="enkelvoud en meervoud per organisatie",
    ),
    pytest.param(
        [*OND, *WN[:1], *KROON],
        [OND + WN[:1]],
        [("een deel van de raad", "de ondernemersleden en het werknemerslid", False)],
        id="het enige aanwezige werknemerslid is de hele geleding",
    ),
    pytest.param(
        [VNO_LEDEN[0], FNV_LEDEN[0], KROON[0]],
        [[VNO_LEDEN[0], FNV_LEDEN[0]], [KROON[0]]],
        [
            ("enkele leden van de raad", "het ondernemerslid en het werknemerslid", True),
            ("één lid van de raad", "het kroonlid", False),
        ],
        id="kleine vergadering: telwoord blijft, als voorstel",
    ),
    pytest.param([KROON[0]], [[KROON[0]]], [("één lid van de raad", "het kroonlid", True)], id="één aanwezige"),
    pytest.param(
        KROON[:9],
        [KROON[:5], KROON[5:9]],
        [
            ("de raad", "de kroonleden Aa, Bb, Cc, Dd en Ee", False),
            ("enkele leden van de raad", "de kroonleden Ff, Gg, Hh en Ii", False),
        ],
        id="vijf van negen: meer dan de helft en aanwezig min vier",
    ),
    pytest.param(
        KROON[:10],
        [KROON[:5], KROON[5:10]],
        [
            ("een deel van de raad", "de kroonleden Aa, Bb, Cc, Dd en Ee", False),
            ("een ander deel van de raad", "de kroonleden Ff, Gg, Hh, Ii en Jj", False),
        ],
        id="de helft is niet meer dan de helft",
    ),
    pytest.param(
        [*VNO_LEDEN[:2], Lid("Zonder", OG, None), *KROON],
        [[VNO_LEDEN[0], VNO_LEDEN[1]], [Lid("Zonder", OG, None)]],
        [
            ("enkele leden van de raad", "de ondernemersleden benoemd door de Vereniging VNO-NCW", False),
            ("één lid van de raad", "het ondernemerslid Zonder", True),
        ],
        id="organisatie niet bekend",
    ),
    pytest.param(
        VOLTALLIG,
        [[VNO_LEDEN[0], *FNV_LEDEN[:2], *KROON[:2]]],
        [
            (
                "een deel van de raad",
                "één ondernemerslid benoemd door de Vereniging VNO-NCW, twee werknemersleden benoemd door de FNV en "
                "de kroonleden Aa en Bb",
                True,
            )
        ],
        id="één en twee van een organisatie, en twee kroonleden bij naam",
    ),
    pytest.param(
        [*LTO_LEDEN, *MKB_LEDEN, *(Lid(f"Zonder {n}", OG, None) for n in range(9)), *KROON],
        [[*(Lid(f"Zonder {n}", OG, None) for n in range(2)), *LTO_LEDEN, *MKB_LEDEN]],
        [
            (
                "een deel van de raad",
                "de ondernemersleden benoemd door MKB-Nederland, het ondernemerslid benoemd door LTO Nederland en "
                "de ondernemersleden Zonder 0 en Zonder 1",
                True,
            )
        ],
        id="wie niet bij een bekende organisatie hoort komt achteraan, hoe veel het er ook zijn",
    ),
]


@pytest.mark.parametrize(("aanwezig", "steun", "verwacht"), GEVALLEN)
def test_met_de_hand_uitgewerkt(aanwezig, steun, verwacht):
    """Regels 34, 35, 36, 38: aanduiding, volgorde van de delen, voetnoot, en unaniem of niet."""
    gekregen = uitkomst(aanwezig, *steun)
    assert [(d.aanduiding, d.voetnoot, d.voorstel) for d in gekregen.delen] == verwacht
    assert [d.sleutel for d in gekregen.delen] == [f"o{i}" for i in range(len(steun))]
    assert gekregen.unaniem is (len(steun) <= 1)  # regel 38


def test_marge_is_een_instelling():
    # Regel 34: met marge 0 is 35 van de 36 geen raad meer.
    assert uitkomst(VOLTALLIG, VOLTALLIG[:35], marge=0).delen[0].aanduiding == "een deel van de raad"
    # Een grote marge alleen is niet genoeg: het moet ook meer dan de helft zijn.
    assert uitkomst(VOLTALLIG, OND, marge=30).delen[0].aanduiding == "een deel van de raad"


@pytest.mark.parametrize(
    ("aanwezig", "steun", "naam"),
    [
        (VOLTALLIG[:-1], [[KROON[-1]]], "Ll"),
        (VOLTALLIG, [[KROON[0]], [KROON[0], KROON[1]]], "Aa"),
        (VOLTALLIG, [[KROON[0]], []], "o1"),
        ([*VOLTALLIG, KROON[2]], [[KROON[0]]], "Cc"),
        (VOLTALLIG, [[Lid("Aa", W, FNV)]], "Aa"),
    ],
)
def test_onmogelijke_steun_noemt_de_persoon(aanwezig, steun, naam):
    with pytest.raises(ValueError, match=naam):
        uitkomst(aanwezig, *steun)


def test_dubbele_sleutel():
    dubbel = [Opvatting("x", frozenset(KROON[:1])), Opvatting("x", frozenset(KROON[1:2]))]
    with pytest.raises(ValueError, match="x"):
        registreer(VOLTALLIG, dubbel)


def test_voorbeelden_zijn_onveranderlijk():
    deel = Deel("a", "de raad", 30, "", False)
    with pytest.raises(AttributeError):
        deel.aantal = 1
    assert Registratie(True, ()).delen == ()


def test_telwoord_en_opsomming():
    assert [standpunten.telwoord(n) for n in (1, 12, 13)] == ["één", "twaalf", "13"]
    assert standpunten.opsomming([]) == ""
    assert standpunten.opsomming(["a", "b", "c"]) == "a, b en c"


# --- eigenschappen ------------------------------------------------------------------------------------------------


def lees_voetnoot(voetnoot, aanwezig):
    """Lees een voetnoot terug tot een aantal leden, los van hoe zij gemaakt is."""
    woorden = {"ondernemers": OG, "werknemers": W, "kroon": K}
    totaal = 0
    rest = voetnoot
    for organisatie in {lid.organisatie for lid in aanwezig if lid.organisatie}:
        for treffer in re.findall(
            rf"(\S+) (\w+?)(?:lid|leden) benoemd door {re.escape(organisatie)}(?=,| en |$)", rest
        ):
            hoeveel, soort = treffer
            if hoeveel in ("de", "het"):
                totaal += sum(1 for lid in aanwezig if lid.organisatie == organisatie)
            else:
                totaal += standpunten.TELWOORD.index(hoeveel) if hoeveel in standpunten.TELWOORD else int(hoeveel)
            rest = rest.replace(f"{hoeveel} {soort}leden benoemd door {organisatie}", "#")
            rest = rest.replace(f"{hoeveel} {soort}lid benoemd door {organisatie}", "#")
    # Wie bij naam genoemd is, heet in deze eigenschap N<nummer>N.
    totaal += len(re.findall(r"N\d+N", rest))
    for soort, geleding in woorden.items():
        if re.search(rf"{soort}(lid|leden)(?! N\d)", rest):
            totaal += sum(1 for lid in aanwezig if lid.geleding == geleding)
    return totaal


def verzin(seed):
    """Een willekeurige vergadering met willekeurige opvattingen."""
    aanwezig = []
    for nummer in range(seed.randint(1, 36)):
        geleding = seed.choice([OG, W, K])
        organisatie = None if geleding == K else seed.choice([VNO, MKB, LTO] if geleding == OG else [FNV, CNV, VCP])
        aanwezig.append(Lid(f"N{nummer}N", geleding, organisatie))
    kandidaten = seed.sample(aanwezig, len(aanwezig))
    groepen = []
    while kandidaten and len(groepen) < 6 and seed.random() < 0.85:
        aantal = min(len(kandidaten), seed.choice([1, 1, 2, 3, 4, 5, 6, 9, 12, 18, 30]))
        groepen.append(frozenset(kandidaten[:aantal]))
        kandidaten = kandidaten[aantal:]
    return aanwezig, groepen


@settings(max_examples=250, deadline=None, database=None)
@given(st.integers(min_value=0, max_value=2**48))
def test_eigenschappen_over_vijfduizend_registraties(begin):
    """Regels 34, 35, 36 over 250 maal 20 verzonnen registraties."""
    seed = random.Random(begin)
    for _ in range(20):
        controleer(*verzin(seed))


def controleer(aanwezig, groepen):
    uit = uitkomst(aanwezig, *groepen)
    assert uit.unaniem is (len(groepen) <= 1)
    assert [d.sleutel for d in uit.delen] == [f"o{i}" for i in range(len(groepen))]
    assert [d.aantal for d in uit.delen] == [len(g) for g in groepen]
    assert sum(d.aantal for d in uit.delen) <= len(aanwezig)
    assert sum(d.aanduiding == "de raad" for d in uit.delen) <= 1
    # De volgorde van de delen staat vast (regel 35).
    delen = [d for d in uit.delen if "deel" in d.aanduiding]
    assert [d.aanduiding for d in delen] == [*standpunten.DELEN, *[standpunten.DELEN[2]] * 3][: len(delen)]
    for deel in uit.delen:
        n, drempel = deel.aantal, deel.aantal >= len(aanwezig) - 4 and deel.aantal > len(aanwezig) / 2
        assert (deel.aanduiding == "één lid van de raad") is (n == 1)
        assert (deel.aanduiding == "enkele leden van de raad") is (2 <= n <= 4)
        assert (deel.aanduiding == "de raad") is (n > 4 and drempel)
        if n <= 4 and drempel:
            assert deel.voorstel
        assert lees_voetnoot(deel.voetnoot, aanwezig) == n, deel
    # Dezelfde aanwezigen in een andere volgorde geven hetzelfde.
    assert uitkomst(list(reversed(aanwezig)), *groepen) == uit


def test_bij_een_ruime_marge_is_de_raad_toch_meer_dan_de_helft():
    """Aanwezigen min marge alleen is niet genoeg: vijf of zes van twaalf zijn niet "de raad", zeven wel."""
    kamer = FNV_LEDEN[:6] + KROON[:6]
    for aantal, woorden in ((5, "een deel van de raad"), (6, "een deel van de raad"), (7, "de raad")):
        assert uitkomst(kamer, kamer[:aantal], marge=9).delen[0].aanduiding == woorden


def test_twee_leden_zijn_er_meer_dan_een():
    kamer = VNO_LEDEN[:2] + CNV_LEDEN + KROON
    (deel,) = uitkomst(kamer, VNO_LEDEN[:2]).delen
    assert deel.voetnoot == "de ondernemersleden"
    (deel,) = uitkomst(kamer + VCP_LEDEN, CNV_LEDEN).delen
    assert deel.voetnoot == "de werknemersleden benoemd door het CNV"


def test_organisaties_staan_op_naam_zonder_lidwoord_en_alleen_het_lidwoord_telt_niet_mee():
    bonden = ("Zilveren Aap", "de Beer", "het Cijfer", "Dappere Aap")
    kamer = [Lid(f"Lid {naam}", W, naam) for naam in bonden] + groep(W, FNV, 3)
    voetnoot = uitkomst(kamer, kamer[:4]).delen[0].voetnoot
    assert re.findall(r"benoemd door ([^,]+?)(?:,| en |$)", voetnoot) == [
        "de Beer", "het Cijfer", "Dappere Aap", "Zilveren Aap",
    ]  # fmt: skip
