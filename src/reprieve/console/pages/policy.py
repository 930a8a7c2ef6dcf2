"""What a browser may load on our pages: only what we serve, nothing inline (CSP Level 3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

_SOURCES: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy(**changes: str) -> str:
    """The policy of our pages, with other sources for some: `policy(form_action="'self' https:")`."""
    sources = {**_SOURCES, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return "; ".join(f"{name} {value}" for name, value in sources.items())


_POLICY = policy()


class ContentPolicyMiddleware:
    """Sets the policy on each answer that has none of its own, and that only its reader keeps the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """As Django's middleware protocol asks."""
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
