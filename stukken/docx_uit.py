"""Van schone adviestekst naar een Word-bestand (.docx) dat zonder verlies weer in te lezen is.

Zelf geschreven OOXML: python-docx kent geen voetnoten en zou als afhankelijkheid alleen de zip maken. Hetzelfde stuk
geeft altijd dezelfde bytes. In de eigenschappen staat de raad als maker en nooit een persoon, een machine of een tijd.
"""

import base64
import binascii
import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from html import escape

import lxml.html
from lxml.html import HtmlElement

from kern.html import BESTURING, schoon
from stukken import docx_delen as delen
from stukken.beeldmaat import maat

KOPPEN = {"h2": "Heading1", "h3": "Heading2", "h4": "Heading3"}
LOPEND = {"a", "br", "em", "img", "strong", "sub", "sup"}  # al het andere is een blok
BREEDSTE = 5_400_000  # EMU: 15 cm, de tekstbreedte
HOOGSTE = 7_200_000  # 20 cm
PUNT = 9525  # EMU per beeldpunt bij 96 dpi
BEELD = re.compile(r"data:image/(png|jpeg|gif);base64,([A-Za-z0-9+/]+={0,2})")
# Alleen wat HTML samentrekt: een vaste spatie is gezet om "5 miljoen" bij elkaar te houden.
WIT = re.compile(r"[ \t\n\f\r]+")
STEMPEL = (1980, 1, 1, 0, 0, 0)


@dataclass
class _Loop:
    """De opmaak van een stuk lopende tekst."""

    vet: bool = False
    cursief: bool = False
    hoogte: str = ""
    link: bool = False

    def als(self, naam: str) -> "_Loop":
        """Geef dezelfde opmaak met die van een markering erbij."""
        match naam:
            case "strong":
                return replace(self, vet=True)
            case "em":
                return replace(self, cursief=True)
            case "sup" | "sub":
                return replace(self, hoogte="superscript" if naam == "sup" else "subscript")
            case "a":
                return replace(self, link=True)
            case _:
                return self


