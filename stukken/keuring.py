"""Keuring van wat iemand opstuurt: is het wat het zegt, is het niet te groot, doet het niets uit zichzelf.

Alles hier is puur: bytes erin, niets of een InvoerFout eruit. Er wordt niets uitgepakt voordat de omvang van het
uitgepakte bekend en begrensd is, en niets opgehaald.
"""

import io
import re
import zipfile
import zlib

from kern.fouten import InvoerFout
from stukken import virus

MEGABYTE = 1_000_000
MEESTE_DELEN = 2_000
GROOTSTE_UITGEPAKT = 150 * MEGABYTE
GROOTSTE_DEEL = 60 * MEGABYTE
GROOTSTE_VERHOUDING = 200  # uitgepakt gedeeld door ingepakt; gewone Word-tekst blijft onder 40
KLEIN_GENOEG = 2 * MEGABYTE  # een klein deel mag sterk ingepakt zijn

NAMEN = {"pdf": "PDF-bestand", "docx": "Word-bestand (.docx)"}
OUD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACRO = re.compile(r"vbaproject|vbadata|activex|oleobject\d*\.bin$|\.(?:exe|dll|js|vbs|ps1|bat|cmd|hta|jar)$", re.I)
HOOFDTYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XML_KODERING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)")
PDF_ACTIE = re.compile(rb"/(?:JavaScript|Launch|RichMedia)(?![A-Za-z0-9])")
# In de trailer, die zelf nooit versleuteld is: een verwijzing naar hoe de rest versleuteld is, of die tekst zelf.
PDF_BEVEILIGD = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
PDF_VREEMD_INGEPAKT = re.compile(rb"/(?:ASCIIHexDecode|ASCII85Decode|LZWDecode|RunLengthDecode|Crypt)(?![A-Za-z0-9])")
PDF_NAAMTEKEN = re.compile(rb"#([0-9A-Fa-f]{2})")
# Elke letter mag als #xx, en achter de naam mag nog een lijst in de lijst staan.
_OBJSTM = b"".join(b"(?:%c|(?i:#%02x))" % (letter, letter) for letter in b"ObjStm")
PDF_OBJSTM = re.compile(b"/" + _OBJSTM + rb"(?![A-Za-z0-9]).{0,1000}?>>\s*stream\r?\n", re.DOTALL)


def herken(inhoud: bytes) -> str:
    """Geef "pdf", "docx", "zip", "doc" of "" naar de eerste bytes en, bij een zip, de inhoudsopgave."""
    if inhoud.startswith(b"%PDF-"):
        return "pdf"
    if inhoud.startswith(OUD_WORD):
        return "doc"
    if inhoud.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
                return "docx" if "word/document.xml" in archief.NameToInfo else "zip"
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            return "zip"
    return ""


def keur(inhoud: bytes, naam: str, toegestaan: tuple[str, ...], veld: str) -> str:
    """Geef de soort ("pdf" of "docx") van een goedgekeurd bestand.

    Werpt InvoerFout(veld, …) in gewoon Nederlands als het bestand leeg is, van een andere soort is dan zijn naam
    zegt of dan hier mag, of iets bevat dat uit zichzelf iets doet.
    """
    mag = " of ".join(NAMEN[soort] for soort in toegestaan)
    if not inhoud:
        raise InvoerFout(veld, "Dit bestand is leeg. Kies een ander bestand.")
    uitgang = naam.rsplit(".", 1)[-1].lower() if "." in naam else ""
    soort = herken(inhoud)
    if uitgang == "docm":
        raise InvoerFout(veld, "Een Word-bestand met macro's (.docm) mag niet. Bewaar het als .docx zonder macro's.")
    if uitgang == "doc" or soort == "doc":
        raise InvoerFout(
            veld, "Dit is een oud of versleuteld Word-bestand. Bewaar het in Word als .docx zonder wachtwoord."
        )
    if uitgang not in toegestaan:
        raise InvoerFout(veld, f"Dit soort bestand kan hier niet. Kies een {mag}.")
    if soort != uitgang:
        raise InvoerFout(
            veld, f"De naam eindigt op .{uitgang}, maar de inhoud is geen {NAMEN[uitgang]}. Kies een {mag}."
        )
    if soort == "pdf":
        keur_pdf(inhoud, veld)
    else:
        keur_docx(inhoud, veld)
    virus.keur(inhoud, veld)
    return soort


def keur_pdf(inhoud: bytes, veld: str) -> None:
    """Keur een PDF licht: heel, te lezen, en zonder scripts of opdrachten. Werpt InvoerFout."""
    if b"%%EOF" not in inhoud[-2048:]:
        raise InvoerFout(veld, "Deze PDF is niet heel: het einde ontbreekt. Stuur het bestand opnieuw.")
    if PDF_BEVEILIGD.search(_zonder_ontsnapping(inhoud)):
        raise InvoerFout(
            veld, "Deze PDF is beveiligd, met een wachtwoord of tegen wijzigen. Zo is niet na te gaan of er een script "
            "in zit. Haal de beveiliging eraf en stuur het bestand opnieuw.",
        )  # fmt: skip
    for deel in (inhoud, *_objectstromen(inhoud, veld)):
        if PDF_ACTIE.search(_zonder_ontsnapping(deel)):
            raise InvoerFout(
                veld, "Deze PDF bevat een script of een opdracht die iets start. Maak de PDF opnieuw zonder scripts."
            )


