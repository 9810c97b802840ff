"""Het adviestraject: één advies op weg door de acht stappen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, FSMModelMixin

from adviezen.enums import EINDSTANDEN, MET_COMMISSIE, PUBLIEKE_NAAM, STAPPEN, Stap
from adviezen.models.terug import Terug
from adviezen.models.vooruit import Vooruit
from adviezen.models.zicht import TrajectQuerySet
from adviezen.models.zijpaden import Zijpaden
from kern.models import Versioneerbaar, Voorbeeldbaar
from kern.tijd import nu

if TYPE_CHECKING:
    from logboek.models import Gebeurtenis

NA_CONCEPT = [s.value for s in MET_COMMISSIE if s != Stap.CONCEPT]
INGETROKKEN_OF_BEEINDIGD = [Stap.INGETROKKEN.value, Stap.BEEINDIGD.value, Stap.NIET_IN_BEHANDELING.value]


class Adviestraject(Zijpaden, Terug, Vooruit, FSMModelMixin, Versioneerbaar, Voorbeeldbaar):
    """Een advies van vraag tot aanbieding. `stap` is de stap die nu loopt (adviezen.enums.Stap).

    De stap verandert alleen door `overgangen.voer_uit(Adviestraject, pk, rijversie, "naam", door=…)`; de
    database weigert elke andere weg. Een nieuw traject begint in `aanvraag`, of in `toewijzing` als het een
    eigen initiatief is; de handeling die het maakt schrijft in dezelfde transactie `leg_vast(...)`.

    `titel` is intern, `werktitel_openbaar` wat het publiek leest. `adviestermijn` is de laatste dag die de vrager
    noemde. `stap_sinds` is het begin van de huidige stap; herroepen zet de vorige waarde terug. `verwerking_sinds`
    is het laatste begin van de verwerking: een groene versie van daarvoor telt niet meer.
    """

    titel = models.CharField("titel", max_length=300)
    werktitel_openbaar = models.CharField("openbare werktitel", max_length=300, blank=True, default="")
    slug = models.SlugField("naam in het adres", max_length=120, unique=True)
    kenmerk = models.CharField("kenmerk", max_length=40, unique=True)
    stap = FSMField("stap", max_length=24, choices=Stap.choices, default=Stap.AANVRAAG, protected=True, editable=False)
    stap_sinds = models.DateTimeField("in deze stap sinds", default=nu, editable=False)
    vorige_stap_sinds = models.DateTimeField(null=True, blank=True, editable=False)
    verwerking_sinds = models.DateTimeField(null=True, blank=True, editable=False)
    laatste_overgang = models.CharField(max_length=40, blank=True, default="", editable=False)
    herroepbaar_tot = models.DateTimeField(null=True, blank=True, editable=False)
    eigen_initiatief = models.BooleanField("eigen initiatief", default=False)
    geadresseerden = models.TextField("geadresseerden", blank=True, default="")
    raad_zelf_gevraagd = models.BooleanField("het oordeel van de raad zelf is gevraagd", default=False)
    artikel43 = models.BooleanField("advies van een commissie op grond van artikel 43", default=False)
    commissie = models.ForeignKey(
        "commissies.Commissie", on_delete=models.PROTECT, null=True, blank=True, related_name="trajecten"
    )
    commissievoorzitter = models.ForeignKey(
        "raad.Persoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reden_voorzitter = models.TextField("reden als de voorzitter geen kroonlid is", blank=True, default="")
    secretaris = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="trajecten",
        verbose_name="behandelend secretaris",
    )
    waarnemer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="waargenomen_trajecten",
        verbose_name="waarnemend secretaris",
    )
    adviestermijn = models.DateField("adviestermijn", null=True, blank=True)
    scope = models.TextField("reikwijdte", blank=True, default="")
    verwacht_op = models.DateField("verwacht op", null=True, blank=True)
    themas = models.ManyToManyField("adviezen.Thema", related_name="trajecten", blank=True)
    doelen = models.ManyToManyField("adviezen.Doel", related_name="trajecten", blank=True)
    ontwerp_openbaar = models.BooleanField("ontwerp is openbaar", null=True, blank=True)
    vastgesteld_op = models.DateField("vastgesteld op", null=True, blank=True)
    aangeboden_op = models.DateField("aangeboden op", null=True, blank=True)
    stap_voor_einde = models.CharField(max_length=24, blank=True, default="", editable=False)
    geeindigd_op = models.DateField("geëindigd op", null=True, blank=True)
    einde_reden = models.TextField("reden van het einde", blank=True, default="")
    einde_brief = models.ForeignKey(
        "stukken.Bestand", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    aangemaakt_op = models.DateTimeField(default=nu, editable=False)

    objects = TrajectQuerySet.as_manager()

    class Meta:
        verbose_name = "adviestraject"
        verbose_name_plural = "adviestrajecten"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["stap", "commissie"], name="adviezen_traject_stap"),
            models.Index(fields=["secretaris", "stap"], name="adviezen_traject_eigenaar"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(stap__in=Stap.values), name="adviezen_traject_stap_bestaat"),
            models.CheckConstraint(
                condition=~Q(titel=""),
                name="adviezen_traject_titel",
                violation_error_message="Vul een titel in.",
            ),
            models.CheckConstraint(
                condition=~Q(stap__in=[s.value for s in MET_COMMISSIE])
                | Q(commissie__isnull=False, commissievoorzitter__isnull=False) & ~Q(scope=""),
                name="adviezen_traject_commissie",
                violation_error_message="Dit traject heeft geen commissie, voorzitter of reikwijdte.",
            ),
            models.CheckConstraint(
                condition=~Q(stap__in=NA_CONCEPT) | Q(ontwerp_openbaar__isnull=False),
                name="adviezen_traject_openbaarheid",
                violation_error_message="Leg vast of het ontwerp openbaar is.",
            ),
            models.CheckConstraint(
                condition=Q(eigen_initiatief=False) | ~Q(stap=Stap.AANVRAAG),
                name="adviezen_traject_eigen_initiatief",
                violation_error_message="Een eigen initiatief begint bij het dagelijks bestuur.",
            ),
            models.CheckConstraint(
                condition=~Q(stap__in=[Stap.AANBIEDING, Stap.AANGEBODEN]) | Q(vastgesteld_op__isnull=False),
                name="adviezen_traject_vastgesteld",
            ),
            models.CheckConstraint(
                condition=(Q(stap=Stap.AANGEBODEN, aangeboden_op__isnull=False))
                | (~Q(stap=Stap.AANGEBODEN) & Q(aangeboden_op__isnull=True)),
                name="adviezen_traject_aangeboden",
            ),
            models.CheckConstraint(
                condition=Q(aangeboden_op__isnull=True) | Q(aangeboden_op__gte=F("vastgesteld_op")),
                name="adviezen_traject_aangeboden_na_vaststelling",
                violation_error_message="Aanbieden kan niet voor de vaststelling.",
            ),
            models.CheckConstraint(
                condition=Q(stap__in=INGETROKKEN_OF_BEEINDIGD, geeindigd_op__isnull=False) & ~Q(einde_reden="")
                | ~Q(stap__in=INGETROKKEN_OF_BEEINDIGD) & Q(geeindigd_op__isnull=True),
                name="adviezen_traject_einde",
                violation_error_message="Een beëindigd traject heeft een dag en een reden.",
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def openbare_titel(self) -> str:
        """Wat het publiek leest: de openbare werktitel, of anders de titel."""
        return self.werktitel_openbaar or self.titel

    @property
    def stapnummer(self) -> int | None:
        """1 tot en met 8; aangeboden is voorbij 8 en geeft None, net als de andere eindstanden."""
        return STAPPEN.index(Stap(self.stap)) + 1 if self.stap in STAPPEN else None

    @property
    def loopt(self) -> bool:
        """Of het traject nog onderweg is (geen eindstand)."""
        return self.stap not in EINDSTANDEN

    @property
    def rechtstreeks(self) -> str:
        """Hoe de commissie dit advies zelf uitbracht ("artikel43" of "machtiging"); "" als de raad het vaststelde.

        Met een machtiging spreekt zij namens de raad (Wet op de SER, artikel 44); een advies op grond van artikel 43 is
        van haar alleen (regel 41).
        """
        gang = self.stapgangen.filter(overgang__in=("stel_vast", "adviseer_rechtstreeks")).last()
        if gang is None or gang.overgang == "stel_vast":
            return ""
        return "artikel43" if self.artikel43 else "machtiging"

    @property
    def publieke_stap(self) -> str:
        """De stap in openbare woorden."""
        return PUBLIEKE_NAAM[self.stap]

    def na_overgang(self, gebeurtenis: Gebeurtenis) -> None:
        """Schrijf de stap in het eigen verloop; `voer_uit` roept dit aan in dezelfde transactie."""
        Stapgang.objects.create(
            traject=self,
            overgang=gebeurtenis.soort.rpartition(".")[2],
            van=gebeurtenis.gegevens["van"],
            naar=gebeurtenis.gegevens["naar"],
            op=nu(),
            reden=gebeurtenis.reden,
            door_naam=gebeurtenis.actor_naam,
        )


class Stapgang(models.Model):
    """Eén gezette stap in een traject. Alleen toevoegen; het verhaal en de acht stappen lezen hieruit.

    De eerste rij van een traject heeft `van` leeg en wordt geschreven door de handeling die het traject maakt
    (`Stapgang.begin`).
    """

    traject = models.ForeignKey(Adviestraject, on_delete=models.PROTECT, related_name="stapgangen")
    overgang = models.CharField(max_length=40)
    van = models.CharField(max_length=24, choices=Stap.choices, blank=True, default="")
    naar = models.CharField(max_length=24, choices=Stap.choices)
    op = models.DateTimeField(default=nu, editable=False)
    reden = models.TextField(blank=True, default="")
    door_naam = models.CharField(max_length=200)

    class Meta:
        verbose_name = "gezette stap"
        verbose_name_plural = "gezette stappen"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(van__in=["", *Stap.values]) & Q(naar__in=Stap.values),
                name="adviezen_stapgang_stap",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.van} → {self.naar}"

    @classmethod
    def begin(cls, traject: Adviestraject, *, door_naam: str) -> Stapgang:
        """Schrijf het begin van een nieuw traject, in de transactie die het traject maakt."""
        return cls.objects.create(
            traject=traject, overgang="begin", naar=traject.stap, op=traject.stap_sinds, door_naam=door_naam
        )
