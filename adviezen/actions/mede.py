"""Een gezamenlijke reactie: een organisatie reageert mede namens andere, en die bevestigen dat zelf."""

from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.bericht import bericht_organisatie
from adviezen.actions.herinner import laat_met_rust
from adviezen.actions.hulp import vergrendel
from adviezen.enums import Medestatus, Reactiestatus
from adviezen.models import Deelname, Medeondertekening, Reactie
from adviezen.policies.beraad import mag_wijzigen
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie, eis
from kern.tijd import nu
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def _bericht(mede: Medeondertekening, aan: Deelname, onderwerp: str, door: "Gebruiker") -> None:
    moment = mede.beantwoord_op or mede.gevraagd_op  # dezelfde vraag of hetzelfde antwoord kan later weer komen
    feit = f"adviezen.mede_{mede.status}:{mede.pk}:{mede.reactie.rijversie}:{moment.timestamp():.6f}"
    bericht_organisatie(aan, onderwerp=onderwerp, feit=feit, wacht=False, door=door)


@transaction.atomic
def vraag_mede(*, reactie: Reactie, deelname: Deelname, door: "Gebruiker") -> Medeondertekening:
    """Vraag een andere organisatie in dezelfde ronde mee te tekenen; zij leest de reactie dan mee, ook in concept.

    Nog eens vragen verandert niets; na een afwijzing vraagt het opnieuw. Werpt InvoerFout("deelname").
    """
    vers = Reactie.objects.select_for_update(of=("self",)).select_related("deelname__beraad").get(pk=reactie.pk)
    if not permissions.mag_reageren(vers, door):
        raise GeenToegang
    eis(mag_wijzigen(vers))
    if deelname.beraad_id != vers.deelname.beraad_id or deelname.pk == vers.deelname_id:
        raise InvoerFout("deelname", "Kies een andere organisatie uit deze ronde.")
    eigen = Reactie.objects.filter(deelname=deelname).first()
    if eigen is not None and eigen.status != Reactiestatus.CONCEPT:
        raise InvoerFout("deelname", f"{deelname.organisatie} heeft zelf al gereageerd.")
    mede = Medeondertekening.objects.filter(reactie=vers, deelname=deelname).first()
    if mede is not None and mede.status != Medestatus.AFGEWEZEN:
        return mede
    mede = mede or Medeondertekening(reactie=vers, deelname=deelname)
    mede.status, mede.gevraagd_door, mede.gevraagd_op = Medestatus.GEVRAAGD, door, nu()
    mede.beantwoord_door = mede.beantwoord_op = None
    mede.save()
    leg_vast(soort="adviezen.vraag_mede", object=vers, door=door, gegevens={"aan": str(deelname.organisatie)})
    _bericht(mede, deelname, "Een organisatie vraagt u mee te tekenen met haar reactie", door)
    return mede


@transaction.atomic
def trek_mede_terug(*, mede: Medeondertekening, door: "Gebruiker") -> None:
    """Vraag een organisatie niet langer mee te tekenen; zij leest de reactie dan niet meer.

    Bevestigde zij al, dan hoort zij dat haar reactie weer ontbreekt.
    """
    vers = Reactie.objects.select_for_update(of=("self",)).select_related("deelname__beraad").get(pk=mede.reactie_id)
    if not permissions.mag_reageren(vers, door):
        raise GeenToegang
    eis(mag_wijzigen(vers))
    rij = _mede_op_slot(mede)
    if rij is None:
        return
    _haal_weg(rij, vers, door)


def laat_los(reactie: Reactie, door: "Gebruiker") -> None:
    """Vraag niemand meer mee te tekenen: er komt geen reactie. Wie bevestigde, geeft nu zelf een reactie."""
    for mede in list(reactie.mede.all()):
        if (rij := _mede_op_slot(mede)) is not None:
            _haal_weg(rij, reactie, door)


def _haal_weg(rij: Medeondertekening, reactie: Reactie, door: "Gebruiker") -> None:
    wie = str(rij.deelname.organisatie)
    leg_vast(soort="adviezen.trek_mede_terug", object=reactie, door=door, gegevens={"van": wie})
    if rij.status == Medestatus.BEVESTIGD:
        bericht_organisatie(
            rij.deelname,
            onderwerp="Uw organisatie tekent niet langer mee met de reactie van een ander",
            feit=f"adviezen.trek_mede_terug:{rij.pk}:{reactie.rijversie}",
            wacht=False,
            door=door,
        )
    rij.delete()


