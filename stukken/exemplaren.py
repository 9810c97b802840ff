"""Exemplaren: PDF's die één lezer voor zichzelf liet maken, en die na een tijd weer weggaan.

De tekst zelf blijft; wie hem mag lezen, laat met één druk op de knop een nieuw exemplaar maken. Wat openbaar is, wat
verstuurd is en wat bij het dossier hoort, is geen exemplaar. Ook de database laat alleen van deze soorten een bestand
gaan (migratie 0003).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Exists, ForeignKey, Model, OuterRef, Q, QuerySet

from stukken.enums import PdfStatus
from stukken.models import Bestand, PdfOpdracht

SOORTEN = ("versie", "antwoorden", "bundel", "bundelstuk")
ACHTERHAALD = timedelta(days=30)  # zo lang na het vragen blijft wat intussen door een nieuwer exemplaar is vervangen
OUD = timedelta(days=365)  # en zo lang het laatste, waar het scherm nog naar verwijst
PER_KEER = 200

Loslaten = Callable[[datetime, datetime], None]
_loslaten: list[Loslaten] = []


def registreer(laat_los: Loslaten) -> None:
    """Meld aan wat eigen rijen bij exemplaren wist.

    Het krijgt twee momenten: van vóór het eerste gaat weg wat is vervangen, van vóór het tweede alles.
    """
    _loslaten.append(laat_los)


def ruim(nu: datetime) -> int:
    """Haal weg wat op `nu` geen lezer meer kan halen, of langer dan een jaar geleden gevraagd is; geeft hoeveel.

    Het bestand op schijf volgt bij het vegen van wezen.
    """
    for laat_los in _loslaten:
        laat_los(nu - ACHTERHAALD, nu - OUD)
    weg = 0
    while aantal := _ruim_een_keer(nu):
        weg += aantal
    return weg


@transaction.atomic
def _ruim_een_keer(nu: datetime) -> int:
    """Wis hoogstens PER_KEER; eerst het bestand, want dat mag alleen zolang de opdracht zegt wat het is.

    Wie intussen hetzelfde vraagt zet de dag van vragen op nu (actions); het slot kijkt die nog eens na.
    """
    rijen = list(_weg(nu).select_for_update(of=("self",), skip_locked=True).values_list("pk", "bestand_id")[:PER_KEER])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM stukken_bestand WHERE id = ANY(%s)", [[b for _, b in rijen if b is not None]])
        cursor.execute("DELETE FROM stukken_pdfopdracht WHERE id = ANY(%s)", [[pk for pk, _ in rijen]])
    return len(rijen)


def _weg(nu: datetime) -> QuerySet[PdfOpdracht]:
    nieuwer = PdfOpdracht.objects.filter(
        onderwerp=OuterRef("onderwerp"), status=PdfStatus.KLAAR, gevraagd_op__gt=OuterRef("gevraagd_op")
    )
    rijen: QuerySet[PdfOpdracht] = PdfOpdracht.objects.filter(
        Q(gevraagd_op__lt=nu - OUD) | Q(Exists(nieuwer), gevraagd_op__lt=nu - ACHTERHAALD),
        soort__in=SOORTEN,
        status__in=[PdfStatus.KLAAR, PdfStatus.MISLUKT],
    )
    for ander, veld in _verwijzingen(PdfOpdracht):
        rijen = rijen.exclude(Exists(ander.filter(**{veld: OuterRef("pk")})))
    for ander, veld in _verwijzingen(Bestand):
        if ander.model is not PdfOpdracht:
            rijen = rijen.exclude(Exists(ander.filter(**{veld: OuterRef("bestand_id")})))
    return rijen.order_by("pk")


def _verwijzingen(model: type[Model]) -> list[tuple[QuerySet[Model], str]]:
    """Geef elke tabel die naar dit model wijst, met het veld: wat een ander nog vasthoudt, blijft."""
    return [
        (ander._base_manager.all(), veld.name)
        for ander in apps.get_models(include_auto_created=True)
        for veld in ander._meta.local_fields
        if isinstance(veld, ForeignKey) and veld.related_model is model
    ]
