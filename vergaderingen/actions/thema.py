"""De themasessie voorbereiden, tafels laten terugkoppelen, en stickers plakken (regel 47)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie, eis
from logboek.actions import leg_vast
from raad.models import Zetel
from toegang.models import Gebruiker
from vergaderingen import policies
from vergaderingen.actions.agenda import vergrendel_punt
from vergaderingen.enums import Puntsoort
from vergaderingen.models import Agendapunt, Sticker, Themaonderwerp, Thematafel, Vergadering
from vergaderingen.models.thema import STICKERS
from vergaderingen.queries import Stem, stemmen_bij


def _themapunt(agendapunt: Agendapunt, door: Gebruiker) -> Agendapunt:
    punt = vergrendel_punt(agendapunt, door=door)
    if punt.soort != Puntsoort.THEMA:
        raise InvoerFout("", "Tafels en stickers horen bij een punt van de soort themasessie.")
    return punt


@transaction.atomic
def voeg_onderwerp_toe(*, agendapunt: Agendapunt, titel: str, door: Gebruiker) -> Themaonderwerp:
    """Zet een onderwerp bij de themasessie; hetzelfde nog eens geeft het bestaande. Werpt InvoerFout("titel")."""
    punt = _themapunt(agendapunt, door)
    eis(policies.mag_agenda_wijzigen(punt.vergadering))
    titel = titel.strip()[:300]
    if not titel:
        raise InvoerFout("titel", "Geef het onderwerp een titel.")
    bestaand: Themaonderwerp | None = punt.themaonderwerpen.filter(titel__iexact=titel).first()
    if bestaand:
        return bestaand
    onderwerp = Themaonderwerp.objects.create(
        agendapunt=punt, titel=titel, volgorde=punt.themaonderwerpen.count() + 1, voorbeeld=punt.voorbeeld
    )
    leg_vast(
        soort="vergaderingen.voeg_onderwerp_toe", object=punt.vergadering, door=door,
        gegevens={"agendapunt": punt.pk, "themaonderwerp": onderwerp.pk},
    )  # fmt: skip
    return onderwerp


@transaction.atomic
def voeg_tafel_toe(*, agendapunt: Agendapunt, onderwerp: int, leider: str, door: Gebruiker) -> Thematafel:
    """Zet een tafel klaar met haar onderwerp en gespreksleider. Werpt InvoerFout("onderwerp")."""
    punt = _themapunt(agendapunt, door)
    eis(policies.mag_agenda_wijzigen(punt.vergadering))
    gekozen = punt.themaonderwerpen.filter(pk=onderwerp).first()
    if gekozen is None:
        raise InvoerFout("onderwerp", "Kies een onderwerp van deze themasessie.")
    tafel = Thematafel.objects.create(
        agendapunt=punt, nummer=punt.thematafels.count() + 1, onderwerp=gekozen, leider=leider.strip()[:200],
        voorbeeld=punt.voorbeeld,
    )  # fmt: skip
    leg_vast(
        soort="vergaderingen.voeg_tafel_toe", object=punt.vergadering, door=door,
        gegevens={"agendapunt": punt.pk, "tafel": tafel.nummer},
    )  # fmt: skip
    return tafel


@transaction.atomic
def schrijf_terugkoppeling(*, tafel: Thematafel, tekst: str, versie: int | None, door: Gebruiker) -> Thematafel:
    """Bewaar wat een tafel terugkoppelt; kan ook na de vergadering. Werpt VerouderdeVersie."""
    punt = _themapunt(tafel.agendapunt, door)
    rij = Thematafel.objects.get(pk=tafel.pk)
    if versie is not None and rij.rijversie != versie:
        raise VerouderdeVersie
    if rij.verslag == tekst.strip():
        return rij
    rij.verslag = tekst.strip()
    rij.rijversie += 1
    rij.save()
    leg_vast(
        soort="vergaderingen.schrijf_terugkoppeling", object=punt.vergadering, door=door,
        gegevens={"agendapunt": punt.pk, "tafel": rij.nummer, "tekens": len(rij.verslag)},
    )  # fmt: skip
    return rij


@transaction.atomic
def plak_stickers(*, agendapunt: Agendapunt, zetel: Zetel, onderwerpen: Sequence[int], door: Gebruiker) -> int:
    """Leg de stickers van een zetel vast namens het lid en geef hoeveel; vervangt wat er van die zetel hing.

    Mag ook na de sluiting: de stickers hangen dan op papier aan de muur.
    """
    punt = _themapunt(agendapunt, door)
    stem = next((s for s in stemmen_bij(punt.vergadering, punt) if s.zetel and s.zetel.pk == zetel.pk), None)
    if stem is None:
        raise InvoerFout("zetel", "Op deze zetel is bij dit punt niemand aanwezig.")
    eis(policies.mag_plakken(punt.vergadering, achteraf=True))
    return _plak(punt, stem, onderwerpen, door)


@transaction.atomic
def plak_eigen_stickers(*, agendapunt: Agendapunt, onderwerpen: Sequence[int], door: Gebruiker) -> int:
    """Laat een lid de eigen drie stickers plakken; tot de sluiting mag het lid ze verhangen.

    Werpt GeenToegang voor wie bij dit punt geen zetel heeft, InvoerFout("onderwerpen") bij meer dan drie.
    """
    # Hetzelfde slot als wie namens een lid plakt, een lid laat tekenen of de vergadering sluit.
    Vergadering.objects.select_for_update().get(pk=agendapunt.vergadering_id)
    punt = Agendapunt.objects.select_related("vergadering").get(pk=agendapunt.pk)
    if punt.soort != Puntsoort.THEMA:
        raise GeenToegang
    persoon = getattr(door, "persoon", None)
    stem = next(
        (s for s in stemmen_bij(punt.vergadering, punt) if persoon and s.zetel and s.persoon.pk == persoon.pk), None
    )
    if stem is None:
        raise GeenToegang
    eis(policies.mag_plakken(punt.vergadering))
    return _plak(punt, stem, onderwerpen, door)


def _plak(punt: Agendapunt, stem: Stem, onderwerpen: Sequence[int], door: Gebruiker) -> int:
    if len(onderwerpen) > STICKERS:
        raise InvoerFout("onderwerpen", f"Ieder lid heeft {STICKERS} stickers; dit zijn er {len(onderwerpen)}.")
    bekend = set(punt.themaonderwerpen.values_list("pk", flat=True))
    if set(onderwerpen) - bekend:
        raise InvoerFout("onderwerpen", "Kies onderwerpen van deze themasessie.")
    Sticker.objects.filter(agendapunt=punt, zetel=stem.zetel).delete()
    Sticker.objects.bulk_create(
        Sticker(
            agendapunt=punt, zetel=stem.zetel, nummer=nummer, onderwerp_id=onderwerp, persoon=stem.persoon,
            voorbeeld=punt.voorbeeld,
        )
        for nummer, onderwerp in enumerate(onderwerpen, start=1)
    )  # fmt: skip
    leg_vast(
        soort="vergaderingen.plak_stickers", object=punt.vergadering, door=door,
        gegevens={"agendapunt": punt.pk, "zetel": stem.zetel.pk if stem.zetel else None, "aantal": len(onderwerpen)},
    )  # fmt: skip
    return len(onderwerpen)
