"""What can happen to an exception, as values of the story; each takes the step that the command takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from reprieve.record.lifecycle import Verdict
from reprieve.record.model import EscalationCase
from reprieve.register.layout import REVIEWS
from reprieve.register.register import Register
from reprieve.register.writing import decide as deciding
from reprieve.register.writing import ending, merge, renewal, request, upkeep
from reprieve.register.writing.clerk import Clerk, find, protected_branch
from reprieve.register.writing.commits import Plan
from reprieve.register.writing.message import message
from reprieve.register.writing.request import Asked, Draft


class Stage(NamedTuple):
    """What the acts share."""

    today: dt.date
    """The day on which the story is told."""
    ids: dict[str, str]
    """Exception's name in the story -> id, as far as they have been asked for."""

    def day(self, distance: int) -> dt.date:
        """So many days from today, negative for the past."""
        return self.today + dt.timedelta(days=distance)


Act = Callable[[Clerk, Stage, str], object]
"""One step of a clerk; the text is the exception's name in the story."""


def asks(draft: Draft, *, ends: int, fixed: int) -> Act:
    """A request whose `expires` and remediation target are so many days from today."""

    def act(clerk: Clerk, stage: Stage, name: str) -> None:
        dated = msgspec.structs.replace(draft, expires=stage.day(ends), target=stage.day(fixed))
        _named(stage, name, request.request(clerk, dated))

    return act


def renews(former: str, *, why: str, plan: str, ends: int, fixed: int) -> Act:
    """A request to go on with the exception of that name."""

    def act(clerk: Clerk, stage: Stage, name: str) -> None:
        end, target = stage.day(ends), stage.day(fixed)
        asked = renewal.renew(clerk, stage.ids[former], why=why, plan=plan, expires=end, target=target)
        _named(stage, name, asked)

    return act


def approves(role: str, *, merges: bool = False) -> Act:
    """An approval; the last one of those required merges."""

    def act(clerk: Clerk, stage: Stage, name: str) -> None:
        deciding.decide(clerk, stage.ids[name], "approve", role)
        if merges:
            merge.merge(clerk, stage.ids[name])

    return act


def denies(role: str, reason: str) -> Act:
    """A denial."""
    return _decision("deny", role, reason)


def questions(role: str, question: str) -> Act:
    """A question, which pauses the review clock."""
    return _decision("ask", role, question)


def answers(text: str) -> Act:
    """The answer to an open question."""
    return lambda clerk, stage, name: deciding.answer(clerk, stage.ids[name], text)


def escalates(case: EscalationCase, reason: str) -> Act:
    """An escalation, for the `ciso` to decide."""
    return lambda clerk, stage, name: renewal.escalate(clerk, stage.ids[name], case, reason)


def implements(control: str, evidence: str | None = None) -> Act:
    """A compensating control is in place since that day."""
    return lambda clerk, stage, name: upkeep.control(
        clerk, stage.ids[name], control, clerk.now().date(), evidence
    )


def notes(progress: str) -> Act:
    """A note on how the remediation goes."""
    return lambda clerk, stage, name: upkeep.progress(clerk, stage.ids[name], progress, clerk.now().date())


def suffers(incident: str, url: str) -> Act:
    """An incident that touched what the exception covers."""
    return lambda clerk, stage, name: upkeep.incident(
        clerk, stage.ids[name], incident, url, clerk.now().date()
    )


def closes(reason: str, proof: str = "") -> Act:
    """The end of one that is no longer needed."""
    return lambda clerk, stage, name: ending.close(clerk, stage.ids[name], reason, lambda _: proof)


def revokes(reason: str) -> Act:
    """The end at once."""
    return lambda clerk, stage, name: ending.revoke(clerk, stage.ids[name], reason)


def rewrites(subject: str, edit: Callable[[Any, Stage], None]) -> Act:
    """An edit of the terms by hand, pushed past the process: what no command of ours does."""

    def act(clerk: Clerk, stage: Stage, name: str) -> None:
        identifier = stage.ids[name]

        def plan(register: Register) -> Plan:
            case, _ = find(register, identifier, clerk.now())
            content = upkeep.content_of(register, case, lambda data: edit(data, stage), same_terms=False)
            text = message(f"{identifier}: {subject}")
            return upkeep.edit_plan(register, case, text, "amend", {case.path: content})

        clerk.take(plan, lambda _: identifier)

    return act


def reviews(minutes: str) -> Act:
    """The weekly review; `{name}` in the minutes becomes the id of that exception."""

    def act(clerk: Clerk, stage: Stage, _: str) -> None:
        week = f"{clerk.now():%G-W%V}"
        text = f"# Exception review, {week}\n\n{minutes.format_map(stage.ids)}"

        def plan(register: Register) -> Plan:
            return Plan(
                branch=protected_branch(register),
                expected=register.commit,
                parents=(register.commit,),
                message=message(f"Record the exception review of {week}"),
                files={f"{REVIEWS}/{week}.md": text.encode()},
                protected=True,
                fallback=f"review/{week}",
            )

        clerk.take(plan, lambda _: week)

    return act


def _decision(verdict: Verdict, role: str, prose: str) -> Act:
    return lambda clerk, stage, name: deciding.decide(clerk, stage.ids[name], verdict, role, prose)


def _named(stage: Stage, name: str, asked: Asked) -> None:
    assert asked.existing is None, f"{name}: {asked.id} covers it already"  # noqa: S101  (the story's mistake)
    stage.ids[name] = asked.id
