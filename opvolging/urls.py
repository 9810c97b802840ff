"""/werk/opvolging/: de klokken van drie maanden, de kabinetsreacties, en per aanbeveling wat ervan kwam."""

from django.urls import path

from opvolging.views import aanbeveling, evaluatie, jaarverslag, klok, reactie

app_name = "opvolging"
urlpatterns = [
    path("", reactie.lijst, name="lijst"),
    path("nieuw/", reactie.nieuw, name="nieuw"),
    path("<int:pk>/", reactie.reactie, name="reactie"),
    path("<int:pk>/bestand/", reactie.bestand, name="bestand"),
    path("<int:pk>/intrekken/", reactie.trek_in, name="trek_in"),
    path("aanbevelingen/", aanbeveling.lijst, name="aanbevelingen"),
    path("aanbevelingen/<int:pk>/", aanbeveling.aanbeveling, name="aanbeveling"),
    path("bewijs/<int:pk>/intrekken/", aanbeveling.trek_bewijs_in, name="trek_bewijs_in"),
    path("bewijs/<int:pk>/bestand/", aanbeveling.bewijsbestand, name="bewijsbestand"),
    path("evaluaties/", evaluatie.lijst, name="evaluaties"),
    path("adviezen/<slug:kenmerk>/evaluatie/", evaluatie.evaluatie, name="evaluatie"),
    path("adviezen/<slug:kenmerk>/evaluatie/plan/", evaluatie.plan, name="plan_evaluaties"),
    path("jaarverslag/", jaarverslag.lijst, name="jaarverslagen"),
    path("jaarverslag/<int:jaar>/", jaarverslag.jaarverslag, name="jaarverslag"),
    path("jaarverslag/<int:jaar>/aanbieden/", jaarverslag.aanbieden, name="jaarverslag_aanbieden"),
    path("jaarverslag/<int:jaar>/herroep/", jaarverslag.herroep, name="jaarverslag_herroep"),
    path("jaarverslag/<int:jaar>/word/", jaarverslag.word, name="jaarverslag_word"),
    path("jaarverslag/<int:jaar>/pdf/", jaarverslag.jaarpdf, name="jaarpdf"),
    path("jaarverslag/<int:jaar>/pdf/maak/", jaarverslag.jaarpdf_maak, name="jaarpdf_maak"),
    path("jaarverslag/<int:jaar>/pdf/stand/", jaarverslag.jaarpdf_stand, name="jaarpdf_stand"),
    path("adviezen/<slug:kenmerk>/", aanbeveling.advies, name="advies"),
    path("adviezen/<slug:kenmerk>/toezegging/", klok.toezegging, name="toezegging"),
    path("toezeggingen/<int:pk>/herroep/", klok.herroep_toezegging, name="toezegging_herroep"),
    path("adviezen/<slug:kenmerk>/vrijgave/", klok.vrijgave, name="vrijgave"),
    path("adviezen/<slug:kenmerk>/brief/", klok.brief_nieuw, name="brief_nieuw"),
    path("brieven/<int:pk>/", klok.brief, name="brief"),
    path("brieven/<int:pk>/aftekenen/", klok.brief_teken_af, name="brief_teken_af"),
    path("brieven/<int:pk>/versturen/", klok.brief_verstuur, name="brief_verstuur"),
    path("brieven/<int:pk>/herroep/", klok.brief_herroep, name="brief_herroep"),
    path("brieven/<int:pk>/vervallen/", klok.brief_vervalt, name="brief_vervalt"),
    path("brieven/<int:pk>/pdf/", klok.briefpdf, name="briefpdf"),
    path("brieven/<int:pk>/pdf/maak/", klok.briefpdf_maak, name="briefpdf_maak"),
    path("brieven/<int:pk>/pdf/stand/", klok.briefpdf_stand, name="briefpdf_stand"),
    path("adviezen/<slug:kenmerk>/antwoorden/", aanbeveling.antwoorden, name="antwoorden"),
]
