"""Geval 49: wat iemand meestuurt, komt alleen binnen als het formulier ernaar vraagt."""

import ast
import importlib
import pkgutil
from pathlib import Path

from django import forms
from django.conf import settings

WORTEL = Path(settings.BASE_DIR)
# Zij geven de velden terug aan wie ze stuurde: op een bladzijde, of in de links naar de buren van een lijst.
MAG_ALLES_LEZEN = {"toegang/verlopen.py", "publiek/api/kern.py"}
IN_EENS = {"items", "dict", "lists", "values", "keys", "urlencode"}


def bestanden() -> list[Path]:
    return [p for app in settings.HUIS for p in (WORTEL / app).rglob("*.py") if "migrations" not in p.parts]


def is_invoer(knoop: ast.AST) -> bool:
    """Of dit `request.POST`, `request.GET` of `self.data` is."""
    return (
        isinstance(knoop, ast.Attribute) and knoop.attr in {"POST", "GET", "data"} and isinstance(knoop.value, ast.Name)
    )


def gevonden(boom: ast.AST) -> list[int]:
    """Geef de regels waar invoer in één keer wordt doorgegeven, of een veld met een naam uit de invoer wordt gezet."""
    uit = []
    for knoop in ast.walk(boom):
        heel = isinstance(knoop, ast.keyword) and knoop.arg is None and is_invoer(knoop.value)
        roept = knoop.func if isinstance(knoop, ast.Call) else None
        heel |= isinstance(roept, ast.Attribute) and roept.attr in IN_EENS and is_invoer(roept.value)
        zet = isinstance(roept, ast.Name) and roept.id == "setattr"
        if heel or (zet and any(is_invoer(deel) for deel in ast.walk(knoop))):
            uit.append(getattr(knoop, "lineno", 0) or knoop.value.lineno)
    return uit


def test_invoer_gaat_nergens_in_een_keer_door() -> None:
    fout = []
    for pad in bestanden():
        naam = str(pad.relative_to(WORTEL))
        if naam not in MAG_ALLES_LEZEN:
            fout += [f"{naam}:{regel}" for regel in gevonden(ast.parse(pad.read_text(encoding="utf-8")))]
    assert fout == []


def test_en_de_toets_zou_het_zien() -> None:
    for kwaad in (
        "doe(**request.POST)",
        "request.POST.dict()",
        "setattr(rij, n, request.POST[n])",
        "self.data.items()",
    ):
        assert gevonden(ast.parse(kwaad)), kwaad


def formulieren() -> set[type[forms.BaseForm]]:
    for app in settings.HUIS:
        if (WORTEL / app / "forms").is_dir():
            for module in pkgutil.iter_modules([str(WORTEL / app / "forms")]):
                importlib.import_module(f"{app}.forms.{module.name}")
        elif (WORTEL / app / "forms.py").exists():
            importlib.import_module(f"{app}.forms")
    rij, uit = [forms.BaseForm], set()
    while rij:
        for soort in rij.pop().__subclasses__():
            rij.append(soort)
            uit.add(soort)
    return {s for s in uit if s.__module__.partition(".")[0] in settings.HUIS}


def test_geen_formulier_neemt_zijn_velden_van_een_model() -> None:
    alle = formulieren()
    assert len(alle) > 80
    assert [s for s in alle if issubclass(s, forms.BaseModelForm)] == []


# Wie het deed, in welke stand iets is en van welke wereld het is, zegt het portaal en nooit de invoer.
VAN_HET_PORTAAL = {
    *("door", "door_naam", "actor", "auteur", "auteur_naam", "voorbeeld", "aangemaakt_op", "stap", "sha256", "hash"),
    *("is_staff", "is_superuser", "is_active", "groups", "bevestigd_door", "toegelaten_door", "gevraagd_door"),
}


def test_geen_formulier_vraagt_wat_het_portaal_zelf_zegt() -> None:
    fout = {
        f"{soort.__module__}.{soort.__name__}.{naam}"
        for soort in formulieren()
        for naam in getattr(soort, "base_fields", {})
        if naam in VAN_HET_PORTAAL
    }
    assert fout == set()
