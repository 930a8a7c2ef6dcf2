"""Signing in by a one-time link, and out."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reprieve.console.people import door, guessing
from reprieve.console.people.links import redeem

_BACKEND = "reprieve.console.people.backend.LinkBackend"


@require_safe
def ways_in(request: HttpRequest) -> HttpResponse:
    """`/sign-in/`: how to sign in here."""
    return door.page(request, _next(request))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """`/sign-in/<secret>`: a page with one button, so that a preview of the link does not use it up."""
    if request.method != "POST":
        return render(request, "console/sign_in_link.html", {"next": _next(request)})
    address = request.META.get("REMOTE_ADDR", "")
    if guessing.is_paused("link", address):
        return render(request, "console/sign_in_link.html", {"paused": True}, status=429)
    user = redeem(secret)
    if user is None:
        guessing.missed("link", address)
        return render(request, "console/sign_in_link.html", {"refused": True}, status=403)
    login(request, user, backend=_BACKEND)
    return HttpResponseRedirect(_next(request))


@require_POST
def out(request: HttpRequest) -> HttpResponse:
    """`/sign-out`."""
    logout(request)
    return HttpResponseRedirect("/sign-in/")


def _next(request: HttpRequest) -> str:
    return door.on_this_host(request, request.POST.get("next") or request.GET.get("next") or "/")
