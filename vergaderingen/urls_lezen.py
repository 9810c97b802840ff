"""Adressen onder /lezen/vergaderingen/."""

from django.urls import path

from vergaderingen.views import abonnement, agenda, bundel, lezen, thema

app_name = "vergaderingen_lezen"
urlpatterns = [
    path("", lezen.lijst, name="lijst"),
    path("abonnement/", abonnement.abonnement, name="abonnement"),
    path("<int:pk>/", lezen.vergadering, name="vergadering"),
    path("<int:pk>/besluiten/", lezen.besluiten, name="besluiten"),
    path("<int:pk>/stuk/<int:punt>/", agenda.stuk, name="stuk"),
    path("<int:pk>/bundel/", bundel.bundel, name="bundel"),
    path("<int:pk>/bundel/bestand/", bundel.bestand, name="bundel-bestand"),
    path("<int:pk>/thema/<int:punt>/", thema.eigen_stickers, name="stickers"),
    path("<int:pk>/komst/", lezen.komst, name="komst"),
    path("<int:pk>/teken/", lezen.teken, name="teken"),
    path("<int:pk>/peiling/<int:ronde>/", lezen.peiling, name="peiling"),
]
