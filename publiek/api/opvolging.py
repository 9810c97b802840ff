"""Aanbevelingen en kabinetsreacties, over alle adviezen heen."""

from typing import Any

from django.db import connections
from django.http import HttpRequest
from ninja import Field, Path, Query

from publiek import lezen
from publiek.api import vormen
from publiek.api.adviezen import SLUG, aanbeveling, evaluatie_kort, groepeer, reacties_op
from publiek.api.kern import api, bladzijde, uit_lijst
from publiek.api.velden import Bladeren
from publiek.models import Aanbeveling, Advies, Evaluatie, Kabinetsreactie
from publiek.verbinding import ALIAS


class AanbevelingVragen(Bladeren):
    """Waarop de aanbevelingen te beperken zijn."""

    advies: str = Field("", max_length=120, pattern=SLUG, description="kenmerk van een advies")
    thema: str = Field("", max_length=120, pattern=SLUG, description="slug van een thema")
    jaar: int | None = Field(None, ge=1950, le=2099, description="jaar van het advies")


@api.get(
    "/aanbevelingen",
    response=vormen.AanbevelingLijst,
    summary="Aanbevelingen",
    tags=["opvolging"],
    operation_id="aanbevelingen",
)
def aanbevelingen(request: HttpRequest, vragen: Query[AanbevelingVragen]) -> Any:
    """Geef de aanbevelingen uit alle adviezen, die uit de nieuwste adviezen eerst."""
    totaal, rijen = _aanbevelingen(
        advies=vragen.advies,
        thema=vragen.thema,
        jaar=vragen.jaar,
        vanaf=(vragen.pagina - 1) * vragen.perPagina,
        aantal=vragen.perPagina,
    )
    return bladzijde(request, vragen, "aanbevelingen", totaal, rijen)


@api.get(
    "/aanbevelingen/{id}",
    response=vormen.Aanbeveling,
    summary="Eén aanbeveling",
    tags=["opvolging"],
    operation_id="aanbeveling_detail",
)
def aanbeveling_detail(
    request: HttpRequest, id: str = Path(..., pattern=r"^[a-z0-9-]{1,120}-[0-9]{1,4}$", description="het kenmerk")
) -> Any:
    """Geef één aanbeveling met het advies waar zij in staat."""
    kenmerk, _, nummer = id.rpartition("-")
    _, rijen = _aanbevelingen(advies=kenmerk, nummer=int(nummer), vanaf=0, aantal=1)
    if not rijen:
        raise Advies.DoesNotExist
    return rijen[0]


# De aanbevelingen staan bij hun advies; de database telt en bladert, zodat een lijst van duizenden niets kost.
VRAAG = """
FROM publiek.advies a
CROSS JOIN LATERAL jsonb_array_elements(coalesce(a.metadata -> 'aanbevelingen', '[]')) WITH ORDINALITY e(rij, plaats)
WHERE (%(advies)s = '' OR a.kenmerk = %(advies)s)
  AND (%(thema)s = '' OR a.themas @> ARRAY[%(thema)s]::varchar[])
  AND (%(jaar)s::int IS NULL OR a.jaar = %(jaar)s::int)
  AND (%(nummer)s::int IS NULL OR (e.rij ->> 'nummer')::int = %(nummer)s::int)
"""


def _aanbevelingen(
    *, advies: str = "", thema: str = "", jaar: int | None = None, nummer: int | None = None, vanaf: int, aantal: int
) -> tuple[int, list[dict[str, Any]]]:
    waarden = {"advies": advies, "thema": thema, "jaar": jaar, "nummer": nummer, "vanaf": vanaf, "aantal": aantal}
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(f"SELECT count(*) {VRAAG}", waarden)  # noqa: S608 - vaste tekst; waarden gaan als parameter
        totaal = cursor.fetchone()[0]
        cursor.execute(
            f"SELECT a.id, e.plaats {VRAAG} ORDER BY a.datum DESC NULLS LAST, a.jaar DESC NULLS LAST, a.id DESC, "  # noqa: S608
            "e.plaats LIMIT %(aantal)s OFFSET %(vanaf)s",
            waarden,
        )
        gevonden = cursor.fetchall()
    rijen = Advies.objects.defer("zoek", "zoek_kort", "html", "bestanden").in_bulk({pk for pk, _ in gevonden})
    stand = {
        (r.advies_id, r.nummer): r for r in Aanbeveling.objects.filter(advies__in=rijen).defer("tekst", "advies_titel")
    }
    uit = []
    for pk, plaats in gevonden:
        rij = rijen[pk]
        a = rij.metadata["aanbevelingen"][plaats - 1]
        gevolg = stand.get((pk, a["nummer"]))
        uit.append(
            aanbeveling(rij.kenmerk, lezen.absoluut(rij.get_absolute_url()), a)
            | {
                "kabinetsoordelen": gevolg.oordelen if gevolg else [],
                "opvolgstand": gevolg.stand if gevolg else "niet_bekend",
                "opvolgstandPer": gevolg.stand_per if gevolg else None,
            }
            | {"advies": rij.kenmerk, "adviesTitel": rij.titel, "jaar": rij.jaar, "voorbeeld": rij.voorbeeld}
        )
    return totaal, uit


