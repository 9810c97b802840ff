"""Woorden van de adviezen: stappen, soorten en oordelen. Elke waarde staat ook als CHECK in de database."""

from django.db.models import TextChoices


class Stap(TextChoices):
    """Stand van een adviestraject: de stap die nu loopt, of hoe het eindigde (ontwerp §4)."""

    AANVRAAG = "aanvraag", "aanvraag"
    TOEWIJZING = "toewijzing", "toewijzing"
    CONCEPT = "concept", "concepttekst"
    ACHTERBANBERAAD = "achterbanberaad", "achterbanberaad"
    VERWERKING = "verwerking", "verwerking"
    NAAR_RAAD = "naar_raad", "naar de raad"
    VASTSTELLING = "vaststelling", "vaststelling"
    AANBIEDING = "aanbieding", "aanbieding"
    AANGEBODEN = "aangeboden", "aangeboden"
    NIET_IN_BEHANDELING = "niet_in_behandeling", "niet in behandeling genomen"
    INGETROKKEN = "ingetrokken", "ingetrokken"
    BEEINDIGD = "beeindigd_zonder_advies", "beëindigd zonder advies"


# De acht stappen op volgorde; het volgnummer is de plaats plus één.
STAPPEN: tuple[Stap, ...] = (
    Stap.AANVRAAG,
    Stap.TOEWIJZING,
    Stap.CONCEPT,
    Stap.ACHTERBANBERAAD,
    Stap.VERWERKING,
    Stap.NAAR_RAAD,
    Stap.VASTSTELLING,
    Stap.AANBIEDING,
)
EINDSTANDEN: frozenset[Stap] = frozenset({Stap.AANGEBODEN, Stap.NIET_IN_BEHANDELING, Stap.INGETROKKEN, Stap.BEEINDIGD})
# Intrekken en beëindigen kan zolang de raad (of de commissie met mandaat) niet heeft vastgesteld.
VOOR_VASTSTELLING: tuple[Stap, ...] = STAPPEN[:7]
# Vanaf de concepttekst heeft een traject een commissie.
MET_COMMISSIE: tuple[Stap, ...] = (*STAPPEN[2:], Stap.AANGEBODEN)

# Wat het publiek leest (ontwerp §4): stap en datum, in openbare woorden.
PUBLIEKE_NAAM: dict[str, str] = {
    Stap.AANVRAAG: "aangevraagd",
    Stap.TOEWIJZING: "bij het dagelijks bestuur",
    Stap.CONCEPT: "in voorbereiding bij de commissie",
    Stap.ACHTERBANBERAAD: "in achterbanberaad",
    Stap.VERWERKING: "in voorbereiding bij de commissie",
    Stap.NAAR_RAAD: "bij de raad",
    Stap.VASTSTELLING: "bij de raad",
    Stap.AANBIEDING: "vastgesteld",
    Stap.AANGEBODEN: "uitgebracht",
    Stap.NIET_IN_BEHANDELING: "niet in behandeling genomen",
    Stap.INGETROKKEN: "ingetrokken",
    Stap.BEEINDIGD: "beëindigd zonder advies",
}


class SoortVrager(TextChoices):
    """Wie advies mag vragen (brochure; Wet op de SER, artikel 41). Niemand anders."""

    MINISTER = "minister", "minister"
    STAATSSECRETARIS = "staatssecretaris", "staatssecretaris"
    TWEEDE_KAMER = "tweede_kamer", "Tweede Kamer"
    EERSTE_KAMER = "eerste_kamer", "Eerste Kamer"


BEWINDSPERSONEN: frozenset[str] = frozenset({SoortVrager.MINISTER, SoortVrager.STAATSSECRETARIS})


class Criterium(TextChoices):
    """De zeven criteria van het dagelijks bestuur, en eigen criteria ("onder meer", domein §13.4)."""

    BELEIDSRELEVANTIE = "beleidsrelevantie", "Is het relevant voor het beleid?"
    DOMEIN = "domein", "Ligt het op sociaal-economisch terrein?"
    BESLUITVORMING = "besluitvorming", "In welk stadium is de politieke besluitvorming?"
    TERMIJN = "termijn", "Is de adviestermijn haalbaar?"
    MEERWAARDE = "meerwaarde", "Wat voegt het toe aan eerdere adviezen?"
    CONCREETHEID = "concreetheid", "Is de vraag concreet genoeg?"
    CAPACITEIT = "capaciteit", "Is er capaciteit bij raad en geledingen?"
    EIGEN = "eigen", "Eigen criterium"


