"""What people wrote stays as they wrote it: an edit changes the lines it must, and no others."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from tests.process.hosts import changed_lines
from tests.support import CHARTER, FOLDER, PROSE, Desk, git, today

DAY = today()
PATH = f"{FOLDER}/EXC-001-by-hand.md"
BODY = "".join(f"\n## {heading}\n\n{text}\n" for heading, text in list(PROSE.items())[:4])

PLAIN = f"""\
id: EXC-001
summary: Billing runs as root until the vendor ships v4.
reason: legacy-system
risk: medium
environment: production
requester: dana@example.com
owner: payments
requested: {DAY}
expires: {DAY + dt.timedelta(days=60)}
scope:
  - checks: [KSV012]
    namespaces: [billing]
controls:
  - id: network-policy
    kind: preventive
    description: Only the gateway may reach it.
remediation:
  target: {DAY + dt.timedelta(days=50)}
"""


def changed(old: str, new: str, front: str = PLAIN) -> str:
    """A front matter that somebody wrote differently."""
    assert old in front
    return front.replace(old, new)


COMMENTS = changed(
    "risk: medium\n",
    "\n# Agreed on Monday.\nrisk: medium            # see the risk register\n\n",
)
TRAILING = PLAIN + "# The end.\n"
BETWEEN = (
    changed("remediation:\n", "\n# What we do about it:\nremediation:\n")
    + "\n# Who hears of it:\nvoids: [fix-available]\n"
)
QUOTES = changed(
    "owner: payments", 'owner: "payments"', changed("reason: legacy-system", "reason: 'legacy-system'")
)
ORDER = changed("id: EXC-001\n", "", PLAIN) + "id: EXC-001\n"
FLOW = changed(
    """  - id: network-policy
    kind: preventive
    description: Only the gateway may reach it.
""",
    "  - {id: network-policy, kind: preventive, description: Only the gateway may reach it.}\n",
)
FLUSH = re.sub(r"(?m)^  (  |- )", r"\1", PLAIN)
DEEP = (
    PLAIN.replace("\n  - ", "\n    - ")
    .replace("\n    namespaces", "\n      namespaces")
    .replace("\n  target", "\n    target")
    .replace("\n    kind", "\n      kind")
    .replace("\n    description", "\n      description")
)
MIXED = changed(
    "scope:\n  - checks: [KSV012]\n    namespaces: [billing]\n",
    "scope:\n- checks: [KSV012]\n  namespaces: [billing]\n",
)
ALIGNED = PLAIN.replace("risk: medium", "risk:        medium").replace(
    "owner: payments", "owner:       payments"
)
FOLDED = changed(
    "summary: Billing runs as root until the vendor ships v4.",
    "summary: >-\n  Billing runs as root\n  until the vendor ships v4.",
)
WRAPPED = changed("as root until the", "as root\n  until the")
LONG = changed("[KSV012]", "[\n      KSV012,  # root\n      KSV001,  # escalation\n    ]")
SPACED = changed("[KSV012]", "[ KSV012,   KSV001 ]")
NOTES = f"""{PLAIN}\
  progress:
    - {{date: {DAY}, note: first}}
    - date: {DAY}
      note: second
