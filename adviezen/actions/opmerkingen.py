"""Opmerkingen bij een passage of bij aangehaalde woorden, antwoorden, en afdoen."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from adviezen import permissions
from adviezen.enums import EINDSTANDEN, Kring, SoortOpmerking
from adviezen.models import Opmerking, Versie
from adviezen.queries.beraad import kringkeuzes
from adviezen.queries.tekst import kort
from kern import anker
from kern.anker import Citaat
from kern.blokken import blokken
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import moment_nl, nu
from logboek.actions import leg_vast
from toegang.models import Gebruiker

if TYPE_CHECKING:
    from raad.models import Organisatie

# Dezelfde woorden op dezelfde plek binnen deze tijd: twee keer geklikt, niet twee keer gezegd.
DUBBEL = timedelta(minutes=2)


@transaction.atomic
def plaats_opmerking(
    *,
    versie: Versie,
    tekst: str,
    kring: str,
    door: Gebruiker,
    blok: str = "",
    aanhaling: Citaat | None = None,
    soort: str = SoortOpmerking.GEWOON,
    voorstel: str = "",
    organisatie: "Organisatie | int | None" = None,
    geleding: str = "",
    antwoord_op: Opmerking | None = None,
    nonce: UUID | None = None,
) -> Opmerking:
    """Plaats een opmerking in een kring en geef haar terug. Dubbel versturen geeft dezelfde opmerking.

    `aanhaling` zijn woorden uit het blok waar zij over gaat; zonder gaat zij over het hele blok. `nonce` is het
    kenmerk dat de browser koos: met hetzelfde kenmerk komt er nooit een tweede.

    De kring moet er een van de lezer zijn bij deze versie, en de organisatie of geleding een waar hij nu bij hoort
    (adviezen.queries.beraad.kringkeuzes); wat de aanroeper noemt is alleen een keuze daaruit. Een antwoord staat in de
    kring van de opmerking zelf. Een blokkerend bezwaar vraagt ook een voorstel. Werpt InvoerFout en GeenToegang.
    """
    if not Versie.objects.zichtbaar_voor(door).filter(pk=versie.pk).exists():
        raise GeenToegang
    eis_lopend(versie)
    if not tekst.strip():
        raise InvoerFout("tekst", "Vul een opmerking in.")
    if soort not in SoortOpmerking.values:
        raise InvoerFout("soort", "Kies een opmerking of een blokkerend bezwaar.")
    if soort == SoortOpmerking.BLOKKEREND and not voorstel.strip():
        raise InvoerFout("voorstel", "Een blokkerend bezwaar vraagt ook een voorstel.")
    if soort == SoortOpmerking.BLOKKEREND and antwoord_op is None and kring == Kring.PRIVE:
        raise InvoerFout("kring", "Een blokkerend bezwaar dat alleen u leest, houdt niets tegen. Kies wie het leest.")
    if antwoord_op is not None:
        kring_van = _kring_van_antwoord(antwoord_op, door)
        versie, blok, antwoord_op = antwoord_op.versie, antwoord_op.blok, antwoord_op.antwoord_op or antwoord_op
    else:
        kring_van = _kring_van_keuze(versie, door, kring, _pk(organisatie), geleding)
    waar = _plaats(antwoord_op, versie, blok, aanhaling)
    velden: dict[str, Any] = {
        "versie": versie,
        **waar,
        "tekst": tekst.strip(),
        "voorstel": voorstel.strip(),
        "soort": soort,
        "auteur": door,
        "antwoord_op": antwoord_op,
        **kring_van,
    }
    # De rij van de schrijver is het slot: een tweede klik wacht, en vindt dan de opmerking van de eerste.
    Gebruiker.objects.select_for_update(of=("self",)).get(pk=door.pk)
    if nonce is None:
        net = Opmerking.objects.filter(aangemaakt_op__gte=nu() - DUBBEL, **velden).last()
    else:
        net = Opmerking.objects.filter(auteur=door, nonce=nonce).first()
    if net is not None:
        return net
    opmerking = Opmerking.objects.create(auteur_naam=door.naam, nonce=nonce, **velden)
    if opmerking.kring in (Kring.COMMISSIE, Kring.SECRETARIAAT):
        # Andere kringen blijven buiten het logboek: niemand daarbuiten hoeft te weten dat er iets staat.
        leg_vast(soort="adviezen.plaats_opmerking", object=opmerking, door=door)
    return opmerking


def eis_lopend(versie: Versie) -> None:
    """Werp InvoerFout als het traject is afgelopen: de opmerkingen blijven staan zoals zij waren."""
    traject = versie.traject
    if traject.stap in EINDSTANDEN:
        raise InvoerFout(
            "",
            f"Dit traject is {traject.get_stap_display()}. De opmerkingen blijven leesbaar; er kan niets meer bij.",
        )


def _plaats(hoofd: Opmerking | None, versie: Versie, blok: str, aanhaling: Citaat | None) -> dict[str, Any]:
    """Waar de opmerking over gaat: het geheel, een blok, of woorden in dat blok. Een antwoord staat bij haar hoofd."""
    if hoofd is not None:
        return {"blok": hoofd.blok}
    if not blok:
        return {"blok": ""}
    tekst = next((b.tekst for b in blokken(versie.html) if b.id == blok), None)
    if tekst is None:
        raise InvoerFout("tekst", "Deze alinea staat niet in deze versie.")
    if aanhaling is not None:
        plek = anker.vind(tekst, aanhaling)
        if plek is not None:
            c = anker.maak(tekst, *plek)
            return {
                "blok": blok, "citaat": c.exact, "voor": c.voor, "na": c.na, "begin": c.begin, "einde": c.einde,
            }  # fmt: skip
        raise InvoerFout("exact", "Deze woorden staan niet zo in deze alinea. Laat het vak leeg voor de hele alinea.")
    return {"blok": blok, "citaat": kort(tekst)}


def _pk(organisatie: "Organisatie | int | None") -> int | None:
    return organisatie if organisatie is None or isinstance(organisatie, int) else organisatie.pk


def _kring_van_antwoord(opmerking: Opmerking, door: Gebruiker) -> dict[str, Any]:
    if not Opmerking.objects.zichtbaar_voor(door).filter(pk=opmerking.pk).exists():
        raise GeenToegang
    return {"kring": opmerking.kring, "organisatie_id": opmerking.organisatie_id, "geleding": opmerking.geleding}


def _kring_van_keuze(
    versie: Versie, door: Gebruiker, kring: str, organisatie: int | None, geleding: str
) -> dict[str, Any]:
    """Kies uit de kringen van deze persoon; zonder organisatie of geleding mag er maar één zijn."""
    passend = [k for k in kringkeuzes(versie, door) if k.kring == kring]
    if organisatie is not None and kring == Kring.ORGANISATIE:
        passend = [k for k in passend if k.organisatie == organisatie]
    if geleding and kring == Kring.GELEDING:
        passend = [k for k in passend if k.geleding == geleding]
    if len(passend) != 1:
        raise InvoerFout("kring", "Kies wie deze opmerking mag lezen.")
    return {"kring": kring, "organisatie_id": passend[0].organisatie, "geleding": passend[0].geleding}


@transaction.atomic
def doe_opmerking_af(*, opmerking: Opmerking, afdoening: str, door: Gebruiker) -> Opmerking:
    """Zeg wat er met een opmerking gedaan is. Twee mensen tegelijk: de eerste wint, de tweede krijgt InvoerFout."""
    rijen = Opmerking.objects.select_for_update(of=("self",)).select_related("versie__traject", "afgedaan_door")
    vers = rijen.get(pk=opmerking.pk)
    mag = vers.auteur_id == door.pk or (
        vers.kring in (Kring.COMMISSIE, Kring.SECRETARIAAT) and permissions.mag_bewerken(vers.versie.traject, door)
    )
    if not mag:
        raise GeenToegang
    if vers.afgedaan_op is not None:
        wie = vers.afgedaan_door.naam if vers.afgedaan_door else "iemand"
        raise InvoerFout(
            "afdoening",
            f"Deze opmerking is intussen al afgedaan door {wie}, {moment_nl(vers.afgedaan_op)}: “{vers.afdoening}” "
            "Wat u typte staat er nog; plaats het als antwoord als dat nodig is.",
        )
    eis_lopend(vers.versie)
    if not afdoening.strip():
        raise InvoerFout("afdoening", "Zeg wat ermee gedaan is.")
    vers.afgedaan_op, vers.afgedaan_door, vers.afdoening = nu(), door, afdoening.strip()
    vers.save(update_fields=["afgedaan_op", "afgedaan_door", "afdoening"])
    if vers.kring in (Kring.COMMISSIE, Kring.SECRETARIAAT):
        leg_vast(soort="adviezen.doe_opmerking_af", object=vers, door=door)
    return vers
