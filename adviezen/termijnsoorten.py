"""De termijnen die een traject opent: wie er gewaarschuwd wordt, en waar de termijn over gaat."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from adviezen.models import Achterbanberaad, Adviestraject, Deelname, Voortraject
from adviezen.queries.aanspreken import aanspreekpunten
from adviezen.queries.aanspreken import behandelaars as bij_traject
from kern.tijd import vandaag
from raad.models import OrganisatieContact
from raad.models.tijdvak import geldt_op
from termijnen import soorten

if TYPE_CHECKING:
    from termijnen.models import Termijn
    from toegang.models import Gebruiker


def _traject(termijn: "Termijn") -> Adviestraject | None:
    return Adviestraject.objects.select_related("secretaris", "waarnemer").filter(pk=termijn.object_id).first()


def behandelaars(termijn: "Termijn", dag: date) -> "Iterable[Gebruiker]":
    """Geef de behandelend secretaris, en de waarnemer als die er is."""
    traject = _traject(termijn)
    if traject is None:
        return []
    return bij_traject(traject)


def wie_nog_reageert(termijn: "Termijn", dag: date) -> "Iterable[Gebruiker]":
    """Geef de contactpersonen van organisaties die nog niet reageerden, en de behandelaars.

    Wie van de secretaris een latere dag kreeg, hoort niet dat de ronde afloopt.
    """
    rondes = Achterbanberaad.objects.select_related("traject__secretaris", "traject__waarnemer")
    beraad = rondes.filter(pk=termijn.object_id).first()
    if beraad is None:
        return []
    op = max(dag, beraad.uiterlijk_op or dag)
    wachtend = beraad.deelnames.wachtend().exclude(uiterlijk_op__gte=op)
    wachtend = wachtend.select_related("contact", "organisatie")
    contacten = {g.pk: g for d in wachtend for g in aanspreekpunten(d)}
    return [*contacten.values(), *bij_traject(beraad.traject)]


def wie_volgt(termijn: "Termijn", dag: date) -> "Iterable[Gebruiker]":
    """Geef wie de verwachte vraag volgt."""
    rij = Voortraject.objects.select_related("secretaris").filter(pk=termijn.object_id).first()
    return [] if rij is None else [rij.secretaris]


def adres_van_voortraject(termijn: "Termijn") -> str:
    """Geef de bladzijde van de verwachte vraag."""
    return f"/werk/trajecten/werkprogramma/{termijn.object_id}/"


def adres_van_traject(termijn: "Termijn") -> str:
    """Geef de werkpagina van het traject."""
    traject = _traject(termijn)
    return "/werk/" if traject is None else f"/werk/trajecten/{traject.slug}/"


def adres_van_beraad(termijn: "Termijn") -> str:
    """Geef de reacties van de ronde: daar ziet het secretariaat wie nog moet en geeft het meer tijd."""
    slug = Achterbanberaad.objects.filter(pk=termijn.object_id).values_list("traject__slug", flat=True).first()
    return f"/werk/trajecten/{slug}/reacties/" if slug else "/werk/"


def adres_van_beraad_voor(termijn: "Termijn", ontvanger: "Gebruiker") -> str:
    """Geef wie het bij een organisatie regelt haar reactie, eerst een die er nog niet is; ieder ander de ronde."""
    regelt = OrganisatieContact.objects.filter(
        geldt_op(vandaag()), gebruiker=ontvanger, organisatie=OuterRef("organisatie")
    )
    eigen = Deelname.objects.filter(Q(contact=ontvanger) | Exists(regelt), beraad__pk=termijn.object_id)
    deelname = eigen.wachtend().order_by("pk").first() or eigen.order_by("pk").first()
    return adres_van_beraad(termijn) if deelname is None else f"/organisatie/beraad/{deelname.pk}/"


def beraden_van(gebruiker: "Gebruiker") -> Q | None:
    """Een contactpersoon ziet de termijn van de ronden waarin hij gevraagd is."""
    ronden = Achterbanberaad.objects.filter(deelnames__contact=gebruiker).values_list("pk", flat=True)
    nummers = [str(pk) for pk in ronden]
    return Q(soort="achterbanberaad", object_id__in=nummers) if nummers else None


def nummers(rijen: "QuerySet[Any]") -> "QuerySet[Any]":
    """Geef de nummers van rijen als tekst, zoals Termijn.object_id ze bewaart; nog geen zoekvraag."""
    return rijen.annotate(als_tekst=Cast("pk", CharField())).values("als_tekst")


def waargenomen(gebruiker: "Gebruiker") -> Q:
    """De termijnen van de trajecten die iemand waarneemt, en van hun ronden."""
    trajecten = Adviestraject.objects.filter(waarnemer=gebruiker)
    rondes = Achterbanberaad.objects.filter(traject__waarnemer=gebruiker)
    van_traject = Q(object_soort=Adviestraject._meta.label_lower, object_id__in=nummers(trajecten))
    return van_traject | Q(object_soort=Achterbanberaad._meta.label_lower, object_id__in=nummers(rondes))


def registreer_soorten() -> None:
    """Meld de soorten aan; vanuit `ready()`."""
    soorten.registreer_waarneming(waargenomen)
    for naam in ("adviestermijn", "ontvangstbevestiging", "aanbieding", "publicatie"):
        soorten.registreer(soorten.standaard(naam, ontvangers=behandelaars, adres=adres_van_traject))
    soorten.registreer(soorten.standaard("verwachte_aanvraag", ontvangers=wie_volgt, adres=adres_van_voortraject))
    soorten.registreer(
        soorten.standaard(
            "achterbanberaad",
            ontvangers=wie_nog_reageert,
            adres=adres_van_beraad,
            zichtbaar=beraden_van,
            adres_voor=adres_van_beraad_voor,
        )
    )