class ReactieVragen(Bladeren):
    """Waarop de reacties te beperken zijn."""

    advies: str = Field("", max_length=120, pattern=SLUG, description="kenmerk van een advies")


@api.get(
    "/kabinetsreacties",
    response=vormen.ReactieLijst,
    summary="Kabinetsreacties",
    tags=["opvolging"],
    operation_id="kabinetsreacties",
)
def kabinetsreacties(request: HttpRequest, vragen: Query[ReactieVragen]) -> Any:
    """Geef de bekende reacties, nieuwste eerst. Dat er geen reactie staat, betekent niet dat er geen was."""
    if vragen.advies:
        alle = reacties_op([vragen.advies])[vragen.advies]
    else:
        alle = groepeer(Kabinetsreactie.objects.order_by("kenmerk", "id"))
    alle.sort(key=lambda r: (r["dagtekening"]["waarde"] or "", r["id"]), reverse=True)
    return uit_lijst(request, vragen, "kabinetsreacties", alle, lambda r: r)


@api.get(
    "/kabinetsreacties/{id}",
    response=vormen.Reactie,
    summary="Eén kabinetsreactie",
    tags=["opvolging"],
    operation_id="kabinetsreactie",
)
def kabinetsreactie(
    request: HttpRequest,
    id: str = Path(..., pattern=r"^([1-9][0-9]{0,17}|archief-[a-z0-9-]{1,110})$", description="het kenmerk"),
) -> Any:
    """Geef één reactie."""
    rijen = Kabinetsreactie.objects.order_by("kenmerk")
    if id.isdigit():
        gevonden = groepeer(rijen.filter(pk=int(id)))
    else:
        gevonden = groepeer(rijen.filter(kenmerk=id.removeprefix("archief-"), id__lt=0))
    if not gevonden:
        raise Kabinetsreactie.DoesNotExist
    return gevonden[0]


class EvaluatieVragen(Bladeren):
    """Waarop de evaluaties te beperken zijn."""

    advies: str = Field("", max_length=120, pattern=SLUG, description="kenmerk van een advies")
    uitwerking: vormen.Uitwerking | None = Field(None, description="of bereikt is wat het advies wilde")


@api.get(
    "/evaluaties",
    response=vormen.EvaluatieLijst,
    summary="Evaluaties",
    tags=["opvolging"],
    operation_id="evaluaties",
)
def evaluaties(request: HttpRequest, vragen: Query[EvaluatieVragen]) -> Any:
    """Geef wat adviezen uitwerkten volgens de SER, de laatste eerst; wat later herzien is staat er niet bij."""
    rijen = Evaluatie.objects.filter(geldt=True).order_by("-per", "-id")
    if vragen.advies:
        rijen = rijen.filter(kenmerk=vragen.advies)
    if vragen.uitwerking:
        rijen = rijen.filter(uitwerking=vragen.uitwerking)
    begin = (vragen.pagina - 1) * vragen.perPagina
    return bladzijde(
        request, vragen, "evaluaties", rijen.count(), _evaluaties(list(rijen[begin : begin + vragen.perPagina]))
    )


@api.get(
    "/evaluaties/{id}",
    response=vormen.Evaluatie,
    summary="Eén evaluatie",
    tags=["opvolging"],
    operation_id="evaluatie",
)
def evaluatie(
    request: HttpRequest, id: str = Path(..., pattern=r"^[1-9][0-9]{0,17}$", description="het kenmerk")
) -> Any:
    """Geef één evaluatie met haar advies, ook als een latere haar verving."""
    return _evaluaties([Evaluatie.objects.get(pk=int(id))])[0]


def _evaluaties(rijen: list[Evaluatie]) -> list[dict[str, Any]]:
    titels = dict(Advies.objects.filter(kenmerk__in={r.kenmerk for r in rijen}).values_list("kenmerk", "titel"))
    return [
        evaluatie_kort(r)
        | {
            "advies": r.kenmerk,
            "adviesTitel": titels[r.kenmerk],
            "voorbeeld": r.voorbeeld,
            "url": lezen.absoluut(f"/kabinetsreacties/{r.kenmerk}/"),
        }
        for r in rijen
    ]
