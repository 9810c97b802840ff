"""De schema's van een advies en wat erbij hoort."""

from datetime import date, datetime
from typing import Literal

from publiek.api.velden import Bladzijde, Bron, Datering, Vorm, veld

SoortAdvies = Literal["advies", "briefadvies", "interimadvies", "rapport", "verkenning", "signalering", "nota", "rede"]
Oordeel = Literal["unaniem", "verdeeld"]
Reactiestand = Literal[
    "op_tijd", "later", "ontvangen", "afgewacht", "uitgebleven", "deels_afgewacht", "deels_uitgebleven", "wet",
    "niet_bekend", "geen",
]  # fmt: skip
REACTIE_UITLEG = (
    "op_tijd of later: er is een reactie, vergeleken met de afgesproken drie maanden; ontvangen: er is een reactie, de "
    "termijn is niet te toetsen; afgewacht: er kwam nog niets, wij wachten op de reactie; uitgebleven: er kwam nog "
    "niets en de termijn is voorbij; deels_afgewacht: er kwam een reactie op een deel, op de rest wachten wij; "
    "deels_uitgebleven: er kwam een reactie op een deel, voor de rest is de termijn voorbij; wet: het advies is "
    "gevolgd in wet; "
    "niet_bekend: er is bij ons niets bekend, dat is geen oordeel; geen: er wordt geen reactie verwacht"
)


class ThemaKort(Vorm):
    """Een thema."""

    slug: str = veld("kenmerk van het thema", "arbeid", "adres")
    naam: str = veld("naam van het thema", "arbeid")


class AdviesKort(Vorm):
    """Een advies in een lijst."""

    kenmerk: str = veld("blijvend kenmerk van het record", "adv-voorbeeld", "adres")
    nummer: str | None = veld("adviesnummer JJJJ/NN, als dat bekend is", "2023/04")
    titel: str = veld("titel; bij oude adviezen soms een omschrijving, zie opmerking", "Een advies (voorbeeld)")
    soort: SoortAdvies = veld("soort publicatie; “advies” als de bron niets anders noemt", "advies")
    jaar: int | None = veld(
        "jaar van vaststelling of publicatie; zonder dagtekening is het een vermoeden, zie opmerking", 2023
    )
    dagtekening: Datering = veld("de datum van het advies, zo nauwkeurig als bekend", None)
    oordeel: Oordeel | None = veld("of de raad het eens was; leeg als de bronnen dat niet zeggen", "unaniem")
    reactiestand: Reactiestand = veld(REACTIE_UITLEG, "op_tijd", "berekend")
    commissie: str | None = veld("slug van de commissie die het voorbereidde, als die bekend is", "commissie-voorbeeld")
    themas: list[str] = veld("slugs van de thema's", ["arbeid"])
    voorbeeld: bool = veld("waar als dit record verzonnen is", True, "portaal")
    openbaarSinds: datetime = veld(
        "sinds wanneer deze inhoud openbaar is (UTC); in het archief het begin van de dag of het jaar dat wij kennen",
        "2023-03-16T11:00:00Z",
        "portaal",
    )
    url: str = veld("de bladzijde voor mensen", "https://voorbeeld.test/adviezen/2023/04/", "adres")


class AdviesLijst(Bladzijde):
    """Een bladzijde adviezen."""

    adviezen: list[AdviesKort] = veld("de adviezen", None)


class Tekstblok(Vorm):
    """Een alinea met haar blijvende plaats in de tekst."""

    blok: str = veld("naam van de plaats, uniek binnen het advies", "p-12", "adres")
    kop: str = veld("de kop waaronder de alinea staat", "Samenvatting")
    tekst: str = veld("de alinea zonder opmaak", "De raad adviseert (voorbeeld).")
    url: str = veld("adres van precies deze alinea", "https://voorbeeld.test/adviezen/2023/04/#p-12", "adres")


class Steun(Vorm):
    """Wie een opvatting deelde."""

    geleding: str = veld("ondernemers, werknemers of kroonleden", "kroonleden", "portaal")
    organisatie: str = veld("de organisatie achter de zetel; leeg bij kroonleden", "", "portaal")
    naam: str = veld(
        "naam van het kroonlid; leeg bij wie namens een organisatie zit", "A. Voorbeeld (voorbeeld)", "portaal"
    )


