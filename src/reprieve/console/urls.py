"""Addresses of the console."""

from __future__ import annotations

from django.urls import path

from reprieve.console.pages import audit, exceptions, overview, plots, sign_in

urlpatterns = [
    path("", overview.overview),
    path("exceptions/", exceptions.listing),
    path("audit/", audit.audit),
    path("plots.css", plots.style),
    path("sign-in/", sign_in.ways_in),
    path("sign-in/<str:secret>", sign_in.by_link),
    path("sign-out", sign_in.out),
]
