"""What each action on an exception asks for: Django sees that it is there, the process checks the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms

from reprieve.console import actions, reach
from reprieve.console.actions import Done
from reprieve.console.people.viewer import Viewer
from reprieve.console.rights import Action
from reprieve.record.model import CLOSE_REASONS, ESCALATION_CASES

_LONGEST = 4000


class Reason(forms.CharField):
    """Some sentences."""

    def __init__(self, label: str, *, required: bool = True, help_text: str = "") -> None:
        area = forms.Textarea(attrs={"rows": 3})
        super().__init__(
            label=label, required=required, help_text=help_text, max_length=_LONGEST, widget=area
        )


class Line(forms.CharField):
    """One line."""

    def __init__(self, label: str, *, required: bool = True, help_text: str = "") -> None:
        super().__init__(label=label, required=required, help_text=help_text, max_length=500)


class Day(forms.DateField):
    """A date; today, or what the process gives, when it is left blank."""

    def __init__(self, label: str, help_text: str) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(
            label=label, required=False, help_text=help_text, widget=widget, input_formats=["%Y-%m-%d"]
        )


class Choice(forms.ChoiceField):
    """One of a few words."""

    def __init__(self, label: str, words: tuple[str, ...]) -> None:
        super().__init__(label=label, choices=[("", "Choose…"), *((word, word) for word in words)])


class Decision(forms.Form):
    """On terms that were read: their digest comes with the form."""

    terms = forms.CharField(widget=forms.HiddenInput)
    role = forms.ChoiceField(label="As", required=False)

    def offer(self, roles: tuple[str, ...]) -> None:
        """The roles to choose from; nothing to choose where there is one."""
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (it is declared above)
        field.choices = [(role, role) for role in roles]
        if len(roles) < 2:
            field.widget = forms.HiddenInput()
            field.initial = roles[0] if roles else ""


class Approval(Decision):
    """A note is optional."""

    prose = Reason("Note", required=False)


class Denial(Decision):
    """The reason is for whoever asked."""

    prose = Reason("Reason", help_text="What would have to change?")


class Question(Decision):
    """A question stops the review clock until it is answered."""

    prose = Reason("Question", help_text="The review clock stops until somebody answers.")


class Answer(forms.Form):
    """To an open question."""

    text = Reason("Answer")


class Nothing(forms.Form):
    """Only to be confirmed."""


class ControlDone(forms.Form):
    """Which control is in place, since when, and what shows it."""

    control = forms.CharField(label="Control", widget=forms.Select)
    on = Day("Implemented on", "Today when left blank.")
    evidence = Line(
        "Evidence", required=False, help_text="A link to what shows it: a pull request, a dashboard."
    )


class Progress(forms.Form):
    """How the remediation goes."""

    note = Reason("Note")
    on = Day("Date", "Today when left blank.")


class Incident(forms.Form):
    """What happened to what the exception covers."""

    summary = Line("What happened")
    url = Line("Link", required=False)
    on = Day("Date", "Today when left blank.")


class Renewal(forms.Form):
    """A new request that renews this one."""

    why = Reason("Why the original timeline was not met")
    plan = Reason("Updated remediation plan")
    expires = Day("Expires", "The longest that the charter allows when left blank.")
    target = Day("Remediation target", "The end when left blank.")
    case = forms.ChoiceField(
        label="Escalate",
        required=False,
        choices=[("", "No"), *((word, word) for word in ESCALATION_CASES)],
        help_text="Needed above the charter's maximum of renewals: the ciso decides.",
    )
    reason = Reason("Why it is escalated", required=False)


class Revocation(forms.Form):
    """The end before its time."""

    reason = Reason("Reason", help_text="The exception ends at once, and nothing revives it.")


class Closing(forms.Form):
    """The end because it is no longer needed."""

    reason = Choice("Reason", CLOSE_REASONS)
    evidence = Line(
        "Evidence",
        required=False,
        help_text="What shows that the fix is in place; needed for remediated.",
    )


class Escalation(forms.Form):
    """Part of the terms: former decisions end with it."""

    case = Choice("Case", ESCALATION_CASES)
    reason = Reason("Reason", help_text="Former decisions end with this, and the ciso decides as well.")


Given = Mapping[str, Any]
Perform = Callable[[Viewer, str, Given], Done]


class Act(NamedTuple):
    """An action as the page offers it."""

    label: str
    """Of the button."""
    form: type[forms.Form]
    perform: Perform
    kind: str = ""
    """How the button looks: `primary`, `danger`."""


def _approve(viewer: Viewer, identifier: str, given: Given) -> Done:
    return actions.decide(
        viewer,
        identifier,
        "approve",
        terms=given["terms"],
        role=given["role"] or None,
        prose=given["prose"],
        covers=reach.count if given.get("counted") else None,
    )


def _deny(viewer: Viewer, identifier: str, given: Given) -> Done:
    role, prose = given["role"] or None, given["prose"]
    return actions.decide(viewer, identifier, "deny", terms=given["terms"], role=role, prose=prose)


def _ask(viewer: Viewer, identifier: str, given: Given) -> Done:
    role, prose = given["role"] or None, given["prose"]
    return actions.decide(viewer, identifier, "ask", terms=given["terms"], role=role, prose=prose)


def _implement(viewer: Viewer, identifier: str, given: Given) -> Done:
    return actions.implement(
        viewer, identifier, given["control"], on=given["on"], evidence=given["evidence"] or None
    )


def _incident(viewer: Viewer, identifier: str, given: Given) -> Done:
    return actions.incident(viewer, identifier, given["summary"], url=given["url"] or None, on=given["on"])


def _renew(viewer: Viewer, identifier: str, given: Given) -> Done:
    escalation = {"case": given["case"], "reason": given["reason"]} if given["case"] else None
    return actions.renew(
        viewer,
        identifier,
        why=given["why"],
        plan=given["plan"],
        expires=given["expires"],
        target=given["target"],
        escalation=escalation,
    )


ACTS: Mapping[Action, Act] = {
    "approve": Act("Approve", Approval, _approve, "primary"),
    "deny": Act("Deny", Denial, _deny, "danger"),
    "ask": Act("Ask a question", Question, _ask),
    "answer": Act("Answer", Answer, lambda who, it, given: actions.answer(who, it, given["text"]), "primary"),
    "merge": Act("Merge", Nothing, lambda who, it, _: actions.merge(who, it), "primary"),
    "control": Act("Mark a control implemented", ControlDone, _implement),
    "progress": Act(
        "Note progress",
        Progress,
        lambda who, it, given: actions.progress(who, it, given["note"], on=given["on"]),
    ),
    "incident": Act("Link an incident", Incident, _incident),
    "renew": Act("Renew", Renewal, _renew),
    "escalate": Act(
        "Escalate",
        Escalation,
        lambda who, it, given: actions.escalate(who, it, given["case"], given["reason"]),
    ),
    "close": Act(
        "Close",
        Closing,
        lambda who, it, given: actions.close(who, it, given["reason"], evidence=given["evidence"] or None),
    ),
    "revoke": Act(
        "Revoke",
        Revocation,
        lambda who, it, given: actions.revoke(who, it, given["reason"]),
        "danger",
    ),
}
"""In the order of the page."""
