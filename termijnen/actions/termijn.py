"""Een termijn openen, verlengen, stilzetten, hervatten, voldoen, laten vervallen en heropenen."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction

from berichten.actions import annuleer
from kern.fouten import InvoerFout
from kern.tijd import dag_van, datum_nl, vandaag
from logboek.actions import leg_vast
from overgangen import voer_uit
from termijnen import ladders, regels, soorten
from termijnen.enums import SoortWijziging, Status
from termijnen.models import Herinnering, Termijn, TermijnWijziging, Uitstel
from termijnen.policies import LAATSTE_JAAR
from termijnen.queries import ladder_van

if TYPE_CHECKING:
    from toegang.models import Gebruiker

FEIT = "termijnen.herinner"
LANGSTE_UITSTEL = timedelta(weeks=4)


@transaction.atomic
def open_termijn(
    *,
    soort: str,
    object: models.Model,
    basis: date,
    door: "Gebruiker | None",
    vervalt_op: date | None = None,
    eigenaar: "Gebruiker | None" = None,
    wat: str = "",
) -> Termijn:
    """Open een termijn van een aangemelde soort op een object en geef haar terug.

    Zonder `vervalt_op` volgt de vervaldag uit de rekenregel van de soort en `basis` (Amsterdamse dag); met `vervalt_op`
    is het een gekozen dag. `eigenaar` bewaakt de termijn (standaard `door`); `wat` zegt waarvoor zij is als het object
    dat zelf niet zegt. Treden van voor vandaag worden niet ingehaald, dus een termijn uit het verleden geeft geen
    stapel berichten. Loopt dezelfde termijn al, dan geeft dit die terug.

    Werpt InvoerFout bij een onbekende soort, een onmogelijke dag, of als er een andere van deze soort loopt.
    """
    gekozen = soorten.met_naam(soort)
    weekend = bool(settings.TERMIJN_WEEKEND_VERSCHUIVEN)
    if vervalt_op is not None:
        regel, tekst = "eigen", f"gekozen dag: {datum_nl(vervalt_op)}"
        if vervalt_op < basis:
            raise InvoerFout("vervalt_op", f"De termijn eindigt voor zij begint ({datum_nl(basis)}).")
    else:
        regel = gekozen.regel
        vervalt_op = regels.vervaldatum(regel, basis, weekend_verschuiven=weekend)
        tekst = regels.uitleg(regel, basis, weekend_verschuiven=weekend)
    if vervalt_op.year > LAATSTE_JAAR:
        raise InvoerFout("vervalt_op", f"Kies een dag vóór {LAATSTE_JAAR + 1}.")
    # Het slot op het object: wie tegelijk opent, ziet daarna de eerste.
    type(object)._base_manager.select_for_update(no_key=True).get(pk=object.pk)
    loopt = Termijn.objects.van(object).lopend().filter(soort=soort).first() if soort != "eigen" else None
    if loopt is not None:
        if (loopt.basis, loopt.vervalt_op) == (basis, vervalt_op):
            return loopt
        raise InvoerFout(
            "soort", f"Er loopt al een termijn “{gekozen.omschrijving}”, tot {datum_nl(loopt.vervalt_op)}."
        )
    termijn = Termijn(
        soort=soort,
        object_soort=object._meta.label_lower,
        object_id=str(object.pk),
        object_naam=(f"{wat} ({object})" if wat else str(object))[:300],
        eigenaar=eigenaar or door,
        basis=basis,
        regel=regel,
        vervalt_op=vervalt_op,
        uitleg=tekst,
    )
    termijn.voorbeeld = bool(getattr(object, "voorbeeld", termijn.voorbeeld))
    return _begin(termijn, door)


def _begin(termijn: Termijn, door: "Gebruiker | None") -> Termijn:
    """Sla een nieuwe termijn op, plan haar eerste waarschuwing vanaf vandaag, en leg haar vast."""
    termijn.herinner_vanaf = vandaag()
    termijn.volgende_herinnering = volgende(termijn, vanaf=termijn.herinner_vanaf)
    termijn.save()
    leg_vast(soort="termijnen.open_termijn", object=termijn, door=door, gegevens={"uitleg": termijn.uitleg})
    return termijn


@transaction.atomic
def voldoe(
    *, termijn: Termijn, door: "Gebruiker | None", op: date | None = None, versie: int | None = None, reden: str = ""
) -> Termijn:
    """Teken een termijn af als voldaan op dag `op` (standaard vandaag); te laat voldaan is ook voldaan.

    Stond zij stil, dan schuift de vervaldag op met de dagen tot `op`, zoals bij hervatten. Wachtende waarschuwingen
    worden teruggehaald. Werpt OvergangGeweigerd als zij al was afgesloten of `op` nog komt.
    """
    oud, dag = _slot(termijn), vandaag()
    gehaald = op or dag
    stil = max(0, (gehaald - (oud.gepauzeerd_op or gehaald)).days)
    nieuw = _opgeschoven(oud, stil)
    vers = voer_uit(
        Termijn, termijn.pk, versie, "voldoe", door=door, reden=reden, op=gehaald, vandaag=dag, **nieuw
    )  # fmt: skip
    return _rond_af(vers, SoortWijziging.VOLDAAN, oud.vervalt_op, reden, door)


def _opgeschoven(termijn: Termijn, stil: int) -> dict[str, Any]:
    """Geef de vervaldag en de uitleg als de termijn `stil` dagen stilstond."""
    vervalt_op = termijn.vervalt_op + timedelta(days=stil)
    uitleg = f"{termijn.uitleg}{_stond_stil(stil, vervalt_op)}"[:500] if stil else termijn.uitleg
    return {"vervalt_op": vervalt_op, "uitleg": uitleg}


def _stond_stil(stil: int, vervalt_op: date) -> str:
    return f"; stond {'1 dag' if stil == 1 else f'{stil} dagen'} stil, dus {datum_nl(vervalt_op)}"


@transaction.atomic
def verleng(
    *, termijn: Termijn, vervalt_op: date, reden: str, door: "Gebruiker | None", versie: int | None = None
) -> Termijn:
    """Leg de vervaldag later, met reden; waarschuwingen volgen de nieuwe dag en beginnen niet opnieuw in het verleden.

    Werpt OvergangGeweigerd als de dag niet later is of de termijn niet loopt, en InvoerFout("reden") zonder reden.
    """
    oud = _slot(termijn)
    vers = voer_uit(
        Termijn,
        termijn.pk,
        versie,
        "verleng",
        door=door,
        reden=reden,
        gegevens={"oud": oud.vervalt_op.isoformat(), "nieuw": vervalt_op.isoformat()},
        vervalt_op=vervalt_op,
        uitleg=f"{oud.uitleg}; verlengd tot {datum_nl(vervalt_op)}"[:500],
        herinner_vanaf=vandaag(),
    )
    return _rond_af(vers, SoortWijziging.VERLENGD, oud.vervalt_op, reden, door)


@transaction.atomic
def herroep_verlenging(*, termijn: Termijn, reden: str, door: "Gebruiker | None", versie: int | None = None) -> Termijn:
    """Neem de laatste verlenging terug zolang het publiek haar niet ziet; de vervaldag van daarvoor geldt weer.

    Werpt OvergangGeweigerd als er niets te herroepen is of de tien minuten voorbij zijn, en InvoerFout("reden").
    """
    rij = _slot(termijn)
    laatste = rij.wijzigingen.order_by("pk").last()
    oud = rij.vervalt_op if laatste is None else laatste.oud_vervalt_op
    vers = voer_uit(
        Termijn,
        termijn.pk,
        versie,
        "herroep_verlenging",
        door=door,
        reden=reden,
        vervalt_op=oud,
        uitleg=rij.uitleg.removesuffix(f"; verlengd tot {datum_nl(rij.vervalt_op)}"),
        herinner_vanaf=vandaag(),
    )
    return _rond_af(vers, SoortWijziging.HERROEPEN, rij.vervalt_op, reden, door)


@transaction.atomic
def verzet(
    *, termijn: Termijn, vervalt_op: date, reden: str, door: "Gebruiker | None", versie: int | None = None
) -> Termijn:
    """Herstel een verkeerd vastgelegde vervaldag, eerder of later, en geef de termijn die nu loopt terug.

    Later is verlengen, als zij loopt. Anders vervalt de oude termijn met reden en komt er een nieuwe met dezelfde
    begindag, zodat te zien blijft wat er stond; stond de oude stil, dan de nieuwe ook. Dezelfde dag doet niets. Werpt
    InvoerFout als de dag voor de begindag ligt, en verder wat `verleng` en `laat_vervallen` werpen.
    """
    oud = _slot(termijn)
    if vervalt_op == oud.vervalt_op:
        return oud
    if vervalt_op > oud.vervalt_op and oud.status == Status.OPEN:
        return verleng(termijn=oud, vervalt_op=vervalt_op, reden=reden, door=door, versie=versie)
    if vervalt_op < oud.basis:
        raise InvoerFout("vervalt_op", f"De termijn eindigt voor zij begint ({datum_nl(oud.basis)}).")
    laat_vervallen(termijn=oud, reden=reden, door=door, versie=versie)
    nieuw = _begin(
        Termijn(
            soort=oud.soort,
            object_soort=oud.object_soort,
            object_id=oud.object_id,
            object_naam=oud.object_naam,
            eigenaar=oud.eigenaar,
            basis=oud.basis,
            regel="eigen",
            vervalt_op=vervalt_op,
            uitleg=f"gekozen dag: {datum_nl(vervalt_op)} (eerst {datum_nl(oud.vervalt_op)})",
            voorbeeld=oud.voorbeeld,
        ),
        door,
    )
    return _zoals(oud, nieuw, reden, door)


def _zoals(oud: Termijn, nieuw: Termijn, reden: str, door: "Gebruiker | None") -> Termijn:
    """Zet `nieuw` stil vanaf dezelfde dag als `oud`, als die stilstond: bij het hervatten tellen al die dagen mee."""
    return nieuw if oud.gepauzeerd_op is None else _zet_stil(nieuw, oud.gepauzeerd_op, reden, door)


def _zet_stil(termijn: Termijn, sinds: date, reden: str, door: "Gebruiker | None") -> Termijn:
    vers = voer_uit(Termijn, termijn.pk, None, "pauzeer", door=door, reden=reden, op=sinds)
    return _rond_af(vers, SoortWijziging.GEPAUZEERD, vers.vervalt_op, reden, door)


@transaction.atomic
def begin_opnieuw(
    *,
    termijn: Termijn,
    object: models.Model,
    basis: date,
    reden: str,
    door: "Gebruiker | None",
    vervalt_op: date | None = None,
    eigenaar: "Gebruiker | None" = None,
) -> Termijn:
    """Laat een lopende termijn van `object` tellen vanaf `basis`, en geef de termijn die nu loopt terug.

    De oude vervalt met de reden en er begint een nieuwe, stil als de oude stilstond; met dezelfde begindag en een
    gekozen `vervalt_op` wordt zij alleen verzet. Werpt wat `verzet`, `laat_vervallen` en `open_termijn` werpen.
    """
    if vervalt_op is not None and basis == termijn.basis:
        return verzet(termijn=termijn, vervalt_op=vervalt_op, reden=reden, door=door)
    oud = _slot(termijn)
    laat_vervallen(termijn=oud, reden=reden, door=door)
    nieuw = open_termijn(
        soort=oud.soort, object=object, basis=basis, vervalt_op=vervalt_op, eigenaar=eigenaar, door=door
    )
    return _zoals(oud, nieuw, reden, door)


@transaction.atomic
def pauzeer(*, termijn: Termijn, reden: str, door: "Gebruiker | None", versie: int | None = None) -> Termijn:
    """Zet een lopende termijn stil vanaf vandaag; er wordt niet gewaarschuwd tot zij hervat wordt."""
    vers = voer_uit(Termijn, termijn.pk, versie, "pauzeer", door=door, reden=reden, op=vandaag())
    return _rond_af(vers, SoortWijziging.GEPAUZEERD, vers.vervalt_op, reden, door)


@transaction.atomic
def hervat(*, termijn: Termijn, reden: str, door: "Gebruiker | None", versie: int | None = None) -> Termijn:
    """Laat een stilstaande termijn weer lopen; de vervaldag schuift op met de dagen dat zij stilstond."""
    oud, dag = _slot(termijn), vandaag()
    stil = (dag - (oud.gepauzeerd_op or dag)).days
    nieuw = _opgeschoven(oud, stil)
    vers = voer_uit(
        Termijn,
        termijn.pk,
        versie,
        "hervat",
        door=door,
        reden=reden,
        gegevens={"oud": oud.vervalt_op.isoformat(), "nieuw": nieuw["vervalt_op"].isoformat()},
        herinner_vanaf=dag,
        **nieuw,
    )
    return _rond_af(vers, SoortWijziging.HERVAT, oud.vervalt_op, reden, door)


@transaction.atomic
def laat_vervallen(*, termijn: Termijn, reden: str, door: "Gebruiker | None", versie: int | None = None) -> Termijn:
    """Sluit een termijn die niet meer ter zake doet, met reden; wachtende waarschuwingen worden teruggehaald."""
    vers = voer_uit(Termijn, termijn.pk, versie, "laat_vervallen", door=door, reden=reden)
    return _rond_af(vers, SoortWijziging.VERVALLEN, vers.vervalt_op, reden, door)


@transaction.atomic
def heropen(*, termijn: Termijn, reden: str, door: "Gebruiker | None", versie: int | None = None) -> Termijn:
    """Laat een afgesloten termijn weer lopen met dezelfde vervaldag (een reactie is ingetrokken).

    Stond zij stil toen zij werd afgesloten, dan staat zij weer stil, sinds dezelfde dag. Werpt InvoerFout als er
    intussen een andere termijn van deze soort op het object loopt.
    """
    oud = _slot(termijn)
    ander = Termijn.objects.filter(soort=oud.soort, object_soort=oud.object_soort, object_id=oud.object_id).lopend()
    if oud.soort != "eigen" and ander.exclude(pk=oud.pk).exists():
        raise InvoerFout("", f"Er loopt al een andere termijn “{oud.omschrijving}”.")
    sinds = _stil_sinds(oud)
    weer = {"herinner_vanaf": vandaag(), **_voor_het_sluiten(oud)}
    vers = voer_uit(Termijn, termijn.pk, versie, "heropen", door=door, reden=reden, **weer)
    vers = _rond_af(vers, SoortWijziging.HEROPEND, oud.vervalt_op, reden, door)
    return vers if sinds is None else _zet_stil(vers, sinds, reden, door)


def _voor_het_sluiten(termijn: Termijn) -> dict[str, Any]:
    """Geef de vervaldag en de uitleg van voor het sluiten: wie stilstond en voldaan werd, kreeg er dagen bij."""
    dicht = termijn.wijzigingen.filter(soort__in=(SoortWijziging.VOLDAAN, SoortWijziging.VERVALLEN)).last()
    vervalt_op = termijn.vervalt_op if dicht is None else dicht.oud_vervalt_op
    erbij = _stond_stil((termijn.vervalt_op - vervalt_op).days, termijn.vervalt_op)
    return {"vervalt_op": vervalt_op, "uitleg": termijn.uitleg.removesuffix(erbij)}


def _stil_sinds(termijn: Termijn) -> date | None:
    """Geef sinds wanneer een afgesloten termijn stilstond toen zij werd afgesloten; None als zij liep."""
    sinds = eerder = None
    for rij in termijn.wijzigingen.order_by("pk"):
        if rij.soort == SoortWijziging.HEROPEND:
            sinds, eerder = None, sinds  # stond zij stil, dan volgt daarna dezelfde pauze nog eens
        elif rij.soort == SoortWijziging.GEPAUZEERD:
            sinds, eerder = eerder or dag_van(rij.op), None
        elif rij.soort == SoortWijziging.HERVAT:
            sinds = None
    return sinds


def volgende(termijn: Termijn, *, vanaf: date, ladder: tuple[ladders.Trede, ...] | None = None) -> date | None:
    """Geef de eerste dag op of na `vanaf` waarop deze termijn een waarschuwing heeft, ook na een uitstel."""
    gekozen = ladder if ladder is not None else ladder_van(soorten.met_naam(termijn.soort))
    dag = ladders.eerstvolgende(gekozen, termijn.vervalt_op, vanaf=max(vanaf, termijn.herinner_vanaf))
    if termijn.pk is None:
        return dag
    uitgesteld = termijn.uitstellen.filter(tot__gte=vanaf).order_by("tot").values_list("tot", flat=True).first()
    return min((d for d in (dag, uitgesteld) if d is not None), default=None)


@transaction.atomic
def stel_uit(*, termijn: Termijn, tot: date, reden: str, door: "Gebruiker") -> Uitstel:
    """Waarschuw `door` over deze termijn pas weer op `tot`, met reden; anderen en de vervaldag veranderen niet.

    Hoogstens vier weken. Werpt InvoerFout ("tot", "reden", of zonder veld als de termijn niet loopt).
    """
    dag, rij = vandaag(), _slot(termijn)
    if rij.status != Status.OPEN:
        raise InvoerFout("", "Deze termijn loopt niet; er wordt niet over gewaarschuwd.")
    if not dag < tot <= dag + LANGSTE_UITSTEL:
        raise InvoerFout("tot", f"Kies een dag van morgen tot en met {datum_nl(dag + LANGSTE_UITSTEL)}.")
    if not reden.strip():
        raise InvoerFout("reden", "Schrijf waarom u later gewaarschuwd wilt worden.")
    uitstel = Uitstel.objects.create(termijn=rij, gebruiker=door, tot=tot, reden=reden.strip(), voorbeeld=rij.voorbeeld)
    rij.volgende_herinnering = volgende(rij, vanaf=min(rij.volgende_herinnering or tot, dag + timedelta(days=1)))
    rij.save(update_fields=["volgende_herinnering"])
    leg_vast(soort="termijnen.stel_uit", object=rij, door=door, reden=reden, gegevens={"tot": tot.isoformat()})
    return uitstel


def _slot(termijn: Termijn) -> Termijn:
    return Termijn.objects.select_for_update().get(pk=termijn.pk)


@transaction.atomic
def draag_termijn_over(*, termijn: Termijn, naar: "Gebruiker", door: "Gebruiker", reden: str) -> Termijn:
    """Laat een ander de termijn bewaken; wie haar bewaakte vindt haar niet meer bij de zijne. Geeft de termijn."""
    rij = Termijn.objects.select_for_update().get(pk=termijn.pk)
    rij.eigenaar = naar
    rij.save(update_fields=["eigenaar"])
    TermijnWijziging.objects.create(
        termijn=rij,
        soort=SoortWijziging.OVERGEDRAGEN,
        oud_vervalt_op=rij.vervalt_op,
        nieuw_vervalt_op=rij.vervalt_op,
        reden=reden,
        door=door,
        voorbeeld=rij.voorbeeld,
    )
    leg_vast(soort="termijnen.draag_over", object=rij, door=door, reden=reden, gegevens={"naar": naar.naam})
    return rij


def _rond_af(termijn: Termijn, soort: SoortWijziging, oud: date, reden: str, door: "Gebruiker | None") -> Termijn:
    """Schrijf de wijziging, plan de volgende waarschuwing, en haal terug wat niet meer klopt."""
    TermijnWijziging.objects.create(
        termijn=termijn,
        soort=soort,
        oud_vervalt_op=oud,
        nieuw_vervalt_op=termijn.vervalt_op,
        reden=reden.strip(),
        door=door,
        voorbeeld=termijn.voorbeeld,
    )
    if termijn.loopt:
        termijn.volgende_herinnering = volgende(termijn, vanaf=termijn.herinner_vanaf)
        termijn.fouten, termijn.laatste_fout = 0, ""
        termijn.save(update_fields=["volgende_herinnering", "fouten", "laatste_fout"])
    reden_ = f"De termijn is {soort.label}."
    annuleer(feit_begin=f"{FEIT}:{termijn.pk}", reden=reden_, door=door)
    for feit in _overzichten_met_alleen(termijn):
        annuleer(feit_begin=feit, reden=reden_, door=door)
    return termijn


def _overzichten_met_alleen(termijn: Termijn) -> list[str]:
    """Geef de wachtende overzichten waarin naast deze termijn niets staat dat nog loopt."""
    regels = Herinnering.objects.filter(termijn=termijn, overzichtregel__bericht__status="wacht")
    berichten = set(regels.values_list("overzichtregel__bericht", "overzichtregel__bericht__feit"))
    ander = Herinnering.objects.exclude(termijn=termijn).filter(termijn__status=Status.OPEN)
    return [feit for pk, feit in berichten if not ander.filter(overzichtregel__bericht=pk).exists()]
