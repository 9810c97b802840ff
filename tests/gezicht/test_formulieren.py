"""`{{ form }}` geeft overal hetzelfde, toegankelijke formulier en bewaart wat getypt is."""

import pkgutil
import re
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group

from kern.formulieren import PortaalVeld


class Formulier(forms.Form):
    """Van elke soort een veld."""

    titel = forms.CharField(label="Titel", help_text="Kort.")
    tekst = forms.CharField(label="Tekst", widget=forms.Textarea, required=False)
    dag = forms.DateField(label="Dag")
    moment = forms.DateTimeField(label="Moment", required=False)
    uur = forms.TimeField(label="Uur", required=False)
    soort = forms.ChoiceField(label="Soort", choices=[("a", "A"), ("b", "B")])
    keus = forms.ChoiceField(label="Keus", choices=[("a", "A")], widget=forms.RadioSelect, help_text="Kies.")
    meer = forms.MultipleChoiceField(
        label="Meer", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )
    brief = forms.FileField(label="Brief", required=False)
    akkoord = forms.BooleanField(label="Akkoord", help_text="Met datum.")
    geheim = forms.CharField(widget=forms.HiddenInput, required=False)


def veld(formulier: forms.Form, naam: str) -> str:
    """Geef de HTML van één veldgroep."""
    return formulier[naam].as_field_group()


def test_datum_en_tijd_worden_vakken_van_de_browser() -> None:
    formulier = Formulier(initial={"dag": date(2026, 11, 20)})
    assert re.search(r'<input type="date" name="dag" value="2026-11-20"', veld(formulier, "dag"))
    assert 'type="datetime-local"' in veld(formulier, "moment")
    assert 'type="time"' in veld(formulier, "uur")
    assert Formulier({"dag": "2026-11-20"}).fields["dag"].clean("2026-11-20") == date(2026, 11, 20)


def test_het_gedeelde_widget_blijft_zoals_het_was() -> None:
    formulier = Formulier()
    str(formulier)
    assert formulier.fields["dag"].widget.input_type == "text"


@pytest.mark.parametrize("vak", [forms.Textarea, forms.TextInput])
def test_een_lange_tekst_wordt_niet_stil_afgekapt(vak: type[forms.Widget]) -> None:
    """Wie te veel plakt, ziet dat bij het vak en houdt wat hij plakte; de browser kort niets in."""

    class Kort(forms.Form):
        tekst = forms.CharField(label="Tekst", max_length=10, widget=vak)

    html = str(Kort({"tekst": "x" * 25}))
    assert "maxlength" not in html
    assert "x" * 25 in html
    assert "niet meer dan 10 tekens" in html
    assert "deze waarde" not in html  # onze woorden gaan voor op die van Django


def test_eigen_datumwidget_houdt_zijn_keuze() -> None:
    class Eigen(forms.Form):
        dag = forms.DateField(widget=forms.DateInput(attrs={"class": "eigen"}))
        kies = forms.DateField(widget=forms.SelectDateWidget(years=[2026]))

    html = str(Eigen())
    assert 'class="eigen utrecht-textbox utrecht-textbox--html-input"' in html
    assert '<select name="kies_day"' in html


def test_label_uitleg_en_fout_horen_bij_het_vak() -> None:
    html = veld(Formulier({}), "titel")
    assert '<label class="veld-naam" for="id_titel">Titel</label>' in html
    assert 'aria-describedby="id_titel_helptext id_titel_error"' in html
    assert 'id="id_titel_helptext"' in html
    assert 'id="id_titel_error"' in html
    assert 'aria-invalid="true"' in html
    assert "utrecht-textbox--invalid" in html
    assert "Fout bij Titel: </span>Dit veld is verplicht." in html


def test_keuzes_staan_in_een_fieldset() -> None:
    html = veld(Formulier({}), "keus")
    assert '<fieldset class="veld veld-groep veld-fout" aria-describedby="id_keus_helptext id_keus_error">' in html
    assert '<legend class="veld-naam">Keus</legend>' in html
    assert 'id="id_keus"' in html


def test_los_aankruisvak_heeft_zijn_naam_erachter() -> None:
    html = veld(Formulier(), "akkoord")
    vak = r'<label class="aankruis"><input type="checkbox"[^>]*class="aankruisvak"[^>]*> <span>Akkoord</span>'
    assert re.search(vak, html)
    assert html.count("Akkoord") == 1
    assert "niet verplicht" not in html


def test_wat_mag_ontbreken_zegt_dat() -> None:
    assert "(niet verplicht)" in veld(Formulier(), "tekst")
    assert "(niet verplicht)" not in veld(Formulier(), "titel")

    class Filter(Formulier):
        verberg_niet_verplicht = True

    assert "(niet verplicht)" not in str(Filter())


def test_wat_soms_verplicht_is_heet_niet_niet_verplicht() -> None:
    class Soms(forms.Form):
        soms_verplicht = ("oordeel",)
        oordeel = forms.CharField(required=False, help_text="Bij het indienen moet dit er staan.")
        bijlage = forms.CharField(required=False, help_text="Hoogstens vijf bladzijden.")

    assert "niet verplicht" not in veld(Soms(), "oordeel")
    assert "(niet verplicht)" in veld(Soms(), "bijlage")


