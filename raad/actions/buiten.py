"""Nevenfuncties, en wie een ministerie in de raad vertegenwoordigt."""

from __future__ import annotations

from datetime import date, timedelta

from kern.fouten import InvoerFout
from kern.tijd import datum_nl
from raad import regels
from raad.actions.benoemingen import beeindig_benoeming
from raad.actions.hulp import controleer_einde, leg_tijdvak_vast
from raad.enums import Ambt
from raad.models import MinisterieVertegenwoordiger, Nevenfunctie, Persoon
from raad.weigering import eis_tijdvak, in_een_keer
from toegang.models import Gebruiker


def registreer_nevenfunctie(
    *,
    persoon: Persoon,
    functie: str,
    van: date,
    door: Gebruiker | None,
    waar: str = "",
    betaald: bool = False,
    tot: date | None = None,
    onverenigbaar: str = "",
) -> Nevenfunctie:
    """Leg een nevenfunctie vast en geef haar terug; een onverenigbaar ambt beëindigt de zetel op zijn eerste dag (5).

    Dezelfde nog eens geeft de bestaande. Werpt InvoerFout bij een lege functie, een leeg tijdvak, of een benoeming die
    pas tijdens het ambt begint.
    """
    functie = functie.strip()
    if not functie:
        raise InvoerFout("functie", "Vul de functie in.")
    eis_tijdvak(van, tot)
    with in_een_keer({}, slot=regels.SLOT):
        velden = {
            "persoon": persoon, "functie": functie[:200], "waar": waar.strip()[:200], "betaald": betaald, "van": van,
            "tot": tot, "onverenigbaar": onverenigbaar,
        }  # fmt: skip
        if (bestaand := Nevenfunctie.objects.filter(**velden).first()) is not None:
            return bestaand
        rij = Nevenfunctie.objects.create(**velden)
        leg_tijdvak_vast("raad.registreer_nevenfunctie", rij, door, persoon, functie=functie)
        if onverenigbaar:
            _beeindig_zetels(rij, door)
    return rij


def _beeindig_zetels(ambt: Nevenfunctie, door: Gebruiker | None) -> None:
    for benoeming in ambt.persoon.benoemingen.exclude(tot__lte=ambt.van):
        if ambt.tot is not None and benoeming.van >= ambt.tot:
            continue
        if benoeming.van >= ambt.van:
            raise InvoerFout(
                "van",
                f"De benoeming van {datum_nl(benoeming.van)} begint tijdens dit ambt. Trek die eerst in.",
            )
        reden = f"Onverenigbaar ambt: {Ambt(ambt.onverenigbaar).label}."
        beeindig_benoeming(benoeming=benoeming, per=ambt.van, reden=reden, door=door)


def beeindig_nevenfunctie(*, nevenfunctie: Nevenfunctie, per: date, reden: str, door: Gebruiker | None) -> Nevenfunctie:
    """Beëindig een nevenfunctie per een dag, met een reden; een zetel komt daarmee niet terug."""
    with in_een_keer({}, slot=regels.SLOT):
        rij = Nevenfunctie.objects.select_for_update().get(pk=nevenfunctie.pk)
        controleer_einde(rij, per, reden)
        rij.tot = per
        rij.save(update_fields=["tot"])
        leg_tijdvak_vast("raad.beeindig_nevenfunctie", rij, door, rij.persoon, reden, functie=rij.functie)
    return rij


def leg_vertegenwoordiger_vast(
    *,
    persoon: Persoon,
    ministerie: str,
    van: date,
    door: Gebruiker | None,
    tot: date | None = None,
    vervangt: MinisterieVertegenwoordiger | None = None,
) -> MinisterieVertegenwoordiger:
    """Leg vast wie een ministerie in de openbare raad vertegenwoordigt, of wie diens vervanger is (Wet art. 28).

    Een vervanger komt van hetzelfde ministerie en eindigt niet later. Werpt InvoerFout.
    """
    ministerie = vervangt.ministerie if vervangt else ministerie.strip()
    if not ministerie:
        raise InvoerFout("ministerie", "Noem het ministerie.")
    if vervangt is not None and vervangt.vervangt_id is not None:
        raise InvoerFout("vervangt", f"{vervangt.persoon.naam} is zelf vervanger.")
    tot = tot or (vervangt.tot if vervangt else None)
    eis_tijdvak(van, tot)
    if vervangt is not None and van < vervangt.van:
        raise InvoerFout("van", f"{vervangt.persoon.naam} vertegenwoordigt pas vanaf {datum_nl(vervangt.van)}.")
    laatste_dag = vervangt.laatste_dag if vervangt else None
    if vervangt is not None and laatste_dag is not None and (tot is None or tot > laatste_dag + timedelta(days=1)):
        raise InvoerFout("tot", f"{vervangt.persoon.naam} vertegenwoordigt tot en met {datum_nl(laatste_dag)}.")
    with in_een_keer(regels.MINISTERIE, slot=regels.SLOT):
        rij = MinisterieVertegenwoordiger.objects.create(
            persoon=persoon, ministerie=ministerie[:120], vervangt=vervangt, van=van, tot=tot
        )
        leg_tijdvak_vast("raad.leg_vertegenwoordiger_vast", rij, door, persoon, ministerie=ministerie)
    return rij


def beeindig_vertegenwoordiger(
    *, vertegenwoordiger: MinisterieVertegenwoordiger, per: date, reden: str, door: Gebruiker | None
) -> MinisterieVertegenwoordiger:
    """Beëindig een vertegenwoordiging; wie hem verving eindigt op dezelfde dag.

    Werpt InvoerFout("per") als een vervanger pas later begint: die bleef anders over zonder iemand om te vervangen.
    """
    with in_een_keer(regels.MINISTERIE, slot=regels.SLOT):
        rij = MinisterieVertegenwoordiger.objects.select_for_update().get(pk=vertegenwoordiger.pk)
        controleer_einde(rij, per, reden)
        if rij.vervangers.filter(van__gte=per).exists():
            raise InvoerFout("per", "Zijn vervanger begint pas na deze datum. Beëindig die eerst.")
        for een in (rij, *rij.vervangers.exclude(tot__lte=per)):
            een.tot = per
            een.save(update_fields=["tot"])
            leg_tijdvak_vast(
                "raad.beeindig_vertegenwoordiger", een, door, een.persoon, reden, ministerie=een.ministerie
            )
    return rij
