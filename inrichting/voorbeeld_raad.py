"""Bouwt de voorbeeldraad: alles verzonnen, alles met het merk VOORBEELD, alles langs de gewone handelingen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.text import slugify

from commissies.models import Commissie
from inrichting.voorbeeld_commissies import OPZET, maak_commissies
from raad.actions import (
    Zetels,
    beeindig_benoeming,
    benoem,
    benoem_db_lid,
    kies_voorzitter,
    leg_contact_vast,
    leg_vertegenwoordiger_vast,
    registreer_nevenfunctie,
    registreer_organisatie,
    registreer_persoon,
    richt_periode_in,
)
from raad.enums import Bijzonder, Geleding, SoortBenoeming, Voorzittersfunctie
from raad.models import Organisatie, OrganisatieContact, Persoon, Zetel, Zittingsperiode
from toegang.models import Gebruiker

# (sleutel, naam, lidwoord, geleding, zetels): de verdeling van de brochure.
ORGANISATIES = (
    ("VNO-NCW", "VNO-NCW (voorbeeld)", "", Geleding.ONDERNEMERS, 8),
    ("MKB", "MKB-Nederland (voorbeeld)", "", Geleding.ONDERNEMERS, 3),
    ("LTO", "LTO Nederland (voorbeeld)", "", Geleding.ONDERNEMERS, 1),
    ("FNV", "FNV (voorbeeld)", "de", Geleding.WERKNEMERS, 8),
    ("CNV", "CNV (voorbeeld)", "het", Geleding.WERKNEMERS, 2),
    ("VCP", "VCP (voorbeeld)", "de", Geleding.WERKNEMERS, 2),
)
KROONLEDEN = 10  # naast de zetels van DNB en CPB
DAGELIJKS_BESTUUR = (
    *("VNO-NCW 1", "VNO-NCW 2", "MKB 1", "LTO 1"),
    *("Kroonlid 1", "Kroonlid 2", "Kroonlid 3", "Kroonlid 4"),
    *("FNV 1", "FNV 2", "CNV 1", "VCP 1"),
)
VOORZITTERS = (
    ("Kroonlid 1", Voorzittersfunctie.VOORZITTER),
    ("VNO-NCW 1", Voorzittersfunctie.EERSTE),
    ("FNV 1", Voorzittersfunctie.TWEEDE),
)
NEVENFUNCTIES = (
    ("Kroonlid 1", "Hoogleraar arbeidsverhoudingen", "Universiteit (voorbeeld)", True),
    ("Kroonlid 1", "Voorzitter van de raad van toezicht", "Muziekschool (voorbeeld)", False),
    ("VNO-NCW 1", "Commissaris", "Bouwbedrijf (voorbeeld)", True),
    ("FNV 1", "Bestuurslid", "Pensioenfonds (voorbeeld)", True),
    ("CNV 1", "Penningmeester", "Sportvereniging (voorbeeld)", False),
)
NAAM_PERIODE = "Voorbeeldperiode"


@dataclass
class Raadswereld:
    """Wat de rest van de voorbeeldwereld nodig heeft.

    Sleutels van zetels: "FNV 3", "Kroonlid 5", "DNB"; van organisaties en coördinatoren: "FNV"; van commissies:
    "grensarbeid", "leren", "digitalisering", "consumenten" (mandaat), "duurzaam", "jongwerk".
    """

    periode: Zittingsperiode
    organisaties: dict[str, Organisatie] = field(default_factory=dict)
    leden: dict[str, Persoon] = field(default_factory=dict)
    plaatsvervangers: dict[str, Persoon] = field(default_factory=dict)
    coordinatoren: dict[str, Gebruiker] = field(default_factory=dict)
    commissies: dict[str, Commissie] = field(default_factory=dict)
    oud_lid: Persoon | None = None
    waarnemer: Persoon | None = None
    ministerieel: Persoon | None = None

    @property
    def voorzitter(self) -> Persoon:
        """De voorzitter van de voorbeeldraad."""
        return self.leden["Kroonlid 1"]


@transaction.atomic
def maak_raad(*, dag: date, wachtwoord: str, door: Gebruiker | None, secretarissen: Sequence[Gebruiker]) -> Raadswereld:
    """Bouw de voorbeeldraad rond `dag` en geef haar terug; bestaat zij al, dan alleen teruggeven.

    De zittingsperiode begint driehonderd dagen voor `dag` (op de eerste van die maand) en duurt twee jaar.
    `secretarissen` (ten minste een) krijgen om de beurt een commissie. Werpt RuntimeError buiten de voorbeeldstand:
    dan zouden verzonnen rijen het merk VOORBEELD missen.
    """
    if not settings.VOORBEELD:
        raise RuntimeError("De voorbeeldraad bestaat alleen in de voorbeeldstand (PORTAL_VOORBEELD=1).")
    bestaand = Zittingsperiode.objects.filter(voorbeeld=True, naam=NAAM_PERIODE).first()
    if bestaand is not None:
        return _lees(bestaand)
    mensen = _Mensen(wachtwoord, door)
    van = (dag - timedelta(days=300)).replace(day=1)
    organisaties = {
        sleutel: registreer_organisatie(naam=naam, lidwoord=lidwoord, geleding=geleding, door=door)
        for sleutel, naam, lidwoord, geleding, _ in ORGANISATIES
    }
    periode = richt_periode_in(
        naam=NAAM_PERIODE,
        van=van,
        tot=van + relativedelta(years=2),
        zetels=[
            *(Zetels(geleding, aantal, organisaties[sleutel]) for sleutel, _, _, geleding, aantal in ORGANISATIES),
            Zetels(Geleding.KROONLEDEN, KROONLEDEN),
            Zetels(Geleding.KROONLEDEN, 1, bijzonder=Bijzonder.DNB),
            Zetels(Geleding.KROONLEDEN, 1, bijzonder=Bijzonder.CPB),
        ],
        aantallen=dict.fromkeys(Geleding, 12),
        door=door,
        bron="verzonnen voorbeeld; verdeling volgens de brochure",
    )
    wereld = Raadswereld(periode, organisaties)
    _bezet_zetels(wereld, mensen, dag)
    for sleutel, functie in VOORZITTERS:
        kies_voorzitter(persoon=wereld.leden[sleutel], functie=functie, van=van, door=door)
    for sleutel in DAGELIJKS_BESTUUR:
        benoem_db_lid(persoon=wereld.leden[sleutel], van=van, door=door)
    for sleutel, organisatie in organisaties.items():
        account = mensen.account(f"coordinator-{slugify(sleutel)}", f"Coördinator {sleutel}")
        leg_contact_vast(gebruiker=account, organisatie=organisatie, van=van, door=door)
        wereld.coordinatoren[sleutel] = account
    wereld.waarnemer = mensen.persoon("waarnemer", "Waarnemer Stichting van de Arbeid (voorbeeld)")
    wereld.ministerieel = mensen.persoon("ministerie", "Vertegenwoordiger ministerie (voorbeeld)")
    vast = leg_vertegenwoordiger_vast(
        persoon=wereld.ministerieel, ministerie="Ministerie van Voorbeelden (voorbeeld)", van=van, door=door
    )
    vervanger = mensen.persoon("ministerie2", "Vervanger ministerie (voorbeeld)")
    leg_vertegenwoordiger_vast(persoon=vervanger, ministerie="", vervangt=vast, van=van, door=door)
    for sleutel, werk, waar, betaald in NEVENFUNCTIES:
        registreer_nevenfunctie(
            persoon=wereld.leden[sleutel], functie=werk, waar=waar, betaald=betaald, van=van, door=door
        )
    wereld.commissies = maak_commissies(
        leden=wereld.leden,
        plaatsvervangers=wereld.plaatsvervangers,
        waarnemer=wereld.waarnemer,
        ministerieel=wereld.ministerieel,
        secretarissen=[mensen.voor_account(gebruiker) for gebruiker in secretarissen],
        extra=mensen.persoon,
        van=van,
        door=door,
    )
    return wereld


class _Mensen:
    """Maakt personen met een account; het wachtwoord wordt een keer versleuteld, niet honderd keer."""

    def __init__(self, wachtwoord: str, door: Gebruiker | None) -> None:
        self.versleuteld = make_password(wachtwoord)
        self.door = door

    def account(self, adres: str, naam: str) -> Gebruiker:
        return Gebruiker.objects.create(email=f"{adres}@voorbeeld.test", naam=naam, password=self.versleuteld)

    def persoon(self, adres: str, naam: str) -> Persoon:
        return registreer_persoon(naam=naam, gebruiker=self.account(adres, naam), door=self.door)

    def voor_account(self, gebruiker: Gebruiker) -> Persoon:
        bestaand = Persoon.objects.filter(gebruiker=gebruiker).first()
        return bestaand or registreer_persoon(naam=gebruiker.naam, gebruiker=gebruiker, door=self.door)


def _sleutels(periode: Zittingsperiode) -> list[tuple[str, Zetel]]:
    """Elke zetel met zijn sleutel, op zetelnummer: "VNO-NCW 1" tot en met "VCP 2"."""
    korte_naam = {naam: sleutel for sleutel, naam, *_ in ORGANISATIES}
    teller: dict[str, int] = {}
    uit = []
    for zetel in periode.zetels.select_related("organisatie").order_by("nummer"):
        if zetel.bijzonder:
            uit.append((zetel.bijzonder.upper(), zetel))
            continue
        groep = korte_naam[zetel.organisatie.naam] if zetel.organisatie else "Kroonlid"
        teller[groep] = teller.get(groep, 0) + 1
        uit.append((f"{groep} {teller[groep]}", zetel))
    return uit


def _bezet_zetels(wereld: Raadswereld, mensen: _Mensen, dag: date) -> None:
    van = wereld.periode.van
    for sleutel, zetel in _sleutels(wereld.periode):
        lid_naam = sleutel if sleutel.startswith("Kroonlid") else f"Lid {sleutel}"
        vervanger_naam = f"Plaatsvervanger {sleutel}"
        if zetel.bijzonder:
            lid_naam = f"Kroonlid {sleutel}"
        adres = slugify(sleutel).replace("-", "") if zetel.organisatie is None else _adres(sleutel)
        begin = van
        if sleutel == "CNV 2":
            begin = dag - timedelta(days=150)
            wereld.oud_lid = mensen.persoon("oudlid", "Oud-lid CNV")
            eerder = benoem(persoon=wereld.oud_lid, zetel=zetel, soort=SoortBenoeming.LID, van=van, door=mensen.door)
            beeindig_benoeming(
                benoeming=eerder, per=begin, reden="Opgestapt wegens een andere functie (voorbeeld).", door=mensen.door
            )
        for soort, naam, account, doel, vanaf in (
            (SoortBenoeming.LID, lid_naam, adres, wereld.leden, begin),
            (SoortBenoeming.PLAATSVERVANGER, vervanger_naam, f"plv-{adres}", wereld.plaatsvervangers, van),
        ):
            persoon = mensen.persoon(account, naam)
            benoem(
                persoon=persoon,
                zetel=zetel,
                soort=soort,
                van=vanaf,
                meegedeeld_op=vanaf - timedelta(days=28),
                aanvaard_op=vanaf - timedelta(days=14),
                bekendgemaakt_op=vanaf - timedelta(days=7),
                bekendmaking="Staatscourant (voorbeeld)",
                door=mensen.door,
            )
            doel[sleutel] = persoon


def _adres(sleutel: str) -> str:
    """ "VNO-NCW 3" -> "vno-ncw3"."""
    naam, _, nummer = sleutel.rpartition(" ")
    return f"{slugify(naam)}{nummer}"


def _lees(periode: Zittingsperiode) -> Raadswereld:
    """Lees een eerder gebouwde voorbeeldraad terug."""
    korte_naam = {naam: sleutel for sleutel, naam, *_ in ORGANISATIES}
    wereld = Raadswereld(
        periode,
        {korte_naam[o.naam]: o for o in Organisatie.objects.filter(naam__in=korte_naam)},
    )
    for sleutel, zetel in _sleutels(periode):
        for benoeming in zetel.benoemingen.select_related("persoon").order_by("van"):
            doel = wereld.leden if benoeming.soort == SoortBenoeming.LID else wereld.plaatsvervangers
            doel[sleutel] = benoeming.persoon  # de laatste in de zetel wint
    for contact in OrganisatieContact.objects.filter(organisatie__in=wereld.organisaties.values()).select_related(
        "gebruiker", "organisatie"
    ):
        wereld.coordinatoren[korte_naam[contact.organisatie.naam]] = contact.gebruiker
    mensen = {
        p.gebruiker.email.partition("@")[0]: p
        for p in Persoon.objects.filter(
            gebruiker__email__in=[f"{naam}@voorbeeld.test" for naam in ("oudlid", "waarnemer", "ministerie")]
        ).select_related("gebruiker")
        if p.gebruiker
    }
    wereld.oud_lid, wereld.waarnemer = mensen.get("oudlid"), mensen.get("waarnemer")
    wereld.ministerieel = mensen.get("ministerie")
    sleutels = {opzet.naam: opzet.sleutel for opzet in OPZET}
    wereld.commissies = {sleutels[c.naam]: c for c in Commissie.objects.filter(naam__in=sleutels)}
    return wereld
