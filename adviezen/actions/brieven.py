"""Aanbiedingsbrieven: opstellen, wijzigen, aftekenen (stap 8)."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from adviezen import brief as teksten
from adviezen import permissions
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.enums import Stap
from adviezen.models import Aanbieding, Aanbiedingsbrief, Advies, Adviestraject
from kern.fouten import GeenToegang, InvoerFout
from kern.html import platte_tekst, schoon
from kern.tijd import dag_van, moment_nl, nu
from logboek.actions import leg_vast
from stukken.actions import kenmerk_van, vraag_pdf

if TYPE_CHECKING:
    from stukken.models import PdfOpdracht
    from toegang.models import Gebruiker


def open_aanbieding(
    traject: Adviestraject, versie: int | None, door: "Gebruiker", *, aftekenen: bool = False, parafen: bool = False
) -> tuple[Adviestraject, Aanbieding]:
    """Geef het vergrendelde traject en zijn aanbieding (zo nodig nieuw). Werpt GeenToegang, InvoerFout."""
    vers = vergrendel(traject.pk, versie)
    nieuw = Aanbieding(traject=vers)
    mag = permissions.mag_brief_aftekenen if aftekenen else permissions.mag_klaarzetten
    if parafen:
        mag = permissions.mag_parafen
    if not mag(nieuw, door):
        raise GeenToegang
    if vers.stap != Stap.AANBIEDING:
        raise InvoerFout("", "Dit kan alleen in stap 8: eerst moet het advies zijn vastgesteld, daarna ligt het vast.")
    aanbieding, _ = Aanbieding.objects.get_or_create(traject=vers)
    return vers, aanbieding


def leg_terug(aanbieding: Aanbieding) -> None:
    """Maak het klaarzetten en bevestigen ongedaan: er veranderde iets aan wat er uitgaat."""
    aanbieding.klaargezet_door = aanbieding.bevestigd_door = None
    aanbieding.klaargezet_op = aanbieding.bevestigd_op = None
    aanbieding.pdf, aanbieding.pdf_van_hash = None, ""
    aanbieding.save()


def laat_handtekeningen_vervallen(aanbieding: Aanbieding) -> None:
    """Haal paraaf en handtekening van elke brief: er veranderde iets dat erin staat."""
    leeg = dict.fromkeys(("afgetekend_door", "afgetekend_op", "geparafeerd_door", "geparafeerd_op"))
    aanbieding.brieven.update(**leeg)


def laat_bevestiging_vervallen(aanbieding: Aanbieding) -> None:
    """Wie bevestigde, zag iets anders dan wat er nu uitgaat: iemand bevestigt opnieuw. De PDF blijft goed."""
    if aanbieding.bevestigd_op is not None:
        aanbieding.bevestigd_door, aanbieding.bevestigd_op = None, None
        aanbieding.save(update_fields=["bevestigd_door", "bevestigd_op"])


def gegevens_van(traject: Adviestraject) -> teksten.Briefgegevens:
    """Geef wat een brief over dit advies zegt."""
    advies: Advies = traject.advies
    aanvraag = getattr(traject, "aanvraag", None)
    return teksten.Briefgegevens(
        titel=advies.titel,
        nummer=advies.nummer or "",
        vastgesteld_op=traject.vastgesteld_op,
        vraag_van=aanvraag.datum if aanvraag is not None else None,
        oordeel=advies.oordeel,
        namens_raad=advies.namens_raad,
        commissie=traject.commissie.naam if traject.commissie else "commissie",
        klok=advies.heeft_klok,
        samenvatting=advies.samenvatting,
        door_commissie=bool(traject.rechtstreeks),
    )


@transaction.atomic
def stel_brieven_op(*, traject: Adviestraject, versie: int | None, door: "Gebruiker") -> list[Aanbiedingsbrief]:
    """Maak een conceptbrief voor iedere adviesvrager die er nog geen heeft, en geef de nieuwe.

    Ging de vraag alleen van een Kamer uit, dan komt er een afschrift aan de minister bij (regel 43). Bij een eigen
    initiatief is er één brief, aan de geadresseerden.
    """
    vers, aanbieding = open_aanbieding(traject, versie, door)
    inhoud = gegevens_van(vers)
    aanvraag = getattr(vers, "aanvraag", None)
    vragers = [] if aanvraag is None else list(aanvraag.vragers.all())
    heeft = set(aanbieding.brieven.filter(afschrift=False).values_list("vrager_id", flat=True))
    nieuw = [
        Aanbiedingsbrief(aanbieding=aanbieding, vrager=v, aan=v.naam, html=teksten.aanbiedingsbrief(v.naam, inhoud))
        for v in vragers
        if v.pk not in heeft
    ]
    if not vragers and not aanbieding.brieven.exists():
        aan = vers.geadresseerden or "het kabinet"
        nieuw.append(Aanbiedingsbrief(aanbieding=aanbieding, aan=aan, html=teksten.aanbiedingsbrief(aan, inhoud)))
    alleen_kamer = bool(vragers) and not any(v.is_bewindspersoon for v in vragers)
    if alleen_kamer and not aanbieding.brieven.filter(afschrift=True).exists():
        nieuw.append(
            Aanbiedingsbrief(
                aanbieding=aanbieding, aan=teksten.MINISTER, afschrift=True, html=teksten.afschrift(inhoud)
            )
        )
    if not nieuw:
        raise InvoerFout("", "Er ligt al een brief voor iedere adviesvrager.")
    Aanbiedingsbrief.objects.bulk_create(nieuw)
    leg_terug(aanbieding)
    hoog_op(vers)
    leg_vast(soort="adviezen.stel_brieven_op", object=vers, door=door, gegevens={"aan": [b.aan for b in nieuw]})
    return nieuw


@transaction.atomic
def wijzig_brief(
    *, brief: Aanbiedingsbrief, versie: int | None, aan: str, html: str, door: "Gebruiker"
) -> Aanbiedingsbrief:
    """Wijzig een brief; paraaf, aftekening en de bevestiging vervallen, want zij golden de oude.

    Werpt InvoerFout ("aan", "html").
    """
    vers, aanbieding = open_aanbieding(brief.aanbieding.traject, versie, door)
    if not aan.strip():
        raise InvoerFout("aan", "Vul in aan wie de brief gericht is.")
    tekst = schoon(html)
    if not platte_tekst(tekst).strip():
        raise InvoerFout("html", "De brief is leeg.")
    brief.aan, brief.html = aan.strip(), tekst
    brief.afgetekend_door, brief.afgetekend_op = None, None
    brief.geparafeerd_door, brief.geparafeerd_op = None, None
    brief.save()
    laat_bevestiging_vervallen(aanbieding)
    hoog_op(vers)
    leg_vast(soort="adviezen.wijzig_brief", object=vers, door=door, gegevens={"brief": brief.pk, "aan": brief.aan})
    return brief


@transaction.atomic
def parafeer_brief(*, brief: Aanbiedingsbrief, versie: int | None, door: "Gebruiker") -> Aanbiedingsbrief:
    """Zet een paraaf: deze brief is nagelezen. Tweemaal doen verandert niets, en de eerste paraaf blijft staan.

    Iemand van het secretariaat, maar niet wie aftekent: die twee kijken onafhankelijk. Werpt GeenToegang, en
    InvoerFout als de brief al is afgetekend.
    """
    vers, _ = open_aanbieding(brief.aanbieding.traject, versie, door, parafen=True)
    brief.refresh_from_db()
    if brief.geparafeerd_op is None:
        if brief.afgetekend_op is not None:
            raise InvoerFout("", "Deze brief is al afgetekend; een paraaf heeft nu geen zin meer.")
        brief.geparafeerd_door, brief.geparafeerd_op = door, nu()
        brief.save()
        hoog_op(vers)
        leg_vast(soort="adviezen.parafeer_brief", object=vers, door=door, gegevens={"brief": brief.pk})
    return brief


@transaction.atomic
def teken_brief_af(*, brief: Aanbiedingsbrief, versie: int | None, door: "Gebruiker") -> Aanbiedingsbrief:
    """Teken een brief af; alleen de algemeen secretaris (ontwerp §4, stap 8). Tweemaal tekenen verandert niets."""
    vers, _ = open_aanbieding(brief.aanbieding.traject, versie, door, aftekenen=True)
    brief.refresh_from_db()
    if brief.afgetekend_op is None:
        brief.afgetekend_door, brief.afgetekend_op = door, nu()
        brief.save()
        hoog_op(vers)
        leg_vast(soort="adviezen.teken_brief_af", object=vers, door=door, gegevens={"brief": brief.pk})
    return brief


def vraag_briefpdf(*, brief: Aanbiedingsbrief, door: "Gebruiker") -> "PdfOpdracht":
    """Vraag de PDF van een brief; geeft de opdracht."""
    return vraag_pdf(naam=f"brief-{brief.aanbieding.traject.slug}-{brief.pk}.pdf", door=door, **_inhoud(brief))


def briefpdf_van_nu(brief: Aanbiedingsbrief) -> str:
    """Geef het kenmerk van de PDF met de tekst en de handtekeningen van nu; leeg als het advies al is aangeboden."""
    return kenmerk_van(**_inhoud(brief)) if brief.aanbieding.traject.stap == Stap.AANBIEDING else ""


def _inhoud(brief: Aanbiedingsbrief) -> dict[str, Any]:
    return {
        "soort": "brief",
        "sleutel": f"brief:{brief.pk}",
        "html": brief.html,
        "titel": "Afschrift van een advies" if brief.afschrift else "Aanbieding van een advies",
        "voorbeeld": brief.aanbieding.traject.voorbeeld,
        "soort_naam": "Brief",
        "inhoudsopgave": False,
        "vorm": "brief",
        "datum": dag_van(brief.afgetekend_op) if brief.afgetekend_op is not None else None,
        "colofon": _handtekeningen(brief),
    }


def _handtekeningen(brief: Aanbiedingsbrief) -> list[tuple[str, str]]:
    """Geef wie parafeerde en tekende, voor onderaan de PDF; een andere handtekening is een andere PDF."""
    uit = []
    if brief.geparafeerd_door is not None and brief.geparafeerd_op is not None:
        uit.append(("Paraaf", f"{brief.geparafeerd_door.naam}, {moment_nl(brief.geparafeerd_op)}"))
    if brief.afgetekend_door is not None and brief.afgetekend_op is not None:
        uit.append(("Getekend", f"{brief.afgetekend_door.naam}, {moment_nl(brief.afgetekend_op)}"))
    return uit
