"""Een klein model met een toestand, om de overgangen van het huis mee te beproeven."""

from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition

from kern.models import Versioneerbaar
from kern.tekort import Tekort


class Stand(models.TextChoices):
    CONCEPT = "concept", "in concept"
    KLAAR = "klaar", "klaar"
    WEG = "weg", "weg"


def mag(brief, door):
    return door is None or door.naam != "Onbevoegd"


def beleid(brief, **kw):
    tekorten = [] if brief.tekst else [Tekort("De brief is leeg.", "/brief/")]
    return [*tekorten, *([Tekort("Te veel.")] if kw.get("aantal", 0) > 9 else [])]


class Brief(FSMModelMixin, Versioneerbaar, models.Model):
    tekst = models.TextField(blank=True)
    aantal = models.IntegerField(default=0)
    stand = FSMField(choices=Stand.choices, default=Stand.CONCEPT, protected=True, editable=False)
    gevolg = ""

    class Meta:
        app_label = "proef"

    def __str__(self):
        return f"Brief {self.pk}"

    @transition(
        field=stand,
        source=Stand.CONCEPT,
        target=Stand.KLAAR,
        permission=mag,
        custom={"label": "Rond af", "beleid": beleid, "bevestig": "De brief gaat uit."},
    )
    def rond_af(self, *, aantal=0):
        self.aantal = aantal

    @transition(
        field=stand,
        source=Stand.KLAAR,
        target=Stand.CONCEPT,
        permission=mag,
        custom={"label": "Haal terug", "reden": True},
    )
    def haal_terug(self):
        self.aantal = 0

    @transition(field=stand, source="*", target=Stand.WEG, permission=mag, custom={"label": "Gooi weg"})
    def gooi_weg(self):
        self.tekst = ""
