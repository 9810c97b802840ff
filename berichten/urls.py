"""Adressen onder /account/berichten/ en /werk/berichten/."""

from django.urls import path

from berichten import views

app_name = "berichten"
urlpatterns = [
    path("account/berichten/", views.postvak, name="postvak"),
    path("account/berichten/gelezen/", views.alles_gelezen, name="alles_gelezen"),
    path("account/berichten/<int:pk>/open/", views.open_bericht, name="open"),
    path("werk/berichten/", views.wachtend, name="wachtend"),
    path("werk/berichten/herroep/", views.herroep, name="herroep"),
    path("werk/berichten/opnieuw/", views.samen_opnieuw, name="samen_opnieuw"),
    path("werk/berichten/<int:pk>/opnieuw/", views.opnieuw, name="opnieuw"),
]
