"""De berichten aan wie bij een vergadering hoort: kort, neutraal, en alleen over wat nog komt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from berichten.actions import annuleer, stuur
from berichten.enums import Status
from berichten.models import Bericht
from berichten.queries import van_handeling
from kern.tijd import datum_nl, vandaag
from raad.models import Persoon
from toegang.models import Gebruiker
from vergaderingen.models import Vergadering
from vergaderingen.queries import Genodigde, handeling_komst, kring

LIJST = "vergaderingen_lezen:lijst"


def dag(vergadering: Vergadering) -> date:
    """Geef de dag van een vergadering die is gepland of opgeroepen."""
    assert vergadering.datum is not None  # noqa: S101 - wie plant of oproept heeft een dag; de database eist dat
    return vergadering.datum


def bericht_rooster(nieuw: Sequence[Vergadering], door: Gebruiker) -> None:
    """Vertel de leden van de eerste vergadering wat er in het rooster bij kwam en nog komt, met de lijst als adres."""
    gepland = [rij for rij in nieuw if dag(rij) >= vandaag()]
    if not gepland:
        return
    eerste, feit = gepland[0], "rooster"
    if len(gepland) == 1:
        feit = "plan"
        onderwerp = f"Nieuw in het rooster: {eerste.naam} op {datum_nl(dag(eerste))}"
    else:
        onderwerp = (
            f"Rooster {dag(eerste).year}: {len(gepland)} raadsvergaderingen, de eerste op {datum_nl(dag(eerste))}"
        )
    bericht_kring(eerste, feit=feit, onderwerp=onderwerp, door=door, pad=reverse(LIJST))


def bericht_oproeping(vergadering: Vergadering, door: Gebruiker) -> None:
    """Roep de kring op voor de dag en de tijd die de vergadering nu heeft."""
    onderwerp = f"Oproeping: {vergadering.naam} op {datum_nl(dag(vergadering))}{_om(vergadering)}"
    bericht_kring(vergadering, feit="roep_op", onderwerp=onderwerp, door=door)


def _om(vergadering: Vergadering) -> str:
    return f" om {vergadering.begin:%H.%M} uur" if vergadering.begin else ""


def wachtende_feiten(vergadering: Vergadering, soorten: Iterable[str]) -> list[str]:
    """Geef wat er over deze vergadering nog niet uit is: hele feiten van deze soorten, oudste eerst."""
    nog = (Status.WACHT, Status.MISLUKT)
    uit: dict[str, None] = {}
    for soort in soorten:
        rijen = Bericht.objects.van_handeling(f"vergaderingen.{soort}:{vergadering.pk}")
        uit |= dict.fromkeys(
            rijen.filter(status__in=nog, gelezen_op=None).order_by("pk").values_list("feit", flat=True)
        )
    return list(uit)


def bericht_verplaatst(
    vergadering: Vergadering, door: Gebruiker, *, andere_dag: bool, andere_tijd: bool, eerder: Collection[Gebruiker]
) -> None:
    """Zeg wat er anders werd: de dag, alleen de tijd, of alleen de plaats."""
    naam, op = vergadering.naam, datum_nl(dag(vergadering))
    if andere_dag:
        onderwerp = f"Verplaatst: {naam} naar {op}{_om(vergadering)}"
    elif andere_tijd and vergadering.begin and vergadering.eind:
        onderwerp = f"Andere tijd: {naam} op {op}, van {vergadering.begin:%H.%M} tot {vergadering.eind:%H.%M} uur"
    elif andere_tijd:
        onderwerp = f"Andere tijd: {naam} op {op}{_om(vergadering)}"
    else:
        onderwerp = f"Andere plaats: {naam} op {op}"
    bericht_kring(vergadering, feit="verplaats", onderwerp=onderwerp, door=door, eerder=eerder)


def accounts(vergadering: Vergadering) -> set[Gebruiker]:
    """Geef de accounts van wie op de vergaderdag in de kring zit."""
    return set(Gebruiker.objects.filter(persoon__in={g.persoon.pk for g in kring(vergadering)}))


def bericht_kring(
    vergadering: Vergadering,
    *,
    feit: str,
    onderwerp: str,
    door: Gebruiker,
    pad: str = "",
    eerder: Collection[Gebruiker] = (),
) -> None:
    """Zet voor iedereen in de kring een neutraal bericht klaar (nooit een concepttekst); standaard met het leesblad.

    `eerder` zat in de kring zoals de vergadering eerst was: wie er nu buiten valt hoort het ook, met de lijst als
    adres, want het leesblad kan hij niet altijd openen.
    """
    argumenten: dict[str, Any] = {
        "onderwerp": onderwerp[:150],
        "pad": pad or reverse("vergaderingen_lezen:vergadering", args=[vergadering.pk]),
        "feit": f"vergaderingen.{feit}:{vergadering.pk}:{vergadering.rijversie}",
        "door": door,
    }
    ontvangers = accounts(vergadering)
    for ontvanger in sorted(ontvangers, key=lambda g: g.pk):
        stuur(ontvanger=ontvanger, **argumenten)
    for ontvanger in sorted(set(eerder) - ontvangers, key=lambda g: g.pk):
        stuur(ontvanger=ontvanger, **argumenten | {"pad": reverse(LIJST)})


def bericht_komst(
    vergadering: Vergadering, lid: Persoon, genodigden: list[Genodigde], door: Gebruiker, *, komt: bool
) -> None:
    """Vertel de eigen plaatsvervangers van `lid` dat het niet komt, of na een afmelding toch.

    Wat zij het laatst hoorden, horen zij niet nog eens; en wachtte dat nog, dan gaat het niet uit.
    """
    handeling = handeling_komst(vergadering, lid)
    alle = list(van_handeling(handeling))
    gezegd = next((b.feit for b in reversed(alle) if b.status != Status.HERROEPEN), "")
    soort = "toch" if komt else "af"
    if soort == (gezegd.split(":")[3] if gezegd else "toch"):
        return
    if gezegd and annuleer(feit_begin=gezegd, reden="De afmelding veranderde.", door=door):
        return
    eigen = {g.persoon.gebruiker for g in genodigden if g.vervangt is not None and g.vervangt.pk == lid.pk}
    wat = "komt toch" if komt else "komt niet"
    for ontvanger in sorted((g for g in eigen if g is not None), key=lambda g: g.pk):
        stuur(
            ontvanger=ontvanger,
            onderwerp=f"{lid.naam} {wat}: {vergadering.naam} op {datum_nl(dag(vergadering))}"[:150],
            pad=reverse("vergaderingen_lezen:vergadering", args=[vergadering.pk]),
            feit=f"{handeling}:{soort}:{len(alle)}",
            door=door,
        )
