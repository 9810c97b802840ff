"""De voorbeeldtrajecten die bij de raad kwamen: D verdeeld, E unaniem, H onder mandaat, en B op de agenda."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from adviezen.actions import aanbieding, adviesgegevens, agendering, brieven, standpunten
from adviezen.actions.aanbevelingen import Punt
from adviezen.enums import Raadsoordeel
from adviezen.models import Adviestraject, Agendering
from inrichting import voorbeeld_opvolging as opvolging
from inrichting import voorbeeld_stemmingen as stemmingen
from inrichting import voorbeeld_teksten as teksten
from inrichting.voorbeeld_gehoord import panel
from inrichting.voorbeeld_loods import Loods, kleine_pdf
from inrichting.voorbeeld_trajecten import naar_raad, naar_verwerking
from inrichting.voorbeeld_vergaderingen import vrijdag_bij
from raad.enums import Geleding
from raad.models import Persoon
from stukken.actions import bewaar_bytes
from stukken.models import Bestand
from stukken.tasks import maak_pdf
from vergaderingen.actions import herschik, leg_bekendmaking_vast
from vergaderingen.enums import Bekendmakingsoort, Puntsoort
from vergaderingen.models import Agendapunt, Vergadering
from vergaderingen.queries import stemmen_bij

GEADRESSEERDEN = (
    "minister van Voorbeelden (voorbeeld)",
    "minister van Voorbeelden (voorbeeld); minister van Proeven (voorbeeld)",
    "sociale partners (voorbeeld)",
)


@dataclass
class Zaal:
    """Houdt raadsvergaderingen en brengt adviezen van stap 6 tot en met aanbieding."""

    loods: Loods
    echte_pdf: bool = True

    def dag(self, dagen: int) -> date:
        """Geef de vrijdag bij zoveel dagen na de eerste start."""
        return vrijdag_bij(self.loods.dag + timedelta(days=dagen))

    def op(self, dagen: int, uur: int = 12) -> AbstractContextManager[date]:
        """Vertel wat er op de raadsdag bij `dagen` gebeurde."""
        return self.loods.op((self.dag(dagen) - self.loods.dag).days, uur)

    def plan(
        self,
        dagen: int,
        trajecten: Sequence[Adviestraject],
        *,
        eerder: int = 11,
        erbij: Sequence[tuple[str, Puntsoort]] = (),
    ) -> Vergadering:
        """Plan een raad met deze adviezen op de agenda, en roep de leden `eerder` dagen vooraf op."""
        door = self.loods.staf.raadssecretaris
        with self.loods.op((self.dag(dagen) - self.loods.dag).days - eerder - 1):
            zitting = self.loods.bouw.raad(self.dag(dagen), erbij)
            for traject in trajecten:
                agendering.agendeer(traject=traject, versie=None, vergadering=zitting, door=door)
            self._orden(zitting)
        with self.loods.op((self.dag(dagen) - self.loods.dag).days - eerder):
            return self.loods.bouw.roep_op(Vergadering.objects.get(pk=zitting.pk), dagen_vooraf=eerder)

    def _orden(self, zitting: Vergadering) -> None:
        """Zet de adviezen voor de rondvraag, het laatst geagendeerde eerst: stuknummers volgen de agenda niet."""
        punten = list(zitting.agendapunten.order_by("volgorde"))
        adviezen = [p for p in punten if p.soort == Puntsoort.ADVIES]
        rest = [p for p in punten if p.soort != Puntsoort.ADVIES]
        volgorde = [p.pk for p in [*rest[:-1], *reversed(adviezen), rest[-1]]]
        herschik(vergadering=zitting, volgorde=volgorde, door=self.loods.staf.raadssecretaris)

    def houd(
        self,
        dagen: int,
        zitting: Vergadering,
        *,
        afwezig: Sequence[str] = (),
        vervangen: Mapping[str, str] | None = None,
        erbij: Sequence[str] = (),
    ) -> Vergadering:
        """Open de raad met deze afwezigen en vervangers; `erbij` zijn zetels waarvan ook de plaatsvervanger komt."""
        with self.op(dagen, 11):
            mensen = [self.loods.raad.plaatsvervangers[sleutel] for sleutel in erbij]
            return self.loods.bouw.open(zitting, afwezig=afwezig, vervangen=vervangen, erbij=mensen)

    def behandel(self, dagen: int, traject: Adviestraject) -> Agendering:
        """Van stap 6 naar stap 7; geef de agendering."""
        with self.op(dagen, 11):
            self.loods.doe(traject, "behandel_in_raad", self.loods.staf.raadssecretaris)
        gevonden = traject.agenderingen.select_related("agendapunt__vergadering").order_by("pk").last()
        assert gevonden is not None  # noqa: S101 - net behandeld
        return gevonden

    def stel_vast(
        self,
        dagen: int,
        traject: Adviestraject,
        *,
        verdeling: Sequence[tuple[str, Mapping[str, int]]] = (),
        nota: str = "",
    ) -> Adviestraject:
        """Stel vast: unaniem, of verdeeld met per opvatting hoeveel leden van elke geleding haar steunen."""
        door, punt = self.loods.staf.raadssecretaris, self.behandel(dagen, traject).agendapunt
        with self.op(dagen, 12):
            if verdeling:
                self._verdeel(traject, punt, verdeling, nota)
            oordeel = Raadsoordeel.VERDEELD if verdeling else Raadsoordeel.UNANIEM
            standpunten.leg_oordeel_vast(traject=traject, versie=None, oordeel=oordeel, door=door)
            return self.loods.doe(traject, "stel_vast", door)

    def _verdeel(
        self, traject: Adviestraject, punt: Agendapunt, verdeling: Sequence[tuple[str, Mapping[str, int]]], nota: str
    ) -> None:
        door = self.loods.staf.raadssecretaris
        over: dict[str, list[tuple[int, Persoon]]] = {g: [] for g in Geleding.values}
        for stem in stemmen_bij(punt.vergadering, punt):
            assert stem.zetel is not None  # noqa: S101 - in de raad stemt wie een zetel heeft
            over[stem.zetel.geleding].append((stem.zetel.pk, stem.persoon))
        opvattingen, laatste = [], []
        for tekst, aantallen in verdeling:
            laatste = [over[g].pop(0) for g, aantal in aantallen.items() for _ in range(aantal)]
            opvattingen.append(standpunten.Opvattinginvoer(tekst, frozenset(zetel for zetel, _ in laatste)))
        registratie = standpunten.leg_passage_vast(
            traject=traject,
            versie=None,
            passage="Drempel en overgangsrecht (voorbeeld)",
            opvattingen=opvattingen,
            door=door,
        )
        if nota:
            standpunten.voeg_nota_toe(
                traject=traject, versie=None, titel="Minderheidsnota (voorbeeld)", tekst=nota,
                leden=[persoon for _, persoon in laatste], registratie=registratie, door=door,
            )  # fmt: skip

    def bied_aan(self, dagen: int, traject: Adviestraject, *, samenvatting: str, klaar: bool = True) -> Adviestraject:
        """Stap 8: nummer, PDF, brieven, aftekenen, klaarzetten, bevestigen en (met `klaar`) aanbieden."""
        staf = self.loods.staf
        with self.loods.op(dagen, 10):
            adviesgegevens.leg_adviesgegevens_vast(
                traject=traject,
                versie=None,
                nummer=adviesgegevens.volgend_nummer(traject),
                titel=traject.openbare_titel,
                samenvatting=samenvatting,
                aanbevelingen=[
                    Punt(a.tekst, wie, a.blok)
                    for a, wie in zip(traject.advies.aanbevelingen.all(), cycle(GEADRESSEERDEN), strict=False)
                ],
                door=traject.secretaris,
            )
            for brief in brieven.stel_brieven_op(traject=traject, versie=None, door=traject.secretaris):
                brieven.parafeer_brief(brief=brief, versie=None, door=staf.communicatie)
                brieven.teken_brief_af(brief=brief, versie=None, door=staf.algemeen)
            if not klaar:
                return Adviestraject.objects.get(pk=traject.pk)
            aanbieding.zet_klaar(traject=traject, versie=None, pdf=self._pdf(traject), door=traject.secretaris)
        with self.loods.op(dagen, 14):
            aanbieding.bevestig(traject=traject, versie=None, door=staf.communicatie)
            return self.loods.doe(traject, "bied_aan", staf.algemeen)

    def _pdf(self, traject: Adviestraject) -> Bestand | None:
        """Geef een gemaakte PDF; zonder opmaakmotor (of in toetsen) één bladzijde die dat zegt."""
        if self.echte_pdf:
            opdracht = adviesgegevens.vraag_adviespdf(traject=traject, door=traject.secretaris)
            if maak_pdf(opdracht.pk) == "klaar":
                return None
        return bewaar_bytes(
            inhoud=kleine_pdf(f"{traject.openbare_titel}: opmaak volgt"), naam="advies-voorbeeld.pdf", soort="pdf",
            door=traject.secretaris,
        )  # fmt: skip


def _tot_raad(
    loods: Loods,
    titel: str,
    onderwerp: str,
    commissie: str,
    *,
    begin: int,
    termijn: int,
    vrager: str,
    themas: Sequence[str],
) -> Adviestraject:
    """Van aanvraag tot stap 6 in honderd dagen, vanaf `begin`."""
    traject = loods.aanvraag(
        f"{titel} (voorbeeld)",
        f"Wat vraagt {onderwerp} van werknemers, ondernemers en overheid?",
        dagen=begin,
        vragers=[loods.vrager(vrager, "minister")],
        termijn=termijn,
        secretaris=loods.staf.secretaris,
        themas=themas,
    )
    traject = loods.leg_voor(traject, begin + 3)
    traject = loods.wijs_toe(traject, commissie, dagen=begin + 10)
    loods.concept(traject, teksten.kort(onderwerp), dagen=begin + 30)
    panel(loods, traject, dagen=begin + 35)
    traject = naar_verwerking(loods, traject, commissie, begin=begin + 45)
    return naar_raad(loods, traject, commissie, begin=begin + 75)


def d_verdeeld(zaal: Zaal) -> Adviestraject:
    """D: verdeeld vastgesteld (12 + 6, 11, 3 en 1), aangeboden; de reactie is deels binnen en verder te laat."""
    loods = zaal.loods
    traject = _tot_raad(
        loods, "Loondoorbetaling bij ziekte", "loondoorbetaling bij ziekte", "duurzaam", begin=-225, termijn=-90,
        vrager="minister van Voorbeelden", themas=["sociale-zekerheid-en-pensioenen"],
    )  # fmt: skip
    zitting = zaal.plan(-125, [traject], erbij=[("Vaststellen verslag (voorbeeld)", Puntsoort.VERSLAG)])
    zitting = zaal.houd(
        -125,
        zitting,
        afwezig=["VNO-NCW 8", "Kroonlid 9", "Kroonlid 10"],
        vervangen={"Kroonlid 8": "Kroonlid 9"},
        erbij=["FNV 8"],
    )
    punt = zitting.agendapunten.get(soort=Puntsoort.ADVIES)
    with zaal.op(-125, 11):
        loods.bouw.vervang_bij(punt, "FNV 8")
    traject = zaal.stel_vast(
        -125,
        traject,
        verdeling=[
            ("De termijn blijft twee jaar.", {"werknemers": 12, "kroonleden": 6}),
            ("De termijn wordt een jaar.", {"ondernemers": 11}),
            ("De termijn hangt af van de grootte van het bedrijf.", {"kroonleden": 3}),
            ("Eerst meten, dan kiezen.", {"kroonleden": 1}),
        ],
        nota="Wie niet weet wat een regel kost, kan haar niet wegen (voorbeeld).",
    )
    with zaal.op(-125, 14):
        zitting = loods.bouw.sluit(zitting)
    with zaal.op(-120):
        loods.bouw.verslag(zitting)
    traject = zaal.bied_aan(-118, traject, samenvatting="De raad is verdeeld over de duur (voorbeeld).")
    opvolging.na_verdeeld(loods, traject)
    return traject


def e_unaniem(zaal: Zaal) -> tuple[Adviestraject, Adviestraject]:
    """E: unaniem vastgesteld en aangeboden, de klok loopt; en een oefentraject dat in stap 8 staat."""
    loods = zaal.loods
    traject = _tot_raad(
        loods, "Werken in de energieovergang", "de energieovergang", "duurzaam", begin=-145, termijn=20,
        vrager="minister van Voorbeelden", themas=["klimaat-en-energie"],
    )  # fmt: skip
    oefen = _tot_raad(
        loods, "Oefentraject stap 8", "de vierdaagse werkweek", "digitalisering", begin=-143, termijn=60,
        vrager="minister van Voorbeelden", themas=[],
    )  # fmt: skip
    zitting = zaal.plan(-28, [traject, oefen], erbij=[stemmingen.BENOEMING, stemmingen.WERKWIJZE])
    zitting = zaal.houd(-28, zitting, afwezig=["LTO 1", "CNV 2"])
    traject, oefen = zaal.stel_vast(-28, traject), zaal.stel_vast(-28, oefen)
    with zaal.op(-28, 13):
        stemmingen.stem(zitting, loods.staf.raadssecretaris)
    with zaal.op(-28, 14):
        zitting = loods.bouw.sluit(zitting)
    with zaal.op(-24):
        loods.bouw.verslag(zitting)
    zaal.bied_aan(-20, oefen, samenvatting="Een proef met vier dagen (voorbeeld).", klaar=False)
    return zaal.bied_aan(-21, traject, samenvatting="Samen opleiden en aan het werk houden (voorbeeld)."), oefen


def h_mandaat(zaal: Zaal) -> Adviestraject:
    """H: advies van een commissie onder mandaat, aangeboden; de raad krijgt het als ingekomen stuk."""
    loods = zaal.loods
    traject = loods.aanvraag(
        "Voorwaarden bij abonnementen (voorbeeld)",
        "Welke voorwaarden zijn redelijk bij abonnementen?",
        dagen=-130,
        vragers=[loods.vrager("minister van Voorbeelden", "minister")],
        termijn=10,
        secretaris=loods.staf.tweede,
        themas=["positie-van-de-consument"],
    )
    traject = loods.leg_voor(traject, -127)
    traject = loods.wijs_toe(traject, "consumenten", dagen=-118)
    loods.concept(traject, teksten.kort("voorwaarden bij abonnementen"), dagen=-100)
    traject = naar_verwerking(loods, traject, "consumenten", begin=-80)
    loods.concept(traject, teksten.kort("redelijke voorwaarden bij abonnementen"), dagen=-50)
    loods.verwerk(traject, "consumenten", ["overgenomen"], dagen=-40)
    loods.groen(traject, "consumenten", dagen=-40)
    with loods.op(-38):
        traject = loods.doe(
            traject,
            "adviseer_rechtstreeks",
            loods.staf.tweede,
            "De raad gaf de commissie hiervoor mandaat (voorbeeld).",
        )
    return zaal.bied_aan(-35, traject, samenvatting="Opzeggen moet zo makkelijk zijn als beginnen (voorbeeld).")


def komende_vergaderingen(zaal: Zaal, b: Adviestraject) -> Vergadering:
    """De raad van D+9 met B en een oefentraject (stap 7), het dagelijks bestuur op D+3 en een commissie op D+1."""
    loods = zaal.loods
    oefen = _tot_raad(
        loods, "Oefentraject stap 7", "reistijd", "digitalisering", begin=-120, termijn=80,
        vrager="minister van Voorbeelden", themas=[],
    )  # fmt: skip
    erbij = [
        ("Verordening op de klachtbehandeling (voorbeeld)", Puntsoort.VERORDENING),
        ("Themasessie: werk van morgen (voorbeeld)", Puntsoort.THEMA),
    ]
    zitting = zaal.plan(9, [oefen, b], eerder=5, erbij=erbij)
    leg_bekendmaking_vast(
        agendapunt=zitting.agendapunten.get(soort=Puntsoort.VERORDENING),
        soort=Bekendmakingsoort.ONTWERPVERORDENING,
        op=loods.dag - timedelta(days=21),
        vindplaats="Staatscourant (voorbeeld)",
        door=loods.staf.raadssecretaris,
    )
    loods.doe(oefen, "behandel_in_raad", loods.staf.raadssecretaris)
    bestuur = loods.bouw.bestuur(
        loods.dag + timedelta(days=3), [("Kleine bedrijven en AI (voorbeeld)", Puntsoort.BESPREKING)]
    )
    loods.bouw.roep_op(bestuur)
    commissie = loods.bouw.commissie(
        "grensarbeid",
        loods.dag + timedelta(days=1),
        [("Stand van het achterbanberaad (voorbeeld)", Puntsoort.BESPREKING)],
    )
    loods.bouw.roep_op(commissie)
    return zitting
