"""/organisatie/: het beginscherm van een organisatie."""

from django.urls import path

from werkplek.views import organisatie

app_name = "werkplek_organisatie"
urlpatterns = [path("", organisatie.organisatie, name="organisatie")]
