"""Zonder Redis telt een proces zelf; wie wil weten of zij er is, hoort het wel."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from kern.cache import Zacht, tekens
from ser_portal.settings import cache_adres


@pytest.fixture(params=["weg", "zwijgt"])
def adres(request: pytest.FixtureRequest) -> Iterator[str]:
    """Het adres van een Redis die er niet is, of die aanneemt en dan niets meer zegt."""
    LocMemCache("zonder-redis", {}).clear()
    if request.param == "weg":
        yield "redis://127.0.0.1:1/0"
    else:
        with socket.create_server(("127.0.0.1", 0)) as stil:
            yield f"redis://127.0.0.1:{stil.getsockname()[1]}/0"
    LocMemCache("zonder-redis", {}).clear()


def test_zonder_antwoord_telt_het_proces_zelf(adres: str) -> None:
    keuze: dict[str, Any] = {"OPTIONS": {"socket_timeout": 0.02}}
    cache = Zacht(adres, keuze)
    assert cache.get("poging", 0) == 0
    assert cache.add("poging", 1, 60)
    assert not cache.add("poging", 1, 60)
    assert cache.incr("poging") == 2
    cache.set("ander", "x", 60)
    assert (cache.get("poging"), cache.get("ander")) == (2, "x")
    assert cache.delete("poging")
    with pytest.raises(ValueError, match="poging"):
        cache.incr("poging")
    with pytest.raises(RedisError):
        RedisCache(adres, keuze).get("poging")


def test_met_redis_telt_zij_en_niet_het_proces() -> None:
    LocMemCache("zonder-redis", {}).clear()
    cache = Zacht(cache_adres(settings.CELERY_BROKER_URL), {"KEY_PREFIX": "zacht"})
    cache.set("poging", 1, 60)
    assert cache.incr("poging") == 2
    assert LocMemCache("zonder-redis", {}).get("poging") is None
    assert cache.delete("poging")


def test_de_tekens_van_de_bewaking_gaan_langs_de_strenge_ingang() -> None:
    assert settings.CACHES["default"]["BACKEND"] == "kern.cache.Zacht"
    assert settings.CACHES["tekens"]["BACKEND"].endswith("RedisCache")
    tekens.set("proef", 1, 60)
    assert caches["tekens"].get("proef") == 1
