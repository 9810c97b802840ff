"""De mensen van een toneel, en vergaderingen van vandaag met wie erbij hoort."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.test import override_settings

from adviezen.enums import (
    SoortVrager,
)
from adviezen.models import (
    Achterbanberaad,
    Adviestraject,
    Adviesvrager,
    Deelname,
    Reactie,
)
from commissies.models import Commissie
from inrichting.voorbeeld_raad import Raadswereld, maak_raad
from kern.tijd import vandaag
from overgangen import voer_uit
from raad.enums import Geleding
from stukken.actions import bewaar_bytes
from stukken.models import Bestand
from toegang.enums import Rol
from toegang.models import Gebruiker
from vergaderingen.actions import (
    geef_stuknummer,
    open_vergadering,
    plan_vergadering,
    roep_op,
    teken_geleding,
    teken_presentie,
    voeg_agendapunt_toe,
)
from vergaderingen.enums import Orgaan, Puntsoort, Status
from vergaderingen.models import Agendapunt, Vergadering


@dataclass
class Wereld:
    """De voorbeeldraad en het secretariaat; `raad.leden["FNV 3"]` enzovoort (inrichting.voorbeeld_raad)."""

    raad: Raadswereld
    secretaris: Gebruiker
    tweede: Gebruiker
    raadssecretaris: Gebruiker
    algemeen_secretaris: Gebruiker
    communicatie: Gebruiker
    beheerder: Gebruiker
    buitenstaander: Gebruiker
    # Met wat hierin staat hoeft niet elk traject een eigen vergadering: sleutel (orgaan, commissie of None).
    zittingen: dict[tuple[str, int | None], Vergadering] = field(default_factory=dict)

    def account(self, sleutel: str) -> Gebruiker:
        """Geef het account van een lid ("FNV 3"), met "plv FNV 3" dat van zijn plaatsvervanger."""
        if sleutel.startswith("plv "):
            persoon = self.raad.plaatsvervangers[sleutel.removeprefix("plv ")]
        else:
            persoon = self.raad.leden[sleutel]
        assert persoon.gebruiker is not None
        return persoon.gebruiker


@dataclass
class Cast:
    """Een traject met de mensen die ermee werken. `traject` is altijd vers na `doe`."""

    traject: Adviestraject
    wereld: Wereld
    secretaris: Gebruiker
    raadssecretaris: Gebruiker
    algemeen_secretaris: Gebruiker
    tweede: Gebruiker
    buitenstaander: Gebruiker
    opties: dict[str, Any] = field(default_factory=dict)

    def doe(self, overgang: str, *, door: Gebruiker | None = None, reden: str = "", **kw: Any) -> Adviestraject:
        """Voer een overgang uit (standaard door wie dat mag) en geef het verse traject."""
        self.traject = voer_uit(
            Adviestraject,
            self.traject.pk,
            None,
            overgang,
            door=door or self.wie(overgang),
            reden=reden,
            **kw,
        )
        return self.traject

    def vers(self) -> Adviestraject:
        """Laad het traject opnieuw, zonder bewaarde verwijzingen."""
        self.traject = Adviestraject.objects.get(pk=self.traject.pk)
        return self.traject

    def wie(self, overgang: str) -> Gebruiker:
        """Geef wie deze handeling mag doen."""
        if overgang in ("bied_aan", "herroep_aanbieding", "trek_in", "beeindig", "herroep_einde"):
            return self.algemeen_secretaris
        if overgang in ("behandel_in_raad", "stel_vast", "verwijs_terug", "stel_uit"):
            return self.raadssecretaris
        return self.secretaris

    @property
    def beraad(self) -> Achterbanberaad:
        """De laatste ronde."""
        beraad = self.traject.beraden.last()
        assert beraad is not None
        return beraad

    def deelname(self, organisatie: str) -> Deelname:
        """De deelname van een organisatie ("FNV") aan de laatste ronde."""
        return self.beraad.deelnames.get(organisatie=self.wereld.raad.organisaties[organisatie])

    def reactie(self, organisatie: str) -> Reactie:
        """De reactie van een organisatie ("FNV") in de laatste ronde."""
        return Reactie.objects.get(deelname=self.deelname(organisatie))


def maak_gebruiker(naam: str, *rollen: Rol) -> Gebruiker:
    """Maak een account met stafrollen als groepen."""
    adres = f"{naam.lower().replace(' ', '-')}-{Gebruiker.objects.count()}@voorbeeld.test"
    gebruiker = Gebruiker.objects.create_user(adres, f"{naam} (voorbeeld)", None)
    for rol in rollen:
        gebruiker.groups.add(Group.objects.get_or_create(name=str(rol))[0])
    return gebruiker


def maak_wereld() -> Wereld:
    """Maak de voorbeeldraad rond vandaag en een secretariaat; de eerste secretaris doet elke commissie."""
    secretaris = maak_gebruiker("Secretaris", Rol.COMMISSIESECRETARIS)
    with override_settings(VOORBEELD=True):
        raad = maak_raad(dag=vandaag(), wachtwoord="voorbeeld", door=None, secretarissen=[secretaris])
    return Wereld(
        raad=raad,
        secretaris=secretaris,
        tweede=maak_gebruiker("Tweede secretaris", Rol.COMMISSIESECRETARIS),
        raadssecretaris=maak_gebruiker("Raadssecretaris", Rol.RAADSSECRETARIS),
        algemeen_secretaris=maak_gebruiker("Algemeen secretaris", Rol.ALGEMEEN_SECRETARIS),
        communicatie=maak_gebruiker("Communicatie", Rol.COMMUNICATIE),
        beheerder=maak_gebruiker("Beheerder", Rol.BEHEERDER),
        buitenstaander=maak_gebruiker("Buitenstaander"),
    )


def bestand(naam: str = "brief.pdf") -> Bestand:
    """Bewaar een klein bestand."""
    return bewaar_bytes(inhoud=b"%PDF-1.7 voorbeeld", naam=naam, soort="pdf")


def vrager(soort: str = SoortVrager.MINISTER, naam: str = "") -> Adviesvrager:
    """Geef een adviesvrager van deze soort."""
    naam = naam or f"{SoortVrager(soort).label} (voorbeeld)"
    return Adviesvrager.objects.get_or_create(naam=naam, defaults={"soort": soort})[0]


# --- vergaderingen van vandaag --------------------------------------------------------------------------------


def vergadering(
    wereld: Wereld,
    orgaan: str,
    *,
    commissie: Commissie | None = None,
    open: bool = True,
    onderwerp: str = "Bespreking",
) -> Vergadering:
    """Een vergadering van vandaag: opgeroepen (de stukken twaalf dagen geleden) en, met `open`, ook geopend."""
    gedeeld = wereld.zittingen.get((orgaan, commissie.pk if commissie else None))
    if open and gedeeld is not None:
        return gedeeld
    door = wereld.raadssecretaris
    eerder = vandaag() - timedelta(days=12)
    nieuw = plan_vergadering(
        orgaan=orgaan, datum=vandaag(), commissie=commissie, door=door, **_vrije_tijd(orgaan, commissie)
    )
    voeg_agendapunt_toe(vergadering=nieuw, onderwerp=onderwerp, door=door)
    nieuw = roep_op(vergadering=nieuw, versie=None, door=door, opgeroepen_op=eerder, stukken_op=eerder)
    return geopend(wereld, nieuw) if open else nieuw


def zitting(wereld: Wereld, orgaan: str, *, commissie: Commissie | None = None, onderwerp: str = "") -> Vergadering:
    """Een geopende vergadering van vandaag; loopt er al een, dan die: één vergadering neemt meer dan één besluit."""
    lopend = Vergadering.objects.filter(orgaan=orgaan, commissie=commissie, datum=vandaag(), status=Status.GEOPEND)
    gevonden: Vergadering | None = lopend.order_by("pk").last()
    return gevonden or vergadering(wereld, orgaan, commissie=commissie, onderwerp=onderwerp or "Bespreking")


def _vrije_tijd(orgaan: str, commissie: Commissie | None = None) -> dict[str, time]:
    """Een orgaan vergadert niet twee keer tegelijk: geef elke vergadering van vandaag een eigen vijf minuten."""
    eerder = Vergadering.objects.filter(orgaan=orgaan, commissie=commissie, datum=vandaag()).count()
    uur, minuut = divmod(8 * 60 + 5 * eerder, 60)
    return {"begin": time(uur, minuut), "eind": time(uur, minuut + 4)}


def geopend(wereld: Wereld, rij: Vergadering) -> Vergadering:
    """Laat iedereen tekenen en open de vergadering."""
    door = wereld.raadssecretaris
    for geleding in Geleding:
        teken_geleding(vergadering=rij, geleding=geleding, door=door)
    if rij.orgaan == Orgaan.COMMISSIE and rij.commissie is not None:
        leden = rij.commissie.leden.filter(rol__in=["voorzitter", "lid"])
        for lid in leden.exclude(persoon__in=rij.presenties.values("persoon")).select_related("persoon"):
            teken_presentie(vergadering=rij, persoon=lid.persoon, door=door)
    return open_vergadering(vergadering=rij, versie=None, door=door)


def raadsvergadering(cast: Cast, *, open: bool = False) -> Agendapunt:
    """Een raadsvergadering van vandaag met dit advies op de agenda, met stuknummer; geeft het agendapunt."""
    wereld, door = cast.wereld, cast.raadssecretaris
    eerder = vandaag() - timedelta(days=12)
    rij = plan_vergadering(orgaan=Orgaan.RAAD, datum=vandaag(), door=door, **_vrije_tijd(Orgaan.RAAD))
    punt = voeg_agendapunt_toe(vergadering=rij, onderwerp=cast.traject.titel, soort=Puntsoort.ADVIES, door=door)
    punt = geef_stuknummer(agendapunt=punt, door=door)
    rij = roep_op(vergadering=rij, versie=None, door=door, opgeroepen_op=eerder, stukken_op=eerder)
    if open:
        geopend(wereld, rij)
    return Agendapunt.objects.get(pk=punt.pk)
