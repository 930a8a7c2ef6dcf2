"""What happened, out of Git, where pages can search it."""

from __future__ import annotations

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """Events and daily counts: made again from Git when deleted, but for those of findings (`Posture`)."""

    name = "reprieve.console.history"
    label = "history"
    default_auto_field = "django.db.models.BigAutoField"
