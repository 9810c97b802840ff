"""De bewerker in een echte browser, onder de CSP van het portaal: wat erin gaat komt er met zijn namen weer uit."""

import pytest
from django.urls import reverse

from adviezen.actions.versies import schrijf_concept
from adviezen.enums import Stap
from kern.blokken import blokken, munt
from kern.html import schoon
from tests.adviezen import bouw
from tests.browser import axe, bladzijden, loopt_over

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
TEKST = (
    "<h2>Inleiding</h2>"
    '<p>Met een noot<sup><a class="voetnoot" href="#voetnoot-1" id="voetnootref-1">1</a></sup>.</p>'
    "<p>Met <strong>nadruk</strong>.</p>"
    "<ul><li>een</li><li>twee</li></ul><ol><li>eerst</li></ol><blockquote><p>Citaat.</p></blockquote>"
    "<table><tbody><tr><th>Jaar</th><th>Aantal</th></tr><tr><td>2025</td><td>3</td></tr></tbody></table>"
    '<ol class="voetnoten"><li class="voetnoot" id="voetnoot-1">De noot.</li></ol>'
)


def test_de_bewerker_houdt_blokken_voetnoten_en_tabellen(als, wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    versie = schrijf_concept(traject=cast.traject, basis=None, html=TEKST, door=cast.secretaris)
    adres = reverse("adviezen:schrijven", kwargs={"slug": cast.traject.slug})
    with bladzijden({adres: als(cast.secretaris).get(adres)}, viewport={"width": 360, "height": 800}) as blad:
        blad.goto(adres)
        blad.wait_for_selector("[role=textbox]")
        blad.wait_for_selector("[title=Vet]", state="attached", timeout=5000)
        assert axe(blad) == []
        assert loopt_over(blad) == 0
        assert blad.locator("[title='Voeg de cellen samen']").count() == 1
        assert not blad.locator("[title='Merge cells'], [title='Delete table']").count()
        na = """(kies) => getComputedStyle(document.querySelector(kies), "::after").content"""
        assert blad.evaluate(na, ".prose-menubar__selected") == '"▾"'
        assert blad.evaluate(na, ".prose-menubar__button--heading[data-level='2']") == '"1"'  # h2 heet hier Kop 1
        blad.locator("[role=textbox] h2").click()
        blad.keyboard.press("End")
        blad.keyboard.type(" en vraag")
        html = blad.locator("textarea[data-schrijven]").input_value()
        # Bewaren onderweg lukt hier niet (er is geen server): dat staat er, en de tekst blijft.
        uit = munt(schoon(html), versie.html)
    oud = {b.tekst: (b.id, b.soort) for b in blokken(versie.html)}
    nieuw = {b.tekst: (b.id, b.soort) for b in blokken(uit)}
    assert nieuw.pop("Inleiding en vraag") == oud.pop("Inleiding")
    assert nieuw == oud
    assert all(
        deel in uit for deel in ('class="voetnoot"', 'href="#voetnoot-1"', 'id="voetnootref-1"', 'id="voetnoot-1"')
    )
    assert '<ol class="voetnoten">' in uit


UIT_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head>
<body><!--StartFragment--><script>document.title = "kwaad"</script>
<p class="MsoNormal" style="mso-margin-top-alt:auto"><span style="color:red">Geplakte <b>zin</b></span><a
style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><span>[1]</span></a><o:p></o:p></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<p class="MsoListParagraphCxSpFirst" style="mso-list:l0 level1 lfo1"><![if !supportLists]><span
style="mso-list:Ignore">· </span><![endif]>eerste punt<o:p></o:p></p>
<p class="MsoListParagraphCxSpMiddle" style="mso-list:l0 level2 lfo1"><span
style="mso-list:Ignore">1. </span>dieper</p><p class="MsoListParagraphCxSpLast" style="mso-list:l0 level1 lfo1"><span
style="mso-list:Ignore">· </span>tweede punt</p><img src="file:///C:/geheim.png" alt="x">
<div style="mso-element:footnote-list"><div style="mso-element:footnote" id="ftn1"><p class="MsoFootnoteText"><a
href="#_ftnref1" name="_ftn1">[1]</a> De noot uit Word.</p></div></div><!--EndFragment--></body></html>"""


def test_plakken_uit_word_wordt_gewone_tekst(als, wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    adres = reverse("adviezen:schrijven", kwargs={"slug": cast.traject.slug})
    with bladzijden({adres: als(cast.secretaris).get(adres)}, viewport={"width": 1280, "height": 800}) as blad:
        blad.goto(adres)
        blad.wait_for_selector("[title=Vet]", state="attached", timeout=15000)
        titel = blad.title()
        blad.locator("[role=textbox]").click()
        blad.evaluate(
            """html => { const gegevens = new DataTransfer(); gegevens.setData("text/html", html);
            document.querySelector("[role=textbox]").dispatchEvent(
              new ClipboardEvent("paste", { clipboardData: gegevens, bubbles: true, cancelable: true })); }""",
            UIT_WORD,
        )
        html = blad.locator("textarea[data-schrijven]").input_value()
        assert blad.title() == titel
    uit = munt(schoon(html))
    assert [(b.soort, b.tekst.replace("[", "").replace("]", "")) for b in blokken(uit)] == [
        ("p", "Geplakte zin1"),
        ("li", "eerste punt"),
        ("li", "dieper"),
        ("li", "tweede punt"),
        ("voetnoot", "De noot uit Word."),
    ]
    assert "<strong>zin</strong>" in uit
    assert not any(rommel in html for rommel in ("mso", "Mso", "style=", "file:", "<o:p", "&nbsp;", "kwaad"))
