"""Eén nummer per alinea: leden, organisaties, PDF en de openbare bladzijde noemen dezelfde alinea hetzelfde."""

import re

import pytest
from django.urls import reverse

from adviezen.actions import opmerkingen as acties
from adviezen.enums import Kring, Stap
from kern.blokken import blokken, munt, nummers
from publiek.templatetags.publiek import met_ankers
from stukken.models import PdfOpdracht
from tests.adviezen import bouw

pytestmark = pytest.mark.django_db

RIJK = munt(
    "<h2>Kop</h2><p>Een.</p><ul><li><p>twee</p><ol><li>drie</li></ol></li><li>vier</li></ul>"
    "<table><caption>T</caption><tr><th>k</th><td>w</td></tr><tr><th>l</th><td>x</td></tr></table>"
    "<blockquote><p>vijf</p></blockquote><h3>Kop</h3>"
    '<p>Zes.<sup><a class="voetnoot" href="#voetnoot-1">1</a></sup></p>'
    '<ol class="voetnoten"><li class="voetnoot" id="voetnoot-1"><p>noot</p></li></ol>'
)  # fmt: skip


def begin(wereld):
    return bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)


def openbaar(html):
    """Per blok het nummer zoals de openbare bladzijde het zet."""
    return {b: int(n) for b, n in re.findall(r'id="(b\w+)"(?:(?!id="b).)*?id="p-(\d+)"', str(met_ankers(html)), re.S)}


PASSAGE = r'class="passage[^"]*" id="(\w+)"[^>]*><div class="passage-tekst[^>]*>'


def op_scherm(html):
    """Per blok het nummer zoals het leesscherm het zet: naast een alinea, of aan een punt."""
    naast = re.findall(PASSAGE + r'<span class="passage-nummer"[^>]*>(\d+)', html)
    # Het eerste blok van een opsomming is het anker van de passage zelf en draagt alleen zijn nummer.
    eerste = re.findall(PASSAGE + r'<(?:ul|ol|blockquote)>\s*<(?:li|p) data-nummer="(\d+)"', html)
    punten = re.findall(r'<(?:li|p) data-blok="\w+" id="(\w+)" data-nummer="(\d+)"', html)
    return {b: int(n) for b, n in (*naast, *eerste, *punten)}


def test_leden_en_publiek_noemen_elke_alinea_hetzelfde(als, cast):
    """Een tabel telde bij leden vier alinea's en bij het publiek geen: alinea 14 was daar alinea 10."""
    per_soort = {b.tekst: nummers(RIJK).get(b.id) for b in blokken(RIJK)}
    assert [per_soort[t] for t in ("Een.", "twee", "drie", "vier", "vijf", "Zes.1")] == [1, 2, 3, 4, 5, 6]
    assert openbaar(RIJK) == nummers(RIJK)
    versie = bouw.versie(cast, html=RIJK)
    html = als(cast.wereld.account("FNV 2")).get(reverse("lezen:versie", kwargs={"pk": versie.pk})).content.decode()
    assert op_scherm(html) == nummers(versie.html) == openbaar(versie.html)


def test_een_organisatie_ziet_dezelfde_nummers(als, cast):
    deelname = cast.deelname("FNV")
    pad = reverse("organisatie:tekst", kwargs={"pk": deelname.pk})
    html = als(deelname.contact).get(pad).content.decode()
    assert op_scherm(html) == nummers(deelname.beraad.versie.html)


def test_een_opmerking_bij_een_tabelrij_staat_in_de_pdf_bij_die_rij(als, cast):
    versie, lid = bouw.versie(cast, html=RIJK), cast.wereld.account("FNV 2")
    for soort, tekst in (("tr", "Over de rij."), ("h2", "Over de kop.")):
        blok = next(b.id for b in blokken(versie.html) if b.soort == soort)
        acties.plaats_opmerking(tekst=tekst, blok=blok, versie=versie, kring=Kring.COMMISSIE, door=lid)
    als(lid).post(reverse("lezen:pdf", kwargs={"pk": versie.pk}), {"opmerkingen": "1"})
    html = PdfOpdracht.objects.get().invoer["html"].partition("Mijn opmerkingen")[2]
    assert re.findall("<h3>(.*?)</h3>", html) == ["Bij een kop", "Bij een rij van een tabel"]
