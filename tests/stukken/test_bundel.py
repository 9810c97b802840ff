"""PDF's samenvoegen: bladwijzers, verwijzingen binnen en naar stukken, het stempel, en kapotte stukken."""

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from stukken.bundel import SPRONG, Deel, aantal_bladen, voeg_samen


def maak(bladen: int, *, wijzers: bool = False, link: int | None = None, uri: str = "", benoemd: bool = False) -> bytes:
    """Een PDF met lege bladzijden; `link` springt van de eerste naar die bladzijde, `uri` is een gewone verwijzing."""
    pdf = Pdf.new()
    for _ in range(bladen):
        pdf.add_blank_page(page_size=(200, 300))
    annotaties = []
    if link is not None:
        doel = String("hoofdstuk") if benoemd else Array([pdf.pages[link].obj, Name.XYZ, 0, 0, 0])
        if benoemd:
            boom = pikepdf.NameTree.new(pdf)
            boom["hoofdstuk"] = Dictionary(D=Array([pdf.pages[link].obj, Name.Fit]))
            pdf.Root.Names = Dictionary(Dests=boom.obj)
        annotaties.append(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=doel, StructParent=1))
    if uri:
        actie = Dictionary(S=Name.URI, URI=String(uri))
        annotaties.append(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=actie))
    if annotaties:
        pdf.pages[0].obj.Annots = pdf.make_indirect(Array([pdf.make_indirect(a) for a in annotaties]))
    if wijzers:
        with pdf.open_outline() as boom:
            hoofd = OutlineItem("Hoofdstuk 1", 0)
            hoofd.children.append(OutlineItem("Paragraaf 1.1", 1))
            boom.root.append(hoofd)
    uit = io.BytesIO()
    pdf.save(uit)
    return uit.getvalue()


def inhoud(pdf: bytes) -> list[tuple[int, str, int]]:
    """(niveau, titel, bladzijde) van elke bladwijzer, gelezen door een andere lezer dan de maker."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(b.level, b.get_title(), b.get_dest().get_index()) for b in document.get_toc()]
    finally:
        document.close()


def springt(pdf: bytes, blad: int) -> list[int | str]:
    """Waar de verwijzingen op een bladzijde uitkomen: een bladzijde, of een adres."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        plaats = {p.obj.objgen: n for n, p in enumerate(document.pages)}
        return [
            plaats[a.Dest[0].objgen] if "/Dest" in a else str(a.A.URI)
            for a in document.pages[blad].obj.get("/Annots", [])
        ]


def test_stukken_houden_hun_bladwijzers_en_staan_onder_hun_agendapunt() -> None:
    delen = [
        Deel("1. Opening", "punt-1"),
        Deel(
            "2. Advies",
            "punt-2",
            onder=[Deel("Ontwerp", "stuk-1", maak(3, wijzers=True)), Deel("Brief", "stuk-2", maak(1))],
        ),
    ]
    bundel = voeg_samen(maak(2), delen, titel="Bundel")
    assert aantal_bladen(bundel) == 6
    assert inhoud(bundel) == [
        (0, "Voorblad en agenda", 0),
        (0, "1. Opening", 1),
        (0, "2. Advies", 2),
        (1, "Ontwerp", 2),
        (2, "Hoofdstuk 1", 2),
        (3, "Paragraaf 1.1", 3),
        (1, "Brief", 5),
    ]
    assert voeg_samen(maak(2), delen, titel="Bundel") == bundel, "dezelfde invoer, dezelfde bytes"


def test_verwijzingen_in_een_stuk_schuiven_mee_en_de_agenda_springt_naar_het_stuk() -> None:
    voorblad = maak(2, uri=f"{SPRONG}stuk-2")
    delen = [
        Deel("Een", "stuk-1", maak(3, link=2, uri="https://voorbeeld.test/")),
        Deel("Twee", "stuk-2", maak(2, link=1, benoemd=True)),
    ]
    bundel = voeg_samen(voorblad, delen, titel="Bundel")
    assert springt(bundel, 0) == [5]
    assert springt(bundel, 2) == [4, "https://voorbeeld.test/"], "wat naar buiten wijst blijft zo"
    assert springt(bundel, 5) == [6]
    assert b"/StructParent" not in bundel


def test_het_stempel_komt_op_elke_bladzijde_behalve_het_voorblad() -> None:
    gevraagd: list[int] = []

    def stempel(aantal: int) -> bytes:
        gevraagd.append(aantal)
        return maak(aantal)

    bundel = voeg_samen(maak(1), [Deel("Een", "a", maak(2))], titel="Bundel", stempel=stempel)
    assert gevraagd == [3]
    with Pdf.open(io.BytesIO(bundel)) as document:
        met = ["/XObject" in blad.obj.get("/Resources", {}) for blad in document.pages]
    assert met == [False, True, True]


