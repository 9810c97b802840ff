"""Wie ziet wat: de tabel van ontwerp §5 als QuerySets. Elke `zichtbaar_voor` is één zoekvraag.

De hoedanigheden van de dag komen uit `toegang.rollen` (bewaard op het gebruikersobject). Onzichtbaar is hetzelfde als
niet bestaand: views geven 404. Een superuser of beheerder ziet door dat te zijn niets.

Keuzen waar de tabel ruimte laat (docs/besluiten): het secretariaat leest geen reactie die nog in concept is en geen
opmerkingen in de kringen organisatie en geleding; een ministerieel vertegenwoordiger leest niet mee in de kring
commissie; wie alleen oud-lid is, ziet niets dan de openbare aanvraag en de eigen opmerkingen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from adviezen.enums import MET_COMMISSIE, Deling, Kring, Medestatus, Reactiestatus, SoortVersie, Stap
from commissies.enums import STEMGERECHTIGD
from commissies.models import Commissielid
from kern.tijd import nu, vandaag
from raad.enums import Geleding
from raad.models.tijdvak import geldt_op
from toegang.enums import Rol
from toegang.rollen import heeft, hoedanigheden, organen
from vergaderingen.enums import Orgaan, Status

NIETS = Q(pk__in=[])
COMMISSIELEDEN = (Rol.COMMISSIEVOORZITTER, Rol.COMMISSIELID, Rol.COMMISSIE_PLAATSVERVANGER)
MEEDENKERS = (Rol.ADVISEREND_LID, Rol.WAARNEMER)
RAADSKRING = (Rol.RAADSLID, Rol.KROONLID, Rol.PLAATSVERVANGER, Rol.WAARNEMER, Rol.MINISTERIEEL_VERTEGENWOORDIGER)


@dataclass(frozen=True)
class Blik:
    """Wat iemand vandaag is, in de vorm die de zoekvragen nodig hebben."""

    pk: int
    dag: date
    staf: bool
    bestuur: bool
    raadskring: bool
    openbare_raad: bool
    kroonlid: bool
    kroon_plaatsvervanger: bool
    lid_van: frozenset[int]
    meedenker_in: frozenset[int]
    ministerie_in: frozenset[int]
    raadslid_van: frozenset[int]
    coordinator_van: frozenset[int]
    organisaties: frozenset[int]
    geledingen: frozenset[str]
    in_functie: bool

    @property
    def commissies(self) -> frozenset[int]:
        """Elke commissie waarin deze persoon iets is."""
        return self.lid_van | self.meedenker_in | self.ministerie_in


def blik(gebruiker: Any) -> Blik | None:
    """Geef de blik van iemand op vandaag, of None voor wie niet is ingelogd of niet meer mag."""
    if not getattr(gebruiker, "is_authenticated", False) or not gebruiker.is_active:
        return None
    rollen = hoedanigheden(gebruiker)
    zetelrollen = (Rol.RAADSLID, Rol.PLAATSVERVANGER)

    def nummers(soort: str, *namen: Rol) -> frozenset[int]:
        return frozenset(organen(gebruiker, *namen, soort=soort))

    return Blik(
        pk=gebruiker.pk,
        dag=vandaag(),
        staf=heeft(gebruiker, Rol.SECRETARIAAT),
        bestuur=heeft(gebruiker, Rol.DB_LID),
        raadskring=any(h.rol in RAADSKRING and h.orgaan != "raad" for h in rollen),
        openbare_raad=heeft(gebruiker, Rol.MINISTERIEEL_VERTEGENWOORDIGER, orgaan="raad"),
        kroonlid=heeft(gebruiker, Rol.KROONLID),
        kroon_plaatsvervanger=heeft(gebruiker, Rol.PLAATSVERVANGER, orgaan=f"geleding:{Geleding.KROONLEDEN}"),
        lid_van=nummers("commissie", *COMMISSIELEDEN),
        meedenker_in=nummers("commissie", *MEEDENKERS),
        ministerie_in=nummers("commissie", Rol.MINISTERIEEL_VERTEGENWOORDIGER),
        raadslid_van=nummers("organisatie", Rol.RAADSLID),
        coordinator_van=nummers("organisatie", Rol.ORGANISATIECOORDINATOR),
        organisaties=nummers("organisatie", *zetelrollen, Rol.ORGANISATIECOORDINATOR),
        geledingen=frozenset(
            h.orgaan.removeprefix("geleding:")
            for h in rollen
            if h.rol in zetelrollen and h.orgaan.startswith("geleding:")
        ),
        in_functie=any(h.rol not in (Rol.OUD_LID, Rol.PERS) for h in rollen),
    )


def _model(naam: str) -> Any:
    return apps.get_model("adviezen", naam)


def meelezend(dag: date) -> Q:
    """Welke meelezers nu lezen: de zwijgplicht aanvaard, niet gestopt, en hun ronde nog open."""
    return geldt_op(dag) & Q(geheimhouding_op__isnull=False, beraad__gesloten_op__isnull=True)


def _meelezer(b: Blik, organisatie: str, **gelijk: str) -> Exists:
    """Wie nu meeleest namens die organisatie, met `veld=pad` gelijk (traject of beraad), vanaf de buitenste rij."""
    rijen = _model("Meelezer").objects.filter(meelezend(b.dag), gebruiker=b.pk, organisatie=OuterRef(organisatie))
    return Exists(rijen.filter(**{veld: OuterRef(pad) for veld, pad in gelijk.items()}))


def _commissielid(b: Blik, commissie: str, **gelijk: str) -> Exists:
    """Wie nu lid of plaatsvervanger is van de commissie, met `veld=pad` gelijk (organisatie of geleding)."""
    rijen = Commissielid.objects.filter(
        geldt_op(b.dag), persoon__gebruiker=b.pk, rol__in=STEMGERECHTIGD, commissie=OuterRef(commissie)
    )
    return Exists(rijen.filter(**{veld: OuterRef(pad) for veld, pad in gelijk.items()}))


def _eigen_organisatie(b: Blik, organisatie: str, traject: str, **ronde: str) -> Q:
    """De kring van een organisatie: raadsleden, plaatsvervangers, coördinatoren, meelezers, commissieleden.

    Met `beraad=pad` telt alleen wie in die ronde meeleest, anders wie dat in een open ronde van het traject doet.
    """
    return (
        Q(**{f"{organisatie}__in": b.organisaties})
        | Q(_meelezer(b, organisatie, **(ronde or {"traject": traject})))
        | Q(_commissielid(b, f"{traject}__commissie", organisatie=organisatie))
    )


class Zichtbaar(models.QuerySet[Any]):
    """Basis: `zichtbaar_voor` voegt de voorwaarde van `_zicht` toe; zonder account is het leeg."""

    def zichtbaar_voor(self, gebruiker: Any) -> Any:
        """Geef alleen de rijen die deze persoon vandaag mag zien (één zoekvraag, zonder dubbele rijen)."""
        b = blik(gebruiker)
        return self.none() if b is None else self.filter(self._zicht(b))

    def _zicht(self, b: Blik) -> Q:
        raise NotImplementedError


class TrajectQuerySet(Zichtbaar):
    """Een traject ziet wie er een rol in heeft of een stuk ervan mag lezen."""

    def lopend(self) -> Any:
        """Geef de trajecten die nog onderweg zijn."""
        from adviezen.enums import EINDSTANDEN

        return self.exclude(stap__in=EINDSTANDEN)

    def _zicht(self, b: Blik) -> Q:
        if b.staf:
            return Q()
        uit = Q(commissie__in=b.commissies)
        uit |= Q(pk__in=_model("Versie").objects.filter(versie_zicht(b)).values("traject"))
        uit |= Q(pk__in=_model("Deelname").objects.filter(deelname_zicht(b)).values("beraad__traject"))
        if b.bestuur:
            uit |= ~Q(stap=Stap.AANVRAAG)
        if b.kroonlid or b.kroon_plaatsvervanger:
            uit |= Q(stap__in=MET_COMMISSIE)
        return uit


class AanvraagQuerySet(Zichtbaar):
    """Iedereen met een account in functie; wie geen functie (meer) heeft alleen wat openbaar is."""

    def _zicht(self, b: Blik) -> Q:
        return Q() if b.in_functie else Q(niet_openbaar_grond="")


class BestuursstukQuerySet(Zichtbaar):
    """Criteria en toewijzingen: het secretariaat en het dagelijks bestuur."""

    def _zicht(self, b: Blik) -> Q:
        return Q() if b.staf or b.bestuur else NIETS


class ImpactQuerySet(Zichtbaar):
    """Wat een advies wil bereiken: het secretariaat, het dagelijks bestuur en de leden van de commissie."""

    def _zicht(self, b: Blik) -> Q:
        return Q() if b.staf or b.bestuur else Q(traject__commissie__in=b.lid_van)


def versie_zicht(b: Blik) -> Q:
    """Conceptversies, witte, groene en vastgestelde versie: elk met een eigen kring."""
    if b.staf:
        return Q()
    uit = Q(traject__commissie__in=b.commissies)
    wit, groen = Q(soort=SoortVersie.WIT), Q(soort=SoortVersie.GROEN)
    vast = Q(soort=SoortVersie.VASTGESTELD)
    uit |= wit & Q(Exists(_gevraagd(b)))
    if b.kroonlid or b.kroon_plaatsvervanger:
        uit |= wit
    if b.kroonlid:
        uit |= groen
    if b.raadskring or b.openbare_raad:
        verzonden = _model("Agendering").objects.filter(
            versie=OuterRef("pk"),
            agendapunt__vergadering__orgaan=Orgaan.RAAD,
            agendapunt__vergadering__agenda_vanaf__lte=nu(),
            agendapunt__vervallen_reden="",
        )
        verzonden = verzonden.exclude(agendapunt__vergadering__status=Status.GEPLAND)
        if not b.raadskring:  # een ministerie in de raad leest wat op de openbare agenda staat (Wet art. 28)
            verzonden = verzonden.filter(agendapunt__vergadering__openbaar=True, agendapunt__vertrouwelijk=False)
        uit |= groen & Q(Exists(verzonden))
    if b.raadskring:
        uit |= vast & (Q(vastgesteld_in__orgaan=Orgaan.RAAD) | Q(traject__stap=Stap.AANGEBODEN))
    return uit


def _gevraagd(b: Blik) -> Any:
    """Deelnames aan een geopende ronde over deze versie waarvoor iemand de witte versie krijgt."""
    deelnames = _model("Deelname").objects.filter(beraad__versie=OuterRef("pk"), beraad__geopend_op__isnull=False)
    return deelnames.filter(
        Q(organisatie__in=b.raadslid_van | b.coordinator_van)
        | Q(contact=b.pk)
        | Q(_meelezer(b, "organisatie", beraad="beraad"))
    )


class VersieQuerySet(Zichtbaar):
    """Zie `versie_zicht`."""

    def _zicht(self, b: Blik) -> Q:
        return versie_zicht(b)


def opmerking_zicht(b: Blik) -> Q:
    """De eigen opmerkingen altijd; die van een ander alleen in de eigen kring en bij een versie die men ziet."""
    kring = NIETS
    if b.staf:
        kring |= Q(kring__in=[Kring.COMMISSIE, Kring.SECRETARIAAT])
    kring |= Q(kring=Kring.COMMISSIE, versie__traject__commissie__in=b.lid_van | b.meedenker_in)
    kring |= Q(kring=Kring.ORGANISATIE) & _eigen_organisatie(b, "organisatie", "versie__traject")
    kring |= Q(kring=Kring.GELEDING) & (
        Q(geleding__in=b.geledingen) | Q(_commissielid(b, "versie__traject__commissie", geleding="geleding"))
    )
    kring |= Q(antwoord_op__auteur=b.pk)  # wie iets vraagt, leest het antwoord
    versies = _model("Versie").objects.filter(versie_zicht(b)).values("pk")
    return Q(auteur=b.pk) | kring & Q(versie__in=versies)


class OpmerkingQuerySet(Zichtbaar):
    """Zie `opmerking_zicht`."""

    def _zicht(self, b: Blik) -> Q:
        return opmerking_zicht(b)


class VoorlopigQuerySet(Zichtbaar):
    """De eigen altijd; van een ander alleen het laatste bij een versie, als het met deze lezer gedeeld is."""

    def _zicht(self, b: Blik) -> Q:
        kring = Q(gedeeld_met=Deling.COMMISSIE, versie__traject__commissie__in=b.lid_van | b.meedenker_in)
        if b.staf:
            kring |= ~Q(gedeeld_met=Deling.NIEMAND)
        nieuwer = self.model.objects.filter(
            versie=OuterRef("versie"), gebruiker=OuterRef("gebruiker"), pk__gt=OuterRef("pk")
        )
        versies = _model("Versie").objects.filter(versie_zicht(b)).values("pk")
        return Q(gebruiker=b.pk) | kring & Q(versie__in=versies) & ~Q(Exists(nieuwer))


def deelname_zicht(b: Blik, pad: str = "") -> Q:
    """Eigen organisatie zodra de ronde geopend is."""
    eigen = _eigen_organisatie(b, f"{pad}organisatie", f"{pad}beraad__traject", beraad=f"{pad}beraad")
    eigen |= Q(**{f"{pad}contact": b.pk})
    return eigen & Q(**{f"{pad}beraad__geopend_op__isnull": False})


class BeraadQuerySet(Zichtbaar):
    """De ronde zelf: secretariaat, de commissie, en de organisaties die meedoen vanaf de opening."""

    def _zicht(self, b: Blik) -> Q:
        if b.staf:
            return Q()
        eigen = _model("Deelname").objects.filter(deelname_zicht(b)).values("beraad")
        return Q(traject__commissie__in=b.commissies) | Q(pk__in=eigen)


class DeelnameQuerySet(Zichtbaar):
    """Wie meedoet: secretariaat, leden en plaatsvervangers van de commissie, en de eigen organisatie."""

    def eigen(self, gebruiker: Any) -> Any:
        """Geef alleen wat van de eigen organisatie is, ook voor wie als commissielid meer ziet."""
        b = blik(gebruiker)
        return self.none() if b is None else self.filter(deelname_zicht(b))

    def gereed(self) -> Any:
        """Geef wie reageerde, "geen reactie" meldde, of meereageert met een ingediende reactie (regel 23)."""
        return self.filter(gereed())

    def wachtend(self) -> Any:
        """Geef wie nog moet reageren."""
        return self.exclude(gereed())

    def _zicht(self, b: Blik) -> Q:
        if b.staf:
            return Q()
        return Q(beraad__traject__commissie__in=b.lid_van) | deelname_zicht(b)


def gereed(pad: str = "") -> Q:
    """Welke deelnames klaar zijn; `pad` is de weg van de rij naar de deelname ("deelnames__")."""
    mede = _model("Medeondertekening").objects.filter(
        deelname=OuterRef(f"{pad}pk"), status=Medestatus.BEVESTIGD, reactie__status=Reactiestatus.INGEDIEND
    )
    klaar = [Reactiestatus.INGEDIEND, Reactiestatus.GEEN_REACTIE]
    return Q(**{f"{pad}reactie__status__in": klaar}) | Q(Exists(mede))


def _mede(b: Blik, pad: str) -> Exists:
    """Reacties waarvoor de eigen organisatie gevraagd is mee te tekenen."""
    rijen = _model("Medeondertekening").objects.filter(deelname_zicht(b, "deelname__"), reactie=OuterRef(f"{pad}pk"))
    return Exists(rijen.exclude(status=Medestatus.AFGEWEZEN))


def reactie_zicht(b: Blik, pad: str = "") -> Q:
    """In concept alleen de eigen organisatie; daarna ook secretariaat, leden en plaatsvervangers van de commissie.

    Wie gevraagd is mee te tekenen leest mee, ook in concept, tot hij dat afwijst.
    Adviserende leden, waarnemers en ministerie alleen als de commissie de reacties openstelde.
    """
    ronde = f"{pad}deelname__beraad"
    commissie = f"{ronde}__traject__commissie__in"
    uit = deelname_zicht(b, f"{pad}deelname__") | Q(_mede(b, pad))
    verzonden = ~Q(**{f"{pad}status": Reactiestatus.CONCEPT})
    if b.staf:
        return uit | verzonden
    uit |= verzonden & Q(**{commissie: b.lid_van})
    opengesteld = Q(**{f"{ronde}__reacties_opengesteld_op__isnull": False})
    return uit | verzonden & opengesteld & Q(**{commissie: b.commissies})


class ReactieQuerySet(Zichtbaar):
    """Zie `reactie_zicht`."""

    def _zicht(self, b: Blik) -> Q:
        return reactie_zicht(b)


class ItemQuerySet(Zichtbaar):
    """De punten: wie de reactie ziet, en de kroonleden (die de verwerkingstabel lezen)."""

    def _zicht(self, b: Blik) -> Q:
        uit = reactie_zicht(b, "reactie__")
        return uit | Q(reactie__status=Reactiestatus.INGEDIEND) if b.kroonlid else uit


class VerwerkingQuerySet(Zichtbaar):
    """De verwerkingstabel: secretariaat, leden en plaatsvervangers van de commissie, kroonleden.

    Een organisatie ziet de antwoorden op haar eigen punten zodra de commissie besloot.
    """

    def _zicht(self, b: Blik) -> Q:
        if b.staf or b.kroonlid:
            return Q()
        uit = Q(item__reactie__deelname__beraad__traject__commissie__in=b.lid_van)
        return uit | deelname_zicht(b, "item__reactie__deelname__") & Q(vastgesteld_in__isnull=False)


class NotitieQuerySet(Zichtbaar):
    """Interne notities: alleen de kring van de organisatie zelf, ook niet het secretariaat of de beheerder."""

    def _zicht(self, b: Blik) -> Q:
        return deelname_zicht(b, "deelname__")


class KnelpuntQuerySet(Zichtbaar):
    """Een knelpunt lezen de eigen organisatie en het secretariaat."""

    def _zicht(self, b: Blik) -> Q:
        return Q() if b.staf else deelname_zicht(b, "deelname__")


class NotaQuerySet(Zichtbaar):
    """Minderheidsnota's: de indieners en het secretariaat; na de vaststelling ook de raad en de commissie."""

    def _zicht(self, b: Blik) -> Q:
        if b.staf:
            return Q()
        leden = self.model._meta.get_field("leden").remote_field.through.objects
        eigen = leden.filter(minderheidsnota=OuterRef("pk"), persoon__gebruiker=b.pk)
        uit = Q(Exists(eigen))
        vastgesteld = Q(agendering__traject__stap__in=[Stap.AANBIEDING, Stap.AANGEBODEN])
        if b.raadskring:
            uit |= vastgesteld
        return uit | vastgesteld & Q(agendering__traject__commissie__in=b.commissies)
