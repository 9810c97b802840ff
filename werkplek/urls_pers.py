"""De adressen van een journalist onder embargo, onder /pers/."""

from django.urls import path

from werkplek.views import pers

app_name = "pers"
urlpatterns = [
    path("", pers.lijst, name="lijst"),
    path("<int:pk>/", pers.advies, name="advies"),
    path("<int:pk>/pdf/", pers.pdf, name="pdf"),
    path("<int:pk>/pdf/bestand/", pers.pdf_bestand, name="pdf_bestand"),
    path("uitnodiging/<str:code>/", pers.uitnodiging, name="uitnodiging"),
]
