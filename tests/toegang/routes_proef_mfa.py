from django.http import HttpResponse
from django.urls import path

from tests.toegang.routes_proef import urlpatterns as proef
from toegang.routes import eigen_account

urlpatterns = [
    *proef,
    path("tweede-stap/", eigen_account(lambda request: HttpResponse("stel in")), name="mfa_index"),
]
