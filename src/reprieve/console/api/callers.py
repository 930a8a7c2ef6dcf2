"""Who calls the API: a token that carries a scope, or a session, whose form token shows that it is our page.

Either way the caller is a person, with the roles that the charter gives them now.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyBase
from ninja.throttling import SimpleRateThrottle
from ninja.utils import check_csrf

from reprieve.console.api.problems import InsufficientScopeError
from reprieve.console.people import tokens
from reprieve.console.people.tokens import Scope
from reprieve.console.people.viewer import Viewer, viewer_of


class ByToken(HttpBearer):
    """`Authorization: Bearer rpv_…` (RFC 6750), with a scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """The person of a living token. Errors: `InsufficientScopeError`."""
        found = tokens.bearer(token)
        if found is None:
            return None
        if self.scope not in found.scopes:
            raise InsufficientScopeError(self.scope)
        viewer = viewer_of(found.user.get_full_name(), found.user.email)
        request.viewer, request.token = viewer, found  # type: ignore[attr-defined]
        return viewer


class BySession(APIKeyBase):
    """The session of somebody who is signed in to the pages; a change needs the form token as well (CSRF)."""

    openapi_in = "cookie"

    def __init__(self, cookie: str) -> None:
        self.param_name = cookie
        super().__init__()

    def _get_key(self, request: HttpRequest) -> str | None:
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:  # noqa: ARG002
        """The viewer. Errors: `HttpError` 403 without the form token."""
        viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]  # people.viewer sets it
        if viewer is None or "Authorization" in request.headers:
            return None
        if check_csrf(request) is not None:
            raise HttpError(403, "the form token (X-CSRFToken) is missing or another's")
        return viewer


def needs(scope: Scope) -> list[Any]:
    """What an operation's `auth` is: a token with this scope, or a session."""
    from django.conf import settings

    return [ByToken(scope), BySession(settings.SESSION_COOKIE_NAME)]


def caller(request: HttpRequest) -> Viewer:
    """The person who calls, once `needs` has let them in."""
    found: Viewer = request.viewer  # type: ignore[attr-defined]
    return found


class PerPerson(SimpleRateThrottle):
    """So many requests a minute, of one person in one worker process."""

    def __init__(self, kind: str, rate: str) -> None:
        super().__init__(rate)
        self._kind = kind

    def get_cache_key(self, request: HttpRequest) -> str:
        """By the person's account; `needs` comes first."""
        return f"rate-{self._kind}-{caller(request).email}"
