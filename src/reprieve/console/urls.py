"""Addresses of the console."""

from __future__ import annotations

from django.urls import path

from reprieve.console.pages import audit, exceptions, overview, plots, sign_in
from reprieve.console.people import oidc

urlpatterns = [
    path("", overview.overview),
    path("exceptions/", exceptions.listing),
    path("audit/", audit.audit),
    path("plots.css", plots.style),
    path("sign-in/", sign_in.ways_in),
    path("sign-in/<str:secret>", sign_in.by_link),
    path("sign-out", sign_in.out),
    path("oidc/<str:provider_id>/login/", oidc.begin, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", oidc.finish, name="openid_connect_callback"),
]
