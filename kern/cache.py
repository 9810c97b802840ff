"""Twee ingangen tot dezelfde Redis: zacht voor wie iets telt om te remmen, streng voor wie wil weten of zij er is."""

from typing import Any

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from django.utils.connection import ConnectionProxy
from redis.exceptions import RedisError

# De bewaking leest en zet hier haar tekens: antwoordt Redis niet, dan werpt dit, en dat is het alarm.
tekens = ConnectionProxy(caches, "tekens")


class Zacht(RedisCache):
    """Redis; antwoordt zij niet, dan telt dit proces zelf verder.

    Inloggen telt mislukte pogingen hier. Zonder Redis zou niemand meer binnenkomen, terwijl zittingen en rechten in de
    database staan; zo blijft ook de rem, alleen per proces.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._reserve = LocMemCache("zonder-redis", params)

    def _doe(self, naam: str, *args: Any, **kw: Any) -> Any:
        try:
            return getattr(super(), naam)(*args, **kw)
        except RedisError:
            return getattr(self._reserve, naam)(*args, **kw)

    def add(self, *args: Any, **kw: Any) -> Any:
        """Zet een waarde die er nog niet is; geef of dat lukte."""
        return self._doe("add", *args, **kw)

    def get(self, *args: Any, **kw: Any) -> Any:
        """Geef een waarde."""
        return self._doe("get", *args, **kw)

    def set(self, *args: Any, **kw: Any) -> Any:
        """Zet een waarde."""
        return self._doe("set", *args, **kw)

    def delete(self, *args: Any, **kw: Any) -> Any:
        """Haal een waarde weg; geef of zij er was."""
        return self._doe("delete", *args, **kw)

    def incr(self, *args: Any, **kw: Any) -> Any:
        """Tel bij een waarde op; werpt ValueError als zij er niet is."""
        return self._doe("incr", *args, **kw)
