"""Routes om de poort mee te beproeven."""

from django.http import HttpResponse
from django.urls import path

from toegang.enums import Rol
from toegang.routes import ingelogd, open_route, publiek, voor


def antwoord(request):
    return HttpResponse("binnen")


def los(request):
    return HttpResponse("binnen")


urlpatterns = [
    path("publiek/", publiek(lambda request: HttpResponse("binnen"))),
    path("open/", open_route(lambda request: HttpResponse("binnen"))),
    path("ingelogd/", ingelogd(lambda request: HttpResponse("binnen"))),
    path("secretariaat/", voor(Rol.SECRETARIAAT)(lambda request: HttpResponse("binnen"))),
    path("vergeten/", los),
    path("account/login/", open_route(antwoord), name="account_login"),
]
