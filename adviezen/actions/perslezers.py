"""Journalisten die een advies onder embargo lezen: toelaten, hun belofte, en stoppen."""

from typing import Any

from django.db import IntegrityError, transaction

from adviezen import permissions
from adviezen.actions.adviesgegevens import opmaak_van
from adviezen.actions.genodigden import kies_eerste_wachtwoord, maak_account
from adviezen.enums import Stap
from adviezen.models import Aanbieding, Adviestraject, Perslezer
from adviezen.queries.embargo import loopt_embargo
from adviezen.queries.pers import Persstand, stand_van
from adviezen.queries.uitnodiging import perslezer_bij
from berichten.actions import stuur
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import moment_nl, nu
from logboek.actions import leg_vast
from stukken.actions import inhoud_sleutel, vraag_pdf
from stukken.models import PdfOpdracht
from stukken.pdf import als_invoer
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import hoedanigheden

_SOORT = "persexemplaar"


def _mag(traject: Adviestraject, door: Gebruiker) -> None:
    if not permissions.mag_klaarzetten(Aanbieding(traject=traject), door):
        raise GeenToegang


@transaction.atomic
def laat_perslezer_toe(*, traject: Adviestraject, email: str, naam: str, medium: str, door: Gebruiker) -> Perslezer:
    """Laat een journalist dit advies onder embargo lezen; geef de toelating. Hij krijgt een e-mail.

    Zonder account komt er een, zonder wachtwoord en zonder andere rol; de e-mail heeft dan een eenmalige link. Lezen
    begint pas als de aanbieding bevestigd is en hij het embargo aanvaardt. Werpt InvoerFout ("email", "naam",
    "medium") en GeenToegang. Wie al een rol bij de raad heeft, leest niet als pers.
    """
    _mag(traject, door)
    if traject.stap != Stap.AANBIEDING and not loopt_embargo(traject):
        raise InvoerFout("", "Journalisten toelaten kan alleen in stap 8, en daarna tot het embargo voorbij is.")
    if not medium.strip():
        raise InvoerFout("medium", "Noem het medium; dat staat op zijn exemplaar.")
    gebruiker = Gebruiker.objects.filter(email__iexact=email.strip()).first()
    if gebruiker is None:
        gebruiker = maak_account(
            email=email, naam=naam, wie="de journalist", soort="adviezen.maak_account_pers",
            voorbeeld=traject.voorbeeld, door=door,
        )  # fmt: skip
    elif not gebruiker.is_active or any(h.rol != Rol.PERS for h in hoedanigheden(gebruiker)):
        raise InvoerFout("email", "Dit account heeft al een andere rol bij de raad, of kan niet inloggen.")
    try:
        with transaction.atomic():
            lezer = Perslezer.objects.create(
                traject=traject, gebruiker=gebruiker, medium=medium.strip(), toegelaten_door=door
            )
    except IntegrityError as fout:
        raise InvoerFout("email", f"{gebruiker.naam} is al toegelaten.") from fout
    leg_vast(soort="adviezen.laat_perslezer_toe", object=lezer, door=door, gegevens={"lezer": str(lezer)})
    stuur(
        ontvanger=gebruiker,
        onderwerp="U kunt een advies van de SER onder embargo lezen",
        pad=f"/pers/{lezer.pk}/",
        feit=f"adviezen.laat_perslezer_toe:{lezer.pk}:0",
        wacht=False,
        door=door,
    )
    return lezer


@transaction.atomic
def stop_perslezer(*, lezer: Perslezer, door: Gebruiker, reden: str = "") -> Perslezer:
    """Neem de toelating terug, meteen. Twee keer doen verandert niets."""
    vers = Perslezer.objects.select_for_update(of=("self",)).select_related("traject", "gebruiker").get(pk=lezer.pk)
    _mag(vers.traject, door)
    if vers.gestopt_op is None:
        vers.gestopt_op, vers.gestopt_door, vers.stop_reden = nu(), door, reden.strip()[:500]
        vers.save(update_fields=["gestopt_op", "gestopt_door", "stop_reden"])
        leg_vast(soort="adviezen.stop_perslezer", object=vers, door=door, reden=reden, gegevens={"lezer": str(vers)})
    return vers


@transaction.atomic
def aanvaard_embargo(*, lezer: Perslezer, door: Gebruiker) -> Perslezer:
    """Leg vast dat de journalist zelf het embargo aanvaardt. Twee keer doen verandert niets."""
    vers = Perslezer.objects.select_for_update(of=("self",)).select_related("traject", "gebruiker").get(pk=lezer.pk)
    if vers.gebruiker_id != door.pk or vers.gestopt_op is not None:
        raise GeenToegang
    if vers.embargo_aanvaard_op is None:
        vers.embargo_aanvaard_op = nu()
        vers.save(update_fields=["embargo_aanvaard_op"])
        leg_vast(soort="adviezen.aanvaard_embargo", object=vers, door=door)
    return vers


@transaction.atomic
def neem_persuitnodiging_aan(*, code: str, wachtwoord: str) -> Perslezer:
    """Kies het eerste wachtwoord en aanvaard het embargo, met de link uit de e-mail; geef de toelating.

    Twee keer geeft InvoerFout. `wachtwoord` is al gekeurd.
    """
    lezer = kies_eerste_wachtwoord(
        perslezer_bij, code=code, wachtwoord=wachtwoord, soort="adviezen.neem_persuitnodiging_aan",
        anders="Log in, of vraag de woordvoerder.",
    )  # fmt: skip
    return aanvaard_embargo(lezer=lezer, door=lezer.gebruiker)


def vraag_persexemplaar(*, lezer: Perslezer) -> PdfOpdracht:
    """Vraag de PDF met naam, medium en embargo op elke bladzijde. Werpt GeenToegang als lezen niet mag."""
    if stand_van(lezer) != Persstand.OPEN:
        raise GeenToegang
    return vraag_pdf(
        soort=_SOORT,
        sleutel=onderwerp_van(lezer),
        naam=f"advies-onder-embargo-{lezer.pk}.pdf",
        door=lezer.gebruiker,
        **_opmaak(lezer),
    )


def persexemplaar_van_nu(*, lezer: Perslezer) -> PdfOpdracht | None:
    """Geef het exemplaar met de tekst en het embargo van nu, als hij dat vroeg; een eerder draagt wat niet meer geldt.

    Alleen voor wie nu leest (`stand_van`).
    """
    sleutel = inhoud_sleutel(_SOORT, onderwerp_van(lezer), als_invoer(**_opmaak(lezer)))
    return PdfOpdracht.objects.filter(sleutel=sleutel).select_related("bestand").first()


def _opmaak(lezer: Perslezer) -> dict[str, Any]:
    traject = lezer.traject
    embargo = traject.aanbieding.embargo_tot
    assert embargo is not None  # noqa: S101 - zonder embargo is er niets te lezen
    tot = moment_nl(embargo)
    opmaak = opmaak_van(traject)
    opmaak["colofon"] = [*opmaak.get("colofon", []), ("Embargo", f"tot {tot}"), ("Exemplaar", str(lezer))]
    return opmaak | {
        "merk": "EMBARGO", "lezer": f"{lezer}, onder embargo tot {tot}", "voorbeeld": traject.voorbeeld
    }  # fmt: skip


def onderwerp_van(lezer: Perslezer) -> str:
    """Geef waaronder de PDF van deze journalist bewaard is."""
    return f"pers:{lezer.pk}"
