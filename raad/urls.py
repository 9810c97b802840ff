"""Adressen van de raad, achter /werk/raad/."""

from django.urls import path

from raad.views import buiten, daden, indeling, overzicht

app_name = "raad"
urlpatterns = [
    path("", overzicht.overzicht, name="overzicht"),
    path("personen/nieuw/", daden.nieuwe_persoon, name="nieuwe-persoon"),
    path("personen/<int:pk>/", overzicht.persoon, name="persoon"),
    path("personen/<int:pk>/account/", daden.account, name="account"),
    path("organisaties/nieuw/", daden.organisatie, name="organisatie"),
    path("benoem/", daden.benoem, name="benoem"),
    path("benoemingen/<int:pk>/beeindig/", daden.beeindig, name="beeindig"),
    path("benoemingen/<int:pk>/aanvaard/", daden.aanvaard, name="aanvaard"),
    path("benoemingen/<int:pk>/afwijzing/", daden.afwijzing, name="afwijzing"),
    path("voorzitter/", daden.voorzitter, name="voorzitter"),
    path("voorzitter/<int:pk>/beeindig/", daden.beeindig_voorzitter, name="beeindig-voorzitter"),
    path("dagelijks-bestuur/", daden.bestuurslid, name="bestuurslid"),
    path("dagelijks-bestuur/<int:pk>/beeindig/", daden.beeindig_bestuurslid, name="beeindig-bestuurslid"),
    path("coordinatoren/", daden.contact, name="contact"),
    path("coordinatoren/<int:pk>/beeindig/", daden.beeindig_contact, name="beeindig-contact"),
    path("perioden/nieuw/", daden.periode, name="periode"),
    path("volgende-periode/", indeling.zetels, name="volgende-periode"),
    path("volgende-periode/indeling/", indeling.indeling, name="indeling"),
    path("bekendmaking/", buiten.bekendmaking, name="bekendmaking"),
    path("nevenfuncties/", buiten.nevenfuncties, name="nevenfuncties"),
    path("personen/<int:pk>/nevenfunctie/", buiten.nevenfunctie, name="nevenfunctie"),
    path("nevenfuncties/<int:pk>/beeindig/", buiten.beeindig_nevenfunctie, name="beeindig-nevenfunctie"),
    path("ministeries/", buiten.vertegenwoordiger, name="vertegenwoordiger"),
    path("ministeries/<int:pk>/beeindig/", buiten.beeindig_vertegenwoordiger, name="beeindig-vertegenwoordiger"),
]
