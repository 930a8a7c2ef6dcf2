"""People: who is signed in, by which link or token."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Sign-in links and tokens. Users are Django's own."""

    name = "reprieve.console.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
