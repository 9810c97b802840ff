"""/werk/archief/: PDF's bij oudere stukken."""

from django.urls import path

from publicatie import views

app_name = "publicatie"
urlpatterns = [
    path("", views.archief, name="archief"),
    path("<int:pk>/", views.scan, name="scan"),
    path("<int:pk>/weg/", views.scan_weg, name="scan_weg"),
]
