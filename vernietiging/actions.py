"""Voorstellen, goedkeuren, bevestigen en uitvoeren. Bevestigen en wissen gaan samen, of geen van beide."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction

from berichten.actions import annuleer
from kern.beurt import wacht_op_beurt
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie
from kern.tekort import Tekort
from kern.tijd import dag_van, datum_nl
from kern.tijd import nu as nu_
from logboek.actions import leg_vast
from overgangen import voer_uit
from vernietiging import permissions, queries, sql
from vernietiging.enums import Stand
from vernietiging.mails import vraag_besluit
from vernietiging.models import Post, Vernietigingslijst
from vernietiging.regels import REGELS, Regel

if TYPE_CHECKING:
    from toegang.models import Gebruiker

RUST = timedelta(days=30)
LANGST = 25  # jaar: zo lang kan iets hoogstens worden uitgezonderd


@transaction.atomic
def stel_voor(*, nu: datetime, door: "Gebruiker | None" = None) -> Vernietigingslijst | None:
    """Zet alles waarvan de termijn op `nu` om is op een nieuwe lijst en geef haar; None als er niets te doen is.

    Er wordt niets gewist. Loopt er al een lijst, dan komt er geen tweede. Zonder `door` (de klok) komt er hoogstens
    één per dertig dagen. Werpt GeenToegang voor wie hier niet over gaat.
    """
    if door is not None and not permissions.mag_beslissen(None, door):
        raise GeenToegang
    wacht_op_beurt("vernietiging_stel_voor")
    vorige = Vernietigingslijst.objects.first()
    if queries.open_lijst() or (door is None and vorige is not None and vorige.opgesteld_op > nu - RUST):
        return None
    dag = dag_van(nu)
    with transaction.atomic():
        lijst = Vernietigingslijst.objects.create(peildag=dag, opgesteld_op=nu)
        aantal = sum(_zet_erop(lijst, regel, dag) for regel in REGELS if regel.termijn)
        if not aantal:
            transaction.set_rollback(True)  # een lege lijst is er nooit geweest
    if not aantal:
        return None
    leg_vast(soort="vernietiging.stel_voor", object=lijst, door=door, gegevens={"rijen": aantal})
    vraag_besluit(
        lijst,
        behalve=None,
        onderwerp="Er is een lijst met wat vernietigd kan worden",
        tekst="Van een aantal gegevens is de bewaartermijn om. Bekijk de lijst en beslis; zonder besluit blijft alles.",
    )
    return lijst


def _zet_erop(lijst: Vernietigingslijst, regel: Regel, dag: date) -> int:
    """Zet van één regel elke groep met haar rijen op de lijst; geeft hoeveel rijen."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.zet_erop(regel.naam),
            {
                "lijst": lijst.pk,
                "regel": regel.naam,
                "tabel": regel.tabel,
                "titel": regel.titel,
                "maanden": regel.termijn,
                "grond": regel.grond,
                "dag": dag,
            },
        )
        return int(cursor.rowcount)


@transaction.atomic
def zonder_uit(*, post: Post, tot: date, reden: str, versie: int, door: "Gebruiker") -> Post:
    """Houd één post van de lijst: hij blijft in elk geval tot `tot`, met een reden.

    Kan alleen zolang niemand goedkeurde. Werpt InvoerFout bij het veld, GeenToegang en VerouderdeVersie.
    """
    lijst = Vernietigingslijst.objects.select_for_update().get(pk=post.lijst_id)
    if not permissions.mag_beslissen(lijst, door):
        raise GeenToegang
    if lijst.rijversie != versie:
        raise VerouderdeVersie
    if lijst.stand != Stand.VOORGESTELD:
        raise InvoerFout("", "Deze lijst is al goedgekeurd of afgewezen; er verandert niets meer aan.")
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden; die blijft bij de lijst staan.")
    if not lijst.peildag < tot <= lijst.peildag + timedelta(days=366 * LANGST):
        raise InvoerFout("tot", f"Kies een dag na {datum_nl(lijst.peildag)}, hoogstens {LANGST} jaar later.")
    rij = Post.objects.get(pk=post.pk)
    rij.uitgezonderd_tot, rij.uitzondering, rij.uitgezonderd_door_naam = tot, reden.strip(), door.naam
    rij.save(update_fields=["uitgezonderd_tot", "uitzondering", "uitgezonderd_door_naam"])
    lijst.rijversie += 1
    lijst.save(update_fields=["rijversie"])
    leg_vast(
        soort="vernietiging.zonder_uit",
        object=lijst,
        door=door,
        reden=rij.uitzondering,
        gegevens={"post": rij.pk, "regel": rij.regel, "groep": rij.groep, "tot": tot.isoformat()},
    )
    return rij


