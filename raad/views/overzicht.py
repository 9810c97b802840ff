"""Wie er op een dag in de raad zitten, en wie iemand is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from kern.componenten import Halfrond, Zetelplek
from kern.tijd import vandaag
from logboek.queries import geschiedenis
from raad import lidmaatschappen, queries
from raad.enums import Voorzittersfunctie
from raad.forms import OpForm
from raad.geschiedenis import regels
from raad.models import Persoon, Zittingsperiode
from raad.queries import ZetelOp
from toegang.enums import Rol
from toegang.rollen import heeft
from toegang.routes import voor_secretariaat

AFLOPEND_BINNEN = timedelta(days=183)


@dataclass
class Groep:
    """De zetels van een organisatie, of de kroonledenzetels."""

    naam: str
    geleding: str
    zetels: list[ZetelOp] = field(default_factory=list)

    @property
    def vacant(self) -> int:
        """Hoeveel zetels geen lid hebben."""
        return sum(1 for zetel in self.zetels if zetel.lid is None and zetel.onbekend_benoeming is None)


@voor_secretariaat
@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """De samenstelling op een dag (`?op=jjjj-mm-dd`, anders vandaag)."""
    dag = vandaag()
    form = OpForm(request.GET if "op" in request.GET else None, initial={"op": dag})
    if form.is_bound and form.is_valid() and form.cleaned_data["op"]:
        dag = form.cleaned_data["op"]
    perioden = list(Zittingsperiode.objects.order_by("-van"))
    periode = next((p for p in sorted(perioden, key=lambda p: not p.voorbeeld) if p.geldt(dag)), None)
    open_ = queries.openstaand(dag)
    zetels = queries.zetels_op(dag, periode) if periode else []
    voorzitters = queries.voorzitters_op(dag, periode)
    aflopend = list(queries.aflopend(dag, dag + AFLOPEND_BINNEN, periode))
    groepen = _groepen(zetels)
    return render(
        request,
        "raad/overzicht.html",
        {
            "form": form,
            "geeft_rollen": heeft(request.user, Rol.ALGEMEEN_SECRETARIS, Rol.RAADSSECRETARIS),
            "dag": dag,
            "is_vandaag": dag == vandaag(),
            "periode": periode,
            "verdeling": queries.verdeling_op(periode, dag) if periode else None,
            "halfrond": Halfrond([_plek(zetel, periode) for zetel in zetels], titel="Zetels in de raad"),
            "groepen": groepen,
            "aantal_zetels": len(zetels),
            "bezet": sum(1 for z in zetels if z.lid),
            "vacatures": [z for z in zetels if z.lid is None and z.onbekend_benoeming is None],
            "zonder_vervanger": sum(1 for z in zetels if z.plaatsvervanger is None),
            "voorzitters": [(functie.label, voorzitters.get(functie)) for functie in Voorzittersfunctie],
            "bestuur": queries.bestuur_op(dag, periode),
            "aflopend": [b for b in aflopend if periode and b.tot != periode.tot],
            "met_periode": sum(1 for b in aflopend if periode and b.tot == periode.tot),
            "coordinatoren": queries.contacten_op(dag),
            "perioden": perioden,
            "niet_aanvaard": open_.niet_aanvaard,
            "bekend_te_maken": len(open_.niet_bekend),
            "ministeries": queries.vertegenwoordigers_op(dag, voorbeeld=bool(periode and periode.voorbeeld)),
        },
    )


@voor_secretariaat
@require_safe
def persoon(request: HttpRequest, pk: int) -> HttpResponse:
    """Alles wat iemand in de raad was en is, met wat er nu te doen is."""
    wie = get_object_or_404(Persoon.objects.select_related("gebruiker"), pk=pk)
    dag = vandaag()
    benoemingen = wie.benoemingen.select_related("zetel__organisatie", "zetel__periode").order_by("-van")
    return render(
        request,
        "raad/persoon.html",
        {
            "persoon": wie,
            "benoemingen": [(b, b.geldt(dag), b.tot is None or b.tot > dag) for b in benoemingen],
            "voorzitterschappen": [(v, v.tot is None or v.tot > dag) for v in wie.voorzitterschappen.order_by("-van")],
            "bestuur": [(d, d.tot is None or d.tot > dag) for d in wie.bestuurslidmaatschappen.order_by("-van")],
            "nevenfuncties": [(n, n.tot is None or n.tot > dag) for n in wie.nevenfuncties.all()],
            "elders": lidmaatschappen.van(wie),
            "geschiedenis": regels(geschiedenis(wie).order_by("-pk")[:50]),
        },
    )


def _groepen(zetels: list[ZetelOp]) -> list[Groep]:
    groepen: dict[tuple[str, str], Groep] = {}
    for zetel in zetels:
        naam = zetel.organisatie.naam if zetel.organisatie else ("Kroonleden" if zetel.geleding == "kroonleden" else "")
        sleutel = (zetel.geleding, naam)
        groep = groepen.setdefault(
            sleutel, Groep(naam or f"{zetel.geleding.label.capitalize()}, organisatie niet bekend", zetel.geleding)
        )
        groep.zetels.append(zetel)
    return list(groepen.values())


def _plek(zetel: ZetelOp, periode: Zittingsperiode | None) -> Zetelplek:
    """Een zetel in het halfrond; in een onvolledige periode is leeg niet vacant maar onbekend."""
    van_wie = zetel.organisatie.naam if zetel.organisatie else (zetel.zetel.get_bijzonder_display() or "")
    wie = zetel.lid or (zetel.onbekend_benoeming.persoon if zetel.onbekend_benoeming else None)
    if wie is not None:
        return Zetelplek(
            zetel.zetel.nummer,
            zetel.geleding,
            van_wie,
            wie.naam,
            "bezet",
            toelichting="" if zetel.lid else "lid of plaatsvervanger, niet bekend",
            url=reverse("raad:persoon", args=[wie.pk]),
        )
    volledig = periode is not None and periode.volledig
    url = f"{reverse('raad:benoem')}?{urlencode([('zetel', zetel.zetel.pk), ('soort', 'lid')])}" if volledig else ""
    return Zetelplek(
        zetel.zetel.nummer,
        zetel.geleding,
        van_wie,
        "vacature" if volledig else "naam niet bekend",
        "leeg" if volledig else "onbekend",
        url=url,
    )
