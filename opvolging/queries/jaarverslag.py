"""Wat er in een jaar gebeurde, geteld uit de records: de hoofdstukken van het jaarverslag."""

from collections import Counter
from datetime import date
from statistics import median

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from adviezen.enums import Stap
from adviezen.models import Advies, Adviesaanvraag, Adviestraject
from kern.html import alineas
from kern.models import Precisie
from kern.tijd import datum_nl, vandaag
from opvolging.enums import Oordeel, Stand
from opvolging.jaartekst import Hoofdstuk
from opvolging.models import Antwoord, Jaarverslag, Kabinetsreactie, Opvolgstand
from opvolging.queries.reactie import klokken_van, onder_embargo, ontvangen
from opvolging.termijnsoorten import NAAM
from termijnen.models import Termijn
from vergaderingen.enums import Orgaan, Status
from vergaderingen.models import Vergadering


def hoofdstukken(verslag: Jaarverslag) -> list[Hoofdstuk]:
    """Geef de hoofdstukken over het jaar van `verslag`, uit records met hetzelfde merk VOORBEELD.

    Is het aangeboden, dan zoals zij toen waren.
    """
    if verslag.inhoud is not None:
        return [Hoofdstuk(**hoofdstuk) for hoofdstuk in verslag.inhoud]
    jaar, merk = verslag.jaar, verslag.voorbeeld
    van, tot = date(jaar, 1, 1), date(jaar, 12, 31)
    uit = [Hoofdstuk("Inleiding", alineas(verslag.inleiding))] if verslag.inleiding.strip() else []
    # Van een advies uit het archief is de dag van uitbrengen niet bekend; zijn jaar wel, en zo telt de site het ook.
    uit_archief = Q(uitgebracht_op__isnull=True, traject__isnull=True, jaar=jaar)
    adviezen = list(
        Advies.objects.filter(Q(uitgebracht_op__range=(van, tot)) | uit_archief, voorbeeld=merk)
        .select_related("commissie", "traject")
        .order_by(Coalesce("uitgebracht_op", "datum"), "pk")
    )
    # Wat onder embargo ligt, hoort niet in een verslag dat openbaar wordt.
    geheim = onder_embargo(adviezen)
    adviezen = [a for a in adviezen if a.pk not in geheim]
    return [
        *uit,
        _adviezen(jaar, adviezen, len(geheim)),
        _aanvragen(jaar, merk, van, tot),
        _vergaderingen(merk, van, tot),
        _reacties(jaar, merk, van, tot, adviezen),
        _aanbevelingen(jaar, merk, van, tot),
    ]


def _aantal(n: int, een: str, meer: str) -> str:
    return f"{'één' if n == 1 else n or 'geen'} {een if n == 1 else meer}"


def _adviezen(jaar: int, adviezen: list[Advies], geheim: int) -> Hoofdstuk:
    oordelen = Counter(a.oordeel for a in adviezen)
    alineas = [f"Het portaal kent van {jaar} geen adviezen."]
    if adviezen:
        alineas = [f"In {jaar} bracht de SER {_aantal(len(adviezen), 'advies', 'adviezen')} uit."]
        bekend = oordelen["unaniem"] + oordelen["verdeeld"]
        alineas.append(
            f"Van {_aantal(bekend, 'advies', 'adviezen')} is het oordeel vastgelegd: "
            f"{oordelen['unaniem']} unaniem, {oordelen['verdeeld']} verdeeld."
        )
        duur = [
            (a.uitgebracht_op - a.aanvraagdatum).days
            for a in adviezen
            if a.uitgebracht_op is not None and a.aanvraagdatum is not None
        ]
        if duur:
            midden = int(median(duur) + 0.5)  # een halve dag naar boven, zoals bij de cijfers op de site
            alineas.append(f"Van aanvraag tot advies duurde het {midden} dagen (mediaan, n = {len(duur)}).")
    if geheim:
        alineas.append(f"Nog onder embargo en daarom niet geteld: {_aantal(geheim, 'advies', 'adviezen')}.")
    rijen = [
        [
            a.nummer or "–",
            a.titel,
            datum_nl(a.uitgebracht_op, weekdag=False) if a.uitgebracht_op else "dag niet bekend",
            a.oordeel or _zonder_oordeel(a),
        ]
        for a in adviezen
    ]
    return Hoofdstuk("Adviezen", alineas, [["Nummer", "Titel", "Uitgebracht", "Oordeel"], *rijen])


