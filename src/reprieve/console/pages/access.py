"""Who may do what on a page: reading needs a person, acting needs a POST by one."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
"""A function from a request, and what its address holds, to an answer."""


def reading(view: View[P]) -> View[P]:
    """A page that anybody who is signed in may read; a stranger is sent to sign in."""
    return require_safe(by_a_person(view))


def acting(view: View[P]) -> View[P]:
    """Something that is done: only by POST, only by somebody who is signed in."""
    return require_POST(by_a_person(view))


def by_a_person(view: View[P]) -> View[P]:
    """Whatever the method is, only for somebody who is signed in."""

    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.viewer is None:  # type: ignore[attr-defined]  # people.viewer sets it
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return functools.update_wrapper(checked, view)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = "/sign-in/"
        return answer
    following = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return HttpResponseRedirect("/sign-in/" + (f"?{following}" if following else ""))
