"""Commissies voor het secretariaat: de lijst, een commissie met haar mensen, en de handelingen."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commissies import actions, forms
from commissies.enums import CommissieRol, SoortCommissie
from commissies.geschiedenis import WOORDEN, ZINNEN
from commissies.models import Commissie, Commissielid
from commissies.queries import leden_van, overzicht
from kern.tijd import datum_met_precisie, vandaag
from logboek.queries import geschiedenis
from raad.geschiedenis import regels
from raad.views.daad import doe
from toegang.routes import voor_secretariaat


@voor_secretariaat
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Alle commissies van nu, op soort; opgeheven commissies op verzoek."""
    dag = vandaag()
    form = forms.FilterForm(request.GET or None)
    commissies = overzicht(dag).order_by("-voorbeeld", "soort", "sorteersleutel", "pk")
    keuze = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if keuze.get("soort"):
        commissies = commissies.filter(soort=keuze["soort"])
    if not keuze.get("ook_opgeheven"):
        commissies = commissies.exclude(opgeheven_op__lte=dag)
    volgorde = {str(soort): plaats for plaats, soort in enumerate(SoortCommissie)}
    rijen = sorted(commissies, key=lambda c: volgorde[c.soort])
    groepen = [(SoortCommissie(soort).label, list(groep)) for soort, groep in groupby(rijen, key=lambda c: c.soort)]
    return render(
        request, "commissies/lijst.html", {"form": form, "groepen": groepen, "aantal": len(rijen), "dag": dag}
    )


@voor_secretariaat
@require_safe
def commissie(request: HttpRequest, slug: str) -> HttpResponse:
    """Een commissie: wat zij doet, wie erin zit, en wat er gebeurd is."""
    deze = get_object_or_404(Commissie, slug=slug)
    dag = vandaag()
    nu = list(leden_van(deze, dag))
    alle = deze.leden.select_related("persoon", "organisatie", "vervangt__persoon").order_by("-van", "pk")
    per_rol = {rol: [lid for lid in nu if lid.rol == rol] for rol in CommissieRol}
    bestaat = deze.opgeheven_op is None or deze.opgeheven_op > dag
    return render(
        request,
        "commissies/commissie.html",
        {
            "commissie": deze,
            "bestaat": bestaat,
            "te_wijzigen": bestaat and deze.voorbeeld == settings.VOORBEELD,
            "ingesteld": datum_met_precisie(deze.ingesteld_op, deze.ingesteld_precisie),
            "per_rol": [(rol, leden) for rol, leden in per_rol.items() if leden],
            "aantal_nu": len(nu),
            "voorzitter": next(iter(per_rol[CommissieRol.VOORZITTER]), None),
            "eerder": [lid for lid in alle if lid.tot is not None and lid.tot <= dag],
            "later": [lid for lid in alle if lid.van > dag],
            "is_werkgroep": deze.soort == SoortCommissie.WERKGROEP,
            "geschiedenis": regels(geschiedenis(deze).order_by("-pk")[:50], ZINNEN, WOORDEN),
        },
    )


def _kruimels(deze: Commissie | None = None) -> list[tuple[str, str]]:
    kruimels = [("Commissies", reverse("commissies:lijst"))]
    return kruimels if deze is None else [*kruimels, (deze.naam, _adres(deze))]


