"""Waar de objecten van het register vandaan komen: zoeken in de voorbeeldwereld, per soort."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from adviezen.models import (
    Deelname,
    Knelpunt,
    Medeondertekening,
    Meelezer,
    Opmerking,
    ReactieItem,
    Versie,
)
from berichten.queries import berichten_van
from commissies.models import Commissielid
from dialoog import tokens
from dialoog.enums import Ritme
from dialoog.models import Aanmelding, Abonnement, Editie
from kern.blokken import blokken
from kern.tijd import AMSTERDAM, nu
from opvolging.models import Kabinetsreactie
from publicatie.models import Publicatie
from tests.matrix.wereld import Toneel
from vergaderingen.models import Agendapunt, Stemronde, Vergadering

Kwargs = dict[str, Any]
LEREN = "leren-naast-de-baan-voorbeeld"  # naar de raad, commissie Leren, twee ronden
THUISWERKEN = "thuiswerken-over-de-grens-voorbeeld"  # in achterbanberaad, commissie Grensarbeid
INITIATIEF = "kleine-bedrijven-en-ai-voorbeeld"  # toewijzing
DERDE = "oefentraject-stap-3-voorbeeld"  # concept, commissie Digitalisering
EERSTE = "oefentraject-stap-1-voorbeeld"
VERWERKING = "oefentraject-stap-5-voorbeeld"
INGETROKKEN = "feestdagen-in-caos-voorbeeld"


def trajecten(*slugs: str) -> Callable[[Toneel], list[Kwargs]]:
    """Geef deze trajecten als parameter `slug`."""
    return lambda w: [{"slug": slug} for slug in slugs]


def handelingen(w: Toneel) -> list[Kwargs]:
    """Per stap een gewone handeling, en een naam die geen handeling is maar wel op een adres past."""
    return [
        {"slug": EERSTE, "naam": "leg_voor_aan_db"},
        {"slug": THUISWERKEN, "naam": "sluit_achterbanberaad_na_termijn"},
        {"slug": LEREN, "naam": "haal_terug_naar_commissie"},
    ]


def _vergaderingen() -> dict[str, Vergadering]:
    """Een per orgaan: de gesloten raad, het bestuur, twee commissies, het kroonledenoverleg."""
    uit: dict[str, Vergadering] = {}
    for rij in Vergadering.objects.select_related("commissie").order_by("pk"):
        uit.setdefault(f"{rij.orgaan} {rij.commissie.afkorting or rij.commissie.slug if rij.commissie else ''}", rij)
    return uit


def vergaderingen(w: Toneel) -> list[Kwargs]:
    return [{"pk": rij.pk} for rij in _vergaderingen().values()]


def een_vergadering(w: Toneel) -> list[Kwargs]:
    return vergaderingen(w)[:2]


def agendapunten(w: Toneel) -> list[Kwargs]:
    punten = [Agendapunt.objects.filter(vergadering=rij).first() for rij in _vergaderingen().values()]
    return [{"pk": p.vergadering_id, "punt": p.pk} for p in punten if p is not None]


def themapunt(w: Toneel) -> list[Kwargs]:
    """De themasessie van de komende raad."""
    punt = Agendapunt.objects.filter(soort="thema").order_by("pk")[0]
    return [{"pk": punt.vergadering_id, "punt": punt.pk}]


def stemronden(*soorten: str) -> Callable[[Toneel], list[Kwargs]]:
    """Geef per soort een gesloten stemming."""

    def zoek(w: Toneel) -> list[Kwargs]:
        rijen = [Stemronde.objects.filter(soort=soort).order_by("pk")[0] for soort in soorten]
        return [{"pk": r.agendapunt.vergadering_id, "ronde": r.pk} for r in rijen]

    return zoek


def een_agendapunt(w: Toneel) -> list[Kwargs]:
    return agendapunten(w)[:2]


def eerste(model: Any, veld: str = "pk", **filter: Any) -> Callable[[Toneel], list[Kwargs]]:
    """Geef de eerste rij van een model als parameter."""

    def zoek(w: Toneel) -> list[Kwargs]:
        rij = model.objects.filter(**filter).order_by("pk").first()
        assert rij is not None, f"geen {model.__name__} in de voorbeeldwereld"
        return [{veld: getattr(rij, veld)}]

    return zoek


COMMISSIE = "commissie-leren-en-ontwikkelen-voorbeeld"


def commissielid(w: Toneel) -> list[Kwargs]:
    lid = Commissielid.objects.filter(commissie__slug=COMMISSIE).order_by("-pk")[0]
    return [{"slug": COMMISSIE, "pk": lid.pk}]


def bericht(w: Toneel) -> list[Kwargs]:
    """Een bericht dat de coördinator kreeg en een van een raadslid: elk alleen voor zichzelf."""
    van = (w.loods.raad.coordinatoren["VNO-NCW"], w.rollen["commissielid"])
    gevonden = [berichten_van(g).order_by("pk").first() for g in van]
    return [{"pk": b.pk} for b in gevonden if b is not None]


def drie_versies(w: Toneel) -> list[Kwargs]:
    """Een concept elders, de witte versie in de open ronde, en de groene die nog niet verzonden is."""
    soorten = ((DERDE, "concept"), (THUISWERKEN, "wit"), (LEREN, "groen"))
    rijen = [Versie.objects.filter(traject__slug=slug, soort=soort).order_by("pk").last() for slug, soort in soorten]
    return [{"pk": rij.pk} for rij in rijen if rij is not None]


def versies(w: Toneel) -> list[Kwargs]:
    """Van elk traject met tekst de nieuwste versie van elke soort: concept, wit, groen."""
    uit: dict[tuple[int, str], int] = {}
    for rij in Versie.objects.filter(traject__slug__in=(LEREN, THUISWERKEN, DERDE)).order_by("pk"):
        uit[rij.traject_id, rij.soort] = rij.pk
    return [{"pk": pk} for pk in uit.values()]


def uit_word(w: Toneel) -> list[Kwargs]:
    """De versie van de voorbeeldwereld die uit Word kwam, met een afbeelding zonder beschrijving."""
    rij = Versie.objects.filter(inleesverslag__isnull=False).order_by("pk")[0]
    return [{"slug": rij.traject.slug, "pk": rij.pk}]


def paren(w: Toneel) -> list[Kwargs]:
    """Twee concepten, en een concept met de witte versie (die zien niet dezelfde mensen), van een lopend traject."""
    rijen = list(Versie.objects.filter(traject__slug=THUISWERKEN).order_by("pk"))
    return [{"oud": a.pk, "nieuw": b.pk} for a, b in ((rijen[0], rijen[1]), (rijen[1], rijen[-1]))]


def alineas(w: Toneel) -> list[Kwargs]:
    """Een alinea van de witte versie en een van een concept elders."""
    rijen = [Versie.objects.filter(traject__slug=slug).order_by("pk").last() for slug in (THUISWERKEN, DERDE)]
    return [{"pk": rij.pk, "blok": blokken(rij.html)[:2][-1].id} for rij in rijen if rij is not None]


def opmerkingen(w: Toneel) -> list[Kwargs]:
    """In elke kring een opmerking."""
    return [{"pk": o.pk} for o in Opmerking.objects.order_by("kring", "pk").distinct("kring")]


def bij_traject(model: Any, pad: str, slug: str = LEREN) -> Callable[[Toneel], list[Kwargs]]:
    """Geef een rij van een traject als `slug` en `pk`; is er nog geen, dan het nummer 1 (zie ZONDER_OBJECT)."""

    def zoek(w: Toneel) -> list[Kwargs]:
        rij = model.objects.filter(**{f"{pad}__slug": slug}).order_by("pk").first()
        return [{"slug": slug, "pk": rij.pk if rij else 1}]

    return zoek


def van_archief(w: Toneel) -> list[Kwargs]:
    """Geef een openbaar stuk van toen, waarbij een PDF kan hangen."""
    return [{"pk": Publicatie.objects.filter(sleutel="advies:adv-3").latest("pk").pk}]


def deelnames(w: Toneel) -> list[Kwargs]:
    """Drie organisaties in de open ronde (in concept, ingediend, stil) en één in een gesloten ronde."""
    rijen = Deelname.objects.filter(beraad__traject__slug=THUISWERKEN).order_by("pk")
    organisaties = w.loods.raad.organisaties
    open_ = [rijen.get(organisatie=organisaties[naam]) for naam in ("VNO-NCW", "FNV", "CNV")]
    dicht = Deelname.objects.filter(beraad__traject__slug=LEREN).order_by("pk")[0]
    return [{"pk": rij.pk} for rij in (*open_, dicht)]


def punten(w: Toneel) -> list[Kwargs]:
    """Een punt in concept van VNO-NCW en een ingediend punt van de FNV."""
    items = ReactieItem.objects.filter(reactie__deelname__beraad__traject__slug=THUISWERKEN).order_by("reactie", "pk")
    return [{"pk": i.reactie.deelname_id, "item": i.pk} for i in items.distinct("reactie")]


def meelezers(w: Toneel) -> list[Kwargs]:
    rij = Meelezer.objects.filter(traject__slug=THUISWERKEN).order_by("pk")[0]
    deelname = Deelname.objects.get(beraad__traject=rij.traject, organisatie=rij.organisatie)
    return [{"pk": deelname.pk, "meelezer": rij.pk}]


def antwoorden(w: Toneel) -> list[Kwargs]:
    """Een organisatie met beantwoorde punten, en een zonder."""
    besloten = Deelname.objects.filter(reactie__items__verwerking__vastgesteld_in__isnull=False)
    met = besloten.filter(organisatie=w.loods.raad.organisaties["VNO-NCW"]).order_by("pk")[0]
    return [{"pk": met.pk}, deelnames(w)[0]]


def medes(w: Toneel) -> list[Kwargs]:
    """Een verzoek om mee te tekenen, vanuit wie gevraagd is."""
    rij = Medeondertekening.objects.get(deelname__organisatie=w.loods.raad.organisaties["VNO-NCW"])
    return [{"pk": rij.deelname_id, "mede": rij.pk}]


def eigen_medes(w: Toneel) -> list[Kwargs]:
    """Een verzoek vanuit wie het deed."""
    rij = Medeondertekening.objects.get(reactie__deelname__organisatie=w.loods.raad.organisaties["VNO-NCW"])
    return [{"pk": rij.reactie.deelname_id, "mede": rij.pk}]


def knelpunten(w: Toneel) -> list[Kwargs]:
    rij = Knelpunt.objects.filter(deelname__organisatie=w.loods.raad.organisaties["VNO-NCW"])[0]
    return [{"pk": rij.deelname_id, "knelpunt": rij.pk}]


def verwerkingen(w: Toneel) -> list[Kwargs]:
    """Een punt dat nog open staat en een waarover besloten is."""
    uit = []
    for slug in (VERWERKING, LEREN):
        item = ReactieItem.objects.filter(reactie__deelname__beraad__traject__slug=slug).order_by("pk")[0]
        uit.append({"slug": slug, "item": item.pk})
    return uit


def kabinetsreacties(w: Toneel) -> list[Kwargs]:
    rij = Kabinetsreactie.objects.order_by("pk").first()
    return [{"pk": rij.pk if rij else 1}]


def opgevolgd(w: Toneel) -> list[Kwargs]:
    """Een advies met een gedeeltelijke reactie, brieven en een verstreken klok."""
    rij = Kabinetsreactie.objects.order_by("pk")[0]
    return [{"kenmerk": a.kenmerk} for a in rij.adviezen.all()]


def editie(w: Toneel) -> list[Kwargs]:
    """De nieuwsupdate van een halve maand."""
    van = datetime(2026, 11, 10, 7, tzinfo=AMSTERDAM)
    rij, _ = Editie.objects.get_or_create(
        ritme=Ritme.NIEUWSUPDATE, nummer=1, defaults={"van": van, "tot": van + timedelta(days=14)}
    )
    return [{"pk": rij.pk}]


def volglink(doel: str) -> Callable[[Toneel], list[Kwargs]]:
    """De link uit een e-mail aan een lezer van buiten."""

    def maak(w: Toneel) -> list[Kwargs]:
        rij, nieuw = Abonnement.objects.get_or_create(email="lezer@voorbeeld.test")
        if nieuw:
            rij.volgvragen.create(omschrijving="alle adviezen", ritme=Ritme.DAG)
        if doel == "bevestig":
            gegevens = {"omschrijving": "alle adviezen", "ritme": Ritme.WEEK, "vervalt_op": nu() + timedelta(days=7)}
            wacht, _ = Aanmelding.objects.get_or_create(email=rij.email, defaults=gegevens)
            return [{"token": tokens.maak(doel, wacht.kenmerk)}]
        return [{"token": tokens.maak(doel, rij.kenmerk, Ritme.DAG if doel == "stop" else "")}]

    return maak
