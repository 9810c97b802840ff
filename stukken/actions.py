"""Wat iemand met stukken doet: een bestand bewaren, een PDF vragen, een mislukte PDF opnieuw vragen."""

import errno
import json
import logging
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from kern.fouten import InvoerFout
from stukken import keuring, pdf
from stukken.enums import UITGANG, PdfStatus, Soort
from stukken.leveren import veilige_naam
from stukken.models import Bestand, PdfOpdracht
from stukken.tasks import geef_door
from toegang.models import Gebruiker

logger = logging.getLogger(__name__)

LANG_GELEDEN = timedelta(days=1)
VOL = "Het bestand kon niet worden bewaard: de opslag is vol. Er is niets half bewaard. Meld dit bij de beheerder."
NIET_GELUKT = "Het bestand kon niet worden bewaard. Probeer het opnieuw, of meld dit bij de beheerder."


def bewaar(
    *,
    upload: UploadedFile,
    door: Gebruiker | None,
    toegestaan: tuple[str, ...] = ("pdf", "docx"),
    maximum: int = 25_000_000,
    veld: str = "bestand",
    **velden: Any,
) -> Bestand:
    """Keur een opgestuurd bestand en bewaar het.

    `toegestaan` noemt soorten ("pdf", "docx"), `maximum` is in bytes, `veld` is het formulierveld. Werpt
    InvoerFout(veld, …) bij een verkeerde soort, te groot, beschadigd, gevaarlijk of een volle opslag.
    """
    grootte = upload.size or 0
    if grootte > maximum:
        raise InvoerFout(
            veld,
            f"Dit bestand is te groot: {megabytes(grootte)}. Het mag ten hoogste {megabytes(maximum)} zijn.",
        )
    upload.seek(0)
    inhoud = upload.read()
    soort = keuring.keur(inhoud, upload.name or "", toegestaan, veld)
    return _leg_neer(
        inhoud,
        naam=veilige_naam(upload.name or "", f"bestand.{soort}"),
        soort=Soort[soort.upper()],
        door=door,
        veld=veld,
        **velden,
    )


def bewaar_bytes(*, inhoud: bytes, naam: str, soort: str, door: Gebruiker | None = None, **velden: Any) -> Bestand:
    """Bewaar bytes die het portaal zelf maakte (PDF, CSV, agenda).

    `soort` is een mediatype of een uitgang ("pdf"). Werpt InvoerFout("", …) als de opslag vol is en ValueError bij
    een onbekende soort.
    """
    bekend = {uitgang: str(s) for s, uitgang in UITGANG.items()} | {str(s): str(s) for s in Soort}
    if soort not in bekend:
        raise ValueError(f"onbekende soort bestand: {soort}")
    return _leg_neer(inhoud, naam=veilige_naam(naam), soort=bekend[soort], door=door, veld="", **velden)


def _leg_neer(inhoud: bytes, *, naam: str, soort: str, door: Gebruiker | None, veld: str, **velden: Any) -> Bestand:
    try:
        rij: Bestand = Bestand.objects.leg_neer(
            [inhoud], naam=naam, soort=soort, door_id=door.pk if door else None, **velden
        )
    except OSError as fout:
        logger.exception("bestand bewaren mislukt")
        vol = fout.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        raise InvoerFout(veld, VOL if vol else NIET_GELUKT) from fout
    return rij


def megabytes(aantal: int) -> str:
    """Geef een aantal bytes als "12,5 MB"."""
    return f"{aantal / 1_000_000:.1f}".replace(".", ",").removesuffix(",0") + " MB"


def vraag_pdf(
    *,
    soort: str,
    sleutel: str,
    html: str,
    titel: str,
    naam: str = "",
    door: Gebruiker | None = None,
    voorbeeld: bool | None = None,
    **opmaak: Any,
) -> PdfOpdracht:
    """Vraag een PDF en geef de opdracht; dezelfde inhoud geeft altijd dezelfde opdracht, ook bij gelijktijdig vragen.

    `sleutel` noemt het onderwerp ("advies:adv-001"), `opmaak` zijn de argumenten van `stukken.pdf.maak`. Een
    opdracht die klaar is en waarvan het bestand er nog is, wordt teruggegeven zonder werk en is dan weer de laatste
    van haar onderwerp; een mislukte wacht op `probeer_pdf_opnieuw`. Werpt TypeError bij een argument dat `maak` niet
    kent.
    """
    return vraag_samengesteld(
        soort=soort, sleutel=sleutel, invoer=_invoer(html, titel, voorbeeld, opmaak),
        naam=naam or f"{titel}.pdf", door=door, voorbeeld=voorbeeld,
    )  # fmt: skip


