"""What a page says when it cannot be shown: an error of ours is a message with what to do, no stack trace."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reprieve.errors import RegisterError, ReprieveError

_API = "/api/"


class RefusalMiddleware:
    """Turns a `ReprieveError` that no page has answered into a page; the API answers for itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """As Django's middleware protocol asks."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page for an error of ours; None for any other, which is a fault of the console."""
        if not isinstance(error, ReprieveError) or request.path.startswith(_API):
            return None
        status = 503 if isinstance(error, RegisterError) else 409
        return render(request, "console/refused.html", {"error": error}, status=status)
