"""Who is looking: a name, an address, and the roles that the charter gives it."""

from __future__ import annotations

import functools
from collections.abc import Callable

import msgspec
from django.http import HttpRequest, HttpResponse

from reprieve.console.index.glance import glance, one_look
from reprieve.record.charter import Charter
from reprieve.register.writing.commits import Identity


class Viewer(msgspec.Struct, frozen=True):
    """A person on a page or behind a token."""

    name: str
    email: str
    roles: tuple[str, ...] = ()

    @property
    def identity(self) -> Identity:
        """As the author of a commit."""
        return Identity(self.name, self.email)


def charter_in_force() -> Charter:
    """As the index knows it; the defaults, with nobody in any role, before the first sync."""
    return _decoded(bytes(glance().charter))


@functools.lru_cache(maxsize=2)
def _decoded(kept: bytes) -> Charter:
    return msgspec.msgpack.decode(kept, type=Charter) if kept else Charter(version=1)


def viewer_of(name: str, email: str) -> Viewer:
    """A person with the roles that the charter on the protected branch gives them."""
    charter = charter_in_force()
    address = email.lower()
    return Viewer(name or email, address, charter.roles_of(address))


class ViewerMiddleware:
    """Sets `request.viewer`; None for a stranger."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """As Django's middleware protocol asks."""
        with one_look():
            user = request.user
            signed_in = user.is_authenticated and bool(user.email)
            request.viewer = viewer_of(user.get_full_name(), user.email) if signed_in else None  # type: ignore[union-attr, attr-defined]
            return self._get_response(request)