def _zonder_oordeel(advies: Advies) -> str:
    """Over wat een commissie zelf uitbrengt stemt de raad niet (Wet op de SER, artikel 43 en 44)."""
    zelf = advies.traject is not None and bool(advies.traject.rechtstreeks)
    return "de raad stemde niet" if zelf else "niet bekend"


def _aanvragen(jaar: int, merk: bool, van: date, tot: date) -> Hoofdstuk:
    binnen = Adviesaanvraag.objects.filter(traject__voorbeeld=merk, ontvangen_op__range=(van, tot)).count()
    einde = Adviestraject.objects.filter(voorbeeld=merk, geeindigd_op__range=(van, tot))
    geweigerd = einde.filter(stap=Stap.NIET_IN_BEHANDELING).count()
    ingetrokken = einde.filter(stap=Stap.INGETROKKEN).count()
    eigen = Adviestraject.objects.filter(
        voorbeeld=merk, eigen_initiatief=True, startbesluit__besloten_op__range=(van, tot)
    ).count()
    # Wat het portaal niet kent, is niet "geen": het gaat over jaren van voor het portaal net zo goed.
    if not binnen + eigen + geweigerd + ingetrokken:
        return Hoofdstuk("Aanvragen", [f"Het portaal kent van {van.year} geen adviesaanvragen."])
    return Hoofdstuk(
        "Aanvragen",
        [
            f"De SER ontving {_aantal(binnen, 'adviesaanvraag', 'adviesaanvragen')} en begon "
            f"{_aantal(eigen, 'traject', 'trajecten')} op eigen initiatief.",
            f"Niet in behandeling genomen: {geweigerd}. Ingetrokken: {ingetrokken}.",
        ],
    )


def _vergaderingen(merk: bool, van: date, tot: date) -> Hoofdstuk:
    # Wat in het archief staat is gehouden, al weten wij niet hoe laat; alleen aangekondigd is dat niet.
    gehouden: QuerySet[Vergadering] = (
        Vergadering.objects.filter(voorbeeld=merk, orgaan=Orgaan.RAAD, datum__range=(van, tot), status=Status.GESLOTEN)
        .exclude(zekerheid="aangekondigd")
        .order_by("datum", "pk")
    )
    dagen = [
        datum_nl(v.datum, weekdag=False) if v.datum_precisie == Precisie.DAG else v.datum_tekst
        for v in gehouden
        if v.datum is not None
    ]
    opsomming = f": {', '.join(dagen)}" if dagen else ""
    zin = f"De raad vergaderde {len(dagen)} keer{opsomming}."
    if not dagen:
        zin = f"Het portaal kent van {van.year} geen vergadering die de raad hield."
    return Hoofdstuk("Vergaderingen van de raad", [zin])


