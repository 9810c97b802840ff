"""Welke stukken in het archiefdossier van een traject komen, en welke met opzet niet.

Erin: wat de raad vastlegde en wat hij ontving. Niet erin: interne notities van organisaties, opmerkingen van lezers
en van kroonleden, waar iemand gebleven was, reacties die nooit zijn ingediend en de schrijfstand. Die zijn van de
schrijver (ontwerp §5).
"""

from collections.abc import Callable, Iterable, Iterator
from html import escape

from adviezen.enums import Medestatus, Reactiestatus, SoortVersie
from adviezen.models import Adviestraject, Deelname, Reactie, ReactieItem, Versie, Verwerking
from adviezen.queries import dossier_werk
from adviezen.queries.dossier_werk import Dossierstuk, tabel
from adviezen.queries.ontwerp import advies_is_openbaar
from kern.html import als_alineas
from kern.tijd import datum_nl, moment_nl, nu
from logboek.models import Gebeurtenis
from publicatie.models import Publicatie

HTML = "text/html"
Bron = Callable[[Adviestraject], Iterable[Dossierstuk]]
_erna: list[Bron] = []


def registreer(bron: Bron) -> None:
    """Meld aan wat er na het aanbieden nog bij het dossier komt (in `ready()` van een app op een hogere verdieping)."""
    if bron not in _erna:
        _erna.append(bron)


def stukken(traject: Adviestraject) -> Iterator[Dossierstuk]:
    """Geef de stukken van het dossier, in de volgorde waarin zij ontstonden."""
    openbaar = advies_is_openbaar(traject)
    yield from dossier_werk.voortraject(traject)
    yield from _begin(traject)
    yield from dossier_werk.impact(traject)
    yield from dossier_werk.inspraak(traject)
    yield from dossier_werk.rapportages(traject)
    for versie in Versie.objects.filter(traject=traject).select_related("bron_bestand").order_by("pk"):
        yield _versie(versie, openbaar=openbaar)
    for beraad in traject.beraden.order_by("ronde"):
        for deelname in beraad.deelnames.select_related("organisatie", "reactie").order_by("pk"):
            reactie = getattr(deelname, "reactie", None)
            if reactie is not None and reactie.status != Reactiestatus.CONCEPT:
                yield _reactie(beraad.ronde, deelname, reactie)
        yield from dossier_werk.knelpunten(beraad)
    if verwerking := _verwerking(traject):
        yield verwerking
    yield from _slot(traject, openbaar=openbaar)
    yield from _openbaar(traject)
    for bron in _erna:
        yield from bron(traject)


def _begin(traject: Adviestraject) -> Iterator[Dossierstuk]:
    aanvraag = getattr(traject, "aanvraag", None)
    if aanvraag is not None:
        vragers = ", ".join(v.naam for v in aanvraag.vragers.order_by("naam"))
        yield Dossierstuk(
            "adviesaanvraag",
            f"Adviesaanvraag van {vragers}",
            html=f"<p>Brief van {datum_nl(aanvraag.datum)}, ontvangen {datum_nl(aanvraag.ontvangen_op)}.</p>"
            + als_alineas(aanvraag.vraag),
            bestand=aanvraag.bestand,
            openbaar=aanvraag.openbaar,
            omschrijving=aanvraag.niet_openbaar_grond,
        )
    besluit = getattr(traject, "startbesluit", None)
    if besluit is not None:
        yield Dossierstuk(
            "startbesluit", "Startbesluit", als_alineas(f"{datum_nl(besluit.besloten_op)}\n\n{besluit.tekst}")
        )
    oordelen = list(traject.criteriumoordelen.order_by("pk"))
    if oordelen:
        rijen = [(o.omschrijving, o.get_oordeel_display(), o.toelichting) for o in oordelen]
        yield Dossierstuk(
            "criteria", "Beoordeling van de criteria", tabel(("Criterium", "Oordeel", "Toelichting"), rijen)
        )
    for nummer, toewijzing in enumerate(
        traject.toewijzingen.select_related("commissie", "brief").order_by("pk"), start=1
    ):
        delen = [toewijzing.get_besluit_display(), toewijzing.scope, toewijzing.motivering, toewijzing.brief_tekst]
        if toewijzing.commissie:
            delen.insert(1, toewijzing.commissie.naam)
        yield Dossierstuk(
            f"besluit-dagelijks-bestuur-{nummer}",
            "Besluit van het dagelijks bestuur",
            als_alineas("\n\n".join(d for d in delen if d)),
            bestand=toewijzing.brief,
        )


def _versie(versie: Versie, *, openbaar: bool) -> Dossierstuk:
    return Dossierstuk(
        f"versie-{versie.soort}-{versie.nummer}",
        f"{versie}".capitalize(),
        html=versie.html,
        bestand=versie.bron_bestand,
        openbaar=openbaar and versie.soort == SoortVersie.VASTGESTELD,
        omschrijving=f"Gemaakt {moment_nl(versie.aangemaakt_op)} door {versie.auteur_naam}; hash {versie.hash}",
    )


