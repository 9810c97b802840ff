"""/lezen/: het beginscherm van leden."""

from django.urls import path

from werkplek.views import lezen

app_name = "werkplek_lezen"
urlpatterns = [path("", lezen.lezen, name="lezen")]
