"""Signing in by OpenID Connect: django-allauth speaks the protocol, the accounts are ours.

What is believed: an ID token of the one configured issuer, for our client, signed by a key of its JWKS, with
an address that the issuer says is verified (OpenID Connect Core 1.0, sections 3.1.3.7 and 5.1). Nothing else
of allauth is reachable: no sign-up, no passwords, no accounts to connect.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from reprieve.console.config import config
from reprieve.console.people import door
from reprieve.console.people.accounts import user_for
from reprieve.errors import UsageError
from reprieve.register.writing.commits import Identity

_LOG = logging.getLogger("reprieve.console")
ISSUER = "console"
"""What allauth calls our one issuer."""
_BACKEND = "reprieve.console.people.backend.LinkBackend"


class Protocol(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth is not typed
    """allauth's OpenID Connect, with the signature of each ID token checked."""

    def get_provider(self) -> Any:
        """allauth's provider, which asks this very class for addresses."""
        provider = super().get_provider()
        provider.oauth2_adapter_class = Protocol
        return provider

    @property
    def openid_config(self) -> dict[str, Any]:
        """The issuer's metadata, which must be its own (OpenID Connect Discovery 1.0, section 4.3)."""
        found: dict[str, Any] = super().openid_config
        issuer = str(found.get("issuer"))
        if issuer.rstrip("/") != str(config().oidc_url).rstrip("/"):
            raise OAuth2Error(f"the issuer calls itself {issuer!r}, not {config().oidc_url!r}")
        return found

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002  (allauth's interface)
        """By the console's configured address, whatever host the request names."""
        path = reverse("openid_connect_callback", kwargs={"provider_id": self.provider_id})
        return config().url.rstrip("/") + path

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **given: Any) -> Any:
        """A sign-in by the claims of the ID token, or of the userinfo endpoint where that has no address."""
        encoded = given["response"].get("id_token")
        if not encoded:
            raise OAuth2Error("the issuer gave no ID token")
        claims = self._decode_id_token(app, encoded)
        if "email" not in claims:
            told = self._fetch_user_info(token.token)
            if told.get("sub") != claims["sub"]:  # section 5.3.2
                raise OAuth2Error("the userinfo endpoint speaks of somebody else")
            claims = {**told, **claims}
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """Always with its signature, also when it comes from the token endpoint itself."""
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )
        if not isinstance(claims.get("sub"), str):
            raise OAuth2Error("the ID token names no subject")
        return claims


class Doorkeeper(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Takes a finished sign-in out of allauth's hands, before it makes or connects any account."""

    def get_app(self, _request: HttpRequest, provider: str, **_wanted: Any) -> SocialApp:
        """The one issuer of the console's settings; rows of a database are nobody's issuer."""
        settings = config()
        if not settings.oidc_url or provider not in {ISSUER, "openid_connect"}:
            raise SocialApp.DoesNotExist
        return SocialApp(
            provider="openid_connect",
            provider_id=ISSUER,
            name="OpenID Connect",
            client_id=settings.oidc_client,
            secret=settings.oidc_secret,
            settings={
                "server_url": settings.oidc_url.rstrip("/") + "/.well-known/openid-configuration",
                "oauth_pkce_enabled": True,
            },
        )

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Signs the person of a verified address in; refuses everybody else."""
        claims: Mapping[str, Any] = sociallogin.account.extra_data["id_token"]
        reason = refusal(claims)
        if reason:
            _LOG.warning("sign-in refused: %s", reason)
            raise ImmediateHttpResponse(_refused(request, reason))
        try:
            user = user_for(Identity(str(claims.get("name") or ""), str(claims["email"])))
        except UsageError as error:
            raise ImmediateHttpResponse(_refused(request, error.message)) from None
        if not user.is_active:
            raise ImmediateHttpResponse(_refused(request, "this account has been closed"))
        wanted = str(sociallogin.state.get("next") or "/")
        login(request, user, backend=_BACKEND)
        raise ImmediateHttpResponse(HttpResponseRedirect(door.on_this_host(request, wanted)))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,  # noqa: ARG002  (allauth's interface)
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,  # noqa: ARG002
    ) -> None:
        """Our page instead of allauth's; the reason goes to the log only, as it may quote the issuer."""
        _LOG.warning("sign-in failed: %s", exception or error)
        raise ImmediateHttpResponse(_refused(request, "signing in did not work; try again"))

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: Any) -> bool:
        """Never: accounts are made in `pre_social_login` alone."""
        return False


def refusal(claims: Mapping[str, Any]) -> str:
    """Why these claims sign nobody in; empty when they do."""
    address = claims.get("email")
    if not isinstance(address, str) or not address:
        return "the issuer gave no e-mail address"
    verified = claims.get("email_verified")
    if verified is not True and verified != "true":
        return f"{address[:200]} is not verified by the issuer"
    domains = {domain.lower().lstrip("@") for domain in config().oidc_domains}
    if domains and address.rpartition("@")[2].lower() not in domains:
        return f"{address[:200]} is of no domain that may sign in here"
    return ""


@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """`/oidc/console/login/`: on to the issuer; by POST, so that no other site can start it."""
    return _answer(OAuth2LoginView, request, provider_id)


@require_safe
def finish(request: HttpRequest, provider_id: str) -> HttpResponse:
    """`/oidc/console/login/callback/`: back from the issuer."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    if not config().oidc_url or provider_id != ISSUER:
        raise Http404
    try:
        answer: HttpResponse = view.adapter_view(Protocol(request, provider_id))(request)
    except (OAuth2Error, OSError, ValueError, KeyError, TypeError) as error:
        # A metadata document or a token that is not what the standard says, or an issuer that is away.
        _LOG.warning("sign-in failed: %r", error)
        return _refused(request, "the identity provider could not be asked; try again later")
    return answer


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    return door.page(request, refused=reason, status=403)
