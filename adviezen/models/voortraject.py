"""Vóór stap 1: vragen die verwacht worden, hoe het probleem verkend is, en of er gevraagd wordt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin, transition

from adviezen import permissions, policies
from adviezen.enums import Bestuurswens, Verkenningsvorm, Voortrajectherkomst, Voortrajectstand
from adviezen.models.zicht import BestuursstukQuerySet
from kern.models import Versioneerbaar, Voorbeeldbaar
from kern.tijd import nu

if TYPE_CHECKING:
    from adviezen.models.traject import Adviestraject

OPEN = [Voortrajectstand.VERWACHT, Voortrajectstand.VERKENNING, Voortrajectstand.GEWENST]


class Voortraject(FSMModelMixin, Versioneerbaar, Voorbeeldbaar):
    """Een vraag die kan komen, van de jaarlijkse lijst van het kabinet of van elders. Vertrouwelijk tot zij er is.

    De stand verandert alleen door `overgangen.voer_uit`. `probleemstelling` is wat de verkenning opleverde en wordt de
    vraag waarmee het traject begint; `besluit_reden` is de motivering van het laatste besluit.
    """

    titel = models.CharField("titel", max_length=300)
    toelichting = models.TextField("waar het over gaat", blank=True, default="")
    herkomst = models.CharField("waar de vraag vandaan komt", max_length=16, choices=Voortrajectherkomst.choices)
    lijstjaar = models.PositiveSmallIntegerField("jaar van de lijst", null=True, blank=True)
    vragers = models.ManyToManyField(
        "adviezen.Adviesvrager", related_name="+", blank=True, verbose_name="wie het kan vragen"
    )
    doelen = models.ManyToManyField("adviezen.Doel", related_name="voortrajecten", blank=True)
    verwacht_op = models.DateField("verwacht op", null=True, blank=True)
    probleemstelling = models.TextField("wat het probleem is", blank=True, default="")
    secretaris = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="wie het volgt"
    )
    stand = FSMField(
        "stand", max_length=12, choices=Voortrajectstand.choices, default=Voortrajectstand.VERWACHT,
        protected=True, editable=False,
    )  # fmt: skip
    besluit_reden = models.TextField("waarom dit besluit", blank=True, default="")
    traject = models.OneToOneField(
        "adviezen.Adviestraject", on_delete=models.PROTECT, related_name="voortraject", null=True, blank=True
    )
    aangemaakt_op = models.DateTimeField(default=nu, editable=False)

    objects = BestuursstukQuerySet.as_manager()

    class Meta:
        verbose_name = "voortraject"
        verbose_name_plural = "voortrajecten"
        ordering: ClassVar = [models.F("verwacht_op").asc(nulls_last=True), "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(titel=""), name="adviezen_voortraject_titel"),
            models.CheckConstraint(
                condition=Q(herkomst__in=Voortrajectherkomst.values), name="adviezen_voortraject_herkomst"
            ),
            models.CheckConstraint(condition=Q(stand__in=Voortrajectstand.values), name="adviezen_voortraject_stand"),
            models.CheckConstraint(
                condition=Q(stand=Voortrajectstand.TRAJECT, traject__isnull=False)
                | (~Q(stand=Voortrajectstand.TRAJECT) & Q(traject__isnull=True)),
                name="adviezen_voortraject_met_traject",
            ),
            models.CheckConstraint(
                condition=~Q(stand__in=[Voortrajectstand.GEWENST, Voortrajectstand.AFGEZIEN]) | ~Q(besluit_reden=""),
                name="adviezen_voortraject_besluit",
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def is_open(self) -> bool:
        """Of er nog iets van komen kan."""
        return self.stand in OPEN

    @transition(
        field=stand,
        source=Voortrajectstand.VERWACHT,
        target=Voortrajectstand.VERKENNING,
        permission=permissions.mag_voortraject,
        custom={"label": "Begin te verkennen", "bevestig": "U zoekt met deskundigen en leden uit wat het probleem is."},
    )
    def begin_verkenning(self) -> None:
        """Het probleem wordt uitgezocht."""

    @transition(
        field=stand,
        source=[Voortrajectstand.VERWACHT, Voortrajectstand.VERKENNING],
        target=Voortrajectstand.GEWENST,
        permission=permissions.mag_voortraject,
        custom={
            "label": "Besluit: een aanvraag is gewenst",
            "beleid": policies.voortraject.mag_gewenst,
            "reden": True,
            "bevestig": "De SER vindt een aanvraag zinvol en zegt dat tegen wie haar kan doen.",
        },
    )
    def besluit_gewenst(self, *, waarom: str) -> None:
        """De SER wil dat het gevraagd wordt."""
        self.besluit_reden = waarom

    @transition(
        field=stand,
        source=OPEN,
        target=Voortrajectstand.AFGEZIEN,
        permission=permissions.mag_voortraject,
        custom={
            "label": "Besluit: geen aanvraag",
            "reden": True,
            "bevestig": "Er wordt niet gevraagd. Komt de aanvraag toch, dan kan zij hier alsnog een traject worden.",
        },
    )
    def zie_af(self, *, waarom: str) -> None:
        """Er wordt niet gevraagd."""
        self.besluit_reden = waarom

    @transition(
        field=stand,
        source=Voortrajectstand.AFGEZIEN,
        target=Voortrajectstand.VERKENNING,
        permission=permissions.mag_voortraject,
        custom={"label": "Verken opnieuw", "reden": True, "bevestig": "Het voortraject is weer open."},
    )
    def heropen(self) -> None:
        """Toch weer uitzoeken."""
        self.besluit_reden = ""

    @transition(
        field=stand,
        source=[*OPEN, Voortrajectstand.AFGEZIEN],
        target=Voortrajectstand.TRAJECT,
        permission=permissions.mag_voortraject,
        custom={"label": "Wordt een traject", "bevestig": "De aanvraag is er."},
    )
    def wordt_traject(self, *, traject: Adviestraject) -> None:
        """De aanvraag kwam, of de SER begint zelf."""
        self.traject = traject


class Verkenning(Voorbeeldbaar):
    """Eén gesprek, bijeenkomst of onderzoek waarin het probleem verkend is. Alleen toevoegen."""

    voortraject = models.ForeignKey(Voortraject, on_delete=models.PROTECT, related_name="verkenningen")
    op = models.DateField("dag")
    vorm = models.CharField("vorm", max_length=12, choices=Verkenningsvorm.choices)
    met_wie = models.TextField("met wie", blank=True, default="")
    opbrengst = models.TextField("wat het opleverde")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    vastgelegd_op = models.DateTimeField(default=nu, editable=False)

    objects = BestuursstukQuerySet.as_manager()

    class Meta:
        verbose_name = "verkenning"
        verbose_name_plural = "verkenningen"
        ordering: ClassVar = ["op", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(vorm__in=Verkenningsvorm.values), name="adviezen_verkenning_vorm"),
            models.CheckConstraint(condition=~Q(opbrengst=""), name="adviezen_verkenning_opbrengst"),
        ]

    def __str__(self) -> str:
        return f"{self.get_vorm_display()} op {self.op.isoformat()}"


class Bestuursmening(Voorbeeldbaar):
    """Wat één lid van het dagelijks bestuur van een verwachte vraag vindt. Alleen toevoegen; de jongste geldt.

    Het bestuur besluit samen, in de vergadering of schriftelijk; de secretaris legt dat besluit vast.
    """

    voortraject = models.ForeignKey(Voortraject, on_delete=models.PROTECT, related_name="meningen")
    wens = models.CharField("wat u vindt", max_length=12, choices=Bestuurswens.choices)
    toelichting = models.TextField("toelichting", blank=True, default="")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=nu, editable=False)

    objects = BestuursstukQuerySet.as_manager()

    class Meta:
        verbose_name = "mening van een bestuurslid"
        verbose_name_plural = "meningen van bestuursleden"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(wens__in=Bestuurswens.values), name="adviezen_bestuursmening_wens"),
            models.CheckConstraint(
                condition=Q(wens=Bestuurswens.GEWENST) | ~Q(toelichting=""), name="adviezen_bestuursmening_toelichting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_wens_display()} ({self.door_id})"
