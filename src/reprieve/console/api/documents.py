"""What the API gives: structs as JSON, the same as the command line prints, and their schemas for OpenAPI."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound=Callable[..., Any])


def document(value: Any, status: int = 200, headers: Mapping[str, str] = {}) -> HttpResponse:
    """A struct as the body of a response."""
    return HttpResponse(
        msgspec.json.encode(value), status=status, content_type="application/json", headers=dict(headers)
    )


def gives(type_: Any, status: int = 200, description: str = "OK") -> Callable[[View], View]:
    """Says in the OpenAPI document what an operation answers with: a struct, as msgspec describes it."""

    def mark(view: View) -> View:
        view.gives = (status, type_, description)  # type: ignore[attr-defined]
        return view

    return mark


def onward(request: HttpRequest, **changes: object) -> str:
    """The same address with other parameters: where the next page is."""
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return f"{request.path}?{urlencode(list(query.lists()), doseq=True)}"


def linked(value: Any, following: str | None) -> HttpResponse:
    """One page of a list; a `Link` leads to the next (RFC 8288)."""
    return document(value, headers={"Link": f'<{following}>; rel="next"'} if following else {})
