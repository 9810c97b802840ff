"""/volgen/ voor lezers van buiten, /werk/nieuwsupdate/ voor communicatie."""

from django.urls import path

from dialoog.views import nieuwsupdate, volgen

app_name = "dialoog"
urlpatterns = [
    path("volgen/", volgen.aanmelden, name="aanmelden"),
    path("volgen/verstuurd/", volgen.verstuurd, name="verstuurd"),
    path("volgen/bevestig/<str:token>/", volgen.bevestig, name="bevestig"),
    path("volgen/beheer/<str:token>/", volgen.beheer, name="beheer"),
    path("volgen/stop/<str:token>/", volgen.stop, name="stop"),
    path("werk/nieuwsupdate/", nieuwsupdate.lijst, name="nieuwsupdates"),
    path("werk/nieuwsupdate/samenstellen/", nieuwsupdate.stel_samen, name="stel_samen"),
    path("werk/nieuwsupdate/<int:pk>/", nieuwsupdate.nieuwsupdate, name="nieuwsupdate"),
    path("werk/nieuwsupdate/<int:pk>/vrijgeven/", nieuwsupdate.geef_vrij, name="geef_vrij"),
    path("werk/nieuwsupdate/<int:pk>/herroepen/", nieuwsupdate.herroep, name="herroep"),
]
