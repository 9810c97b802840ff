"""Het leesscherm van een versie: de passages met hun opmerkingen, wat er nieuw is, en waar de lezer gebleven was."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from adviezen import permissions
from adviezen.enums import EINDSTANDEN, SoortVersie, Stap
from adviezen.models import Leesstand, Versie
from adviezen.policies.beraad import open_beraad
from adviezen.queries.beraad import Kringkeuze, kringkeuzes
from adviezen.queries.ontwerp import advies_is_openbaar, tekst_is_ontwerp
from adviezen.queries.opmerkingen import (
    ANTWOORDEN,
    SCHRIJFSTAPPEN,
    Filter,
    Geplaatst,
    Kaarten,
    Rij,
    geplaatst,
    leesstanden,
)
from adviezen.queries.plaats import VERVALLEN, Plek
from adviezen.queries.tekst import Passage, inhoud, passages
from adviezen.queries.vergelijken import verschillen
from adviezen.queries.verwerking import mag_tabel_lezen
from adviezen.queries.voorlopig import voorlopigen
from kern import componenten
from kern.markeer import Merk
from kern.tijd import nu
from raad.enums import Geleding
from toegang.enums import Rol
from toegang.rollen import heeft

if TYPE_CHECKING:
    from toegang.models import Gebruiker

# Zoveel opmerkingen staan uitgeschreven bij één passage en op de hele bladzijde; de rest staat achter een link.
PER_PASSAGE, PER_BLADZIJDE = 6, 150
# Zoveel sprongen staan er in de band met wat nieuw is.
SPRONGEN = 6
# Als wat iemand leest, in volgorde van belang.
IN_DE_COMMISSIE: dict[Rol, str] = {
    Rol.COMMISSIEVOORZITTER: "voorzitter van de commissie",
    Rol.COMMISSIELID: "lid van de commissie",
    Rol.COMMISSIE_PLAATSVERVANGER: "plaatsvervangend lid van de commissie",
    Rol.ADVISEREND_LID: "adviserend lid van de commissie",
    Rol.WAARNEMER: "waarnemer bij de commissie",
    Rol.MINISTERIEEL_VERTEGENWOORDIGER: "ministerieel vertegenwoordiger bij de commissie",
}
IN_DE_RAAD: tuple[tuple[Rol, str | None, str], ...] = (
    (Rol.KROONLID, None, "kroonlid"),
    (Rol.RAADSLID, None, "raadslid"),
    (Rol.PLAATSVERVANGER, f"geleding:{Geleding.KROONLEDEN}", "plaatsvervangend kroonlid"),
    (Rol.PLAATSVERVANGER, None, "plaatsvervangend raadslid"),
    (Rol.MINISTERIEEL_VERTEGENWOORDIGER, "raad", "vertegenwoordiger van een ministerie in de raad"),
    (Rol.ORGANISATIECOORDINATOR, None, "coördinator van uw organisatie"),
    (Rol.MEELEZER, None, "meelezer van uw organisatie"),
    (Rol.WAARNEMER, None, "waarnemer"),
)
SCHOON, WIJZIGINGEN, SINDS = "schoon", "wijzigingen", "sinds"


def laad(gebruiker: "Gebruiker") -> Any:
    """Geef de versies die deze persoon mag lezen, met wat een bladzijde nodig heeft."""
    return Versie.objects.zichtbaar_voor(gebruiker).select_related(
        "traject__commissie", "traject__secretaris", "vastgesteld_in"
    )


@dataclass
class Groep:
    """Opmerkingen die niet bij een passage staan: over het geheel, of bij een passage die verviel."""

    opmerkingen: list[componenten.Opmerking] = field(default_factory=list)
    meer: int = 0


@dataclass
class Blad:
    """De opmerkingen over de bladzijde verdeeld."""

    passages: list[Passage]
    geheel: Groep
    vervallen: Groep
    aantal: int
    aantal_open: int


def _kies(rijen: Iterable[Rij], plaats: dict[int, int], nieuwe: frozenset[int]) -> tuple[list[Rij], dict[int, int]]:
    """Kies wat uitgeschreven wordt: per passage eerst wat nieuw, blokkerend of open is. Geef ook wat er overblijft."""
    per_plaats: dict[int, list[Rij]] = defaultdict(list)
    for rij in rijen:
        per_plaats[plaats[rij.pk]].append(rij)
    gekozen: list[Rij] = []
    over: dict[int, int] = {}
    ruimte = PER_BLADZIJDE
    for waar, groep in sorted(per_plaats.items()):
        if not ruimte:
            over[waar] = len(groep)
            continue
        belangrijkst = sorted(
            groep, key=lambda r: (r.pk not in nieuwe, r.afgedaan is not None, r.soort == "gewoon", r.pk)
        )
        kies = belangrijkst[: min(PER_PASSAGE, ruimte)]
        ruimte -= len(kies)
        gekozen += sorted(kies, key=lambda r: r.pk)
        over[waar] = len(groep) - len(kies)
    return gekozen, over


def vakken(delen: Sequence[Passage], plekken: Mapping[int, Plek]) -> dict[int, int]:
    """Geef bij welke passage (volgnummer) elke opmerking komt; na de laatste passage vervallen en dan het geheel.

    Elke opmerking krijgt een vak: een blok dat in geen enkele passage staat, hoort bij het geheel.
    """
    op_blok = {blok: n for n, deel in enumerate(delen) for blok in deel.blokken}
    return {
        pk: len(delen) if plek.staat == VERVALLEN else op_blok.get(plek.blok, len(delen) + 1)
        for pk, plek in plekken.items()
    }


def verdeel(stand: Geplaatst, gebruiker: "Gebruiker", filter: Filter) -> Blad:
    """Zet de opmerkingen bij hun passage, met een wijzer bij de aangehaalde woorden; te veel wordt geteld."""
    versie = stand.versie
    passend = filter.kies(stand.hoofden, gebruiker.pk, stand.nieuw.alle)
    kaal = passages(versie.html)
    vervallen, geheel = len(kaal), len(kaal) + 1
    plaats = vakken(kaal, stand.plekken)
    gekozen, over = _kies(passend, plaats, stand.nieuw.alle)
    kaarten = Kaarten(stand, gebruiker, gekozen, ANTWOORDEN)
    merken: dict[str, list[Merk]] = defaultdict(list)
    groepen = {geheel: Groep(), vervallen: Groep()}
    getekend: list[tuple[int, componenten.Opmerking]] = []
    nummer = 0
    for rij in gekozen:
        plek = stand.plekken[rij.pk]
        nummer += plek.begin is not None
        kaart = kaarten.kaart(rij, nummer if plek.begin is not None else 0)
        getekend.append((plaats[rij.pk], kaart))
        if plek.begin is not None and plek.einde is not None:
            naam = f"opmerking {nummer}, van {kaart.auteur}"
            merken[plek.blok].append(Merk(plek.begin, plek.einde, str(rij.pk), f"#opmerking-{rij.pk}", naam, nummer))
    delen = passages(versie.html, merken) if merken else kaal
    for n, deel in enumerate(delen):
        deel.meer = over.get(n, 0)
    for waar, kaart in getekend:
        (groepen[waar].opmerkingen if waar in groepen else delen[waar].opmerkingen).append(kaart)
    for waar, groep in groepen.items():
        groep.meer = over.get(waar, 0)
    return Blad(
        delen, groepen[geheel], groepen[vervallen], len(passend), sum(r.afgedaan is None for r in stand.hoofden)
    )


def hoedanigheid(versie: Versie, gebruiker: "Gebruiker") -> str:
    """Geef als wat iemand deze versie leest ("plaatsvervangend raadslid"), uit zijn rollen van vandaag.

    Een rol in de eigen commissie gaat voor. Zonder zoekvraag: de rollen staan op het gebruikersobject.
    """
    if permissions.is_secretariaat(gebruiker):
        return str(Rol.SECRETARIAAT.label)
    commissie = f"commissie:{versie.traject.commissie_id}"
    for rol, woorden in IN_DE_COMMISSIE.items():
        if heeft(gebruiker, rol, orgaan=commissie):
            return woorden
    for rol, orgaan, woorden in IN_DE_RAAD:
        if heeft(gebruiker, rol, orgaan=orgaan):
            return woorden
    return "contactpersoon van uw organisatie"


def fase(versie: Versie) -> tuple[str, Any]:
    """Geef wat er nu met de tekst gebeurt, en tot wanneer (None: geen dag)."""
    traject = versie.traject
    if traject.stap == Stap.ACHTERBANBERAAD:
        beraad = open_beraad(traject)
        if beraad is not None:
            return "achterbanberaad", beraad.uiterlijk_op
    return str(traject.get_stap_display()), None


def vergelijkbaar(versie: Versie, gebruiker: "Gebruiker", standen: Sequence[Leesstand] | None = None) -> Versie | None:
    """Geef de laatste versie die deze lezer eerder zag en die een andere tekst heeft; anders None."""
    standen = leesstanden(versie, gebruiker) if standen is None else standen
    gezien = [s.versie_id for s in standen if s.versie_id < versie.pk]
    if not gezien:
        return None
    gevonden: Versie | None = (
        Versie.objects.zichtbaar_voor(gebruiker).filter(pk__in=gezien).exclude(hash=versie.hash).order_by("-pk").first()
    )
    return gevonden


def vorige_tekst(versie: Versie, gebruiker: "Gebruiker") -> Versie | None:
    """Geef de laatste eerdere versie met een andere tekst die deze lezer mag zien; anders None."""
    gevonden: Versie | None = (
        Versie.objects.zichtbaar_voor(gebruiker)
        .filter(traject=versie.traject_id, pk__lt=versie.pk)
        .exclude(hash=versie.hash)
        .order_by("-pk")
        .first()
    )
    return gevonden


def kantlijn(versie: Versie, stand: Geplaatst, filter: Filter, lezer: int) -> dict[str, componenten.Kantlijn]:
    """Geef per blok wat er in de vergelijking naast staat: hoeveel opmerkingen, en waar men er een maakt.

    Een tabel is één rij van de vergelijking en heeft één regel, bij haar eerste blok.
    """
    telling: Counter[str] = Counter()
    for rij in filter.kies(stand.hoofden, lezer, stand.nieuw.alle):
        telling[stand.plekken[rij.pk].blok] += 1
    schrijven = reverse("lezen:opmerken", kwargs={"pk": versie.pk}) if kan_schrijven(versie) else ""
    uit: dict[str, componenten.Kantlijn] = {}
    for deel in passages(versie.html):
        tabel = deel.html.startswith("<table")
        for blok in deel.blokken[:1] if tabel else deel.blokken:
            uit[blok] = componenten.Kantlijn(
                sum(telling[b] for b in deel.blokken) if tabel else telling[blok],
                reverse("lezen:alinea", kwargs={"pk": versie.pk, "waar": blok}),
                f"{schrijven}?blok={blok}" if schrijven and not deel.kop else "",
            )
    return uit


@dataclass(frozen=True)
class Sprong:
    """Een regel in de band met wat nieuw is: waar, en wat."""

    link: str
    tekst: str


def _sprongen(stand: Geplaatst, blad: Blad) -> list[Sprong]:
    """De eerste nieuwe dingen op volgorde van de tekst, elk met waar het staat."""
    uit: list[Sprong] = []
    soorten = ((stand.nieuw.antwoorden, "antwoord aan u"), (stand.nieuw.afdoeningen, "uw opmerking is afgedaan"))
    wat = {str(pk): woord for pks, woord in soorten for pk in pks}
    plekken: list[tuple[str, Sequence[componenten.Opmerking]]] = [
        (f"alinea {d.nummer}" if d.nummer else d.tekst[:40], d.opmerkingen) for d in blad.passages
    ]
    plekken += [("vervallen passage", blad.vervallen.opmerkingen), ("het geheel", blad.geheel.opmerkingen)]
    for waar, kaarten in plekken:
        for kaart in kaarten:
            if kaart.nieuw:
                tekst = wat.get(kaart.id, f"{kaart.auteur}, {kaart.kring_naam}")
                uit.append(Sprong(f"#opmerking-{kaart.id}", f"{waar[:1].upper()}{waar[1:]}: {tekst}"))
    return uit


def _inhoud(delen: list[Passage]) -> list[tuple[Passage, int, int]]:
    """De koppen, elk met hoeveel passages eronder gewijzigd zijn en hoeveel opmerkingen er staan."""
    koppen: list[tuple[Passage, int, int]] = []
    for deel in delen:
        if inhoud([deel]):
            koppen.append((deel, 0, 0))
        if koppen:
            kop, anders, aantal = koppen[-1]
            koppen[-1] = (kop, anders + deel.gewijzigd, aantal + len(deel.opmerkingen) + deel.meer)
    return koppen


def kan_schrijven(versie: Versie) -> bool:
    """Of er bij deze versie nog opmerkingen bij kunnen: zolang het traject loopt."""
    return versie.traject.stap not in EINDSTANDEN


def bladzijde(
    versie: Versie, gebruiker: "Gebruiker", *, weergave: str = SCHOON, filter: Filter | None = None
) -> dict[str, Any]:
    """Geef alles wat het leesscherm toont. Een vast aantal zoekvragen, hoeveel opmerkingen er ook zijn.

    `weergave`: schoon, wijzigingen (sinds de vorige tekst) of sinds (sinds de tekst die deze lezer het laatst zag).
    """
    filter = filter or Filter()
    standen = leesstanden(versie, gebruiker)
    stand = next((s for s in standen if s.versie_id == versie.pk), None)
    opmerkingen = geplaatst(versie, gebruiker, standen, nu())
    blad = verdeel(opmerkingen, gebruiker, filter)
    eerder, vorige = vergelijkbaar(versie, gebruiker, standen), vorige_tekst(versie, gebruiker)
    tegen = eerder or vorige
    sindsdien = verschillen(tegen, versie) if tegen is not None else None
    if sindsdien is not None:
        anders = {r.nieuw for r in sindsdien.regels() if r.is_wijziging}
        for deel in blad.passages:
            deel.gewijzigd = bool(anders & set(deel.blokken))
    naam, tot = fase(versie)
    basis = {SINDS: eerder, WIJZIGINGEN: vorige}.get(weergave)
    keuzes: list[Kringkeuze] = kringkeuzes(versie, gebruiker) if kan_schrijven(versie) else []
    # Alleen in de eerste leesbeurt van deze versie is haar tekst nieuw.
    vers_gelezen = stand is None or stand.vorige_op is None
    return {
        "versie": versie,
        "traject": versie.traject,
        "passages": blad.passages,
        "geheel": blad.geheel,
        "vervallen": blad.vervallen,
        "aantal": blad.aantal,
        "aantal_open": blad.aantal_open,
        "koppen": _inhoud(blad.passages),
        "stand": stand,
        "nieuw": opmerkingen.nieuw,
        "nieuw_in_tekst": sindsdien.aantal if sindsdien is not None and eerder is not None and vers_gelezen else 0,
        "sprongen": _sprongen(opmerkingen, blad)[:SPRONGEN],
        "filter": filter,
        "fase": naam,
        "tot": tot,
        "hoedanigheid": f"u leest als {hoedanigheid(versie, gebruiker)}",
        "eerder": eerder,
        "vorige": vorige,
        "weergave": weergave if basis is not None else SCHOON,
        "basis": basis,
        "vergelijking": verschillen(basis, versie) if basis is not None else None,
        "kantlijn": kantlijn(versie, opmerkingen, filter, gebruiker.pk) if basis is not None else {},
        "kan_schrijven": kan_schrijven(versie),
        "keuzes": keuzes,
        "voorlopig": voorlopigen(versie, gebruiker),
        "bewerker": permissions.mag_bewerken(versie.traject, gebruiker) and versie.traject.stap in SCHRIJFSTAPPEN,
        "laatste": _laatste(versie, gebruiker),
        "is_staf": permissions.is_secretariaat(gebruiker),
        "vertrouwelijk": is_vertrouwelijk(versie),
        "merk": merk(versie),
        "tabel": versie.traject.verwerking_sinds is not None and mag_tabel_lezen(versie.traject, gebruiker),
    }


def _laatste(versie: Versie, gebruiker: "Gebruiker") -> Versie | None:
    """De nieuwste versie die deze lezer ziet, als dat een andere is."""
    zichtbaar = Versie.objects.zichtbaar_voor(gebruiker).filter(traject=versie.traject_id, pk__gt=versie.pk)
    gevonden: Versie | None = zichtbaar.defer("html").order_by("-pk").first()
    return gevonden


def is_vertrouwelijk(versie: Versie) -> bool:
    """Of het lezen van deze versie wordt vastgelegd: alles behalve een advies dat openbaar is.

    Onder embargo, en in de tien minuten na het aanbieden, is een advies dat nog niet.
    """
    uitgebracht = versie.soort == SoortVersie.VASTGESTELD and versie.traject.stap == Stap.AANGEBODEN
    return not (uitgebracht and advies_is_openbaar(versie.traject))


def merk(versie: Versie) -> str:
    """Geef het merk op elk exemplaar: ONTWERP als juist deze tekst openbaar is, VERTROUWELIJK, of "" bij een advies."""
    if not is_vertrouwelijk(versie):
        return ""
    return "ONTWERP" if tekst_is_ontwerp(versie) else "VERTROUWELIJK"


def bij_passage(
    versie: Versie, gebruiker: "Gebruiker", waar: str, filter: Filter
) -> tuple[Geplaatst, Passage | None, list[Rij]]:
    """Geef alle opmerkingen bij één passage (haar blok), "geheel" of "vervallen", met de passage zelf.

    Voor de bladzijde achter "nog 195 opmerkingen".
    """
    stand = geplaatst(versie, gebruiker, leesstanden(versie, gebruiker), nu())
    delen = passages(versie.html)
    passage = next((d for d in delen if waar in d.blokken), None)
    bekend = {blok for d in delen for blok in d.blokken}

    def hoort(rij: Rij) -> bool:
        plek = stand.plekken[rij.pk]
        if waar == "vervallen":
            return plek.staat == VERVALLEN
        if waar == "geheel":
            return plek.staat != VERVALLEN and plek.blok not in bekend
        return passage is not None and plek.blok in passage.blokken

    rijen = [r for r in filter.kies(stand.hoofden, gebruiker.pk, stand.nieuw.alle) if hoort(r)]
    return stand, passage, rijen


def adres(versie: Versie, anker: str = "") -> str:
    """Geef het adres van het leesscherm, eventueel bij een anker."""
    pad = reverse("lezen:versie", kwargs={"pk": versie.pk})
    return f"{pad}#{anker}" if anker else pad
