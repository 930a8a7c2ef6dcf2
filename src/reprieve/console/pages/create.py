"""+ Create Exception: what to accept, where, why and until when; what it would silence, and who decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from reprieve.console import actions, beginning
from reprieve.console.config import config
from reprieve.console.desk import NotAllowedError
from reprieve.console.drafts import Place, looked_over
from reprieve.console.foreseen import foreseen
from reprieve.console.pages.access import acting, by_a_person, reading
from reprieve.console.pages.create_form import Asking, field_of_section
from reprieve.console.people.viewer import charter_in_force
from reprieve.errors import ReprieveError, UsageError
from reprieve.record.model import Problem
from reprieve.words import SEVERITIES


@require_http_methods(["GET", "HEAD", "POST"])
@by_a_person
def create(request: HttpRequest) -> HttpResponse:
    """`/exceptions/new`: the form; `?finding=` and `?check=` say what it begins with."""
    if request.method != "POST":
        return _page(request, _begun(request))
    asking = Asking.typed(request.POST)
    if "use" in request.POST:
        return _page(request, _with(asking, beginning.of_check(request.POST["use"])))
    if "use_finding" in request.POST:
        return _page(request, _with(asking, _of_finding(request.POST["use_finding"])))
    if "add" in request.POST:
        return _page(request, asking)
    return _submitted(request, Asking(request.POST))


@acting
def preview(request: HttpRequest) -> HttpResponse:
    """`/exceptions/preview`: what the form as it stands would silence, and who decides; a part of a page."""
    return render(request, "console/exceptions/preview.html", _preview(request, Asking(request.POST)))


@reading
def checks(request: HttpRequest) -> HttpResponse:
    """`/exceptions/checks?find=`: known checks and current findings; a part of a page."""
    return render(request, "console/exceptions/checks.html", _found(request))


def _submitted(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Asks for it, or says at each field what keeps it from being asked for."""
    viewer = request.viewer  # type: ignore[attr-defined]  # people.viewer sets it
    valid = asking.is_valid()
    try:
        draft = asking.draft()
        drafted = looked_over(viewer, draft)
        told = [_tell(asking, place, problem) for place, problem in drafted.problems]
        if not valid or any(told):
            return _page(request, asking, status=422)
        done = actions.request(viewer, draft)
    except ReprieveError as error:
        said = f"{error.message}" + (f" ({error.hint})" if error.hint else "")
        status = 403 if isinstance(error, NotAllowedError) else 409
        return _page(request, asking, refused=said, status=status)
    messages.success(request, ". ".join(done.said) + ".")
    if done.commit and draft.expires is None:
        days = charter_in_force().limits.duration_days
        messages.info(request, f"It expires after {days} days, the longest that the charter allows.")
    return HttpResponseRedirect(f"/exceptions/{done.id}/")


def _tell(asking: Asking, place: Place, problem: Problem) -> bool:
    """Puts a problem at its field; not where Django has said something already. Says whether it did."""
    form, field = _field(asking, place)
    said = problem.message + (f" ({problem.hint})" if problem.hint else "")
    if place == ("scope",):
        said = "Say what fails, and where: the scope has no entry that says anything."
    if field is not None and field not in form.fields:
        field = None
    if field is not None and form.errors.get(field):
        return False
    form.add_error(field, said)
    return True


def _field(asking: Asking, place: Place) -> tuple[Any, str | None]:
    """The form and the field of a part of the record; no field where it is about the whole of the form."""
    listed = {"scope": (asking.scope, asking.entries), "controls": (asking.controls, asking.promised)}
    first = str(place[0]) if place else ""
    if first in listed:
        formset, filled = listed[first]
        if not formset.forms:
            return asking.request, None
        at = filled()[int(place[1])][0] if len(place) > 1 else 0
        return formset.forms[at], str(place[2]) if len(place) > 2 else None
    if first == "prose":
        return asking.request, field_of_section(str(place[1]))
    return asking.request, str(place[-1]) if place else None


def _begun(request: HttpRequest) -> Asking:
    """By what the address names."""
    if finding := request.GET.get("finding"):
        return _with(Asking(), _of_finding(finding))
    if check := request.GET.get("check"):
        return _with(Asking(), beginning.of_check(check))
    return Asking()


def _of_finding(text: str) -> beginning.Beginning:
    found = beginning.of_finding(int(text)) if text.isdecimal() and len(text) < 19 else None
    if found is None:
        raise Http404("this finding is gone: a newer scan no longer has it")
    return found


def _with(asking: Asking, begun: beginning.Beginning) -> Asking:
    """The form with a beginning in it: a check goes to an entry that names none yet, all else is one more."""
    entries = [dict(entry) for entry in asking.scope.initial or []]
    entries = [entry for entry in entries if any(value for key, value in entry.items() if key != "type")]
    for entry in begun.scope:
        bare = entry.keys() <= {"type", "checks"}
        unnamed = next((own for own in entries if bare and not own.get("checks")), None)
        if unnamed is None:
            entries.append(entry)
        else:
            unnamed["checks"] = "\n".join(entry["checks"])
            unnamed["type"] = unnamed.get("type") or entry.get("type")
    initial = dict(asking.request.initial)
    for name, value in begun.fields.items():
        initial[name] = initial.get(name) or value
    return Asking(initial=initial, scope=entries, controls=asking.controls.initial)


def _found(request: HttpRequest) -> dict[str, Any]:
    words = request.GET.get("find", "").strip()[:200]
    found = beginning.search(words) if words else None
    return {"find": words, "found": found, "severities": SEVERITIES}


def _preview(request: HttpRequest, asking: Asking) -> dict[str, Any]:
    given = asking.request.data or asking.request.initial
    entries = [entry for _, entry in asking.entries()] if asking.scope.is_bound else _initial(asking)
    viewer = request.viewer  # type: ignore[attr-defined]  # people.viewer sets it
    voids = given.getlist("voids") if hasattr(given, "getlist") else given.get("voids", [])
    try:
        told = foreseen(
            viewer,
            entries,
            risk=str(given.get("risk") or ""),
            environment=str(given.get("environment") or "production"),
            voids=voids,
            escalated=bool(given.get("escalation")),
        )
    except UsageError as error:
        return {"foreseen": None, "unclear": error.message}
    return {"foreseen": told, "unclear": ""}


def _initial(asking: Asking) -> list[dict[str, Any]]:
    """The entries of a form that is still being filled in."""
    found = []
    for entry in asking.scope.initial or []:
        kept = {key: value.splitlines() if key != "type" else value for key, value in entry.items() if value}
        if kept.keys() - {"type"}:
            found.append(kept)
    return found


def _page(request: HttpRequest, asking: Asking, *, refused: str = "", status: int = 200) -> HttpResponse:
    charter, today = charter_in_force(), config().present().date()
    context: dict[str, Any] = {
        "asking": asking,
        "refused": refused,
        "wrong": status == 422,
        "longest": beginning.longest(charter, today),
        "days": charter.limits.duration_days,
        **_found(request),
        **_preview(request, asking),
    }
    return render(request, "console/exceptions/new.html", context, status=status)
