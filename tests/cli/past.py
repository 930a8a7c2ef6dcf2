"""An office whose history lies in March 2025, so that clocks, ends and `--as-of` can be tested."""

from __future__ import annotations

import datetime as dt
from typing import Any

from reprieve.record.lifecycle import Verdict
from reprieve.register.writing.clerk import Clerk
from reprieve.register.writing.decide import decide
from reprieve.register.writing.merge import merge
from reprieve.register.writing.request import from_file, request
from tests.support import PEOPLE, REQUESTER, Desk, Office, record_file

MONDAY = dt.datetime(2025, 3, 3, 10, tzinfo=dt.UTC)
"""10:00 on a working day: hours are 09:00-17:00, UTC."""


def later(days: float = 0, hours: float = 0) -> dt.datetime:
    """So long after that Monday morning."""
    return MONDAY + dt.timedelta(days=days, hours=hours)


def iso(moment: dt.datetime) -> str:
    """As options take it."""
    return moment.isoformat()


def scope(namespace: str, **more: Any) -> list[dict[str, Any]]:
    """A scope of its own, so that no request finds another that covers it."""
    entry = {"type": "misconfiguration", "checks": ["KSV012"], "namespaces": [namespace]}
    return [{**entry, "resources": ["Deployment/*-api"], **more}]


class Past:
    """Steps of the process at any moment."""

    def __init__(self, office: Office) -> None:
        self.office = office

    @property
    def desk(self) -> Desk:
        """The requester's."""
        return self.office.desk()

    def clerk(self, at: dt.datetime, who: str = REQUESTER) -> Clerk:
        """Somebody at a moment; a role stands for who holds it."""
        return self.office.desk(who).clerk(now=at)

    def request(self, at: dt.datetime, **fields: Any) -> str:
        """Asks for an exception; gives its id."""
        content = record_file(requester=REQUESTER, requested=at.date(), **fields)
        asked = request(self.clerk(at), from_file(content, "draft.md"))
        assert asked.step is not None
        return asked.id

    def decide(self, at: dt.datetime, identifier: str, verdict: Verdict, role: str, prose: str = "") -> None:
        """One decision, without a merge."""
        decide(self.clerk(at, role), identifier, verdict, role, prose)

    def approve(self, at: dt.datetime, identifier: str, *roles: str) -> None:
        """Approves in each role, and merges."""
        for role in roles:
            self.decide(at, identifier, "approve", role)
        merge(self.clerk(at, PEOPLE[roles[-1]]), identifier)

    def active(self, at: dt.datetime, **fields: Any) -> str:
        """Asked for and approved at one moment."""
        identifier = self.request(at, **{"risk": "medium", **fields})
        self.approve(at, identifier, "security-team")
        return identifier

    def json(self, *arguments: str) -> Any:
        """What a command says as JSON, on the register as it is now."""
        result = self.desk.run(*arguments, "--fetch", "--output", "json")
        assert result.code == 0, result.err
        return result.json()

    def say(self, *arguments: str) -> str:
        """The same for people."""
        return self.desk.ok(*arguments, "--fetch")
