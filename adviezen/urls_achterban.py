"""/werk/achterban/: alle open achterbanberaden naast elkaar."""

from django.urls import path

from adviezen.views import beraad

app_name = "achterban"
urlpatterns = [path("", beraad.matrix, name="matrix")]
