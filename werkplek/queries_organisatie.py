"""Het beginscherm van een organisatie: haar achterbanberaden, met wat nog moet. Een vast aantal zoekvragen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast

from adviezen.enums import Medestatus, Reactiestatus
from adviezen.models import Achterbanberaad, Deelname, Medeondertekening
from adviezen.models.zicht import gereed
from kern.tijd import vandaag
from termijnen.enums import Status as Termijnstatus
from termijnen.models import Termijn

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@dataclass(frozen=True)
class EigenBeraad:
    """Eén achterbanberaad van de eigen organisatie, met wat er nu van haar gevraagd wordt."""

    deelname: Deelname
    punten: int
    besloten: int
    schrijft: bool
    klaar: bool
    verzoek: str
    knelpunten: int
    gestopt: bool = False

    @property
    def status(self) -> str:
        """De stand van de reactie: "concept", "ingediend" of "geen_reactie"; "concept" als er nog niets is."""
        reactie = getattr(self.deelname, "reactie", None)
        return Reactiestatus.CONCEPT if reactie is None else str(reactie.status)

    @property
    def open(self) -> bool:
        """Of er nog iets van de organisatie gevraagd wordt."""
        return self.deelname.beraad.is_open and not self.klaar

    @property
    def te_laat(self) -> bool:
        """Of de laatste dag voorbij is; reageren kan dan nog zolang de secretaris de ronde niet sluit."""
        dag = self.deelname.laatste_dag
        return self.open and dag is not None and dag < vandaag()

    @property
    def vraag(self) -> str:
        """Wat er nu moet, in één zin."""
        if self.gestopt and not self.deelname.beraad.is_open:
            return "gestopt; er wordt niets meer gevraagd"
        if not self.deelname.beraad.is_open:
            if self.status == Reactiestatus.INGEDIEND and self.punten:
                punten = "1 punt" if self.punten == 1 else f"{self.punten} punten"
                return f"gesloten; over {self.besloten} van {punten} besloot de commissie"
            if self.status == Reactiestatus.INGEDIEND:
                return "gesloten; u reageerde zonder punten"
            if self.status == Reactiestatus.GEEN_REACTIE:
                return "gesloten; u gaf geen reactie"
            return "gesloten; u reageerde samen met een ander" if self.klaar else "gesloten; u reageerde niet"
        if self.verzoek and not self.klaar:
            return f"{self.verzoek} vraagt u mee te tekenen"
        if self.status == Reactiestatus.INGEDIEND:
            return "ingediend; u kunt de reactie nog terugnemen"
        if self.klaar and self.status == Reactiestatus.CONCEPT:
            return "u tekent mee met een andere organisatie"
        if self.status == Reactiestatus.GEEN_REACTIE:
            return "gemeld: geen reactie"
        return (
            f"in concept, {self.punten} {'punt' if self.punten == 1 else 'punten'}"
            if self.punten
            else "nog te beginnen"
        )


def open_beraden(gebruiker: "Gebruiker") -> list[EigenBeraad]:
    """Geef wat open is, wat nog moet eerst, daarbinnen wat het eerst sluit."""
    rijen = _eigen(gebruiker).filter(beraad__gesloten_op__isnull=True)
    uit = uitgelegd(rijen.order_by("beraad__uiterlijk_op", "organisatie__naam"), gebruiker)
    return sorted(uit, key=lambda b: not b.open)


def gesloten(gebruiker: "Gebruiker") -> Any:
    """Geef wat gesloten is, het laatste eerst, om per bladzijde te lezen: na jaren zijn het er honderden."""
    rijen = _eigen(gebruiker).filter(beraad__gesloten_op__isnull=False)
    return rijen.order_by("-beraad__uiterlijk_op", "-organisatie__naam", "-pk")


def uitgelegd(rijen: Iterable[Any], gebruiker: "Gebruiker") -> list[EigenBeraad]:
    """Geef bij deze deelnames (`gesloten`, of een bladzijde ervan) wat er van de organisatie gevraagd wordt."""
    return [
        EigenBeraad(
            deelname=d,
            punten=d.aantal,
            besloten=d.besloten,
            schrijft=d.contact_id == gebruiker.pk,
            klaar=d.klaar,
            verzoek=d.verzoek or "",
            knelpunten=d.antwoorden,
            gestopt=d.termijnstand == Termijnstatus.VERVALLEN,
        )
        for d in rijen
    ]


def _eigen(gebruiker: "Gebruiker") -> Any:
    return (
        Deelname.objects.eigen(gebruiker)
        .select_related("beraad__traject__commissie", "organisatie", "reactie", "contact")
        .annotate(
            aantal=Count("reactie__items", distinct=True),
            besloten=Count(
                "reactie__items", filter=Q(reactie__items__verwerking__vastgesteld_in__isnull=False), distinct=True
            ),
            klaar=Case(When(gereed(), then=True), default=False),
            verzoek=Subquery(
                Medeondertekening.objects.filter(deelname=OuterRef("pk"), status=Medestatus.GEVRAAGD).values(
                    "reactie__deelname__organisatie__naam"
                )[:1]
            ),
            # Een ronde die de secretaris afbrak is niet gesloten zonder antwoord: haar termijn verviel.
            termijnstand=Subquery(
                Termijn.objects.filter(
                    object_soort=Achterbanberaad._meta.label_lower,
                    object_id=Cast(OuterRef("beraad"), CharField()),
                    soort="achterbanberaad",
                )
                .order_by("-pk")
                .values("status")[:1]
            ),
            antwoorden=Count("knelpunten", filter=Q(knelpunten__berichten__van_organisatie=False), distinct=True),
        )
    )
