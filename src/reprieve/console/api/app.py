"""The REST API: version 1, below `/api/v1/`. The same words as the command line's JSON."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja.openapi.docs import Swagger

from reprieve.console.api import audit, exceptions, findings, gate, overviews, problems, reviews, scans, steps
from reprieve.console.api.callers import PerPerson, caller, needs
from reprieve.console.api.documents import document, gives
from reprieve.console.api.openapi import Api
from reprieve.console.pages.access import reading
from reprieve.console.pages.policy import policy

_DESCRIPTION = """Everything that the pages do. A token comes from the page Settings, and acts as the person
who made it: `Authorization: Bearer rpv_…`. Lists come in pages, `next` leads to the following one. Errors are
problem details (RFC 9457)."""


class Me(msgspec.Struct, frozen=True):
    """Who calls, and what they may do."""

    name: str
    email: str
    roles: tuple[str, ...]
    """By the charter in force."""
    scopes: list[str] | None
    """Of the token; null for a session, which may do all that the person may."""


def _made() -> Api:
    """The API with all its operations."""
    api = Api(
        title="Reprieve",
        version="1",
        description=_DESCRIPTION,
        urls_namespace="api",
        docs_url=None,  # `docs_page`: for people who are signed in
        throttle=PerPerson("api", "1200/m"),
    )
    for kind, handler in problems.handlers():
        api.add_exception_handler(kind, handler)
    api.add_router("/exceptions", exceptions.router)
    api.add_router("/exceptions", steps.router)
    api.add_router("/findings", findings.router)
    api.add_router("/gate", gate.router)
    api.add_router("/scans", scans.router)
    api.add_router("/reviews", reviews.router)
    api.add_router("/audit", audit.router)
    api.add_router("", overviews.router)

    @api.get("/me", auth=needs("read"), tags=["people"])
    @gives(Me)
    def get_me(request: HttpRequest) -> HttpResponse:
        """Who calls, with which roles and scopes."""
        viewer, token = caller(request), getattr(request, "token", None)
        return document(Me(viewer.name, viewer.email, viewer.roles, token.scopes if token else None))

    return api


@reading
def docs_page(request: HttpRequest) -> HttpResponse:
    """`/api/v1/docs`: Swagger UI as it is installed. It styles inline, so it has a policy of its own."""
    swagger = Swagger(settings={"persistAuthorization": False, "validatorUrl": None})
    page = swagger.render_page(request, api)
    page["Content-Security-Policy"] = policy(style_src="'self' 'unsafe-inline'")
    return page


api = _made()
