"""Of een jaarverslag aangeboden kan worden. Zuiver: wat de raad vaststelde, zoekt de aanroeper op."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse

from kern.tekort import Tekort

if TYPE_CHECKING:
    from opvolging.models import Jaarverslag
    from vergaderingen.models import Agendapunt


def tekorten(verslag: "Jaarverslag", punten: "Sequence[Agendapunt]") -> list[Tekort]:
    """Geef wat er nog ontbreekt om het aan te bieden; leeg is klaar om de definitieve PDF te maken en aan te bieden.

    `punten` zijn die waarbij de raad het vaststelde (queries.aanbieden.vaststellingen).
    """
    uit = []
    if not verslag.inleiding.strip():
        adres = reverse("opvolging:jaarverslag", args=[verslag.jaar])
        uit.append(Tekort("Schrijf de inleiding.", f"{adres}#inleiding"))
    if not punten:
        uit.append(Tekort("De raad heeft dit jaarverslag nog niet vastgesteld.", reverse("vergaderingen:lijst")))
    return uit