def _zonder_ontsnapping(deel: bytes) -> bytes:
    """Geef de bytes met elke letter die als #xx geschreven is weer als letter."""
    return PDF_NAAMTEKEN.sub(lambda m: bytes([int(m[1], 16)]), deel) if b"#" in deel else deel


def _objectstromen(inhoud: bytes, veld: str) -> list[bytes]:
    """Pak de ingepakte objectlijsten uit, samen ten hoogste 50 MB: daarin kan een actie verstopt zitten.

    Werpt InvoerFout als er dan nog een ongelezen is, of een zo is ingepakt als niemand het doet.
    """
    uit: list[bytes] = []
    over = 50 * MEGABYTE
    for gevonden in PDF_OBJSTM.finditer(inhoud):
        kop = inhoud[inhoud.rfind(b"obj", 0, gevonden.start()) + 3 : gevonden.end()]
        if over <= 0 or PDF_VREEMD_INGEPAKT.search(_zonder_ontsnapping(kop)):
            raise InvoerFout(
                veld, "Deze PDF is zo opgebouwd dat niet na te gaan is of er een script in zit. Maak de PDF opnieuw."
            )
        try:
            deel = zlib.decompressobj().decompress(inhoud[gevonden.end() :], over)
        except zlib.error:
            continue
        over -= len(deel)
        uit.append(deel)
    return uit


def keur_docx(inhoud: bytes, veld: str) -> None:
    """Keur een .docx voordat iets hem uitpakt of leest. Werpt InvoerFout."""
    if not inhoud.startswith(b"PK"):
        raise InvoerFout(veld, "Dit is geen Word-bestand. Kies een bestand dat in Word is bewaard (.docx).")
    stuk = InvoerFout(veld, "Dit Word-bestand is beschadigd. Open het in Word, bewaar het opnieuw en probeer het dan.")
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            delen = archief.infolist()
            _keur_omvang(delen, veld)
            _keur_namen(delen, veld)
            _keur_xml(archief, delen, veld)
            typen = archief.read("[Content_Types].xml").decode("utf-8", "replace")
            if HOOFDTYPE not in typen or "macroEnabled" in typen:
                raise InvoerFout(veld, "Dit is geen gewoon Word-document. Bewaar het in Word als .docx zonder macro's.")
            archief.getinfo("word/document.xml")
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, OSError) as oorzaak:
        raise stuk from oorzaak


def _keur_omvang(delen: list[zipfile.ZipInfo], veld: str) -> None:
    """Weiger een zip die uitgepakt onredelijk groot wordt, alleen op grond van de inhoudsopgave.

    Een liegende inhoudsopgave helpt niet: zipfile leest nooit meer dan de opgegeven grootte.
    """
    te_groot = sum(deel.file_size for deel in delen) > GROOTSTE_UITGEPAKT or any(
        deel.file_size > GROOTSTE_DEEL
        or (deel.file_size > KLEIN_GENOEG and deel.file_size > GROOTSTE_VERHOUDING * max(1, deel.compress_size))
        for deel in delen
    )
    if len(delen) > MEESTE_DELEN or te_groot:
        raise InvoerFout(
            veld, "Dit Word-bestand wordt uitgepakt te groot. Verklein de afbeeldingen of splits het document."
        )


def _keur_namen(delen: list[zipfile.ZipInfo], veld: str) -> None:
    """Weiger namen die buiten het document wijzen, dubbele namen, wachtwoorden, macro's en ingesloten programma's."""
    gezien: set[str] = set()
    for deel in delen:
        naam = deel.filename
        kaal = naam.replace("\\", "/")
        if kaal.startswith("/") or ".." in kaal.split("/") or ":" in kaal or naam.lower() in gezien:
            raise InvoerFout(veld, "Dit Word-bestand is vreemd opgebouwd en is daarom geweigerd. Bewaar het opnieuw.")
        gezien.add(naam.lower())
        if deel.flag_bits & 0x1:
            raise InvoerFout(veld, "Dit Word-bestand is met een wachtwoord beveiligd. Haal het wachtwoord eraf.")
        if MACRO.search(kaal):
            raise InvoerFout(
                veld, "Dit Word-bestand bevat macro's of een ingesloten programma. Bewaar het als .docx zonder macro's."
            )


def _keur_xml(archief: zipfile.ZipFile, delen: list[zipfile.ZipInfo], veld: str) -> None:
    """Weiger XML met een DOCTYPE (verwijzingen naar buiten, entiteitenbom) of in een vreemde kodering."""
    for deel in delen:
        if not deel.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        inhoud = archief.read(deel)
        kodering = XML_KODERING.match(inhoud.removeprefix(b"\xef\xbb\xbf"))
        vreemd = b"\0" in inhoud or (kodering and kodering[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"})
        if vreemd or b"<!DOCTYPE" in inhoud or b"<!ENTITY" in inhoud:
            raise InvoerFout(
                veld, "Dit Word-bestand bevat iets dat in een document niet hoort (een DOCTYPE). Bewaar het opnieuw."
            )
