"""Het achterbanberaad: rondes, organisaties, hun ene reactie, en wat alleen zij zelf lezen."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django_fsm import FSMField, FSMModelMixin, transition

from adviezen import permissions, policies
from adviezen.enums import Reactieoordeel, Reactiestatus
from adviezen.models.zicht import (
    BeraadQuerySet,
    DeelnameQuerySet,
    ItemQuerySet,
    ReactieQuerySet,
)
from kern.models import Versioneerbaar
from kern.tijd import nu


class Achterbanberaad(models.Model):
    """Eén ronde. Wordt in stap 3 voorbereid (`geopend_op` leeg) en opent met de overgang.

    `uiterlijk_op` is de laatste dag om te reageren. `openbaar` heeft geen beginwaarde: de commissievoorzitter
    (`toestemming_van`) zegt per keer ja of nee (domein §13.6). `eigen_lijst`: de commissie koos zelf welke
    organisaties meedoen, met een reden; anders zijn het de organisaties die op de dag zetels hebben.
    `reacties_opengesteld_op`: de commissie laat ook adviserende leden, waarnemers en het ministerie de
    reacties lezen, met een reden.
    """

    traject = models.ForeignKey("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="beraden")
    ronde = models.PositiveSmallIntegerField("ronde")
    versie = models.ForeignKey(
        "adviezen.Versie", on_delete=models.PROTECT, null=True, blank=True, related_name="beraden"
    )
    uiterlijk_op = models.DateField("reageren kan tot en met", null=True, blank=True)
    eigen_lijst = models.BooleanField("de commissie koos de organisaties", default=False)
    lijst_reden = models.TextField("reden voor een eigen lijst", blank=True, default="")
    openbaar = models.BooleanField("de tekst wordt openbaar", null=True, blank=True)
    toestemming_van = models.ForeignKey(
        "raad.Persoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    toestemming_op = models.DateField("toestemming gegeven op", null=True, blank=True)
    toestemming_toelichting = models.TextField("toelichting op de toestemming", blank=True, default="")
    geopend_op = models.DateTimeField("geopend op", null=True, blank=True)
    gesloten_op = models.DateTimeField("gesloten op", null=True, blank=True)
    sluit_reden = models.TextField("reden van sluiten", blank=True, default="")
    reacties_opengesteld_op = models.DateTimeField(null=True, blank=True)
    reacties_opengesteld_reden = models.TextField(blank=True, default="")

    objects = BeraadQuerySet.as_manager()

    class Meta:
        verbose_name = "achterbanberaad"
        verbose_name_plural = "achterbanberaden"
        ordering: ClassVar = ["traject", "ronde"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["traject", "ronde"], name="adviezen_beraad_ronde"),
            models.UniqueConstraint(
                fields=["traject"],
                condition=Q(gesloten_op__isnull=True),
                name="adviezen_beraad_een_open",
                violation_error_message="Er is al een achterbanberaad dat niet gesloten is.",
            ),
            models.CheckConstraint(
                condition=Q(geopend_op__isnull=True)
                | Q(
                    versie__isnull=False,
                    uiterlijk_op__isnull=False,
                    openbaar__isnull=False,
                    toestemming_van__isnull=False,
                    toestemming_op__isnull=False,
                ),
                name="adviezen_beraad_open_volledig",
            ),
            models.CheckConstraint(
                condition=Q(gesloten_op__isnull=True) | Q(geopend_op__isnull=False, gesloten_op__gte=F("geopend_op")),
                name="adviezen_beraad_sluit_na_open",
            ),
            models.CheckConstraint(
                condition=Q(geopend_op__isnull=True) | Q(uiterlijk_op__gte=TruncDate("geopend_op")),
                name="adviezen_beraad_uiterlijk_na_open",
                violation_error_message="De laatste dag om te reageren ligt voor de opening.",
            ),
            models.CheckConstraint(
                condition=Q(eigen_lijst=False) | ~Q(lijst_reden=""),
                name="adviezen_beraad_lijst_reden",
                violation_error_message="Zeg waarom de commissie zelf de organisaties koos.",
            ),
            models.CheckConstraint(
                condition=Q(reacties_opengesteld_op__isnull=True) | ~Q(reacties_opengesteld_reden=""),
                name="adviezen_beraad_openstellen_reden",
                violation_error_message="Geef een reden om de reacties open te stellen.",
            ),
        ]

    def __str__(self) -> str:
        return f"achterbanberaad ronde {self.ronde}"

    @property
    def is_open(self) -> bool:
        """Of organisaties nu kunnen reageren (geopend en niet gesloten; de termijn mag verstreken zijn)."""
        return self.geopend_op is not None and self.gesloten_op is None


class Deelname(models.Model):
    """Een organisatie in een ronde, met wie daar de reactie regelt.

    `uiterlijk_op` is haar eigen laatste dag als de secretaris haar meer tijd gaf; `laatste_dag` is de dag die geldt.
    """

    beraad = models.ForeignKey(Achterbanberaad, on_delete=models.PROTECT, related_name="deelnames")
    organisatie = models.ForeignKey("raad.Organisatie", on_delete=models.PROTECT, related_name="deelnames")
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="deelnames"
    )
    herinnerd_op = models.DateTimeField("laatst herinnerd op", null=True, blank=True)
    uiterlijk_op = models.DateField("eigen laatste dag", null=True, blank=True)

    objects = DeelnameQuerySet.as_manager()

    class Meta:
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"
        ordering: ClassVar = ["organisatie__naam"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["beraad", "organisatie"],
                name="adviezen_deelname_eenmaal",
                violation_error_message="Deze organisatie doet al mee in deze ronde.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisatie)

    @property
    def laatste_dag(self) -> date | None:
        """Tot en met welke dag deze organisatie kan reageren: haar eigen dag, of die van de ronde als die later is."""
        dagen = [dag for dag in (self.uiterlijk_op, self.beraad.uiterlijk_op) if dag is not None]
        return max(dagen, default=None)


class Reactie(FSMModelMixin, Versioneerbaar):
    """De ene reactie van een organisatie in een ronde (regel 23).

    Begint in concept bij haar eerste bewaren (leg_vast hoort erbij). Tot het sluiten kan zij terug naar
    concept. Items kunnen alleen in concept gewijzigd worden; dat bewaakt de database. Overgangen gaan door
    `overgangen.voer_uit`; `dien_in` vraagt `oordeel`.
    """

    deelname = models.OneToOneField(Deelname, on_delete=models.PROTECT, related_name="reactie")
    status = FSMField(
        "status",
        max_length=12,
        choices=Reactiestatus.choices,
        default=Reactiestatus.CONCEPT,
        protected=True,
        editable=False,
    )
    oordeel = models.CharField("oordeel", max_length=12, choices=Reactieoordeel.choices, blank=True, default="")
    toelichting = models.TextField("toelichting", blank=True, default="")
    mede_namens = models.TextField("mede namens", blank=True, default="")
    ingediend_op = models.DateTimeField(null=True, blank=True)
    ingediend_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    aangemaakt_op = models.DateTimeField(default=nu, editable=False)

    objects = ReactieQuerySet.as_manager()

    class Meta:
        verbose_name = "reactie"
        verbose_name_plural = "reacties"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=Reactiestatus.values), name="adviezen_reactie_status"),
            models.CheckConstraint(
                condition=~Q(status=Reactiestatus.INGEDIEND) | Q(oordeel__in=Reactieoordeel.values),
                name="adviezen_reactie_oordeel",
                violation_error_message="Kies een oordeel.",
            ),
            models.CheckConstraint(
                condition=Q(status=Reactiestatus.CONCEPT) | Q(ingediend_op__isnull=False, ingediend_door__isnull=False),
                name="adviezen_reactie_ingediend",
            ),
        ]

    def __str__(self) -> str:
        return f"reactie van {self.deelname}"

    @transition(
        field=status,
        source=Reactiestatus.CONCEPT,
        target=Reactiestatus.INGEDIEND,
        permission=permissions.mag_reageren,
        custom={
            "label": "Dien de reactie in",
            "beleid": policies.beraad.mag_indienen,
            "reden": False,
            "bevestig": (
                "De commissie en het secretariaat lezen uw reactie. Tot het achterbanberaad sluit kunt u haar "
                "terugnemen en wijzigen; elke indiening blijft bewaard."
            ),
        },
    )
    def dien_in(self, *, indiener: Any) -> None:
        """`indiener` is wie indient (dezelfde als `door`)."""
        self.ingediend_op, self.ingediend_door = nu(), indiener

    @transition(
        field=status,
        source=Reactiestatus.CONCEPT,
        target=Reactiestatus.GEEN_REACTIE,
        permission=permissions.mag_reageren,
        custom={
            "label": "Meld dat er geen reactie komt",
            "beleid": policies.beraad.mag_geen_reactie_melden,
            "reden": False,
            "bevestig": "De commissie ziet dat uw organisatie geen reactie geeft.",
        },
    )
    def meld_geen_reactie(self, *, indiener: Any) -> None:
        """`indiener` is wie het meldt (dezelfde als `door`)."""
        self.ingediend_op, self.ingediend_door = nu(), indiener

    @transition(
        field=status,
        source=[Reactiestatus.INGEDIEND, Reactiestatus.GEEN_REACTIE],
        target=Reactiestatus.CONCEPT,
        permission=permissions.mag_reageren,
        custom={
            "label": "Neem de reactie terug om te wijzigen",
            "beleid": policies.beraad.mag_terugnemen,
            "reden": False,
            "bevestig": (
                "De commissie ziet uw reactie niet meer, totdat u haar opnieuw indient. Doet u dat niet voordat de "
                "ronde sluit, dan telt uw organisatie als niet gereageerd."
            ),
        },
    )
    def neem_terug(self) -> None:
        """Terug naar concept; wie en wanneer van de vorige keer staan in het logboek."""
        self.ingediend_op = self.ingediend_door = None


class ReactieItem(models.Model):
    """Eén punt uit een reactie, bij een blok van de witte versie."""

    reactie = models.ForeignKey(Reactie, on_delete=models.PROTECT, related_name="items")
    volgorde = models.PositiveSmallIntegerField("volgorde")
    blok = models.CharField("blok", max_length=64, blank=True, default="")
    citaat = models.TextField("citaat", blank=True, default="")
    tekst = models.TextField("punt")
    voorstel = models.TextField("voorgestelde tekst", blank=True, default="")

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "punt uit een reactie"
        verbose_name_plural = "punten uit reacties"
        ordering: ClassVar = ["reactie", "volgorde", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(tekst=""),
                name="adviezen_item_tekst",
                violation_error_message="Vul de tekst van het punt in.",
            ),
        ]

    def __str__(self) -> str:
        return f"punt {self.volgorde}"
