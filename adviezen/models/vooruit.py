"""De overgangen van stap 1 tot en met 8, vooruit. Een overgang zet alleen eigen velden (ontwerp §3)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django_fsm import transition

from adviezen import permissions, policies
from adviezen.enums import Stap
from commissies.enums import SoortCommissie
from kern.tijd import WACHTTIJD, nu, vandaag

if TYPE_CHECKING:
    from datetime import datetime

    from adviezen.models.aanvraag import Toewijzing
    from commissies.models import Commissie
    from raad.models import Persoon


class Stapzetter(models.Model):
    """Wat elke overgang bijhoudt."""

    if TYPE_CHECKING:
        stap: str
        stap_sinds: datetime
        vorige_stap_sinds: datetime | None
        verwerking_sinds: datetime | None
        laatste_overgang: str
        herroepbaar_tot: datetime | None
        stap_voor_einde: str
        geeindigd_op: date | None
        einde_reden: str
        einde_brief: Any
        ontwerp_openbaar: bool | None
        eigen_initiatief: bool
        raad_zelf_gevraagd: bool
        commissie: Commissie | None
        commissievoorzitter: Persoon | None
        reden_voorzitter: str
        scope: str
        artikel43: bool
        vastgesteld_op: date | None
        aangeboden_op: date | None

    class Meta:
        abstract = True

    def _zet(self, overgang: str, *, herroepbaar: bool = False) -> None:
        """Begin een nieuwe stap."""
        moment = nu()
        self.vorige_stap_sinds, self.stap_sinds = self.stap_sinds, moment
        self.laatste_overgang = overgang
        self.herroepbaar_tot = moment + WACHTTIJD if herroepbaar else None

    def _herroep(self, overgang: str) -> None:
        """Ga terug alsof de vorige stap nooit is gezet; het logboek en het verloop weten het nog wel."""
        self.stap_sinds = self.vorige_stap_sinds or nu()
        self.vorige_stap_sinds = self.herroepbaar_tot = None
        self.laatste_overgang = overgang

    def _neem_over(self, besluit: Toewijzing | None) -> None:
        """Zet commissie, voorzitter en opdracht volgens een toewijzing; zonder toewijzing zijn die er niet.

        Een vraag die naar een commissie op grond van artikel 43 gaat, beantwoordt die zelf, tenzij de vrager het
        oordeel van de raad wil: dan legt de raad haar advies bij het zijne over (Wet op de SER, artikel 43 lid 2 en 3).
        """
        self.commissie, self.commissievoorzitter = (besluit.commissie, besluit.voorzitter) if besluit else (None, None)
        self.reden_voorzitter, self.scope = (besluit.reden_voorzitter, besluit.scope) if besluit else ("", "")
        op_grond_van_43 = self.commissie is not None and self.commissie.soort == SoortCommissie.ART43
        self.artikel43 = op_grond_van_43 and not (self.eigen_initiatief or self.raad_zelf_gevraagd)


class Vooruit(Stapzetter):
    """Stap voor stap naar voren."""

    class Meta:
        abstract = True

    @transition(
        field="stap",
        source=Stap.AANVRAAG,
        target=Stap.TOEWIJZING,
        permission=permissions.mag_voorleggen,
        custom={
            "label": "Leg voor aan het dagelijks bestuur",
            "beleid": policies.aanvraag.mag_leg_voor,
            "reden": False,
            "bevestig": "De aanvraag komt op de lijst van het dagelijks bestuur. Het publiek ziet: bij het "
            "dagelijks bestuur.",
        },
    )
    def leg_voor_aan_db(self) -> None:
        """Van stap 1 naar stap 2."""
        self._zet("leg_voor_aan_db")

    @transition(
        field="stap",
        source=Stap.TOEWIJZING,
        target=Stap.CONCEPT,
        permission=permissions.mag_db_besluit_vastleggen,
        custom={
            "label": "Wijs toe aan de commissie",
            "beleid": policies.toewijzing.mag_wijs_toe,
            "reden": False,
            "bevestig": "De leden van de commissie zien het traject. Het publiek ziet de commissie en: in "
            "voorbereiding bij de commissie.",
        },
    )
    def wijs_toe(self) -> None:
        """Van stap 2 naar stap 3, volgens het laatst vastgelegde besluit (Toewijzing)."""
        besluit = policies.toewijzing.geldend_besluit(self)  # type: ignore[arg-type]
        assert besluit is not None  # noqa: S101 - het beleid keek dit na
        self._neem_over(besluit)
        self._zet("wijs_toe", herroepbaar=True)

    @transition(
        field="stap",
        source=Stap.CONCEPT,
        target=Stap.ACHTERBANBERAAD,
        permission=permissions.mag_als_commissiesecretaris,
        custom={
            "label": "Start achterbanberaad",
            "beleid": policies.beraad.mag_start_beraad,
            "reden": False,
            "bevestig": "De contactpersonen van de organisaties krijgen bericht en lezen de witte versie. Is "
            "openbaarheid afgesproken, dan wordt de tekst na tien minuten openbaar als ontwerpadvies.",
        },
    )
    def start_achterbanberaad(self) -> None:
        """Van stap 3 naar stap 4. De handeling vult daarna `geopend_op` van de voorbereide ronde."""
        self._open_beraad("start_achterbanberaad")

    def _open_beraad(self, overgang: str) -> None:
        beraad = policies.beraad.voorbereid_beraad(self)  # type: ignore[arg-type]
        assert beraad is not None  # noqa: S101 - het beleid keek dit na
        self.ontwerp_openbaar = beraad.openbaar
        self._zet(overgang, herroepbaar=True)

    @transition(
        field="stap",
        source=Stap.ACHTERBANBERAAD,
        target=Stap.VERWERKING,
        permission=permissions.mag_als_commissiesecretaris,
        custom={
            "label": "Sluit achterbanberaad",
            "beleid": policies.beraad.mag_sluit,
            "reden": False,
            "bevestig": "Organisaties kunnen hun reactie niet meer wijzigen. De commissie verwerkt de punten.",
        },
    )
    def sluit_achterbanberaad(self) -> None:
        """Van stap 4 naar stap 5; iedereen reageerde. De handeling vult daarna `gesloten_op`."""
        self._naar_verwerking("sluit_achterbanberaad")

    @transition(
        field="stap",
        source=Stap.ACHTERBANBERAAD,
        target=Stap.VERWERKING,
        permission=permissions.mag_als_commissiesecretaris,
        custom={
            "label": "Sluit achterbanberaad zonder alle reacties",
            "beleid": policies.beraad.mag_sluit_na_termijn,
            "reden": True,
            "bevestig": "Organisaties die nog niet reageerden, kunnen dat niet meer doen. De reden staat in "
            "het dossier.",
        },
    )
    def sluit_achterbanberaad_na_termijn(self) -> None:
        """Van stap 4 naar stap 5; de termijn is voorbij. De reden komt in `sluit_reden` van de ronde."""
        self._naar_verwerking("sluit_achterbanberaad_na_termijn")

    def _naar_verwerking(self, overgang: str, *, herroepbaar: bool = True) -> None:
        self._zet(overgang, herroepbaar=herroepbaar)
        self.verwerking_sinds = self.stap_sinds

    @transition(
        field="stap",
        source=Stap.VERWERKING,
        target=Stap.NAAR_RAAD,
        permission=permissions.mag_als_commissiesecretaris,
        custom={
            "label": "Stuur naar de raad",
            "beleid": policies.verwerking.mag_stuur_naar_raad,
            "reden": False,
            "bevestig": "De secretaris van de raad krijgt bericht. De groene versie wordt openbaar als de "
            "stukken van een openbare raadsvergadering worden verzonden.",
        },
    )
    def stuur_naar_raad(self) -> None:
        """Van stap 5 naar stap 6."""
        self._zet("stuur_naar_raad", herroepbaar=True)

    @transition(
        field="stap",
        source=Stap.VERWERKING,
        target=Stap.AANBIEDING,
        permission=permissions.mag_als_commissiesecretaris,
        custom={
            "label": "Breng als commissie advies uit",
            "beleid": policies.verwerking.mag_adviseer_rechtstreeks,
            "reden": True,
            "bevestig": "Het advies gaat niet langs de raad; de raad krijgt het als ingekomen stuk.",
        },
    )
    def adviseer_rechtstreeks(self) -> None:
        """Van stap 5 naar stap 8, met mandaat of op grond van artikel 43; vastgesteld in de slotvergadering."""
        versie = policies.verwerking.groene_versie(self)  # type: ignore[arg-type]
        assert versie is not None  # noqa: S101 - het beleid keek dit na
        assert versie.vastgesteld_in is not None  # noqa: S101 - de database eist dit van een groene versie
        self.vastgesteld_op = versie.vastgesteld_in.datum
        self._zet("adviseer_rechtstreeks")

    @transition(
        field="stap",
        source=Stap.NAAR_RAAD,
        target=Stap.VASTSTELLING,
        permission=permissions.mag_als_raadssecretaris,
        custom={
            "label": "Behandel in de raad",
            "beleid": policies.raad.mag_behandel,
            "reden": False,
            "bevestig": "Het advies is bij de raad in behandeling. Zijn de stukken later dan tien dagen vooraf "
            "verzonden, dan komt dat in het dossier.",
        },
    )
    def behandel_in_raad(self) -> None:
        """Van stap 6 naar stap 7. De handeling legt policies.raad.waarschuwingen vast."""
        self._zet("behandel_in_raad")

    @transition(
        field="stap",
        source=Stap.VASTSTELLING,
        target=Stap.AANBIEDING,
        permission=permissions.mag_als_raadssecretaris,
        custom={
            "label": "Stel het advies vast",
            "beleid": policies.raad.mag_stel_vast,
            "reden": False,
            "bevestig": "Het advies is vastgesteld met de vastgelegde standpunten. Het publiek ziet: vastgesteld.",
        },
    )
    def stel_vast(self) -> None:
        """Van stap 7 naar stap 8, op de dag van de vergadering. De handeling zet de uitkomst op de agendering."""
        agendering = policies.raad.lopende_agendering(self)  # type: ignore[arg-type]
        assert agendering is not None  # noqa: S101 - het beleid keek dit na
        self.vastgesteld_op = agendering.agendapunt.vergadering.datum
        self._zet("stel_vast")

    @transition(
        field="stap",
        source=Stap.AANBIEDING,
        target=Stap.AANGEBODEN,
        permission=permissions.mag_aanbieden,
        custom={
            "label": "Bied het advies aan",
            "beleid": policies.aanbieding.mag_bied_aan,
            "reden": False,
            "bevestig": "De adviesvragers krijgen het advies met de brieven. Na tien minuten, of na het embargo, "
            "staat het openbaar op de site. De termijn van drie maanden voor de kabinetsreactie begint.",
        },
    )
    def bied_aan(self, *, op: date | None = None) -> None:
        """Uit stap 8 naar aangeboden, op de dag `op` (standaard vandaag)."""
        self.aangeboden_op = op or vandaag()
        self._zet("bied_aan", herroepbaar=True)
