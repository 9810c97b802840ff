"""Het beginscherm van een organisatie: haar achterbanberaden, met wat nog moet. Een vast aantal zoekvragen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Count, OuterRef, Q, Subquery, When

from adviezen.enums import Medestatus, Reactiestatus
from adviezen.models import Deelname, Medeondertekening
from adviezen.models.zicht import gereed
from kern.tijd import vandaag

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
        dag = self.deelname.beraad.uiterlijk_op
        return self.open and dag is not None and dag < vandaag()

    @property
    def vraag(self) -> str:
        """Wat er nu moet, in één zin."""
        if not self.deelname.beraad.is_open:
            if self.status == Reactiestatus.INGEDIEND and self.punten:
                return f"gesloten; over {self.besloten} van {self.punten} punten besloot de commissie"
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


def beraden(gebruiker: "Gebruiker") -> list[EigenBeraad]:
    """Geef de achterbanberaden van de eigen organisatie, wat open is eerst, daarbinnen wat het eerst sluit."""
    rijen = (
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
            antwoorden=Count("knelpunten", filter=Q(knelpunten__berichten__van_organisatie=False), distinct=True),
        )
        .order_by("beraad__uiterlijk_op", "organisatie__naam")
    )
    uit = [
        EigenBeraad(d, d.aantal, d.besloten, d.contact_id == gebruiker.pk, d.klaar, d.verzoek or "", d.antwoorden)
        for d in rijen
    ]
    open_, rest = [b for b in uit if b.deelname.beraad.is_open], [b for b in uit if not b.deelname.beraad.is_open]
    return [*sorted(open_, key=lambda b: not b.open), *reversed(rest)]