class Opvatting(Vorm):
    """Een opvatting over een passage."""

    aanduiding: str = veld("de vaste woorden voor deze groep", "een deel van de raad", "portaal")
    tekst: str = veld("wat deze groep vindt", "Doe het geleidelijk (voorbeeld).", "portaal")
    voetnoot: str = veld("wie dit zijn, zoals in het advies staat", "de kroonleden (voorbeeld)", "portaal")
    steun: list[Steun] = veld("de leden achter deze opvatting", None, "portaal")


class Standpunt(Vorm):
    """Een passage waarover de raad verdeeld was."""

    passage: str = veld("de passage", "Het tempo van invoering (voorbeeld)", "portaal")
    blok: str = veld("plaats in de tekst; leeg als zij niet aan één alinea hangt", "p-12", "adres")
    opvattingen: list[Opvatting] = veld("de opvattingen over deze passage", None, "portaal")


class AanbevelingKort(Vorm):
    """Een aanbeveling uit een advies."""

    id: str = veld("blijvend kenmerk", "adv-voorbeeld-1", "adres")
    nummer: int = veld("volgnummer binnen het advies", 1)
    tekst: str = veld("de aanbeveling; bij het archief in eigen woorden", "Help bedrijven (voorbeeld)")
    geadresseerden: str = veld("aan wie zij gericht is; leeg als het advies dat niet zegt", "het kabinet")
    url: str = veld("adres in de tekst", "https://voorbeeld.test/adviezen/2023/04/#aanbeveling-1", "adres")


class Aanbeveling(AanbevelingKort):
    """Een aanbeveling met het advies waar zij in staat."""

    kabinetsoordelen: list[Literal["neemt_over", "deels", "niet", "nader", "niet_beantwoord", "niet_bekend"]] = veld(
        "wat het kabinet erover zei, per geadresseerde; leeg als dat niet bekend is", ["neemt_over"], "portaal"
    )
    opvolgstand: Literal["open", "in_uitvoering", "uitgevoerd", "niet_uitgevoerd", "achterhaald", "niet_bekend"] = veld(
        "wat er van de aanbeveling kwam", "in_uitvoering", "portaal"
    )
    opvolgstandPer: date | None = veld("sinds welke dag die stand geldt", "2024-01-01", "portaal")
    advies: str = veld("kenmerk van het advies", "adv-voorbeeld", "adres")
    adviesTitel: str = veld("titel van het advies", "Een advies (voorbeeld)")
    jaar: int | None = veld("jaar van het advies", 2023)
    voorbeeld: bool = veld("waar als dit record verzonnen is", True, "portaal")


class AanbevelingLijst(Bladzijde):
    """Een bladzijde aanbevelingen."""

    aanbevelingen: list[Aanbeveling] = veld("de aanbevelingen", None)


class Reactie(Vorm):
    """Een reactie van het kabinet."""

    id: str = veld("kenmerk van de reactie", "17", "adres")
    adviezen: list[str] = veld("kenmerken van de adviezen waarop zij antwoordt", ["adv-voorbeeld"], "adres")
    dagtekening: Datering = veld("de datum van de reactie, zo nauwkeurig als bekend", None)
    afzenders: str | None = veld("wie de reactie stuurde", "de minister van Voorbeeld")
    kamerstuk: str | None = veld("Kamerstuknummer, als dat bekend is", "Kamerstuk 12345, nr. 6")
    toelichting: str | None = veld("waar de reactie op neerkomt, in eigen woorden", None, "eigen")
    vorm: str = veld("kamerbrief, brief (aan de SER), nota, mondeling, wet of onbekend", "kamerbrief")
    gedeeltelijk: bool = veld(
        "waar als de reactie maar over een deel van het advies gaat; zonder advies erbij: van elk advies", False
    )
    # niet "ingetrokkenOp": een regel van de ontwerpregels leest elke naam met "get" erin als een methode
    vervallenOp: date | None = veld("de dag waarop de reactie is ingetrokken", None)
    vervallenReden: str = veld("waarom de reactie is ingetrokken; leeg als zij geldt", "", "portaal")
    bron: str | None = veld("waar de reactie te vinden is", "https://www.tweedekamer.nl/", "bron")
    voorbeeld: bool = veld("waar als dit record verzonnen is", True, "portaal")


