"""The way in: its page, and where a person goes on to from there."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from reprieve.console.config import config
from reprieve.console.pages.policy import policy


def on_this_host(request: HttpRequest, wanted: str) -> str:
    """`wanted` when it is a path of ours; `/` for any other (CWE-601)."""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/") else "/"


@never_cache
def page(request: HttpRequest, onward: str = "/", refused: str = "", status: int = 200) -> HttpResponse:
    """How to sign in here, and why it did not work.

    Its form is answered with a redirect to the identity provider, which browsers hold to `form-action` too.
    """
    settings = config()
    context = {
        "oidc": settings.oidc_url,
        "proxy": settings.proxy_header,
        "next": onward,
        "refused": refused,
    }
    answer = render(request, "console/sign_in.html", context, status=status)
    if settings.oidc_url:
        issuer = urlsplit(settings.oidc_url)
        answer["Content-Security-Policy"] = policy(
            form_action=f"'self' https: {issuer.scheme}://{issuer.netloc}"
        )
    return answer
