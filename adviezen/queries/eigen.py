"""De eigen opmerkingen van een lezer als tekst, voor achter zijn PDF."""

from html import escape
from typing import TYPE_CHECKING

from adviezen.models import Opmerking, Versie
from adviezen.queries.opmerkingen import geplaatst, kring_naam, leesstanden, plek_in_woorden
from adviezen.queries.plaats import VERVALLEN
from kern.blokken import blokken, nummers
from kern.tijd import moment_nl, nu

if TYPE_CHECKING:
    from toegang.models import Gebruiker

# Wat geen alineanummer draagt (kern.blokken.nummers); de rest zijn koppen.
ZONDER_NUMMER = {
    "tr": "Bij een rij van een tabel",
    "caption": "Bij een tabel",
    "figure": "Bij een figuur",
    "voetnoot": "Bij een voetnoot",
}


def eigen_opmerkingen(versie: Versie, gebruiker: "Gebruiker") -> str:
    """Geef een hoofdstuk (HTML) met de eigen opmerkingen bij een versie, op volgorde van de tekst; "" als er geen zijn.

    Alleen wat deze lezer zelf schreef, met wat ermee gedaan is: een PDF gaat verder rond dan een scherm.
    """
    stand = geplaatst(versie, gebruiker, leesstanden(versie, gebruiker), nu())
    volg = nummers(versie.html)
    alle = blokken(versie.html)
    plaats = {blok.id: n for n, blok in enumerate(alle)}
    soort = {blok.id: blok.soort for blok in alle}
    eigen = [r for r in stand.hoofden if r.auteur == gebruiker.pk]
    eigen.sort(key=lambda r: (plaats.get(stand.plekken[r.pk].blok, len(plaats)), r.pk))
    # Zonder de tekst van de versie: die komt anders bij elke opmerking mee.
    gevonden = Opmerking.objects.select_related("organisatie", "versie").defer("versie__html")
    rijen = gevonden.in_bulk([r.pk for r in eigen])
    delen: list[str] = []
    for rij in eigen:
        o, plek = rijen[rij.pk], stand.plekken[rij.pk]
        nummer = volg.get(plek.blok)
        if plek.staat == VERVALLEN:
            waar = "Vervallen passage"
        elif plek.blok in soort:
            waar = f"Bij alinea {nummer}" if nummer else ZONDER_NUMMER.get(soort[plek.blok], "Bij een kop")
        else:
            waar = "Over het geheel"
        feiten = [kring_naam(o), moment_nl(o.aangemaakt_op), plek_in_woorden(o, plek, versie)]
        if o.soort == "blokkerend":
            feiten.insert(0, "blokkerend bezwaar")
        delen.append(f"<h3>{escape(waar)}</h3><p><em>{escape('; '.join(f for f in feiten if f))}</em></p>")
        if o.citaat:
            delen.append(f"<blockquote><p>{escape(o.citaat)}</p></blockquote>")
        delen += [f"<p>{escape(regel)}</p>" for regel in o.tekst.splitlines() if regel.strip()]
        if o.voorstel:
            delen.append(f"<p><strong>Tekstvoorstel:</strong> {escape(o.voorstel)}</p>")
        if o.afdoening:
            delen.append(f"<p><strong>Afgedaan:</strong> {escape(o.afdoening)}</p>")
    return f"<h2>Mijn opmerkingen</h2>{''.join(delen)}" if delen else ""
