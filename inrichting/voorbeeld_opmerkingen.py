"""Opmerkingen bij traject A: elke kring en soort, antwoorden, afgedaan, meegelopen, vervallen, en deels gelezen.

Alles staat op naam van voorbeeldleden; geen enkel woord is van een echt mens of een echte organisatie.
"""

from typing import Any

from adviezen.actions import lezen, opmerkingen
from adviezen.enums import Deling, Kring, SoortOpmerking, Voorlopig
from adviezen.models import Adviestraject, Opmerking, Versie
from inrichting.voorbeeld_loods import Loods
from kern.anker import Citaat
from kern.blokken import blokken
from toegang.models import Gebruiker


def _account(loods: Loods, naam: str) -> Gebruiker:
    gebruiker = loods.raad.leden[naam].gebruiker
    assert gebruiker is not None  # noqa: S101 - ieder voorbeeldlid heeft een account
    return gebruiker


def _merk_op(
    loods: Loods, dagen: int, versie: Versie, door: Gebruiker, tekst: str, bij: str = "", exact: str = "", **kw: Any
) -> Opmerking:
    """Plaats een opmerking bij de alinea waarin `bij` staat (leeg: het geheel), eventueel bij de woorden `exact`."""
    blok = next((b.id for b in blokken(versie.html) if bij in b.tekst), "") if bij else ""
    aanhaling = Citaat(exact) if exact else None
    kw.setdefault("kring", Kring.COMMISSIE)
    with loods.op(dagen):
        return opmerkingen.plaats_opmerking(versie=versie, door=door, tekst=tekst, blok=blok, aanhaling=aanhaling, **kw)


def _antwoord(loods: Loods, dagen: int, op: Opmerking, door: Gebruiker, tekst: str) -> None:
    with loods.op(dagen):
        opmerkingen.plaats_opmerking(versie=op.versie, kring=op.kring, antwoord_op=op, door=door, tekst=tekst)


def _doe_af(loods: Loods, dagen: int, op: Opmerking, door: Gebruiker, afdoening: str) -> None:
    with loods.op(dagen):
        opmerkingen.doe_opmerking_af(opmerking=op, door=door, afdoening=afdoening)


def opmerkingen_bij_concepten(loods: Loods, traject: Adviestraject, concept: Versie) -> None:
    """Bij concept 1 en 3: wat afgedaan is, wat openstaat en dus meeloopt, en een passage die verviel."""
    eerste = traject.versies.get(soort=concept.soort, nummer=1)
    fnv, vno, kroon = (_account(loods, n) for n in ("FNV 2", "VNO-NCW 2", "Kroonlid 2"))
    secretaris = loods.staf.secretaris
    # Deze woorden wijzigden in een latere versie, en de alinea daaronder verviel.
    _merk_op(
        loods, -105, eerste, kroon, "Waarom vijfentwintig? Dit vraagt een onderbouwing (voorbeeld).",
        "drempel van vijfentwintig", "drempel van vijfentwintig procent van de werktijd",
    )  # fmt: skip
    _merk_op(
        loods, -105, eerste, kroon, "Een proef kost een jaar; is dat het waard? (voorbeeld)",
        "landelijke proef", "een landelijke proef",
    )  # fmt: skip
    af = _merk_op(loods, -104, eerste, vno, "De premies graag per sector (voorbeeld).", "De premies verschillen")
    _doe_af(loods, -90, af, secretaris, "Besproken in de commissie; de tabel komt in een bijlage.")
    bezwaar = _merk_op(
        loods, -35, concept, fnv, "Zonder overgangsrecht kan ik dit niet steunen (voorbeeld).",
        "Kleine werkgevers krijgen een jaar", "een jaar de tijd",
        soort=SoortOpmerking.BLOKKEREND, voorstel="twee jaar de tijd, met overgangsrecht voor lopende contracten,",
    )  # fmt: skip
    _antwoord(loods, -33, bezwaar, secretaris, "Staat op de agenda van de commissie (voorbeeld).")
    _merk_op(
        loods, -34, concept, vno, "Dit kan korter (voorbeeld).", "Wie een dag per week thuiswerkt",
        "Dat is voor werkgever en werknemer lastig.", voorstel="Dat is lastig voor beide.",
    )  # fmt: skip
    with loods.op(-34):
        lezen.geef_voorlopig_standpunt(versie=concept, keuze=Voorlopig.EENS, door=fnv)
    with loods.op(-60):
        lezen.onthoud_gelezen(versie=traject.versies.get(soort=concept.soort, nummer=2), door=fnv)


def opmerkingen_bij_wit(loods: Loods, wit: Versie) -> None:
    """Bij de witte versie: alle kringen. `fnv2` keek na de eerste; de rest is voor hem nieuw."""
    fnv, cnv, vno, kroon = (_account(loods, n) for n in ("FNV 2", "CNV 1", "VNO-NCW 2", "Kroonlid 2"))
    secretaris = loods.staf.secretaris
    vraag = _merk_op(
        loods, -12, wit, fnv, "Wie voert dit uit? (voorbeeld)", "Een hogere drempel geeft rust",
        "de opbrengst van premies in de grensstreek",
    )  # fmt: skip
    klein = _merk_op(loods, -12, wit, fnv, "Tikfout in de kop (voorbeeld).", kring=Kring.SECRETARIAAT)
    _merk_op(loods, -12, wit, fnv, "Nog navragen bij de achterban (voorbeeld).", "Dit verzonnen", kring=Kring.PRIVE)
    with loods.op(-11):
        lezen.onthoud_gelezen(versie=wit, door=fnv)
    # Na de blik van fnv2.
    _antwoord(loods, -6, vraag, secretaris, "De uitvoerder kijkt mee; wij komen erop terug (voorbeeld).")
    _doe_af(loods, -6, klein, secretaris, "Verbeterd in het volgende concept.")
    _merk_op(
        loods, -5, wit, cnv, "Noem hier ook de uitzendkracht (voorbeeld).", "De vragers willen weten",
        "wat een werkbare grens is", kring=Kring.GELEDING,
        voorstel="wat een werkbare grens is, ook voor uitzendkrachten",
    )  # fmt: skip
    _merk_op(loods, -5, wit, kroon, "Goed leesbaar zo (voorbeeld).", "Wie een dag per week")
    _merk_op(loods, -4, wit, vno, "Eén loket vraagt geld (voorbeeld).", "met één loket", "met één loket voor vragen")
    _merk_op(loods, -3, wit, fnv, "Wat vindt onze sector? (voorbeeld)", "De premies versch", kring=Kring.ORGANISATIE)
    with loods.op(-3):
        lezen.geef_voorlopig_standpunt(
            versie=wit, keuze=Voorlopig.EENS_MET_OPMERKING, door=vno, gedeeld_met=Deling.COMMISSIE,
            tekst="Met een ruimere overgang (voorbeeld).",
        )  # fmt: skip
