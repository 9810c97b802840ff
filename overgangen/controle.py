"""Systeemcontrole: code en database kennen dezelfde overgangen, en elke overgang heeft naam en recht."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django_fsm import FSMField

from overgangen.migraties import BewaakOvergangen
from overgangen.uitvoering import overgangen_van, paren, toestandsveld


def bewaakt() -> dict[str, BewaakOvergangen]:
    """Geef per model de laatste aangifte in de migraties."""
    lader = MigrationLoader(None)
    uit: dict[str, BewaakOvergangen] = {}
    for sleutel in _op_volgorde(lader):
        for handeling in lader.disk_migrations[sleutel].operations:
            if isinstance(handeling, BewaakOvergangen):
                uit[handeling.model] = handeling
    return uit


def _op_volgorde(lader: MigrationLoader) -> list[tuple[str, str]]:
    volgorde: list[tuple[str, str]] = []
    for eind in lader.graph.leaf_nodes():
        volgorde += [s for s in lader.graph.forwards_plan(eind) if s not in volgorde]
    return volgorde


def modellen_met_toestand() -> list[type[models.Model]]:
    """Geef elk model met een toestandsveld."""
    return [m for m in apps.get_models() if any(isinstance(v, FSMField) for v in m._meta.get_fields())]


def controleer(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Meld elk verschil tussen code en database, en elke overgang zonder opschrift of recht."""
    fouten: list[CheckMessage] = []
    modellen = modellen_met_toestand()
    aangiften = bewaakt() if modellen else {}
    for model in modellen:
        naam = model._meta.label_lower
        aangifte = aangiften.get(naam)
        if aangifte is None:
            fouten.append(Error(f"{naam}: geen BewaakOvergangen in de migraties", id="overgangen.E001"))
            continue
        code, database = paren(model), {(str(a), str(b)) for a, b in aangifte.paren}
        # Van een stand naar zichzelf hoeft de database niet te kennen: die laat zij altijd toe.
        code = {(a, b) for a, b in code if a != b}
        if code != database:
            fouten.append(
                Error(
                    f"{naam}: code en database verschillen; "
                    f"alleen code {sorted(code - database)}, alleen database {sorted(database - code)}",
                    id="overgangen.E002",
                )
            )
        if aangifte.veld != toestandsveld(model).name or aangifte.tabel != model._meta.db_table:
            fouten.append(Error(f"{naam}: aangifte noemt een andere tabel of kolom", id="overgangen.E003"))
        fouten += [
            Error(f"{naam}.{overgang.name}: opschrift of recht ontbreekt", id="overgangen.E004")
            for overgang in overgangen_van(model)
            if not (overgang.custom or {}).get("label") or overgang.permission is None
        ]
    return fouten
