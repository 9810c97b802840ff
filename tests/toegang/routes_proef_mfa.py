from django.http import HttpResponse
from django.urls import path

from tests.toegang.routes_proef import urlpatterns as proef
from toegang.routes import ingelogd

urlpatterns = [
    *proef,
    path("tweede-stap/", ingelogd(lambda request: HttpResponse("stel in")), name="mfa_index"),
]