@transaction.atomic
def keur_goed(*, lijst: Vernietigingslijst, versie: int, door: "Gebruiker") -> Vernietigingslijst:
    """De eerste persoon keurt de lijst goed; er wordt nog niets gewist. Fouten als `voer_uit`."""
    rij = voer_uit(Vernietigingslijst, lijst.pk, versie, "keur_goed", door=door, wie=door.pk, naam=door.naam, op=nu_())
    _haal_vraag_terug(rij, door)
    vraag_besluit(
        rij,
        behalve=door.pk,
        onderwerp="Een lijst met wat vernietigd kan worden wacht op een tweede persoon",
        tekst="De eerste persoon keurde haar goed. Bevestigt u haar, dan is alles erop weg.",
    )
    return rij


@transaction.atomic
def bevestig(*, lijst: Vernietigingslijst, versie: int, door: "Gebruiker") -> Vernietigingslijst:
    """De tweede persoon bevestigt, en in dezelfde transactie is alles op de lijst weg.

    Werpt wat `voer_uit` werpt, en OvergangGeweigerd als er iets op de lijst intussen veranderd is; dan is er niets
    gewist. Wat blijft is de lijst als verklaring van vernietiging.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT logboek_transactie()")
        transactie = cursor.fetchone()[0]
    posten = lijst.posten.filter(uitgezonderd_tot__isnull=True)
    gegevens = {
        "posten": [{"regel": p.regel, "groep": p.groep, "aantal": p.aantal, "hash": p.hash} for p in posten],
        "vernietigde_inzagen": queries.bereiken(lijst),
    }
    rij = voer_uit(
        Vernietigingslijst, lijst.pk, versie, "bevestig", door=door, gegevens=gegevens,
        wie=door.pk, naam=door.naam, op=nu_(), transactie=transactie,
    )  # fmt: skip
    if anders := queries.veranderd(rij, {r.naam: r for r in REGELS}):
        namen = "; ".join(str(post) for post in anders[:5])
        raise OvergangGeweigerd(
            [Tekort(f"Dit is niet meer wat er is goedgekeurd: {namen}. Wijs de lijst af en maak een nieuwe.")]
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT vernietiging_voer_uit(%s)", [rij.pk])
    _haal_vraag_terug(rij, door)
    return rij


@transaction.atomic
def wijs_af(
    *, lijst: Vernietigingslijst, versie: int, reden: str, door: "Gebruiker", opnieuw: bool = False
) -> Vernietigingslijst:
    """De lijst gaat niet door; de reden blijft erbij staan. Fouten als `voer_uit`.

    Met `opnieuw` komt er in dezelfde transactie een nieuwe, en is zij het antwoord. Zo kan ook de tweede persoon iets
    laten blijven: op wat al goedgekeurd is verandert niets meer, dus beslissen beiden over dezelfde nieuwe lijst.
    """
    rij = voer_uit(Vernietigingslijst, lijst.pk, versie, "wijs_af", door=door, reden=reden, afwijzing=reden.strip())
    _haal_vraag_terug(rij, door)
    return (stel_voor(nu=nu_(), door=door) if opnieuw else None) or rij


def _haal_vraag_terug(lijst: Vernietigingslijst, door: "Gebruiker") -> None:
    """Haal terug wat nog wacht om iemand te vragen wat nu al besloten is."""
    for stand in (Stand.VOORGESTELD, Stand.GOEDGEKEURD):
        annuleer(feit_begin=f"vernietiging.{stand}:{lijst.pk}", reden="Er is al besloten.", door=door)
