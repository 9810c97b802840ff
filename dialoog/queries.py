"""Lezen: wie volgt, welke editie er is, en wat daarvan bij wie hoort."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from dialoog.bronnen import SOORTEN, Nieuws, bron
from dialoog.enums import Ritme
from dialoog.models import Aanmelding, Abonnement, Editie, Volgvraag
from kern.tijd import AMSTERDAM, nu

UUR = 7  # 's ochtends om zeven uur, zodat de dag ervoor compleet is


def abonnement(kenmerk: uuid.UUID) -> Abonnement | None:
    """Geef het abonnement met dit kenmerk."""
    return Abonnement.objects.filter(kenmerk=kenmerk).prefetch_related("volgvragen").first()


def aanmelding(kenmerk: uuid.UUID) -> Aanmelding | None:
    """Geef de aanmelding die nog op bevestiging wacht; None als zij bevestigd is, of na zeven dagen verlopen."""
    return Aanmelding.objects.filter(kenmerk=kenmerk, vervalt_op__gt=nu()).first()


def laatste_moment(ritme: str, op: datetime) -> datetime:
    """Geef het laatste moment vóór of op `op` waarop dit ritme verschijnt, om zeven uur in Amsterdam.

    Per dag elke dag, per week op maandag, de nieuwsupdate op dinsdag van de even weken (ISO).
    """
    dag = op.astimezone(AMSTERDAM).date()
    if op < datetime(dag.year, dag.month, dag.day, UUR, tzinfo=AMSTERDAM):
        dag -= timedelta(days=1)
    if ritme == Ritme.WEEK:
        dag -= timedelta(days=dag.weekday())
    elif ritme == Ritme.NIEUWSUPDATE:
        while dag.weekday() != 1 or dag.isocalendar().week % 2:
            dag -= timedelta(days=1)
    return datetime(dag.year, dag.month, dag.day, UUR, tzinfo=AMSTERDAM)


def begin_van(ritme: str, tot: datetime) -> datetime:
    """Geef waar de periode tot `tot` begint: het einde van de vorige editie, of anders één ritme terug."""
    vorige = Editie.objects.filter(ritme=ritme, tot__lt=tot).order_by("-tot").first()
    dagen = {Ritme.DAG: 1, Ritme.WEEK: 7, Ritme.NIEUWSUPDATE: 14}[Ritme(ritme)]
    return vorige.tot if vorige else tot - timedelta(days=dagen)


def nieuws_van(onderdelen: list[dict[str, Any]]) -> list[Nieuws]:
    """Geef de bewaarde onderdelen terug als nieuws, met de bewerkte tekst."""
    velden = Nieuws.__dataclass_fields__
    return [Nieuws(**{naam: o[naam] for naam in velden}) for o in onderdelen]


def bijgewerkt(editie: Editie) -> list[dict[str, Any]]:
    """Geef de onderdelen zoals zij nu zijn: tussen samenstellen en versturen kan er iets veranderen.

    Wat is ingetrokken gaat niet mee. Wat verbeterd is heeft titel en tekst van nu; alleen een tekst die de redactie
    herschreef blijft de hare.
    """
    nog = {nieuws.sleutel: nieuws.als_dict() for nieuws in bron().nieuws(editie.van, editie.tot)}
    uit = []
    for oud in editie.onderdelen:
        vers = nog.get(oud["sleutel"], {"mee": False})
        uit.append({**oud, **vers, **({"tekst": oud["tekst"]} if oud.get("herschreven", True) else {})})
    return uit


def passend(editie: Editie) -> dict[int, list[str]]:
    """Geef per abonnement (id) de sleutels uit deze editie die erbij horen, op volgorde; wie niets heeft ontbreekt.

    Wat openbaar werd vóór iemand een vraag ging volgen, is voor die persoon geen nieuws; dat geldt niet voor de
    nieuwsupdate, want die kiest men als geheel.
    """
    onderdelen = nieuws_van(editie.mee)
    if not onderdelen:
        return {}
    moment = {n.sleutel: datetime.fromisoformat(n.moment) for n in onderdelen}
    volgorde = [n.sleutel for n in onderdelen]
    per_vraag: dict[str, set[str]] = {}
    per_abonnement: dict[int, set[str]] = {}
    rijen = Volgvraag.objects.filter(ritme=editie.ritme, abonnement__voorbeeld=editie.voorbeeld)
    for abonnement_id, vraag, sinds in rijen.values_list("abonnement_id", "vraag", "sinds"):
        if vraag not in per_vraag:
            per_vraag[vraag] = bron().past(vraag, onderdelen)
        gevonden = per_vraag[vraag]
        if editie.ritme != Ritme.NIEUWSUPDATE:
            gevonden = {s for s in gevonden if moment[s] >= sinds}
        per_abonnement.setdefault(abonnement_id, set()).update(gevonden)
    return {pk: [s for s in volgorde if s in sleutels] for pk, sleutels in per_abonnement.items() if sleutels}


def per_soort(onderdelen: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Geef de onderdelen onder hun koppen, in de vaste volgorde van de nieuwsupdate."""
    return [(kop, deel) for soort, kop in SOORTEN.items() if (deel := [o for o in onderdelen if o["soort"] == soort])]


def nieuwsupdates() -> QuerySet[Editie]:
    """Geef de edities van de nieuwsupdate, nieuwste eerst."""
    return Editie.objects.filter(ritme=Ritme.NIEUWSUPDATE)


def op_vrijgave() -> QuerySet[Editie]:
    """Geef de nieuwsupdates die op vrijgave wachten, nieuwste eerst; zonder vrijgave gaat er geen uit."""
    return nieuwsupdates().filter(vrijgegeven_op__isnull=True)


def aantallen() -> dict[str, int]:
    """Geef hoeveel adressen elk ritme volgen."""
    rijen = Volgvraag.objects.values_list("ritme").annotate(n=Count("abonnement_id", distinct=True)).order_by()
    gevonden = dict(rijen)
    return {str(ritme): gevonden.get(ritme, 0) for ritme in Ritme.values}
