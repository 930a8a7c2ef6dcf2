"""Addresses of the console."""

from __future__ import annotations

from django.urls import path, register_converter

from reprieve.console import monitoring
from reprieve.console.api.app import api, docs_page
from reprieve.console.pages import (
    audit,
    case,
    compliance,
    create,
    exceptions,
    findings,
    judging,
    overview,
    plots,
    reviews,
    settings,
    sign_in,
)
from reprieve.console.pages.ids import ExceptionId
from reprieve.console.people import oidc

register_converter(ExceptionId, "exception")

urlpatterns = [
    path("", overview.overview),
    path("exceptions/", exceptions.listing),
    path("exceptions/new", create.create),
    path("exceptions/preview", create.preview),
    path("exceptions/checks", create.checks),
    path("exceptions/<exception:identifier>/", case.case_page),
    path("exceptions/<exception:identifier>/reach", case.reach_part),
    path("exceptions/<exception:identifier>/<slug:action>", case.act),
    path("misconfigurations/", findings.misconfigurations),
    path("compliance/", compliance.compliance),
    path("secrets/", findings.secrets),
    path("vulnerabilities/", findings.vulnerabilities),
    path("reviews/", reviews.reviews),
    path("reviews/weekly", reviews.weekly),
    path("reviews/record", reviews.record_weekly),
    path("audit/", audit.audit),
    path("plots.css", plots.style),
    path("settings/", settings.settings_page),
    path("settings/judging", judging.judging_part),
    path("settings/tokens", settings.make_token),
    path("settings/tokens/<int:pk>/revoke", settings.revoke_token),
    path("metrics", monitoring.metrics),
    path("api/v1/docs", docs_page),
    path("api/v1/", api.urls),
    path("sign-in/", sign_in.ways_in),
    path("sign-in/<str:secret>", sign_in.by_link),
    path("sign-out", sign_in.out),
    path("oidc/<str:provider_id>/login/", oidc.begin, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", oidc.finish, name="openid_connect_callback"),
]
