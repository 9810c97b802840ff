"""/organisatie/beraad/…: de eigen achterbanberaden van een organisatie."""

from django.urls import path

from adviezen.views import antwoorden, meelezen, organisatie, woordreactie

app_name = "organisatie"
urlpatterns = [
    path("beraad/<int:pk>/", organisatie.beraad, name="beraad"),
    path("beraad/<int:pk>/tekst/", organisatie.tekst, name="tekst"),
    path("beraad/<int:pk>/punt/", organisatie.punt, name="punt"),
    path("beraad/<int:pk>/punt/<int:item>/", organisatie.punt, name="punt_wijzig"),
    path("beraad/<int:pk>/punt/<int:item>/weg/", organisatie.punt_weg, name="punt_weg"),
    path("beraad/<int:pk>/inlezen/", woordreactie.inlezen, name="inlezen"),
    path("beraad/<int:pk>/notitie/", organisatie.notitie, name="notitie"),
    path("beraad/<int:pk>/knelpunt/", organisatie.knelpunt, name="knelpunt"),
    path("beraad/<int:pk>/meer-tijd/", organisatie.meer_tijd, name="meer_tijd"),
    path("beraad/<int:pk>/knelpunt/<int:knelpunt>/antwoord/", meelezen.knelpunt_antwoord, name="knelpunt_antwoord"),
    path("beraad/<int:pk>/meelezer/", meelezen.meelezer, name="meelezer"),
    path("beraad/<int:pk>/meelezer/<int:meelezer>/stop/", meelezen.meelezer_stop, name="meelezer_stop"),
    path("beraad/<int:pk>/antwoorden/", antwoorden.antwoorden, name="antwoorden"),
    path("beraad/<int:pk>/antwoorden/bestand/", antwoorden.antwoorden_bestand, name="antwoorden_bestand"),
    path("beraad/<int:pk>/mede/", meelezen.vraag_mede, name="vraag_mede"),
    path("beraad/<int:pk>/mede/<int:mede>/", meelezen.mede, name="mede"),
    path("beraad/<int:pk>/mede/<int:mede>/weg/", meelezen.mede_weg, name="mede_weg"),
    path("uitnodiging/<int:pk>/", meelezen.uitnodiging, name="uitnodiging"),
    path("uitnodiging/nieuw/<str:code>/", meelezen.uitnodiging_nieuw, name="uitnodiging_nieuw"),
    path("beraad/<int:pk>/<slug:naam>/", organisatie.daad, name="daad"),
]
