"""Adressen van de commissies, achter /werk/commissies/."""

from django.urls import path

from commissies import views

app_name = "commissies"
urlpatterns = [
    path("", views.lijst, name="lijst"),
    path("instellen/", views.stel_in, name="stel-in"),
    path("<slug:slug>/", views.commissie, name="commissie"),
    path("<slug:slug>/benoem/", views.benoem, name="benoem"),
    path("<slug:slug>/leden/<int:pk>/beeindig/", views.beeindig, name="beeindig"),
    path("<slug:slug>/opheffen/", views.hef_op, name="hef-op"),
    path("<slug:slug>/mandaat/", views.mandaat, name="mandaat"),
    path("<slug:slug>/omzetten/", views.zet_om, name="zet-om"),
]
