"""The form that asks for an exception: Django takes what was typed apart; the record's own rules judge it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from reprieve.console.pages.case_forms import Day, Line, Reason
from reprieve.record.model import ESCALATION_CASES, REASONS, SCOPE_KEYS, Void
from reprieve.record.template import QUESTIONS, required_sections
from reprieve.register.writing.request import Draft
from reprieve.words import CHECK_TYPES, ENVIRONMENTS, RISKS

MOST = 50
"""Entries of a list that the page takes; a record of more is written as a file."""

_VOIDS: tuple[tuple[Void, str], ...] = (
    ("fix-available", "a fix is available for it"),
    ("severity-raised", "its severity is above the risk"),
)
_PROSE = dict(
    zip(
        ("justification", "assessment", "compensation", "plan"), required_sections(renewal=False), strict=True
    )
)
"""Field -> heading of its section."""
_PLACEHOLDERS = {
    "checks": "KSV012",
    "clusters": "prod-eu-*",
    "namespaces": "billing",
    "resources": "Deployment/billing-*",
    "paths": "terraform/*.tf",
    "images": "registry.example.com/billing*",
    "repositories": "github.com/example/shop",
    "packages": "pkg:npm/lodash@*",
    "fingerprints": "",
}


class Several(forms.CharField):
    """Values, one a line."""

    def __init__(self, label: str, placeholder: str = "") -> None:
        area = forms.Textarea(attrs={"rows": 2, "placeholder": placeholder, "spellcheck": "false"})
        super().__init__(label=label, required=False, max_length=20_000, widget=area)

    def clean(self, value: Any) -> list[str]:
        """The lines that say something."""
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]


class RequestForm(forms.Form):
    """Everything but scope and controls."""

    summary = forms.CharField(label="Summary", max_length=200, help_text="One sentence.")
    reason = forms.ChoiceField(label="Reason", choices=[("", "Choose…"), *((word, word) for word in REASONS)])
    risk = forms.ChoiceField(label="Risk", choices=[("", "Choose…"), *((word, word) for word in RISKS)])
    environment = forms.ChoiceField(label="Environment", choices=[(word, word) for word in ENVIRONMENTS])
    owner = forms.CharField(
        label="Owner", max_length=200, help_text="Team or person who must remove the exception."
    )
    justification = Reason("Justification", help_text=QUESTIONS["Justification"])
    assessment = Reason("Risk assessment", help_text=QUESTIONS["Risk assessment"])
    compensation = Reason("Compensating controls", help_text=QUESTIONS["Compensating controls"])
    plan = Reason("Remediation plan", help_text=QUESTIONS["Remediation plan"])
    expires = Day("Expires", "")
    target = Day("Remediation target", "The day it expires when left blank.")
    tickets = Several("Tickets", "https://tickets.example.com/PAY-318")
    voids = forms.MultipleChoiceField(
        label="Void for a finding as soon as",
        choices=_VOIDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    escalation = forms.ChoiceField(
        label="Escalate",
        required=False,
        choices=[("", "No"), *((word, word) for word in ESCALATION_CASES)],
        help_text="For the ciso to decide, where the ordinary process does not do.",
    )
    escalated = Reason("Why it is escalated", required=False)


class ScopeForm(forms.Form):
    """One way for a finding to be in scope: every key that is filled in must match, by any of its values."""

    type = forms.ChoiceField(
        label="Check type", required=False, choices=[("", "Any"), *((word, word) for word in CHECK_TYPES)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in SCOPE_KEYS:
            self.fields[key] = Several(key.capitalize(), _PLACEHOLDERS[key])

    def entry(self) -> dict[str, Any]:
        """As a record's front matter has it; empty when nothing was filled in."""
        given = {key: self.cleaned_data[key] for key in SCOPE_KEYS if self.cleaned_data.get(key)}
        kind = self.cleaned_data.get("type")
        return {"type": kind, **given} if kind and given else given


class ControlForm(forms.Form):
    """One compensating control."""

    id = Line("Name", required=False, help_text="Short: network-policy.")
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("preventive", "preventive"), ("monitoring", "monitoring")],
    )
    description = Line("What it does", required=False)
    implemented = Day("Implemented on", "Blank while it is promised: the exception is not active before.")
    evidence = Line("Evidence", required=False)

    def control(self) -> dict[str, Any]:
        """As a record's front matter has it; empty when nothing was filled in."""
        told = {name: value for name, value in self.cleaned_data.items() if value}
        return told if told.keys() - {"kind"} else {}


