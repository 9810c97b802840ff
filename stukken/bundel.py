"""Losse PDF's samenvoegen tot één bundel: met bladwijzers, werkende verwijzingen, en op elke bladzijde een stempel.

Het samenvoegen zelf doet pikepdf (qpdf). Wat daarbij verloren gaat en hier wordt hersteld: bladwijzers van de stukken
en verwijzingen binnen een stuk. De opbouw voor hulpmiddelen (tags) gaat verloren; wie die nodig heeft leest de losse
stukken of de bladzijde in het portaal.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

# Zo verwijst het voorblad naar een deel: https://bundel.invalid/<anker>. Bij het samenvoegen wordt dat een sprong.
SPRONG = "https://bundel.invalid/"
DIEPST = 12  # zo diep volgen wij bladwijzers van een stuk; dieper is geen inhoud maar een kapot bestand
MEESTE_BLADWIJZERS = 2_000


@dataclass(frozen=True)
class Deel:
    """Eén regel in de bladwijzers. Zonder `inhoud` wijst zij naar het eerste onderdeel, of anders naar het voorblad."""

    titel: str
    anker: str
    inhoud: bytes | None = None
    onder: Sequence[Deel] = ()


@dataclass
class _Wijzer:
    titel: str
    blad: int
    onder: list[_Wijzer] = field(default_factory=list)


def aantal_bladen(inhoud: bytes) -> int:
    """Geef het aantal bladzijden. Werpt ValueError als dit geen leesbare PDF is (kapot, of met een wachtwoord)."""
    try:
        with Pdf.open(io.BytesIO(inhoud)) as pdf:
            return len(pdf.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError) as fout:
        raise ValueError("geen leesbare PDF") from fout


def voeg_samen(
    voorblad: bytes, delen: Sequence[Deel], *, titel: str, stempel: Callable[[int], bytes] | None = None
) -> bytes:
    """Geef één PDF: het voorblad, dan de delen in deze volgorde, met bladwijzers en werkende verwijzingen.

    `stempel` krijgt het aantal bladzijden en geeft een PDF met evenveel bladzijden, die over elke bladzijde heen komt.
    Dezelfde invoer geeft dezelfde bytes. Werpt ValueError als een deel geen leesbare PDF is.
    """
    uit = Pdf.new()
    try:
        bronnen: list[Pdf] = []
        ankers: dict[str, int] = {}
        wijzers = [_Wijzer("Voorblad en agenda", 0)]
        _neem_op(uit, voorblad, bronnen)
        slot = len(uit.pages)
        wijzers += [_deel(uit, deel, ankers, bronnen, slot) for deel in delen]
        _sprongen(uit, slot, ankers)
        if stempel is not None:
            with Pdf.open(io.BytesIO(stempel(len(uit.pages)))) as over:
                for blad, merk in zip(list(uit.pages)[1:], list(over.pages)[1:], strict=False):
                    blad.add_overlay(merk, None)
        with uit.open_outline() as bladwijzers:
            bladwijzers.root.extend(_als_item(w) for w in wijzers)
        uit.Root.Lang, uit.Root.PageMode = pikepdf.String("nl-NL"), Name.UseOutlines
        uit.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        uit.docinfo["/Title"] = titel
        doel = io.BytesIO()
        uit.save(doel, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        for bron in bronnen:
            bron.close()
        return doel.getvalue()
    finally:
        uit.close()


def _deel(uit: Pdf, deel: Deel, ankers: dict[str, int], bronnen: list[Pdf], slot: int) -> _Wijzer:
    begin = len(uit.pages)
    eigen = _neem_op(uit, deel.inhoud, bronnen) if deel.inhoud is not None else []
    onder = [_deel(uit, d, ankers, bronnen, slot) for d in deel.onder]
    blad = begin if len(uit.pages) > begin else slot - 1
    ankers[deel.anker] = blad
    return _Wijzer(deel.titel, blad, [*eigen, *onder])


def _neem_op(uit: Pdf, inhoud: bytes, bronnen: list[Pdf]) -> list[_Wijzer]:
    """Zet de bladzijden van een stuk achteraan en geef zijn eigen bladwijzers, verschoven."""
    try:
        bron = Pdf.open(io.BytesIO(inhoud))
    except (pikepdf.PdfError, pikepdf.PasswordError) as fout:
        raise ValueError("geen leesbare PDF") from fout
    bronnen.append(bron)  # pas na het bewaren dicht: de bladzijden lezen nog uit de bron
    begin = len(uit.pages)
    plaats = {blad.obj.objgen: nummer for nummer, blad in enumerate(bron.pages)}
    namen = _namen(bron)
    uit.add_pages_from(bron)
    for nummer, blad in enumerate(bron.pages):
        nieuw = uit.pages[begin + nummer].obj
        for sleutel in ("/StructParents", "/Tabs", "/AA"):
            if sleutel in nieuw:
                del nieuw[sleutel]
        for oud, annotatie in zip(_annotaties(blad.obj), _annotaties(nieuw), strict=False):
            if "/StructParent" in annotatie:
                del annotatie["/StructParent"]
            naar = _bestemming(oud, plaats, namen)
            if naar is not None:
                _zet_sprong(uit, annotatie, begin + naar)
    teller = [0]
    return _bladwijzers(bron, plaats, namen, begin, teller)


def _annotaties(blad: Any) -> Iterator[Any]:
    for annotatie in blad.get("/Annots", ()):
        if isinstance(annotatie, Dictionary):
            yield annotatie


def _zet_sprong(uit: Pdf, annotatie: Any, blad: int) -> None:
    for sleutel in ("/A", "/Dest"):
        if sleutel in annotatie:
            del annotatie[sleutel]
    annotatie.Dest = Array([uit.pages[blad].obj, Name.Fit])


def _namen(bron: Pdf) -> dict[str, Any]:
    """Geef de benoemde bestemmingen van een stuk (de boom van namen, en de oude lijst)."""
    uit: dict[str, Any] = {}
    oud = bron.Root.get("/Dests")
    if isinstance(oud, Dictionary):
        uit |= {str(naam): waarde for naam, waarde in oud.items()}
    boom = bron.Root.get("/Names", Dictionary()).get("/Dests")
    if boom is not None:
        uit |= {str(naam): waarde for naam, waarde in pikepdf.NameTree(boom).items()}
    return uit


def _bestemming(ding: Any, plaats: dict[tuple[int, int], int], namen: dict[str, Any]) -> int | None:
    """Geef op welke bladzijde van het stuk een verwijzing of bladwijzer uitkomt, of None als dat buiten het stuk is."""
    waarde = ding.get("/Dest")
    actie = ding.get("/A")
    if waarde is None and isinstance(actie, Dictionary) and actie.get("/S") == Name.GoTo:
        waarde = actie.get("/D")
    return _plek(waarde, plaats, namen)


def _plek(waarde: Any, plaats: dict[tuple[int, int], int], namen: dict[str, Any], diep: int = 0) -> int | None:
    if waarde is None or diep > 3:
        return None
    if isinstance(waarde, pikepdf.String | Name):
        return _plek(namen.get(str(waarde)), plaats, namen, diep + 1)
    if isinstance(waarde, Dictionary):
        return _plek(waarde.get("/D"), plaats, namen, diep + 1)
    if isinstance(waarde, Array) and len(waarde):
        eerste = waarde[0]
        return plaats.get(eerste.objgen) if isinstance(eerste, Dictionary) else None
    return None


def _bladwijzers(
    bron: Pdf, plaats: dict[tuple[int, int], int], namen: dict[str, Any], begin: int, teller: list[int]
) -> list[_Wijzer]:
    """Lees de bladwijzers van een stuk zelf uit de boom: van een kapotte boom komt mee wat leesbaar is."""

    def lees(eerste: Any, diep: int) -> list[_Wijzer]:
        uit: list[_Wijzer] = []
        huidig = eerste
        while isinstance(huidig, Dictionary) and teller[0] < MEESTE_BLADWIJZERS and diep < DIEPST:
            teller[0] += 1
            blad = _bestemming(huidig, plaats, namen)
            onder = lees(huidig.get("/First"), diep + 1)
            titel = str(huidig.get("/Title", "")).strip()
            if titel and blad is not None:
                uit.append(_Wijzer(titel[:200], begin + blad, onder))
            else:
                uit += onder
            huidig = huidig.get("/Next")
        return uit

    return lees(bron.Root.get("/Outlines", Dictionary()).get("/First"), 0)


def _sprongen(uit: Pdf, slot: int, ankers: dict[str, int]) -> None:
    """Maak van de verwijzingen op het voorblad sprongen naar de delen."""
    for nummer in range(slot):
        for annotatie in _annotaties(uit.pages[nummer].obj):
            adres = str(annotatie.get("/A", Dictionary()).get("/URI", ""))
            anker = adres.removeprefix(SPRONG)
            if adres.startswith(SPRONG) and anker in ankers:
                _zet_sprong(uit, annotatie, ankers[anker])


def _als_item(wijzer: _Wijzer) -> OutlineItem:
    item = OutlineItem(wijzer.titel, wijzer.blad)
    item.is_closed = True
    item.children.extend(_als_item(w) for w in wijzer.onder)
    return item
