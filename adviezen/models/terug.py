"""De overgangen terug, elk met een verplichte reden, en herroepen zolang de berichten wachten."""

from __future__ import annotations

from django_fsm import GET_STATE, transition

from adviezen import permissions, policies
from adviezen.enums import VOOR_VASTSTELLING, Stap
from adviezen.models.vooruit import Stapzetter


class Terug(Stapzetter):
    """Een stap terug."""

    class Meta:
        abstract = True

    @transition(
        field="stap",
        source=Stap.ACHTERBANBERAAD,
        target=Stap.CONCEPT,
        permission=permissions.mag_als_commissiesecretaris,
        custom={
            "label": "Trek terug naar concept",
            "beleid": policies.einde.vrij,
            "reden": True,
            "bevestig": "Het achterbanberaad stopt; organisaties krijgen bericht. Reacties blijven bewaard. Een "
            "nieuwe ronde vraagt een nieuwe witte versie.",
        },
    )
    def trek_terug_naar_concept(self) -> None:
        """Van stap 4 terug naar 3. De handeling sluit de ronde met de reden."""
        self._zet("trek_terug_naar_concept")

    @transition(
        field="stap",
        source=Stap.VERWERKING,
        target=Stap.ACHTERBANBERAAD,
        permission=permissions.mag_als_commissiesecretaris,
        custom={
            "label": "Open een nieuw achterbanberaad",
            "beleid": policies.beraad.mag_start_beraad,
            "reden": True,
            "bevestig": "De contactpersonen krijgen bericht van een tweede ronde over de nieuwe witte versie. De "
            "eerste ronde blijft bewaard.",
        },
    )
    def open_nieuw_achterbanberaad(self) -> None:
        """Van stap 5 terug naar 4. De handeling vult daarna `geopend_op` van de voorbereide ronde."""
        self._open_beraad("open_nieuw_achterbanberaad")  # type: ignore[attr-defined]

    @transition(
        field="stap",
        source=Stap.NAAR_RAAD,
        target=Stap.VERWERKING,
        permission=permissions.mag_terughalen,
        custom={
            "label": "Haal terug naar de commissie",
            "beleid": policies.einde.vrij,
            "reden": True,
            "bevestig": "Het advies gaat van de agenda. De commissie stelt opnieuw een groene versie vast.",
        },
    )
    def haal_terug_naar_commissie(self) -> None:
        """Van stap 6 terug naar 5. De handeling zet de uitkomst `teruggenomen` op de lopende agendering."""
        self._naar_verwerking("haal_terug_naar_commissie", herroepbaar=False)  # type: ignore[attr-defined]

    @transition(
        field="stap",
        source=Stap.VASTSTELLING,
        target=Stap.VERWERKING,
        permission=permissions.mag_als_raadssecretaris,
        custom={
            "label": "Verwijs terug naar de commissie",
            "beleid": policies.raad.mag_verwijs_terug,
            "reden": True,
            "bevestig": "De raad stelt het advies niet vast. De commissie stelt opnieuw een groene versie vast.",
        },
    )
    def verwijs_terug(self) -> None:
        """Van stap 7 terug naar 5. De handeling zet de uitkomst `terugverwezen` op de agendering."""
        self._naar_verwerking("verwijs_terug", herroepbaar=False)  # type: ignore[attr-defined]

    @transition(
        field="stap",
        source=Stap.VASTSTELLING,
        target=Stap.NAAR_RAAD,
        permission=permissions.mag_als_raadssecretaris,
        custom={
            "label": "Stel uit naar een volgende vergadering",
            "beleid": policies.einde.vrij,
            "reden": True,
            "bevestig": "Het advies komt op de agenda van een volgende raadsvergadering.",
        },
    )
    def stel_uit(self) -> None:
        """Van stap 7 terug naar 6. De handeling zet de uitkomst `uitgesteld` op de agendering."""
        self._zet("stel_uit")

    @transition(
        field="stap",
        source=Stap.CONCEPT,
        target=Stap.TOEWIJZING,
        permission=permissions.mag_db_besluit_vastleggen,
        custom={
            "label": "Leg opnieuw voor aan het dagelijks bestuur",
            "beleid": policies.einde.vrij,
            "reden": True,
            "bevestig": "Het dagelijks bestuur wijst opnieuw toe. Versies en vergaderingen blijven bewaard.",
        },
    )
    def wijs_opnieuw_toe(self) -> None:
        """Van stap 3 terug naar 2."""
        self._zet("wijs_opnieuw_toe")

    # --- herroepen: de handeling annuleert daarna de wachtende berichten en publicatie ------------------------

    @transition(
        field="stap",
        source=Stap.CONCEPT,
        target=Stap.TOEWIJZING,
        permission=permissions.mag_toewijzing_herroepen,
        custom={
            "label": "Herroep de toewijzing",
            "beleid": policies.einde.nog_te_herroepen,
            "reden": True,
            "bevestig": "De wachtende berichten worden niet verzonden.",
        },
    )
    def herroep_toewijzing(self) -> None:
        """Herroept `wijs_toe`; het vastgelegde besluit geldt weer, en de commissie is weer die van daarvoor, of geen.

        De leden van een commissie lezen haar trajecten, en het publiek leest haar naam erbij.
        """
        self._herroep("herroep_toewijzing")
        self._neem_over(policies.toewijzing.vorige_toewijzing(self))  # type: ignore[arg-type]

    @transition(
        field="stap",
        source=Stap.NIET_IN_BEHANDELING,
        target=Stap.TOEWIJZING,
        permission=permissions.mag_weigering_herroepen,
        custom={
            "label": "Herroep het besluit om niet in behandeling te nemen",
            "beleid": policies.einde.nog_te_herroepen,
            "reden": True,
            "bevestig": "De brief en de wachtende berichten worden niet verzonden.",
        },
    )
    def herroep_weigering(self) -> None:
        """Herroept `neem_niet_in_behandeling`."""
        self.geeindigd_op, self.einde_reden, self.einde_brief = None, "", None
        self._herroep("herroep_weigering")

    @transition(
        field="stap",
        source=Stap.ACHTERBANBERAAD,
        target=Stap.CONCEPT,
        permission=permissions.mag_beraad_herroepen,
        custom={
            "label": "Herroep de start van het achterbanberaad",
            "beleid": policies.einde.nog_te_herroepen,
            "reden": True,
            "bevestig": "De berichten aan de organisaties worden niet verzonden en de tekst wordt niet openbaar.",
        },
    )
    def herroep_achterbanberaad(self) -> None:
        """Herroept `start_achterbanberaad`. De handeling maakt `geopend_op` van de ronde weer leeg."""
        self.ontwerp_openbaar = None
        self._herroep("herroep_achterbanberaad")

    @transition(
        field="stap",
        source=Stap.ACHTERBANBERAAD,
        target=Stap.VERWERKING,
        permission=permissions.mag_nieuw_beraad_herroepen,
        custom={
            "label": "Herroep het nieuwe achterbanberaad",
            "beleid": policies.einde.nog_te_herroepen,
            "reden": True,
            "bevestig": "De berichten aan de organisaties worden niet verzonden en de tekst wordt niet openbaar.",
        },
    )
    def herroep_nieuw_achterbanberaad(self) -> None:
        """Herroept `open_nieuw_achterbanberaad`. De handeling maakt `geopend_op` van de ronde weer leeg.

        Wat de voorzitter over de nieuwe tekst zei telt niet meer: de vorige ronde zegt of het ontwerp openbaar is.
        """
        vorig = policies.beraad.vorig_beraad(self)  # type: ignore[arg-type]
        self.ontwerp_openbaar = None if vorig is None else vorig.openbaar
        self._herroep("herroep_nieuw_achterbanberaad")

    @transition(
        field="stap",
        source=Stap.VERWERKING,
        target=Stap.ACHTERBANBERAAD,
        permission=permissions.mag_sluiting_herroepen,
        custom={
            "label": "Herroep het sluiten van het achterbanberaad",
            "beleid": policies.einde.nog_te_herroepen,
            "reden": True,
            "bevestig": "Organisaties kunnen weer reageren; de wachtende berichten worden niet verzonden.",
        },
    )
    def herroep_sluiting(self) -> None:
        """Herroept het sluiten. De handeling maakt `gesloten_op` en `sluit_reden` van de ronde weer leeg."""
        self._herroep("herroep_sluiting")

    @transition(
        field="stap",
        source=Stap.NAAR_RAAD,
        target=Stap.VERWERKING,
        permission=permissions.mag_verzending_herroepen,
        custom={
            "label": "Herroep de verzending naar de raad",
            "beleid": policies.einde.nog_te_herroepen,
            "reden": True,
            "bevestig": "De wachtende berichten worden niet verzonden. De groene versie blijft gelden.",
        },
    )
    def herroep_naar_raad(self) -> None:
        """Herroept `stuur_naar_raad`; de groene versie telt nog."""
        self._herroep("herroep_naar_raad")

    @transition(
        field="stap",
        source=Stap.AANGEBODEN,
        target=Stap.AANBIEDING,
        permission=permissions.mag_aanbieding_herroepen,
        custom={
            "label": "Herroep de aanbieding",
            "beleid": policies.einde.nog_te_herroepen,
            "reden": True,
            "bevestig": "De brieven en berichten worden niet verzonden en het advies wordt niet openbaar. Daarna "
            "moet opnieuw iemand de aanbieding bevestigen.",
        },
    )
    def herroep_aanbieding(self) -> None:
        """Herroept `bied_aan`; een tweede persoon bevestigt daarna opnieuw."""
        self.aangeboden_op = None
        self._herroep("herroep_aanbieding")

    @transition(
        field="stap",
        source=[Stap.INGETROKKEN, Stap.BEEINDIGD],
        target=GET_STATE(lambda traject, **kw: traject.stap_voor_einde, states=list(VOOR_VASTSTELLING)),
        permission=permissions.mag_einde_herroepen,
        custom={
            "label": "Herroep het einde van het traject",
            "beleid": policies.einde.nog_te_herroepen,
            "reden": True,
            "bevestig": "Het traject gaat verder in de stap waar het was; de wachtende berichten gaan niet uit.",
        },
    )
    def herroep_einde(self) -> None:
        """Herroept `trek_in` of `beeindig`; terug naar de stap van daarvoor."""
        self.geeindigd_op, self.einde_reden, self.einde_brief = None, "", None
        self._herroep("herroep_einde")