def _reactie(ronde: int, deelname: Deelname, reactie: Reactie) -> Dossierstuk:
    organisatie = deelname.organisatie
    kop = f"<p>{escape(str(reactie.get_oordeel_display() or reactie.get_status_display()))}</p>"
    bevestigd = reactie.mede.filter(status=Medestatus.BEVESTIGD).select_related("deelname__organisatie")
    mede = [m.deelname.organisatie.naam for m in bevestigd] + [reactie.mede_namens] * bool(reactie.mede_namens)
    kop += f"<p>Mede namens {escape(', '.join(mede))}.</p>" if mede else ""
    punten = ReactieItem.objects.filter(reactie=reactie).order_by("volgorde", "pk")
    rijen = [(str(p.volgorde), p.citaat, p.tekst, p.voorstel) for p in punten]
    return Dossierstuk(
        f"reactie-ronde-{ronde}-{organisatie.slug}",
        f"Reactie van {organisatie.naam}, ronde {ronde}",
        html=kop
        + als_alineas(reactie.toelichting)
        + (tabel(("Punt", "Bij", "Tekst", "Voorstel"), rijen) if rijen else ""),
    )


def _verwerking(traject: Adviestraject) -> Dossierstuk | None:
    rijen = [
        (
            v.item.reactie.deelname.organisatie.naam,
            v.item.tekst,
            v.get_oordeel_display(),
            v.reden,
        )
        for v in Verwerking.objects.filter(item__reactie__deelname__beraad__traject=traject)
        .exclude(vastgesteld_in=None)
        .select_related("item__reactie__deelname__organisatie")
        .order_by("pk")
    ]
    if not rijen:
        return None
    return Dossierstuk(
        "verwerkingstabel",
        "Verwerkingstabel",
        tabel(("Organisatie", "Punt", "Besluit van de commissie", "Reden"), rijen),
    )


def _slot(traject: Adviestraject, *, openbaar: bool) -> Iterator[Dossierstuk]:
    toets = getattr(traject, "uitvoeringstoets", None)
    if toets is not None:
        yield Dossierstuk(
            "uitvoeringstoets",
            "Uitvoerbaarheid, kosten en geraakte groepen",
            als_alineas("\n\n".join((toets.uitvoerbaarheid, toets.kosten, toets.doelgroepen))),
        )
    for agendering in traject.agenderingen.select_related("agendapunt__vergadering").order_by("pk"):
        yield from dossier_werk.standpunten(agendering)
        for nummer, nota in enumerate(agendering.minderheidsnotas.order_by("pk"), start=1):
            yield Dossierstuk(
                f"minderheidsnota-{agendering.pk}-{nummer}", nota.titel, nota.html, nota.bestand, openbaar=openbaar
            )
    aanbieding = getattr(traject, "aanbieding", None)
    if aanbieding is not None:
        for nummer, brief in enumerate(aanbieding.brieven.order_by("pk"), start=1):
            yield Dossierstuk(f"brief-{nummer}", f"Aanbiedingsbrief aan {brief.aan}", brief.html)
        if aanbieding.pdf is not None:
            yield Dossierstuk("advies", f"Advies: {traject.titel}", bestand=aanbieding.pdf, openbaar=openbaar)
    if traject.einde_reden or traject.einde_brief:
        yield Dossierstuk("einde", "Reden van het einde", als_alineas(traject.einde_reden), traject.einde_brief)


def _openbaar(traject: Adviestraject) -> Iterator[Dossierstuk]:
    """Wat gepubliceerd is geweest, ook wat later vervangen of ingetrokken is; wat herroepen is was nooit openbaar."""
    sleutels = [f"{soort}:t-{traject.pk}" for soort in ("advies", "ontwerpadvies", "adviesaanvraag")]
    for nummer, p in enumerate(Publicatie.objects.filter(sleutel__in=sleutels).order_by("vanaf", "pk"), start=1):
        if p.tot == p.vanaf:
            continue
        tot = f" tot {moment_nl(p.tot)}" if p.tot else ""
        yield Dossierstuk(
            f"publicatie-{nummer}-{p.soort}",
            f"Publicatie: {p.titel}",
            html=p.html or f"<p>{escape(p.titel)}</p>",
            openbaar=p.vanaf <= nu(),
            omschrijving=f"Openbaar van {moment_nl(p.vanaf)}{tot}; hash {p.inhoud_hash}",
        )


def logboek(traject: Adviestraject) -> list[dict[str, object]]:
    """Geef de gebeurtenissen van het traject en zijn advies uit het logboek, oudste eerst, zonder inzagen."""
    sleutels = [("adviezen.adviestraject", str(traject.pk))]
    advies = getattr(traject, "advies", None)
    if advies is not None:
        sleutels.append(("adviezen.advies", str(advies.pk)))
    rijen: list[Gebeurtenis] = []
    for soort, nummer in sleutels:
        rijen += Gebeurtenis.objects.filter(object_soort=soort, object_id=nummer)
    return [
        {
            "id": r.pk,
            "tijdstip": r.tijdstip.isoformat(),
            "soort": r.soort,
            "wie": r.actor_naam,
            "waarop": r.object_naam,
            "reden": r.reden,
            "gegevens": r.gegevens,
        }
        for r in sorted(rijen, key=lambda r: r.pk)
    ]
