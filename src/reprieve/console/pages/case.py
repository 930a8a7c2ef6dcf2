"""One exception: all that its record says, what history says of it, and what the viewer can do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from reprieve.console import rights
from reprieve.console.config import config
from reprieve.console.desk import NotAllowedError, UnknownError
from reprieve.console.history.models import Event, HistoryState
from reprieve.console.index.glance import state
from reprieve.console.index.models import Case as Row
from reprieve.console.index.models import Finding
from reprieve.console.opened import opened
from reprieve.console.pages.access import acting, reading
from reprieve.console.pages.case_forms import ACTS, Act, ControlDone, Decision
from reprieve.console.people.viewer import Viewer
from reprieve.console.reach import Reach, reach
from reprieve.console.rights import Action
from reprieve.errors import ReprieveError
from reprieve.record.charter import Charter
from reprieve.record.document import Document, parse
from reprieve.record.lifecycle import Standing
from reprieve.record.model import SCOPE_KEYS, ScopeEntry, format_id, id_number
from reprieve.record.scope import values_of
from reprieve.record.template import sections_of
from reprieve.register.history import events
from reprieve.register.register import Register
from reprieve.register.snapshot import Case
from reprieve.register.writing.clerk import find
from reprieve.standing.waiting import diff, needs, questions
from reprieve.words import SEVERITIES

_FINDINGS = 25


class Seen(NamedTuple):
    """One exception as a page shows it to somebody."""

    register: Register
    viewer: Viewer
    case: Case
    """The one that leads: on the protected branch, else on the branch that asks."""
    standing: Standing
    asked: Case
    """What decisions are about: on the branch that asks, else on the protected branch."""
    asked_standing: Standing
    others: tuple[tuple[Case, Standing], ...]
    """What branches ask for beside the one that leads."""

    def charter(self, case: Case) -> Charter:
        """The one that judges a case."""
        return self.register.snapshot.charter_of(case)


class Offer(NamedTuple):
    """An action that the viewer can take, with its form."""

    name: Action
    act: Act
    form: forms.Form
    open: bool
    """Whether it was tried, and something is to be mended."""


@reading
def case_page(request: HttpRequest, identifier: str) -> HttpResponse:
    """`/exceptions/EXC-007/`."""
    return _page(request, _seen(request, identifier))


@acting
def act(request: HttpRequest, identifier: str, action: str) -> HttpResponse:
    """`/exceptions/EXC-007/<action>`: does it, or says on the page of the exception why not."""
    if action not in ACTS:
        raise Http404
    name = cast("Action", action)
    seen = _seen(request, identifier)
    about = _about(seen, name)
    if why := rights.no_right(seen.viewer, name, about, seen.charter(about)):
        return _page(request, seen, Tried(name, None, f"You cannot do this: {why}."), status=403)
    form = _form(seen, name, request.POST)
    if not form.is_valid():
        return _page(request, seen, Tried(name, form, "Something is missing."), status=422)
    try:
        done = ACTS[name].perform(seen.viewer, seen.case.id, _given(name, form, about))
    except ReprieveError as error:
        said = f"{error.message}" + (f" ({error.hint})" if error.hint else "")
        return _page(request, _seen(request, identifier), Tried(name, form, said), status=_status(error))
    messages.success(request, ". ".join(done.said) + ".")
    if done.pull_request:
        messages.info(request, f"Pull request: {done.pull_request}")
    return HttpResponseRedirect(f"/exceptions/{done.id}/")


@reading
def reach_part(request: HttpRequest, identifier: str) -> HttpResponse:
    """`/exceptions/EXC-007/reach`: what it silences now, or would, whatever its status; a part of a page."""
    seen = _seen(request, identifier)
    found = _reach(seen.asked)
    return render(request, "console/exceptions/reach.html", {"reach": found, "severities": SEVERITIES})


class Tried(NamedTuple):
    """An action that did not work."""

    name: Action
    form: forms.Form | None
    said: str


def _status(error: ReprieveError) -> int:
    """Of HTTP: what was asked for conflicts with how things stand, unless something else is to blame."""
    if isinstance(error, NotAllowedError):
        return 403
    return 404 if isinstance(error, UnknownError) else 409


def _seen(request: HttpRequest, identifier: str) -> Seen:
    number, register, now = id_number(identifier) or 0, opened(), config().present()
    merged, proposed = register.snapshot.find(number)
    if merged is None and not proposed:
        raise Http404
    row = Row.objects.filter(number=number, leading=True).first()
    branch = row.branch or None if row else None
    leading = merged or next((case for case in proposed if case.branch == branch), proposed[0])
    try:
        asked, asked_standing = find(register, format_id(number), now, asked=True)
    except ReprieveError:  # several branches ask: nobody can decide before all but one are gone
        asked, asked_standing = leading, register.snapshot.standing(leading, now)
    standing = register.snapshot.standing
    others = tuple((case, standing(case, now)) for case in proposed if case is not leading)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # people.viewer sets it
    return Seen(register, viewer, leading, standing(leading, now), asked, asked_standing, others)


def _about(seen: Seen, action: Action) -> Case:
    """Which of them an action is about."""
    return seen.asked if action in {*rights.DECISIONS, "answer", "merge", "escalate"} else seen.case


def _form(seen: Seen, name: Action, data: Mapping[str, Any] | None = None) -> forms.Form:
    about = _about(seen, name)
    form = ACTS[name].form(data, auto_id=f"{name}-%s")
    if isinstance(form, Decision):
        form.fields["terms"].initial = about.digest
        form.offer(rights.deciding_roles(seen.viewer, about, seen.charter(about)))
    if isinstance(form, ControlDone):
        controls = about.record.controls if about.record else ()
        ordered = sorted(controls, key=lambda control: bool(control.implemented))
        widget = form.fields["control"].widget
        assert isinstance(widget, forms.Select)  # noqa: S101  (it is declared so)
        widget.choices = [(control.id, control.id) for control in ordered]
    return form


def _given(name: Action, form: forms.Form, about: Case) -> dict[str, Any]:
    """What the form says; an approval also counts what it covers, where there is anything to count."""
    counted = name == "approve" and about.record is not None and _reach(about).radius.findings > 0
    return {**form.cleaned_data, "counted": counted}


def _reach(case: Case) -> Reach:
    if case.record is None:
        raise Http404
    return reach(case.record)


def _offers(seen: Seen, tried: Tried | None) -> list[Offer]:
    """What the viewer can do now; and what they have just tried, so that nothing typed is lost."""
    own = rights.allowed(seen.viewer, seen.case, seen.standing, seen.charter(seen.case))
    asked = rights.allowed(seen.viewer, seen.asked, seen.asked_standing, seen.charter(seen.asked))
    offers = []
    for name in ACTS:
        why_not = (asked if _about(seen, name) is seen.asked else own)[name]
        again = tried is not None and tried.name == name and tried.form is not None
        if why_not is None or again:
            form = tried.form if again and tried and tried.form else _form(seen, name)
            offers.append(Offer(name, ACTS[name], form, again))
    return offers


def _page(request: HttpRequest, seen: Seen, tried: Tried | None = None, *, status: int = 200) -> HttpResponse:
    case, snapshot = seen.case, seen.register.snapshot
    now = config().present()
    body = _body(seen.register, case)
    context: dict[str, Any] = {
        "case": case,
        "record": case.record,
        "facts": case.facts,
        "standing": seen.standing,
        "asked_standing": seen.asked_standing,
        "offers": _offers(seen, tried),
        "barred": _barred(seen),
        "tried": tried,
        "scope": [_scope(entry) for entry in case.record.scope] if case.record else [],
        "needs": needs(snapshot, seen.asked, seen.asked_standing.missing),
        "questions": questions(seen.asked) if seen.asked_standing.missing else (),
        "decisions": seen.asked.facts.decisions,
        "proposals": [(*pair, diff(seen.register, pair[0])) for pair in seen.others],
        "charter_digest": snapshot.rulings[case.charter].digest,
        "sections": {heading: text for heading, (_, text) in sections_of(body).items()},
        "chain": _chain(snapshot.cases + snapshot.proposed, case),
        "timeline": _timeline(seen.register, case.number),
        "findings": Paginator(_findings(case.number), _FINDINGS).get_page(request.GET.get("page")),
        "severities": SEVERITIES,
        "today": now.date(),
        "now": now,
    }
    return render(request, "console/exceptions/case.html", context, status=status)


def _barred(seen: Seen) -> str | None:
    """Why the viewer cannot decide on what waits for decisions; None when they can, or nothing waits."""
    if not seen.asked_standing.missing:
        return None
    return rights.allowed(seen.viewer, seen.asked, seen.asked_standing, seen.charter(seen.asked))["approve"]


def _findings(number: int) -> Any:
    return Finding.objects.filter(exception=number).order_by("severity", "pk")


def _body(register: Register, case: Case) -> str:
    """The prose of a record that can be read."""
    if case.blob is None or case.digest is None:
        return ""
    parsed = parse(case.path, register.git.run("cat-file", "blob", case.blob))
    return parsed.body if isinstance(parsed, Document) else ""


def _scope(entry: ScopeEntry) -> tuple[str, list[tuple[str, tuple[str, ...]]]]:
    return entry.type or "any type", [
        (key, values_of(entry, key)) for key in SCOPE_KEYS if values_of(entry, key)
    ]


def _chain(cases: tuple[Case, ...], case: Case) -> list[Case]:
    """What it renews, itself, and what renews it, oldest first; only itself when it is no renewal."""
    by_number: dict[int, Case] = {}
    for each in cases:
        by_number.setdefault(each.number, each)
    former = list(_former(by_number, case))
    later = list(_later(by_number, case.number))
    return [*reversed(former), case, *later]


def _former(cases: Mapping[int, Case], case: Case) -> Iterator[Case]:
    seen = {case.number}
    while case.record and case.record.renews:
        number = id_number(case.record.renews)
        if number is None or number in seen or number not in cases:
            return
        seen.add(number)
        case = cases[number]
        yield case


def _later(cases: Mapping[int, Case], number: int) -> Iterator[Case]:
    """Each that renews this one, or one of those."""
    known = {number}
    for each in sorted(cases.values(), key=lambda case: case.number):
        renewed = id_number(each.record.renews) if each.record and each.record.renews else None
        if renewed in known and each.number not in known:
            known.add(each.number)
            yield each


def _timeline(register: Register, number: int) -> list[Any]:
    """What happened, oldest first: from the index when it knows this state, else from Git."""
    index, read = state(), HistoryState.objects.filter(pk=1).first()
    if read is not None and (read.commit, read.branches) == (index.commit, index.branches):
        return list(Event.objects.filter(record=format_id(number)).order_by("position"))
    now = config().present()
    return [event for event in events(register, number) if event.at <= now]
