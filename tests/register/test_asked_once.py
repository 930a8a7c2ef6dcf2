"""What a command asks of a register many times is worked out once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reprieve.judging import judge_reports
from reprieve.register import snapshot
from reprieve.register.register import Register
from tests.register.build import Yard


def test_one_verdict_judges_each_record_once(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    yard.active()
    yard.ask("EXC-002")
    yard.checkout("main")
    register = Register.open(yard.directory)
    judged: list[Any] = []
    stand = snapshot.standing

    def counted(*arguments: Any) -> Any:
        judged.append(arguments[0].id)
        return stand(*arguments)

    monkeypatch.setattr(snapshot, "standing", counted)
    now = dt.datetime.now(dt.UTC)
    judge_reports([], register, now)
    assert sorted(judged) == ["EXC-001", "EXC-002"]
    assert [standing.status for _, standing in register.cases(now)] == ["active", "requested"]
    later = now + dt.timedelta(days=400)
    assert [standing.status for _, standing in register.cases(later)] == ["expired", "requested"]


def test_what_was_asked_for_can_be_changed_by_who_asked(yard: Yard) -> None:
    yard.active()
    register = Register.open(yard.directory)
    now = dt.datetime.now(dt.UTC)
    register.cases(now).clear()
    assert register.cases(now)
