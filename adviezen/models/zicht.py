"""Wie ziet wat: de tabel van ontwerp §5 als QuerySets. Elke `zichtbaar_voor` is één zoekvraag.

De hoedanigheden van de dag komen uit `toegang.rollen` (bewaard op het gebruikersobject). Onzichtbaar is hetzelfde als
niet bestaand: views geven 404. Een superuser of beheerder ziet door dat te zijn niets.

Keuzen waar de tabel ruimte laat (docs/besluiten): het secretariaat leest geen reactie die nog in concept is en geen
opmerkingen in de kringen organisatie en geleding; een ministerieel vertegenwoordiger leest niet mee in de kring
commissie; wie alleen oud-lid is, ziet niets dan de openbare aanvraag en de eigen opmerkingen.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from adviezen.enums import MET_COMMISSIE, Deling, Kring, Medestatus, Reactiestatus, SoortVersie, Stap
from adviezen.models.blik import NIETS, Blik, allebei, bij, blik, een_van
from commissies.enums import STEMGERECHTIGD
from commissies.models import Commissielid
from kern.tijd import nu
from raad.models.tijdvak import geldt_op
from vergaderingen.enums import Orgaan, Status


def _model(naam: str) -> Any:
    return apps.get_model("adviezen", naam)


def meelezend(dag: date) -> Q:
    """Welke meelezers nu lezen: de zwijgplicht aanvaard, niet gestopt, en hun ronde nog open."""
    return geldt_op(dag) & Q(geheimhouding_op__isnull=False, beraad__gesloten_op__isnull=True)


def _meelezer(b: Blik, organisatie: str, **gelijk: str) -> Q:
    """Wie nu meeleest namens die organisatie, met `veld=pad` gelijk (traject of beraad), vanaf de buitenste rij."""
    if not b.meelezer:
        return NIETS
    rijen = _model("Meelezer").objects.filter(meelezend(b.dag), gebruiker=b.pk, organisatie=OuterRef(organisatie))
    return Q(Exists(rijen.filter(**{veld: OuterRef(pad) for veld, pad in gelijk.items()})))


def _commissielid(b: Blik, commissie: str, **gelijk: str) -> Q:
    """Wie nu lid of plaatsvervanger is van de commissie, met `veld=pad` gelijk (organisatie of geleding)."""
    if not b.lid_van:
        return NIETS
    rijen = Commissielid.objects.filter(
        geldt_op(b.dag), persoon__gebruiker=b.pk, rol__in=STEMGERECHTIGD, commissie=OuterRef(commissie)
    )
    return Q(Exists(rijen.filter(**{veld: OuterRef(pad) for veld, pad in gelijk.items()})))


def _eigen_organisatie(b: Blik, organisatie: str, traject: str, **ronde: str) -> Q:
    """De kring van een organisatie: raadsleden, plaatsvervangers, coördinatoren, meelezers, commissieleden.

    Met `beraad=pad` telt alleen wie in die ronde meeleest, anders wie dat in een open ronde van het traject doet.
    """
    return een_van(
        bij(organisatie, b.organisaties),
        _meelezer(b, organisatie, **(ronde or {"traject": traject})),
        _commissielid(b, f"{traject}__commissie", organisatie=organisatie),
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

    def _zicht(self, b: Blik) -> Q:
        if b.staf:
            return Q()
        return een_van(
            bij("commissie", b.commissies),
            Q(pk__in=_model("Versie").objects.filter(versie_zicht(b)).values("traject")),
            Q(pk__in=_model("Deelname").objects.filter(deelname_zicht(b)).values("beraad__traject")),
            ~Q(stap=Stap.AANVRAAG) if b.bestuur else NIETS,
            Q(stap__in=MET_COMMISSIE) if b.kroonlid or b.kroon_plaatsvervanger else NIETS,
        )


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
        return Q() if b.staf or b.bestuur else bij("traject__commissie", b.lid_van)


def versie_zicht(b: Blik) -> Q:
    """Conceptversies, witte, groene en vastgestelde versie: elk met een eigen kring."""
    if b.staf:
        return Q()
    wit, groen = Q(soort=SoortVersie.WIT), Q(soort=SoortVersie.GROEN)
    uit = bij("traject__commissie", b.commissies)
    uit = een_van(uit, wit if b.kroonlid or b.kroon_plaatsvervanger else wit & Q(Exists(_gevraagd(b))))
    if b.kroonlid:
        uit |= groen
    elif b.raadskring or b.openbare_raad:
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
        vast = Q(soort=SoortVersie.VASTGESTELD)
        uit |= vast & (Q(vastgesteld_in__orgaan=Orgaan.RAAD) | Q(traject__stap=Stap.AANGEBODEN))
    return uit


def _gevraagd(b: Blik) -> Any:
    """Deelnames aan een geopende ronde over deze versie waarvoor iemand de witte versie krijgt."""
    deelnames = _model("Deelname").objects.filter(beraad__versie=OuterRef("pk"), beraad__geopend_op__isnull=False)
    eigen = bij("organisatie", b.raadslid_van | b.coordinator_van)
    contact = allebei(Q(contact=b.pk), bij("organisatie", b.organisaties))  # wie vertrok, krijgt haar niet meer
    return deelnames.filter(een_van(eigen, contact, _meelezer(b, "organisatie", beraad="beraad")))


class VersieQuerySet(Zichtbaar):
    """Zie `versie_zicht`."""

    def _zicht(self, b: Blik) -> Q:
        return versie_zicht(b)


def opmerking_zicht(b: Blik) -> Q:
    """De eigen opmerkingen altijd; die van een ander alleen in de eigen kring en bij een versie die men ziet."""
    commissie = "versie__traject__commissie"
    geleding = een_van(bij("geleding", b.geledingen), _commissielid(b, commissie, geleding="geleding"))
    kring = een_van(
        Q(kring__in=[Kring.COMMISSIE, Kring.SECRETARIAAT]) if b.staf else NIETS,
        allebei(Q(kring=Kring.COMMISSIE), bij(commissie, b.lid_van | b.meedenker_in)),
        allebei(Q(kring=Kring.ORGANISATIE), _eigen_organisatie(b, "organisatie", "versie__traject")),
        allebei(Q(kring=Kring.GELEDING), geleding),
        Q(antwoord_op__auteur=b.pk),  # wie iets vraagt, leest het antwoord
    )
    versies = _model("Versie").objects.filter(versie_zicht(b)).values("pk")
    return Q(auteur=b.pk) | kring & Q(versie__in=versies)


class OpmerkingQuerySet(Zichtbaar):
    """Zie `opmerking_zicht`."""

    def _zicht(self, b: Blik) -> Q:
        return opmerking_zicht(b)


class VoorlopigQuerySet(Zichtbaar):
    """De eigen altijd; van een ander alleen het laatste bij een versie, als het met deze lezer gedeeld is."""

    def _zicht(self, b: Blik) -> Q:
        kring = een_van(
            allebei(Q(gedeeld_met=Deling.COMMISSIE), bij("versie__traject__commissie", b.lid_van | b.meedenker_in)),
            ~Q(gedeeld_met=Deling.NIEMAND) if b.staf else NIETS,
        )
        if kring is NIETS:
            return Q(gebruiker=b.pk)
        nieuwer = self.model.objects.filter(
            versie=OuterRef("versie"), gebruiker=OuterRef("gebruiker"), pk__gt=OuterRef("pk")
        )
        versies = _model("Versie").objects.filter(versie_zicht(b)).values("pk")
        return Q(gebruiker=b.pk) | kring & Q(versie__in=versies) & ~Q(Exists(nieuwer))


def deelname_zicht(b: Blik, pad: str = "") -> Q:
    """Eigen organisatie zodra de ronde geopend is."""
    eigen = _eigen_organisatie(b, f"{pad}organisatie", f"{pad}beraad__traject", beraad=f"{pad}beraad")
    return eigen & Q(**{f"{pad}beraad__geopend_op__isnull": False})


class BeraadQuerySet(Zichtbaar):
    """De ronde zelf: secretariaat, de commissie, en de organisaties die meedoen vanaf de opening."""

    def _zicht(self, b: Blik) -> Q:
        if b.staf:
            return Q()
        eigen = _model("Deelname").objects.filter(deelname_zicht(b)).values("beraad")
        return een_van(bij("traject__commissie", b.commissies), Q(pk__in=eigen))


class DeelnameQuerySet(Zichtbaar):
    """Wie meedoet: secretariaat, leden en plaatsvervangers van de commissie, en de eigen organisatie."""

    def eigen(self, gebruiker: Any) -> Any:
        """Geef alleen wat van de eigen organisatie is, ook voor wie als commissielid meer ziet."""
        b = blik(gebruiker)
        return self.none() if b is None else self.filter(deelname_zicht(b))

    def met_eigen_dag(self) -> Any:
        """Geef wie later mag reageren dan de ronde duurt."""
        return self.filter(uiterlijk_op__gt=F("beraad__uiterlijk_op")).select_related("organisatie", "beraad")

    def wachtend(self) -> Any:
        """Geef wie nog moet reageren."""
        return self.exclude(gereed())

    def _zicht(self, b: Blik) -> Q:
        if b.staf:
            return Q()
        return een_van(bij("beraad__traject__commissie", b.lid_van), deelname_zicht(b))


def gereed(pad: str = "") -> Q:
    """Wie reageerde, "geen reactie" meldde, of meereageert met een ingediende reactie (regel 23).

    `pad` is de weg van de rij naar de deelname ("deelnames__").
    """
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
    commissie = f"{ronde}__traject__commissie"
    uit = deelname_zicht(b, f"{pad}deelname__") | Q(_mede(b, pad))
    verzonden = ~Q(**{f"{pad}status": Reactiestatus.CONCEPT})
    if b.staf:
        return uit | verzonden
    opengesteld = Q(**{f"{ronde}__reacties_opengesteld_op__isnull": False})
    leden, anderen = bij(commissie, b.lid_van), bij(commissie, b.commissies - b.lid_van)
    return een_van(uit, allebei(verzonden, een_van(leden, allebei(opengesteld, anderen))))


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
        uit = bij("item__reactie__deelname__beraad__traject__commissie", b.lid_van)
        return een_van(uit, deelname_zicht(b, "item__reactie__deelname__") & Q(vastgesteld_in__isnull=False))


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
        vastgesteld = Q(agendering__traject__stap__in=[Stap.AANBIEDING, Stap.AANGEBODEN])
        kring = Q() if b.raadskring else bij("agendering__traject__commissie", b.commissies)
        return een_van(Q(Exists(eigen)), allebei(vastgesteld, kring))
