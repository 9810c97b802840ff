"""De agenda: punten toevoegen, wijzigen, herschikken en nummeren."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import transaction

from kern.fouten import InvoerFout, OvergangGeweigerd, VerouderdeVersie, eis
from kern.tekort import Tekort
from logboek.actions import leg_vast
from stukken.models import Bestand
from toegang.models import Gebruiker
from vergaderingen import agenda as bronnen
from vergaderingen import policies
from vergaderingen.actions.hulp import vergrendel
from vergaderingen.enums import Orgaan, Puntsoort, Status
from vergaderingen.models import Agendapunt, Stuknummerreeks, Vergadering

NUMMER = re.compile(r"^(?:(VR|R)/)?([1-9][0-9]{0,6})$", re.IGNORECASE)


def vergrendel_punt(punt: Agendapunt, *, door: Gebruiker, versie: int | None = None) -> Agendapunt:
    """Geef het agendapunt vers, met zijn vergadering vergrendeld. Werpt GeenToegang en VerouderdeVersie."""
    vers = Agendapunt.objects.get(pk=punt.pk)
    vergadering = vergrendel(vers.vergadering_id, door=door)
    vers = Agendapunt.objects.select_related("bestand").get(pk=punt.pk)
    if vers.vergadering_id != vergadering.pk or (versie is not None and vers.rijversie != versie):
        raise VerouderdeVersie
    vers.vergadering = vergadering
    return vers


@transaction.atomic
def voeg_agendapunt_toe(
    *,
    vergadering: Vergadering,
    onderwerp: str,
    door: Gebruiker,
    soort: str = Puntsoort.OVERIG,
    toelichting: str = "",
    vertrouwelijk: bool = False,
    bestand: Bestand | None = None,
    sleutel: str = "",
) -> Agendapunt:
    """Zet een punt onderaan de agenda, voor een rondvraag die daar staat, en geef het terug.

    Na de oproeping krijgt het dat merk (zichtbaar voor allen).

    Werpt InvoerFout bij een leeg onderwerp, OvergangGeweigerd als de agenda vastligt, GeenToegang.
    """
    rij = vergrendel(vergadering.pk, door=door)
    eis(policies.mag_agenda_wijzigen(rij))
    onderwerp = onderwerp.strip()
    if not onderwerp:
        raise InvoerFout("onderwerp", "Geef het onderwerp van het agendapunt.")
    dubbel = rij.agendapunten.filter(onderwerp__iexact=onderwerp[:400], vervallen_reden="").first()
    if dubbel:
        raise InvoerFout("onderwerp", f"Dit onderwerp staat al op de agenda, als punt {dubbel.volgorde}.")
    onderaan = rij.agendapunten.order_by("-volgorde").first()
    plek = onderaan.volgorde + 1 if onderaan else 1
    if onderaan and onderaan.soort == Puntsoort.RONDVRAAG and not onderaan.vervallen and soort != Puntsoort.RONDVRAAG:
        Agendapunt.objects.filter(pk=onderaan.pk).update(volgorde=plek)
        plek = onderaan.volgorde
    punt = Agendapunt.objects.create(
        vergadering=rij, volgorde=plek, onderwerp=onderwerp[:400], soort=soort,
        toelichting=toelichting.strip(), vertrouwelijk=vertrouwelijk, bestand=bestand, voorbeeld=rij.voorbeeld,
        na_oproeping=rij.status != Status.GEPLAND, sleutel=sleutel,
    )  # fmt: skip
    leg_vast(
        soort="vergaderingen.voeg_agendapunt_toe", object=rij, door=door,
        gegevens={"agendapunt": punt.pk, "onderwerp": "" if vertrouwelijk else punt.onderwerp,
                  "na_oproeping": punt.na_oproeping},
    )  # fmt: skip
    return punt


@transaction.atomic
def plaats_aanbod(*, vergadering: Vergadering, bron: str, sleutel: str, door: Gebruiker) -> Agendapunt:
    """Zet iets uit het aanbod van een agendabron op de agenda en geef het punt terug.

    Werpt InvoerFout("sleutel") als het niet (meer) wordt aangeboden.
    """
    return zet_aanbod_neer(vergrendel(vergadering.pk, door=door), bron, sleutel, door)


def zet_aanbod_neer(vergadering: Vergadering, bron: str, sleutel: str, door: Gebruiker) -> Agendapunt:
    """Zet één zaak uit het aanbod op de agenda van een vergrendelde vergadering en koppel haar aan het punt."""
    herkomst = bronnen.bron_met(bron)
    gevonden = [a for a in herkomst.aanbod(vergadering, door) if a.sleutel == sleutel] if herkomst else []
    if herkomst is None or not gevonden:
        raise InvoerFout("sleutel", "Dit wordt niet meer aangeboden voor deze agenda.")
    keus = gevonden[0]
    punt = voeg_agendapunt_toe(
        vergadering=vergadering,
        onderwerp=keus.onderwerp,
        soort=keus.soort,
        toelichting=keus.toelichting,
        vertrouwelijk=keus.vertrouwelijk,
        bestand=keus.bestand,
        door=door,
        sleutel=f"{bron}:{sleutel}",
    )
    herkomst.geplaatst(agendapunt=punt, sleutel=sleutel, door=door)
    return punt


@transaction.atomic
def wijzig_agendapunt(
    *,
    agendapunt: Agendapunt,
    versie: int | None,
    door: Gebruiker,
    onderwerp: str,
    soort: str,
    toelichting: str = "",
    vertrouwelijk: bool = False,
    bestand: Bestand | None = None,
) -> Agendapunt:
    """Wijzig een agendapunt; zonder `bestand` blijft het stuk zoals het was."""
    punt = vergrendel_punt(agendapunt, door=door, versie=versie)
    eis(policies.mag_agenda_wijzigen(punt.vergadering))
    onderwerp = onderwerp.strip()
    if not onderwerp:
        raise InvoerFout("onderwerp", "Geef het onderwerp van het agendapunt.")
    oud = {"onderwerp": punt.onderwerp, "soort": punt.soort, "vertrouwelijk": punt.vertrouwelijk}
    punt.onderwerp, punt.soort, punt.toelichting = onderwerp[:400], soort, toelichting.strip()
    punt.vertrouwelijk = vertrouwelijk
    punt.bestand = bestand or punt.bestand
    punt.rijversie += 1
    punt.save()
    geheim = vertrouwelijk or bool(oud["vertrouwelijk"])
    leg_vast(
        soort="vergaderingen.wijzig_agendapunt", object=punt.vergadering, door=door,
        gegevens={"agendapunt": punt.pk} | ({} if geheim else {"oud": oud, "nieuw": punt.onderwerp}),
    )  # fmt: skip
    if vertrouwelijk and not oud["vertrouwelijk"]:
        bronnen.trek_terug([punt], reden="Het agendapunt is vertrouwelijk.", door=door)
    if oud["vertrouwelijk"] and not vertrouwelijk and punt.vergadering.status != Status.GEPLAND:
        bronnen.maak_openbaar(punt, door=door)
    return punt


@transaction.atomic
def haal_van_agenda(*, agendapunt: Agendapunt, reden: str, door: Gebruiker) -> Agendapunt:
    """Haal een punt van de agenda. Het blijft met de eerste reden staan, want er wordt niets verwijderd."""
    punt = vergrendel_punt(agendapunt, door=door)
    if punt.vervallen:
        return punt
    eis(policies.mag_van_agenda(punt))
    if not reden.strip():
        raise InvoerFout("reden", "Geef de reden; die blijft bij het agendapunt staan.")
    punt.vervallen_reden = reden.strip()[:300]
    punt.rijversie += 1
    punt.save()
    leg_vast(
        soort="vergaderingen.haal_van_agenda", object=punt.vergadering, door=door, reden=reden.strip(),
        gegevens={"agendapunt": punt.pk},
    )  # fmt: skip
    bronnen.trek_terug([punt], reden=reden.strip(), door=door)
    return punt


@transaction.atomic
def herschik(*, vergadering: Vergadering, volgorde: Sequence[int], door: Gebruiker) -> None:
    """Zet de agendapunten in deze volgorde (pk's). Stuknummers blijven bij hun punt (regel 45).

    Werpt VerouderdeVersie als de lijst niet precies de punten van de agenda noemt: iemand anders voegde iets toe.
    """
    rij = vergrendel(vergadering.pk, door=door)
    eis(policies.mag_agenda_wijzigen(rij))
    punten = {p.pk: p for p in rij.agendapunten.all()}
    if len(volgorde) != len(set(volgorde)) or set(volgorde) != set(punten):
        raise VerouderdeVersie
    gewijzigd = []
    for plaats, pk in enumerate(volgorde, start=1):
        if punten[pk].volgorde != plaats:
            punten[pk].volgorde = plaats
            gewijzigd.append(punten[pk])
    if gewijzigd:
        Agendapunt.objects.bulk_update(gewijzigd, ["volgorde"])
        leg_vast(soort="vergaderingen.herschik", object=rij, door=door, gegevens={"volgorde": list(volgorde)})


@transaction.atomic
def geef_stuknummer(*, agendapunt: Agendapunt, door: Gebruiker, nummer: str = "") -> Agendapunt:
    """Geef een raadsstuk het volgende nummer uit de reeks, of een opgegeven hoger nummer; geef het punt terug.

    De reeks loopt op, los van de agenda (regel 45); R voor de echte raad, VR voor de voorbeeldwereld. Dubbel
    verzenden geeft hetzelfde nummer. Werpt InvoerFout("nummer") bij een nummer dat al gebruikt of te laag is.
    """
    punt = vergrendel_punt(agendapunt, door=door)
    if punt.vergadering.orgaan != Orgaan.RAAD:
        raise InvoerFout("nummer", "Alleen stukken van de raad krijgen een R-nummer.")
    eis(policies.mag_agenda_wijzigen(punt.vergadering))
    if punt.stuknummer:
        if not nummer or _volledig(punt.vergadering, nummer) == punt.stuknummer:
            return punt
        raise InvoerFout("nummer", f"Dit punt heeft al nummer {punt.stuknummer}; verbeter het met een reden.")
    reeks = _vergrendel_reeks(punt.vergadering)
    if nummer:
        gekozen = _volledig(punt.vergadering, nummer)
        _eis_vrij(gekozen)
        if _getal(gekozen) <= reeks.laatste:
            raise InvoerFout(
                "nummer",
                f"De reeks is al bij {reeks}; een nieuw nummer is hoger. Een lager nummer kan als verbetering.",
            )
    else:
        gekozen = f"{reeks.reeks}/{reeks.laatste + 1}"
    _zet_nummer(punt, gekozen, reeks)
    leg_vast(
        soort="vergaderingen.geef_stuknummer", object=punt.vergadering, door=door,
        gegevens={"agendapunt": punt.pk, "stuknummer": gekozen},
    )  # fmt: skip
    return punt


@transaction.atomic
def corrigeer_stuknummer(*, agendapunt: Agendapunt, nummer: str, reden: str, door: Gebruiker) -> Agendapunt:
    """Verbeter een verkeerd stuknummer, met reden; het oude nummer blijft in het logboek staan.

    Mag ook na sluiting. Werpt InvoerFout("nummer") bij een nummer dat al gebruikt is, InvoerFout("reden").
    """
    punt = vergrendel_punt(agendapunt, door=door)
    if punt.vergadering.orgaan != Orgaan.RAAD:
        raise InvoerFout("nummer", "Alleen stukken van de raad krijgen een R-nummer.")
    if not punt.stuknummer:
        raise OvergangGeweigerd([Tekort("Dit punt heeft nog geen nummer om te verbeteren.")])
    if not reden.strip():
        raise InvoerFout("reden", "Geef de reden van de verbetering; die komt in het dossier te staan.")
    gekozen = _volledig(punt.vergadering, nummer)
    if gekozen == punt.stuknummer:
        return punt
    reeks = _vergrendel_reeks(punt.vergadering)
    _eis_vrij(gekozen)
    oud = punt.stuknummer
    _zet_nummer(punt, gekozen, reeks)
    leg_vast(
        soort="vergaderingen.corrigeer_stuknummer", object=punt.vergadering, door=door, reden=reden.strip(),
        gegevens={"agendapunt": punt.pk, "oud": oud, "nieuw": gekozen},
    )  # fmt: skip
    return punt


def _vergrendel_reeks(vergadering: Vergadering) -> Stuknummerreeks:
    Stuknummerreeks.objects.get_or_create(reeks=vergadering.reeks)
    return Stuknummerreeks.objects.select_for_update().get(reeks=vergadering.reeks)


def _volledig(vergadering: Vergadering, nummer: str) -> str:
    gevonden = NUMMER.match(nummer.strip())
    if not gevonden or (gevonden[1] and gevonden[1].upper() != vergadering.reeks):
        raise InvoerFout("nummer", f"Schrijf het nummer als {vergadering.reeks}/3035.")
    return f"{vergadering.reeks}/{int(gevonden[2])}"


def _getal(nummer: str) -> int:
    return int(nummer.partition("/")[2])


def _eis_vrij(nummer: str) -> None:
    bezet = Agendapunt.objects.select_related("vergadering").filter(stuknummer=nummer).first()
    if bezet:
        raise InvoerFout(
            "nummer", f"Nummer {nummer} is al gebruikt: {bezet.onderwerp} ({bezet.vergadering.datum_tekst})."
        )


def _zet_nummer(punt: Agendapunt, nummer: str, reeks: Stuknummerreeks) -> None:
    punt.stuknummer = nummer
    punt.rijversie += 1
    punt.save()
    if _getal(nummer) > reeks.laatste:
        reeks.laatste = _getal(nummer)
        reeks.save()