class ReactieLijst(Bladzijde):
    """Een bladzijde kabinetsreacties."""

    kabinetsreacties: list[Reactie] = veld("de reacties", None)


class Termijn(Vorm):
    """De afgesproken drie maanden voor een reactie, met de aannames waarop zij rusten."""

    basis: date = veld("vanaf welke dag gerekend is", "2023-03-16", "berekend")
    vervaltOp: date = veld("de dag waarop de reactie er hoort te zijn", "2023-06-16", "berekend")
    uitleg: str = veld("de berekening", "3 maanden na uitbrengen op do 16 maart 2023 = vr 16 juni 2023", "berekend")
    aannames: list[str] = veld("wat niet zeker is aan deze berekening", ["De dag is zelf afgeleid."], "berekend")


Uitwerking = Literal["bereikt", "deels", "niet", "te_vroeg", "onbekend"]


class Impactdeel(Vorm):
    """Eén kant van wat een advies wilde bereiken."""

    onderwerp: str = veld("waar het over gaat", "Waaraan dat te zien is", "portaal")
    tekst: str = veld("wat de SER bij de vaststelling opschreef", "Minder wachten (voorbeeld).", "portaal")


class EvaluatieKort(Vorm):
    """Een evaluatie van een advies: wat de SER zag toen zij terugkeek."""

    id: str = veld("kenmerk van de evaluatie", "17", "adres")
    naJaren: int = veld("na hoeveel jaar; 0 is tussentijds", 1, "portaal")
    per: date = veld("de dag waarop deze stand gold", "2027-03-16", "portaal")
    uitwerking: Uitwerking = veld(
        "of bereikt is wat het advies wilde; te_vroeg: nog niet te zeggen; onbekend: niet na te gaan",
        "deels",
        "portaal",
    )
    bevindingen: str = veld("wat er veranderde, en of het door het advies kwam", "Korter (voorbeeld).", "portaal")
    groepen: str = veld("wat de geraakte groepen merkten; leeg als dat niet is opgeschreven", "", "portaal")
    geraadpleegd: str = veld("met wie de SER sprak; leeg als dat niet is opgeschreven", "", "portaal")
    vastgelegdOp: date = veld("de dag waarop dit is vastgelegd", "2027-03-20", "portaal")


class Evaluatie(EvaluatieKort):
    """Een evaluatie met het advies waar zij over gaat."""

    advies: str = veld("kenmerk van het advies", "adv-voorbeeld", "adres")
    adviesTitel: str = veld("titel van het advies", "Een advies (voorbeeld)")
    voorbeeld: bool = veld("waar als dit record verzonnen is", True, "portaal")
    url: str = veld("de bladzijde voor mensen", "https://voorbeeld.test/kabinetsreacties/adv-voorbeeld/", "adres")


class EvaluatieLijst(Bladzijde):
    """Een bladzijde evaluaties."""

    evaluaties: list[Evaluatie] = veld("de evaluaties", None)


class KomendeEvaluatie(Vorm):
    """Een evaluatie die nog komt."""

    naJaren: int = veld("na hoeveel jaar", 3, "berekend")
    uiterlijk: date = veld("de dag waarop zij uiterlijk gedaan is", "2026-03-16", "berekend")


class Herkomst(Vorm):
    """Hoe zeker één gegeven is, en waar het vandaan komt."""

    gegeven: str = veld("naam van het veld", "dagtekening", "berekend")
    zekerheid: Literal["vermeld", "afgeleid", "niet_bekend"] = veld(
        "vermeld in de bron, door ons afgeleid, of niet bekend", "afgeleid", "berekend"
    )
    precisie: Literal["dag", "maand", "jaar", "onbekend"] | None = veld("alleen bij datums", "dag", "berekend")
    herkomst: Literal["bronnen", "portaal", "eigen woorden"] = veld(
        "uit de bronnen van het record, vastgelegd in dit portaal, of in eigen woorden samengevat",
        "bronnen",
        "berekend",
    )
    toelichting: str = veld("wat erbij opgemerkt is", "raadsdatum volgens de omslag", "bron")


