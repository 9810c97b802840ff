"""De adressen van de werkplek, onder /werk/."""

from django.urls import path

from werkplek.views.bouwstenen import bouwstenen

app_name = "werkplek"
urlpatterns = [
    path("bouwstenen/", bouwstenen, name="bouwstenen"),
]
