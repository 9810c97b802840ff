"""Trajecten en vergaderingen, zoals iedereen ze mag zien."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from adviezen.enums import PUBLIEKE_NAAM, STAPPEN
from kern.componenten import AchtStappen, Feit, Papier, Stap, Verhaal
from kern.tijd import dag_van, vandaag
from publiek import verwijzen
from publiek.models import Advies, Agendapunt, Bekendmaking, Grafsteen, Stuk, Traject, Vergadering, VorigAdres
from publiek.queries import een, lopende_trajecten
from publiek.views import openbaar
from vergaderingen.bekendmaken import in_staatscourant
from vergaderingen.enums import Bekendmakingsoort
from vergaderingen.verplaatst import eerdere_dagen

NOG = ("gepland", "opgeroepen", "geopend")


@openbaar
def trajecten(request: HttpRequest) -> HttpResponse:
    """Waar de raad aan werkt, en wat onlangs eindigde."""
    return render(
        request,
        "publiek/trajecten.html",
        {
            "lopend": [(t, acht_stappen(t)) for t in lopende_trajecten().prefetch_related("stapgangen")],
            "geeindigd": Traject.objects.filter(lopend=False).order_by("-stap_sinds")[:30],
        },
    )


@openbaar
def traject(request: HttpRequest, slug: str) -> HttpResponse:
    """Eén traject: stap, commissie, verwachte datum, openbare stukken, verhaal; en of het advies is ingetrokken."""
    rij = Traject.objects.filter(slug=slug).first()
    if rij is None:
        raise Http404
    advies = een(Advies.objects.defer("zoek", "zoek_kort", "html"), f"t-{rij.pk}")
    graf = None if advies or rij.lopend else Grafsteen.objects.filter(sleutel=f"advies:t-{rij.pk}").first()
    stukken = list(Stuk.objects.filter(sleutel__endswith=f":t-{rij.pk}").defer("html").order_by("vanaf"))
    return render(
        request,
        "publiek/traject.html",
        {
            "traject": rij,
            "stappen": acht_stappen(rij),
            "advies": advies,
            "graf": graf,
            "stukken": stukken,
            "verhaal": verhaal_van(rij, stukken, advies, graf),
        },
    )


STUKNAAM = {"ontwerpadvies": "Ontwerpadvies", "adviesaanvraag": "Adviesaanvraag"}


@openbaar
def stuk(request: HttpRequest, slug: str, soort: str) -> HttpResponse:
    """Een openbaar stuk van een traject, zoals het ontwerpadvies; met de duidelijke balk ONTWERP en noindex."""
    rij = Traject.objects.filter(slug=slug).first()
    gevonden = Stuk.objects.filter(sleutel=f"{soort}:t-{rij.pk}").first() if rij and soort in STUKNAAM else None
    if gevonden is None:
        raise Http404
    return render(
        request,
        "publiek/stuk.html",
        {
            "traject": rij,
            "stuk": gevonden,
            "soort": soort,
            "naam": STUKNAAM[soort],
            "ontwerp": soort == "ontwerpadvies",
            "verwijzing": verwijzen.apa_stuk(gevonden.titel, dag_van(gevonden.vanaf), request.path),
        },
    )


def acht_stappen(traject: Traject) -> AchtStappen:
    """Geef de acht stappen in openbare woorden: wat klaar is met de dag waarop het volgende begon, en waar het is."""
    gangen = list(traject.stapgangen.all())
    begonnen: dict[str, date] = {}
    for gang in gangen:
        begonnen[gang.naar] = gang.dag
    nu = traject.volgnummer or 0
    stappen = []
    for nummer, code in enumerate(STAPPEN, start=1):
        if not traject.lopend and traject.stap != "aangeboden":
            bereikt = code in begonnen
            status, dag = ("klaar", begonnen.get(code)) if bereikt else ("overgeslagen", None)
        elif nummer < nu:
            status = "klaar" if code in begonnen else "overgeslagen"
            dag = begonnen.get(code)
        else:
            status, dag = ("nu", traject.stap_sinds) if nummer == nu else ("komt", None)
        stappen.append(Stap(nummer, PUBLIEKE_NAAM[code].capitalize(), status, dag))
    slot = "" if traject.lopend else f"{traject.stand.capitalize()}."
    return AchtStappen(stappen, openbaar=True, slot=slot)


def verhaal_van(traject: Traject, stukken: list[Stuk], advies: Advies | None, graf: Grafsteen | None = None) -> Verhaal:
    """Geef de gezette stappen en openbare stukken op volgorde, zonder redenen en zonder terugstappen.

    Met `graf` eindigt het met de dag waarop het advies is ingetrokken.
    """
    feiten: list[tuple[date, int, Feit]] = []
    verst = -1
    volgorde = [*STAPPEN, "aangeboden", "niet_in_behandeling", "ingetrokken", "beeindigd_zonder_advies"]
    for gang in traject.stapgangen.all():
        plaats = volgorde.index(gang.naar)
        if plaats <= verst:
            continue
        verst = plaats
        eigen = gang.naar == "toewijzing" and traject.eigen_initiatief
        daad = "Begonnen op eigen initiatief" if eigen else PUBLIEKE_NAAM[gang.naar].capitalize()
        soort = "vergadering" if gang.naar in {"naar_raad", "vaststelling", "aanbieding"} else "stap"
        papier = [Papier(advies.titel, advies.get_absolute_url())] if advies and gang.naar == "aangeboden" else []
        feiten.append((gang.dag, 0, Feit(daad, gang.dag, soort=soort, stukken=papier)))
    for stuk_ in stukken:
        naam = STUKNAAM.get(stuk_.soort, stuk_.soort)
        dag = dag_van(stuk_.vanaf)
        weg = f"{traject.get_absolute_url()}{stuk_.soort}/"
        feiten.append((dag, 1, Feit(f"{naam} openbaar", dag, soort="stuk", stukken=[Papier(stuk_.titel, weg)])))
    if graf is not None:
        feiten.append((dag_van(graf.vanaf), 2, Feit("Advies ingetrokken", dag_van(graf.vanaf), soort="stap")))
    feiten.sort(key=lambda f: f[:2])
    uit = [feit for _, _, feit in feiten]
    if traject.lopend and traject.verwacht_op:
        uit.append(Feit("Advies verwacht", traject.verwacht_op, soort="komt"))
    return Verhaal(uit)


@openbaar
def vergaderingen(request: HttpRequest) -> HttpResponse:
    """Het rooster: wat komt, en wat geweest is per jaar."""
    dag = vandaag()
    alle = Vergadering.objects.order_by("datum", "begin")
    komend = [v for v in alle.filter(datum__gte=dag) if v.status in {*NOG, "afgelast"}]
    adressen: dict[str, list[str]] = {}
    for adres, nu in VorigAdres.objects.filter(nu__in=[v.slug for v in komend]).values_list("slug", "nu"):
        adressen.setdefault(nu, []).append(adres)
    geweest: dict[str, list[Vergadering]] = {}
    for v in alle.exclude(pk__in=[k.pk for k in komend]).order_by("-datum"):
        geweest.setdefault(str(v.datum.year) if v.datum else "Zonder datum", []).append(v)
    return render(
        request,
        "publiek/vergaderingen.html",
        {
            "komend": [(v, eerdere_dagen(adressen.get(v.slug, []), v.datum)) for v in komend],
            "geweest": geweest,
            "aantal": sum(len(lijst) for lijst in geweest.values()),
        },
    )


@openbaar
def vergadering(request: HttpRequest, slug: str) -> HttpResponse:
    """Eén vergadering: agenda met stuknummers, uitkomsten, verslag. Het adres van voor een verplaatsing stuurt door.

    Voor nu: op die dag kan later een andere vergadering komen.
    """
    rij = Vergadering.objects.filter(slug=slug).first()
    if rij is None:
        nu = VorigAdres.objects.filter(slug=slug).values_list("nu", flat=True).first()
        if nu is None:
            raise Http404
        return redirect("publiek:vergadering", nu)
    punten = list(Agendapunt.objects.filter(vergadering=rij).order_by("volgorde"))
    buren = Vergadering.objects.filter(datum__isnull=False).order_by("datum")
    return render(
        request,
        "publiek/vergadering.html",
        {
            "vergadering": rij,
            "verplaatst_van": eerdere_dagen(
                VorigAdres.objects.filter(nu=rij.slug).values_list("slug", flat=True), rij.datum
            ),
            "ging_weg": _ging_weg(rij),
            "punten": _met_stuk(punten),
            "verslag": Stuk.objects.filter(sleutel=f"verslag:{rij.pk}").first(),
            "vorige": buren.filter(datum__lt=rij.datum).last() if rij.datum else None,
            "volgende": buren.filter(datum__gt=rij.datum).first() if rij.datum else None,
            "adviezen": Advies.objects.defer("zoek", "zoek_kort", "html").filter(
                datum=rij.datum, metadata__datum_precisie="dag"
            )
            if rij.datum and rij.datum_precisie == "dag"
            else [],
            "komt": rij.status in NOG and rij.datum is not None and rij.datum >= vandaag(),
            "bron": rij.bron if isinstance(rij.bron, list) else [rij.bron],
        },
    )


def _met_stuk(punten: list[Agendapunt]) -> list[tuple[Agendapunt, str]]:
    """Geef bij elk agendapunt het adres van zijn ontwerpadvies; leeg als dat niet openbaar is of er niet bij hoort."""
    nummers = [p.stuknummer for p in punten if p.stuknummer and not p.vervallen_reden]
    bij_nummer: dict[str, str] = {}
    if nummers:
        stukken = Stuk.objects.filter(soort="ontwerpadvies", metadata__stuknummer__in=nummers)
        van = dict(stukken.values_list("metadata__traject", "metadata__stuknummer"))
        trajecten_ = Traject.objects.filter(pk__in=van)
        bij_nummer = {van[t.pk]: f"{t.get_absolute_url()}ontwerpadvies/" for t in trajecten_}
    return [(p, bij_nummer.get(p.stuknummer or "", "")) for p in punten]


def _ging_weg(rij: Vergadering) -> list[Vergadering]:
    """Geef welke andere raadsvergaderingen op deze dag zouden zijn en nu op een andere dag staan."""
    if rij.datum is None:
        return []
    adressen = VorigAdres.objects.filter(slug__startswith=rij.datum.isoformat()).exclude(nu=rij.slug)
    andere = Vergadering.objects.filter(slug__in=adressen.values("nu")).exclude(datum=rij.datum)
    return list(andere.order_by("datum", "begin"))


@openbaar
def bekendmakingen(request: HttpRequest) -> HttpResponse:
    """Begroting, jaarrekening en verordeningen die bekend zijn gemaakt, met de dagen om bezwaar te maken."""
    rijen = [
        # In de voorbeeldwereld is het nummer verzonnen: daar staat iets anders.
        (b, Bekendmakingsoort(b.soort).label, "" if b.voorbeeld else in_staatscourant(b.vindplaats))
        for b in Bekendmaking.objects.order_by("-op", "-id")[:200]
    ]
    return render(
        request,
        "publiek/bekendmakingen.html",
        {"rijen": rijen, "open": [rij for rij in rijen if rij[0].bezwaar_tot and rij[0].bezwaar_tot >= vandaag()]},
    )