@dataclass
class _Schrijver:
    """Verzamelt de delen van het document."""

    lijf: list[str] = field(default_factory=list)
    banden: list[tuple[str, str, str]] = field(default_factory=list)  # id, soort, doel
    beelden: list[tuple[str, bytes]] = field(default_factory=list)
    noten: dict[str, HtmlElement] = field(default_factory=dict)
    gezet: list[str] = field(default_factory=list)
    lijsten: list[tuple[str, int]] = field(default_factory=list)  # soort, begint bij

    def band(self, soort: str, doel: str) -> str:
        """Geef het id van een verwijzing naar een adres of deel."""
        for id_, s, d in self.banden:
            if (s, d) == (soort, doel):
                return id_
        self.banden.append((f"rId{len(self.banden) + 10}", soort, doel))
        return self.banden[-1][0]

    # --- blokken ---------------------------------------------------------------------------------------------------

    def blokken(self, ouder: HtmlElement, stijl: str = "", uit: list[str] | None = None) -> None:
        """Schrijf alle blokken onder een element; losse tekst ertussen wordt een eigen alinea."""
        uit = self.lijf if uit is None else uit
        los = self._tekst(ouder.text, _Loop(), begin=True)
        for element in ouder:
            if element.tag in LOPEND:
                los += self._kind(element, str(element.tag), _Loop()) + self._tekst(element.tail, _Loop())
                continue
            self._los(los, stijl, uit)
            self.blok(element, stijl, uit)
            los = self._tekst(element.tail, _Loop(), begin=True)
        self._los(los, stijl, uit)

    def _los(self, tekst: str, stijl: str, uit: list[str]) -> None:
        if tekst:
            uit.append(self._p(tekst, stijl))

    def blok(self, element: HtmlElement, stijl: str, uit: list[str]) -> None:
        """Schrijf één blok; een voetnoot staat bij de voetnoten."""
        naam = str(element.tag)
        if self._is_noot(element):
            return
        if naam in KOPPEN:
            uit.append(self.alinea(element, KOPPEN[naam]))
        elif naam == "blockquote":
            self.blokken(element, "Quote", uit)
        elif naam in {"ul", "ol"}:
            self.lijst(element, 0, uit)
        elif naam == "table":
            self.tabel(element, uit)
        elif naam == "figure":
            self.figuur(element, uit)
        else:
            uit.append(self.alinea(element, stijl))

    def _is_noot(self, element: HtmlElement) -> bool:
        return element.get("id", "") in self.noten

    def alinea(self, element: HtmlElement, stijl: str = "", eigenschappen: str = "") -> str:
        """Geef een alinea met de lopende tekst van een element."""
        return self._p(self.lopend(element, _Loop()), stijl, eigenschappen)

    @staticmethod
    def _p(inhoud: str, stijl: str = "", eigenschappen: str = "") -> str:
        merk = f'<w:pStyle w:val="{stijl}"/>' if stijl else ""
        kop = f"<w:pPr>{merk}{eigenschappen}</w:pPr>" if merk or eigenschappen else ""
        return f"<w:p>{kop}{inhoud}</w:p>"

    def lijst(self, element: HtmlElement, diep: int, uit: list[str]) -> None:
        """Schrijf een lijst; elke genummerde lijst begint opnieuw te tellen."""
        begin = int(element.get("start", "1")) if element.tag == "ol" else 1
        self.lijsten.append((str(element.tag), begin))
        nummer = len(self.lijsten)
        # Wat geen punt is hoort hier niet, maar mag niet verdwijnen.
        self._los(self._tekst(element.text, _Loop(), begin=True), "", uit)
        for punt in element:
            if punt.tag == "li" and not self._is_noot(punt):
                self._punt(punt, diep, nummer, uit)
            elif punt.tag != "li":
                self.blok(punt, "", uit)
            self._los(self._tekst(punt.tail, _Loop(), begin=True), "", uit)

    def _punt(self, punt: HtmlElement, diep: int, nummer: int, uit: list[str]) -> None:
        binnen = [kind for kind in punt if kind.tag in {"ul", "ol", "table"}]
        tekst = self.lopend(punt, _Loop(), zonder={"ul", "ol", "table"})
        merk = f'<w:numPr><w:ilvl w:val="{min(diep, 8)}"/><w:numId w:val="{nummer}"/></w:numPr>'
        uit.append(self._p(tekst, "ListParagraph", merk))
        for kind in binnen:
            if kind.tag == "table":
                self.tabel(kind, uit)
            else:
                self.lijst(kind, diep + 1, uit)

    def figuur(self, element: HtmlElement, uit: list[str]) -> None:
        """Schrijf een afbeelding met haar bijschrift eronder."""
        onder, tabellen = element.find("figcaption"), element.findall("table")
        for tabel in tabellen:
            self.tabel(tabel, uit)
        rest = self.lopend(element, _Loop(), zonder={"figcaption", "table"})
        if rest or not tabellen:
            uit.append(self._p(rest, "", "<w:keepNext/>" if onder is not None else ""))
        if onder is not None:
            uit.append(self.alinea(onder, "Caption"))

    def tabel(self, element: HtmlElement, uit: list[str]) -> None:
        """Schrijf een tabel met haar bijschrift erboven; samengevoegde cellen blijven samengevoegd."""
        bijschrift = element.find("caption")
        if bijschrift is not None:
            uit.append(self.alinea(bijschrift, "Caption", "<w:keepNext/>"))
        rijen = list(element.iter("tr"))
        breed = max((sum(int(cel.get("colspan", "1")) for cel in rij) for rij in rijen), default=1)
        uit.append(f"<w:tbl>{delen.TABEL}<w:tblGrid>{'<w:gridCol/>' * breed}</w:tblGrid>")
        hangend: dict[int, tuple[int, int]] = {}  # kolom -> (rijen nog te gaan, breedte)
        kop = True
        for rij in rijen:
            cellen = [cel for cel in rij if cel.tag in {"td", "th"}]
            kop = kop and bool(cellen) and all(cel.tag == "th" for cel in cellen)
            uit.append(
                f"<w:tr>{delen.KOPRIJ if kop and len(rijen) > 1 else ''}{self._rij(cellen, hangend, kop)}</w:tr>"
            )
        uit.append("</w:tbl>")
        uit.append(delen.NA_TABEL)

    def _rij(self, cellen: list[HtmlElement], hangend: dict[int, tuple[int, int]], kop: bool) -> str:
        uit: list[str] = []
        kolom = 0

        def vul_hangend() -> None:
            nonlocal kolom
            while kolom in hangend:
                over, wijd = hangend.pop(kolom)
                if over > 1:
                    hangend[-kolom - 1] = (over - 1, wijd)  # pas voor de volgende rij
                uit.append(f"<w:tc><w:tcPr>{_spanne(wijd)}<w:vMerge/></w:tcPr><w:p/></w:tc>")
                kolom += wijd

        for cel in cellen:
            vul_hangend()
            wijd, hoog = int(cel.get("colspan", "1")), int(cel.get("rowspan", "1"))
            samen = '<w:vMerge w:val="restart"/>' if hoog > 1 else ""
            if hoog > 1:
                hangend[-kolom - 1] = (hoog - 1, wijd)
            stijl = "Tabelkop" if kop else ("Rijkop" if cel.tag == "th" else "Tabeltekst")
            uit.append(f"<w:tc><w:tcPr>{_spanne(wijd)}{samen}</w:tcPr>{self._cel(cel, stijl)}</w:tc>")
            kolom += wijd
        vul_hangend()
        for plaats in [p for p in hangend if p < 0]:
            hangend[-plaats - 1] = hangend.pop(plaats)
        return "".join(uit) or "<w:tc><w:p/></w:tc>"

    def _cel(self, cel: HtmlElement, stijl: str) -> str:
        if all(kind.tag in LOPEND for kind in cel):
            return self.alinea(cel, stijl)
        uit: list[str] = []
        self.blokken(cel, stijl, uit)
        if not uit or uit[-1] == delen.NA_TABEL:
            uit.append("<w:p/>")
        return "".join(uit)

    # --- lopende tekst -----------------------------------------------------------------------------------------------

    def lopend(self, element: HtmlElement, loop: _Loop, *, zonder: set[str] | None = None) -> str:
        """Geef de lopende tekst van een element als runs; `zonder` slaat blokken over die elders geschreven worden."""
        uit = [self._tekst(element.text, loop, begin=True)]
        vorige_alinea = False
        for kind in element:
            naam = str(kind.tag)
            if not zonder or naam not in zonder:
                if naam in {"p", "blockquote"} and vorige_alinea:
                    uit.append("<w:r><w:br/></w:r>")
                uit.append(self._kind(kind, naam, loop))
                vorige_alinea = naam in {"p", "blockquote"}
            uit.append(self._tekst(kind.tail, loop))
        return "".join(uit)

    def _kind(self, kind: HtmlElement, naam: str, loop: _Loop) -> str:
        if naam == "br":
            return "<w:r><w:br/></w:r>"
        if naam == "img":
            return self._beeld(kind, loop)
        if naam == "a":
            doel = kind.get("href", "")
            if doel.removeprefix("#") in self.noten:
                return self._noot(doel.removeprefix("#"))
            if re.match(r"(?:https?|mailto):", doel, re.I):
                binnen = self.lopend(kind, loop.als("a"))
                return f'<w:hyperlink r:id="{self.band("hyperlink", doel)}">{binnen}</w:hyperlink>'
            return self.lopend(kind, loop)
        if naam == "sup" and len(kind) == 1 and not (kind.text or "").strip():
            verwijzing = kind[0]
            if verwijzing.tag == "a" and verwijzing.get("href", "").removeprefix("#") in self.noten:
                return self._noot(verwijzing.get("href", "").removeprefix("#")) + self._tekst(verwijzing.tail, loop)
        return self.lopend(kind, loop.als(naam))

    @staticmethod
    def _tekst(tekst: str | None, loop: _Loop, begin: bool = False) -> str:
        if not tekst:
            return ""
        kaal = WIT.sub(" ", tekst)
        if begin and not kaal.strip():
            return ""
        opmaak = "".join(
            (
                '<w:rStyle w:val="Hyperlink"/>' if loop.link else "",
                "<w:b/>" if loop.vet else "",
                "<w:i/>" if loop.cursief else "",
                f'<w:vertAlign w:val="{loop.hoogte}"/>' if loop.hoogte else "",
            )
        )
        kop = f"<w:rPr>{opmaak}</w:rPr>" if opmaak else ""
        return f'<w:r>{kop}<w:t xml:space="preserve">{escape(kaal, quote=False)}</w:t></w:r>'

    def _noot(self, anker: str) -> str:
        if anker not in self.gezet:
            self.gezet.append(anker)
        nummer = self.gezet.index(anker) + 1
        return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{nummer}"/></w:r>'

    def _beeld(self, kind: HtmlElement, loop: _Loop) -> str:
        alt = " ".join(kind.get("alt", "").split())
        gevonden = BEELD.fullmatch(kind.get("src", ""))
        try:
            inhoud = base64.b64decode(gevonden[2], validate=True) if gevonden else b""
        except binascii.Error:
            inhoud = b""
        afmeting = maat(inhoud)
        if gevonden is None or afmeting is None:
            return self._tekst(f"[afbeelding: {alt or 'zonder beschrijving'}]", loop)
        naam = f"beeld{len(self.beelden) + 1}.{gevonden[1]}"
        self.beelden.append((naam, inhoud))
        breed, hoog = afmeting[0] * PUNT, afmeting[1] * PUNT
        krimp = min(1.0, BREEDSTE / breed, HOOGSTE / hoog)
        return delen.beeld(
            self.band("image", f"media/{naam}"), len(self.beelden), alt, int(breed * krimp), int(hoog * krimp)
        )

    def voetnoten(self) -> str:
        """Geef het deel met de voetnoten, op de volgorde waarin zij genoemd worden."""
        uit: list[str] = []
        klaar = 0
        while klaar < len(self.gezet):  # een noot kan een andere noot noemen
            element = self.noten[self.gezet[klaar]]
            for terug in list(element.iter("a")):
                if terug.get("href", "").startswith("#voetnootref-"):
                    terug.drop_tree()
            merk = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
            spatie = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
            tekst = self._p(merk + spatie + self.lopend(element, _Loop()), "FootnoteText")
            uit.append(f'<w:footnote w:id="{klaar + 1}">{tekst}</w:footnote>')
            klaar += 1
        return "".join(uit)


