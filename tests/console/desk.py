"""The console as people use it: a browser without a screen for each (Django's test client)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from tests.support import PEOPLE, REQUESTER, Office

if TYPE_CHECKING:
    from django.test import Client


class Console:
    """A console over the register of an office."""

    def __init__(self, office: Office, patch: pytest.MonkeyPatch) -> None:
        self.office = office
        self._patch = patch
        self.sync()

    def sync(self) -> None:
        """Brings the index to the register, as the follower does. Fails the test when it cannot."""
        from reprieve.console.history import record
        from reprieve.console.index.sync import sync

        assert sync().failure == ""
        record.follow()

    def at(self, moment: dt.datetime) -> None:
        """Moves the console's clock."""
        from reprieve.console.config import config

        self._patch.setenv("REPRIEVE_CONSOLE_NOW", moment.isoformat())
        config.cache_clear()
        self.sync()

    def as_(self, person: str = REQUESTER, *, csrf: bool = False) -> Client:
        """A client of somebody who signed in by a link; by role, or by address."""
        from django.test import Client

        from reprieve.console.people.links import make_link
        from reprieve.register.writing.commits import Identity

        address = PEOPLE.get(person, person)
        client = Client(enforce_csrf_checks=False, raise_request_exception=True)
        link = make_link(Identity(address.split("@")[0].capitalize(), address))
        answer = client.post(link.removeprefix("http://testserver"))
        assert answer.status_code == 302, answer.content
        client.handler.enforce_csrf_checks = csrf
        return client

    def stranger(self) -> Client:
        """A client of nobody."""
        from django.test import Client

        return Client()
