"""Wat een vergadering nu toelaat: lege lijst = het mag (Wet op de SER art. 20; domein §10 regels 25-27, 46)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from kern.tekort import Tekort
from kern.tijd import AMSTERDAM, WACHTTIJD, datum_nl, nu, vandaag
from logboek.queries import geschiedenis
from raad import queries as raad
from termijnen.regels import vervaldatum
from vergaderingen import agenda
from vergaderingen.enums import MET_QUORUM, MET_STEM, AanwezigAls, Orgaan, Rondesoort, Status, Verslagstatus

if TYPE_CHECKING:
    from logboek.models import Gebeurtenis
    from vergaderingen.models import Agendapunt, Presentie, Stemronde, Vergadering, Verslag

LAATSTE_OPROEPING = 3
AFGELAST = "De vergadering is afgelast."
VERPLAATST = "vergaderingen.verplaats"
# Wat na een verplaatsing de nieuwe dag noemt of de stand verandert: dan kan zij niet zomaar terug.
BOUWT_VOORT = tuple(
    f"vergaderingen.{daad}"
    for daad in ("roep_op", "herroep_oproeping", "zet_openbaarheid", "herroep_verplaatsing", "herroep_afgelasting")
)


@dataclass(frozen=True)
class Quorum:
    """De stand van de presentielijst. `nodig` is 0 waar geen quorum geldt of dit de derde oproeping is."""

    aanwezig: int
    zittend: int
    nodig: int
    gehaald: bool
    derde: bool

    @property
    def ontbreekt(self) -> int:
        """Geef hoeveel leden er nog moeten tekenen."""
        return max(0, self.nodig - self.aanwezig)


def zittende_leden(vergadering: Vergadering) -> int:
    """Geef hoeveel leden op de vergaderdag zitting hebben; vacante zetels tellen niet mee (art. 20)."""
    if vergadering.datum is None:
        return 0
    if vergadering.orgaan == Orgaan.RAAD:
        return sum(1 for z in raad.zetels_op(vergadering.datum) if z.lid is not None)
    if vergadering.orgaan == Orgaan.DAGELIJKS_BESTUUR:
        return raad.db_leden(vergadering.datum).count()
    return 0


def quorum(vergadering: Vergadering) -> Quorum:
    """Geef het quorum: meer dan de helft van de zittende leden, op de derde oproeping elk aantal (art. 20, 29).

    Commissies, werkgroepen en het kroonledenoverleg hebben geen wettelijk quorum: `nodig` 0, altijd gehaald.
    """
    aanwezig = vergadering.presenties.filter(aanwezig=True, stemhebbend=True).count()
    derde = vergadering.oproeping == LAATSTE_OPROEPING
    if vergadering.orgaan not in MET_QUORUM:
        return Quorum(aanwezig, 0, 0, True, derde)
    zittend = zittende_leden(vergadering)
    nodig = 0 if derde else zittend // 2 + 1
    return Quorum(aanwezig, zittend, nodig, aanwezig >= nodig, derde)


def te_weinig(stand: Quorum, afgemeld: Iterable[Presentie]) -> int | None:
    """Geef hoeveel leden er nog zelf kunnen komen als dat minder is dan het quorum vraagt, anders None (art. 20).

    Waar geen quorum geldt en bij de derde oproeping is het altijd None.
    """
    over = stand.zittend - sum(1 for p in afgemeld if p.hoedanigheid == AanwezigAls.LID)
    return over if stand.nodig > 0 and over < stand.nodig else None


def te_laat(vergadering: Vergadering, stukken_op: date) -> str:
    """Geef een waarschuwing als de stukken later dan circa tien dagen vooraf uitgaan, anders "" (regel 25).

    Een waarschuwing, nooit een beletsel (domein §13.4).
    """
    if vergadering.datum is None:
        return ""
    uiterlijk = vervaldatum("vergaderstukken", vergadering.datum)
    if stukken_op <= uiterlijk:
        return ""
    dagen = (vergadering.datum - stukken_op).days
    hoe = "op de dag zelf" if dagen == 0 else f"{dagen} {'dag' if dagen == 1 else 'dagen'} vooraf"
    return (
        f"De stukken gaan later uit dan ongeveer tien dagen voor de vergadering: {hoe}, "
        f"gebruikelijk is uiterlijk {datum_nl(uiterlijk)}."
    )


def mag_oproepen(vergadering: Vergadering, **kw: Any) -> list[Tekort]:
    """Geef wat ontbreekt om de leden op te roepen: een dag en een agenda."""
    tekorten = []
    if vergadering.datum is None:
        tekorten.append(Tekort("De vergadering heeft nog geen datum."))
    if not vergadering.agendapunten.filter(vervallen_reden="").exists():
        tekorten.append(Tekort("De agenda is nog leeg.", "#agenda"))
    opgeroepen_op: date | None = kw.get("opgeroepen_op")
    if vergadering.datum and (opgeroepen_op or vandaag()) > vergadering.datum:
        tekorten.append(
            Tekort(f"De vergaderdag ({datum_nl(vergadering.datum)}) is al voorbij; verplaats de vergadering eerst.")
        )
    return tekorten


def mag_oproeping_herroepen(vergadering: Vergadering, **kw: Any) -> list[Tekort]:
    """Geef waarom de oproeping niet meer herroepen kan worden: na de wachttijd zijn de berichten weg."""
    if vergadering.agenda_vanaf is None or vergadering.agenda_vanaf <= nu():
        return [Tekort("De oproeping is al verzonden en kan niet meer worden herroepen.")]
    return []


def terug_te_nemen(vergadering: Vergadering) -> Gebeurtenis | None:
    """Geef de verplaatsing of afgelasting waarvan de berichten nog wachten (tien minuten), of None.

    Wat daarna gebeurde en de nieuwe dag noemt, houdt haar op haar plaats.
    """
    soort = "vergaderingen.gelast_af" if vergadering.status == Status.AFGELAST else VERPLAATST
    for gebeurd in geschiedenis(vergadering).filter(tijdstip__gt=nu() - WACHTTIJD).order_by("-pk"):
        if gebeurd.soort == soort:
            return gebeurd if "wachtte" in gebeurd.gegevens else None
        if gebeurd.soort in BOUWT_VOORT:
            return None
    return None


def mag_verplaatsing_herroepen(vergadering: Vergadering) -> list[Tekort]:
    """Geef waarom de laatste verplaatsing blijft staan: de berichten zijn weg, of er is op voortgebouwd."""
    open_ = vergadering.status in (Status.GEPLAND, Status.OPGEROEPEN)
    if open_ and terug_te_nemen(vergadering) is not None:
        return []
    tekst = "De verplaatsing is al verzonden, of er is daarna opgeroepen. Verplaats de vergadering dan opnieuw."
    return [Tekort(tekst)]


def mag_afgelasting_herroepen(vergadering: Vergadering, **kw: Any) -> list[Tekort]:
    """Geef waarom de afgelasting blijft staan: de berichten zijn weg, of een punt staat al op een andere agenda."""
    if terug_te_nemen(vergadering) is None:
        return [
            Tekort("De afgelasting is al verzonden en kan niet meer worden herroepen. Plan een nieuwe vergadering.")
        ]
    eigen = list(vergadering.agendapunten.filter(vervallen_reden="").values_list("pk", "sleutel"))
    sleutels = {sleutel for _, sleutel in eigen if sleutel} | {f"{agenda.NAAM}:{agenda.OPNIEUW}{pk}" for pk, _ in eigen}
    elders = (
        vergadering.agendapunten.model.objects.filter(sleutel__in=sleutels, vervallen_reden="")
        .exclude(vergadering=vergadering)
        .filter(vergadering__status__in=(Status.GEPLAND, Status.OPGEROEPEN, Status.GEOPEND))
        .select_related("vergadering__commissie")
        .order_by("pk")
        .first()
    )
    if elders is None:
        return []
    tekst = f"“{elders.onderwerp}” staat intussen op de agenda van {elders.vergadering}. Haal het daar eerst af."
    return [Tekort(tekst)]


def is_dag_gekomen(vergadering: Vergadering) -> list[Tekort]:
    """Geef een tekort zolang de vergaderdag nog komt."""
    if vergadering.datum and vergadering.datum > vandaag():
        return [Tekort(f"De vergadering is pas op {datum_nl(vergadering.datum)}.")]
    return []


def mag_openen(vergadering: Vergadering, **kw: Any) -> list[Tekort]:
    """Geef wat ontbreekt om te openen: de dag zelf, en het quorum (regel 27)."""
    tekorten = is_dag_gekomen(vergadering)
    stand = quorum(vergadering)
    if stand.gehaald:
        return tekorten
    if not stand.zittend:
        tekst = "Op deze dag zijn geen zittende leden bekend; vul eerst de samenstelling in."
    else:
        tekst = (
            f"Er is geen quorum: {stand.aanwezig} van de {stand.zittend} zittende leden "
            f"{'heeft' if stand.aanwezig == 1 else 'hebben'} getekend, {stand.nodig} zijn nodig."
        )
    return [*tekorten, Tekort(tekst, "#presentie")]


def mag_niet_doorgaan(vergadering: Vergadering, **kw: Any) -> list[Tekort]:
    """Geef waarom "geen quorum" niet kan worden vastgesteld."""
    if vergadering.orgaan not in MET_QUORUM:
        return [Tekort("Voor dit orgaan geldt geen quorum.")]
    tekorten = is_dag_gekomen(vergadering)
    begin = vergadering.begin
    if vergadering.datum == vandaag() and begin is not None and nu().astimezone(AMSTERDAM).time() < begin:
        tekorten.append(Tekort(f"De vergadering begint om {begin:%H.%M} uur; tot dan kan het quorum nog komen."))
    if quorum(vergadering).gehaald:
        tekorten.append(Tekort("Het quorum is gehaald; de vergadering kan doorgaan."))
    return tekorten


def mag_sluiten(vergadering: Vergadering, **kw: Any) -> list[Tekort]:
    """Geef wat ontbreekt om te sluiten: een sluiting na de opening."""
    gesloten_op = kw.get("gesloten_op")
    loopt = vergadering.agendapunten.filter(stemronden__isnull=False, stemronden__gesloten_op__isnull=True)
    tekorten = [
        Tekort(
            f"Er loopt nog een stemming of peiling: “{vraag}”. Sluit die eerst.",
            f"/werk/vergaderingen/{vergadering.pk}/stemming/{ronde}/",
        )
        for ronde, vraag in loopt.values_list("stemronden__pk", "stemronden__vraag")
    ]
    if tekorten:
        return tekorten
    if gesloten_op and vergadering.geopend_op and gesloten_op <= vergadering.geopend_op:
        return [Tekort("De sluiting moet na de opening liggen.")]
    return []


def mag_agenda_wijzigen(vergadering: Vergadering) -> list[Tekort]:
    """Geef waarom de agenda niet meer te wijzigen is: alleen een komende of lopende vergadering."""
    if vergadering.status in (Status.GEPLAND, Status.OPGEROEPEN, Status.GEOPEND):
        return []
    return [Tekort(f"De vergadering is {vergadering.get_status_display()}; de agenda ligt vast.")]


def is_niet_vervallen(punt: Agendapunt) -> list[Tekort]:
    """Geef een tekort als het punt van de agenda is: wat daar besloten wordt staat op geen lijst."""
    return [Tekort("Dit punt is van de agenda gehaald; er wordt niet over besloten.")] if punt.vervallen else []


def ronden_die_tellen(punt: Agendapunt) -> QuerySet[Stemronde]:
    """Geef de ronde die bij dit punt loopt en de gesloten stemmingen. Een peiling die om is bindt niet."""
    rijen: QuerySet[Stemronde] = punt.stemronden.filter(
        Q(gesloten_op=None) | ~Q(soort=Rondesoort.PEILING), ingetrokken_reden=""
    )
    return rijen


def mag_van_agenda(punt: Agendapunt) -> list[Tekort]:
    """Geef waarom een punt op de agenda blijft: zij ligt vast, of over het punt is besloten of wordt gestemd."""
    if tekorten := mag_agenda_wijzigen(punt.vergadering):
        return tekorten
    if punt.besluiten.exists() or ronden_die_tellen(punt).exists() or agenda.uitkomsten([punt]):
        return [Tekort("Over dit punt is besloten, of wordt gestemd of gepeild; het blijft op de agenda.")]
    return []


def mag_tekenen(vergadering: Vergadering) -> list[Tekort]:
    """Geef waarom er nu geen presentie kan worden vastgelegd."""
    if vergadering.status in (Status.OPGEROEPEN, Status.GEOPEND):
        return []
    if vergadering.status == Status.GEPLAND:
        return [Tekort("Roep eerst de leden op; daarna kan de presentielijst worden getekend.")]
    return [Tekort(f"De vergadering is {vergadering.get_status_display()}; de presentielijst ligt vast.")]


def mag_zelf_tekenen(vergadering: Vergadering) -> list[Tekort]:
    """Geef waarom een lid nu niet zelf kan tekenen: dat kan op de vergaderdag, tot de sluiting."""
    return mag_tekenen(vergadering) or is_dag_gekomen(vergadering)


def mag_zich_afmelden(vergadering: Vergadering) -> list[Tekort]:
    """Geef waarom iemand nu niet kan laten weten of hij komt: dat kan van de oproeping tot de opening."""
    if vergadering.status == Status.OPGEROEPEN and vergadering.datum and vergadering.datum >= vandaag():
        return []
    return [Tekort("Laten weten of u komt kan van de oproeping tot de opening.")]


def mag_plakken(vergadering: Vergadering, *, achteraf: bool = False) -> list[Tekort]:
    """Geef waarom er nu geen stickers geplakt kunnen worden; de secretaris mag ze ook na de sluiting invoeren."""
    mag = (Status.GEOPEND, Status.GESLOTEN) if achteraf else (Status.GEOPEND,)
    return [] if vergadering.status in mag else [Tekort("Stickers plakken kan tijdens de vergadering.")]


def stemgerechtigd(punt: Agendapunt) -> int:
    """Geef hoeveel zittende leden bij dit punt mogen stemmen: zonder wie zich daarvan onthoudt (art. 25, regel 33)."""
    return zittende_leden(punt.vergadering) - punt.onthoudingen.count()


def mag_onthouding_terugnemen(punt: Agendapunt) -> list[Tekort]:
    """Geef waarom een onthouding bij dit punt blijft staan: een gesloten stemming telde dat lid niet mee (art. 25)."""
    if tekorten := mag_tekenen(punt.vergadering):
        return tekorten
    if ronden_die_tellen(punt).filter(gesloten_op__isnull=False).exists():
        return [Tekort("Over dit punt is gestemd zonder wie zich onthield; de onthouding hoort bij die stemming.")]
    return []


def _quorum_nu(vergadering: Vergadering) -> list[Tekort]:
    """Het quorum geldt bij elk besluit, niet alleen bij de opening (art. 20): wie vertrekt, telt niet meer mee."""
    stand = quorum(vergadering)
    if stand.gehaald:
        return []
    tekst = f"Er is geen quorum meer: {stand.aanwezig} van de {stand.zittend} leden, {stand.nodig} zijn nodig."
    return [Tekort(tekst, "#presentie")]


def mag_besluiten(vergadering: Vergadering) -> list[Tekort]:
    """Geef waarom er geen besluit kan worden vastgelegd: alleen in of na een geopende vergadering, met quorum."""
    if vergadering.status not in (Status.GEOPEND, Status.GESLOTEN):
        return [Tekort("Een besluit kan pas worden vastgelegd als de vergadering is geopend.")]
    return _quorum_nu(vergadering)


def mag_nog_besluiten(punt: Agendapunt) -> list[Tekort]:
    """Geef waarom er bij dit punt geen besluit meer bij kan: na de vergadering legt men vast wat daar besloten is.

    Is daar gestemd, dan staat het er al; is het verslag vastgesteld, dan staat dat er niet in. Verbeteren kan wel.
    """
    if punt.vergadering.status != Status.GESLOTEN:
        return []
    verslag = getattr(punt.vergadering, "verslag", None)
    if verslag is not None and verslag.status == Verslagstatus.VASTGESTELD:
        return [Tekort("Het verslag is vastgesteld. Staat een besluit er verkeerd, verbeter het dan met een reden.")]
    if ronden_die_tellen(punt).filter(gesloten_op__isnull=False).exists():
        return [Tekort("Over dit punt is in de vergadering gestemd. Verbeter wat er staat, met een reden.")]
    return []


def stemmen_op_de_lijst(vergadering: Vergadering) -> int:
    """Geef hoeveel zetels op de presentielijst een stem hadden, ook van wie eerder vertrok."""
    lijst = vergadering.presenties.filter(zetel__isnull=False, hoedanigheid__in=MET_STEM)
    return lijst.values("zetel").distinct().count()


def mag_stemmen(vergadering: Vergadering, *, peiling: bool = False) -> list[Tekort]:
    """Geef waarom er nu geen stemming kan worden geopend. Een peiling bindt niet en vraagt geen quorum."""
    if vergadering.orgaan not in MET_QUORUM:
        return [Tekort("Hoofdelijk stemmen leggen we alleen vast bij de raad en het dagelijks bestuur.")]
    if vergadering.status != Status.GEOPEND:
        return [Tekort("Stemmen kan alleen tijdens een geopende vergadering.")]
    return [] if peiling else _quorum_nu(vergadering)


def mag_verslag_vaststellen(verslag: Verslag, **kw: Any) -> list[Tekort]:
    """Geef wat ontbreekt om het verslag vast te stellen: tekst, en een latere vergadering van hetzelfde orgaan (46)."""
    tekorten = []
    if not verslag.html.strip():
        tekorten.append(Tekort("Het verslag is nog leeg."))
    elif verslag.vergadering.openbaar and not verslag.openbaar_html.strip():
        tekorten.append(Tekort("De openbare tekst van het verslag is nog leeg."))
    eigen = verslag.vergadering
    if eigen.status != Status.GESLOTEN:
        tekorten.append(Tekort("De vergadering zelf is nog niet gesloten."))
    later: Vergadering | None = kw.get("vastgesteld_in")
    if later is None:
        return tekorten
    zelfde = later.commissie_id == eigen.commissie_id and (eigen.commissie_id or later.orgaan == eigen.orgaan)
    if not zelfde or later.pk == eigen.pk or not (eigen.datum and later.datum and later.datum > eigen.datum):
        tekorten.append(Tekort("Een verslag wordt vastgesteld in een latere vergadering van hetzelfde orgaan."))
    elif later.status not in (Status.GEOPEND, Status.GESLOTEN):
        tekorten.append(Tekort("De vergadering die het verslag vaststelt, is nog niet geopend."))
    return tekorten