class Asking:
    """The whole form: its parts, as somebody typed them or as what they came from says.

    Args:
        data: what was sent, to be judged; None for a form that is still being filled in.
        initial: what stands in the fields then.
        scope: entries that stand there then; a blank one where there are none.
        controls: the same of controls.
        more: the list, `scope` or `controls`, that gets one more blank entry.
    """

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, Any] | None = None,
        scope: list[dict[str, Any]] | None = None,
        controls: list[dict[str, Any]] | None = None,
        more: str = "",
    ) -> None:
        self.request = RequestForm(data, initial=initial)
        self.scope = _ScopeForms(data, initial=[_lines(entry) for entry in scope or []], prefix="scope")
        self.controls = _ControlForms(data, initial=controls or [], prefix="controls")
        self.scope.extra = int(not scope or more == "scope")
        self.controls.extra = int(not controls or more == "controls")

    @classmethod
    def typed(cls, data: QueryDict) -> Asking:
        """What somebody has typed so far, not judged yet; with one more entry where they added it."""
        initial: dict[str, Any] = {name: data.get(name, "") for name in RequestForm.base_fields}
        initial["voids"] = data.getlist("voids")
        scope, controls = (
            [
                {key: data.get(f"{prefix}-{number}-{key}", "") for key in keys}
                for number in range(_total(data, prefix))
            ]
            for prefix, keys in (
                ("scope", ("type", *SCOPE_KEYS)),
                ("controls", tuple(ControlForm.base_fields)),
            )
        )
        return cls(initial=initial, scope=scope, controls=controls, more=data.get("add", ""))

    def is_valid(self) -> bool:
        """Whether each part could be taken apart; every part is looked at."""
        return all([self.request.is_valid(), self.scope.is_valid(), self.controls.is_valid()])

    def entries(self) -> list[tuple[int, dict[str, Any]]]:
        """The scope entries that say something, and which of the page's each is; of those that are valid."""
        forms_ = enumerate(self.scope.forms)
        return [(number, entry) for number, form in forms_ if form.is_valid() and (entry := form.entry())]

    def promised(self) -> list[tuple[int, dict[str, Any]]]:
        """The same of controls."""
        forms_ = enumerate(self.controls.forms)
        return [(number, told) for number, form in forms_ if form.is_valid() and (told := form.control())]

    def draft(self) -> Draft:
        """What is asked for; what Django has refused is replaced by something that nobody objects to."""
        given = {**_UNOBJECTIONABLE, **self.request.cleaned_data}
        escalation = {"case": given["escalation"], "reason": given["escalated"]}
        return Draft(
            summary=given["summary"],
            reason=given["reason"],
            risk=given["risk"],
            environment=given["environment"],
            owner=given["owner"],
            scope=[entry for _, entry in self.entries()],
            controls=[control for _, control in self.promised()],
            expires=given["expires"],
            target=given["target"],
            tickets=list(given["tickets"]),
            voids=list(given["voids"]),
            escalation=escalation if given["escalation"] else None,
            sections={heading: _plain(given[name]) for name, heading in _PROSE.items()},
        )


_UNOBJECTIONABLE: dict[str, Any] = {
    **dict.fromkeys(("summary", "owner", *_PROSE), "?"),
    **dict.fromkeys(("expires", "target")),
    **dict.fromkeys(("tickets", "voids"), ()),
    **dict.fromkeys(("escalation", "escalated"), ""),
    "reason": "false-positive",  # it needs no controls
    "risk": "low",
    "environment": "production",
}


def field_of_section(heading: str) -> str:
    """The field that a section of the record is typed into."""
    return next(name for name, own in _PROSE.items() if own == heading)


_ScopeForms: Any = forms.formset_factory(ScopeForm, extra=1, max_num=MOST, absolute_max=MOST)
_ControlForms: Any = forms.formset_factory(ControlForm, extra=1, max_num=MOST, absolute_max=MOST)


def _total(data: QueryDict, prefix: str) -> int:
    """How many entries were sent, as far as the page takes them."""
    text = data.get(f"{prefix}-TOTAL_FORMS", "")
    return min(int(text), MOST) if text.isdecimal() and len(text) < 6 else 0


def _lines(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: "\n".join(value) if isinstance(value, list) else value for key, value in entry.items()}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
