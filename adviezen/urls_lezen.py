"""/lezen/versie/… en /lezen/opmerking/…: lezen en opmerken, voor ieder die de versie mag zien."""

from django.urls import path

from adviezen.views import (
    bestuur,
    brieven,
    downloads,
    inspraak,
    lezen,
    lezen_offline,
    lezen_pdf,
    opmerkingen,
    vergelijken,
    verwerking,
)

app_name = "lezen"
urlpatterns = [
    path("aanvraag/<slug:slug>/", brieven.aanvraag, name="aanvraag"),
    path("aanvraag/<slug:slug>/brief/", brieven.aanvraagbrief, name="aanvraagbrief"),
    path("werker.js", lezen_offline.werker, name="werker"),
    path("versie/<int:pk>/", lezen.versie, name="versie"),
    path("versie/<int:pk>/opmerken/", opmerkingen.opmerken, name="opmerken"),
    path("versie/<int:pk>/alinea/<slug:waar>/", lezen.alinea, name="alinea"),
    path("versie/<int:pk>/voorlopig/", lezen.voorlopig, name="voorlopig"),
    path("versie/<int:pk>/klaar/", lezen.klaar, name="klaar"),
    path("versie/<int:pk>/pdf/", lezen_pdf.pdf, name="pdf"),
    path("versie/<int:pk>/pdf/bestand/", lezen_pdf.pdf_bestand, name="pdf_bestand"),
    path("versie/<int:pk>/word/", downloads.word, name="word"),
    path("versie/<int:pk>/html/", downloads.html, name="html"),
    path("versie/<int:pk>/geschiedenis/<slug:blok>/", vergelijken.geschiedenis_van, name="geschiedenis"),
    path("vergelijk/", vergelijken.kies, name="vergelijk_kies"),
    path("vergelijk/<int:oud>/<int:nieuw>/", vergelijken.vergelijk, name="vergelijk"),
    path("opmerking/<int:pk>/antwoord/", opmerkingen.antwoord, name="antwoord"),
    path("opmerking/<int:pk>/afdoen/", opmerkingen.afdoen, name="afdoen"),
    path("verwerking/<slug:slug>/", verwerking.tabel_lezen, name="verwerking"),
    path("verwerking/<slug:slug>/verschillen/", verwerking.verschillen, name="verschillen"),
    path("inspraak/<slug:slug>/", inspraak.lezen, name="inspraak"),
    path("werkprogramma/", bestuur.werkprogramma, name="werkprogramma"),
    path("werkprogramma/<int:pk>/", bestuur.voortraject, name="voortraject"),
    path("kroonleden/", inspraak.overzicht, name="kroonleden"),
    path("kroonleden/<slug:slug>/", inspraak.overleg, name="overleg"),
]
