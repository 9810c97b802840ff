"""Inloggen via de identiteitsprovider, strenger dan allauth het uit zichzelf doet.

Het antwoord van de provider moet bij de eigen vraag horen: de vraag draagt een nonce die volgt uit de staat in de
sessie, en het ID-token moet haar noemen. De handtekening wordt altijd nagekeken, ook als het token rechtstreeks van de
provider komt, en een antwoord zonder ID-token geldt niet (OpenID Connect Core 1.0, 3.1.3.7).
"""

from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

ALGORITMEN = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]


def nonce(staat: str) -> str:
    """Geef de nonce die bij deze staat hoort; de staat geldt één keer en alleen in de eigen sessie."""
    return salted_hmac("toegang.oidc", staat, algorithm="sha256").hexdigest()


class Client(OAuth2Client):
    """De vraag aan de provider, met de nonce erbij; van buiten meegegeven velden veranderen haar niet."""

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, str]) -> str:
        velden = {**extra_params, "state": self.state, "nonce": nonce(str(self.state))}
        return str(super().get_redirect_url(authorization_url, scope, velden))


class Adapter(OpenIDConnectOAuth2Adapter):
    """Leest het antwoord van de provider."""

    client_class = Client

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> Any:
        """Geef de aanmelding. Werpt OAuth2Error als het ID-token er niet is of niet klopt."""
        rauw = kwargs["response"].get("id_token")
        if not rauw:
            raise OAuth2Error("geen ID-token")
        token_inhoud = self._decode_id_token(app, rauw)
        if not constant_time_compare(str(token_inhoud.get("nonce", "")), nonce(request.GET.get("state", ""))):
            raise OAuth2Error("dit ID-token hoort niet bij deze vraag")
        userinfo = self._fetch_user_info(token.token)
        if not userinfo.get("sub") or userinfo["sub"] != token_inhoud.get("sub"):
            raise OAuth2Error("ID-token en gegevens gaan over een ander")
        return self.get_provider().sociallogin_from_response(request, {"userinfo": userinfo, "id_token": token_inhoud})

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """Geef de inhoud van het token. Werpt OAuth2Error bij alles wat niet klopt.

        Alleen ondertekend met een openbare sleutel: "none" en een gedeeld geheim gelden niet. Noemt het token geen
        sleutel (dat mag als de provider er een heeft), dan moet een van zijn sleutels passen.
        """
        try:
            naam = jwt.get_unverified_header(id_token).get("kid")
            with get_adapter().get_requests_session() as sessie:
                bekend = sessie.get(self.openid_config["jwks_uri"])
            bekend.raise_for_status()
            sleutels = [s for s in jwt.PyJWKSet.from_dict(bekend.json()).keys if naam in (None, s.key_id)]
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as fout:
            raise OAuth2Error("ongeldig ID-token") from fout
        for sleutel in sleutels:
            try:
                inhoud: dict[str, Any] = jwt.decode(
                    id_token, sleutel.key, algorithms=ALGORITMEN, audience=app.client_id,
                    issuer=self.openid_config["issuer"], options={"require": ["exp", "iat", "iss", "aud", "sub"]},
                )  # fmt: skip
            except jwt.InvalidSignatureError:
                continue
            except (jwt.PyJWTError, TypeError, ValueError) as fout:
                raise OAuth2Error("ongeldig ID-token") from fout
            return inhoud
        raise OAuth2Error("geen van de sleutels van de provider past")


class Aanbieder(OpenIDConnectProvider):
    """De provider, met onze adapter en altijd PKCE."""

    pkce_enabled_default = True
    oauth2_adapter_class = Adapter


provider_classes = [Aanbieder]
