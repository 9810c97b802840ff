"""De handelingen van de postbus. Een handeling elders roept `stuur` aan in haar eigen transactie."""

import hashlib
import smtplib
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import connection, transaction

from berichten import mails
from berichten.enums import Status
from berichten.fouten import AlVerstuurd
from berichten.models import SAMEN_OPNIEUW, STORING, Bericht
from berichten.opmaak import NietMeerNodig
from berichten.terugdraaien import draai_terug, eigen_weg
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import WACHTTIJD
from kern.tijd import nu as nu_
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from stukken.models import Bestand
    from toegang.models import Gebruiker

GESPREID = 10  # berichten per seconde: twintigduizend lezers in ruim een half uur, met ruimte voor andere post
SAMEN_HOOGSTENS = 1000  # apart gelegde berichten die in één keer weer in de rij gaan
REDEN_AFGEMELD = "De ontvanger heeft zich afgemeld."
REDEN_GESLOTEN = "De ontvanger heeft geen werkend account meer."


def handeling_van(feit: str) -> str:
    """Geef het deel van een feit dat de handeling benoemt: "app.werkwoord:<pk>:<rijversie>"."""
    return ":".join(feit.split(":")[:3])


def _keur(veld: str, waarde: str, kolom: str = "") -> None:
    """Weiger een lege, te lange of meerregelige waarde: een regeleinde in een kopregel is een vervalsing."""
    if not waarde.strip():
        raise InvoerFout(veld, f"Het veld {veld} van een bericht mag niet leeg zijn.")
    langst: int = Bericht._meta.get_field(kolom or veld).max_length  # type: ignore[union-attr,assignment]
    if len(waarde) > langst:
        raise InvoerFout(veld, f"Het veld {veld} van een bericht telt ten hoogste {langst} tekens.")
    if any(not teken.isprintable() for teken in waarde):
        raise InvoerFout(veld, f"Het veld {veld} van een bericht bevat een regeleinde of stuurteken.")


def _keur_velden(onderwerp: str, feit: str, pad: str) -> None:
    _keur("onderwerp", onderwerp)
    _keur("feit", feit)
    _keur("pad", pad)
    if not pad.startswith("/") or pad.startswith(("//", "/\\")):
        raise InvoerFout("pad", "Het pad van een bericht begint met één schuine streep.")