def _reacties(jaar: int, merk: bool, van: date, tot: date, adviezen: list[Advies]) -> Hoofdstuk:
    kwamen = list(
        Kabinetsreactie.objects.filter(ingetrokken_op__isnull=True)
        .filter(voorbeeld=merk, datum__range=(van, tot))
        .prefetch_related("adviezen", "deels")
        .order_by("datum", "pk")
    )
    regels = ontvangen(kwamen)
    hoe = Counter(oordeel for regel in regels for _, oordeel in regel.adviezen)
    per = min(tot, vandaag())  # loopt het jaar nog, dan tellen wij tot vandaag
    wanneer = "Aan het eind van het jaar" if per == tot else f"Op {datum_nl(per, weekdag=False)}"
    laat = (
        Termijn.objects.filter(soort=NAAM, voorbeeld=merk, vervalt_op__lt=per)
        .filter(Q(status="open") | Q(status="voldaan", voldaan_op__gt=per))
        .count()
    )
    rijen = [
        [regel.reactie.datum_tekst, a.titel, regel.reactie.kamerstuk or "–", WOORDEN.get(oordeel, oordeel)]
        for regel in regels
        for a, oordeel in regel.adviezen
    ]
    klokken, kwam = len(klokken_van(adviezen)), _aantal(len(kwamen), "reactie", "reacties")
    return Hoofdstuk(
        "Reacties van het kabinet",
        [
            f"Het kabinet stuurde {kwam}{_verdeling(hoe, len(kwamen))}."
            if kwamen
            else f"Het portaal kent van {jaar} geen reacties van het kabinet.",
            *(
                [
                    f"Voor {_aantal(klokken, 'advies', 'adviezen')} uit {jaar} ging de klok van drie maanden lopen.",
                    f"{wanneer} was bij {_aantal(laat, 'advies', 'adviezen')} de afgesproken dag voorbij "
                    "zonder volledige reactie.",
                ]
                if klokken or laat
                else []
            ),
        ],
        [["Datum", "Advies", "Stuk", "Stand"], *rijen],
    )


def _verdeling(hoe: Counter[str], brieven: int) -> str:
    delen = [f"{hoe[naam]} {woord}" for naam, woord in WOORDEN.items() if hoe[naam]]
    per = " (geteld per advies)" if hoe.total() != brieven else ""
    return f": {', '.join(delen)}{per}" if delen else ""


WOORDEN = {
    "op_tijd": "op tijd",
    "later": "later",
    "gedeeltelijk": "gedeeltelijk",
    "wet": "gevolgd in wet",
    "niet_bekend": "niet na te gaan",
}


def _aanbevelingen(jaar: int, merk: bool, van: date, tot: date) -> Hoofdstuk:
    gegeven = list(
        Antwoord.objects.filter(voorbeeld=merk, reactie__datum__range=(van, tot), reactie__ingetrokken_op__isnull=True)
        .order_by("aanbeveling_id", "geadresseerde_id", "-pk")
        .distinct("aanbeveling_id", "geadresseerde_id")
        .values_list("aanbeveling_id", "oordeel")
    )
    antwoorden = Counter(oordeel for _, oordeel in gegeven)
    standen = Counter(
        Opvolgstand.objects.filter(voorbeeld=merk, per__range=(van, tot))
        .order_by("aanbeveling_id", "-pk")
        .distinct("aanbeveling_id")
        .values_list("stand", flat=True)
    )
    rijen = [[Oordeel(o).label, str(antwoorden[o])] for o in Oordeel.values if antwoorden[o]]
    rijen += [[f"stand: {Stand(s).label}", str(standen[s])] for s in Stand.values if standen[s]]
    # Aan meer mensen gericht geeft één aanbeveling meer antwoorden.
    gaf, nagegaan = len({aanbeveling for aanbeveling, _ in gegeven}), sum(standen.values())
    if not gaf + nagegaan:
        return Hoofdstuk("Aanbevelingen", [f"Het portaal kent van {jaar} geen beoordeelde antwoorden of standen."])
    return Hoofdstuk(
        "Aanbevelingen",
        [
            f"Over {_aantal(gaf, 'aanbeveling', 'aanbevelingen')} is in {jaar} een antwoord beoordeeld.",
            f"Van {_aantal(nagegaan, 'aanbeveling', 'aanbevelingen')} is nagegaan wat ervan kwam.",
            *(
                ["Een aanbeveling aan meer bewindspersonen telt in de tabel bij ieder van hen mee."]
                if len(gegeven) > gaf
                else []
            ),
        ],
        [["Wat", "Aantal"], *rijen],
    )
