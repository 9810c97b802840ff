"""Woorden van de raad: geledingen, soorten benoeming en functies in het bestuur."""

from django.db.models import TextChoices


class Geleding(TextChoices):
    """De drie groepen van de raad (brochure). Volgorde van links naar rechts in het halfrond."""

    ONDERNEMERS = "ondernemers", "ondernemers"
    KROONLEDEN = "kroonleden", "kroonleden"
    WERKNEMERS = "werknemers", "werknemers"


class Bijzonder(TextChoices):
    """Kroonledenzetels die bij een functie horen; zij vallen buiten de kroonledenpool (SER-Wijzer 19)."""

    DNB = "dnb", "De Nederlandsche Bank"
    CPB = "cpb", "Centraal Planbureau"


class SoortBenoeming(TextChoices):
    """ONBEKEND is alleen voor het archief: de bron zegt dan '(plaatsvervangend) lid'."""

    LID = "lid", "lid"
    PLAATSVERVANGER = "plaatsvervanger", "plaatsvervanger"
    ONBEKEND = "onbekend", "lid of plaatsvervanger (niet bekend)"


class Voorzittersfunctie(TextChoices):
    """De voorzitter en de twee plaatsvervangers (Wet op de SER, artikel 11)."""

    VOORZITTER = "voorzitter", "voorzitter"
    EERSTE = "eerste_plaatsvervanger", "eerste plaatsvervangend voorzitter"
    TWEEDE = "tweede_plaatsvervanger", "tweede plaatsvervangend voorzitter"


class ContactRol(TextChoices):
    COORDINATOR = "coordinator", "coördinator"


class Ambt(TextChoices):
    """Ambten die niet samengaan met een zetel in de raad (Besluit onverenigbaarheden art. 1, regel 5)."""

    MINISTER = "minister", "minister"
    STAATSSECRETARIS = "staatssecretaris", "staatssecretaris"
    RAAD_VAN_STATE = "raad_van_state", "vicepresident of lid van de Raad van State"
    CBB = "cbb", "lid of auditeur van het College van Beroep voor het bedrijfsleven"
    SER = "ser", "medewerker van de SER"