def _adres(deze: Commissie) -> str:
    return reverse("commissies:commissie", args=[deze.slug])


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def stel_in(request: HttpRequest) -> HttpResponse:
    """Stel een commissie in."""
    return doe(
        request,
        forms.CommissieForm(request.POST or None, initial={"ingesteld_op": vandaag()}),
        actions.stel_commissie_in,
        titel="Stel een commissie in",
        knop="Stel commissie in",
        gelukt="De commissie is ingesteld.",
        terug=_adres,
        kruimels=_kruimels(),
        gevolgen=["De commissie staat vanaf nu op de openbare lijst van commissies."],
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def benoem(request: HttpRequest, slug: str) -> HttpResponse:
    """Geef iemand een rol in de commissie."""
    deze = get_object_or_404(Commissie, slug=slug)
    begin = {"van": vandaag(), **{naam: request.GET[naam] for naam in ("rol", "vervangt") if naam in request.GET}}
    return doe(
        request,
        forms.CommissielidForm(request.POST or None, commissie=deze, initial=begin),
        actions.benoem_commissielid,
        titel=f"Benoem in {deze.naam}",
        knop="Benoem",
        gelukt="De benoeming is vastgelegd.",
        terug=_adres(deze),
        kruimels=_kruimels(deze),
        gevolgen=["Vanaf de eerste dag ziet deze persoon de stukken van de commissie."],
        commissie=deze,
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def beeindig(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Beëindig een rol in de commissie."""
    lid = get_object_or_404(Commissielid.objects.select_related("commissie", "persoon"), pk=pk, commissie__slug=slug)
    return doe(
        request,
        forms.BeeindigForm(request.POST or None),
        actions.beeindig_commissielid,
        titel=f"Beëindig de rol van {lid.persoon.naam}",
        knop="Beëindig rol",
        gelukt="De rol is beëindigd.",
        terug=_adres(lid.commissie),
        kruimels=_kruimels(lid.commissie),
        gevolgen=[
            f"{lid.persoon.naam} is na de laatste dag geen {lid.get_rol_display()} meer en ziet de stukken niet meer.",
            "Wie dit lid vervangt, stopt op dezelfde dag.",
        ],
        gevaar=True,
        lid=lid,
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def hef_op(request: HttpRequest, slug: str) -> HttpResponse:
    """Hef de commissie op."""
    deze = get_object_or_404(Commissie, slug=slug)
    aantal = leden_van(deze, vandaag()).count()
    return doe(
        request,
        forms.BeeindigForm(request.POST or None),
        actions.hef_op,
        titel=f"Hef {deze.naam} op",
        knop="Hef commissie op",
        gelukt="De commissie is opgeheven.",
        terug=_adres(deze),
        kruimels=_kruimels(deze),
        gevolgen=[
            f"Alle rollen in de commissie eindigen (nu {aantal}); die personen zien de stukken dan niet meer.",
            "Op de openbare lijst staat de commissie daarna als opgeheven.",
        ],
        gevaar=True,
        commissie=deze,
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def mandaat(request: HttpRequest, slug: str) -> HttpResponse:
    """Geef het mandaat om zelf te adviseren, of trek het in."""
    deze = get_object_or_404(Commissie, slug=slug)
    return doe(
        request,
        forms.MandaatForm(request.POST or None, initial={"mandaat": deze.mandaat, "grond": deze.mandaat_grond}),
        actions.wijzig_mandaat,
        titel=f"Wijzig het mandaat van {deze.naam}",
        knop="Leg mandaat vast",
        gelukt="Het mandaat is vastgelegd.",
        terug=_adres(deze),
        kruimels=_kruimels(deze),
        gevolgen=["Met een mandaat mag de commissie een advies zelf uitbrengen, zonder behandeling in de raad."],
        commissie=deze,
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def zet_om(request: HttpRequest, slug: str) -> HttpResponse:
    """Maak van een werkgroep een commissie."""
    deze = get_object_or_404(Commissie, slug=slug, soort=SoortCommissie.WERKGROEP)
    return doe(
        request,
        forms.OmzetForm(request.POST or None, initial={"naam": deze.naam}),
        actions.maak_commissie_van_werkgroep,
        titel=f"Maak van {deze.naam} een commissie",
        knop="Maak commissie",
        gelukt="De werkgroep is nu een commissie.",
        terug=_adres(deze),
        kruimels=_kruimels(deze),
        gevolgen=["Leden, stukken en adres blijven. De oude naam blijft zichtbaar."],
        commissie=deze,
    )
