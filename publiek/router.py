"""Openbare modellen lezen via de verbinding `publiek`; zij hebben geen tabellen van zichzelf."""

from typing import Any


class PubliekRouter:
    """Stuurt de app `publiek` naar haar eigen verbinding; al het andere blijft op `default`."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return "publiek" if model._meta.app_label == "publiek" else None

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        return "publiek" if model._meta.app_label == "publiek" else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return db == "default"
