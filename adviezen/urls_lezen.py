"""/lezen/versie/… en /lezen/opmerking/…: lezen en opmerken, voor ieder die de versie mag zien."""

from django.urls import path

from adviezen.views import brieven, lezen, verwerking

app_name = "lezen"
urlpatterns = [
    path("aanvraag/<slug:slug>/", brieven.aanvraag, name="aanvraag"),
    path("aanvraag/<slug:slug>/brief/", brieven.aanvraagbrief, name="aanvraagbrief"),
    path("versie/<int:pk>/", lezen.versie, name="versie"),
    path("versie/<int:pk>/opmerken/", lezen.opmerken, name="opmerken"),
    path("versie/<int:pk>/klaar/", lezen.klaar, name="klaar"),
    path("versie/<int:pk>/pdf/", lezen.pdf, name="pdf"),
    path("versie/<int:pk>/pdf/bestand/", lezen.pdf_bestand, name="pdf_bestand"),
    path("opmerking/<int:pk>/antwoord/", lezen.antwoord, name="antwoord"),
    path("opmerking/<int:pk>/afdoen/", lezen.afdoen, name="afdoen"),
    path("verwerking/<slug:slug>/", verwerking.tabel_lezen, name="verwerking"),
]