VASTE_CRITERIA: tuple[Criterium, ...] = tuple(c for c in Criterium if c != Criterium.EIGEN)


class Criteriumoordeel(TextChoices):
    JA = "ja", "ja"
    DEELS = "deels", "deels"
    NEE = "nee", "nee"
    NVT = "nvt", "n.v.t."


class ToewijzingBesluit(TextChoices):
    WIJS_TOE = "wijs_toe", "toewijzen aan een commissie"
    NIET_IN_BEHANDELING = "neem_niet_in_behandeling", "niet in behandeling nemen"


class SoortVersie(TextChoices):
    """Openbaar heet de witte en de groene versie "ontwerpadvies" (domein §13.14)."""

    CONCEPT = "concept", "concept"
    WIT = "wit", "witte versie"
    GROEN = "groen", "groene versie"
    VASTGESTELD = "vastgesteld", "vastgestelde tekst"


class SoortOpmerking(TextChoices):
    GEWOON = "gewoon", "opmerking"
    BLOKKEREND = "blokkerend", "blokkerend bezwaar"


class Kring(TextChoices):
    """Wie een opmerking leest, behalve de schrijver zelf."""

    PRIVE = "prive", "alleen ik"
    ORGANISATIE = "organisatie", "mijn organisatie"
    GELEDING = "geleding", "mijn geleding"
    COMMISSIE = "commissie", "de commissie"
    SECRETARIAAT = "secretariaat", "het secretariaat"


class Voorlopig(TextChoices):
    """Wat een lezer voorlopig vindt; telt nooit als standpunt."""

    EENS = "eens", "eens"
    EENS_MET_OPMERKING = "eens_met_opmerking", "eens, met een opmerking"
    AFWIJKEND = "afwijkend", "afwijkend standpunt"
    BLANCO = "blanco", "blanco"


class Deling(TextChoices):
    """Wie een voorlopig standpunt ziet, behalve de lezer zelf."""

    NIEMAND = "niemand", "alleen ik"
    SECRETARIAAT = "secretariaat", "het secretariaat"
    COMMISSIE = "commissie", "de commissie en het secretariaat"


class Reactiestatus(TextChoices):
    CONCEPT = "concept", "in concept"
    INGEDIEND = "ingediend", "ingediend"
    GEEN_REACTIE = "geen_reactie", "geen reactie"


class Reactieoordeel(TextChoices):
    AKKOORD = "akkoord", "akkoord"
    AKKOORD_MITS = "akkoord_mits", "akkoord, mits"
    KNELPUNT = "knelpunt", "knelpunt"


class SoortIndiening(TextChoices):
    """Wat er met een reactie gebeurde; elk ervan blijft bewaard."""

    INGEDIEND = "ingediend", "ingediend"
    GEEN_REACTIE = "geen_reactie", "geen reactie gemeld"
    TERUGGENOMEN = "teruggenomen", "teruggenomen"


class Medestatus(TextChoices):
    """Of een andere organisatie meetekent met een reactie."""

    GEVRAAGD = "gevraagd", "gevraagd"
    BEVESTIGD = "bevestigd", "bevestigd"
    AFGEWEZEN = "afgewezen", "niet akkoord"


class Verwerkingsoordeel(TextChoices):
    OVERGENOMEN = "overgenomen", "overgenomen"
    DEELS = "deels", "deels overgenomen"
    NIET = "niet", "niet overgenomen"
    BUITEN_SCOPE = "buiten_scope", "buiten de reikwijdte"


class Werkvorm(TextChoices):
    """Hoe anderen gehoord worden (brochure, "Inspraak"; SER-Wijzer 26 en 29; werkwijze op ser.nl)."""

    HOORZITTING = "hoorzitting", "hoorzitting"
    PANEL = "panel", "panelgesprek"
    WERKBEZOEK = "werkbezoek", "werkbezoek"
    DESKUNDIGE = "deskundige", "deskundige uitgenodigd"
    INTERNETCONSULTATIE = "internetconsultatie", "internetconsultatie"
    ENQUETE = "enquete", "enquête"
    WERKCONFERENTIE = "werkconferentie", "werkconferentie"
    INTERVIEW = "interview", "interviews"
    SCHRIFTELIJK = "schriftelijk", "schriftelijke inbreng"
    ONDERZOEK = "onderzoek", "onderzoek uitbesteed"
    OVERIG = "overig", "anders"


class SoortGehoorde(TextChoices):
    ORGANISATIE = "organisatie", "organisatie"
    PERSOON = "persoon", "persoon"


