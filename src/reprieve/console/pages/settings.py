"""Settings: what this console is set up with, what is wrong with its register, and the viewer's tokens."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from reprieve.console.config import config
from reprieve.console.index.glance import state
from reprieve.console.index.models import Case
from reprieve.console.opened import opened
from reprieve.console.own_key import own_key
from reprieve.console.pages.access import acting, reading
from reprieve.console.people import tokens
from reprieve.console.people.models import Token
from reprieve.console.people.viewer import Viewer, charter_in_force
from reprieve.errors import ReprieveError, UsageError
from reprieve.record.charter import Charter
from reprieve.register.register import Register

_PROBLEMS = 200
_PERIODS = (7, 30, 90, 180, 365)


@reading
@never_cache
def settings_page(request: HttpRequest) -> HttpResponse:
    """`/settings/`."""
    return _page(request)


@acting
@never_cache
def make_token(request: HttpRequest) -> HttpResponse:
    """`/settings/tokens`: a new token, shown in the answer and never again."""
    days = request.POST.get("days", "")
    try:
        token, secret = tokens.make(
            request.user,  # type: ignore[arg-type]  # `acting` has seen that it is a person
            request.POST.get("name", ""),
            request.POST.getlist("scopes"),
            int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0,
        )
    except UsageError as error:
        return _page(request, status=422, refused=error, given=request.POST)
    return _page(request, made=token, secret=secret)


@acting
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """`/settings/tokens/7/revoke`: one's own; anybody's, for whoever owns the charter."""
    if not tokens.revoke(request.user, pk, of_anybody=_owns_charter(request)):  # type: ignore[arg-type]
        raise Http404
    messages.success(request, "The token is revoked.")
    return HttpResponseRedirect("/settings/#tokens")


def _page(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    settings, charter, register = config(), charter_in_force(), _register()
    theirs = Token.objects.filter(user_id=request.user.pk or 0).order_by("-created")
    others = tokens.living().exclude(user_id=request.user.pk or 0).select_related("user")
    context = {
        "settings": settings,
        "remote": _shown(_remote(register) or settings.register),
        "state": state(),
        "charter": charter,
        "problems": _problems(),
        "tokens": theirs[:100],
        "others": others.order_by("user", "expires")[:200] if _owns_charter(request) else (),
        "scopes": tokens.MEANING.items(),
        "periods": [days for days in _PERIODS if days < settings.token_days] + [settings.token_days],
        "key": own_key(settings, register, charter),
        "signed": charter.signatures == "required",
        "ways_in": _ways_in(),
        "given": {},
        **more,
    }
    return render(request, "console/settings.html", context, status=status)


def _owns_charter(request: HttpRequest) -> bool:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # people.viewer sets it
    charter: Charter = charter_in_force()
    return charter.charter_owner in viewer.roles


def _register() -> Register | None:
    try:
        return opened()
    except ReprieveError:
        return None


def _remote(register: Register | None) -> str:
    if register is None or register.located.remote is None:
        return ""
    name = f"remote.{register.located.remote}.url"
    return register.git.run("config", "--default", "", "--get", name).decode()


def _shown(address: str) -> str:
    """An address without the user and password that it may hold (RFC 3986, section 3.2.1)."""
    return re.sub(r"(?<=://)[^/@\s]*@", "", address.strip())


def _problems() -> list[dict[str, str]]:
    """Of the register, and of records that they make invalid or void."""
    found = [
        {"what": problem.get("path", ""), "message": problem["message"], "hint": problem.get("hint") or ""}
        for problem in state().problems
    ]
    wrong = Case.objects.filter(leading=True, status__in=("invalid", "void")).order_by("number")[:_PROBLEMS]
    return found + [{"id": case.record_id, "message": case.standing_reason, "hint": ""} for case in wrong]


def _ways_in() -> str:
    settings = config()
    if settings.oidc_url:
        return f"OpenID Connect, by {settings.oidc_url}"
    if settings.proxy_header:
        return f"a proxy at {', '.join(settings.proxies)}, by its header {settings.proxy_header}"
    return "a link that `reprieve serve` prints"
