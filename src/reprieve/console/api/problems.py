"""Errors of the API, all of one shape: problem details (RFC 9457)."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from reprieve.console.desk import NotAllowedError, UnknownError
from reprieve.errors import RegisterError, ReportError, ReprieveError, UsageError

MEDIA_TYPE = "application/problem+json"
ROOT = "/api/"


class Invalid(msgspec.Struct, frozen=True):
    """One value of a request that is not what was expected."""

    where: str
    """`query.status`, `body.scope.0.checks`."""
    message: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is wrong with a request, or with us. `type` is always `about:blank`: the status says the kind."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"
    where: str | None = None
    """The file, line or value that it is about."""
    hint: str | None = None
    """What to do."""
    errors: tuple[Invalid, ...] = ()
    """Each value that is wrong, where several may be."""


class InsufficientScopeError(Exception):
    """The token may not do this (RFC 6750, section 3.1)."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


def answer(
    status: int,
    detail: str,
    *,
    where: str | None = None,
    hint: str | None = None,
    errors: tuple[Invalid, ...] = (),
    headers: Mapping[str, str] = {},
) -> HttpResponse:
    """A problem as a response."""
    problem = Problem(HTTPStatus(status).phrase, status, detail, where=where, hint=hint, errors=errors)
    return HttpResponse(
        msgspec.json.encode(problem),
        status=status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **headers},
    )


def of_ours(error: ReprieveError) -> HttpResponse:
    """An error of ours: who may not, what is not there, what the process refuses, what cannot be read."""
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
    retry = {"Retry-After": "10"} if status == 503 else {}
    return answer(status, error.message, where=error.where, hint=error.hint, headers=retry)


_STATUS: Mapping[type[ReprieveError], int] = {
    NotAllowedError: 403,
    UnknownError: 404,
    UsageError: 422,
    ReportError: 422,
    RegisterError: 503,
}
"""The first that fits."""


def handlers() -> list[tuple[type[Exception], Callable[[HttpRequest, Any], HttpResponse]]]:
    """What ninja calls for each kind of error."""
    return [
        (ReprieveError, lambda _request, error: of_ours(error)),
        (ValidationError, lambda _request, error: _invalid(error)),
        (AuthenticationError, lambda _request, _error: unknown_caller()),
        (InsufficientScopeError, lambda _request, error: _insufficient(error)),
        (Throttled, lambda _request, error: _throttled(error)),
        (RequestDataTooBig, lambda _request, _error: answer(413, "the request is larger than 1 MB")),
        (HttpError, lambda _request, error: answer(error.status_code, str(error))),
        (Http404, lambda _request, _error: answer(404, "there is no such thing")),
    ]


def refuse_unknown(given: Iterable[str], known: Iterable[str]) -> None:
    """Refuses a parameter that there is not: a filter with a typing error would let everything through."""
    names = set(known)
    for name in given:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(sorted(names))}"
            raise UsageError("there is no such parameter", where=f"query.{name[:100]}", hint=hint)


def unknown_caller() -> HttpResponse:
    """401: no token, one that is not ours, is over or revoked; no session either."""
    return answer(
        401,
        "a token is needed, or a session",
        hint="Authorization: Bearer …, with a token from /settings/",
        headers={"WWW-Authenticate": 'Bearer realm="reprieve"'},
    )


def _insufficient(error: InsufficientScopeError) -> HttpResponse:
    challenge = f'Bearer realm="reprieve", error="insufficient_scope", scope="{error.scope}"'
    return answer(403, f"the token lacks the scope {error.scope}", headers={"WWW-Authenticate": challenge})


def _throttled(error: Throttled) -> HttpResponse:
    return answer(429, "too many requests", headers={"Retry-After": str(int(error.wait or 1) + 1)})


def _invalid(error: ValidationError) -> HttpResponse:
    found = tuple(
        Invalid(".".join(map(str, one.get("loc", ()))), str(one.get("msg", "not valid")))
        for one in error.errors
    )
    detail = f"{found[0].where}: {found[0].message}" if len(found) == 1 else "several values are not valid"
    return answer(422, detail, errors=found)


class ProblemMiddleware:
    """Gives the errors that are not ninja's, below `/api/`, the same shape: 404, 405, 500, a bad host."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """As Django's middleware protocol asks."""
        response = self._get_response(request)
        if not request.path.startswith(ROOT):
            return response
        response["Cache-Control"] = "no-store"
        kind = response.headers.get("Content-Type", "")
        if response.status_code < 400 or kind.startswith(MEDIA_TYPE):
            return response
        kept = {name: response.headers[name] for name in ("Allow", "Retry-After") if name in response.headers}
        return answer(
            response.status_code, _DETAIL.get(response.status_code, "it did not work"), headers=kept
        )


_KEPT = ("Allow", "Retry-After")
_DETAIL = {
    400: "the request cannot be read",
    404: "there is no such thing",
    405: "this method is not offered here",
    413: "the request is too large",
    500: "this is a bug in reprieve",
}
