"""The index: what pages are made from, worked out of the register and of uploaded scans."""

from __future__ import annotations

from django.apps import AppConfig


class IndexConfig(AppConfig):
    """Rows that can be deleted and made again."""

    name = "reprieve.console.index"
    label = "index"
    default_auto_field = "django.db.models.BigAutoField"
