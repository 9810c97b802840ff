"""Zonder Redis telt een proces zelf; wie wil weten of zij er is, hoort het wel."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from kombu.exceptions import OperationalError
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


def test_wie_een_werker_wekt_wacht_niet_op_een_redis_die_zwijgt() -> None:
    """De bladzijde van een PDF die er nog niet is, hing voor altijd; met twee processen stond zo al het web stil."""
    opties = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    vlug = {naam: waarde / 100 if naam.startswith("socket_") else waarde for naam, waarde in opties.items()}
    klaar = list[str]()
    with socket.create_server(("127.0.0.1", 0)) as stil:
        eigen = Celery("proef", broker=f"redis://127.0.0.1:{stil.getsockname()[1]}/0", set_as_current=False)
        eigen.conf.update(broker_transport_options=vlug | {"interval_start": 0.01}, broker_connection_timeout=0.1)

        def wek() -> None:
            try:
                eigen.send_task("proef", retry=False)
            except OperationalError:
                klaar.append("geweigerd")

        draad = threading.Thread(target=wek, daemon=True)
        draad.start()
        draad.join(10)
        eigen.close()
    assert klaar == ["geweigerd"]
