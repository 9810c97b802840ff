"""Een lege Django-view: de meetlat voor openbare bladzijden. Geen middleware, geen sjabloon, geen database."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def leeg(request: HttpRequest) -> HttpResponse:
    """Geef een leeg antwoord."""
    return HttpResponse(b"")


urlpatterns = [path("leeg/", leeg)]
