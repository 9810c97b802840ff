"""Handen van stap 1 in de browser: het formulier van een aanvraag."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from adviezen.models import Adviestraject
from kern.tijd import vandaag
from tests.adviezen import bouw

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def aanvraag(wereld, **anders):
    dag = vandaag()
    gegevens = {
        "titel": "Thuiswerken over de grens (voorbeeld)",
        "vraag": "Wat is nodig?\n\nEn voor wie?",
        "vragers": [bouw.vrager().pk, bouw.vrager("staatssecretaris").pk],
        "datum": (dag - timedelta(days=3)).isoformat(),
        "ontvangen_op": (dag - timedelta(days=2)).isoformat(),
        "adviestermijn": (dag + timedelta(days=90)).isoformat(),
        "secretaris": wereld.secretaris.pk,
        "brief": SimpleUploadedFile("brief.pdf", PDF, "application/pdf"),
    }
    return gegevens | anders


def registreer(client, wereld, **anders):
    antwoord = client.post(reverse("adviezen:nieuw"), aanvraag(wereld, **anders))
    assert antwoord.status_code == 302, antwoord.context["form"].errors
    return Adviestraject.objects.latest("pk")
