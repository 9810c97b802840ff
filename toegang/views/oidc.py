"""De heenweg en de terugweg van inloggen via de identiteitsprovider."""

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

from toegang.oidc import Adapter
from toegang.routes import open_route


@open_route
def heen(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Stuur door naar de provider; zonder provider met deze naam is het een 404."""
    return _doe(OAuth2LoginView, request, provider_id)


@open_route
def terug(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lees het antwoord van de provider en log in, of zeg dat het niet lukte."""
    return _doe(OAuth2CallbackView, request, provider_id)


def _doe(
    soort: type[OAuth2LoginView] | type[OAuth2CallbackView], request: HttpRequest, provider_id: str
) -> HttpResponse:
    adapter = Adapter(request, provider_id)
    try:
        antwoord: HttpResponse = soort.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (RequestException, KeyError, ValueError) as fout:
        # De provider is weg, of zijn beschrijving is geen beschrijving.
        antwoord = render_authentication_error(request, adapter.get_provider(), exception=fout)
    return antwoord
