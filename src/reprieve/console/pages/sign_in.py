"""Signing in by a one-time link, and out."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reprieve.console.config import config
from reprieve.console.people.links import redeem

_BACKEND = "reprieve.console.people.backend.LinkBackend"


@require_safe
def ways_in(request: HttpRequest) -> HttpResponse:
    """`/sign-in/`: how to sign in here."""
    return render(request, "console/sign_in.html", {"oidc": config().oidc_url, "next": _next(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """`/sign-in/<secret>`: a page with one button, so that a preview of the link does not use it up."""
    if request.method != "POST":
        return render(request, "console/sign_in_link.html", {"next": _next(request)})
    user = redeem(secret)
    if user is None:
        return render(request, "console/sign_in_link.html", {"refused": True}, status=403)
    login(request, user, backend=_BACKEND)
    return HttpResponseRedirect(_next(request))


@require_POST
def out(request: HttpRequest) -> HttpResponse:
    """`/sign-out`."""
    logout(request)
    return HttpResponseRedirect("/sign-in/")


def _next(request: HttpRequest) -> str:
    """Where to go on: only ever on this host."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/") else "/"
