"""De adressen van het portaal (ontwerp §7)."""

from django.urls import include, path

from bewaking.views import gezond
from toegang.views.account import thuis
from vergaderingen.views.abonnement import eigen_agenda
from werkplek.views.termijnagenda import eigen_termijnen

handler500 = "toegang.storing.serverfout"
urlpatterns = [
    path("", include("publiek.urls")),
    path("gezond/", gezond, name="gezond"),
    path("thuis/", thuis, name="thuis"),
    path("agenda/<str:sleutel>/termijnen.ics", eigen_termijnen, name="eigen-termijnen"),
    path("agenda/<str:sleutel>.ics", eigen_agenda, name="eigen-agenda"),
    path("", include("berichten.urls")),  # account/berichten/ en werk/berichten/
    path("", include("dialoog.urls")),  # volgen/ en werk/nieuwsupdate/
    path("account/", include("toegang.urls")),
    path("werk/beheer/", include("beheer.urls")),
    path("werk/termijnen/", include("termijnen.urls")),
    path("werk/raad/", include("raad.urls")),
    path("werk/commissies/", include("commissies.urls")),
    path("werk/vergaderingen/", include("vergaderingen.urls")),
    path("lezen/vergaderingen/", include("vergaderingen.urls_lezen")),
    path("lezen/", include("adviezen.urls_lezen")),
    path("lezen/", include("werkplek.urls_lezen")),
    path("organisatie/", include("adviezen.urls_organisatie")),
    path("organisatie/", include("werkplek.urls_organisatie")),
    path("pers/", include("werkplek.urls_pers")),
    path("werk/trajecten/", include("adviezen.urls")),
    path("werk/archief/vernietiging/", include("vernietiging.urls")),
    path("werk/archief/", include("publicatie.urls")),
    path("werk/achterban/", include("adviezen.urls_achterban")),
    path("werk/opvolging/", include("opvolging.urls")),
    path("werk/", include("werkplek.urls")),
]
