"""De adressen van het portaal (ontwerp §7)."""

from django.urls import include, path

from toegang.routes import OPEN, omhul
from toegang.views.gezond import gezond

urlpatterns = [
    path("gezond/", gezond, name="gezond"),
    *omhul([path("account/", include("allauth.urls"))], OPEN),
]