def kenmerk_van(
    *, soort: str, sleutel: str, html: str, titel: str, voorbeeld: bool | None = None, **opmaak: Any
) -> str:
    """Geef welke PDF (`PdfOpdracht.sleutel`) bij de inhoud van nu hoort; de argumenten zijn die van `vraag_pdf`.

    Behalve `naam` en `door`: die horen niet bij de inhoud.
    """
    return inhoud_sleutel(soort, sleutel, _invoer(html, titel, voorbeeld, opmaak))


def _invoer(html: str, titel: str, voorbeeld: bool | None, opmaak: dict[str, Any]) -> dict[str, Any]:
    eigen = {} if voorbeeld is None else {"voorbeeld": voorbeeld}
    return pdf.als_invoer(html=html, titel=titel, **opmaak, **eigen)


def vraag_samengesteld(
    *,
    soort: str,
    sleutel: str,
    invoer: dict[str, Any],
    naam: str,
    door: Gebruiker | None = None,
    voorbeeld: bool | None = None,
) -> PdfOpdracht:
    """Vraag een PDF waarvan een eigen maker de invoer kent (stukken.makers); verder als `vraag_pdf`."""
    hash_ = inhoud_sleutel(soort, sleutel, invoer)
    eigen: dict[str, Any] = {} if voorbeeld is None else {"voorbeeld": voorbeeld}
    try:
        with transaction.atomic():
            opdracht, nieuw = PdfOpdracht.objects.get_or_create(
                sleutel=hash_,
                defaults={
                    "soort": soort,
                    "onderwerp": sleutel,
                    "naam": veilige_naam(naam),
                    "invoer": invoer,
                    "door": door,
                    **eigen,
                },
            )
            if not nieuw:
                vast = PdfOpdracht.objects.select_for_update().filter(pk=opdracht.pk).first()
                if vast is None:  # juist opgeruimd: nog eens, nu is het een nieuwe
                    return vraag_samengesteld(
                        soort=soort, sleutel=sleutel, invoer=invoer, naam=naam, door=door, voorbeeld=voorbeeld
                    )
                opdracht = vast
                kwijt = opdracht.status == PdfStatus.KLAAR and not (opdracht.bestand and opdracht.bestand.pad.exists())
                if not kwijt:
                    _maak_weer_de_laatste(opdracht)
                    return opdracht
                _terug_naar_wacht(opdracht, invoer)
            transaction.on_commit(lambda: geef_door(opdracht.pk))
    except IntegrityError:  # pragma: no cover - get_or_create vangt de wedloop zelf
        opdracht = PdfOpdracht.objects.get(sleutel=hash_)
    return opdracht


def _maak_weer_de_laatste(opdracht: PdfOpdracht) -> None:
    """Wie na een wijziging weer de inhoud van eerst vraagt, krijgt anders de PDF van daartussen.

    Ook wie na lange tijd weer hetzelfde vraagt, telt als vragen: dan blijft zij (stukken.exemplaren).
    """
    klaar = opdracht.status in (PdfStatus.KLAAR, PdfStatus.MISLUKT)
    lang = klaar and opdracht.gevraagd_op < timezone.now() - LANG_GELEDEN
    later = PdfOpdracht.objects.filter(onderwerp=opdracht.onderwerp, gevraagd_op__gte=opdracht.gevraagd_op)
    if lang or later.exclude(pk=opdracht.pk).exists():
        opdracht.gevraagd_op = timezone.now()
        opdracht.save(update_fields=["gevraagd_op"])


def probeer_pdf_opnieuw(*, opdracht: PdfOpdracht, door: Gebruiker | None) -> PdfOpdracht:
    """Zet een mislukte opdracht terug in de rij. Is zij niet mislukt, dan verandert er niets (dubbel geklikt)."""
    with transaction.atomic():
        rij: PdfOpdracht = PdfOpdracht.objects.select_for_update().get(pk=opdracht.pk)
        if rij.status == PdfStatus.MISLUKT:
            _terug_naar_wacht(rij, rij.invoer)
            transaction.on_commit(lambda: geef_door(rij.pk))
        return rij


def _terug_naar_wacht(opdracht: PdfOpdracht, invoer: dict[str, Any]) -> None:
    opdracht.status, opdracht.voortgang, opdracht.fout = PdfStatus.WACHT, 0, ""
    opdracht.pogingen, opdracht.invoer = 0, invoer
    opdracht.gevraagd_op, opdracht.begonnen_op, opdracht.klaar_op = timezone.now(), None, None
    opdracht.save()


def inhoud_sleutel(soort: str, sleutel: str, invoer: dict[str, Any]) -> str:
    """Geef de hash waaronder een PDF één keer gemaakt wordt: alle invoer, plus de opmaak van vandaag."""
    tekst = json.dumps([soort, sleutel, invoer, pdf.opmaak_versie()], sort_keys=True, default=date.isoformat)
    return sha256(tekst.encode()).hexdigest()
