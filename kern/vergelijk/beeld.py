"""Een vergelijking klaarmaken om te tekenen: rijen met veilige HTML, doorlopend of naast elkaar."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kern.componenten import Kantlijn
from kern.vergelijk.gegevens import Celverschil, Regel, Stuk, Tabel, Vergelijking
from kern.vergelijk.lezen import is_noot

WOORD = {"erbij": "nieuw", "eraf": "geschrapt", "gewijzigd": "gewijzigd", "vertrok": "verplaatst", "gelijk": ""}
TEKEN = {"erbij": "+", "eraf": "−", "gewijzigd": "±", "vertrok": "↷", "gelijk": ""}
VOOR = {"erbij": "ingevoegd: ", "eraf": "geschrapt: "}
NA = {"erbij": " einde invoeging ", "eraf": " einde schrapping "}
MARKERING = {"erbij": "ins", "eraf": "del"}
ALLE = ("gelijk", "erbij", "eraf", "naad")
WAS, WORDT = ("gelijk", "eraf", "naad"), ("gelijk", "erbij")
NAAD = (
    '<span class="verg-naad"><span aria-hidden="true">¶</span>'
    '<span class="alleen-lezer"> hier begon een nieuwe alinea </span></span>'
)


@dataclass(frozen=True)
class Beeldcel:
    """Een cel om te tekenen."""

    html: SafeString
    kop: bool
    breed: int
    soort: str


@dataclass(frozen=True)
class Beeldrij:
    """Een rij van een getekende tabel."""

    soort: str
    woord: str
    cellen: Sequence[Beeldcel]
    nummer: int
    blok: str


@dataclass(frozen=True)
class Beeld:
    """Een rij van het scherm: een blok, een tabel, of een rustig stuk dat is weggelaten (`rust` > 0)."""

    soort: str = "gelijk"
    vorm: str = "p"
    niveau: str = ""
    nummer: int = 0
    vorige: int = 0
    volgende: int = 0
    woord: str = ""
    teken: str = ""
    extra: Sequence[str] = ()
    verplaatst: bool = False
    deling: str = ""
    elders: str = ""
    elders_blok: str = ""
    blok: str = ""
    in_oud: bool = False
    merk: str = ""
    diep: int = 0
    citaat: bool = False
    doorlopend: SafeString = SafeString("")
    was: SafeString = SafeString("")
    wordt: SafeString = SafeString("")
    bijschrift: SafeString = SafeString("")
    bijschrift_was: SafeString = SafeString("")
    bijschrift_wordt: SafeString = SafeString("")
    rijen: Sequence[Beeldrij] = field(default_factory=tuple)
    rijen_was: Sequence[Beeldrij] = field(default_factory=tuple)
    rijen_wordt: Sequence[Beeldrij] = field(default_factory=tuple)
    rust: int = 0
    kantlijn: Kantlijn | None = None


def samenvatting(vergelijking: Vergelijking) -> str:
    """Geef in één zin wat er veranderde: "7 wijzigingen: 3 gewijzigd, 2 nieuw, 1 geschrapt, 1 verplaatst"."""
    tellingen, aantal = vergelijking.tellingen, vergelijking.aantal
    namen = (
        *(("gewijzigd", "gewijzigd"), ("erbij", "nieuw"), ("eraf", "geschrapt"), ("verplaatst", "verplaatst")),
        *(("gesplitst", "gesplitst"), ("samengevoegd", "samengevoegd")),
    )
    delen = [f"{tellingen[soort]} {naam}" for soort, naam in namen if tellingen.get(soort)]
    kop = {0: "Geen wijziging in de tekst", 1: "1 wijziging"}.get(aantal, f"{aantal} wijzigingen")
    zin = f"{kop}: {', '.join(delen)} (alinea’s en tabelrijen)." if delen else f"{kop}."
    opmaak = tellingen.get("opmaak", 0)
    return f"{zin} Bij {opmaak} is ook of alleen de opmaak anders." if opmaak else zin


def html_van(stukken: Iterable[Stuk], soorten: Sequence[str] = ALLE, *, heel: bool = False) -> SafeString:
    """Geef de stukken als HTML; `heel` laat de woorden voor de voorlezer weg (het hele blok is erbij of eraf)."""
    uit: list[str] = []
    for soort, groep in groupby((s for s in stukken if s.soort in soorten), key=lambda s: s.soort):
        if soort == "naad":
            uit.append(NAAD)
            continue
        binnen = "".join(_stuk(stuk) for stuk in groep)
        if soort == "gelijk":
            uit.append(binnen)
            continue
        naam = MARKERING[soort]
        voor = "" if heel else f'<span class="alleen-lezer">{VOOR[soort]}</span>'
        na = "" if heel else f'<span class="alleen-lezer">{NA[soort]}</span>'
        uit.append(f'<{naam} class="wijziging-{soort}">{voor}{binnen}{na}</{naam}>')
    return mark_safe("".join(uit))  # noqa: S308 - alle tekst is hierboven ontsnapt


def _stuk(stuk: Stuk) -> str:
    if stuk.noot:
        return f'<sup><span class="alleen-lezer"> noot </span>{escape(stuk.noot)}</sup>'
    tekst = str(escape("".join(teken for teken in stuk.tekst if not is_noot(teken))))
    for merk in stuk.merken:
        tekst = f'<span class="verg-link">{tekst}</span>' if merk == "a" else f"<{merk}>{tekst}</{merk}>"
    return tekst


def beelden(
    vergelijking: Vergelijking, *, alleen: bool = False, kantlijn: Mapping[str, Kantlijn] | None = None
) -> list[Beeld]:
    """Geef de rijen van het scherm. `alleen` laat weg wat niet wijzigde, met één blok en de kop eromheen.

    `kantlijn` hangt per blok van de nieuwe tekst de opmerkingen eraan.
    """
    rijen = [
        _tabel(deel, vergelijking.aantal) if isinstance(deel, Tabel) else _blok(deel, vergelijking.aantal)
        for deel in vergelijking.delen
    ]
    if kantlijn:
        rijen = [r if r.in_oud or r.soort == "vertrok" else replace(r, kantlijn=kantlijn.get(r.blok)) for r in rijen]
    return list(_zonder_rust(rijen)) if alleen else rijen


def _zonder_rust(rijen: Sequence[Beeld]) -> Iterator[Beeld]:
    toon = set()
    kop = -1
    for plaats, rij in enumerate(rijen):
        if rij.niveau:
            kop = plaats
        if rij.soort != "gelijk" or rij.verplaatst or rij.extra or rij.deling:
            toon |= {plaats - 1, plaats, plaats + 1, kop}
    over = 0
    eerste = ""
    for plaats, rij in enumerate(rijen):
        if plaats in toon:
            if over:
                yield Beeld(rust=over, blok=eerste)
            over = 0
            yield rij
        else:
            eerste = eerste if over else rij.blok
            over += 1
    if over:
        yield Beeld(rust=over, blok=eerste)


def _extra(regel: Regel) -> tuple[str, ...]:
    uit = []
    if regel.was:
        uit.append(f"was {regel.was}")
    if regel.opmaak:
        uit.append(f"{'ook ' if regel.soort == 'gewijzigd' else 'alleen '}opmaak: {', '.join(regel.opmaak)}")
    return tuple(uit)


def _deling(regel: Regel) -> str:
    """Zeg in woorden dat een blok een deel is van een gesplitst blok, of uit meer blokken bestaat."""
    if regel.samen:
        return f"samengevoegd uit {len(regel.samen)} alinea’s"
    if regel.deel is None:
        return ""
    nummer, aantal = regel.deel
    return f"gesplitst, deel {nummer} van {aantal}"


def _vorige(nummer: int) -> int:
    """Geef de vorige wijziging (0: die is er niet)."""
    return nummer - 1 if nummer > 1 else 0


def _volgende(nummer: int, aantal: int) -> int:
    """Geef de volgende wijziging (0: die is er niet)."""
    return nummer + 1 if 0 < nummer < aantal else 0


def _blok(regel: Regel, aantal: int) -> Beeld:
    heel = regel.soort in {"erbij", "eraf"}
    return Beeld(
        soort=regel.soort,
        vorm=regel.vorm,
        niveau=regel.vorm[1:] if regel.vorm in {"h2", "h3", "h4"} and regel.soort not in {"eraf", "vertrok"} else "",
        nummer=regel.nummer,
        vorige=_vorige(regel.nummer),
        volgende=_volgende(regel.nummer, aantal),
        woord=WOORD[regel.soort],
        teken=TEKEN[regel.soort] or ("↷" if regel.verplaatst else "") or ("¶" if _deling(regel) else ""),
        extra=_extra(regel),
        deling=_deling(regel),
        verplaatst=regel.verplaatst,
        elders=regel.elders,
        elders_blok=regel.elders_blok,
        blok=regel.blok,
        in_oud=not regel.nieuw,
        merk=regel.merk,
        diep=min(regel.diep, 3),
        citaat=regel.citaat,
        doorlopend=html_van(regel.stukken, heel=heel),
        was=html_van(regel.stukken, WAS, heel=heel) if regel.plaats_oud >= 0 else SafeString(""),
        wordt=html_van(regel.stukken, WORDT, heel=heel) if regel.plaats_nieuw >= 0 else SafeString(""),
    )


def _tabel(tabel: Tabel, aantal: int) -> Beeld:
    bijschrift = next((rij for rij in tabel.rijen if rij.vorm == "caption" and rij.soort != "vertrok"), None)
    rijen = [rij for rij in tabel.rijen if rij.vorm == "tr" and rij.soort != "vertrok"]
    heel = tabel.soort in {"erbij", "eraf"}
    nummers = [rij.nummer for rij in tabel.rijen if rij.nummer]
    eerste = tabel.nummer or (nummers[0] if nummers else 0)
    laatste = max([tabel.nummer, *nummers])
    stukken = bijschrift.stukken if bijschrift else ()
    return Beeld(
        soort=tabel.soort,
        vorm="tabel",
        nummer=eerste,
        vorige=_vorige(eerste),
        volgende=_volgende(laatste, aantal),
        woord=WOORD[tabel.soort],
        teken=TEKEN[tabel.soort] or ("↷" if tabel.verplaatst else ""),
        extra=tuple({tekst: None for rij in tabel.rijen for tekst in _extra(rij)}),
        verplaatst=tabel.verplaatst,
        elders=tabel.elders,
        elders_blok=tabel.elders_blok,
        blok=next((rij.blok for rij in tabel.rijen), ""),
        in_oud=tabel.soort == "eraf",
        bijschrift=html_van(stukken, heel=heel),
        bijschrift_was=html_van(stukken, WAS, heel=heel),
        bijschrift_wordt=html_van(stukken, WORDT, heel=heel),
        rijen=[_rij(rij, ALLE, tabel.soort) for rij in rijen],
        rijen_was=[_rij(rij, WAS, tabel.soort) for rij in sorted(rijen, key=_oud) if rij.plaats_oud >= 0],
        rijen_wordt=[_rij(rij, WORDT, tabel.soort) for rij in rijen if rij.plaats_nieuw >= 0],
    )


def _oud(rij: Regel) -> int:
    return rij.plaats_oud


def _rij(rij: Regel, soorten: Sequence[str], tabelsoort: str) -> Beeldrij:
    heel = rij.soort in {"erbij", "eraf"}
    woord = "" if tabelsoort == rij.soort else WOORD[rij.soort]
    if rij.verplaatst:
        woord = f"{woord}, verplaatst".removeprefix(", ")
    weg = {"erbij", "eraf"} - set(soorten)
    cellen = [_cel(cel, soorten, heel) for cel in rij.cellen if cel.soort not in weg]
    return Beeldrij(rij.soort, woord, cellen, rij.nummer, rij.blok)


def _cel(cel: Celverschil, soorten: Sequence[str], heel: bool) -> Beeldcel:
    return Beeldcel(html_van(cel.stukken, soorten, heel=heel), cel.kop, cel.breed, cel.soort)
