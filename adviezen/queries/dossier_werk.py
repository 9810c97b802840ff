"""Wat het werk aan een advies opleverde buiten de tekst zelf, als stukken voor het archiefdossier.

Hoe de vraag ontstond, wie er gehoord is, wat organisaties vooraf meldden, wat de kroonleden te lezen kregen, wat het
advies moest bereiken, en wie welk standpunt innam.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from adviezen.models import Adviestraject, BeoogdeImpact, Inspraak, Knelpunt, Registratie
from kern.html import als_alineas
from kern.tijd import datum_met_precisie, datum_nl, moment_nl

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adviezen.models import Achterbanberaad, Agendering, Steun
    from stukken.models import Bestand


@dataclass(frozen=True)
class Dossierstuk:
    """Een stuk: tekst (HTML) of een bewaard bestand, of allebei; `openbaar` als het gepubliceerd is of was."""

    naam: str
    titel: str
    html: str = ""
    bestand: "Bestand | None" = None
    openbaar: bool = False
    omschrijving: str = ""


def tabel(koppen: tuple[str, ...], rijen: "Sequence[tuple[str, ...]]") -> str:
    """Geef een HTML-tabel; alle tekst wordt ontsnapt."""
    kop = "".join(f'<th scope="col">{escape(k)}</th>' for k in koppen)
    lijf = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in rij) + "</tr>" for rij in rijen)
    return f"<table><thead><tr>{kop}</tr></thead><tbody>{lijf}</tbody></table>"


def voortraject(traject: Adviestraject) -> Iterator[Dossierstuk]:
    """Geef hoe de vraag ontstond, als zij verwacht werd: de verkenning, wat het bestuur vond, en het besluit."""
    rij = getattr(traject, "voortraject", None)
    if rij is None:
        return
    delen = [f"Herkomst: {rij.get_herkomst_display()}", rij.toelichting, rij.probleemstelling, rij.besluit_reden]
    html = als_alineas("\n\n".join(d for d in delen if d))
    verkend = [(datum_nl(v.op), v.get_vorm_display(), v.met_wie, v.opbrengst) for v in rij.verkenningen.all()]
    if verkend:
        html += tabel(("Dag", "Vorm", "Met wie", "Wat het opleverde"), verkend)
    meningen = [
        (datum_nl(m.op), m.door.naam, m.get_wens_display(), m.toelichting)
        for m in rij.meningen.select_related("door").order_by("pk")
    ]
    if meningen:
        html += tabel(("Dag", "Lid van het dagelijks bestuur", "Wat hij vindt", "Toelichting"), meningen)
    yield Dossierstuk("voortraject", f"Voortraject: {rij.titel}", html)


def inspraak(traject: Adviestraject) -> Iterator[Dossierstuk]:
    """Geef wie er verder gehoord is en wat dat opleverde."""
    rijen = []
    for rij in Inspraak.objects.filter(traject=traject).prefetch_related("gehoorden").order_by("van", "pk"):
        dag = datum_nl(rij.van) + (f" tot en met {datum_nl(rij.tot)}" if rij.tot else "")
        wie = ", ".join(g.naam for g in rij.gehoorden.all())
        lijst = "ja" if rij.openbaar else f"nee: {rij.niet_openbaar_reden}"
        rijen.append((dag, rij.get_vorm_display(), rij.onderwerp, rij.plaats, wie, rij.uitkomst, lijst))
    if rijen:
        koppen = ("Dag", "Vorm", "Onderwerp", "Plaats", "Wie", "Wat het opleverde", "In de openbare lijst")
        yield Dossierstuk("inspraak", "Wie er gehoord is", tabel(koppen, rijen))


def impact(traject: Adviestraject) -> Iterator[Dossierstuk]:
    """Geef wat het advies moest bereiken, zoals bij de intake en bij de vaststelling gezien."""
    for rij in BeoogdeImpact.objects.filter(traject=traject).order_by("pk"):
        html = "".join(f"<h2>{escape(kop.capitalize())}</h2>{als_alineas(tekst)}" for kop, tekst in rij.delen())
        yield Dossierstuk(f"beoogde-impact-{rij.moment}", f"{rij}".capitalize(), html)


def knelpunten(beraad: "Achterbanberaad") -> Iterator[Dossierstuk]:
    """Geef wat organisaties in deze ronde vooraf aan de secretaris meldden, met de antwoorden."""
    rijen = []
    gemeld = Knelpunt.objects.filter(deelname__beraad=beraad).select_related("deelname__organisatie")
    for rij in gemeld.prefetch_related("berichten").order_by("pk"):
        naam = rij.deelname.organisatie.naam
        vraag = f"Vraagt meer tijd, tot en met {datum_nl(rij.vraagt_tot)}. " if rij.vraagt_tot else ""
        rijen.append((moment_nl(rij.gemeld_op), naam, f"{vraag}{rij.tekst}"))
        rijen += [
            (moment_nl(b.op), naam if b.van_organisatie else f"Antwoord aan {naam}", b.tekst)
            for b in rij.berichten.all()
        ]
    if rijen:
        yield Dossierstuk(
            f"knelpunten-ronde-{beraad.ronde}",
            f"Gemelde knelpunten, ronde {beraad.ronde}",
            tabel(("Wanneer", "Van", "Tekst"), rijen),
        )


def rapportages(traject: Adviestraject) -> Iterator[Dossierstuk]:
    """Geef de voortgangsrapportages aan de kroonleden; wat zij daar in hun eigen kring op zeiden hoort er niet bij."""
    for rij in traject.rapportages.order_by("nummer"):
        yield Dossierstuk(
            f"voortgangsrapportage-{rij.nummer}",
            f"Voortgangsrapportage {rij.nummer} aan de kroonleden",
            als_alineas(rij.tekst),
            omschrijving=f"Geschreven {moment_nl(rij.op)} door {rij.auteur_naam}",
        )


def _zetels(steun: "Iterable[Steun]") -> Iterator[str]:
    for rij in sorted(steun, key=lambda s: s.zetel.nummer):
        organisatie = f", {rij.zetel.organisatie.naam}" if rij.zetel.organisatie else ""
        yield f"{rij.persoon.naam} (zetel {rij.zetel.nummer}{organisatie})"


def standpunten(agendering: "Agendering") -> Iterator[Dossierstuk]:
    """Geef de standpunten zoals zij in deze vergadering zijn vastgelegd: per passage de opvattingen, met wie."""
    delen = []
    alle = Registratie.objects.filter(agendering=agendering).order_by("volgorde", "pk")
    steun = "opvattingen__steun"
    koppen = ("Opvatting", "Wie", "Voetnoot", "Zetels")
    for registratie in alle.prefetch_related("opvattingen", f"{steun}__persoon", f"{steun}__zetel__organisatie"):
        rijen = [
            (o.tekst, o.aanduiding, o.voetnoot, ", ".join(_zetels(o.steun.all())))
            for o in registratie.opvattingen.all()
        ]
        delen.append(f"<h2>{escape(registratie.passage)}</h2>{tabel(koppen, rijen)}")
    if delen:
        moment, zitting = agendering.standpunten_vastgelegd_op, agendering.agendapunt.vergadering
        yield Dossierstuk(
            f"standpunten-{agendering.pk}",
            f"Standpunten op {datum_met_precisie(zitting.datum, zitting.datum_precisie)}",
            "".join(delen),
            omschrijving=f"Vastgelegd {moment_nl(moment)}" if moment else "Niet vastgelegd",
        )
