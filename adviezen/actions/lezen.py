"""Wat een lezer over zijn eigen lezen vastlegt: waar hij was, of hij klaar is, en wat hij voorlopig vindt."""

from django.db import transaction

from adviezen.enums import EINDSTANDEN, Deling, Kring, Voorlopig
from adviezen.models import Leesstand, Versie, VoorlopigStandpunt
from adviezen.queries.beraad import kringkeuzes
from adviezen.queries.nieuw import LEESBEURT
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu
from logboek.actions import leg_vast
from toegang.models import Gebruiker


@transaction.atomic
def onthoud_gelezen(*, versie: Versie, door: Gebruiker, klaar: bool | None = None) -> Leesstand:
    """Onthoud dat deze lezer de versie zag, en met `klaar` dat hij haar uit heeft. Alleen de lezer ziet dit.

    Begint er een nieuwe leesbeurt (een half uur na de vorige blik), dan wordt het einde van de vorige het moment
    waarna alles nieuw is. Wie klaar is, heeft alles gezien.
    """
    moment = nu()
    stand, nieuw = Leesstand.objects.select_for_update(of=("self",)).get_or_create(
        gebruiker=door, versie=versie, defaults={"gezien_op": moment}
    )
    if not nieuw and moment - stand.gezien_op >= LEESBEURT:
        stand.vorige_op = stand.gezien_op
    stand.gezien_op = moment
    if klaar is not None:
        stand.klaar_op = moment if klaar else None
    if klaar:
        stand.vorige_op = moment
    stand.save(update_fields=["gezien_op", "vorige_op", "klaar_op"])
    return stand


@transaction.atomic
def geef_voorlopig_standpunt(
    *, versie: Versie, keuze: str, door: Gebruiker, tekst: str = "", gedeeld_met: str = Deling.NIEMAND
) -> VoorlopigStandpunt:
    """Leg vast wat een lezer voorlopig vindt en geef het terug; het vorige blijft bewaard.

    Delen met de commissie kan alleen wie in die kring schrijft. Telt nooit als standpunt. Werpt GeenToegang en
    InvoerFout op `keuze`, `tekst` of `gedeeld_met`; hetzelfde nog eens geven verandert niets.
    """
    if not Versie.objects.zichtbaar_voor(door).filter(pk=versie.pk).exists():
        raise GeenToegang
    if keuze not in Voorlopig.values:
        raise InvoerFout("keuze", "Kies wat u voorlopig vindt.")
    if gedeeld_met not in Deling.values:
        raise InvoerFout("gedeeld_met", "Kies wie dit mag zien.")
    if keuze in (Voorlopig.EENS_MET_OPMERKING, Voorlopig.AFWIJKEND) and not tekst.strip():
        raise InvoerFout("tekst", "Zeg er kort bij wat u anders wilt.")
    if versie.traject.stap in EINDSTANDEN:
        raise InvoerFout("", "Dit traject is afgerond; een voorlopig standpunt kan er niet meer bij.")
    if gedeeld_met == Deling.COMMISSIE and Kring.COMMISSIE not in {k.kring for k in kringkeuzes(versie, door)}:
        raise InvoerFout("gedeeld_met", "U zit niet in deze commissie; delen kan met het secretariaat.")
    # De rij van de lezer is het slot: twee keer klikken geeft één standpunt.
    Gebruiker.objects.select_for_update(of=("self",)).get(pk=door.pk)
    vorig = VoorlopigStandpunt.objects.filter(versie=versie, gebruiker=door).last()
    if vorig is not None and (vorig.keuze, vorig.tekst, vorig.gedeeld_met) == (keuze, tekst.strip(), gedeeld_met):
        return vorig
    standpunt = VoorlopigStandpunt.objects.create(
        versie=versie,
        gebruiker=door,
        gebruiker_naam=door.naam,
        keuze=keuze,
        tekst=tekst.strip(),
        gedeeld_met=gedeeld_met,
    )
    if gedeeld_met != Deling.NIEMAND:
        # Alleen dát er gedeeld is; wat iemand voor zichzelf houdt, komt niet in het logboek.
        leg_vast(soort="adviezen.deel_voorlopig_standpunt", object=standpunt, door=door)
    return standpunt