def _keur_adres(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as fout:
        raise InvoerFout("email", f"{email!r} is geen e-mailadres.") from fout


def _leesbaar(waarde: str) -> str:
    """Geef een regel zoals zij eruitziet: een vaste spatie is een spatie, wat niet te zien is (een afbreekteken) weg.

    Zo houdt een titel die uit Word geplakt is geen bericht tegen; een regeleinde blijft staan en wordt geweigerd.
    """
    soort = unicodedata.category
    return "".join(" " if soort(teken) == "Zs" else teken for teken in waarde if soort(teken) != "Cf")


def _message_id(feit: str, aan: str) -> str:
    domein = urlsplit(settings.PORTAL_ADRES).hostname or "localhost"
    sleutel = hashlib.sha256(f"{feit} {aan}".encode()).hexdigest()[:40]
    return f"<{sleutel}@{domein}>"


@transaction.atomic
def stuur(
    *,
    ontvanger: "Gebruiker | None" = None,
    email: str = "",
    onderwerp: str,
    pad: str,
    feit: str,
    niet_voor: datetime | None = None,
    tekst: str = "",
    wacht: bool = True,
    door: "Gebruiker | None" = None,
    bijlage: "Bestand | None" = None,
) -> Bericht | None:
    """Zet een bericht klaar en geef het terug; hetzelfde feit aan dezelfde ontvanger geeft het bestaande bericht.

    Geef precies één van `ontvanger` en `email`. `onderwerp` en `tekst` (één zin) zijn neutraal: nooit tekst uit een
    concept, en de titel van een traject alleen als die openbaar is. `pad` is een pad van het portaal ("/lezen/…").
    `feit` is "app.werkwoord:<pk>:<rijversie>[:rest]". Zonder `niet_voor` wacht het bericht tien minuten
    (ontwerp §4), met wacht=False niet. Een gesloten account krijgt niets: dan None. `door` komt niet in het bericht.
    `bijlage` alleen bij een e-mailadres: wie een account heeft, opent het stuk in het portaal.
    Werpt InvoerFout bij een leeg veld, een regeleinde, een vreemd pad of een onmogelijk adres.
    """
    if (ontvanger is None) == (not email):
        raise InvoerFout("ontvanger", "Een bericht heeft één ontvanger: een account of een e-mailadres.")
    onderwerp, tekst = _leesbaar(onderwerp), _leesbaar(tekst)
    _keur_velden(onderwerp, feit, pad)
    if tekst:
        _keur("tekst", tekst)
    if bijlage is not None and ontvanger is not None:
        raise InvoerFout("bijlage", "Een bijlage gaat alleen naar een e-mailadres zonder account.")
    if ontvanger is not None and not ontvanger.is_active:
        return None
    if email:
        _keur_adres(email)
    moment = nu_()
    vanaf = niet_voor if niet_voor is not None else moment + (WACHTTIJD if wacht else timedelta())
    aan = email if ontvanger is None else f"gebruiker:{ontvanger.pk}"
    bericht, _ = Bericht.objects.get_or_create(
        feit=feit,
        ontvanger=ontvanger,
        email=email,
        defaults={
            "onderwerp": onderwerp,
            "tekst": tekst,
            "pad": pad,
            "bijlage": bijlage,
            "handeling": handeling_van(feit),
            "message_id": _message_id(feit, aan),
            "aangemaakt_op": moment,
            "niet_voor": vanaf,
            "volgende_poging": vanaf,
        },
    )
    return bericht


@transaction.atomic
def stuur_rond(*, brieven: Iterable[tuple[str, str, str]], pad: str) -> None:
    """Zet berichten aan veel adressen zonder account tegelijk klaar; elk is (adres, onderwerp, feit).

    Als `stuur` zonder wachttijd, in een paar zoekvragen voor allemaal; wat er al is, blijft. Zij vertrekken gespreid,
    GESPREID per seconde: wat daarna een mens aan één ander stuurt, hoeft niet achter allemaal te wachten. Werpt
    InvoerFout als `stuur`; dan staat er geen een klaar.
    """
    moment, rijen = nu_(), []
    for plaats, (email, kop, feit) in enumerate(brieven):
        onderwerp, vanaf = _leesbaar(kop), moment + timedelta(seconds=plaats // GESPREID)
        _keur_velden(onderwerp, feit, pad)
        _keur_adres(email)
        rijen.append(
            Bericht(
                email=email, onderwerp=onderwerp, pad=pad, feit=feit, handeling=handeling_van(feit),
                message_id=_message_id(feit, email), aangemaakt_op=moment, niet_voor=vanaf, volgende_poging=vanaf,
            )
        )  # fmt: skip
    Bericht.objects.bulk_create(rijen, batch_size=1000, ignore_conflicts=True)


@transaction.atomic
def herroep(*, feit_begin: str, door: "Gebruiker") -> int:
    """Haal alle berichten van één handeling terug en geef hoeveel dat er waren; het logboek schrijft mee.

    `feit_begin` is een heel feit of het deel voor een dubbele punt ("…:1" raakt "…:12" niet). Alles of niets: is er
    één verstuurd of gelezen, dan verandert er niets en werpt dit AlVerstuurd. Wacht op een bericht dat juist vertrekt.
    """
    _keur("feit_begin", feit_begin, "feit")
    rijen = list(Bericht.objects.van_handeling(feit_begin).select_for_update(of=("self",)).order_by("pk"))
    gegaan = sum(rij.is_uitgegaan for rij in rijen)
    if gegaan:
        raise AlVerstuurd(gegaan, len(rijen))
    terug = [rij for rij in rijen if rij.status != Status.HERROEPEN]
    aantal = _haal_terug(rijen, door=door, feit_begin=feit_begin, reden="")
    for rij in terug:
        draai_terug(rij, door)
    return aantal


@transaction.atomic
def herroep_in_postbus(*, handeling: str, door: "Gebruiker") -> int:
    """Haal de berichten van één handeling terug vanuit de postbus, zonder de handeling zelf (`herroep`).

    Werpt InvoerFout als dat niet los kan: dan wist niemand van een handeling die blijft staan.
    """
    eerste = Bericht.objects.van_handeling(handeling).order_by("pk").first()
    weg = eigen_weg(eerste) if eerste is not None else None
    if weg is not None:
        raise InvoerFout("", weg[0])
    return herroep(feit_begin=handeling, door=door)


@transaction.atomic
def annuleer(*, feit_begin: str, reden: str, door: "Gebruiker | None" = None) -> int:
    """Haal terug wat nog niet verstuurd is omdat de aanleiding verviel; wat weg is blijft weg.

    Anders dan `herroep` weigert dit nooit. Geeft het aantal teruggehaalde berichten.
    """
    _keur("feit_begin", feit_begin, "feit")
    rijen = list(
        Bericht.objects.van_handeling(feit_begin)
        .filter(status__in=[Status.WACHT, Status.MISLUKT], gelezen_op__isnull=True)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    return _haal_terug(rijen, door=door, feit_begin=feit_begin, reden=reden)


def _haal_terug(rijen: list[Bericht], *, door: "Gebruiker | None", feit_begin: str, reden: str) -> int:
    open_ = [rij for rij in rijen if rij.status != Status.HERROEPEN]
    if open_:
        Bericht.objects.filter(pk__in=[rij.pk for rij in open_]).update(status=Status.HERROEPEN)
        leg_vast(
            soort="berichten.herroep",
            object=open_[0],
            door=door,
            reden=reden,
            gegevens={"feit": feit_begin, "berichten": [rij.pk for rij in open_]},
        )
    return len(open_)


@transaction.atomic
def laat_toch_gaan(*, feit_begin: str, reden: str, door: "Gebruiker") -> int:
    """Laat gaan wat van een handeling is teruggehaald, omdat zij toch geldt; na tien minuten. Geeft het aantal.

    Wat al weg was, blijft weg; wie intussen geen account meer heeft of zich afmeldde krijgt niets.
    """
    _keur("feit_begin", feit_begin, "feit")
    rijen = Bericht.objects.van_handeling(feit_begin).filter(status=Status.HERROEPEN, gelezen_op__isnull=True)
    weg = list(rijen.exclude(laatste_fout__in=[REDEN_AFGEMELD, REDEN_GESLOTEN]).select_for_update(of=("self",)))
    vanaf = nu_() + WACHTTIJD
    for rij in weg:
        rij.status, rij.pogingen, rij.niet_voor, rij.volgende_poging = Status.WACHT, 0, vanaf, vanaf
        rij.save(update_fields=["status", "pogingen", "niet_voor", "volgende_poging"])
    if weg:
        gegevens = {"feit": feit_begin, "berichten": [rij.pk for rij in weg]}
        leg_vast(soort="berichten.laat_toch_gaan", object=weg[0], door=door, reden=reden, gegevens=gegevens)
    return len(weg)


@transaction.atomic
def verzet(*, feit_begin: str, van: datetime, naar: datetime) -> int:
    """Laat wat van een handeling tot `van` of later wacht, op `naar` gaan; geeft het aantal. Wat weg is, blijft weg."""
    _keur("feit_begin", feit_begin, "feit")
    wacht = Bericht.objects.van_handeling(feit_begin).filter(status=Status.WACHT, niet_voor__gte=van)
    return int(wacht.update(niet_voor=naar, volgende_poging=naar))


@transaction.atomic
def wis_adres(*, feit_soort: str, email: str = "", voor: datetime | None = None) -> int:
    """Haal berichten aan een adres zonder account weg, met adres en al, en geef hoeveel; ook wat al verstuurd is.

    Voor lezers van buiten die hun adres terugvragen (AVG): met `email` alles van dat adres, met `voor` alles wat voor
    dat moment is klaargezet. Alleen feiten van `feit_soort` ("dialoog."), nooit berichten aan een account. Werpt
    InvoerFout zonder een van beide.
    """
    _keur("feit_soort", feit_soort, "feit")
    if not email and voor is None:
        raise InvoerFout("email", "Noem een adres of een moment.")
    rijen = Bericht.objects.filter(ontvanger__isnull=True, feit__startswith=feit_soort)
    if email:
        rijen = rijen.filter(email=email)
    if voor is not None:
        rijen = rijen.filter(aangemaakt_op__lt=voor)
    return rijen.delete()[0]


@transaction.atomic
def probeer_opnieuw(*, bericht: Bericht, door: "Gebruiker") -> Bericht:
    """Zet een mislukt bericht weer in de rij, met dezelfde Message-ID; werpt InvoerFout als het niet mislukt is."""
    rij = Bericht.objects.select_for_update(of=("self",)).get(pk=bericht.pk)
    if rij.status != Status.MISLUKT:
        raise InvoerFout("", "Dit bericht is niet mislukt; opnieuw proberen hoeft niet.")
    rij.status, rij.pogingen, rij.volgende_poging = Status.WACHT, 0, nu_()
    rij.save(update_fields=["status", "pogingen", "volgende_poging"])
    leg_vast(soort="berichten.probeer_opnieuw", object=rij, door=door)
    return rij


@transaction.atomic
def probeer_samen_opnieuw(*, door: "Gebruiker") -> int:
    """Zet alles wat apart ligt en niet ouder is dan SAMEN_OPNIEUW weer in de rij, en geef hoeveel.

    Hoogstens SAMEN_HOOGSTENS tegelijk, oudste eerst, en gespreid als in `stuur_rond`: na een lange storing blijft er
    ruimte voor andere post. Elk houdt zijn Message-ID. Wat een ander op dit moment opnieuw laat gaan, doet die.
    """
    moment = nu_()
    rijen = list(
        Bericht.objects.apart(moment - SAMEN_OPNIEUW).select_for_update(skip_locked=True, of=("self",))[
            :SAMEN_HOOGSTENS
        ]
    )
    for plaats, rij in enumerate(rijen):
        rij.status, rij.pogingen = Status.WACHT, 0
        rij.volgende_poging = moment + timedelta(seconds=plaats // GESPREID)
    Bericht.objects.bulk_update(rijen, ["status", "pogingen", "volgende_poging"], batch_size=500)
    if rijen:
        gegevens = {"aantal": len(rijen), "berichten": [rij.pk for rij in rijen]}
        leg_vast(soort="berichten.probeer_samen_opnieuw", object=rijen[0], door=door, gegevens=gegevens)
    return len(rijen)


@transaction.atomic
def markeer_gelezen(*, gebruiker: "Gebruiker", bericht: Bericht | None = None) -> int:
    """Zet één eigen bericht, of zonder `bericht` alle eigen berichten, op gelezen; geeft het aantal.

    Werpt GeenToegang bij andermans bericht.
    """
    if bericht is not None and bericht.ontvanger_id != gebruiker.pk:
        raise GeenToegang
    moment = nu_()
    rijen = Bericht.objects.zichtbaar_voor(gebruiker, moment).filter(gelezen_op__isnull=True)
    if bericht is not None:
        rijen = rijen.filter(pk=bericht.pk)
    return rijen.update(gelezen_op=moment)


class _Stap(Enum):
    LEEG = 0
    VERSTUURD = 1
    NIET = 2
    STORING = 3


def verstuur_gereed(limiet: int = 50, *, nu: datetime | None = None) -> int:
    """Verstuur ten hoogste `limiet` berichten waarvan de tijd gekomen is en geef hoeveel er weggingen.

    Per bericht één transactie: rij op slot (SKIP LOCKED, dus herroepen en versturen houden elkaar niet op), versturen,
    aftekenen. Sterft de werker daartussen, dan gaat hetzelfde bericht nog eens met dezelfde Message-ID: nooit verloren.
    Er is hoogstens één bericht tegelijk onderweg, van alle werkers samen; is een ander bezig, dan geeft dit 0.
    Een mislukking wacht steeds langer en gaat na acht keer apart; is de post zelf onbereikbaar, dan stopt deze ronde.
    """
    post = mails.verbinding()
    verstuurd = 0
    try:
        for _ in range(limiet):
            stap = _verstuur_een(post, nu or nu_())
            verstuurd += stap is _Stap.VERSTUURD
            if stap in {_Stap.LEEG, _Stap.STORING}:
                break
    finally:
        post.close()
    return verstuurd


def mag_versturen() -> bool:
    """Neem tot het eind van deze transactie de beurt om te versturen; geef of dat lukte.

    Zo breekt één klap, ook van de hele database, hoogstens één bericht af tussen versturen en aftekenen, en bezet een
    trage mailserver één werker. Bevriest die werker, dan geeft idle_in_transaction_session_timeout de beurt vrij.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('berichten_verzender'))")
        return bool(cursor.fetchone()[0])


def _verstuur_een(post: BaseEmailBackend, moment: datetime) -> _Stap:
    with transaction.atomic(durable=True):
        if not mag_versturen():
            return _Stap.LEEG
        bericht = (
            Bericht.objects.gereed(moment)
            .select_related("ontvanger", "bijlage")
            .select_for_update(skip_locked=True, of=("self",))
            .first()
        )
        if bericht is None:
            return _Stap.LEEG
        stap = _Stap.NIET
        if bericht.ontvanger is not None and not bericht.ontvanger.is_active:
            bericht.status, bericht.laatste_fout = Status.HERROEPEN, REDEN_GESLOTEN
        else:
            try:
                mails.verstuur(bericht, post)
            except NietMeerNodig:
                bericht.status, bericht.laatste_fout = Status.HERROEPEN, REDEN_AFGEMELD
            except Exception as fout:  # één bericht dat niet wil, houdt de rest niet op
                post.close()
                storing = _is_storing(fout)
                bericht.noteer_mislukking(moment, f"{STORING if storing else ''}{type(fout).__name__}: {fout}")
                if storing:
                    stap = _Stap.STORING
            else:
                bericht.noteer_verstuurd(moment)
                stap = _Stap.VERSTUURD
        bericht.save(update_fields=["status", "pogingen", "volgende_poging", "laatste_fout", "verstuurd_op"])
    return stap


def _is_storing(fout: Exception) -> bool:
    """Geef of de post als geheel onbereikbaar is, en niet alleen dit bericht geweigerd werd.

    Het bericht onthoudt het (STORING), zodat wie later kijkt niet uit de naam van een fout hoeft te raden.
    """
    geweigerd = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused)
    return isinstance(fout, OSError) and not isinstance(fout, geweigerd)
