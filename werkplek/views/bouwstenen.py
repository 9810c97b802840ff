"""/werk/bouwstenen/: alle onderdelen van het gezicht bij elkaar, met verzonnen gegevens."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kern import beeld
from kern import componenten_voorbeeld as voorbeeld
from kern.componenten import Oordeel
from toegang.routes import voor_secretariaat


class Proefformulier(forms.Form):
    """Elk soort veld één keer; op de bladzijde met fouten, zodat ook die te zien zijn."""

    titel = forms.CharField(label="Titel van het traject", help_text="Zo staat het straks op de openbare site.")
    vraag = forms.CharField(label="De vraag", widget=forms.Textarea, required=False)
    datum = forms.DateField(label="Datum van de brief", help_text="De datum boven de brief.")
    soort = forms.ChoiceField(label="Soort", choices=[("gevraagd", "Gevraagd advies"), ("eigen", "Eigen initiatief")])
    kring = forms.ChoiceField(
        label="Wie mag dit lezen?",
        widget=forms.RadioSelect,
        choices=[("prive", "Alleen ik"), ("organisatie", "Mijn organisatie"), ("commissie", "De commissie")],
    )
    organisaties = forms.MultipleChoiceField(
        label="Organisaties",
        widget=forms.CheckboxSelectMultiple,
        choices=[("vno", "VNO-NCW (voorbeeld)"), ("fnv", "FNV (voorbeeld)")],
        required=False,
    )
    brief = forms.FileField(label="Brief", required=False, help_text="Pdf of docx, hoogstens 25 MB.")
    akkoord = forms.BooleanField(
        label="De commissievoorzitter stemt in met openbaar maken", help_text="Met datum in het dossier."
    )


@voor_secretariaat
@require_safe
def bouwstenen(request: HttpRequest) -> HttpResponse:
    """Toon elk onderdeel in zijn gewone stand en aan zijn randen."""
    return render(
        request,
        "werkplek/bouwstenen.html",
        {
            "stappen_binnen": voorbeeld.stappen(4),
            "stappen_terug": voorbeeld.stappen(6),
            "stappen_openbaar": voorbeeld.stappen(4, voorbeeld.BUITEN, openbaar=True),
            "stappen_klaar": voorbeeld.stappen(9),
            "klokken": voorbeeld.klokken(),
            "beurten": voorbeeld.beurten(),
            "halfronden": voorbeeld.halfronden(),
            "registratie": voorbeeld.standpunten(),
            "matrix": voorbeeld.matrix(),
            "verhaal": voorbeeld.verhaal(),
            "vergelijking": voorbeeld.vergelijking(),
            "opmerkingen": voorbeeld.opmerkingen(),
            "oordelen": [Oordeel(soort, "Uitleg in één regel.") for soort in beeld.OORDELEN],
            "gevolgen": [
                "Zes organisaties krijgen bericht.",
                "Het ontwerpadvies staat over tien minuten op de openbare site.",
            ],
            "pagina": Paginator(range(400), 10).page(8),
            "rijen": [
                ("Thuiswerken over de grens", "Achterbanberaad", "Secretaris 2 (voorbeeld)", 12),
                ("Leren naast de baan", "Naar de raad", "Raadssecretaris (voorbeeld)", 3),
            ],
            "formulier": Proefformulier({"titel": "", "vraag": "Wat u typte staat er nog.", "datum": "31 februari"}),
        },
    )