def _spanne(wijd: int) -> str:
    return f'<w:gridSpan w:val="{wijd}"/>' if wijd > 1 else ""


def maak_docx(
    html: str, *, titel: str, ondertitel: str = "", merk: str = "", lezer: str = "", regelnummers: bool = True
) -> bytes:
    """Geef de bytes van een Word-bestand met deze adviestekst.

    `titel` en `ondertitel` staan in de kop van elke bladzijde en in de eigenschappen, `merk` (VERTROUWELIJK, ONTWERP)
    en `lezer` in de voet; zij zijn geen deel van de tekst. Met `regelnummers` telt Word de regels in de kantlijn.
    Gelijke invoer geeft dezelfde bytes. Een afbeelding die Word niet kent (WebP) komt mee als haar beschrijving.
    """
    titel, ondertitel, merk, lezer = (BESTURING.sub("", deel) for deel in (titel, ondertitel, merk, lezer))
    wortel = lxml.html.fragment_fromstring(schoon(html), create_parent="div")
    schrijver = _Schrijver()
    schrijver.noten = {e.get("id", ""): e for e in wortel.iter("li", "p") if e.get("id", "").startswith("voetnoot-")}
    genoemd = {a.get("href", "").removeprefix("#") for a in wortel.iter("a")}
    los = [noot for anker, noot in schrijver.noten.items() if anker not in genoemd]
    schrijver.noten = {anker: noot for anker, noot in schrijver.noten.items() if anker in genoemd}
    schrijver.blokken(wortel)
    schrijver.lijf += [schrijver.alinea(noot) for noot in los]  # een noot die niemand noemt, gaat niet verloren
    voetnoten = schrijver.voetnoten()
    in_noten = [band for band in schrijver.banden if f'"{band[0]}"' in voetnoten]
    inhoud = {
        "[Content_Types].xml": delen.TYPEN,
        "_rels/.rels": delen.BEGIN,
        "docProps/core.xml": delen.eigenschappen(titel, ondertitel),
        "docProps/app.xml": delen.APP,
        "word/document.xml": delen.document("".join(schrijver.lijf), regelnummers=regelnummers),
        "word/_rels/document.xml.rels": delen.banden(schrijver.banden),
        "word/styles.xml": delen.stijlen(),
        "word/numbering.xml": delen.nummering(schrijver.lijsten),
        "word/footnotes.xml": delen.voetnoten(voetnoten),
        "word/settings.xml": delen.INSTELLINGEN,
        "word/header1.xml": delen.kop(titel, ondertitel),
        "word/footer1.xml": delen.voet(merk, f"Exemplaar van {lezer}" if lezer else ""),
    }
    if in_noten:
        inhoud["word/_rels/footnotes.xml.rels"] = delen.banden(in_noten, vast=())
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, tekst in inhoud.items():
            archief.writestr(_deel(naam), tekst.encode())
        for naam, beeld in schrijver.beelden:
            archief.writestr(_deel(f"word/media/{naam}"), beeld)
    return uit.getvalue()


def _deel(naam: str) -> zipfile.ZipInfo:
    deel = zipfile.ZipInfo(naam, STEMPEL)
    deel.compress_type = zipfile.ZIP_DEFLATED
    return deel
