"""Herinneringsbrieven aan het ministerie: klaarzetten, wijzigen, aftekenen, versturen."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from adviezen.models import Advies, Adviesvrager
from berichten.actions import annuleer, herroep, stuur
from kern.fouten import GeenToegang, InvoerFout
from kern.html import als_alineas
from kern.tijd import dag_van, nu, vandaag
from logboek.actions import leg_vast
from opvolging import brieftekst, permissions
from opvolging.enums import Vorm
from opvolging.models import Herinneringsbrief, Kabinetsreactie, Toezegging
from opvolging.termijnsoorten import NAAM, eerst_afgesproken
from stukken.actions import kenmerk_van, vraag_pdf
from stukken.enums import PdfStatus
from termijnen.models import Termijn
from termijnen.queries import laatste

if TYPE_CHECKING:
    from berichten.models import Bericht
    from stukken.models import Bestand, PdfOpdracht
    from termijnen.ladders import Gepland
    from toegang.models import Gebruiker

HET_KABINET = "het kabinet"
LANGSTE_TITEL = 400  # de zin van een bericht telt ten hoogste 500 tekens


def sleutel_van(brief: Herinneringsbrief) -> str:
    """Geef de sleutel van de PDF van een brief."""
    return f"herinneringsbrief:{brief.pk}"


def aan_wie(advies: Advies) -> str:
    """Geef aan wie de brief gaat: de bewindspersonen die om het advies vroegen, anders het kabinet."""
    aanvraag = getattr(advies.traject, "aanvraag", None) if advies.traject else None
    vragers: list[Adviesvrager] = [] if aanvraag is None else list(aanvraag.vragers.all())
    return " en ".join(f"de {v.naam}" for v in vragers if v.is_bewindspersoon) or HET_KABINET


def concept_van(advies: Advies, termijn: Termijn) -> tuple[str, str, str]:
    """Geef (aan, onderwerp, tekst) van de brief zoals hij vandaag luidt, ook als zijn trede al eerder viel."""
    toezegging = Toezegging.objects.geldig().filter(advies=advies).order_by("pk").last()
    geldig = Kabinetsreactie.objects.filter(ingetrokken_op__isnull=True).filter(adviezen=advies)
    gegevens = brieftekst.Herinnering(
        titel=advies.titel,
        nummer=advies.nummer or "",
        uitgebracht_op=termijn.basis,
        vervalt_op=termijn.vervalt_op,
        vandaag=vandaag(),
        eerst_uiterlijk=eerst_afgesproken(termijn),
        gedeeltelijk=geldig.exclude(vorm=Vorm.WET).exists(),  # een wet is geen reactie
        toegezegd=toezegging.datum_in_zin if toezegging is not None else "",
    )
    aan = aan_wie(advies)
    return aan, brieftekst.onderwerp(gegevens), brieftekst.tekst(aan, gegevens)


@transaction.atomic
def zet_brief_klaar(
    *, advies: Advies, door: "Gebruiker | None", trede: str = "", gepland_op: date | None = None
) -> Herinneringsbrief:
    """Zet een concept klaar en geef het; dezelfde trede op dezelfde dag geeft dezelfde brief.

    Werpt InvoerFout als er geen termijn loopt, of als er met de hand al een concept klaarligt.
    """
    if door is not None and not permissions.mag_vastleggen(door):
        raise GeenToegang
    Advies.objects.select_for_update(no_key=True, of=("self",)).get(pk=advies.pk)
    termijn = laatste(advies, NAAM)
    if termijn is None or not termijn.loopt:
        raise InvoerFout("", "Voor dit advies loopt geen termijn; er is niets om aan te herinneren.")
    if gepland_op is not None:
        bestaand = Herinneringsbrief.objects.filter(advies=advies, trede=trede, gepland_op=gepland_op).first()
        if bestaand is not None:
            return bestaand
        # Een concept van een eerdere trede is ingehaald: het nieuwe zegt hetzelfde met de stand van nu.
        Herinneringsbrief.objects.filter(advies=advies, gepland_op__isnull=False).concept().update(vervallen_op=nu())
    elif Herinneringsbrief.objects.filter(advies=advies).concept().exists():
        raise InvoerFout("", "Er ligt al een concept klaar. Wijzig of verstuur dat eerst.")
    aan, onderwerp, tekst = concept_van(advies, termijn)
    rij = Herinneringsbrief.objects.create(
        advies=advies,
        trede=trede,
        gepland_op=gepland_op,
        aan=aan[:300],
        onderwerp=onderwerp,
        tekst=tekst,
        voorbeeld=advies.voorbeeld,
    )
    leg_vast(soort="opvolging.zet_brief_klaar", object=advies, door=door, gegevens={"brief": rij.pk, "trede": trede})
    return rij


def bij_trede(termijn: Termijn, gepland: "Gepland") -> None:
    """Zet bij een trede van de ladder het concept van een brief aan het ministerie klaar."""
    advies = Advies.objects.filter(pk=termijn.object_id).first()
    if advies is not None:
        zet_brief_klaar(advies=advies, door=None, trede=gepland.trede, gepland_op=gepland.op)


@transaction.atomic
def wijzig_brief(
    *,
    brief: Herinneringsbrief,
    versie: int | None,
    aan: str,
    onderwerp: str,
    tekst: str,
    door: "Gebruiker",
    email: str = "",
) -> Herinneringsbrief:
    """Wijzig een concept; een aftekening vervalt, want zij gold de oude tekst. Werpt InvoerFout en GeenToegang."""
    rij = _concept(brief, versie, door)
    for veld, waarde in (("aan", aan), ("onderwerp", onderwerp), ("tekst", tekst)):
        if not waarde.strip():
            raise InvoerFout(veld, "Vul dit in.")
    if len(onderwerp.splitlines()) > 1:
        raise InvoerFout("onderwerp", "Het onderwerp is één regel.")
    anders = (rij.aan, rij.onderwerp, rij.tekst) != (aan.strip(), onderwerp.strip(), tekst.strip())
    rij.aan, rij.onderwerp, rij.tekst, rij.email = aan.strip(), onderwerp.strip(), tekst.strip(), email.strip()
    if anders:
        rij.afgetekend_door, rij.afgetekend_op = None, None
    return _bewaar(rij, "wijzig_brief", door)


@transaction.atomic
def teken_brief_af(*, brief: Herinneringsbrief, versie: int | None, door: "Gebruiker") -> Herinneringsbrief:
    """Teken een concept af; alleen de algemeen secretaris. Daarna mag het secretariaat hem versturen."""
    if not permissions.mag_vrijgeven(door):
        raise GeenToegang
    rij = _concept(brief, versie, door)
    if rij.afgetekend_op is not None:
        return rij
    rij.afgetekend_door, rij.afgetekend_op = door, nu()
    vers = _bewaar(rij, "teken_brief_af", door)
    vraag_briefpdf(brief=vers, door=door)  # met dag en handtekening; zo is zij klaar als de brief uitgaat
    return vers


def vraag_briefpdf(*, brief: Herinneringsbrief, door: "Gebruiker") -> "PdfOpdracht":
    """Vraag de PDF van een brief; geeft de opdracht (dezelfde bij gelijke tekst en handtekening)."""
    return vraag_pdf(naam=f"herinneringsbrief-{brief.pk}.pdf", door=door, **_inhoud(brief))


def briefpdf_van_nu(brief: Herinneringsbrief) -> str:
    """Geef het kenmerk van de PDF met de tekst en de handtekening van nu; leeg als de brief geen concept meer is."""
    return kenmerk_van(**_inhoud(brief)) if brief.is_concept else ""


def _inhoud(brief: Herinneringsbrief) -> dict[str, Any]:
    tekenaar = brief.afgetekend_door
    return {
        "soort": "brief",
        "sleutel": sleutel_van(brief),
        "html": als_alineas(brief.tekst),
        "titel": brief.onderwerp,
        "voorbeeld": brief.voorbeeld,
        "soort_naam": "Brief",
        "inhoudsopgave": False,
        "vorm": "brief",
        "datum": dag_van(brief.afgetekend_op) if brief.afgetekend_op is not None else None,
        "feiten": [("Advies", f"{brief.advies.titel}{f', nr. {brief.advies.nummer}' if brief.advies.nummer else ''}")],
        "colofon": [("Algemeen secretaris", tekenaar.naam)] if tekenaar is not None else [],
    }


@transaction.atomic
def verstuur_brief(
    *,
    brief: Herinneringsbrief,
    versie: int | None,
    door: "Gebruiker",
    op: date | None = None,
    pdf: "Bestand | None" = None,
) -> Herinneringsbrief:
    """Verstuur een afgetekende brief: per mail na tien minuten als er een adres is, anders is dit de dag van de post.

    De openbare klok noemt hem na tien minuten met dag en ontvanger, niet met zijn tekst. De mail draagt de PDF van
    precies deze tekst (`pdf` alleen als die elders is gemaakt). Werpt InvoerFout en GeenToegang.
    """
    rij = _concept(brief, versie, door)
    dag = op or vandaag()
    if rij.afgetekend_op is None:
        raise InvoerFout("", "De algemeen secretaris moet de brief eerst aftekenen.")
    if dag > vandaag() or dag < dag_van(rij.aangemaakt_op):
        raise InvoerFout("op", "Kies vandaag, of een eerdere dag nadat de brief is gemaakt.")
    if pdf is None:
        opdracht = vraag_briefpdf(brief=rij, door=door)
        pdf = opdracht.bestand if opdracht.status == PdfStatus.KLAAR else None
    if rij.email and pdf is None:
        raise InvoerFout("", "De PDF van deze tekst is nog niet klaar. Maak haar, en verstuur de brief dan.")
    rij.pdf = pdf
    rij.verstuurd_op, rij.verstuurd_door, rij.verstuurd_moment = dag, door, nu()
    if rij.email:
        stuur(
            email=rij.email,
            onderwerp=rij.onderwerp,
            tekst=f"Bijgaand vindt u een brief van de SER over het advies “{_kort(rij.advies.titel)}”.",
            pad=f"/kabinetsreacties/{rij.advies.kenmerk}/",
            feit=f"opvolging.verstuur_brief:{rij.pk}:{rij.rijversie}",
            bijlage=rij.pdf,
            door=door,
        )
    return _bewaar(rij, "verstuur_brief", door)


def herroep_verzending(bericht: "Bericht", door: "Gebruiker") -> None:
    """De mail met deze brief is herroepen voor zij wegging: de brief is weer een afgetekend concept."""
    brieven = Herinneringsbrief.objects.select_for_update(of=("self",)).select_related("advies")
    rij = brieven.get(pk=bericht.feit.split(":")[1])
    rij.neem_terug()
    _bewaar(rij, "herroep_brief", door)


@transaction.atomic
def herroep_brief(*, brief: Herinneringsbrief, versie: int | None, door: "Gebruiker") -> Herinneringsbrief:
    """Herroep het versturen zolang het kan: de brief is weer een afgetekend concept. Geeft de brief.

    Een brief met de post gaat hier niet uit; dan vervalt alleen dat de openbare klok hem noemt. Werpt InvoerFout als de
    tien minuten voorbij zijn, AlVerstuurd als de mail al weg is, en GeenToegang.
    """
    if not permissions.mag_vastleggen(door):
        raise GeenToegang
    rij = Herinneringsbrief.objects.select_for_update(of=("self",)).select_related("advies").get(pk=brief.pk)
    if versie is not None and versie != rij.rijversie:
        raise InvoerFout("", "Een ander wijzigde deze brief intussen. Lees hem opnieuw.")
    if not rij.wacht:
        raise InvoerFout("", "Herroepen kan niet meer: de brief is uitgegaan, of hij was niet verstuurd.")
    if rij.email:
        herroep(feit_begin=f"opvolging.verstuur_brief:{rij.pk}", door=door)
        rij.refresh_from_db()
    if rij.verstuurd_op is not None:
        rij.neem_terug()
        _bewaar(rij, "herroep_brief", door)
    return rij


def _kort(titel: str) -> str:
    return titel if len(titel) <= LANGSTE_TITEL else f"{titel[:LANGSTE_TITEL].rstrip()}…"


@transaction.atomic
def laat_brief_vervallen(*, brief: Herinneringsbrief, versie: int | None, door: "Gebruiker") -> Herinneringsbrief:
    """Laat een concept vervallen: deze herinnering gaat niet uit."""
    rij = _concept(brief, versie, door)
    rij.vervallen_op = nu()
    return _bewaar(rij, "laat_brief_vervallen", door)


def laat_brieven_vervallen(*, advies: Advies, door: "Gebruiker") -> None:
    """De reactie is er: elk concept vervalt, en een brief die nog in de postbus wacht gaat niet meer uit."""
    moment = nu()
    brieven = Herinneringsbrief.objects.filter(advies=advies)
    brieven.concept().update(vervallen_op=moment)
    for rij in brieven.filter(verstuurd_op__isnull=False).exclude(email="").select_for_update(of=("self",)):
        if annuleer(feit_begin=f"opvolging.verstuur_brief:{rij.pk}", reden="De reactie is er.", door=door):
            rij.neem_terug()
            rij.vervallen_op = moment
            _bewaar(rij, "laat_brief_vervallen", door)


def _concept(brief: Herinneringsbrief, versie: int | None, door: "Gebruiker") -> Herinneringsbrief:
    if not permissions.mag_vastleggen(door):
        raise GeenToegang
    rij = Herinneringsbrief.objects.select_for_update(of=("self",)).select_related("advies").get(pk=brief.pk)
    if not rij.is_concept:
        raise InvoerFout("", "Deze brief is al verstuurd of vervallen; er verandert niets meer aan.")
    if versie is not None and versie != rij.rijversie:
        raise InvoerFout("", "Een ander wijzigde deze brief intussen. Lees hem opnieuw; uw tekst staat er nog.")
    return rij


def _bewaar(rij: Herinneringsbrief, daad: str, door: "Gebruiker") -> Herinneringsbrief:
    rij.rijversie += 1
    rij.save()
    leg_vast(soort=f"opvolging.{daad}", object=rij.advies, door=door, gegevens={"brief": rij.pk, "aan": rij.aan})
    return rij
