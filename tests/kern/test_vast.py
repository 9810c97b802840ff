"""Het adres van een statisch bestand: hetzelfde als van Django, één keer opgezocht."""

from unittest import mock

from django.template import engines
from django.templatetags.static import StaticNode

VAST = "{% load vast %}{% static 'css/ser.css' %} {% static naam %} {% static 'ser.svg' as plaatje %}{{ plaatje }}"


def test_hetzelfde_als_van_django_en_een_vast_adres_een_keer_opgezocht() -> None:
    motor = engines["django"]
    ons, hun = (motor.from_string(bron) for bron in (VAST, VAST.replace("load vast", "load static")))
    assert ons.render({"naam": "js/portaal.js"}) == hun.render({"naam": "js/portaal.js"})
    with mock.patch.object(StaticNode, "handle_simple", side_effect=str) as zoek:
        assert ons.render({"naam": "a&b.js"}).split(" ")[1] == "a&amp;b.js"
    assert [aanroep.args[0] for aanroep in zoek.call_args_list] == ["a&b.js"], "alleen wat van de bladzijde afhangt"