incidents: []
"""
UNICODE = changed("Billing runs", "Größe – “Billing” 🚀 runs")
LAYOUTS = {
    "plain": PLAIN,
    "comments": COMMENTS,
    "a comment at the end": TRAILING,
    "comments and blank lines between": BETWEEN,
    "quotes": QUOTES,
    "order": ORDER,
    "flow mappings": FLOW,
    "lists flush with their key": FLUSH,
    "deep indentation": DEEP,
    "mixed indentation": MIXED,
    "aligned values": ALIGNED,
    "a folded text": FOLDED,
    "a wrapped text": WRAPPED,
    "a list over several lines": LONG,
    "spaces in a list": SPACED,
    "notes already there": NOTES,
    "other scripts": UNICODE,
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A register without a remote: the fastest there is."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main", ".")
    desk = Desk(tmp_path, "dana@example.com")
    desk.commit({f"{FOLDER}/charter.yaml": CHARTER})
    return desk


def edit(desk: Desk, before: str, *arguments: str, path: str = PATH) -> tuple[list[str], list[str]]:
    """Commits the file, runs the command, and gives the lines that are gone and those that are new."""
    desk.commit({PATH: before})
    desk.ok(*arguments)
    after = (desk.directory / path).read_bytes().decode()
    return changed_lines(before, after)


def front(text: str) -> str:
    """Front matter and prose as one file."""
    return f"---\n{text}---\n{BODY}"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_progress_adds_lines_and_takes_none(desk: Desk, layout: str) -> None:
    gone, new = edit(desk, front(LAYOUTS[layout]), "progress", "1", "v4 is in staging")
    assert gone == []
    assert [line.strip() for line in new if line.strip() != "progress:"] == [
        f"- {{date: {DAY}, note: v4 is in staging}}"
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_incident_adds_lines_and_takes_none(desk: Desk, layout: str) -> None:
    gone, new = edit(desk, front(LAYOUTS[layout]), "incident", "1", "Port scan")
    assert [line for line in gone if line != "incidents: []"] == []
    written = [line.removeprefix("incidents:").strip(" -[]") for line in new]
    assert [line for line in written if line] == [f"{{date: {DAY}, summary: Port scan}}"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_control_adds_its_date_and_evidence(desk: Desk, layout: str) -> None:
    url = "https://git.example.com/infra/pull/412"
    gone, new = edit(desk, front(LAYOUTS[layout]), "control", "1", "network-policy", "--evidence", url)
    if layout == "flow mappings":
        (gone_line,), (new_line,) = gone, new
        assert gone_line.rstrip("}") in new_line
        assert f"implemented: {DAY}" in new_line
    else:
        assert gone == []
        assert [line.strip() for line in new] == [f"implemented: {DAY}", f"evidence: {url}"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_revoking_adds_one_line(desk: Desk, layout: str) -> None:
    gone, new = edit(desk, front(LAYOUTS[layout]), "revoke", "1", "--reason", "The gateway was bypassed")
    assert gone == []
    assert new == [f"revoked: {{date: {DAY}, by: dana@example.com, reason: The gateway was bypassed}}"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_closing_adds_one_line(desk: Desk, layout: str) -> None:
    archived = PATH.replace(FOLDER, f"{FOLDER}/archive")
    gone, new = edit(desk, front(LAYOUTS[layout]), "close", "1", "--reason", "not-needed", path=archived)
    assert gone == []
    assert new == [f"closed: {{date: {DAY}, by: dana@example.com, reason: not-needed}}"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_escalating_adds_its_case_and_reason(desk: Desk, layout: str) -> None:
    before = front(LAYOUTS[layout])
    desk.commit({PATH: before})
    desk.ok("escalate", "1", "--case", "team-disagrees", "--reason", "It blocks us.")
    after = desk.git("show", f"exception/EXC-001-escalate:{PATH}") + "\n"
    gone, new = changed_lines(before, after)
    assert gone == []
    assert [line.strip() for line in new] == [
        "escalation:",
        "case: team-disagrees",
        "reason: It blocks us.",
    ]


def test_a_comment_stays_with_the_line_it_is_about(desk: Desk) -> None:
    desk.commit({PATH: front(BETWEEN)})
    desk.ok("progress", "1", "v4 is in staging")
    desk.ok("incident", "1", "Port scan")
    after = (desk.directory / PATH).read_text()
    assert "\n# What we do about it:\nremediation:\n" in after
    assert "\n# Who hears of it:\nvoids: [fix-available]\n" in after


@pytest.mark.parametrize("arguments", [("progress", "1", "x"), ("revoke", "1", "--reason", "x")])
def test_line_ends_of_another_system_stay(desk: Desk, arguments: tuple[str, ...]) -> None:
    before = front(PLAIN).replace("\n", "\r\n").encode()
    desk.commit({PATH: before})
    desk.ok(*arguments)
    after = (desk.directory / PATH).read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        BODY.replace("\n", "\n\n"),
        BODY.rstrip("\n"),
        BODY + "\n\n\n",
        BODY + "\ntrailing blanks   \n\n---\n\nafter a rule\n",
        BODY + "\n```yaml\n---\nid: EXC-002\n---\n```\n",
        BODY + "\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<!-- a note -->\n",
    ],
)
def test_the_prose_is_not_touched(desk: Desk, body: str) -> None:
    desk.commit({PATH: f"---\n{PLAIN}---\n{body}"})
    desk.ok("progress", "1", "v4 is in staging")
    after = (desk.directory / PATH).read_text()
    assert after.split("\n---\n", 1)[1] == body


def test_many_edits_one_after_the_other(desk: Desk) -> None:
    before = front(COMMENTS)
    desk.commit({PATH: before})
    for number in range(3):
        desk.ok("progress", "1", f"step {number}")
        desk.ok("incident", "1", f"incident {number}")
    desk.ok("control", "1", "network-policy")
    gone, new = changed_lines(before, (desk.directory / PATH).read_text())
    assert gone == []
    assert len(new) == 9  # two keys, six notes, one date
