"""Vaste woordenlijsten van de vergaderingen."""

from django.db.models import TextChoices


class Orgaan(TextChoices):
    """Wie er vergadert."""

    RAAD = "raad", "Raad"
    DAGELIJKS_BESTUUR = "dagelijks_bestuur", "Dagelijks bestuur"
    COMMISSIE = "commissie", "Commissie"
    WERKGROEP = "werkgroep", "Werkgroep"
    KROONLEDENOVERLEG = "kroonledenoverleg", "Kroonledenoverleg"


# Wet op de SER art. 20 en 29: alleen de raad en het dagelijks bestuur kennen een wettelijk quorum.
MET_QUORUM = (Orgaan.RAAD, Orgaan.DAGELIJKS_BESTUUR)
MET_COMMISSIE = (Orgaan.COMMISSIE, Orgaan.WERKGROEP)


class Status(TextChoices):
    """Waar een vergadering staat."""

    GEPLAND = "gepland", "gepland"
    OPGEROEPEN = "opgeroepen", "opgeroepen"
    GEOPEND = "geopend", "geopend"
    GESLOTEN = "gesloten", "gesloten"
    AFGELAST = "afgelast", "afgelast"
    NIET_DOORGEGAAN = "niet_doorgegaan", "niet doorgegaan: geen quorum"


class Puntsoort(TextChoices):
    """Waar een agendapunt over gaat."""

    OPENING = "opening", "Opening en mededelingen"
    VERSLAG = "verslag", "Vaststellen verslag"
    ADVIES = "advies", "Ontwerpadvies"
    INGEKOMEN = "ingekomen", "Ingekomen stuk"
    BENOEMING = "benoeming", "Benoeming"
    JAARSTUK = "jaarstuk", "Jaarstuk"
    AANVRAAG = "aanvraag", "Adviesaanvraag"
    VERSIE = "versie", "Vaststellen versie"
    VERWERKING = "verwerking", "Verwerking reacties"
    BESPREKING = "bespreking", "Bespreking"
    THEMA = "thema", "Themasessie"
    VERORDENING = "verordening", "Verordening"
    RONDVRAAG = "rondvraag", "Rondvraag en sluiting"
    OVERIG = "overig", "Overig"


class AanwezigAls(TextChoices):
    """In welke hoedanigheid iemand op de presentielijst staat."""

    LID = "lid", "lid"
    PLAATSVERVANGER = "plaatsvervanger", "plaatsvervanger"
    ADVISEREND = "adviserend", "adviserend lid"
    WAARNEMER = "waarnemer", "waarnemer"
    MINISTERIEEL = "ministerieel", "ministerieel vertegenwoordiger"
    SECRETARIAAT = "secretariaat", "secretariaat"


# Wet art. 26 en regel 19 van het dossier: alleen leden en hun plaatsvervangers stemmen.
MET_STEM = (AanwezigAls.LID, AanwezigAls.PLAATSVERVANGER)


class Besluitsoort(TextChoices):
    """Waarover een besluit gaat; bepaalt de meerderheid die nodig is (Wet art. 24-27)."""

    ZAAK = "zaak", "Zaak"
    VERORDENING = "verordening", "Verordening"
    PERSONEN = "personen", "Personen"


class Rondesoort(TextChoices):
    """Hoe er gestemd wordt: over zaken hoofdelijk, over personen met briefjes (art. 24); een peiling bindt niet."""

    HOOFDELIJK = "hoofdelijk", "Hoofdelijke stemming"
    BRIEFJES = "briefjes", "Stemming met briefjes"
    PEILING = "peiling", "Peiling"


class Stemkeuze(TextChoices):
    """Wat een lid stemt; blanco geldt niet als uitgebrachte stem (art. 26)."""

    VOOR = "voor", "voor"
    TEGEN = "tegen", "tegen"
    BLANCO = "blanco", "blanco"


class Uitkomst(TextChoices):
    """Wat er besloten is."""

    AANGENOMEN = "aangenomen", "aangenomen"
    VERWORPEN = "verworpen", "verworpen"
    AANGEHOUDEN = "aangehouden", "aangehouden"
    TER_KENNISNEMING = "ter_kennisneming", "ter kennisneming"
    DOOR_LOTING = "door_loting", "beslist door loting"
    NIETIG = "nietig", "stemming nietig"


# Waarna een zaak in een volgende vergadering terugkomt (Wet op de SER art. 25 en 27).
KOMT_TERUG = (Uitkomst.AANGEHOUDEN, Uitkomst.NIETIG)


class Bekendmakingsoort(TextChoices):
    """Wat openbaar bekend wordt gemaakt (Wet op de SER art. 38, 46, 52)."""

    BEGROTING = "begroting", "De begroting"
    JAARREKENING = "jaarrekening", "De jaarrekening"
    ONTWERPVERORDENING = "ontwerpverordening", "Het ontwerp van de verordening"
    VERORDENING = "verordening", "De vastgestelde verordening"


class Verslagstatus(TextChoices):
    """Een verslag is concept tot een latere vergadering het vaststelt (dossier regel 46)."""

    CONCEPT = "concept", "concept"
    VASTGESTELD = "vastgesteld", "vastgesteld"
