"""SARIF 2.1.0 (OASIS): each suppression is a result, which a record or the baseline suppresses in turn.

What is over by its tool's own clock is no result. Every result has `suppressions`, as section 3.27.23 wants
of all or none in a run.
"""

from __future__ import annotations

from typing import TextIO

from reprieve.report.sarif_parts import Object, location, log, tool
from reprieve.report.sentences import fault
from reprieve.report.stream import encode
from reprieve.report.text import clean, joined
from reprieve.shadow.model import Audit, Audited
from reprieve.shadow.text import what_of, who


def write(audit: Audit, out: TextIO) -> None:
    """Writes one log with one run."""
    tools = sorted({one.suppression.tool for one in audit.found})
    rules: list[Object] = [
        {
            "id": f"shadow-suppression/{name}",
            "shortDescription": {"text": f"{name} is silenced without an active record"},
            "defaultConfiguration": {"level": "warning"},
            "properties": {"tags": ["security"]},
        }
        for name in tools
    ]
    run: Object = {
        "tool": tool("Reprieve audit", rules),
        "invocations": [
            {
                "executionSuccessful": not audit.faults,
                "toolExecutionNotifications": [
                    {
                        "descriptor": {"id": "not-read"},
                        "level": "error",
                        "message": {"text": fault(one)},
                        "locations": [location(one.path, one.line)],
                    }
                    for one in audit.faults
                ],
            }
        ],
        "results": [_result(one, tools) for one in audit.found if one.state != "lapsed"],
        "properties": {"simulated": audit.simulated, "register": audit.register},
    }
    out.write(encode(log([run])) + "\n")


def _result(one: Audited, tools: list[str]) -> Object:
    what = one.suppression
    said = joined((f"{what.tool} is silenced here: {what_of(one)}", one.behind.why, who(one)), "; ")
    properties: Object = {
        "state": one.state,
        "kind": what.kind,
        "form": what.form,
        "silences": what.silenced,
        "reason": what.reason,
        "expires": what.expires,
        "exception": one.behind.record,
        "since": one.since,
    }
    return {
        "ruleId": f"shadow-suppression/{what.tool}",
        "ruleIndex": tools.index(what.tool),
        "level": "warning" if one.state == "shadow" else "note",
        "message": {"text": clean(said)},
        "locations": [location(what.path, what.line)],
        "partialFingerprints": {"reprieveSuppression/v1": one.identity},
        "suppressions": _suppressions(one),
        "properties": {key: value for key, value in properties.items() if value is not None},
    }


def _suppressions(one: Audited) -> list[Object]:
    if one.state == "shadow":
        return []
    why = one.behind.why if one.state == "backed" else "in the baseline"
    return [{"kind": "external", "status": "accepted", "justification": clean(why)}]