class SoortAgendering(TextChoices):
    """Waarom een traject op een agenda staat. Alleen `behandeling` brengt het naar de vaststelling."""

    BEHANDELING = "behandeling", "behandeling van het ontwerpadvies"
    INGEKOMEN_STUK = "ingekomen_stuk", "ingekomen stuk"
    TUSSENBESPREKING = "tussenbespreking", "tussenbespreking"


class Uitkomst(TextChoices):
    """Hoe de behandeling in deze vergadering afliep; leeg zolang zij nog komt of loopt."""

    VASTGESTELD = "vastgesteld", "vastgesteld"
    TERUGVERWEZEN = "terugverwezen", "terugverwezen naar de commissie"
    UITGESTELD = "uitgesteld", "uitgesteld"
    TERUGGENOMEN = "teruggenomen", "van de agenda gehaald"


class Raadsoordeel(TextChoices):
    UNANIEM = "unaniem", "unaniem"
    VERDEELD = "verdeeld", "verdeeld"


class SoortGeadresseerde(TextChoices):
    """Aan wie een aanbeveling gericht kan zijn."""

    BEWINDSPERSOON = "bewindspersoon", "minister of staatssecretaris"
    KABINET = "kabinet", "kabinet"
    KAMER = "kamer", "Kamer"
    OVERIG = "overig", "anderen"


# De geadresseerden die het kabinet zijn: van hen wordt een antwoord verwacht.
VAN_KABINET = frozenset({SoortGeadresseerde.BEWINDSPERSOON, SoortGeadresseerde.KABINET})


class SoortAdvies(TextChoices):
    """Soort publicatie. Alleen adviezen krijgen een klok voor de kabinetsreactie (domein §13.11)."""

    ADVIES = "advies", "advies"
    BRIEFADVIES = "briefadvies", "briefadvies"
    INTERIMADVIES = "interimadvies", "interimadvies"
    RAPPORT = "rapport", "rapport"
    VERKENNING = "verkenning", "verkenning"
    NOTA = "nota", "nota"
    REDE = "rede", "rede"
    SIGNALERING = "signalering", "signalering"


MET_KABINETSKLOK: frozenset[str] = frozenset({SoortAdvies.ADVIES, SoortAdvies.BRIEFADVIES, SoortAdvies.INTERIMADVIES})


class Impactmoment(TextChoices):
    """Wanneer is vastgelegd wat een advies moet bereiken."""

    INTAKE = "intake", "bij de intake"
    VASTSTELLING = "vaststelling", "bij de vaststelling"


# In welke stappen elk moment nog open is; daarbuiten ligt het vast.
IMPACT_OPEN: dict[Impactmoment, frozenset[Stap]] = {
    Impactmoment.INTAKE: frozenset({Stap.AANVRAAG, Stap.TOEWIJZING, Stap.CONCEPT}),
    Impactmoment.VASTSTELLING: frozenset({Stap.VERWERKING, Stap.NAAR_RAAD, Stap.VASTSTELLING, Stap.AANBIEDING}),
}


class Voortrajectherkomst(TextChoices):
    """Waar een verwachte vraag vandaan komt."""

    KABINETSLIJST = "kabinetslijst", "de jaarlijkse lijst van het kabinet"
    MINISTERIE = "ministerie", "een ministerie, tussendoor"
    KAMER = "kamer", "een Kamer"
    SER = "ser", "de SER zelf"


class Voortrajectstand(TextChoices):
    """Hoe ver een verwachte vraag is."""

    VERWACHT = "verwacht", "verwacht"
    VERKENNING = "verkenning", "wordt verkend"
    GEWENST = "gewenst", "aanvraag gewenst"
    AFGEZIEN = "afgezien", "geen aanvraag"
    TRAJECT = "traject", "is een traject"


class Bestuurswens(TextChoices):
    """Wat een lid van het dagelijks bestuur van een verwachte vraag vindt."""

    GEWENST = "gewenst", "een aanvraag is gewenst"
    AFZIEN = "afzien", "geen aanvraag"
    BESPREKEN = "bespreken", "eerst bespreken in de vergadering"


class Verkenningsvorm(TextChoices):
    """Hoe het probleem verkend is."""

    GESPREK = "gesprek", "gesprek met deskundigen"
    BRAINSTORM = "brainstorm", "brainstorm met leden"
    ONDERZOEK = "onderzoek", "onderzoek of literatuur"
    BEZOEK = "bezoek", "werkbezoek"
    ANDERS = "anders", "anders"
