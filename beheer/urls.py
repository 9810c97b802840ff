"""De adressen van het beheer, onder /werk/beheer/."""

from django.urls import path

from beheer.views import accounts, rollen
from beheer.views.inzagen import inzagen
from beheer.views.stand import beheer

app_name = "beheer"
urlpatterns = [
    path("", beheer, name="beheer"),
    path("inzagen/", inzagen, name="inzagen"),
    path("accounts/", accounts.lijst, name="accounts"),
    path("accounts/nieuw/", accounts.nieuw, name="nieuw"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("accounts/<int:pk>/<slug:naam>/", accounts.daad, name="daad"),
    path("rollen/", rollen.lijst, name="rollen"),
    path("rollen/<int:pk>/", rollen.rol, name="rol"),
]
