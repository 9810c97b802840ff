"""De bron van nieuws voor `dialoog`: leest onder de rol ser_publiek, dus nooit iets dat niet openbaar is."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connections
from django.db.models import Q

from dialoog.bronnen import SOORTEN, Nieuws, Nieuwsbron
from kern.tijd import vandaag
from publiek import zoekvraag
from publiek.models import Commissie, Commissielid
from publiek.queries import namen_van_keuzes, themas
from publiek.verbinding import ALIAS, leestransactie
from publiek.zoeken import deel

LANGSTE = 400


def beschrijf(vraag: str) -> tuple[str, str]:
    """Geef een zoekvraag (het vraagdeel van een adres) op vaste volgorde, en in woorden."""
    gelezen = zoekvraag.van_kern(vraag)
    with leestransactie():
        namen = namen_van_keuzes()
    return gelezen.kern(), zoekvraag.omschrijving(gelezen, namen)


def nieuws(van: datetime, tot: datetime) -> list[Nieuws]:
    """Geef wat in [van, tot) voor het eerst openbaar werd en het nu nog is, per soort en de nieuwste eerst."""
    with leestransactie(), connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT soort, sleutel, titel, adres, tekst, moment, advies_id, commissie, voorbeeld FROM publiek.nieuws "
            "WHERE moment >= %s AND moment < %s ORDER BY moment DESC, sleutel",
            [van, tot],
        )
        rijen = cursor.fetchall()
    uit = [
        Nieuws(soort, sleutel, titel, adres, _kort(tekst), moment.isoformat(), advies, commissie, voorbeeld)
        for soort, sleutel, titel, adres, tekst, moment, advies, commissie, voorbeeld in rijen
    ]
    volgorde = list(SOORTEN)
    return sorted(uit, key=lambda n: volgorde.index(n.soort))


def _kort(tekst: str) -> str:
    tekst = " ".join(tekst.split())
    return tekst if len(tekst) <= LANGSTE else tekst[:LANGSTE].rsplit(" ", 1)[0] + " …"


def past(vraag: str, onderdelen: Sequence[Nieuws]) -> set[str]:
    """Geef de sleutels die bij de vraag horen.

    Zonder vraag alles. Een advies of een reactie hoort erbij als het advies bij de vraag past; een ontwerp of traject
    als de vraag alleen een commissie noemt en het van haar is; een vergadering alleen als men alles volgt.
    """
    gelezen = zoekvraag.van_kern(vraag)
    if not gelezen.kern():
        return {n.sleutel for n in onderdelen}
    ids = sorted({n.advies for n in onderdelen if n.advies is not None})
    with leestransactie():
        gevonden = set(deel(gelezen, 0, len(ids), binnen=ids)[1]) if ids else set()
    uit = {n.sleutel for n in onderdelen if n.advies in gevonden}
    if gelezen.gefilterd == ["commissie"] and not gelezen.q and not gelezen.begrensd:
        uit |= {n.sleutel for n in onderdelen if n.advies is None and n.commissie and n.commissie in gelezen.commissie}
    return uit


def onderwerpen() -> list[tuple[str, list[tuple[str, str]]]]:
    """Geef per groep wat men los kan volgen, als (vraag, naam): elk thema en elke commissie die nog bestaat.

    Van veel commissies uit het archief is niet bekend of zij zijn opgeheven. Wie nu leden heeft staat daarom apart.
    """
    dag = vandaag()
    with leestransactie():
        over = [(zoekvraag.Zoekvraag(thema=(t["slug"],)).kern(), t["naam"]) for t in themas()]
        zittend = Commissielid.objects.filter(Q(tot__isnull=True) | Q(tot__gt=dag), van__lte=dag)
        werkt = set(zittend.values_list("commissie_id", flat=True).distinct())
        rijen = list(Commissie.objects.filter(opgeheven_op__isnull=True).order_by("sorteersleutel"))
    nu, eerder = [c for c in rijen if c.pk in werkt], [c for c in rijen if c.pk not in werkt]
    groepen = [("Thema’s", over), ("Commissies die nu leden hebben", _volgbaar(nu))]
    return [
        (naam, keuzes)
        for naam, keuzes in (*groepen, ("Andere commissies, ook van vroeger", _volgbaar(eerder)))
        if keuzes
    ]


def _volgbaar(commissies: Sequence[Commissie]) -> list[tuple[str, str]]:
    return [(zoekvraag.Zoekvraag(commissie=(c.slug,)).kern(), c.naam) for c in commissies]


BRON = Nieuwsbron(beschrijf, nieuws, past, onderwerpen)
