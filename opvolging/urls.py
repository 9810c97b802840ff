"""/werk/opvolging/: de klokken van drie maanden en de kabinetsreacties."""

from django.urls import path

from opvolging import views

app_name = "opvolging"
urlpatterns = [
    path("", views.lijst, name="lijst"),
    path("nieuw/", views.nieuw, name="nieuw"),
    path("<int:pk>/", views.reactie, name="reactie"),
    path("<int:pk>/bestand/", views.bestand, name="bestand"),
]
