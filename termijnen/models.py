"""De ene termijnbewaker: termijnen, hun wijzigingen en de waarschuwingen als vaste feiten."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin, transition

from kern.models import Versioneerbaar, Voorbeeldbaar
from termijnen import permissions, policies, soorten
from termijnen.enums import LOPEND, SoortWijziging, Status
from termijnen.regels import dagen_over, is_te_laat
from toegang.enums import Rol
from toegang.rollen import heeft

if TYPE_CHECKING:
    from berichten.models import Bericht
    from toegang.models import Gebruiker

# Na zoveel mislukte rondes wordt een termijn apart gelegd; de lijst van het secretariaat toont haar.
MAX_FOUTEN = 8


class TermijnQuerySet(models.QuerySet["Termijn"]):
    """Zoekvragen over termijnen."""

    def zichtbaar_voor(self, gebruiker: "Gebruiker") -> "TermijnQuerySet":
        """Het secretariaat ziet alles; een ander wat de soort laat zien en de eigen termijnen."""
        if heeft(gebruiker, Rol.SECRETARIAAT):
            return self
        mag = Q(eigenaar_id=gebruiker.pk)
        for soort in soorten.alle():
            voorwaarde = soort.zichtbaar(gebruiker)
            if voorwaarde is not None:
                mag |= Q(soort=soort.naam) & voorwaarde
        return self.filter(mag)

    def van(self, object: models.Model) -> "TermijnQuerySet":
        """De termijnen van één object."""
        return self.filter(object_soort=object._meta.label_lower, object_id=str(object.pk))

    def lopend(self) -> "TermijnQuerySet":
        """Wat loopt of stilstaat."""
        return self.filter(status__in=LOPEND)


class Termijn(FSMModelMixin, Versioneerbaar, Voorbeeldbaar):
    """Een opgeslagen vervaldag met begindag, rekenregel en de som in woorden.

    Alle datums zijn Amsterdamse kalenderdagen; `vervalt_op` zelf is nog op tijd. `volgende_herinnering` is de eerste
    dag waarop gewaarschuwd moet worden (None: nooit meer) en maakt de zoekvraag van de klok klein; wat er werkelijk
    gewaarschuwd is, staat in Herinnering. Treden voor `herinner_vanaf` worden niet ingehaald.
    """

    soort = models.CharField(max_length=40)
    object_soort = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)
    object_naam = models.CharField(max_length=300)
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="termijnen"
    )
    basis = models.DateField("begindag")
    regel = models.CharField(max_length=40)
    vervalt_op = models.DateField("vervaldag")
    uitleg = models.CharField(max_length=500)
    status = FSMField(default=Status.OPEN, choices=Status.choices, protected=True, editable=False)
    voldaan_op = models.DateField(null=True, blank=True)
    gepauzeerd_op = models.DateField(null=True, blank=True)
    herinner_vanaf = models.DateField()
    volgende_herinnering = models.DateField(null=True, blank=True)
    fouten = models.PositiveSmallIntegerField(default=0)
    laatste_fout = models.CharField(max_length=300, blank=True)
    aangemaakt_op = models.DateTimeField(auto_now_add=True)

    objects = TermijnQuerySet.as_manager()

    class Meta:
        verbose_name = "termijn"
        verbose_name_plural = "termijnen"
        ordering = ["vervalt_op", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["object_soort", "object_id", "soort"],
                condition=Q(status__in=LOPEND) & ~Q(soort="eigen"),
                name="termijn_een_lopende",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.VOLDAAN, voldaan_op__isnull=False)
                | (~Q(status=Status.VOLDAAN) & Q(voldaan_op__isnull=True)),
                name="termijn_voldaan_met_dag",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.GEPAUZEERD, gepauzeerd_op__isnull=False)
                | (~Q(status=Status.GEPAUZEERD) & Q(gepauzeerd_op__isnull=True)),
                name="termijn_pauze_met_dag",
            ),
        ]
        indexes = [
            models.Index(
                fields=["volgende_herinnering", "id"],
                condition=Q(status=Status.OPEN, volgende_herinnering__isnull=False),
                name="termijn_te_herinneren",
            ),
            models.Index(fields=["status", "vervalt_op", "id"], name="termijn_lijst"),
            models.Index(fields=["object_soort", "object_id"], name="termijn_object"),
        ]

    def __str__(self) -> str:
        return f"{self.omschrijving}: {self.object_naam}"

    @property
    def omschrijving(self) -> str:
        """De naam van de soort op het scherm."""
        return soorten.omschrijving(self.soort)

    @property
    def adres(self) -> str:
        """Het pad van de pagina waar deze termijn over gaat; leeg bij een soort die niemand meer aanmeldt."""
        return soorten.adres(self)

    @property
    def loopt(self) -> bool:
        """Geef of de termijn nog niet is afgesloten."""
        return self.status in LOPEND

    def is_te_laat(self, op: date) -> bool:
        """Geef of de termijn op dag `op` (of bij het voldoen) te laat was. Een stilstaande termijn is niet te laat."""
        if self.status == Status.VOLDAAN:
            return is_te_laat(self.vervalt_op, self.voldaan_op or op)
        return self.status == Status.OPEN and is_te_laat(self.vervalt_op, op)

    def dagen_over(self, vandaag: date) -> int:
        """Geef hoeveel dagen er nog zijn; negatief na de vervaldag."""
        return dagen_over(self.vervalt_op, vandaag)

    @transition(
        field=status,
        source=LOPEND,
        target=Status.VOLDAAN,
        permission=permissions.mag_afsluiten,
        custom={"label": "Voldaan", "beleid": policies.mag_voldoen},
    )
    def voldoe(self, *, op: date, vandaag: date, vervalt_op: date, uitleg: str) -> None:
        """De termijn is gehaald of alsnog voldaan, op dag `op`; stond zij stil, dan komen die dagen erbij."""
        self.voldaan_op, self.gepauzeerd_op, self.volgende_herinnering = op, None, None
        self.vervalt_op, self.uitleg = vervalt_op, uitleg

    @transition(
        field=status,
        source=Status.OPEN,
        target=Status.OPEN,
        permission=permissions.mag_wijzigen,
        custom={"label": "Verleng", "beleid": policies.mag_verlengen, "reden": True},
    )
    def verleng(self, *, vervalt_op: date, uitleg: str, herinner_vanaf: date) -> None:
        """De vervaldag wordt later."""
        self.vervalt_op, self.uitleg, self.herinner_vanaf = vervalt_op, uitleg, herinner_vanaf

    @transition(
        field=status,
        source=Status.OPEN,
        target=Status.OPEN,
        permission=permissions.mag_wijzigen,
        custom={"label": "Herroep de verlenging", "beleid": policies.mag_verlenging_herroepen, "reden": True},
    )
    def herroep_verlenging(self, *, vervalt_op: date, uitleg: str, herinner_vanaf: date) -> None:
        """De verlenging was een vergissing en nog niet openbaar: de vervaldag van daarvoor geldt weer."""
        self.vervalt_op, self.uitleg, self.herinner_vanaf = vervalt_op, uitleg, herinner_vanaf

    @transition(
        field=status,
        source=Status.OPEN,
        target=Status.GEPAUZEERD,
        permission=permissions.mag_wijzigen,
        custom={"label": "Zet stil", "reden": True, "bevestig": "Zolang de termijn stilstaat, waarschuwt niemand."},
    )
    def pauzeer(self, *, op: date) -> None:
        """De termijn staat stil vanaf dag `op`."""
        self.gepauzeerd_op = op

    @transition(
        field=status,
        source=Status.GEPAUZEERD,
        target=Status.OPEN,
        permission=permissions.mag_wijzigen,
        custom={
            "label": "Hervat",
            "reden": True,
            "bevestig": "De vervaldag schuift op met de dagen dat de termijn stilstond.",
        },
    )
    def hervat(self, *, vervalt_op: date, uitleg: str, herinner_vanaf: date) -> None:
        """De termijn loopt weer; de dagen van de pauze komen erbij."""
        self.vervalt_op, self.uitleg, self.herinner_vanaf = vervalt_op, uitleg, herinner_vanaf
        self.gepauzeerd_op = None

    @transition(
        field=status,
        source=LOPEND,
        target=Status.VERVALLEN,
        permission=permissions.mag_afsluiten,
        custom={"label": "Laat vervallen", "reden": True, "bevestig": "Er wordt niet meer gewaarschuwd."},
    )
    def laat_vervallen(self) -> None:
        """De termijn doet niet meer ter zake."""
        self.gepauzeerd_op, self.volgende_herinnering = None, None

    @transition(
        field=status,
        source=[Status.VOLDAAN, Status.VERVALLEN],
        target=Status.OPEN,
        permission=permissions.mag_wijzigen,
        custom={
            "label": "Heropen",
            "reden": True,
            "bevestig": "De termijn is weer zoals zij was, met dezelfde vervaldag.",
        },
    )
    def heropen(self, *, herinner_vanaf: date, vervalt_op: date, uitleg: str) -> None:
        """Het voldoen of vervallen was onterecht, bijvoorbeeld omdat een reactie is ingetrokken."""
        self.voldaan_op, self.herinner_vanaf = None, herinner_vanaf
        self.vervalt_op, self.uitleg = vervalt_op, uitleg


class TermijnWijziging(Voorbeeldbaar):
    """Een verlenging, pauze of afsluiting met haar reden. Alleen toevoegen."""

    termijn = models.ForeignKey(Termijn, on_delete=models.PROTECT, related_name="wijzigingen")
    soort = models.CharField(max_length=12, choices=SoortWijziging.choices)
    oud_vervalt_op = models.DateField()
    nieuw_vervalt_op = models.DateField()
    reden = models.TextField(blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "wijziging van een termijn"
        verbose_name_plural = "wijzigingen van termijnen"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_soort_display()}: {self.reden}"


class Herinnering(Voorbeeldbaar):
    """Het feit dat op een trede gewaarschuwd is: één keer per termijn, trede, dag en ontvanger.

    Zonder ontvanger: er was niemand te waarschuwen, of de trede is overgeslagen omdat een latere al aan de beurt was.
    Met ontvanger en zonder bericht: zij gaat in het dagelijkse overzicht (Overzichtregel), of is door hem uitgesteld.
    """

    termijn = models.ForeignKey(Termijn, on_delete=models.PROTECT, related_name="herinneringen")
    trede = models.CharField(max_length=40)
    gepland_op = models.DateField()
    ontvanger = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="herinneringen"
    )
    bericht = models.ForeignKey("berichten.Bericht", null=True, on_delete=models.PROTECT, related_name="+")
    overgeslagen = models.BooleanField(default=False)
    verwerkt_op = models.DateTimeField()

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        ordering = ["gepland_op", "pk"]
        indexes = [
            models.Index(
                fields=["verwerkt_op"],
                condition=Q(bericht__isnull=True, ontvanger__isnull=False, overgeslagen=False),
                name="herinnering_voor_overzicht",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["termijn", "trede", "gepland_op", "ontvanger"],
                nulls_distinct=False,
                name="herinnering_eenmaal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trede} op {self.gepland_op.isoformat()}"

    @property
    def trede_in_woorden(self) -> str:
        """De naam van de trede op het scherm."""
        return self.trede.replace("_", " ")

    @property
    def post(self) -> "Bericht | None":
        """Het bericht waarin deze waarschuwing ging: een eigen bericht, of het overzicht van die dag."""
        regel = getattr(self, "overzichtregel", None)
        return regel.bericht if regel is not None else self.bericht


class Overzichtregel(models.Model):
    """In welk dagelijks overzicht een waarschuwing stond. Alleen toevoegen."""

    herinnering = models.OneToOneField(Herinnering, on_delete=models.PROTECT, related_name="overzichtregel")
    bericht = models.ForeignKey("berichten.Bericht", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "regel van een overzicht"
        verbose_name_plural = "regels van overzichten"

    def __str__(self) -> str:
        return str(self.herinnering)


class Uitstel(Voorbeeldbaar):
    """Iemand wil over een termijn pas op `tot` weer gewaarschuwd worden, met reden. De termijn zelf verandert niet.

    Alleen toevoegen; het jongste uitstel van iemand geldt.
    """

    termijn = models.ForeignKey(Termijn, on_delete=models.PROTECT, related_name="uitstellen")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tot = models.DateField("opnieuw waarschuwen op")
    reden = models.TextField("reden")
    op = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "uitstel"
        verbose_name_plural = "uitstellen"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reden=""), name="termijn_uitstel_reden")]

    def __str__(self) -> str:
        return f"tot {self.tot.isoformat()}"


class Laddertrede(models.Model):
    """Een trede die de beheerder koos. Heeft een soort er een, dan geldt die ladder in plaats van de vaste."""

    soort = models.CharField(max_length=40)
    dagen = models.SmallIntegerField(default=0)
    elke_maand = models.BooleanField(default=False)
    spoed = models.BooleanField(default=False)
    niveau = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "trede van een ladder"
        verbose_name_plural = "treden van ladders"
        ordering = ["soort", "elke_maand", "dagen"]
        constraints = [
            models.UniqueConstraint(fields=["soort", "dagen", "elke_maand"], name="laddertrede_eenmaal"),
            models.CheckConstraint(condition=Q(niveau__lte=2), name="laddertrede_niveau"),
            models.CheckConstraint(condition=Q(elke_maand=False) | Q(dagen=0), name="laddertrede_maand_zonder_dagen"),
        ]

    def __str__(self) -> str:
        return f"{self.soort}: {'elke maand erna' if self.elke_maand else self.dagen}"
