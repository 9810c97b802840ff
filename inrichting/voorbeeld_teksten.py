"""De teksten van de voorbeeldadviezen: verzonnen, lang genoeg om te lezen, en per versie een beetje anders."""

# Wat in de vergelijking te zien is: een gewijzigde cel en een rij erbij, een noot erbij, een alinea die verhuist en een
# die vervalt. Tussen haakjes staat overal dat de cijfers verzonnen zijn.
_TABEL = """
<table><caption>Tabel 1. Thuiswerkers over de grens (verzonnen cijfers)</caption>
<tr><th scope="col">Land</th><th scope="col">Werknemers</th><th scope="col">Dagen per week</th></tr>
<tr><th scope="row">België</th><td>{belgie}</td><td>1,4</td></tr>
<tr><th scope="row">Duitsland</th><td>31.000</td><td>1,1</td></tr>{rij}</table>
"""
_SCHAARS = """<p>Cijfers over thuiswerken over de grens zijn schaars. De commissie vroeg daarom de uitvoerders om een
schatting{noot}.</p>"""
_NOOT = '<sup><a class="voetnoot" href="#voetnoot-{0}" id="voetnootref-{0}">{0}</a></sup>'
_NOTEN = """<ol class="voetnoten"><li class="voetnoot" id="voetnoot-1">Opgave van de uitvoerders (voorbeeld), peildatum
1 januari.</li>{tweede}</ol>"""
_OPENING = """
<h2>1. Aanleiding</h2>
<p>Steeds meer mensen wonen in het ene land en werken thuis voor een werkgever in het andere. Dit verzonnen
voorbeeldadvies gaat over wat dat betekent voor belasting, sociale zekerheid en arbeidsvoorwaarden.</p>
<p>De vragers willen weten welke regels knellen en wat een werkbare grens is.</p>
<h2>2. Wat er speelt</h2>
<p>Wie een dag per week thuiswerkt, kan onder twee stelsels vallen. Dat is voor werkgever en werknemer lastig.</p>
<ul><li>De premies verschillen per land.</li><li>De belasting wordt in twee landen geheven.</li>
<li>De regels voor ziekte lopen uiteen.</li></ul>
"""
THUISWERKEN_1 = (
    _OPENING
    + """<p>In de tijd van de reisbeperkingen gold een tijdelijke regel. Die is vervallen en keert volgens de vragers
niet terug.</p>"""
    + _TABEL.format(belgie="39.000", rij="")
    + """<h2>3. Voorlopige richting</h2>
<p>De commissie denkt aan een drempel van vijfentwintig procent van de werktijd.</p>
<p>Zij vraagt zich af of een landelijke proef nodig is voordat er regels komen.</p>"""
    + _SCHAARS.format(noot=_NOOT.format(1))
    + _NOTEN.format(tweede="")
)
THUISWERKEN_2 = THUISWERKEN_1.replace(
    "<p>De commissie denkt aan een drempel van vijfentwintig procent van de werktijd.</p>",
    "<p>De commissie denkt aan een drempel van vijftig procent van de werktijd, met één loket voor vragen.</p>"
    "<p>Kleine werkgevers krijgen een jaar de tijd om hun administratie aan te passen.</p>",
).replace("<p>Zij vraagt zich af of een landelijke proef nodig is voordat er regels komen.</p>", "")
THUISWERKEN_3 = (
    _OPENING
    + _SCHAARS.format(noot=_NOOT.format(1))
    + _TABEL.format(
        belgie="41.000",
        rij='\n<tr><th scope="row">Luxemburg</th><td>2.000</td><td>1,8' + _NOOT.format(2) + "</td></tr>",
    )
    + """<h2>3. Overwegingen</h2><p>Een hogere drempel geeft rust, maar raakt de opbrengst van premies in de
grensstreek. De commissie weegt dat tegen elkaar af.</p>
<h2>4. Voorlopige richting</h2>
<p>De commissie denkt aan een drempel van vijftig procent van de werktijd, met één loket voor vragen en één
aanspreekpunt bij ziekte.</p>
<p>Kleine werkgevers krijgen een jaar de tijd om hun administratie aan te passen.</p>"""
    + _NOTEN.format(
        tweede='<li class="voetnoot" id="voetnoot-2">Afgerond op duizendtallen: de groep is klein (voorbeeld).</li>'
    )
)


def kort(onderwerp: str) -> str:
    """Geef een korte verzonnen adviestekst over een onderwerp."""
    return (
        f"<h2>1. Aanleiding</h2><p>Dit verzonnen voorbeeldadvies gaat over {onderwerp}. Het dient om het portaal te "
        "laten zien en zegt niets over wat de raad vindt.</p><h2>2. Beschouwing</h2><p>De commissie hoorde deskundigen "
        "en woog de gevolgen voor werknemers, ondernemers en het publieke belang.</p><p>Zij let op uitvoerbaarheid en "
        "op kleine bedrijven.</p><h2>3. Aanbevelingen</h2><ol><li>Begin met een proef in drie regio's (voorbeeld).</li>"
        "<li>Meet na twee jaar wat het oplevert (voorbeeld).</li><li>Help kleine bedrijven met één loket "
        "(voorbeeld).</li></ol>"
    )
