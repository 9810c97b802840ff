"""/account/: inloggen, wachtwoord, tweede stap en het eigen account."""

from allauth.account import urls as allauth_account
from allauth.mfa import urls as allauth_mfa
from allauth.socialaccount import urls as allauth_social
from allauth.usersessions import urls as allauth_zittingen
from django.urls import URLPattern, URLResolver, include, path

from toegang.opnieuw import langs_de_poort
from toegang.routes import EIGEN_ACCOUNT, OPEN, alle_routes, omhul
from toegang.views import oidc
from toegang.views.account import account, gegevens, gegevens_bestand

# Wat nodig is vóórdat iemand binnen is; al het andere van allauth vraagt een account.
OPEN_NAMEN = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
}


# Hierna doet allauth het bewaarde formulier alsnog; dat gaat eerst langs de poort.
HERVAT = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


def _met_toegang(patronen: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    for _, route in alle_routes(patronen):
        if route.name in HERVAT:
            route.callback = langs_de_poort(route.callback)
    open_patronen: list[URLPattern | URLResolver] = [
        route for _, route in alle_routes(patronen) if route.name in OPEN_NAMEN
    ]
    omhul(open_patronen, OPEN)
    return omhul(patronen, EIGEN_ACCOUNT)


urlpatterns = [
    path("", account, name="account"),
    path("gegevens/", gegevens, name="gegevens"),
    path("gegevens/mijn-gegevens.json", gegevens_bestand, name="gegevens_bestand"),
    *_met_toegang(
        [
            path("", include(allauth_account)),
            path("tweede-stap/", include(allauth_mfa)),
            path("oidc/", include(allauth_social)),
            path("oidc/oidc/<str:provider_id>/login/", oidc.heen, name="openid_connect_login"),
            path("oidc/oidc/<str:provider_id>/login/callback/", oidc.terug, name="openid_connect_callback"),
            path("zittingen/", include(allauth_zittingen)),
        ]
    ),
]
