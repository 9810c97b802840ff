"""De vergadering zelf: orgaan, dag, plaats, openbaarheid en stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django_fsm import GET_STATE, FSMField, FSMModelMixin, transition

from kern.models import Precisie, Versioneerbaar, Voorbeeldbaar
from kern.tijd import datum_met_precisie, nu
from toegang.enums import Rol
from toegang.rollen import heeft, organen
from vergaderingen import permissions, policies
from vergaderingen.enums import MET_COMMISSIE, Orgaan, Status

if TYPE_CHECKING:
    from toegang.models import Gebruiker

# Wie bij een commissie hoort, zolang de rol duurt (ontwerp §5).
COMMISSIEKRING = (
    Rol.COMMISSIEVOORZITTER,
    Rol.COMMISSIELID,
    Rol.COMMISSIE_PLAATSVERVANGER,
    Rol.ADVISEREND_LID,
    Rol.MINISTERIEEL_VERTEGENWOORDIGER,
    Rol.WAARNEMER,
)
MAG_BEHEREN: Any = permissions.mag_beheren
NA_OPROEPING = (Status.OPGEROEPEN, Status.GEOPEND, Status.GESLOTEN, Status.NIET_DOORGEGAAN)


def kring_filter(gebruiker: Gebruiker) -> Q:
    """Geef welke vergaderingen deze persoon uit eigen rol mag lezen, los van openbaarheid."""
    if heeft(gebruiker, Rol.SECRETARIAAT):
        return Q(pk__isnull=False)
    filter_ = Q(orgaan__in=MET_COMMISSIE, commissie_id__in=organen(gebruiker, *COMMISSIEKRING))
    if heeft(gebruiker, Rol.RAADSLID, Rol.KROONLID, Rol.PLAATSVERVANGER):
        filter_ |= Q(orgaan=Orgaan.RAAD)
    if heeft(gebruiker, Rol.DB_LID):
        filter_ |= Q(orgaan=Orgaan.DAGELIJKS_BESTUUR)
    if heeft(gebruiker, Rol.KROONLID) or heeft(gebruiker, Rol.PLAATSVERVANGER, orgaan="geleding:kroonleden"):
        filter_ |= Q(orgaan=Orgaan.KROONLEDENOVERLEG)
    return filter_


class VergaderingQuerySet(models.QuerySet["Vergadering"]):
    """Selecties van vergaderingen."""

    def zichtbaar_voor(self, gebruiker: Gebruiker) -> VergaderingQuerySet:
        """Geef de vergaderingen die deze persoon mag zien: de eigen kring, en elke openbare vergadering."""
        return self.filter(kring_filter(gebruiker) | Q(openbaar=True))

    def komend(self, dag: date) -> VergaderingQuerySet:
        """Geef wat op of na deze dag nog gehouden wordt, vroegste eerst."""
        nog = (Status.GEPLAND, Status.OPGEROEPEN, Status.GEOPEND)
        return self.filter(Q(datum__gte=dag) | Q(status=Status.GEOPEND), status__in=nog).order_by("datum", "begin")


class Vergadering(FSMModelMixin, Versioneerbaar, Voorbeeldbaar):
    """Eén vergadering van een orgaan. Tijden zijn Amsterdamse kloktijden op `datum`."""

    orgaan = models.CharField(max_length=20, choices=Orgaan)
    commissie = models.ForeignKey(
        "commissies.Commissie", models.PROTECT, null=True, blank=True, related_name="vergaderingen"
    )
    slug = models.SlugField("adres", max_length=120, unique=True)
    datum = models.DateField(null=True, blank=True)
    datum_precisie = models.CharField(max_length=10, choices=Precisie, default=Precisie.DAG)
    dag_afgeleid = models.BooleanField("dag afgeleid", default=False)
    zekerheid = models.CharField(max_length=40, blank=True, help_text="alleen archief: hoe zeker de bron is")
    begin = models.TimeField(null=True, blank=True)
    eind = models.TimeField(null=True, blank=True)
    plaats = models.CharField(max_length=200, blank=True)
    uitzending = models.URLField("adres van de uitzending", blank=True)
    openbaar = models.BooleanField(default=True)
    besloten_reden = models.CharField("reden van beslotenheid", max_length=300, blank=True)
    status = FSMField(default=Status.GEPLAND, choices=Status.choices, protected=True, editable=False)
    oproeping = models.PositiveSmallIntegerField(default=1)
    vorige = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="volgende",
        help_text="de vergadering die zonder quorum niet doorging",
    )  # fmt: skip
    opgeroepen_op = models.DateField(null=True, blank=True)
    stukken_op = models.DateField("stukken verzonden op", null=True, blank=True)
    agenda_vanaf = models.DateTimeField(
        "agenda zichtbaar vanaf", null=True, blank=True, help_text="tien minuten na de oproeping, tot dan herroepbaar"
    )
    geopend_op = models.DateTimeField(null=True, blank=True)
    gesloten_op = models.DateTimeField(null=True, blank=True)
    afgelast_reden = models.CharField("reden van afgelasting", max_length=300, blank=True)
    kenmerk = models.CharField(max_length=40, null=True, blank=True, unique=True, help_text="alleen archief")
    archiefbesluiten = models.JSONField(default=list, blank=True, help_text="alleen archief: besluiten uit de bron")
    sprekers = models.JSONField(default=list, blank=True, help_text="alleen archief: sprekers uit de bron")
    opmerking = models.TextField(blank=True)
    bron = models.JSONField(default=list, blank=True)

    objects: ClassVar[Any] = VergaderingQuerySet.as_manager()

    class Meta:
        verbose_name = "vergadering"
        verbose_name_plural = "vergaderingen"
        ordering = ["-datum", "-pk"]
        indexes = [models.Index(fields=["orgaan", "-datum"]), models.Index(fields=["status", "datum"])]
        constraints = [
            models.CheckConstraint(name="vergadering_orgaan_bekend", condition=Q(orgaan__in=Orgaan.values)),
            models.CheckConstraint(name="vergadering_status_bekend", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="vergadering_precisie_bekend", condition=Q(datum_precisie__in=Precisie.values)),
            models.CheckConstraint(
                name="vergadering_commissie_bij_orgaan",
                condition=Q(orgaan__in=MET_COMMISSIE, commissie__isnull=False)
                | (~Q(orgaan__in=MET_COMMISSIE) & Q(commissie__isnull=True)),
            ),
            models.CheckConstraint(
                name="vergadering_eind_na_begin",
                condition=Q(begin__isnull=True) | Q(eind__isnull=True) | Q(eind__gt=F("begin")),
                violation_error_message="Het einde moet na het begin liggen.",
            ),
            models.CheckConstraint(
                name="vergadering_sluiting_na_opening",
                condition=Q(gesloten_op__isnull=True) | Q(geopend_op__isnull=False, gesloten_op__gt=F("geopend_op")),
            ),
            models.CheckConstraint(
                name="vergadering_besloten_met_reden", condition=Q(openbaar=True) | ~Q(besloten_reden="")
            ),
            models.CheckConstraint(
                name="vergadering_alleen_raad_openbaar", condition=Q(openbaar=False) | Q(orgaan=Orgaan.RAAD)
            ),
            models.CheckConstraint(
                name="vergadering_opgeroepen_met_datum",
                condition=Q(kenmerk__isnull=False)
                | ~Q(status__in=NA_OPROEPING)
                | Q(
                    datum__isnull=False,
                    datum_precisie=Precisie.DAG,
                    opgeroepen_op__isnull=False,
                    opgeroepen_op__lte=F("datum"),
                ),
            ),
            models.CheckConstraint(
                name="vergadering_gehouden_met_opening",
                condition=Q(kenmerk__isnull=False)
                | (
                    (~Q(status__in=(Status.GEOPEND, Status.GESLOTEN)) | Q(geopend_op__isnull=False))
                    & (~Q(status=Status.GESLOTEN) | Q(gesloten_op__isnull=False))
                ),
            ),
            models.CheckConstraint(
                name="vergadering_archief_gesloten", condition=Q(kenmerk__isnull=True) | Q(status=Status.GESLOTEN)
            ),
            models.CheckConstraint(
                name="vergadering_oproeping_volgt",
                condition=Q(oproeping=1, vorige__isnull=True) | Q(oproeping__in=(2, 3), vorige__isnull=False),
            ),
            models.CheckConstraint(
                name="vergadering_afgelast_met_reden",
                condition=~Q(status=Status.AFGELAST) | ~Q(afgelast_reden=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naam}, {self.datum_tekst}"

    @property
    def zelfde_orgaan(self) -> Q:
        """Geef de voorwaarde voor vergaderingen van hetzelfde orgaan; een werkgroep die commissie werd blijft dat."""
        return Q(commissie=self.commissie_id) if self.commissie_id else Q(orgaan=self.orgaan)

    @property
    def naam(self) -> str:
        """Geef wie er vergadert: "Raadsvergadering", "Commissie Arbeid", …"""
        if self.orgaan == Orgaan.RAAD:
            return "Raadsvergadering" if self.openbaar else "Besloten raadsvergadering"
        if self.commissie is not None:
            return str(self.commissie.naam)
        return self.get_orgaan_display()

    @property
    def datum_tekst(self) -> str:
        """Geef de datum zoals zij bekend is, met precisie en "afgeleid"."""
        return datum_met_precisie(self.datum, self.datum_precisie, afgeleid=self.dag_afgeleid)

    @property
    def reeks(self) -> str:
        """Geef de reeks waaruit raadsstukken hun nummer krijgen: "R", in de voorbeeldwereld "VR"."""
        return "VR" if self.voorbeeld else "R"

    @transition(
        field=status, source=Status.GEPLAND, target=Status.OPGEROEPEN, permission=MAG_BEHEREN,
        custom={"label": "Verstuur oproeping", "beleid": policies.mag_oproepen,
                "bevestig": "De leden krijgen bericht; de agenda van een openbare vergadering wordt openbaar."},
    )  # fmt: skip
    def roep_op(self, *, opgeroepen_op: date, stukken_op: date, agenda_vanaf: datetime) -> None:
        """Leg vast dat de leden zijn opgeroepen."""
        self.opgeroepen_op, self.stukken_op, self.agenda_vanaf = opgeroepen_op, stukken_op, agenda_vanaf

    @transition(
        field=status, source=Status.OPGEROEPEN, target=Status.GEPLAND, permission=MAG_BEHEREN,
        custom={"label": "Herroep oproeping", "beleid": policies.mag_oproeping_herroepen, "reden": True},
    )  # fmt: skip
    def herroep_oproeping(self) -> None:
        """Neem de oproeping terug voordat zij is verzonden."""
        self.opgeroepen_op = self.stukken_op = self.agenda_vanaf = None

    @transition(
        field=status, source=Status.OPGEROEPEN, target=Status.GEOPEND, permission=MAG_BEHEREN,
        custom={"label": "Open de vergadering", "beleid": policies.mag_openen},
    )  # fmt: skip
    def open(self, *, geopend_op: datetime) -> None:
        """Leg de opening vast."""
        self.geopend_op = geopend_op

    @transition(
        field=status, source=Status.OPGEROEPEN, target=Status.NIET_DOORGEGAAN, permission=MAG_BEHEREN,
        custom={"label": "Stel vast: geen quorum", "beleid": policies.mag_niet_doorgaan},
    )  # fmt: skip
    def ga_niet_door(self) -> None:
        """Leg vast dat de vergadering bij gebrek aan quorum niet doorging."""

    @transition(
        field=status, source=Status.GEOPEND, target=Status.GESLOTEN, permission=MAG_BEHEREN,
        custom={"label": "Sluit de vergadering", "beleid": policies.mag_sluiten},
    )  # fmt: skip
    def sluit(self, *, gesloten_op: datetime) -> None:
        """Leg de sluiting vast."""
        self.gesloten_op = gesloten_op

    @transition(
        field=status, source=[Status.GEPLAND, Status.OPGEROEPEN], target=Status.AFGELAST,
        permission=MAG_BEHEREN,
        custom={"label": "Gelast af", "reden": True, "bevestig": "Wie is opgeroepen krijgt bericht."},
    )  # fmt: skip
    def gelast_af(self, *, afgelast_reden: str) -> None:
        """Leg de afgelasting vast; een oproeping die nog wachtte gaat niet uit, en haar agenda wordt niet zichtbaar."""
        self.afgelast_reden = afgelast_reden
        if self.agenda_vanaf is not None and self.agenda_vanaf > nu():
            self.opgeroepen_op = self.stukken_op = self.agenda_vanaf = None

    @transition(
        field=status, source=Status.AFGELAST, permission=MAG_BEHEREN,
        target=GET_STATE(lambda rij, **kw: Status.OPGEROEPEN if rij.opgeroepen_op else Status.GEPLAND,
                         states=[Status.GEPLAND, Status.OPGEROEPEN]),
        custom={"label": "Herroep de afgelasting", "beleid": policies.mag_afgelasting_herroepen, "reden": True},
    )  # fmt: skip
    def herroep_afgelasting(self) -> None:
        """Laat de vergadering toch doorgaan: opgeroepen als de oproeping uit was, anders weer gepland."""
        self.afgelast_reden = ""
