"""/organisatie/beraad/…: de eigen achterbanberaden van een organisatie."""

from django.urls import path

from adviezen.views import organisatie

app_name = "organisatie"
urlpatterns = [
    path("beraad/<int:pk>/", organisatie.beraad, name="beraad"),
    path("beraad/<int:pk>/tekst/", organisatie.tekst, name="tekst"),
    path("beraad/<int:pk>/punt/", organisatie.punt, name="punt"),
    path("beraad/<int:pk>/punt/<int:item>/", organisatie.punt, name="punt_wijzig"),
    path("beraad/<int:pk>/punt/<int:item>/weg/", organisatie.punt_weg, name="punt_weg"),
    path("beraad/<int:pk>/notitie/", organisatie.notitie, name="notitie"),
    path("beraad/<int:pk>/knelpunt/", organisatie.knelpunt, name="knelpunt"),
    path("beraad/<int:pk>/meelezer/", organisatie.meelezer, name="meelezer"),
    path("beraad/<int:pk>/meelezer/<int:meelezer>/stop/", organisatie.meelezer_stop, name="meelezer_stop"),
    path("beraad/<int:pk>/<slug:naam>/", organisatie.daad, name="daad"),
]
