"""Van schone adviestekst naar één HTML-bestand dat op zichzelf staat: leesbaar zonder het portaal, zonder script."""

import re
from html import escape

from kern.blokken import nummers
from kern.html import schoon

BLOK = re.compile(r' data-blok="([^"]*)"')
OPMAAK = """
body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1.1rem/1.6 Georgia,serif;color:#1b2330;background:#fff}
h1,h2,h3,h4,table,.merk,footer{font-family:"Segoe UI",Arial,sans-serif;line-height:1.3}
table{border-collapse:collapse;width:100%;font-size:.95rem}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;
border-bottom:1px solid #bbb}caption{text-align:left;font-weight:600}img{max-width:100%}.merk{font-weight:600}
footer{margin-top:3rem;border-top:1px solid #bbb;font-size:.9rem;color:#515b69}
[data-nummer]{position:relative}@media(min-width:60rem){[data-nummer]::before{content:attr(data-nummer);position:absolute;
left:-3.5rem;width:2.5rem;text-align:right;font:.8rem/1.9 Arial,sans-serif;color:#515b69}}
"""


def maak_html(
    html: str, *, titel: str, ondertitel: str = "", merk: str = "", lezer: str = "", kenmerk: str = ""
) -> bytes:
    """Geef een volledig HTML-bestand (UTF-8) met deze tekst; blokken zijn ankers, met hun nummer in de kantlijn.

    `merk` en `lezer` staan boven en onder de tekst, `kenmerk` is het controlegetal. Gelijke invoer geeft gelijke bytes.
    """
    tekst = schoon(html)
    volg = nummers(tekst)
    tekst = BLOK.sub(lambda m: f' id="{m[1]}" data-nummer="{volg[m[1]]}"' if m[1] in volg else "", tekst)
    return (
        '<!doctype html>\n<html lang="nl">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="author" content="Sociaal-Economische Raad"><meta name="robots" content="noindex">'
        f"<title>{escape(titel)}: {escape(ondertitel)}</title><style>{OPMAAK}</style></head>\n<body>\n"
        f"{_regel(merk, 'merk')}<h1>{escape(titel)}</h1>{_regel(ondertitel, '')}\n<main>{tekst}</main>\n"
        f"<footer>{_regel(f'Exemplaar van {lezer}. Geef het niet door.' if lezer else '', '')}"
        f"{_regel(f'Kenmerk van de tekst: {kenmerk}' if kenmerk else '', '')}</footer>\n</body>\n</html>\n"
    ).encode()


def _regel(tekst: str, klasse: str) -> str:
    merk = f' class="{klasse}"' if klasse else ""
    return f"<p{merk}>{escape(tekst)}</p>" if tekst else ""