def _mede_op_slot(mede: Medeondertekening) -> Medeondertekening | None:
    """Geef de vraag om mee te tekenen vers en vergrendeld; None als zij intussen is ingetrokken."""
    rijen = Medeondertekening.objects.select_for_update(of=("self",)).select_related(
        "deelname__beraad", "deelname__contact", "deelname__organisatie", "reactie__deelname__contact"
    )
    return rijen.filter(pk=mede.pk).first()


@transaction.atomic
def beantwoord_mede(
    *, mede: Medeondertekening, akkoord: bool, door: "Gebruiker", versie: int | None = None
) -> Medeondertekening:
    """Bevestig mee te reageren, of niet (ook later, tot het sluiten). Alleen de gevraagde organisatie zelf.

    Hetzelfde antwoord nog eens verandert niets. Werpt InvoerFout als de vraag is ingetrokken of de ronde dicht is, of
    de organisatie zelf reageerde of al met een ander meereageert; VerouderdeVersie als de reactie intussen anders is
    dan die waarmee zij instemt (`versie`).
    """
    vergrendel(mede.deelname.beraad.traject_id)  # wie de ronde sluit, telt ook wie meetekent
    Deelname.objects.select_for_update(of=("self",)).get(pk=mede.deelname_id)
    reactie = Reactie.objects.select_for_update(of=("self",)).get(pk=mede.reactie_id)
    vers = _mede_op_slot(mede)
    if vers is None:
        raise InvoerFout("", "Deze vraag om mee te tekenen is intussen ingetrokken.")
    if not permissions.mag_voor_organisatie(vers.deelname, door):
        raise GeenToegang
    if not vers.deelname.beraad.is_open:
        raise InvoerFout("", "Het achterbanberaad is gesloten; bevestigen kan niet meer.")
    nieuw = Medestatus.BEVESTIGD if akkoord else Medestatus.AFGEWEZEN
    if vers.status == nieuw:
        return vers
    if akkoord:
        if versie is not None and reactie.rijversie != versie:
            raise VerouderdeVersie
        # Op slot: wie intussen de eigen reactie indient, wacht hierop, en andersom.
        eigen = Reactie.objects.select_for_update(of=("self",)).filter(deelname=vers.deelname).first()
        if eigen is not None and eigen.status != Reactiestatus.CONCEPT:
            raise InvoerFout("", "Uw organisatie gaf zelf al een reactie. Neem die eerst terug.")
        elders = vers.deelname.mede_verzoeken.filter(status=Medestatus.BEVESTIGD).exclude(pk=vers.pk).first()
        if elders is not None:
            wie = elders.reactie.deelname.organisatie
            raise InvoerFout("", f"Uw organisatie reageert al mee met {wie}. Trek dat eerst in.")
    vers.status = nieuw
    vers.beantwoord_door, vers.beantwoord_op = door, nu()
    vers.save()
    leg_vast(
        soort="adviezen.beantwoord_mede", object=vers.reactie, door=door,
        gegevens={"organisatie": str(vers.deelname.organisatie), "akkoord": akkoord},
    )  # fmt: skip
    laat_met_rust(vers.deelname.beraad, door=door)
    woord = "tekent mee met uw reactie" if akkoord else "tekent niet mee met uw reactie"
    _bericht(vers, vers.reactie.deelname, f"Een organisatie {woord}", door)
    return vers


def vraag_opnieuw(reactie: Reactie, door: "Gebruiker") -> None:
    """Wie bevestigde, las een andere tekst dan er nu staat (of kan komen): hij wordt opnieuw gevraagd, met bericht."""
    for mede in reactie.mede.filter(status=Medestatus.BEVESTIGD).select_related(
        "deelname__contact", "deelname__organisatie", "reactie"
    ):
        mede.status, mede.beantwoord_door, mede.beantwoord_op = Medestatus.GEVRAAGD, None, None
        mede.gevraagd_op = nu()
        mede.save()
        mede.reactie = reactie
        _bericht(mede, mede.deelname, "Een reactie waarmee u meetekende wordt gewijzigd", door)
