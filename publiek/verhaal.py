"""Het verhaal van een advies: van aanvraag tot uitwerking, onder één kenmerk, met de zekerheid van elke datum."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from adviezen.enums import PUBLIEKE_NAAM
from kern.beeld import hoofdletter
from kern.componenten import Feit, Papier, Verhaal
from kern.tijd import dag_van, vandaag
from publiek.lezen import bron_naam, datum_tekst, is_adres, reactie_datum
from publiek.models import (
    Advies,
    Bewijs,
    Evaluatie,
    Evaluatietermijn,
    Herinneringsbrief,
    Kabinetsreactie,
    Stapgang,
    Stuk,
    Toezegging,
    Vergadering,
)
from publiek.models import Klok as KlokRij
from publiek.opvolging import BEWIJZEN

# Wat er tussen de vraag en de vaststelling te vertellen valt; de vraag, de vaststelling en het aanbieden staan er al.
ONDERWEG = ("concept", "achterbanberaad", "naar_raad")
WOORD_DATUM = {
    "rapport": "Uitgebracht",
    "verkenning": "Uitgebracht",
    "signalering": "Uitgebracht",
    "nota": "Uitgebracht",
    "rede": "Uitgesproken",
}


@dataclass(frozen=True)
class Doorwerking:
    """Wat een advies wilde bereiken ({kop, tekst}), de evaluaties die gelden, en welke nog komen."""

    beoogd: Sequence[dict[str, str]] = ()
    evaluaties: Sequence[Evaluatie] = ()
    komend: Sequence[Evaluatietermijn] = ()


@dataclass(frozen=True)
class Vervolg:
    """Wat er na het aanbieden over een advies vastligt, naast de brieven van het kabinet."""

    stappen: Sequence[Stapgang] = ()
    stukken: Sequence[Stuk] = ()
    vergadering: Vergadering | None = None
    toezeggingen: Sequence[Toezegging] = ()
    brieven: Sequence[Herinneringsbrief] = ()
    bewijzen: Sequence[Bewijs] = ()
    doorwerking: Doorwerking = field(default_factory=Doorwerking)


def doorwerking_van(kenmerk: str, metadata: dict[str, Any], er_is: Collection[str]) -> Doorwerking:
    """Geef de doorwerking van een openbaar advies; `er_is` is wat er vastligt (`queries.rond`)."""
    evaluaties, komend = Evaluatie.objects.filter(kenmerk=kenmerk, geldt=True), Evaluatietermijn.objects
    return Doorwerking(
        beoogd=metadata.get("impact") or [],
        evaluaties=list(evaluaties) if "evaluatie" in er_is else [],
        komend=list(komend.filter(kenmerk=kenmerk)) if "evaluatietermijn" in er_is else [],
    )


def vervolg_van(advies: Advies, er_is: Collection[str]) -> Vervolg:
    """Geef wat er na het aanbieden vastligt; een bewijs staat er één keer in. `er_is`: zie `queries.rond`."""
    k = advies.kenmerk
    gevonden = Bewijs.objects.filter(aanbeveling__kenmerk=k).order_by("datum", "id") if "bewijs" in er_is else ()
    bewijzen = {b.bewijs_id: b for b in gevonden}
    traject = k.removeprefix("t-")
    stappen = (
        Stapgang.objects.filter(traject_id=traject).order_by("id") if k.startswith("t-") else Stapgang.objects.none()
    )
    namen = [f"{soort}:{k}" for soort in ("adviesaanvraag", "ontwerpadvies")] if k.startswith("t-") else []
    return Vervolg(
        stappen=list(stappen),
        stukken=list(Stuk.objects.filter(sleutel__in=namen).defer("html")) if namen else [],
        vergadering=_vergadering_van(advies),
        toezeggingen=list(Toezegging.objects.filter(kenmerk=k)) if "toezegging" in er_is else [],
        brieven=list(Herinneringsbrief.objects.filter(kenmerk=k)) if "herinneringsbrief" in er_is else [],
        bewijzen=list(bewijzen.values()),
        doorwerking=doorwerking_van(k, advies.metadata, er_is),
    )


def _vergadering_van(advies: Advies) -> Vergadering | None:
    """Geef de openbare raadsvergadering van de dag waarop de raad het advies vaststelde, of None.

    Alleen als de bron zegt dat die dag de vaststelling is; wat een commissie zelf uitbracht, stelde de raad niet vast.
    """
    m = advies.metadata
    vastgesteld = str(m.get("datum_soort") or "").startswith("vaststelling") and m.get("datum_precisie") == "dag"
    if advies.datum is None or not vastgesteld or m.get("rechtstreeks"):
        return None
    dag = Vergadering.objects.filter(datum=advies.datum, openbaar=True, voorbeeld=advies.voorbeeld)
    return dag.exclude(status__in=("afgelast", "niet_doorgegaan")).order_by("begin", "pk").first()


def verhaal_van(advies: Advies, klok: KlokRij | None, reacties: Sequence[Kabinetsreactie], na: Vervolg) -> Verhaal:
    """Geef wat er met het advies gebeurde, oudste eerst; wat daarna kwam op de dag die bekend is, en wat nog komt."""
    m = advies.metadata
    feiten = [*_vraag(m, na.stukken), *_onderweg(na.stappen, m, na.stukken), _vastgesteld(advies, na.vergadering)]
    if m.get("uitgebracht_op"):
        daad = "Aangeboden" if m.get("embargo") else "Aangeboden en openbaar"  # de pers leest haar al
        feiten.append(Feit(daad, date.fromisoformat(m["uitgebracht_op"]), soort="brief"))
    gedateerd = [*_reacties(reacties), *_daarna(na)]
    if klok and not any(r.beantwoordt for r in reacties):
        verwacht = _verwacht(klok)
        gedateerd.append((verwacht.datum.isoformat() if verwacht.datum else "9", verwacht))
    feiten += [feit for _, feit in sorted(gedateerd, key=lambda paar: paar[0])]
    feiten += [
        Feit(f"De SER kijkt na {t.na_jaren} jaar wat het uitwerkte", t.vervalt_op, soort="komt")
        for t in na.doorwerking.komend
    ]
    return Verhaal(feiten)


def _verwacht(klok: KlokRij) -> Feit:
    """Geef tot wanneer de reactie kon of kan komen; staat de termijn stil, dan is er nu geen uiterste dag."""
    if klok.status == "gepauzeerd":
        return Feit("De termijn voor de reactie van het kabinet staat stil, sinds", klok.stil_sinds, soort="komt")
    if klok.vervalt_op < vandaag():
        return Feit("Afgesproken dag voor de reactie van het kabinet", klok.vervalt_op, soort="dag")
    return Feit("Reactie van het kabinet verwacht, uiterlijk", klok.vervalt_op, soort="komt")


def _papieren(soort: str, m: dict[str, Any], stukken: Sequence[Stuk]) -> list[Papier]:
    """Geef waar dit openbare stuk van het traject te lezen is."""
    slug = m.get("traject")
    return [Papier(s.titel, f"/trajecten/{slug}/{s.soort}/") for s in stukken if slug and s.soort == soort]


def _vraag(m: dict[str, Any], stukken: Sequence[Stuk]) -> Iterable[Feit]:
    vragers = ", ".join(m.get("adviesvragers") or [])
    if vragers or m.get("aanvraagdatum"):
        yield Feit(
            "Gevraagd" if vragers else "Op eigen initiatief begonnen",
            datum_tekst=str(m.get("aanvraagdatum_tekst") or ""),
            door=f"door {vragers}" if vragers else "",
            stukken=_papieren("adviesaanvraag", m, stukken),
            soort="brief",
        )


def _onderweg(stappen: Sequence[Stapgang], m: dict[str, Any], stukken: Sequence[Stuk]) -> list[Feit]:
    """Geef de eerste keer dat een stap begon (teruggaan is voor binnenskamers), en sinds wanneer het ontwerp er is."""
    eerste: dict[str, Feit] = {}
    for gang in stappen:
        if gang.naar in ONDERWEG:
            eerste.setdefault(gang.naar, Feit(PUBLIEKE_NAAM[gang.naar].capitalize(), gang.dag))
    paren = [(feit.datum or date.min, feit) for feit in eerste.values()]
    for s in stukken:
        if papier := _papieren("ontwerpadvies", m, [s]):
            daad = f"{hoofdletter(str(s.metadata.get('versie') or 'ontwerpadvies'))} openbaar"
            paren.append((dag_van(s.vanaf), Feit(daad, dag_van(s.vanaf), stukken=papier, soort="stuk")))
    return [feit for _, feit in sorted(paren, key=lambda paar: paar[0])]


def _vastgesteld(advies: Advies, vergadering: Vergadering | None) -> Feit:
    m = advies.metadata
    pdf = "Advies als PDF" if m.get("volledig") else "Gegevens als PDF"
    return Feit(
        WOORD_DATUM.get(str(m.get("vorm")), "Vastgesteld" if m.get("nummer") or advies.oordeel else "Gepubliceerd"),
        datum_tekst=datum_tekst(advies),
        toelichting=str(m.get("datum_soort") or "").capitalize(),
        # een voorproef heeft nog geen nummer in de database, en haar PDF nog geen openbaar adres
        stukken=[
            *([Papier(pdf, f"{advies.get_absolute_url()}advies.pdf", "PDF")] if advies.pk else []),
            *([Papier("De raadsvergadering", vergadering.get_absolute_url())] if vergadering else []),
        ],
        soort="vergadering",
    )


def _reacties(reacties: Sequence[Kabinetsreactie]) -> Iterable[tuple[str, Feit]]:
    for reactie in reacties:
        bron = reactie.bron or ""
        yield (
            reactie.datum.isoformat() if reactie.datum else reactie.datum_tekst or "9",
            Feit(
                reactie.kop,
                datum_tekst=reactie_datum(reactie),
                door=reactie.afzenders or "",
                toelichting=". ".join(d for d in (reactie.kamerstuk, reactie.toelichting, reactie.intrekking) if d),
                stukken=[Papier(bron_naam(bron), bron)] if is_adres(bron) else [],
                soort="brief",
            ),
        )


def _daarna(na: Vervolg) -> Iterable[tuple[str, Feit]]:
    for t in na.toezeggingen:
        yield t.gedaan_op.isoformat(), Feit(f"Reactie toegezegd voor {t.datum_tekst}", t.gedaan_op, door=t.door_wie)
    for brief in na.brieven:
        dag = brief.verstuurd_op
        yield dag.isoformat(), Feit("De SER vroeg om een reactie", dag, door=f"aan {brief.aan}", soort="brief")
    for b in na.bewijzen:
        stukken = [Papier(bron_naam(b.bron), b.bron)] if is_adres(b.bron) else []
        feit = Feit(
            f"{BEWIJZEN[b.soort]}: {b.titel}",
            datum_tekst=b.datum_tekst,
            toelichting=b.toelichting,
            stukken=stukken,
            soort="stuk",
        )
        yield b.datum.isoformat() if b.datum else "9", feit
    for e in na.doorwerking.evaluaties:
        yield (
            e.per.isoformat(),
            Feit(f"Evaluatie {e.wanneer}: {e.oordeel}", e.per, door="door de SER", toelichting=e.bevindingen),
        )
