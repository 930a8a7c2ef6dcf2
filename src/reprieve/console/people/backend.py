"""Django's side of the sign-in link: it only loads users; `links.redeem` has decided."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.http import HttpRequest


class LinkBackend(ModelBackend):
    """There are no passwords, so nobody is ever authenticated by one."""

    def authenticate(self, _request: HttpRequest | None, **_credentials: object) -> User | None:  # type: ignore[override]
        """Nobody."""
        return None
