"""Wat er na het aanbieden bij het archiefdossier van een advies komt: brieven over en weer, en wat ervan kwam."""

from collections.abc import Iterator

from adviezen.models import Adviestraject
from adviezen.queries.dossier_werk import Dossierstuk, tabel
from kern.html import als_alineas
from kern.tijd import datum_met_precisie, datum_nl
from opvolging.models import Evaluatie, Herinneringsbrief, Kabinetsreactie, Opvolgstand, Toezegging


def stukken(traject: Adviestraject) -> Iterator[Dossierstuk]:
    """Geef toezeggingen, verstuurde herinneringen, kabinetsreacties, opvolging en evaluaties, elk op dag."""
    advies = getattr(traject, "advies", None)
    if advies is None:
        return
    beloofd = [
        (datum_nl(t.gedaan_op), t.door_wie, datum_met_precisie(t.datum, t.datum_precisie), t.bron)
        for t in Toezegging.objects.geldig().filter(advies=advies).order_by("gedaan_op", "pk")
    ]
    if beloofd:
        yield Dossierstuk("toezeggingen", "Toezeggingen", tabel(("Op", "Door", "Reactie uiterlijk", "Bron"), beloofd))
    brieven = Herinneringsbrief.objects.filter(advies=advies, verstuurd_op__isnull=False).select_related("pdf")
    for nummer, brief in enumerate(brieven.order_by("verstuurd_op", "pk"), start=1):
        yield Dossierstuk(
            f"herinneringsbrief-{nummer}",
            f"Herinneringsbrief aan {brief.aan}",
            als_alineas(brief.tekst),
            brief.pdf,
            omschrijving=f"Verstuurd {datum_met_precisie(brief.verstuurd_op, 'dag')}",
        )
    reacties = Kabinetsreactie.objects.filter(adviezen=advies).select_related("bestand")
    for nummer, reactie in enumerate(reacties.order_by("datum", "pk"), start=1):
        yield _reactie(nummer, reactie)
    standen = [
        (datum_nl(s.per), s.aanbeveling.tekst, s.get_stand_display(), s.motivering)
        for s in Opvolgstand.objects.filter(aanbeveling__advies=advies)
        .select_related("aanbeveling")
        .order_by("per", "pk")
    ]
    if standen:
        koppen = ("Stand per", "Aanbeveling", "Stand", "Waarom")
        yield Dossierstuk("aanbevelingen-gevolgd", "Wat er met de aanbevelingen gebeurde", tabel(koppen, standen))
    for nummer, evaluatie in enumerate(Evaluatie.objects.filter(advies=advies).order_by("per", "pk"), start=1):
        delen = (
            evaluatie.get_uitwerking_display(),
            *(evaluatie.bevindingen, evaluatie.groepen, evaluatie.geraadpleegd, evaluatie.lessen),
        )
        yield Dossierstuk(
            f"evaluatie-{nummer}",
            f"Evaluatie, stand per {datum_nl(evaluatie.per)}",
            als_alineas("\n\n".join(deel for deel in delen if deel)),
        )


def _reactie(nummer: int, reactie: Kabinetsreactie) -> Dossierstuk:
    dag = datum_met_precisie(reactie.datum, reactie.datum_precisie)
    delen = (reactie.get_vorm_display(), reactie.afzenders, reactie.kamerstuk, reactie.toelichting, reactie.bron)
    html = als_alineas("\n\n".join(deel for deel in delen if deel))
    antwoorden = [
        (a.aanbeveling.tekst, a.get_oordeel_display(), a.citaat, a.motivering)
        for a in reactie.antwoorden.select_related("aanbeveling").order_by("pk")
    ]
    if antwoorden:
        html += tabel(("Aanbeveling", "Oordeel", "Citaat", "Waarom"), antwoorden)
    weg = reactie.ingetrokken_op
    return Dossierstuk(
        f"kabinetsreactie-{nummer}",
        f"Reactie van het kabinet, {dag}",
        html,
        reactie.bestand,
        omschrijving=f"Ingetrokken {datum_nl(weg)}: {reactie.ingetrokken_reden}" if weg else "",
    )
