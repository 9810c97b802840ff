"""De adressen van bewaren en vernietigen, onder /werk/archief/vernietiging/."""

from django.urls import path

from vernietiging import views

app_name = "vernietiging"
urlpatterns = [
    path("", views.overzicht, name="overzicht"),
    path("stel-voor/", views.stel_voor, name="stel_voor"),
    path("<int:pk>/", views.lijst, name="lijst"),
    path("<int:pk>/<slug:naam>/", views.besluit, name="besluit"),
    path("post/<int:pk>/rijen/", views.rijen, name="rijen"),
    path("post/<int:pk>/uitzonderen/", views.uitzonderen, name="uitzonderen"),
]
