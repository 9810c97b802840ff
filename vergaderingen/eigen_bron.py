"""Wat deze app zelf voor een agenda aanbiedt: vaste punten, wat bleef liggen, open verslagen, jaarstukken en meer.

Een jaarstuk heeft een datum in de wet: jaarverslag en jaarrekening voor 1 april (art. 52, 65; regel 48), raming voor
1 juli (art. 54), begroting: het dagelijks bestuur voor 1 oktober, naar de minister voor 15 november (art. 46-48).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from commissies.models import Commissielid
from kern.tijd import datum_nl
from toegang.enums import Rol
from toegang.rollen import heeft
from vergaderingen.agenda import NAAM, OPNIEUW, Aanbod, Agendabron, Papier, Verwijzing, zet_voort
from vergaderingen.enums import KOMT_TERUG, MET_QUORUM, Orgaan, Puntsoort, Status, Uitkomst, Verslagstatus
from vergaderingen.models import Agendapunt, Vergadering, Verslag
from vergaderingen.models.vergadering import kring_filter

if TYPE_CHECKING:
    from toegang.models import Gebruiker

MEESTE_NAMEN = 12
AFGELAST_TELT = timedelta(days=366)  # wat een jaar na de afgelasting op geen agenda kwam, komt niet meer
# Zonder besluit zijn deze toch behandeld; wat het bestuur over een aanvraag besluit, staat bij het traject.
ZONDER_BESLUIT = (Puntsoort.INGEKOMEN, Puntsoort.BESPREKING, Puntsoort.THEMA, Puntsoort.AANVRAAG)
# Dit staat op elke agenda, of wordt aangeboden zolang het niet is vastgesteld.
VANZELF = (Puntsoort.OPENING, Puntsoort.RONDVRAAG, Puntsoort.VERSLAG)


@dataclass(frozen=True)
class Jaarstuk:
    """Een stuk dat elk jaar voor een dag klaar moet zijn. `over`: het jaar waarover het gaat (0 dit, -1 vorig jaar)."""

    sleutel: str
    naam: str
    orgaan: str
    uiterlijk: tuple[int, int]
    over: int
    vooraf: int
    toelichting: str

    def voor(self, dag: date) -> tuple[int, date] | None:
        """Geef (jaar, uiterste dag) als het stuk op een vergadering van `dag` hoort, anders None."""
        grens = date(dag.year, *self.uiterlijk)
        return (dag.year + self.over, grens) if 0 < (grens - dag).days <= self.vooraf else None

    def titel(self, jaar: int) -> str:
        """Geef de naam met het jaar bij het stuk zelf: "Begroting 2028: voorstel van het dagelijks bestuur"."""
        stuk, punt, rest = self.naam.partition(":")
        return f"{stuk} {jaar}{punt}{rest}"

    def komend(self, dag: date) -> tuple[int, date]:
        """Geef (jaar, uiterste dag) van het eerstvolgende stuk van deze soort dat na `dag` klaar moet zijn."""
        grens = date(dag.year, *self.uiterlijk)
        grens = grens if grens > dag else date(dag.year + 1, *self.uiterlijk)
        return grens.year + self.over, grens


JAARSTUKKEN = (
    Jaarstuk("jaarverslag", "SER-jaarverslag", Orgaan.RAAD, (4, 1), -1, 90,
             "Naar de ministers voor 1 april (Wet op de SER, art. 65)."),
    Jaarstuk("jaarrekening", "Jaarrekening", Orgaan.RAAD, (4, 1), -1, 90,
             "Voor 1 april, in het openbaar, twee weken vooraf bekendgemaakt; DB-leden onthouden zich van medestemmen "
             "(art. 52)."),
    Jaarstuk("raming", "Raming", Orgaan.RAAD, (7, 1), 1, 100, "Voor 1 juli (art. 54)."),
    Jaarstuk("begroting-db", "Begroting: voorstel van het dagelijks bestuur", Orgaan.DAGELIJKS_BESTUUR, (10, 1), 1, 60,
             "Het dagelijks bestuur biedt de begroting voor 1 oktober aan (art. 46)."),
    Jaarstuk("begroting", "Begroting", Orgaan.RAAD, (11, 15), 1, 60,
             "Naar de minister voor 15 november; twee weken vooraf bekendgemaakt (art. 46-48)."),
)  # fmt: skip


def verslag_bij(punt: Agendapunt, gebruiker: Gebruiker) -> Verslag | None:
    """Geef het verslag dat bij dit punt wordt vastgesteld, als deze gebruiker het mag zien."""
    nummer = punt.sleutel.removeprefix(f"{NAAM}:verslag:")
    if nummer == punt.sleutel:
        return None
    zichtbaar = Verslag.objects.zichtbaar_voor(gebruiker).select_related("vergadering__commissie")
    gevonden: Verslag | None = zichtbaar.filter(pk=int(nummer)).first()
    return gevonden


def _opnieuw(punt: Agendapunt) -> Aanbod:
    """Geef een punt dat bleef liggen, met zijn stuk; een jaarstuk houdt zijn sleutel, want die zegt welk het is."""
    jaar = f"{NAAM}:jaar:"
    laatste: Any = getattr(punt, "laatste", None)
    wat = {Uitkomst.AANGEHOUDEN: "Aangehouden", Uitkomst.NIETIG: "De stemming was nietig"}.get(laatste, "Geen besluit")
    if punt.vergadering.status == Status.AFGELAST:
        wat = "Stond op de afgelaste agenda"
    van = "van" if punt.vergadering.status == Status.AFGELAST else "op"
    return Aanbod(
        punt.sleutel.removeprefix(f"{NAAM}:") if punt.sleutel.startswith(jaar) else f"{OPNIEUW}{punt.pk}",
        punt.onderwerp,
        Puntsoort(punt.soort),
        f"{wat} {van} {punt.vergadering.datum_tekst}. {punt.toelichting}".strip(),
        vertrouwelijk=punt.vertrouwelijk,
        bestand=punt.bestand,
    )


class EigenBron(Agendabron):
    """De stand van de vergaderingen zelf."""

    naam = NAAM

    def aanbod(self, vergadering: Vergadering, gebruiker: Gebruiker) -> Sequence[Aanbod]:
        """Geef wat nog op deze agenda kan, in de volgorde waarin het er meestal op staat."""
        if vergadering.datum is None:
            return ()
        nog_niets = Q(laatste=None) | Q(laatste__in=KOMT_TERUG)
        komt_terug = Q(sleutel__startswith=f"{NAAM}:verslag:") | Q(sleutel__startswith=f"{NAAM}:jaar:")
        gebruikt = set(
            Agendapunt.objects.filter(sleutel__startswith=f"{NAAM}:", vervallen_reden="")
            .exclude(vergadering__status=Status.AFGELAST)
            .met_laatste_besluit()
            .exclude(komt_terug & nog_niets, vergadering__status=Status.GESLOTEN)
            .values_list("sleutel", flat=True)
        )
        terug = self._bleef_liggen(vergadering, vergadering.datum)
        kandidaten = [
            *self._vast(vergadering),
            *terug,
            *self._verslagen(vergadering),
            *(
                a
                for a in self._jaarstukken(vergadering, vergadering.datum)
                if a.sleutel not in {t.sleutel for t in terug}
            ),
            *self._mededelingen(vergadering, vergadering.datum),
        ]
        return [a for a in kandidaten if f"{NAAM}:{a.sleutel}" not in gebruikt]

    def _vast(self, vergadering: Vergadering) -> list[Aanbod]:
        """Opening en rondvraag, zolang er geen punt van die soort is."""
        soorten = set(vergadering.agendapunten.filter(vervallen_reden="").values_list("soort", flat=True))
        vast = ((Puntsoort.OPENING, "Opening en mededelingen"), (Puntsoort.RONDVRAAG, "Rondvraag en sluiting"))
        return [Aanbod(f"{s}:{vergadering.pk}", naam, s) for s, naam in vast if s not in soorten]

    def _bleef_liggen(self, vergadering: Vergadering, dag: date) -> list[Aanbod]:
        """Wat werd aangehouden, en bij raad en bestuur wat op de vorige agenda zonder besluit bleef.

        Ook wat op een afgelaste agenda stond, voor elke vergadering die nog komt. Een zaak van een andere bron biedt
        die zelf weer aan. Wat intussen met hetzelfde onderwerp op een latere agenda kwam, is terug.
        """
        zelfde = Vergadering.objects.filter(vergadering.zelfde_orgaan, voorbeeld=vergadering.voorbeeld, kenmerk=None)
        afgelast = zelfde.filter(status=Status.AFGELAST, datum__gte=dag - AFGELAST_TELT)
        # Ook van dezelfde dag: wat gesloten is, was eerder dan een agenda die nog open is.
        eerder = zelfde.filter(status=Status.GESLOTEN, datum__lte=dag).exclude(pk=vergadering.pk)
        open_ = Q(laatste__in=KOMT_TERUG) | Q(vergadering__in=afgelast)
        if vergadering.orgaan in MET_QUORUM:
            vorige = eerder.order_by("-datum", "-pk").values("pk")[:1]
            open_ |= Q(laatste=None, uitkomst="", vergadering__in=vorige) & ~Q(soort__in=ZONDER_BESLUIT)
        eigen = Q(sleutel="") | Q(sleutel__startswith=f"{NAAM}:{OPNIEUW}") | Q(sleutel__startswith=f"{NAAM}:jaar:")
        punten: list[Any] = list(
            Agendapunt.objects.met_laatste_besluit()
            .filter(eigen, open_, Q(vergadering__in=eerder) | Q(vergadering__in=afgelast), vervallen_reden="")
            .exclude(soort__in=VANZELF)
            .select_related("vergadering", "bestand")
            .order_by("-vergadering__datum", "volgorde")
        )
        al_terug = set(
            Agendapunt.objects.filter(
                vergadering__in=Vergadering.objects.filter(vergadering.zelfde_orgaan).exclude(status=Status.AFGELAST),
                vervallen_reden="", onderwerp__in={p.onderwerp for p in punten},
            ).values_list("onderwerp", "vergadering__datum", "pk")
        )  # fmt: skip

        def is_terug(p: Any) -> bool:
            van = p.vergadering  # wat was afgelast, kan ook op een eerdere dag terugkomen
            return any(
                onderwerp == p.onderwerp
                and (later > van.datum or (pk > p.pk and (later == van.datum or van.status == Status.AFGELAST)))
                for onderwerp, later, pk in al_terug
                if later
            )

        uit: dict[str, Aanbod] = {}  # een onderwerp één keer: het nieuwste punt zet de vorige voort
        for p in punten:
            if not is_terug(p):
                uit.setdefault(p.onderwerp, _opnieuw(p))
        per_sleutel: dict[str, Aanbod] = {}
        for aanbod in uit.values():
            per_sleutel.setdefault(aanbod.sleutel, aanbod)
        return list(per_sleutel.values())

    def _verslagen(self, vergadering: Vergadering) -> list[Aanbod]:
        """Verslagen in concept van eerdere vergaderingen van hetzelfde orgaan (regel 46)."""
        open_ = Verslag.objects.filter(
            status=Verslagstatus.CONCEPT, voorbeeld=vergadering.voorbeeld,
            vergadering__in=Vergadering.objects.filter(vergadering.zelfde_orgaan),
            vergadering__status=Status.GESLOTEN, vergadering__datum__lt=vergadering.datum,
        ).select_related("vergadering").order_by("vergadering__datum")  # fmt: skip
        return [
            Aanbod(
                f"verslag:{v.pk}",
                f"Vaststellen verslag van de vergadering van {v.vergadering.datum_tekst}",
                Puntsoort.VERSLAG,
            )
            for v in open_
        ]

    def _jaarstukken(self, vergadering: Vergadering, dag: date) -> list[Aanbod]:
        uit = []
        for stuk in JAARSTUKKEN:
            termijn = stuk.voor(dag) if stuk.orgaan == vergadering.orgaan else None
            if termijn:
                jaar, _ = termijn
                sleutel = f"jaar:{stuk.sleutel}:{jaar}:{'v' if vergadering.voorbeeld else 'r'}"
                uit.append(Aanbod(sleutel, f"Vaststellen {stuk.titel(jaar)}", Puntsoort.JAARSTUK, stuk.toelichting))
        return uit

    def _mededelingen(self, vergadering: Vergadering, dag: date) -> list[Aanbod]:
        """Wie sinds de vorige raad in een commissie begon, als raadsmededeling (domein §2)."""
        if vergadering.orgaan != Orgaan.RAAD:
            return []
        vorige = (
            Vergadering.objects.filter(
                orgaan=Orgaan.RAAD, voorbeeld=vergadering.voorbeeld, status=Status.GESLOTEN, datum__lt=dag
            )
            .order_by("-datum")
            .first()
        )
        if vorige is None or vorige.datum is None:
            return []
        leden = list(
            Commissielid.objects.filter(van__gt=vorige.datum, van__lte=dag, commissie__voorbeeld=vergadering.voorbeeld)
            .select_related("persoon", "commissie")
            .order_by("commissie__naam", "pk")
        )
        if not leden:
            return []
        namen = [f"{lid.persoon.naam} ({lid.commissie.naam})" for lid in leden[:MEESTE_NAMEN]]
        over = len(leden) - MEESTE_NAMEN
        rest = f" en {over} {'ander' if over == 1 else 'anderen'}" if over > 0 else ""
        return [
            Aanbod(
                f"commissieleden:{vergadering.pk}",
                f"Raadsmededeling: nieuwe leden van commissies sinds {datum_nl(vorige.datum)}",
                Puntsoort.INGEKOMEN,
                ", ".join(namen) + rest,
            )
        ]

    def geplaatst(self, *, agendapunt: Agendapunt, sleutel: str, door: Gebruiker) -> None:
        """Zeg bij een punt dat terugkomt de andere bronnen dat hun zaak hier verder gaat."""
        if sleutel.startswith(OPNIEUW):
            oud = Agendapunt.objects.get(pk=int(sleutel.removeprefix(OPNIEUW)))
            zet_voort(oud=oud, nieuw=agendapunt, door=door)

    def verwijzingen(self, punten: Collection[Agendapunt], gebruiker: Gebruiker) -> Mapping[int, Verwijzing]:
        """Geef bij een punt over een verslag de vergadering van dat verslag; bij het jaarverslag waar het staat.

        Het jaarverslag in wording is van het secretariaat.
        """
        uit = {
            pk: Verwijzing(f"Verslag van {v.vergadering.datum_tekst}", f"/lezen/vergaderingen/{v.vergadering_id}/")
            for pk, v in self._eigen_verslagen(punten, gebruiker).items()
        }
        begin = f"{NAAM}:jaar:jaarverslag:"
        jaren = {p.pk: p.sleutel.split(":")[3] for p in punten if p.sleutel.startswith(begin)}
        if jaren and heeft(gebruiker, Rol.SECRETARIAAT):
            uit |= {pk: Verwijzing(f"Jaarverslag {j}", f"/werk/opvolging/jaarverslag/{j}/") for pk, j in jaren.items()}
        return uit

    def papieren(self, punten: Collection[Agendapunt], gebruiker: Gebruiker) -> Mapping[int, Sequence[Papier]]:
        """Geef bij een punt over een verslag de tekst, voor wie het concept mag lezen."""
        verslagen = self._eigen_verslagen(punten, gebruiker)
        kring = (
            set(
                Vergadering.objects.filter(
                    kring_filter(gebruiker), pk__in={v.vergadering_id for v in verslagen.values()}
                ).values_list("pk", flat=True)
            )
            if verslagen
            else set()
        )
        return {
            pk: [
                Papier(
                    f"Verslag van {v.vergadering.datum_tekst}",
                    html=self._tekst(v, kring),
                    opmaak={"soort_naam": "Verslag", "inhoudsopgave": False,
                            "merk": "CONCEPT" if v.status == Verslagstatus.CONCEPT else ""},
                )
            ]
            for pk, v in verslagen.items()
            if self._tekst(v, kring)
        }  # fmt: skip

    def _eigen_verslagen(self, punten: Collection[Agendapunt], gebruiker: Gebruiker) -> dict[int, Verslag]:
        begin = f"{NAAM}:verslag:"
        wie = {p.pk: int(p.sleutel.removeprefix(begin)) for p in punten if p.sleutel.startswith(begin)}
        if not wie:
            return {}
        zichtbaar = Verslag.objects.zichtbaar_voor(gebruiker).filter(pk__in=set(wie.values()))
        rijen = {v.pk: v for v in zichtbaar.select_related("vergadering") if v.html}
        return {punt: rijen[pk] for punt, pk in wie.items() if pk in rijen}

    def _tekst(self, verslag: Verslag, kring: Collection[int]) -> str:
        """Buiten de kring geldt van een vastgesteld verslag de openbare tekst."""
        return verslag.html if verslag.vergadering_id in kring else verslag.openbaar_html
