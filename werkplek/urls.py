"""De adressen van de werkplek, onder /werk/."""

from django.urls import path

from werkplek.views.bouwstenen import bouwstenen
from werkplek.views.voorproef import voorproef
from werkplek.views.waarom import waarom
from werkplek.views.werk import werk

app_name = "werkplek"
urlpatterns = [
    path("", werk, name="werk"),
    path("trajecten/<slug:slug>/voorproef/", voorproef, name="voorproef"),
    path("waarom/", waarom, name="waarom"),
    path("bouwstenen/", bouwstenen, name="bouwstenen"),
]
