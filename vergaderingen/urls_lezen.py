"""Adressen onder /lezen/vergaderingen/."""

from django.urls import path

from vergaderingen.views import agenda, lezen

app_name = "vergaderingen_lezen"
urlpatterns = [
    path("", lezen.lijst, name="lijst"),
    path("<int:pk>/", lezen.vergadering, name="vergadering"),
    path("<int:pk>/stuk/<int:punt>/", agenda.stuk, name="stuk"),
]