class Correctie(Vorm):
    """Een gegeven dat na het uitbrengen is hersteld."""

    gegeven: str = veld("wat er hersteld is", "adviesnummer", "portaal")
    was: str = veld("wat er eerst stond", "2023/05", "portaal")
    wordt: str = veld("wat er nu staat", "2023/04", "portaal")
    op: str = veld("de dag van herstel, in woorden", "ma 20 maart 2023", "portaal")


class Gehoord(Vorm):
    """Een keer dat de commissie anderen hoorde."""

    vorm: str = veld("hoe er gehoord is", "gesprek", "portaal")
    van: date = veld("de dag, of de eerste dag", "2023-01-12", "portaal")
    tot: date | None = veld("de laatste dag; leeg als het er één was", None, "portaal")
    partijen: list[str] = veld("wie gehoord zijn; van personen alleen wie dat goedvond", ["Voorbeeld"], "portaal")
    anderen: int = veld("hoeveel personen er verder waren, zonder naam", 0, "portaal")


class Bestand(Vorm):
    """Een bestand bij het advies."""

    soort: str = veld("mediatype", "application/pdf", "portaal")
    url: str = veld("adres van het bestand zelf", "https://voorbeeld.test/adviezen/2023/04/advies.pdf", "adres")
    sha256: str | None = veld("controlegetal; leeg zolang het bestand nog niet gemaakt is", None, "berekend")


class AdviesVol(AdviesKort):
    """Een advies met alles wat openbaar is."""

    ondertitel: str = veld("ondertitel", "")
    samenvatting: str = veld("korte samenvatting; bij het archief in eigen woorden", "Kort (voorbeeld).", "eigen")
    vraag: str = veld("de vraag aan de raad, als die openbaar is", "Wat kan er beter (voorbeeld)?", "portaal")
    adviesvragers: list[str] = veld("wie om het advies vroeg", ["de minister van Voorbeeld"])
    geadresseerden: str = veld("bij een advies op eigen initiatief: aan wie het gericht is", "")
    aanvraag: Datering = veld("wanneer om het advies gevraagd is", None)
    uitgebrachtOp: date | None = veld("de dag van aanbieden, als die bekend is", "2023-03-17")
    oordeelToelichting: str = veld("hoe de bron het oordeel omschreef", "", "bron")
    volledig: bool = veld("waar als de hele tekst hieronder staat; anders alleen een samenvatting", True, "portaal")
    tekst: list[Tekstblok] = veld("de tekst, alinea voor alinea", None)
    standpunten: list[Standpunt] = veld("waarover de raad verdeeld was, en wie wat vond", None, "portaal")
    aanbevelingen: list[AanbevelingKort] = veld("de aanbevelingen", None)
    kabinetsreacties: list[Reactie] = veld("de bekende reacties van het kabinet", None)
    termijn: Termijn | None = veld("de termijn voor een reactie; leeg als de datums geen berekening toelaten", None)
    beoogdeImpact: list[Impactdeel] = veld(
        "wat het advies wilde bereiken, vastgelegd bij de vaststelling; leeg als dat niet is opgeschreven",
        None,
        "portaal",
    )
    evaluaties: list[EvaluatieKort] = veld("wat de SER zag toen zij terugkeek; wat geldt", None, "portaal")
    komendeEvaluaties: list[KomendeEvaluatie] = veld("de evaluaties die nog komen", None, "berekend")
    rechtstreeks: Literal["", "artikel43", "machtiging"] = veld(
        "hoe een commissie het advies zelf uitbracht: als haar eigen advies (Wet op de SER, artikel 43) of met een "
        "machtiging, namens de raad; leeg: dat deed zij niet, of het is niet bekend",
        "",
        "portaal",
    )
    gehoord: list[Gehoord] = veld("wie de commissie hoorde", None, "portaal")
    correcties: list[Correctie] = veld("wat er na het uitbrengen hersteld is", None, "portaal")
    bestanden: list[Bestand] = veld(
        "de bestanden: advies.pdf, en bij een ouder advies soms de PDF van toen (origineel.pdf)", None, "portaal"
    )
    traject: str | None = veld("slug van het traject in dit portaal", "een-traject-voorbeeld", "adres")
    herkomst: list[Herkomst] = veld("per gegeven hoe zeker het is", None, "berekend")
    bronnen: list[Bron] = veld("waar de gegevens vandaan komen", None, "bron")
    opmerking: str = veld("wat er verder over het record te zeggen is", "", "bron")
