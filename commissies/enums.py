"""Woorden van de commissies."""

from django.db.models import TextChoices


class SoortCommissie(TextChoices):
    VAST = "vast", "vaste commissie"
    AD_HOC = "ad_hoc", "commissie ad hoc"
    ART43 = "art43", "commissie op grond van artikel 43"
    BESTUURLIJK = "bestuurlijk", "bestuurlijke commissie"
    EIGEN_ORGAAN = "eigen_orgaan", "eigen orgaan"
    WERKGROEP = "werkgroep", "werkgroep"


class CommissieRol(TextChoices):
    VOORZITTER = "voorzitter", "voorzitter"
    LID = "lid", "lid"
    PLAATSVERVANGER = "plaatsvervanger", "plaatsvervanger"
    ADVISEREND_LID = "adviserend_lid", "adviserend lid"
    MINISTERIEEL_VERTEGENWOORDIGER = "ministerieel_vertegenwoordiger", "ministerieel vertegenwoordiger"
    WAARNEMER = "waarnemer", "waarnemer"
    SECRETARIS = "secretaris", "secretaris"


# Regel 19: adviserende leden, waarnemers, ministerie en secretaris stemmen niet.
STEMGERECHTIGD = frozenset({CommissieRol.VOORZITTER, CommissieRol.LID, CommissieRol.PLAATSVERVANGER})


class CommissieGeleding(TextChoices):
    """De drie geledingen, en consumenten waar die op de werknemersplaatsen zitten (regel 18)."""

    ONDERNEMERS = "ondernemers", "ondernemers"
    KROONLEDEN = "kroonleden", "kroonleden"
    WERKNEMERS = "werknemers", "werknemers"
    CONSUMENTEN = "consumenten", "consumenten"
