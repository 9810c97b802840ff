"""Lezen uit commissies: wie is wat op een dag."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from commissies.enums import CommissieRol
from commissies.models import Commissie, Commissielid
from kern.tijd import vandaag
from raad.lidmaatschappen import Lidmaatschap
from raad.models import Persoon
from raad.models.tijdvak import geldt_op
from toegang.models import Gebruiker


def leden_van(commissie: Commissie, dag: date) -> QuerySet[Commissielid]:
    """Iedereen met een rol in de commissie op de dag, op achternaam, met persoon en organisatie erbij."""
    return (
        Commissielid.objects.filter(geldt_op(dag), commissie=commissie)
        .select_related("persoon", "organisatie", "vervangt__persoon")
        .order_by("persoon__sorteersleutel", "pk")
    )


def voorzitter_van(commissie: Commissie, dag: date) -> Persoon | None:
    """De voorzitter van de commissie op de dag."""
    rij = leden_van(commissie, dag).filter(rol=CommissieRol.VOORZITTER).first()
    return rij.persoon if rij else None


def secretarissen_van(commissie: Commissie, dag: date) -> QuerySet[Gebruiker]:
    """De accounts van de secretarissen van de commissie op de dag."""
    rol = Commissielid.objects.filter(
        geldt_op(dag), commissie=commissie, rol=CommissieRol.SECRETARIS, persoon__gebruiker=OuterRef("pk")
    )
    return Gebruiker.objects.filter(Exists(rol), is_active=True).order_by("naam", "pk")


def bestaand_op(dag: date) -> QuerySet[Commissie]:
    """De commissies die op de dag bestaan (geen opheffing bekend, en ingesteld of instelling onbekend)."""
    return Commissie.objects.filter(
        Q(ingesteld_op__isnull=True) | Q(ingesteld_op__lte=dag),
        Q(opgeheven_op__isnull=True) | Q(opgeheven_op__gt=dag),
    )


def nog_te_plannen(dag: date) -> QuerySet[Commissie]:
    """De commissies die op of na de dag bestaan: ook die nog ingesteld worden, niet die al opgeheven zijn."""
    return Commissie.objects.filter(Q(opgeheven_op__isnull=True) | Q(opgeheven_op__gt=dag))


def overzicht(dag: date) -> QuerySet[Commissie]:
    """Alle commissies met `aantal_leden` (stemgerechtigd, zonder vervangers) en `voorzitter_naam` op de dag."""
    stemmers = Count(
        "leden",
        filter=geldt_op(dag, "leden__") & Q(leden__rol__in=[CommissieRol.VOORZITTER, CommissieRol.LID]),
        distinct=True,
    )
    voorzitter = Commissielid.objects.filter(
        geldt_op(dag), commissie=OuterRef("pk"), rol=CommissieRol.VOORZITTER
    ).values("persoon__naam")[:1]
    return Commissie.objects.annotate(aantal_leden=stemmers, voorzitter_naam=Subquery(voorzitter))


def lidmaatschappen_van(persoon: Persoon) -> list[Lidmaatschap]:
    """Alle rollen van een persoon in commissies, ook vroegere, voor de bladzijde van die persoon."""
    rijen = Commissielid.objects.filter(persoon=persoon).select_related("commissie").order_by("-van", "pk")
    dag = vandaag()
    return [
        Lidmaatschap(
            rij.commissie.naam,
            rij.get_rol_display(),
            rij.van,
            rij.laatste_dag,
            reverse("commissies:commissie", args=[rij.commissie.slug]),
            rij.geldt(dag),
        )
        for rij in rijen
    ]
