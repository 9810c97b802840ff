"""Adressen onder /werk/termijnen/."""

from django.urls import path

from termijnen import views

app_name = "termijnen"
urlpatterns = [
    path("", views.lijst, name="lijst"),
    path("<int:pk>/", views.termijn, name="termijn"),
    path("<int:pk>/<slug:naam>/", views.handeling, name="handeling"),
]