def alle_formulieren() -> list[type[forms.Form]]:
    """Elke formulierklasse van het portaal, met haar velden; van Django en anderen niet."""
    for app in apps.get_app_configs():
        if (Path(app.path) / "forms").is_dir():
            for deel in pkgutil.iter_modules([str(Path(app.path) / "forms")]):
                import_module(f"{app.name}.forms.{deel.name}")
        elif (Path(app.path) / "forms.py").is_file() and Path(app.path).parent == settings.BASE_DIR:
            import_module(f"{app.name}.forms")
    uit, rij = [], list(forms.Form.__subclasses__())
    while rij:
        klasse = rij.pop()
        rij += klasse.__subclasses__()
        if klasse.__module__.split(".")[1:2] == ["forms"]:
            uit.append(klasse)
    return uit


def test_een_uitleg_die_zegt_wanneer_iets_moet_staat_bij_een_veld_dat_het_ook_noemt() -> None:
    """Naam en uitleg spraken elkaar tegen: "Toelichting (niet verplicht)", en eronder "Nodig bij …"."""
    moet = re.compile(r"(?<!niet )\b(verplicht|nodig)\b", re.IGNORECASE)
    gevonden = alle_formulieren()
    assert len(gevonden) > 60
    for klasse in gevonden:
        soms = getattr(klasse, "soms_verplicht", ())
        for naam in soms:
            assert not klasse.base_fields[naam].required, f"{klasse.__qualname__}.{naam}"
        for naam, veld_ in klasse.base_fields.items():
            if not veld_.required and moet.search(str(veld_.help_text)):
                zegt = naam in soms or getattr(klasse, "verberg_niet_verplicht", False)
                assert zegt, f"{klasse.__qualname__}.{naam}: {veld_.help_text}"


def test_een_lege_keuze_is_een_woord() -> None:
    class Keuzes(forms.Form):
        groep = forms.ModelChoiceField(queryset=Group.objects.none())
        soms = forms.ModelChoiceField(queryset=Group.objects.none(), required=False)
        lijst = forms.ChoiceField(choices=[("", "---------"), ("a", "A")])
        eigen = forms.ModelChoiceField(queryset=Group.objects.none(), empty_label="Kies een groep")

    keuzes = Keuzes()
    gezien = {naam: re.findall(r"<option[^>]*>([^<]+)<", str(keuzes[naam])) for naam in keuzes.fields}
    assert gezien == {
        "groep": ["Maak een keuze"],
        "soms": ["Geen keuze"],
        "lijst": ["Maak een keuze", "A"],
        "eigen": ["Kies een groep"],
    }


def test_foutenlijst_noemt_elk_veld_en_wijst_ernaar() -> None:
    formulier = Formulier({"tekst": "<script>bewaard</script>"})
    formulier.add_error(None, "Kies eerst een commissie.")
    html = str(formulier)
    assert "Kies eerst een commissie." in html
    for anker, naam in (("id_titel", "Titel"), ("id_keus", "Keus"), ("id_akkoord", "Akkoord")):
        assert f'<a href="#{anker}">{naam}: Dit veld is verplicht.</a>' in html
        assert f'id="{anker}"' in html
    assert "&lt;script&gt;bewaard&lt;/script&gt;" in html, "wat getypt is staat er nog, en doet niets"
    assert html.index("foutenlijst") < html.index('name="titel"')


def test_geen_fouten_geen_lijst() -> None:
    html = str(Formulier())
    assert "foutenlijst" not in html
    assert '<input type="hidden" name="geheim" id="id_geheim">' in html
    assert "utrecht" not in veld(Formulier(), "geheim")


def test_fout_op_verborgen_veld_is_te_lezen() -> None:
    formulier = Formulier({"titel": "x"})
    formulier.add_error("geheim", "Deze versie is intussen gewijzigd.")
    html = str(formulier)
    assert html.count("Deze versie is intussen gewijzigd.") == 1
    assert "#id_geheim" not in html, "er is niets om naar te springen"
    assert "Geheim" not in html, "een verborgen vak heeft geen naam voor de lezer"


def test_formset_in_regels() -> None:
    regels: Any = forms.formset_factory(Formulier, extra=2, max_num=2, validate_max=True)
    html = str(regels())
    assert html.count('<fieldset class="regel">') == 2
    assert 'name="form-TOTAL_FORMS"' in html
    te_veel = regels({"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0"})
    assert 'class="foutenlijst" role="alert"' in str(te_veel)


@pytest.mark.parametrize("naam", ["titel", "keus", "akkoord"])
def test_elk_veld_is_een_portaalveld(naam: str) -> None:
    assert isinstance(Formulier()[naam], PortaalVeld)


@pytest.mark.parametrize(
    ("soort", "zin"),
    [
        (forms.CharField(), "Nog niet gelukt. Wat u invulde staat er nog.</h2>"),
        (forms.FileField(), "Wat u invulde staat er nog; een bestand kiest u opnieuw.</h2>"),
        (forms.CharField(widget=forms.PasswordInput()), "Nog niet gelukt. Vul de wachtwoorden opnieuw in.</h2>"),
    ],
)
def test_de_foutenlijst_belooft_alleen_wat_er_nog_staat(soort: forms.Field, zin: str) -> None:
    """Een browser houdt geen gekozen bestand vast, en een wachtwoord komt nooit terug."""
    formulier = type("Los", (forms.Form,), {"veld": soort})({})
    assert zin in str(formulier)
