"""Lezen over vergaderingen: kring, presentielijst, wie er stemt, rooster."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max

from berichten.queries import van_handeling
from commissies import queries as commissies
from commissies.enums import CommissieRol
from commissies.models import Commissie
from kern.tekort import Tekort
from raad import queries as raad
from raad.enums import Geleding
from raad.models import Persoon, Zetel
from toegang.models import Gebruiker
from vergaderingen import bekendmaken
from vergaderingen.agenda import NAAM, OPNIEUW
from vergaderingen.enums import MET_COMMISSIE, AanwezigAls, Bekendmakingsoort, Orgaan, Status, Uitkomst
from vergaderingen.models import Agendapunt, Bekendmaking, Bundel, Presentie, Vergadering
from vergaderingen.verplaatst import eerdere_dagen

ALS = {
    CommissieRol.VOORZITTER: AanwezigAls.LID,
    CommissieRol.LID: AanwezigAls.LID,
    CommissieRol.PLAATSVERVANGER: AanwezigAls.PLAATSVERVANGER,
    CommissieRol.ADVISEREND_LID: AanwezigAls.ADVISEREND,
    CommissieRol.MINISTERIEEL_VERTEGENWOORDIGER: AanwezigAls.MINISTERIEEL,
    CommissieRol.WAARNEMER: AanwezigAls.WAARNEMER,
    CommissieRol.SECRETARIS: AanwezigAls.SECRETARIAAT,
}
VALT_UIT = (Status.AFGELAST, Status.NIET_DOORGEGAAN)
GROEPEN = (*Geleding.values, "consumenten", "")
GROEPNAAM = {**dict(Geleding.choices), "consumenten": "consumenten", "": "overige deelnemers"}


@dataclass(frozen=True)
class Genodigde:
    """Iemand die voor deze vergadering wordt opgeroepen, en als wat. Een plaatsvervanger kan meermaals voorkomen."""

    persoon: Persoon
    als: AanwezigAls
    groep: str
    organisatie: str = ""
    zetel: Zetel | None = None
    vervangt: Persoon | None = None

    @property
    def is_kroon(self) -> bool:
        """Geef of dit een kroonlid of plaatsvervangend kroonlid is."""
        return self.groep == Geleding.KROONLEDEN


def kring(vergadering: Vergadering) -> list[Genodigde]:
    """Geef wie op de vergaderdag bij het orgaan hoort, leden voor hun plaatsvervangers. Leeg zonder datum."""
    if vergadering.datum is None:
        return []
    if vergadering.orgaan in MET_COMMISSIE:
        return _kring_commissie(vergadering, vergadering.datum)
    genodigden = _kring_raad(vergadering.datum)
    if vergadering.orgaan == Orgaan.RAAD:
        return genodigden + (_ministeries(vergadering.datum, vergadering) if vergadering.openbaar else [])
    if vergadering.orgaan == Orgaan.KROONLEDENOVERLEG:
        return [g for g in genodigden if g.is_kroon]
    bestuur = set(raad.db_leden(vergadering.datum).values_list("pk", flat=True))
    return [g for g in genodigden if g.als == AanwezigAls.LID and g.persoon.pk in bestuur]


def _ministeries(dag: date, vergadering: Vergadering) -> list[Genodigde]:
    """Wie een ministerie in de openbare raad vertegenwoordigt, met raadgevende stem, en diens vervanger (Wet art. 28).

    Ook de vervanger krijgt bericht en stukken. Een besloten raad is alleen voor de leden (brochure).
    """
    return [
        Genodigde(
            m.persoon, AanwezigAls.MINISTERIEEL, "", m.ministerie, vervangt=m.vervangt.persoon if m.vervangt else None
        )
        for m in raad.vertegenwoordigers_op(dag, voorbeeld=vergadering.voorbeeld)
    ]


def _kring_raad(dag: date) -> list[Genodigde]:
    uit = []
    for plek in raad.zetels_op(dag):
        organisatie = plek.organisatie.naam if plek.organisatie else ""
        if plek.lid:
            uit.append(Genodigde(plek.lid, AanwezigAls.LID, plek.geleding.value, organisatie, plek.zetel))
        if plek.plaatsvervanger:
            uit.append(
                Genodigde(
                    plek.plaatsvervanger,
                    AanwezigAls.PLAATSVERVANGER,
                    plek.geleding.value,
                    organisatie,
                    plek.zetel,
                    plek.lid,
                )  # fmt: skip
            )
    return uit


def _kring_commissie(vergadering: Vergadering, dag: date) -> list[Genodigde]:
    if vergadering.commissie is None:
        return []
    uit = [
        Genodigde(
            rij.persoon,
            ALS[CommissieRol(rij.rol)],
            rij.geleding or "",
            rij.organisatie.naam if rij.organisatie else "",
            vervangt=rij.vervangt.persoon if rij.vervangt else None,
        )  # fmt: skip
        for rij in commissies.leden_van(vergadering.commissie, dag)
    ]
    rang = list(AanwezigAls.values)
    return sorted(uit, key=lambda g: (GROEPEN.index(g.groep), rang.index(g.als)))


@dataclass(frozen=True)
class Plek:
    """Eén regel van de presentielijst: een lid, met plaatsvervanger en wat er getekend is."""

    genodigde: Genodigde
    presentie: Presentie | None
    vervanger: Genodigde | None
    vervanger_presentie: Presentie | None
    stem: Presentie | None

    @property
    def aanwezig(self) -> bool:
        """Geef of het lid zelf aanwezig is."""
        return bool(self.presentie and self.presentie.aanwezig)

    @property
    def vervanger_aanwezig(self) -> bool:
        """Geef of de eigen plaatsvervanger aanwezig is."""
        return bool(self.vervanger_presentie and self.vervanger_presentie.aanwezig)


@dataclass(frozen=True)
class Groep:
    """Een geleding op de presentielijst."""

    geleding: str
    naam: str
    plekken: tuple[Plek, ...]

    @property
    def aanwezig(self) -> int:
        """Geef hoeveel plekken van deze groep bezet zijn, door het lid of een vervanger."""
        return sum(1 for plek in self.plekken if plek.stem or plek.aanwezig)

    @property
    def nog_te_tekenen(self) -> bool:
        """Geef of er nog iemand is die niets liet weten."""
        return any(plek.presentie is None and plek.stem is None for plek in self.plekken)


def presentiestand(vergadering: Vergadering) -> str:
    """Geef een merk dat verandert zodra er iemand tekent, ook een lid op de eigen tablet."""
    stand = vergadering.presenties.aggregate(aantal=Count("pk"), laatste=Max("getekend_op"))
    return f"{stand['aantal']}-{stand['laatste'].timestamp() if stand['laatste'] else 0}"


def presentielijst(vergadering: Vergadering) -> list[Groep]:
    """Geef de presentielijst per geleding; lege groepen blijven weg."""
    genodigden = kring(vergadering)
    per_persoon = {p.persoon_id: p for p in vergadering.presenties.select_related("persoon", "vervangt")}
    stemmen = {p.vervangt_id or p.persoon_id: p for p in per_persoon.values() if p.aanwezig and p.stemhebbend}
    vervangers: dict[int, Genodigde] = {g.vervangt.pk: g for g in genodigden if g.vervangt is not None}
    groepen: dict[str, list[Plek]] = {groep: [] for groep in GROEPEN}
    personen = {g.persoon.pk for g in genodigden}
    for g in genodigden:
        if g.als == AanwezigAls.PLAATSVERVANGER or (g.vervangt is not None and g.vervangt.pk in personen):
            continue
        vervanger = vervangers.get(g.persoon.pk)
        groepen[g.groep].append(
            Plek(
                genodigde=g,
                presentie=per_persoon.get(g.persoon.pk),
                vervanger=vervanger,
                vervanger_presentie=per_persoon.get(vervanger.persoon.pk) if vervanger else None,
                stem=stemmen.get(g.persoon.pk),
            )
        )
    return [Groep(g, GROEPNAAM[g], tuple(plekken)) for g, plekken in groepen.items() if plekken]


def afgemeld(vergadering: Vergadering) -> list[Presentie]:
    """Geef de regels van wie als afwezig op de lijst staat, op naam; voor de opening heeft die zich afgemeld."""
    rijen = vergadering.presenties.filter(aanwezig=False).select_related("persoon")
    return list(rijen.order_by("persoon__sorteersleutel", "pk"))


@dataclass(frozen=True)
class Komst:
    """Wat een genodigde van zijn komst kan zeggen: wie hem vervangt, en welk lid hij zelf kan vervangen."""

    vervangers: list[Persoon]
    afgemelde_leden: list[Persoon]


def komst_van(persoon: Persoon, vergadering: Vergadering, genodigden: Iterable[Genodigde]) -> Komst:
    """Geef wat bij de komst van deze genodigde hoort; één zoekvraag."""
    weg = {p.persoon_id: p.persoon for p in afgemeld(vergadering)}
    alle = list(genodigden)
    return Komst(
        [g.persoon for g in alle if g.vervangt is not None and g.vervangt.pk == persoon.pk],
        [weg[g.vervangt.pk] for g in alle if g.persoon.pk == persoon.pk and g.vervangt and g.vervangt.pk in weg],
    )


def handeling_komst(vergadering: Vergadering, persoon: Persoon) -> str:
    """Geef de handeling waaronder de berichten over de komst van deze persoon op deze dag staan."""
    assert vergadering.datum is not None  # noqa: S101 - wie zich afmeldt, is voor een dag opgeroepen
    return f"vergaderingen.komst:{vergadering.pk}:{persoon.pk}-{vergadering.datum:%Y%m%d}"


def post_over_komst(vergadering: Vergadering, persoon: Persoon) -> set[str]:
    """Geef de standen van de berichten aan de plaatsvervangers over de komst van deze persoon; één zoekvraag."""
    return set(van_handeling(handeling_komst(vergadering, persoon)).values_list("status", flat=True))


@dataclass(frozen=True)
class Stem:
    """Wie bij een agendapunt voor een lid de stem heeft."""

    persoon: Persoon
    zetel: Zetel | None
    vervangt: Persoon | None


def stemmen_bij(vergadering: Vergadering, agendapunt: Agendapunt | None = None) -> list[Stem]:
    """Geef wie de stemmen heeft: de presentielijst, met bij een agendapunt de vervangingen daarvan (regels 10, 11).

    Elke zetel en ieder mens komt hooguit één keer voor; wie vervangen wordt, of zich van medestemmen onthoudt (regel
    33), stemt bij dat punt niet. Een vervanging geldt zolang de vervanger er is en geen andere stem heeft.
    """
    getekend = list(
        vergadering.presenties.filter(aanwezig=True, stemhebbend=True)
        .select_related("persoon", "vervangt", "zetel__organisatie")
        .order_by("zetel__nummer", "persoon__sorteersleutel")
    )
    stemmen = {p.zetel_id or -p.pk: Stem(p.persoon, p.zetel, p.vervangt) for p in getekend}
    if agendapunt is not None:
        lid_van = {g.zetel.pk: g.persoon for g in kring(vergadering) if g.zetel and g.als == AanwezigAls.LID}
        zonder_stem = vergadering.presenties.filter(aanwezig=True, stemhebbend=False).values("persoon_id")
        for v in agendapunt.vervangingen.filter(vervanger__in=zonder_stem).select_related(
            "vervanger", "zetel__organisatie"
        ):
            lid = lid_van.get(v.zetel_id)
            zelf = lid is not None and lid.pk == v.vervanger_id
            stemmen[v.zetel_id] = Stem(v.vervanger, v.zetel, None if zelf else lid)
        for zetel_id in agendapunt.onthoudingen.values_list("zetel_id", flat=True):
            stemmen.pop(zetel_id, None)
    return list(stemmen.values())


def mag_zetel_vervangen(eigen: Genodigde, doel: Genodigde) -> bool:
    """Geef of deze plaatsvervanger dit lid mag vervangen (regel 12).

    Altijd het eigen lid; kroonleden vormen een pool waarin elke plaatsvervanger elk kroonlid vervangt, behalve
    De Nederlandsche Bank en het Centraal Planbureau: die alleen een op een (W19).
    """
    if eigen.vervangt is not None and eigen.vervangt.pk == doel.persoon.pk:
        return True
    if eigen.zetel is None or doel.zetel is None:
        return False
    return eigen.is_kroon and doel.is_kroon and not eigen.zetel.bijzonder and not doel.zetel.bijzonder


def zonder_account(genodigden: Iterable[Genodigde]) -> list[Persoon]:
    """Geef wie geen account heeft en dus op een andere manier bericht moet krijgen."""
    return list({g.persoon.pk: g.persoon for g in genodigden if g.persoon.gebruiker_id is None}.values())


def derde_vrijdag(jaar: int, maand: int) -> date:
    """Geef de derde vrijdag van een maand."""
    eerste = date(jaar, maand, 1)
    return eerste + timedelta(days=(4 - eerste.weekday()) % 7 + 14)


def voorstel_datum(orgaan: str, dag: date, commissie: Commissie | None = None) -> date:
    """Geef de eerstvolgende derde vrijdag na `dag` in een maand zonder vergadering van dit orgaan (W18: rooster)."""
    gepland = Vergadering.objects.filter(orgaan=orgaan, commissie=commissie, datum__gte=dag.replace(day=1))
    dagen = gepland.exclude(status__in=VALT_UIT).values_list("datum", flat=True)
    bezet = {(d.year, d.month) for d in dagen if d}
    jaar, maand = dag.year, dag.month
    while True:
        voorstel = derde_vrijdag(jaar, maand)
        if voorstel > dag and (jaar, maand) not in bezet:
            return voorstel
        jaar, maand = (jaar + 1, 1) if maand == 12 else (jaar, maand + 1)


def ook_die_maand(vergadering: Vergadering) -> list[str]:
    """Geef in één zin welke andere raadsvergaderingen er die maand al zijn; leeg als er geen is, of geen raad."""
    if vergadering.orgaan != Orgaan.RAAD or vergadering.datum is None:
        return []
    zelfde_maand = Vergadering.objects.filter(
        orgaan=Orgaan.RAAD, datum__year=vergadering.datum.year, datum__month=vergadering.datum.month
    )
    andere = zelfde_maand.exclude(status__in=VALT_UIT).exclude(pk=vergadering.pk).order_by("datum", "begin")
    dagen = [v.datum_tekst + (f", {v.begin:%H.%M} uur" if v.begin else "") for v in andere]
    return [f"Let op: in die maand vergadert de raad ook op {' en '.join(dagen)}."] if dagen else []


def verplaatst_van(vergadering: Vergadering) -> str:
    """Geef de dag of dagen waarop deze vergadering eerst zou zijn, of ""; één zoekvraag."""
    return eerdere_dagen(vergadering.vorige_adressen.values_list("slug", flat=True), vergadering.datum)


def laatste_bundel(vergadering: Vergadering, lezer: Gebruiker) -> Bundel | None:
    """Geef de laatst gevraagde bundel van deze lezer, of None."""
    return (
        Bundel.objects.filter(vergadering=vergadering, lezer=lezer)
        .select_related("opdracht__bestand")
        .order_by("-gevraagd_op", "-pk")
        .first()
    )


def latere_vergaderingen(vergadering: Vergadering) -> list[Vergadering]:
    """Geef de gehouden latere vergaderingen van hetzelfde orgaan: daarin kan het verslag worden vastgesteld (46)."""
    if vergadering.datum is None:
        return []
    return list(
        Vergadering.objects.filter(
            vergadering.zelfde_orgaan,
            datum__gt=vergadering.datum,
            status__in=(Status.GEOPEND, Status.GESLOTEN),
        ).order_by("datum")
    )


def bekendmakingen_van(punten: Collection[Agendapunt]) -> dict[int, dict[str, Bekendmaking]]:
    """Geef per punt (pk) de geldige bekendmakingen, per soort; ook die van voor het werd aangehouden.

    Drie zoekvragen, en een meer voor elke keer dat een punt al eerder werd aangehouden; niet meer bij meer punten.
    """
    eerder = eerdere_punten(punten)
    nummers = {*eerder, *(pk for pks in eerder.values() for pk in pks)}
    geldig = Bekendmaking.objects.filter(agendapunt__in=nummers, ingetrokken_reden="")
    rijen = list(geldig.select_related("agendapunt").order_by("op", "pk")) if nummers else []
    return {pk: {b.soort: b for b in rijen if b.agendapunt_id in (pk, *pks)} for pk, pks in eerder.items()}


def bekendmakingen_bij(punt: Agendapunt) -> dict[str, Bekendmaking]:
    """Geef de geldige bekendmakingen van één punt, per soort."""
    return bekendmakingen_van([punt])[punt.pk]


def eerdere_punten(punten: Collection[Agendapunt]) -> dict[int, list[int]]:
    """Geef per punt (pk) de punten die het voortzet: aangehouden, en daarna opnieuw op een agenda gezet."""
    uit: dict[int, list[int]] = {p.pk: [] for p in punten}
    jaar = {p.sleutel for p in punten if p.sleutel.startswith(f"{NAAM}:jaar:")}
    gelijk = list(Agendapunt.objects.filter(sleutel__in=jaar).values_list("pk", "sleutel")) if jaar else []
    for punt in punten:
        uit[punt.pk] = [pk for pk, sleutel in gelijk if sleutel == punt.sleutel and pk < punt.pk]
    spoor = {p.pk: p.sleutel for p in punten}
    while spoor := {pk: s for pk, s in spoor.items() if s.startswith(f"{NAAM}:{OPNIEUW}")}:
        vorige = {pk: int(sleutel.rpartition(":")[2]) for pk, sleutel in spoor.items()}
        sleutels = dict(Agendapunt.objects.filter(pk__in=set(vorige.values())).values_list("pk", "sleutel"))
        for pk, eerder in vorige.items():
            uit[pk].append(eerder)
        spoor = {pk: sleutels.get(eerder, "") for pk, eerder in vorige.items()}
    return uit


def bekend_te_maken(punt: Agendapunt) -> list[Bekendmakingsoort]:
    """Geef wat bij dit punt nog bekendgemaakt kan worden."""
    aangenomen = any(b.uitkomst == Uitkomst.AANGENOMEN for b in punt.besluiten.all())
    return bekendmaken.mogelijk(punt, bekendmakingen_bij(punt), aangenomen=aangenomen)


def tekorten_bekendmaking(vergadering: Vergadering) -> list[Tekort]:
    """Geef wat er bij de punten van deze agenda aan openbare bekendmakingen ontbreekt.

    Een vast aantal zoekvragen, hoeveel punten er ook staan.
    """
    punten = list(vergadering.agendapunten.filter(vervallen_reden=""))
    gedaan = bekendmakingen_van(punten)
    uit: list[Tekort] = []
    for punt in punten:
        punt.vergadering = vergadering
        uit += bekendmaken.tekorten(punt, gedaan[punt.pk])
    return uit
