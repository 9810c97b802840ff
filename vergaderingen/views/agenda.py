"""De agenda: punten toevoegen, wijzigen, verschuiven, nummeren; besluiten en vervanging bij een punt."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.fouten import PortaalFout
from kern.getal import geheel
from kern.tijd import vandaag
from logboek.actions import leg_inzage_vast
from raad.models import Persoon, Zetel
from stukken import lever
from stukken.actions import bewaar
from stukken.models import Bestand
from toegang.models import Gebruiker
from toegang.routes import ingelogd, voor_secretariaat
from vergaderingen import actions, bekendmaken, permissions, policies, stemlijst
from vergaderingen.eigen_bron import verslag_bij
from vergaderingen.enums import MET_QUORUM, AanwezigAls, Besluitsoort, Orgaan, Puntsoort, Uitkomst, Verslagstatus
from vergaderingen.forms import (
    AgendapuntForm,
    BekendmakingForm,
    BesluitForm,
    CorrectieForm,
    KeuzeForm,
    NummerForm,
    OnthoudingForm,
    RedenForm,
    StemrondeForm,
)
from vergaderingen.models import Agendapunt, Besluit
from vergaderingen.queries import bekend_te_maken, bekendmakingen_bij, kring
from vergaderingen.views.bladzijde import toon
from vergaderingen.views.hulp import buren, fouttekst, invoer, laad, laad_punt, naar_agenda, probeer, versie_van, wie


def _velden(formulier: forms.Form, door: Gebruiker) -> dict[str, Any]:
    """Geef de velden van een agendapunt, met het stuk bewaard (InvoerFout bij een verkeerd bestand)."""
    velden = dict(formulier.cleaned_data)
    upload: UploadedFile | None = velden.pop("stuk")
    bestand: Bestand | None = bewaar(upload=upload, door=door, veld="stuk") if upload else None
    return velden | {"bestand": bestand}


@voor_secretariaat
@require_POST
def voeg_toe(request: HttpRequest, pk: int) -> HttpResponse:
    """Zet een punt op de agenda."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    formulier = AgendapuntForm(request.POST, request.FILES)
    if formulier.is_valid() and probeer(
        formulier,
        lambda: actions.voeg_agendapunt_toe(vergadering=rij, door=gebruiker, **_velden(formulier, gebruiker)),
    ):
        return naar_agenda(rij)
    return toon(request, rij, nieuw_punt=formulier)


@voor_secretariaat
@require_POST
def plaats_aanbod(request: HttpRequest, pk: int) -> HttpResponse:
    """Zet iets uit het aanbod op de agenda."""
    rij = laad(request, pk)
    try:
        actions.plaats_aanbod(
            vergadering=rij,
            door=wie(request),
            bron=request.POST.get("bron", ""),
            sleutel=request.POST.get("sleutel", ""),
        )
    except PortaalFout as fout:
        messages.error(request, fouttekst(fout))
    return naar_agenda(rij)


@voor_secretariaat
@require_POST
def volgorde(request: HttpRequest, pk: int) -> HttpResponse:
    """Verschuif een punt (`omhoog` of `omlaag` = pk), of zet de hele volgorde (`volgorde` = pk's met komma's)."""
    rij = laad(request, pk)
    huidig = list(rij.agendapunten.order_by("volgorde").values_list("pk", flat=True))
    nieuw = _nieuwe_volgorde(request, huidig)
    try:
        actions.herschik(vergadering=rij, volgorde=nieuw, door=wie(request))
    except PortaalFout as fout:
        messages.error(request, fouttekst(fout))
        return naar_agenda(rij)
    return naar_agenda(rij, _knop(request, nieuw))


def _knop(request: HttpRequest, volgorde: list[int]) -> str:
    """Geef het anker van de gebruikte pijl, zodat de volgende druk hetzelfde punt weer verschuift.

    Aan de rand is die pijl er niet meer; dan de andere. Na slepen de agenda.
    """
    for veld, ander, rand in (("omhoog", "omlaag", volgorde[:1]), ("omlaag", "omhoog", volgorde[-1:])):
        waarde = geheel(request.POST.get(veld, ""))
        if waarde in volgorde:
            return f"{ander if waarde in rand else veld}-{waarde}"
    return "agenda"


