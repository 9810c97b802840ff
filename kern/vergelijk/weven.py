"""De vergelijking zelf: de twee teksten in elkaar geweven tot één leesvolgorde."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kern.vergelijk.delen import knip, plak, stuk_van
from kern.vergelijk.gegevens import Celverschil, Regel, Stuk, Tabel, Vergelijking
from kern.vergelijk.koppelen import Eenheid, Werk, eenheden, koppel_rijen, lees_beide, vaste_volgorde
from kern.vergelijk.lezen import Bloktekst, Cel, is_noot, opmaakverschil
from kern.vergelijk.tabel import koppel_cellen, koppel_kolommen
from kern.vergelijk.tellen import nummer_en_tel
from kern.vergelijk.woorden import met_naden
from kern.vergelijk.woorden import stukken as maak_stukken

VORMNAAM = {
    "h2": "kop", "h3": "kop", "h4": "kop", "p": "alinea", "li": "lijstpunt", "tr": "tabelrij", "caption": "bijschrift",
    "figure": "afbeelding", "figcaption": "bijschrift", "voetnoot": "voetnoot",
}  # fmt: skip


def vergelijk(oud: str, nieuw: str) -> Vergelijking:
    """Vergelijk twee gemunte teksten (`kern.blokken.munt`) en geef wat er van `oud` naar `nieuw` veranderde.

    Blokken horen bij elkaar op hun id, en anders op gelijkende tekst. Alleen opmaak anders is geen wijziging van de
    tekst, maar staat er wel bij. Werkt ook op niet gemunte HTML; dan telt alleen de tekst.
    """
    werk = lees_beide(oud, nieuw)
    oude, nieuwe = eenheden(werk.oud, werk.samen.values()), eenheden(werk.nieuw, werk.splits.values())
    waar = {plaats: nummer for nummer, eenheid in enumerate(oude) for plaats in eenheid.plaatsen}
    paar: dict[int, int] = {}
    for nummer, eenheid in enumerate(nieuwe):
        doelen = (waar[werk.paren[p]] for p in eenheid.plaatsen if p in werk.paren)
        if (doel := next(doelen, None)) is not None:
            paar[nummer] = doel
    delen: list[Regel | Tabel] = []
    for o, n, verplaatst in _weef(oude, nieuwe, paar):
        eenheid = nieuwe[n] if n >= 0 else oude[o]
        if eenheid.tabel:
            delen.append(_tabel(werk, oude[o] if o >= 0 else None, nieuwe[n] if n >= 0 else None, verplaatst))
        else:
            p_oud = oude[o].plaatsen[0] if o >= 0 else -1
            p_nieuw = nieuwe[n].plaatsen[0] if n >= 0 else -1
            if n >= 0 and len(nieuwe[n].plaatsen) > 1:
                delen += _gesplitst(werk, p_oud, nieuwe[n].plaatsen, verplaatst)
            elif n >= 0 and o >= 0 and len(oude[o].plaatsen) > 1:
                delen.append(_samengevoegd(werk, oude[o].plaatsen, p_nieuw, verplaatst))
            else:
                delen.append(_regel(werk, p_oud, p_nieuw, verplaatst and not eenheid.noot))
    return nummer_en_tel(delen)


def _weef(
    oude: Sequence[Eenheid], nieuwe: Sequence[Eenheid], paar: Mapping[int, int]
) -> Iterator[tuple[int, int, bool]]:
    """Geef (oud, nieuw, verplaatst) in leesvolgorde; -1 waar een kant ontbreekt.

    Wat wegging of vertrok staat op zijn oude plek, vóór wat daar nieuw is.
    """
    gepaard = sorted(paar)
    vast = {gepaard[i] for i in vaste_volgorde([paar[n] for n in gepaard], [nieuwe[n].woorden for n in gepaard])}
    grenzen = [len(oude)] * (len(nieuwe) + 1)
    for n in range(len(nieuwe) - 1, -1, -1):
        grenzen[n] = paar[n] if n in vast else grenzen[n + 1]
    heen = {o: n for n, o in paar.items()}
    volgende = 0
    for n in range(len(nieuwe) + 1):
        while volgende < grenzen[n]:
            naar = heen.get(volgende)
            if naar is None:
                yield volgende, -1, False
            elif naar not in vast and not oude[volgende].noot:
                yield volgende, -1, True
            volgende += 1
        if n == len(nieuwe):
            break
        if n in vast:
            volgende = max(volgende, paar[n] + 1)
            yield paar[n], n, False
        else:
            yield paar.get(n, -1), n, n in paar


def _tabel(werk: Werk, oud: Eenheid | None, nieuw: Eenheid | None, verplaatst: bool) -> Tabel:
    if oud is None or nieuw is None:
        eenheid = oud or nieuw
        assert eenheid is not None  # noqa: S101 - een van beide is er
        if oud is not None and verplaatst:
            naar = werk.nieuw[werk.terug[next(p for p in oud.plaatsen if p in werk.terug)]]
            return Tabel((), "vertrok", True, naar.kop, naar.id)
        rijen = [_regel(werk, p if oud else -1, -1 if oud else p, False) for p in eenheid.plaatsen]
        return Tabel(tuple(rijen), "eraf" if oud else "erbij")
    rijen = []
    paar = koppel_rijen(werk, oud, nieuw)
    kolommen = koppel_kolommen(
        [(werk.oud[oud.plaatsen[o]].cellen, werk.nieuw[nieuw.plaatsen[n]].cellen) for n, o in sorted(paar.items())]
    )
    rij_oud = [Eenheid([p], woorden=len(werk.oud[p].tekst) + 1) for p in oud.plaatsen]
    rij_nieuw = [Eenheid([p], woorden=len(werk.nieuw[p].tekst) + 1) for p in nieuw.plaatsen]
    for o, n, weg in _weef(rij_oud, rij_nieuw, paar):
        p_oud = oud.plaatsen[o] if o >= 0 else -1
        p_nieuw = nieuw.plaatsen[n] if n >= 0 else -1
        rijen.append(_regel(werk, p_oud, p_nieuw, weg, kolommen))
    soort = "gewijzigd" if any(rij.is_wijziging for rij in rijen) else "gelijk"
    van = werk.oud[oud.plaatsen[0]]
    return Tabel(tuple(rijen), soort, verplaatst, van.kop if verplaatst else "", van.anker if verplaatst else "")


def _regel(
    werk: Werk, p_oud: int, p_nieuw: int, verplaatst: bool, kolommen: list[tuple[int, int]] | None = None
) -> Regel:
    oud = werk.oud[p_oud] if p_oud >= 0 else None
    nieuw = werk.nieuw[p_nieuw] if p_nieuw >= 0 else None
    blok = nieuw or oud
    assert blok is not None  # noqa: S101 - een van beide is er
    basis = Regel(
        "gelijk",
        blok.vorm,
        oud=oud.id if oud else "",
        nieuw=nieuw.id if nieuw else "",
        plaats_oud=p_oud,
        plaats_nieuw=p_nieuw,
        verplaatst=verplaatst,
        merk=blok.merk,
        diep=blok.diep,
        citaat=blok.citaat,
    )
    if nieuw is None and oud is not None and verplaatst:
        naar = werk.nieuw[werk.terug[p_oud]]
        begin = Stuk(" ".join("".join(t for t in oud.tekst if not is_noot(t)).split()[:9]))
        return replace(basis, soort="vertrok", stukken=(begin,), elders=naar.kop, elders_blok=naar.id)
    if blok.vorm == "tr":
        return _rij(werk, basis, oud, nieuw, kolommen)
    stukken = maak_stukken(werk, oud.plat if oud else None, nieuw.plat if nieuw else None)
    if oud is None or nieuw is None:
        return replace(basis, soort="eraf" if oud else "erbij", stukken=stukken)
    anders = oud.plat.tekst != nieuw.plat.tekst
    return replace(
        basis,
        soort="gewijzigd" if anders else "gelijk",
        stukken=stukken,
        elders=oud.kop if verplaatst else "",
        elders_blok=oud.anker if verplaatst else "",
        opmaak=opmaakverschil(oud.plat, nieuw.plat),
        was=_was(oud, nieuw),
    )


def _gesplitst(werk: Werk, p_oud: int, plaatsen: list[int], verplaatst: bool) -> Iterator[Regel]:
    """Geef voor elk deel van een gesplitst blok een regel, met het stuk van het oude blok dat erbij hoort."""
    oud = werk.oud[p_oud]
    for nummer, (plaats, (van, tot)) in enumerate(zip(plaatsen, knip(oud, werk.nieuw, plaatsen), strict=True), start=1):
        regel = _regel(werk, -1, plaats, False)
        stuk, nieuw = stuk_van(oud.plat, van, tot), werk.nieuw[plaats]
        yield replace(
            regel,
            soort="gelijk" if stuk.tekst == nieuw.plat.tekst else "gewijzigd",
            stukken=maak_stukken(werk, stuk, nieuw.plat),
            oud=oud.id,
            plaats_oud=p_oud,
            verplaatst=verplaatst,
            elders=oud.kop if verplaatst else "",
            elders_blok=oud.anker if verplaatst else "",
            was=_was(oud, nieuw),
            deel=(nummer, len(plaatsen)),
            bereik=(van, tot),
        )


def _samengevoegd(werk: Werk, plaatsen: list[int], p_nieuw: int, verplaatst: bool) -> Regel:
    """Geef de regel van een blok waarin oude blokken opgingen; een naad zegt waar elk volgend blok begon."""
    delen, nieuw = [werk.oud[p] for p in plaatsen], werk.nieuw[p_nieuw]
    oud, naden = plak(delen)
    return replace(
        _regel(werk, plaatsen[0], p_nieuw, verplaatst),
        soort="gelijk" if oud.tekst == nieuw.plat.tekst else "gewijzigd",
        stukken=met_naden(maak_stukken(werk, oud, nieuw.plat), naden),
        opmaak=opmaakverschil(oud, nieuw.plat),
        samen=tuple(plaatsen),
        oude=tuple(blok.id for blok in delen),
    )


def _was(oud: Bloktekst, nieuw: Bloktekst) -> str:
    if oud.vorm != nieuw.vorm:
        was, wordt = VORMNAAM[oud.vorm], VORMNAAM[nieuw.vorm]
        return f"{was}, nu {wordt}" if was != wordt else "een kop van een ander niveau"
    if oud.citaat != nieuw.citaat:
        return "citaat" if oud.citaat else "gewone tekst, nu citaat"
    return ""


def _rij(
    werk: Werk, basis: Regel, oud: Bloktekst | None, nieuw: Bloktekst | None, kolommen: list[tuple[int, int]] | None
) -> Regel:
    cellen: list[Celverschil] = []
    opmaak: list[str] = []
    links, rechts = (oud.cellen if oud else []), (nieuw.cellen if nieuw else [])
    for o, n in koppel_cellen(links, rechts, kolommen):
        een: Cel | None = links[o] if o >= 0 else None
        twee: Cel | None = rechts[n] if n >= 0 else None
        cel = twee or een
        assert cel is not None  # noqa: S101 - een van beide is er
        stukken = maak_stukken(werk, een.plat if een else None, twee.plat if twee else None)
        if een is None or twee is None:
            soort = "eraf" if een else "erbij"
        else:
            soort = "gelijk" if een.plat.tekst == twee.plat.tekst else "gewijzigd"
            opmaak += [w for w in opmaakverschil(een.plat, twee.plat) if w not in opmaak]
        cellen.append(Celverschil(stukken, soort, cel.kop, cel.breed))
    if oud is None or nieuw is None:
        soort = "eraf" if oud else "erbij"
    else:
        soort = "gelijk" if all(cel.soort == "gelijk" for cel in cellen) else "gewijzigd"
    return replace(basis, soort=soort, cellen=tuple(cellen), opmaak=tuple(opmaak))
