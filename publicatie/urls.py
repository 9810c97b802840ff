"""/werk/archief/: PDF's bij oudere stukken."""

from django.urls import path

from publicatie import views

app_name = "publicatie"
urlpatterns = [
    path("", views.archief, name="archief"),
    path("<int:pk>/", views.scan, name="scan"),
]
