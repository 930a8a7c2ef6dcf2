"""Edits of what people wrote: only the lines that they are about differ, and never the terms."""

from __future__ import annotations

import datetime as dt
import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprieve.errors import UsageError
from reprieve.record.document import Document, parse
from reprieve.record.editing import (
    Edit,
    both,
    compose,
    edited,
    ended,
    escalated,
    implement,
    incident,
    progress,
    slug,
)
from reprieve.record.template import new_body
from tests.record.records import PATH, document, text
from tests.support import PROSE, record_fields

DAY = dt.date(2026, 11, 20)
BODY = "\n## Justification\n\n  Kept as it is.\t\n\n\n"

CONTROLS = [
    {"id": "network-policy", "kind": "preventive", "description": "Only the gateway."},
    {"id": "alert", "kind": "monitoring", "description": "Pages."},
]
HANDWRITINGS = {
    "as composed": text(controls=CONTROLS).partition("\n---\n")[0].removeprefix("---\n") + "\n",
    "comments and columns": """\
id: EXC-001                # EXC- and three digits
summary: Billing runs as root.   # one sentence
reason:      legacy-system # gate-blocked | sla-exceeded
                           # | test-environment
risk:        medium
environment: production
requester: dana@example.com
owner: 'payments'

requested: 2026-11-02
expires: "2027-01-01"
scope:                     # a list
  - type: misconfiguration # within
    checks: [ KSV012,  "KSV001" ]
    resources: [Deployment/billing-*]      # Kind/name
    # also: paths
controls:                  # compensating

  - id: network-policy
    kind: preventive       # preventive | monitoring
    description: Only the gateway.
  # the other one
  - id: alert
    kind: monitoring
    description: "Pages: the 'team'."
remediation:               # the plan
  # no later than `expires`
  target: 2027-01-01
voids: [fix-available]
""",
    "lists at the margin": """\
# A record of the payments team.
"id": 'EXC-001'
requested: 2026-11-02
expires: 2027-01-01
summary: >-
  Billing runs
  as root.
reason: legacy-system
risk: medium
environment: production
requester: dana@example.com
owner: payments
scope:
- checks:
  - KSV012
  - 'KSV*'
  namespaces:
  - billing
controls:
- id: network-policy
  kind: preventive
  description: |
    Only

      the gateway.
- id: alert
  kind: monitoring
  description: Pages.
remediation:
  target: 2027-01-01
  tickets:
  - https://tickets.example.com/PAY-318
""",
    "four blanks": """\
id: EXC-001
summary: >
    Billing runs
    as root.
reason: legacy-system
risk: medium
environment: production
requester: dana@example.com
owner: payments
requested: 2026-11-02
expires: 2027-01-01
scope:
    - checks:
          - KSV012
      namespaces: [billing]
controls:
    -   id: network-policy
        kind: preventive
        description: Only the gateway.
    -   id: alert
        kind: monitoring
        description: Pages.
remediation:
    target: 2027-01-01
    tickets:
        -   https://tickets.example.com/PAY-318


# the end
""",
    "braces": """\
id: EXC-001
summary: Überweisungen run as root 🔥.
reason: legacy-system
risk: medium
environment: production
requester: dana@example.com
owner: payments
requested: 2026-11-02
expires: 2027-01-01
scope: [ {checks: [KSV012], namespaces: [billing]} ]
controls:
  - {id: network-policy, kind: preventive, description: Only the gateway.}
  - {id: alert,  kind: monitoring, description: Pages.}
remediation: {target: 2027-01-01}
""",
}

EDITS: dict[str, tuple[Edit, set[str]]] = {
    "control": (
        implement("network-policy", DAY, "https://git.example.com/pull/412"),
        {"implemented: 2026-11-20", "evidence: https://git.example.com/pull/412"},
    ),
    "progress": (progress(DAY, "v4: in staging # soon"), {"note: 'v4: in staging # soon'"}),
    "incident": (
        incident(DAY, "Port scan", "https://incidents.example.com/88"),
        {"incidents:", "{date: 2026-11-20, summary: Port scan, url: https://incidents.example.com/88}"},
    ),
    "revoked": (
        ended("revoked", DAY, "sam@example.com", "bypassed"),
        {"revoked: {date: 2026-11-20, by: sam@example.com, reason: bypassed}"},
    ),
    "closed": (
        both(progress(DAY, "done"), ended("closed", DAY, "sam@example.com", "remediated")),
        {"note: done", "closed: {date: 2026-11-20, by: sam@example.com, reason: remediated}"},
    ),
}


def written(front: str) -> bytes:
    return f"---\n{front}---\n{BODY}".encode()


def differences(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """Lines taken out and lines put in."""
    lines = list(difflib.ndiff(before.decode().splitlines(), after.decode().splitlines()))
    return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]


@pytest.mark.parametrize("handwriting", HANDWRITINGS)
@pytest.mark.parametrize("name", EDITS)
def test_only_the_lines_that_an_edit_is_about_differ(handwriting: str, name: str) -> None:
    edit, expected = EDITS[name]
    raw = written(HANDWRITINGS[handwriting])
    result = edited(PATH, raw, edit)
    out, put = differences(raw, result)
    for line in out:  # what was written in braces is added to in its line
        assert any(line.rstrip("} ") in new for new in put), line
    replaced = {line for line in put if any(old.rstrip("} ") in line for old in out)}
    assert len(out) == len(replaced) <= 1
    said = "\n".join(put).replace('"', "'")
    assert all(fragment in said for fragment in expected), said
    assert len(put) <= 1 + 2 * len(expected), put
    assert document(result).digest == document(raw).digest
    assert document(result).body == document(raw).body


