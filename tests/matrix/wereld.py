"""De wereld van matrix en kanarie: de hele voorbeeldwereld, een paar openbare adviezen, en één mens per rol."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from django.conf import settings

from adviezen.actions.opmerkingen import plaats_opmerking
from adviezen.enums import Kring
from adviezen.models import Adviestraject, Leesstand, Perslezer, Versie
from inrichting.voorbeeld import maak_wereld
from inrichting.voorbeeld_loods import Loods
from kern.blokken import blokken
from kern.tijd import nu, vandaag
from raad.models import Persoon
from tests.publiek import wereld as openbaar
from toegang.models import Gebruiker
from vergaderingen.actions.bekendmaking import leg_bekendmaking_vast, trek_bekendmaking_in
from vergaderingen.models import Bekendmaking
from vernietiging.actions import stel_voor

ANONIEM = "anoniem"
# Wie het secretariaat is; zij zien elk dossier.
STAF = ("secretaris", "secretaris ander traject", "raadssecretaris", "algemeen secretaris", "communicatie")


@dataclass
class Toneel:
    """De wereld en wie erin rondloopt."""

    loods: Loods
    bestanden: Path  # de map waarin de bestanden van deze wereld staan

    @cached_property
    def rollen(self) -> dict[str, Gebruiker | None]:
        """Geef per rol iemand die haar vandaag heeft; de namen staan in de kop van de tabel."""
        raad, staf = self.loods.raad, self.loods.staf

        def lid(sleutel: str) -> Gebruiker:
            return account(raad.leden[sleutel])

        return {
            ANONIEM: None,
            "buitenstaander": Gebruiker.objects.create_user(
                "buiten@voorbeeld.test", "Buitenstaander (voorbeeld)", None
            ),
            "raadslid ondernemers": lid("VNO-NCW 7"),
            "raadslid werknemers": lid("FNV 8"),
            "kroonlid": lid("Kroonlid 10"),
            "plaatsvervanger": account(raad.plaatsvervangers["FNV 8"]),
            "plaatsvervangend kroonlid": account(raad.plaatsvervangers["Kroonlid 10"]),
            "lid dagelijks bestuur": lid("FNV 1"),
            "commissievoorzitter": lid("Kroonlid 3"),  # commissie Leren
            "commissielid": lid("FNV 3"),  # commissie Leren
            "commissielid elders": lid("FNV 5"),  # commissie Digitalisering
            "plaatsvervangend commissielid": account(raad.plaatsvervangers["MKB 2"]),  # commissie Leren
            "adviserend lid": Gebruiker.objects.get(email="adviseur@voorbeeld.test"),
            "ministerieel vertegenwoordiger": account(raad.ministerieel),
            "waarnemer": account(raad.waarnemer),
            "coördinator": raad.coordinatoren["VNO-NCW"],
            "coördinator elders": raad.coordinatoren["CNV"],
            "meelezer": Gebruiker.objects.get(email="meelezer1@voorbeeld.test"),  # Thuiswerken, VNO-NCW
            "secretaris": staf.secretaris,
            "secretaris ander traject": staf.tweede,
            "raadssecretaris": staf.raadssecretaris,
            "algemeen secretaris": staf.algemeen,
            "communicatie": staf.communicatie,
            "beheerder": staf.beheerder,
            "superuser": Gebruiker.objects.create_superuser("super@voorbeeld.test", "Superuser (voorbeeld)", None),
            "oud-lid": account(raad.oud_lid),
            "pers": Gebruiker.objects.get(email="pers@voorbeeld.test"),  # Leren
        }

    def traject(self, slug: str) -> Adviestraject:
        """Geef een traject van de voorbeeldwereld."""
        return Adviestraject.objects.get(slug=slug)


def account(persoon: Persoon | None) -> Gebruiker:
    assert persoon is not None
    assert persoon.gebruiker is not None
    return persoon.gebruiker


def _opmerkingen(toneel: Toneel) -> None:
    """Bij de laatste witte versie in de commissie Leren in elke kring een opmerking van een raadslid van de FNV."""
    versie = Versie.objects.filter(traject__slug="leren-naast-de-baan-voorbeeld", soort="wit").order_by("pk").last()
    auteur = toneel.rollen["commissielid"]
    assert versie is not None
    assert auteur is not None
    blok = blokken(versie.html)[0]
    for kring in Kring:
        plaats_opmerking(versie=versie, kring=kring, tekst=f"Opmerking voor {kring}.", blok=blok.id, door=auteur)


def _bekendmaking_over(toneel: Toneel) -> None:
    """Trek de bekendmaking in en leg haar opnieuw vast: een intrekking heeft een reden, en die is vertrouwelijk."""
    door, oud = toneel.loods.staf.raadssecretaris, Bekendmaking.objects.get()
    trek_bekendmaking_in(bekendmaking=oud, reden="Verkeerde dag (voorbeeld).", door=door)
    leg_bekendmaking_vast(agendapunt=oud.agendapunt, soort=oud.soort, op=oud.op, vindplaats=oud.vindplaats, door=door)


def _vernietigingslijst(wie: Gebruiker) -> None:
    """Waar iemand bleef in een gesloten dossier: dat mag over zes jaar weg, en de lijst wacht op goedkeuring."""
    versie = Versie.objects.filter(traject__stap="aangeboden", soort="vastgesteld").latest("pk")
    Leesstand.objects.create(gebruiker=wie, versie=versie)
    assert stel_voor(nu=nu() + timedelta(days=6 * 366)) is not None


def bouw() -> Toneel:
    """Bouw alles (ongeveer zes seconden). De aanroeper zorgt dat het weer verdwijnt."""
    loods = maak_wereld(vandaag(), veertig=False)
    assert loods is not None
    openbaar.maak_wereld()
    toneel = Toneel(loods, Path(settings.MEDIA_ROOT))
    # Een advies met een vorige uitgave, en twee journalisten; de tweede logde nog nooit in.
    openbaar.publiceer_advies("uit-1", "Twee uitgaven", jaar=2001, nummer="2001/07", samenvatting="De eerste.")
    openbaar.publiceer_advies("uit-1", "Twee uitgaven", jaar=2001, nummer="2001/07", samenvatting="Nu.", vanaf=nu())
    for naam in ("pers", "pers2"):
        Perslezer.objects.create(
            traject=toneel.traject("leren-naast-de-baan-voorbeeld"),
            gebruiker=Gebruiker.objects.create_user(f"{naam}@voorbeeld.test", f"{naam.capitalize()} (voorbeeld)", None),
            medium="Krant (voorbeeld)",
            toegelaten_door=loods.staf.secretaris,
        )
    _bekendmaking_over(toneel)
    _vernietigingslijst(loods.staf.raadssecretaris)
    _opmerkingen(toneel)  # kent de rollen, dus na alle mensen
    assert len(toneel.rollen) > 20
    return toneel
