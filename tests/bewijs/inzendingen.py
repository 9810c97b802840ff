"""Formulieren zoals een mens ze verstuurt, met hoe te tellen is of dat gevolg had: hooguit één keer."""

import uuid
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from adviezen.enums import Kring, SoortOpmerking
from adviezen.models import Opmerking, Stapgang
from kern.blokken import blokken
from tests.adviezen import bouw

Inzending = tuple[Any, str, dict[str, Any], Callable[[], int]]


def stap(wereld: bouw.Wereld) -> Inzending:
    """Geef wie een nieuw traject een stap verder zet, het adres, de velden, en hoe vaak dat gebeurd is."""
    cast = bouw.nieuw(wereld)
    bouw.bereid_aanvraag_voor(cast)
    adres = reverse("adviezen:handeling", kwargs={"slug": cast.traject.slug, "naam": "leg_voor_aan_db"})
    gangen = Stapgang.objects.filter(traject=cast.traject, overgang="leg_voor_aan_db")
    return cast.secretaris, adres, {"versie": cast.vers().rijversie}, gangen.count


def opmerking(versie: Any, wie: Any) -> Inzending:
    """Geef hetzelfde voor een opmerking van `wie` bij deze versie."""
    nonce = str(uuid.uuid4())
    velden = {
        "tekst": "Een opmerking (voorbeeld).",
        "kring": str(Kring.COMMISSIE),
        "soort": str(SoortOpmerking.GEWOON),
        "nonce": nonce,
    }
    velden |= {"blok": blokken(versie.html)[1].id}
    return wie, reverse("lezen:opmerken", kwargs={"pk": versie.pk}), velden, Opmerking.objects.filter(nonce=nonce).count
