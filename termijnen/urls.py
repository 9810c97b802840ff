"""Adressen onder /werk/termijnen/."""

from django.urls import path

from termijnen.views import ladder, termijn

app_name = "termijnen"
urlpatterns = [
    path("", termijn.lijst, name="lijst"),
    path("ladders/", ladder.lijst, name="ladders"),
    path("ladders/<slug:soort>/", ladder.ladder, name="ladder"),
    path("<int:pk>/", termijn.termijn, name="termijn"),
    path("<int:pk>/uitstel/", termijn.uitstel, name="uitstel"),
    path("<int:pk>/<slug:naam>/", termijn.handeling, name="handeling"),
]
