"""/werk/trajecten/: de werkpagina's van het secretariaat. De namen staan in adviezen/adressen.py."""

from django.urls import path

from adviezen.views import (
    aanbieding,
    aanvraag,
    agendering,
    beraad,
    correctie,
    standpunten,
    toewijzing,
    trajecten,
    versies,
    verwerking,
)

app_name = "adviezen"
urlpatterns = [
    path("", trajecten.lijst, name="lijst"),
    path("nieuw/", aanvraag.nieuw, name="nieuw"),
    path("nieuw/eigen-initiatief/", aanvraag.eigen_initiatief, name="eigen_initiatief"),
    path("<slug:slug>/", trajecten.traject, name="traject"),
    path("<slug:slug>/handeling/<slug:naam>/", trajecten.handeling, name="handeling"),
    # stap 1 en 2
    path("<slug:slug>/aanvraag/", aanvraag.wijzig, name="aanvraag"),
    path("<slug:slug>/overdragen/", aanvraag.overdragen, name="overdragen"),
    path("<slug:slug>/startbesluit/", toewijzing.startbesluit, name="startbesluit"),
    path("<slug:slug>/criteria/", toewijzing.criteria, name="criteria"),
    path("<slug:slug>/toewijzing/", toewijzing.toewijzing, name="toewijzing"),
    # stap 3, 4 en 5 (helper stappen35)
    path("<slug:slug>/versies/", versies.versies, name="versies"),
    path("<slug:slug>/versies/inlezen/", versies.inlezen, name="inlezen"),
    path("<slug:slug>/versies/schrijven/", versies.schrijven, name="schrijven"),
    path("<slug:slug>/versies/schrijfstand/", versies.schrijfstand, name="schrijfstand"),
    path("<slug:slug>/versies/schrijfstand/weg/", versies.schrijfstand_weg, name="schrijfstand_weg"),
    path("<slug:slug>/versies/vaststellen/<slug:soort>/", versies.vaststellen, name="vaststellen"),
    path("<slug:slug>/beraad/", beraad.beraad, name="beraad"),
    path("<slug:slug>/reacties/", beraad.reacties, name="reacties"),
    path("<slug:slug>/reacties/meer-tijd/", beraad.verleng, name="verleng"),
    path("<slug:slug>/reacties/openstellen/<int:ronde>/", beraad.openstellen, name="openstellen"),
    path("<slug:slug>/reacties/knelpunt/<int:pk>/", beraad.knelpunt_gezien, name="knelpunt_gezien"),
    path("<slug:slug>/verwerking/", verwerking.tabel, name="verwerking"),
    path("<slug:slug>/verwerking/<int:item>/", verwerking.voorstel, name="voorstel"),
    path("<slug:slug>/toets/", verwerking.toets, name="toets"),
    # stap 6, 7 en 8 (helper stappen68)
    path("<slug:slug>/agendering/", agendering.agendering, name="agendering"),
    path("<slug:slug>/standpunten/", standpunten.standpunten, name="standpunten"),
    path("<slug:slug>/standpunten/passage/", standpunten.passage, name="passage"),
    path("<slug:slug>/standpunten/passage/<int:pk>/", standpunten.passage, name="passage_wijzig"),
    path("<slug:slug>/standpunten/passage/<int:pk>/weg/", standpunten.passage_weg, name="passage_weg"),
    path("<slug:slug>/standpunten/nota/", standpunten.nota, name="nota"),
    path("<slug:slug>/standpunten/nota/<int:pk>/weg/", standpunten.nota_weg, name="nota_weg"),
    path("<slug:slug>/correctie/", correctie.correctie, name="correctie"),
    path("<slug:slug>/correctie/<slug:gegeven>/", correctie.corrigeer, name="corrigeer"),
    path("<slug:slug>/aanbieding/", aanbieding.aanbieding, name="aanbieding"),
    path("<slug:slug>/aanbieding/gegevens/", aanbieding.adviesgegevens_, name="adviesgegevens"),
    path("<slug:slug>/aanbieding/bevestig/", aanbieding.bevestig, name="bevestig"),
    path("<slug:slug>/aanbieding/pdf/", aanbieding.adviespdf, name="adviespdf"),
    path("<slug:slug>/aanbieding/pdf/maak/", aanbieding.adviespdf_maak, name="adviespdf_maak"),
    path("<slug:slug>/aanbieding/pdf/stand/", aanbieding.adviespdf_stand, name="adviespdf_stand"),
    path("<slug:slug>/aanbieding/brieven/", aanbieding.stel_brieven_op, name="stel_brieven_op"),
    path("<slug:slug>/aanbieding/brieven/<int:pk>/", aanbieding.brief, name="brief"),
    path("<slug:slug>/aanbieding/brieven/<int:pk>/teken-af/", aanbieding.teken_af, name="teken_af"),
    path("<slug:slug>/aanbieding/brieven/<int:pk>/pdf/", aanbieding.briefpdf, name="briefpdf"),
    path("<slug:slug>/aanbieding/brieven/<int:pk>/pdf/maak/", aanbieding.briefpdf_maak, name="briefpdf_maak"),
    path("<slug:slug>/aanbieding/brieven/<int:pk>/pdf/stand/", aanbieding.briefpdf_stand, name="briefpdf_stand"),
]
