"""Opmerkingen bij een passage, in een kring; waar een lezer gebleven was, en wat hij voorlopig vindt."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from adviezen.enums import Deling, Kring, SoortOpmerking, Voorlopig
from adviezen.models.zicht import OpmerkingQuerySet, VoorlopigQuerySet
from kern.tijd import nu
from raad.enums import Geleding


class Opmerking(models.Model):
    """Een opmerking bij een blok van een versie, of een antwoord daarop.

    De database weigert wijziging, behalve van de afdoening. `organisatie` is verplicht in de kring
    organisatie, `geleding` in de kring geleding. Een antwoord staat in dezelfde kring als de opmerking zelf.
    Een blokkerend bezwaar vraagt een reden (`tekst`) en een `voorstel`.

    Met `begin` en `einde` gaat zij over die tekens van het blok en is `citaat` precies die woorden (`kern.anker`, met
    `voor` en `na`); zonder gaat zij over het hele blok en is `citaat` het begin van zijn tekst. Zij hoort altijd bij de
    versie waarbij zij geschreven is; waar zij in een latere versie staat rekent `adviezen.queries.plaats` uit.
    `nonce` kiest de browser: dezelfde opmerking nog eens versturen heeft één gevolg.
    """

    versie = models.ForeignKey("adviezen.Versie", on_delete=models.PROTECT, related_name="opmerkingen")
    blok = models.CharField("blok", max_length=64, blank=True, default="")
    citaat = models.TextField("citaat", blank=True, default="")
    voor = models.CharField("wat voor het citaat stond", max_length=60, blank=True, default="")
    na = models.CharField("wat na het citaat stond", max_length=60, blank=True, default="")
    begin = models.PositiveIntegerField("eerste teken van het citaat", null=True, blank=True)
    einde = models.PositiveIntegerField("einde van het citaat", null=True, blank=True)
    tekst = models.TextField("opmerking")
    voorstel = models.TextField("voorgestelde tekst", blank=True, default="")
    soort = models.CharField("soort", max_length=12, choices=SoortOpmerking.choices, default=SoortOpmerking.GEWOON)
    kring = models.CharField("wie leest dit", max_length=12, choices=Kring.choices)
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="opmerkingen")
    auteur_naam = models.CharField("naam van de auteur", max_length=200)
    organisatie = models.ForeignKey(
        "raad.Organisatie", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    geleding = models.CharField("geleding", max_length=12, choices=Geleding.choices, blank=True, default="")
    antwoord_op = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="antwoorden")
    aangemaakt_op = models.DateTimeField(default=nu, editable=False)
    afgedaan_op = models.DateTimeField(null=True, blank=True)
    afgedaan_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    afdoening = models.TextField("afdoening", blank=True, default="")
    overgenomen_in = models.ForeignKey(
        "adviezen.Versie", on_delete=models.PROTECT, null=True, blank=True, related_name="overgenomen_voorstellen"
    )
    nonce = models.UUIDField("kenmerk van de browser", null=True, blank=True, editable=False)

    objects = OpmerkingQuerySet.as_manager()

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["versie", "blok"], name="adviezen_opmerking_blok")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kring__in=Kring.values), name="adviezen_opmerking_kring"),
            models.CheckConstraint(condition=Q(soort__in=SoortOpmerking.values), name="adviezen_opmerking_soort"),
            models.CheckConstraint(
                condition=~Q(tekst=""),
                name="adviezen_opmerking_tekst",
                violation_error_message="Vul een opmerking in.",
            ),
            models.CheckConstraint(
                condition=~Q(kring=Kring.ORGANISATIE) | Q(organisatie__isnull=False),
                name="adviezen_opmerking_organisatie",
            ),
            models.CheckConstraint(
                condition=~Q(kring=Kring.GELEDING) | Q(geleding__in=Geleding.values),
                name="adviezen_opmerking_geleding",
            ),
            models.CheckConstraint(
                condition=~Q(soort=SoortOpmerking.BLOKKEREND) | ~Q(voorstel=""),
                name="adviezen_opmerking_blokkerend",
                violation_error_message="Een blokkerend bezwaar vraagt ook een voorstel.",
            ),
            models.CheckConstraint(
                condition=Q(afgedaan_op__isnull=True, afgedaan_door__isnull=True, afdoening="")
                | Q(afgedaan_op__isnull=False, afgedaan_door__isnull=False) & ~Q(afdoening=""),
                name="adviezen_opmerking_afdoening",
                violation_error_message="Zeg bij het afdoen wat ermee gedaan is.",
            ),
            models.CheckConstraint(
                condition=Q(begin__isnull=True, einde__isnull=True)
                | Q(begin__isnull=False, einde__gt=models.F("begin")) & ~Q(blok="") & ~Q(citaat=""),
                name="adviezen_opmerking_plaats",
            ),
            models.CheckConstraint(
                condition=Q(overgenomen_in__isnull=True) | Q(afgedaan_op__isnull=False) & ~Q(voorstel=""),
                name="adviezen_opmerking_overgenomen",
            ),
            models.UniqueConstraint(fields=["auteur", "nonce"], name="adviezen_opmerking_nonce"),
        ]

    def __str__(self) -> str:
        return f"opmerking van {self.auteur_naam}"


class Leesstand(models.Model):
    """Waar één lezer is met één versie. Alleen de lezer zelf ziet dit, ook de beheerder niet.

    `gezien_op` is de laatste keer dat zij open ging, `vorige_op` het einde van de leesbeurt daarvoor: wat na
    `vorige_op` kwam is nieuw, ook als de lezer de bladzijde ververst. Leeg betekent: dit is de eerste keer.
    """

    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    versie = models.ForeignKey("adviezen.Versie", on_delete=models.PROTECT, related_name="leesstanden")
    gezien_op = models.DateTimeField(default=nu)
    vorige_op = models.DateTimeField(null=True, blank=True)
    klaar_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "leesstand"
        verbose_name_plural = "leesstanden"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gebruiker", "versie"], name="adviezen_leesstand_eenmaal"),
        ]

    def __str__(self) -> str:
        return f"gezien op {self.gezien_op}"


class VoorlopigStandpunt(models.Model):
    """Wat een lezer nu van een versie vindt. Telt nooit als standpunt; alleen het laatste per versie geldt.

    Er komt alleen bij: eerdere blijven staan en zijn van de schrijver. Een ander ziet hoogstens het laatste, als dat
    gedeeld is (`adviezen.models.zicht`).
    """

    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gebruiker_naam = models.CharField("naam", max_length=200)
    versie = models.ForeignKey("adviezen.Versie", on_delete=models.PROTECT, related_name="voorlopige_standpunten")
    keuze = models.CharField("voorlopig standpunt", max_length=20, choices=Voorlopig.choices)
    tekst = models.TextField("toelichting", blank=True, default="")
    gedeeld_met = models.CharField("wie ziet dit", max_length=12, choices=Deling.choices, default=Deling.NIEMAND)
    aangemaakt_op = models.DateTimeField(default=nu, editable=False)

    objects = VoorlopigQuerySet.as_manager()

    class Meta:
        verbose_name = "voorlopig standpunt"
        verbose_name_plural = "voorlopige standpunten"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["versie", "gebruiker", "id"], name="adviezen_voorlopig_laatste")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(keuze__in=Voorlopig.values), name="adviezen_voorlopig_keuze"),
            models.CheckConstraint(condition=Q(gedeeld_met__in=Deling.values), name="adviezen_voorlopig_deling"),
        ]

    def __str__(self) -> str:
        return f"voorlopig standpunt van {self.gebruiker_naam}"