@pytest.mark.parametrize("handwriting", HANDWRITINGS)
def test_edits_add_up(handwriting: str) -> None:
    raw = written(HANDWRITINGS[handwriting])
    result = edited(PATH, raw, progress(DAY, "first"))
    result = edited(PATH, result, progress(DAY, "second"))
    result = edited(PATH, result, incident(DAY, "Scan", None))
    result = edited(PATH, result, incident(DAY, "Again", None))
    result = edited(PATH, result, implement("alert", DAY, None))
    record = document(result).record
    assert [note.note for note in record.remediation.progress][-2:] == ["first", "second"]
    assert [one.summary for one in record.incidents] == ["Scan", "Again"]
    assert [control.id for control in record.controls if control.implemented] == ["alert"]
    assert len(differences(raw, result)[0]) <= 2
    assert document(result).digest == document(raw).digest


def test_an_empty_list_is_filled_where_it_stands() -> None:
    front = HANDWRITINGS["comments and columns"] + "incidents: []   # none so far\n"
    out, put = differences(written(front), edited(PATH, written(front), incident(DAY, "Scan", None)))
    assert out == ["incidents: []   # none so far"]
    assert "{date: 2026-11-20, summary: Scan}" in "".join(put)
    assert "# none so far" in put[0]


def test_doing_it_again_changes_the_date_only() -> None:
    raw = edited(PATH, written(HANDWRITINGS["lists at the margin"]), implement("alert", DAY, None))
    again = edited(PATH, raw, implement("alert", DAY + dt.timedelta(days=1), None))
    assert differences(raw, again) == (["  implemented: 2026-11-20"], ["  implemented: 2026-11-21"])


def test_line_ends_are_kept() -> None:
    raw = written(HANDWRITINGS["four blanks"]).replace(b"\n", b"\r\n")
    result = edited(PATH, raw, EDITS["control"][0])
    assert result.count(b"\r\n") == result.count(b"\n")
    assert len(differences(raw, result)[1]) == 2


def test_what_is_on_lines_of_its_own_style_is_at_least_kept_in_meaning() -> None:
    front = HANDWRITINGS["braces"].replace("[ {checks: [KSV012], namesp", "[ {checks: [KSV012],\n   namesp")
    result = edited(PATH, written(front), EDITS["control"][0])
    assert document(result).digest == document(written(front)).digest
    assert document(result).record.controls[0].implemented == DAY


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_a_note_comes_back_as_it_was_or_is_refused(note: str) -> None:
    raw = written(HANDWRITINGS["comments and columns"])
    try:
        result = edited(PATH, raw, progress(DAY, note))
    except UsageError:
        return
    assert document(result).record.remediation.progress[-1].note == note
    assert document(result).digest == document(raw).digest


@pytest.mark.parametrize(
    "note", ["yes", "12", "2026-11-20", "null", "a: b", "- a", "*a", "&a", "!a", "# a", "'", '"']
)
def test_notes_that_yaml_would_take_for_something_else(note: str) -> None:
    result = edited(PATH, written(HANDWRITINGS["lists at the margin"]), progress(DAY, note))
    assert document(result).record.remediation.progress[-1].note == note


def test_a_control_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="no control 'firewall'") as refusal:
        edited(PATH, text().encode(), implement("firewall", DAY, None))
    assert refusal.value.hint == "its controls: network-policy"


def test_an_edit_that_changes_the_terms_is_refused() -> None:
    edit = escalated("team-disagrees", "The risk is contained.")
    with pytest.raises(UsageError, match="would change what was approved"):
        edited(PATH, text().encode(), edit)
    result = edited(PATH, text().encode(), edit, same_terms=False)
    assert document(result).record.escalation
    assert document(result).digest != document(text()).digest


def test_what_cannot_be_read_is_not_edited() -> None:
    with pytest.raises(UsageError, match="unknown key"):
        edited(PATH, text().replace("owner:", "ower:").encode(), progress(DAY, "x"))


@pytest.mark.parametrize("characters", ["\u202e", "\x07"])
def test_an_edit_brings_in_no_forbidden_character(characters: str) -> None:
    with pytest.raises(UsageError, match=r"forbidden character|not allowed"):
        edited(PATH, text().encode(), progress(DAY, f"a{characters}b"))


# New records


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40))
def test_what_is_composed_is_read_back(summary: str) -> None:
    fields = record_fields(requested=dt.date(2026, 11, 2), summary=summary, owner=summary)
    parsed = parse(PATH, compose(fields, new_body(PROSE)))
    if isinstance(parsed, Document):
        assert parsed.record.summary == summary
    else:
        assert {problem.rule for problem in parsed} == {"forbidden-character"}


@pytest.mark.parametrize(
    ("summary", "name"),
    [
        ("Billing runs as root until the vendor ships v4.", "billing-runs-as-root-until-the"),
        ("Überweisungen: größer!", "uberweisungen-groer"),
        ("支払い", "exception"),
        ("../../etc/passwd", "etc-passwd"),
        ("a" * 80, "a" * 50),
    ],
)
def test_the_file_name_is_made_of_the_first_words(summary: str, name: str) -> None:
    assert slug(summary) == name