@pytest.mark.parametrize("kapot", [b"", b"%PDF-1.7 afgebroken", b"geen pdf"])
def test_wat_geen_pdf_is_wordt_geweigerd(kapot: bytes) -> None:
    with pytest.raises(ValueError, match="leesbare"):
        aantal_bladen(kapot)
    with pytest.raises(ValueError, match="leesbare"):
        voeg_samen(maak(1), [Deel("Een", "a", kapot)], titel="Bundel")


def test_een_pdf_met_wachtwoord_wordt_geweigerd() -> None:
    pdf = Pdf.open(io.BytesIO(maak(1)))
    uit = io.BytesIO()
    pdf.save(uit, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ValueError, match="leesbare"):
        aantal_bladen(uit.getvalue())


def test_bladwijzers_in_een_kring_houden_op() -> None:
    pdf = Pdf.open(io.BytesIO(maak(2, wijzers=True)))
    eerste = pdf.Root.Outlines.First
    eerste.Next = eerste
    uit = io.BytesIO()
    pdf.save(uit)
    assert len(inhoud(voeg_samen(maak(1), [Deel("Een", "a", uit.getvalue())], titel="B"))) < 5_000


def beschadig(pdf: Pdf, hoe: str) -> None:
    """Maak een boom stuk zoals slordige makers dat doen."""
    blad = pdf.pages[1].obj
    eerste = pdf.Root.Outlines.First
    match hoe:
        case "bladwijzers zijn een rij":
            pdf.Root.Outlines = Array([1, 2])
        case "namen zijn een rij":
            pdf.Root.Names = Array([])
        case "namen zonder boom":
            pdf.Root.Names = Dictionary(Dests=Array([1]))
        case "bladwijzer zonder titel":
            del eerste.Title
        case "bladwijzer naar nergens":
            eerste.Dest = Array([])
        case "bladwijzer naar een onbekende naam":
            eerste.Dest = String("bestaat niet")
        case "bladwijzer met een bladzijdenummer":
            eerste.Dest = Array([1, Name.Fit])
        case "bladwijzer met een titel die geen tekst is":
            eerste.Title = 7
        case "een oude lijst van namen":
            pdf.Root.Dests = Dictionary(hier=Array([blad, Name.Fit]))
            eerste.Dest = Name.hier
        case "een sprong als handeling":
            del eerste.Dest
            eerste.A = Dictionary(S=Name.GoTo, D=Array([blad, Name.Fit]))
        case "aantekeningen die er geen zijn":
            blad.Annots = Array([7, Name.Weg])


@pytest.mark.parametrize(
    ("hoe", "titels"),
    [
        ("bladwijzers zijn een rij", []),
        ("namen zijn een rij", [("Hoofdstuk 1", 1), ("Paragraaf 1.1", 2)]),
        ("namen zonder boom", [("Hoofdstuk 1", 1), ("Paragraaf 1.1", 2)]),
        ("bladwijzer zonder titel", [("Paragraaf 1.1", 2)]),
        ("bladwijzer naar nergens", [("Paragraaf 1.1", 2)]),
        ("bladwijzer naar een onbekende naam", [("Paragraaf 1.1", 2)]),
        ("bladwijzer met een bladzijdenummer", [("Paragraaf 1.1", 2)]),
        ("bladwijzer met een titel die geen tekst is", [("7", 1), ("Paragraaf 1.1", 2)]),
        ("een oude lijst van namen", [("Hoofdstuk 1", 2), ("Paragraaf 1.1", 2)]),
        ("een sprong als handeling", [("Hoofdstuk 1", 2), ("Paragraaf 1.1", 2)]),
        ("aantekeningen die er geen zijn", [("Hoofdstuk 1", 1), ("Paragraaf 1.1", 2)]),
    ],
)
def test_van_een_slordig_stuk_komt_mee_wat_leesbaar_is(hoe: str, titels: list[tuple[str, int]]) -> None:
    """Eén stuk met een kapotte inhoudsopgave mag de bundel van een hele vergadering niet tegenhouden."""
    pdf = Pdf.open(io.BytesIO(maak(2, wijzers=True)))
    beschadig(pdf, hoe)
    uit = io.BytesIO()
    pdf.save(uit)
    bundel = voeg_samen(maak(1), [Deel("Een", "a", uit.getvalue())], titel="B")
    assert aantal_bladen(bundel) == 3
    assert [(titel, blad) for _, titel, blad in inhoud(bundel)[2:]] == titels
