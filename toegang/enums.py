from django.db import models


class Rol(models.TextChoices):
    """Wat iemand op een dag is. Stafrollen zijn groepen; de andere volgen uit benoeming of lidmaatschap."""

    SECRETARIAAT = "secretariaat", "secretariaat"
    COMMISSIESECRETARIS = "commissiesecretaris", "commissiesecretaris"
    ALGEMEEN_SECRETARIS = "algemeen_secretaris", "algemeen secretaris"
    RAADSSECRETARIS = "raadssecretaris", "secretaris van de raad"
    COMMUNICATIE = "communicatie", "communicatie"
    BEHEERDER = "beheerder", "functioneel beheerder"
    RAADSLID = "raadslid", "raadslid"
    KROONLID = "kroonlid", "kroonlid"
    PLAATSVERVANGER = "plaatsvervanger", "plaatsvervangend raadslid"
    DB_LID = "db_lid", "lid van het dagelijks bestuur"
    COMMISSIEVOORZITTER = "commissievoorzitter", "commissievoorzitter"
    COMMISSIELID = "commissielid", "commissielid"
    COMMISSIE_PLAATSVERVANGER = "commissie_plaatsvervanger", "plaatsvervangend commissielid"
    ADVISEREND_LID = "adviserend_lid", "adviserend lid"
    MINISTERIEEL_VERTEGENWOORDIGER = "ministerieel_vertegenwoordiger", "ministerieel vertegenwoordiger"
    WAARNEMER = "waarnemer", "waarnemer"
    ORGANISATIECOORDINATOR = "organisatiecoordinator", "coördinator van een organisatie"
    MEELEZER = "meelezer", "meelezer"
    PERS = "pers", "pers onder embargo"
    OUD_LID = "oud_lid", "oud-lid"


# Rollen die uit een groep komen; elk brengt het secretariaat mee, behalve de beheerder: die leest geen dossiers.
STAFROLLEN = frozenset(
    {
        Rol.SECRETARIAAT,
        Rol.COMMISSIESECRETARIS,
        Rol.ALGEMEEN_SECRETARIS,
        Rol.RAADSSECRETARIS,
        Rol.COMMUNICATIE,
        Rol.BEHEERDER,
    }
)

# Wie namens een organisatie in of bij de raad werkt; van welke staat in `Hoedanigheid.orgaan`.
VAN_ORGANISATIE = (Rol.RAADSLID, Rol.PLAATSVERVANGER, Rol.ORGANISATIECOORDINATOR)
# Wie meebeslist of voor een organisatie werkt; dat gaat niet samen met een stafrol.
MEEBESLISSEND = (
    *VAN_ORGANISATIE,
    Rol.KROONLID,
    Rol.COMMISSIEVOORZITTER,
    Rol.COMMISSIELID,
    Rol.COMMISSIE_PLAATSVERVANGER,
)
