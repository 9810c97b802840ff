"""Een account zoeken op een deel van naam of adres."""

from django.db.models import Q, QuerySet

from toegang.enums import Rol
from toegang.models import Gebruiker


def accounts_met(q: str) -> QuerySet[Gebruiker]:
    """Geef de accounts waarvan naam of e-mailadres elk woord bevat, in elke volgorde, op naam; zonder woord alle."""
    rijen = Gebruiker.objects.all()
    for woord in q.replace("\x00", "").split():
        rijen = rijen.filter(Q(naam__icontains=woord) | Q(email__icontains=woord))
    return rijen.order_by("naam", "pk")


def beheerders() -> list[str]:
    """Geef de namen van de functioneel beheerders: wie "vraag het de beheerder" leest, moet weten wie dat is."""
    wie = Gebruiker.objects.filter(is_active=True, groups__name=str(Rol.BEHEERDER))
    return list(wie.order_by("naam").values_list("naam", flat=True))
