"""De handelingen van de raad, elk met een eigen bladzijde."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kern.beeld import hoofdletter
from kern.tijd import datum_nl, vandaag
from raad import actions, forms, queries
from raad.models import Benoeming, DagelijksBestuurslid, OrganisatieContact, Persoon, Voorzitterschap, Zetel
from raad.views.daad import doe, naar_persoon, naar_raad
from toegang.routes import voor_secretariaat


def _benoembare_zetels() -> QuerySet[Zetel]:
    """De zetels van volledige perioden die nog lopen of komen."""
    return (
        Zetel.objects.filter(tot__gt=vandaag(), periode__volledig=True)
        .select_related("organisatie")
        .order_by("periode__van", "nummer")
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def benoem(request: HttpRequest) -> HttpResponse:
    """Benoem een lid of plaatsvervanger; zetel, soort en persoon mogen in het adres staan."""
    begin = {naam: request.GET[naam] for naam in ("zetel", "soort", "persoon") if naam in request.GET}
    form = forms.BenoemForm(request.POST or None, zetels=_benoembare_zetels(), initial={"van": vandaag(), **begin})
    return doe(
        request,
        form,
        actions.benoem,
        titel="Benoem een lid of plaatsvervanger",
        knop="Benoem",
        gelukt="De benoeming is vastgelegd.",
        terug=lambda benoeming: reverse("raad:persoon", args=[benoeming.persoon_id]),
        kruimels=naar_raad(),
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def nieuwe_persoon(request: HttpRequest) -> HttpResponse:
    """Voeg een persoon toe en ga door naar de benoeming."""
    return doe(
        request,
        forms.PersoonForm(request.POST or None),
        actions.registreer_persoon,
        titel="Voeg een persoon toe",
        knop="Voeg persoon toe",
        gelukt="De persoon is toegevoegd.",
        terug=lambda persoon: reverse("raad:persoon", args=[persoon.pk]),
        kruimels=naar_raad(),
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Koppel een account aan een persoon."""
    persoon = get_object_or_404(Persoon, pk=pk, gebruiker=None)
    return doe(
        request,
        forms.AccountForm(request.POST or None),
        actions.koppel_account,
        titel=f"Koppel een account aan {persoon.naam}",
        knop="Koppel account",
        gelukt="Het account is gekoppeld.",
        terug=reverse("raad:persoon", args=[pk]),
        kruimels=naar_persoon(persoon),
        gevolgen=["Wie met dit account inlogt, ziet meteen alles wat bij de rollen van deze persoon hoort."],
        persoon=persoon,
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def organisatie(request: HttpRequest) -> HttpResponse:
    """Voeg een organisatie toe."""
    return doe(
        request,
        forms.OrganisatieForm(request.POST or None),
        actions.registreer_organisatie,
        titel="Voeg een organisatie toe",
        knop="Voeg organisatie toe",
        gelukt="De organisatie is toegevoegd. Zetels krijgt zij in een volgende zittingsperiode.",
        terug=reverse("raad:overzicht"),
        kruimels=naar_raad(),
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def beeindig(request: HttpRequest, pk: int) -> HttpResponse:
    """Beëindig een benoeming."""
    benoeming = get_object_or_404(Benoeming.objects.select_related("persoon", "zetel__organisatie"), pk=pk)
    return doe(
        request,
        forms.BeeindigForm(request.POST or None),
        actions.beeindig_benoeming,
        titel=f"Beëindig de benoeming van {benoeming.persoon.naam}",
        knop="Beëindig benoeming",
        gelukt="De benoeming is beëindigd.",
        terug=reverse("raad:persoon", args=[benoeming.persoon_id]),
        kruimels=naar_persoon(benoeming.persoon),
        gevolgen=[
            f"{benoeming.persoon.naam} is na de laatste dag geen {benoeming.get_soort_display()} meer op "
            f"{benoeming.zetel} en ziet vanaf dan alleen wat openbaar is, tenzij er nog een andere rol is.",
            "Een voorzitterschap en een plaats in het dagelijks bestuur eindigen op dezelfde dag.",
            "De plaatsvervanger van deze zetel blijft plaatsvervanger.",
        ],
        gevaar=True,
        benoeming=benoeming,
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def aanvaard(request: HttpRequest, pk: int) -> HttpResponse:
    """Leg vast dat iemand de benoeming heeft aanvaard."""
    benoeming = get_object_or_404(Benoeming.objects.select_related("persoon"), pk=pk)
    return doe(
        request,
        forms.AanvaardForm(request.POST or None, initial={"op": vandaag()}),
        actions.leg_aanvaarding_vast,
        titel=f"Leg de aanvaarding van {benoeming.persoon.naam} vast",
        knop="Leg aanvaarding vast",
        gelukt="De aanvaarding is vastgelegd.",
        terug=reverse("raad:persoon", args=[benoeming.persoon_id]),
        kruimels=naar_persoon(benoeming.persoon),
        benoeming=benoeming,
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def afwijzing(request: HttpRequest, pk: int) -> HttpResponse:
    """Leg vast dat iemand de benoeming niet aanvaardt."""
    benoeming = get_object_or_404(Benoeming.objects.select_related("persoon", "zetel__organisatie"), pk=pk)
    return doe(
        request,
        forms.AfwijsForm(request.POST or None),
        actions.stel_afwijzing_vast,
        titel=f"{benoeming.persoon.naam} aanvaardt niet",
        knop="Leg afwijzing vast",
        gelukt="De afwijzing is vastgelegd; de zetel is weer vrij.",
        terug=reverse("raad:persoon", args=[benoeming.persoon_id]),
        kruimels=naar_persoon(benoeming.persoon),
        gevolgen=[f"{hoofdletter(str(benoeming.zetel))} wordt weer vrij. In de geschiedenis blijft staan wat er was."],
        gevaar=True,
        benoeming=benoeming,
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def voorzitter(request: HttpRequest) -> HttpResponse:
    """Leg vast wie voorzitter of plaatsvervangend voorzitter is."""
    form = forms.VoorzitterForm(
        request.POST or None, leden=queries.zittende_leden(vandaag()), initial={"van": vandaag()}
    )
    return doe(
        request,
        form,
        actions.kies_voorzitter,
        titel="Leg een (plaatsvervangend) voorzitter vast",
        knop="Leg vast",
        gelukt="De functie is vastgelegd.",
        terug=reverse("raad:overzicht"),
        kruimels=naar_raad(),
        gevolgen=["De voorzitter is kroonlid. De drie komen uit drie verschillende geledingen."],
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def bestuurslid(request: HttpRequest) -> HttpResponse:
    """Benoem een lid van het dagelijks bestuur."""
    form = forms.BestuurForm(request.POST or None, leden=queries.zittende_leden(vandaag()), initial={"van": vandaag()})
    return doe(
        request,
        form,
        actions.benoem_db_lid,
        titel="Benoem een lid van het dagelijks bestuur",
        knop="Benoem in het dagelijks bestuur",
        gelukt="Het lid van het dagelijks bestuur is vastgelegd.",
        terug=reverse("raad:overzicht"),
        kruimels=naar_raad(),
    )


def _beeindig_functie(request: HttpRequest, rij: Any, wat: str) -> HttpResponse:
    return doe(
        request,
        forms.BeeindigForm(request.POST or None),
        actions.beeindig_functie,
        titel=f"Beëindig {wat} van {rij.persoon.naam}",
        knop="Beëindig",
        gelukt="De functie is beëindigd.",
        terug=reverse("raad:persoon", args=[rij.persoon_id]),
        kruimels=naar_persoon(rij.persoon),
        gevolgen=[f"{rij.persoon.naam} blijft lid van de raad. Begonnen op {datum_nl(rij.van)}."],
        gevaar=True,
        rij=rij,
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def beeindig_voorzitter(request: HttpRequest, pk: int) -> HttpResponse:
    """Beëindig een voorzitterschap."""
    rij = get_object_or_404(Voorzitterschap.objects.select_related("persoon"), pk=pk)
    return _beeindig_functie(request, rij, "het voorzitterschap")


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def beeindig_bestuurslid(request: HttpRequest, pk: int) -> HttpResponse:
    """Beëindig een plaats in het dagelijks bestuur."""
    rij = get_object_or_404(DagelijksBestuurslid.objects.select_related("persoon"), pk=pk)
    return _beeindig_functie(request, rij, "de plaats in het dagelijks bestuur")


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Maak een account coördinator van een organisatie."""
    begin = {"van": vandaag(), "organisatie": request.GET.get("organisatie")}
    return doe(
        request,
        forms.ContactForm(request.POST or None, initial=begin),
        actions.leg_contact_vast,
        titel="Voeg een coördinator van een organisatie toe",
        knop="Voeg coördinator toe",
        gelukt="De coördinator is toegevoegd.",
        terug=reverse("raad:overzicht"),
        kruimels=naar_raad(),
        gevolgen=["De coördinator ziet de achterbanberaden van de organisatie en dient de reactie in."],
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def beeindig_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Beëindig een coördinator."""
    rij = get_object_or_404(OrganisatieContact.objects.select_related("gebruiker", "organisatie"), pk=pk)
    form = forms.BeeindigContactForm(request.POST or None)
    return doe(
        request,
        form,
        actions.beeindig_contact,
        titel=f"{rij.gebruiker.naam} is geen coördinator meer van {rij.organisatie.met_lidwoord}",
        knop="Beëindig",
        gelukt=lambda: _gestopt(form.argumenten()["per"], rij),
        terug=reverse("raad:overzicht"),
        kruimels=naar_raad(),
        gevaar=True,
        contact=rij,
    )


def _gestopt(per: date | None, rij: OrganisatieContact) -> str:
    """Zeg tot wanneer iemand nog leest en doet: tot en met de laatste dag, en niet korter."""
    if per is None or per <= vandaag():
        return f"{rij.gebruiker.naam} is geen coördinator meer van {rij.organisatie.met_lidwoord}. Dat geldt nu."
    tot_en_met = datum_nl(per - timedelta(days=1))
    return f"{rij.gebruiker.naam} is nog coördinator van {rij.organisatie.met_lidwoord} tot en met {tot_en_met}."


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def periode(request: HttpRequest) -> HttpResponse:
    """Richt een nieuwe zittingsperiode in."""
    return doe(
        request,
        forms.PeriodeForm(request.POST or None),
        actions.richt_periode_in,
        titel="Richt een zittingsperiode in",
        knop="Richt zittingsperiode in",
        gelukt="De zittingsperiode is ingericht; alle zetels zijn nog vacant.",
        terug=lambda nieuw: f"{reverse('raad:overzicht')}?op={nieuw.van.isoformat()}",
        kruimels=naar_raad(),
        gevolgen=["Er komen lege zetels voor elke organisatie. Benoemen doet u daarna."],
    )