def _nieuwe_volgorde(request: HttpRequest, huidig: list[int]) -> list[int]:
    volgorde = request.POST.get("volgorde", "")
    if volgorde:
        return [nummer for deel in volgorde.split(",") if (nummer := geheel(deel)) is not None]
    for veld, stap in (("omhoog", -1), ("omlaag", 1)):
        waarde = geheel(request.POST.get(veld, ""))
        if waarde in huidig:
            plaats = huidig.index(waarde)
            doel = min(max(plaats + stap, 0), len(huidig) - 1)
            huidig.insert(doel, huidig.pop(plaats))
    return huidig


def _vervangkeuzes(punt: Agendapunt) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Geef wie bij dit punt kan vervangen (aanwezig zonder stem) en wie vervangen kan worden."""
    rij = punt.vergadering
    aanwezig = set(rij.presenties.filter(aanwezig=True, stemhebbend=False).values_list("persoon_id", flat=True))
    vervangers, leden = [], []
    for g in kring(rij):
        if g.als == AanwezigAls.LID and g.zetel:
            leden.append((g.zetel.pk, g.persoon.naam))
        elif g.als == AanwezigAls.PLAATSVERVANGER and g.persoon.pk in aanwezig:
            vervangers.append((g.persoon.pk, g.persoon.naam))
    return vervangers, leden


def soort_besluit(punt: Agendapunt) -> Besluitsoort:
    """Geef waarover het besluit bij dit punt meestal gaat: een verordening vraagt twee derde (regel 29)."""
    per_soort = {Puntsoort.VERORDENING: Besluitsoort.VERORDENING, Puntsoort.BENOEMING: Besluitsoort.PERSONEN}
    return per_soort.get(Puntsoort(punt.soort), Besluitsoort.ZAAK)


def toon_punt(request: HttpRequest, punt: Agendapunt, **formulieren: forms.Form) -> HttpResponse:
    """Maak de bladzijde van een agendapunt; een afgekeurd formulier komt terug met wat er getypt is."""
    rij = punt.vergadering
    gebruiker = wie(request)
    mag = permissions.mag_beheren(rij, gebruiker)
    open_ = mag and not policies.mag_agenda_wijzigen(rij)
    besluiten = mag and not (policies.mag_besluiten(rij) or policies.mag_nog_besluiten(punt) or punt.vervallen)
    stemmen = mag and not (policies.mag_stemmen(rij, peiling=True) or punt.vervallen)
    onthouden = mag and rij.orgaan in MET_QUORUM and not policies.mag_tekenen(rij)
    ronden = list(punt.stemronden.select_related("besluit"))
    verslag = verslag_bij(punt, gebruiker)
    gedaan = bekendmakingen_bij(punt) if rij.orgaan == Orgaan.RAAD else {}
    bekend = bekend_te_maken(punt) if mag and rij.orgaan == Orgaan.RAAD and not punt.vervallen else []
    vorig, volgend = buren(punt, gebruiker)
    vervangers, leden = _vervangkeuzes(punt) if mag and rij.orgaan in MET_QUORUM else ([], [])
    standaard: dict[str, forms.Form | None] = {
        "wijzig": AgendapuntForm(
            initial={"onderwerp": punt.onderwerp, "soort": punt.soort, "toelichting": punt.toelichting,
                     "vertrouwelijk": punt.vertrouwelijk}, prefix="punt",
        ) if open_ else None,
        "nummer": NummerForm(punt=punt, prefix="nummer")
        if mag and rij.orgaan == Orgaan.RAAD and (open_ or punt.stuknummer) else None,
        "besluit": BesluitForm(
            prefix="besluit", hoofdelijk=stemmen, alleen_zaak=punt.soort == Puntsoort.VERSLAG,
            initial={"soort": soort_besluit(punt), "tekst": "" if punt.besluiten.exists() else punt.onderwerp},
        ) if besluiten else None,
        "stemronde": StemrondeForm(
            herstembaar=stemlijst.te_herstemmen(punt), prefix="stemronde",
            initial={"vraag": punt.onderwerp, "over": soort_besluit(punt)},
        ) if stemmen and not any(r.is_open for r in ronden) else None,
        "onthouding": OnthoudingForm(leden=leden, prefix="onthouding") if onthouden and leden else None,
        "vervang": KeuzeForm(vervangers=vervangers, leden=leden, prefix="vervang")
        if vervangers and rij.orgaan == Orgaan.RAAD and not policies.mag_tekenen(rij) else None,
        "bekend": BekendmakingForm(soorten=bekend, prefix="bekend", initial={"op": vandaag()}) if bekend else None,
        "vervalt": RedenForm(prefix="vervalt")
        if mag and not punt.vervallen and not policies.mag_van_agenda(punt) else None,
    }  # fmt: skip
    return render(
        request, "vergaderingen/agendapunt.html",
        {"punt": punt, "vergadering": rij, "vorig_punt": vorig, "volgend_punt": volgend,
         "blijft": policies.mag_van_agenda(punt) if open_ and not punt.vervallen else [],
         "besluiten": punt.besluiten.all(), "mag": mag,
         "verslag": verslag, "verslag_klaar": mag and not punt.vervallen and verslag is not None
         and verslag.status == Verslagstatus.CONCEPT
         and not policies.mag_verslag_vaststellen(verslag, vastgesteld_in=rij),
         "bekendmakingen": gedaan.values(), "bekend_tekorten": bekendmaken.tekorten(punt, gedaan),
         "is_jaarrekening": "jaarrekening" in bekendmaken.jaarstukken(punt) and rij.orgaan == Orgaan.RAAD,
         "ronden": ronden, "onthoudingen": punt.onthoudingen.select_related("persoon"), "onthouden": onthouden,
         "terug_te_nemen": onthouden and not policies.mag_onthouding_terugnemen(punt),
         "vervangingen": punt.vervangingen.select_related("zetel__organisatie", "vervanger"),
         "versie": request.POST.get("versie", punt.rijversie), "formulieren": standaard | formulieren},
    )  # fmt: skip


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def agendapunt(request: HttpRequest, pk: int, punt: int) -> HttpResponse:
    """Toon of wijzig één agendapunt."""
    rij = laad_punt(request, pk, punt)
    gebruiker = wie(request)
    if request.method != "POST":
        return toon_punt(request, rij)
    formulier = AgendapuntForm(request.POST, request.FILES, prefix="punt")
    if formulier.is_valid() and probeer(
        formulier,
        lambda: actions.wijzig_agendapunt(
            agendapunt=rij, versie=versie_van(request), door=gebruiker, **_velden(formulier, gebruiker)
        ),
    ):
        messages.success(request, "Het agendapunt is gewijzigd.")
        return naar_agenda(rij.vergadering)
    return toon_punt(request, rij, wijzig=formulier)


@voor_secretariaat
@require_POST
def nummer(request: HttpRequest, pk: int, punt: int) -> HttpResponse:
    """Geef of verbeter het stuknummer."""
    rij = laad_punt(request, pk, punt)
    gebruiker = wie(request)
    formulier = NummerForm(request.POST, punt=rij, prefix="nummer")

    def doe() -> Agendapunt:
        schoon = formulier.cleaned_data
        if rij.stuknummer:
            return actions.corrigeer_stuknummer(agendapunt=rij, door=gebruiker, **schoon)
        return actions.geef_stuknummer(agendapunt=rij, door=gebruiker, nummer=schoon["nummer"])

    if formulier.is_valid() and (klaar := probeer(formulier, doe)):
        messages.success(request, f"“{klaar.onderwerp}” heeft nummer {klaar.stuknummer}.")
        return naar_agenda(rij.vergadering)
    return toon_punt(request, rij, nummer=formulier)


@voor_secretariaat
@require_POST
def nummer_snel(request: HttpRequest, pk: int, punt: int) -> HttpResponse:
    """Geef het volgende nummer uit de reeks, met één knop vanaf de agenda."""
    rij = laad_punt(request, pk, punt)
    try:
        actions.geef_stuknummer(agendapunt=rij, door=wie(request))
    except PortaalFout as fout:
        messages.error(request, fouttekst(fout))
    return naar_agenda(rij.vergadering, f"punt-{punt}")


@voor_secretariaat
@require_POST
def vervalt(request: HttpRequest, pk: int, punt: int) -> HttpResponse:
    """Haal het punt van de agenda."""
    rij = laad_punt(request, pk, punt)
    formulier = RedenForm(request.POST, prefix="vervalt")
    if formulier.is_valid() and probeer(
        formulier,
        lambda: actions.haal_van_agenda(agendapunt=rij, reden=formulier.cleaned_data["reden"], door=wie(request)),
    ):
        messages.success(request, "Het punt is van de agenda gehaald; het blijft met de reden zichtbaar.")
        return naar_agenda(rij.vergadering)
    return toon_punt(request, rij, vervalt=formulier)


@voor_secretariaat
@require_POST
def besluit(request: HttpRequest, pk: int, punt: int) -> HttpResponse:
    """Leg een besluit vast."""
    rij = laad_punt(request, pk, punt)
    hoofdelijk = not policies.mag_stemmen(rij.vergadering, peiling=True)
    formulier = BesluitForm(
        request.POST, prefix="besluit", hoofdelijk=hoofdelijk, alleen_zaak=rij.soort == Puntsoort.VERSLAG
    )

    def doe() -> Besluit:
        schoon = formulier.cleaned_data
        return actions.leg_besluit_vast(
            agendapunt=rij, door=wie(request), tekst=schoon["tekst"], soort=schoon["soort"],
            uitkomst=schoon["uitkomst"], telling=schoon["telling"],
        )  # fmt: skip

    if formulier.is_valid() and (klaar := probeer(formulier, doe)):
        messages.success(request, f"Besluit vastgelegd: {klaar.get_uitkomst_display()}.")
        verslag = verslag_bij(rij, wie(request))
        if verslag and verslag.status == Verslagstatus.CONCEPT and klaar.uitkomst == Uitkomst.AANGENOMEN:
            return redirect(f"{reverse('vergaderingen:agendapunt', args=[pk, punt])}#verslag")
        return naar_agenda(rij.vergadering)
    return toon_punt(request, rij, besluit=formulier)


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def corrigeer(request: HttpRequest, pk: int, punt: int, besluit: int) -> HttpResponse:
    """Verbeter een verkeerd vastgelegd besluit, met reden."""
    rij = laad_punt(request, pk, punt)
    gevonden = get_object_or_404(rij.besluiten, pk=besluit)
    formulier = CorrectieForm(invoer(request), initial={"tekst": gevonden.tekst, "uitkomst": gevonden.uitkomst})
    if (
        request.method == "POST"
        and formulier.is_valid()
        and probeer(
            formulier,
            lambda: actions.corrigeer_besluit(
                besluit=gevonden, versie=versie_van(request), door=wie(request), **formulier.cleaned_data
            ),
        )
    ):
        messages.success(request, "Het besluit is verbeterd; de oude tekst staat in de geschiedenis.")
        return naar_agenda(rij.vergadering)
    return render(
        request, "vergaderingen/daad.html",
        {"vergadering": rij.vergadering, "formulier": formulier, "kop": "Verbeter een besluit",
         "versie": request.POST.get("versie", rij.rijversie),
         "knop": "Verbeter het besluit", "gevolgen": ["De oude tekst blijft in de geschiedenis staan."]},
    )  # fmt: skip


@voor_secretariaat
@require_POST
def vervang(request: HttpRequest, pk: int, punt: int) -> HttpResponse:
    """Laat een plaatsvervanger bij dit punt stemmen."""
    rij = laad_punt(request, pk, punt)
    vervangers, leden = _vervangkeuzes(rij)
    formulier = KeuzeForm(request.POST, vervangers=vervangers, leden=leden, prefix="vervang")

    def doe() -> Any:
        schoon = formulier.cleaned_data
        return actions.vervang(
            agendapunt=rij, zetel=Zetel.objects.get(pk=schoon["lid"]),
            vervanger=Persoon.objects.get(pk=schoon["vervanger"]), door=wie(request),
        )  # fmt: skip

    if formulier.is_valid() and probeer(formulier, doe):
        messages.success(request, "De vervanging bij dit punt is vastgelegd.")
        return redirect("vergaderingen:agendapunt", pk, punt)
    return toon_punt(request, rij, vervang=formulier)


@ingelogd
@require_safe
def stuk(request: HttpRequest, pk: int, punt: int) -> HttpResponse:
    """Lever het stuk bij een agendapunt; inzage van een vertrouwelijk stuk wordt vastgelegd."""
    rij = laad_punt(request, pk, punt)
    bestand = get_object_or_404(Bestand, pk=rij.bestand_id)
    antwoord: HttpResponse = lever(bestand)  # type: ignore[assignment]
    if request.method == "GET" and (rij.vertrouwelijk or not rij.vergadering.openbaar):
        leg_inzage_vast(object=rij, door=wie(request))
    return antwoord
