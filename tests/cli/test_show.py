"""`reprieve show`: everything about one exception."""

from __future__ import annotations

from reprieve.register.writing.ending import revoke
from reprieve.register.writing.renewal import escalate, renew
from reprieve.register.writing.upkeep import incident, progress
from tests.cli.past import Past, iso, later, scope
from tests.support import FOLDER, PEOPLE, PROSE, REQUESTER


def test_json_holds_the_whole_record(past: Past) -> None:
    past.active(
        later(), remediation={"target": later(days=30).date(), "tickets": ["https://t.example.com/1"]}
    )
    progress(past.clerk(later(days=2)), "EXC-001", "v4 in staging", later(days=2).date())
    incident(past.clerk(later(days=3)), "EXC-001", "Port scan", "https://i.example.com/8", later().date())
    shown = past.json("show", "EXC-001", "--now", iso(later(days=4)))
    assert (shown["id"], shown["status"], shown["expires_in_days"]) == ("EXC-001", "active", 56)
    assert shown["controls"][0]["implemented"] == "2025-03-03"
    assert shown["remediation"]["tickets"] == ["https://t.example.com/1"]
    assert shown["remediation"]["progress"] == [{"date": "2025-03-05", "note": "v4 in staging"}]
    assert shown["incidents"][0]["summary"] == "Port scan"
    assert shown["prose"] == {
        name: text for name, text in PROSE.items() if name != "Why the original timeline was not met"
    }
    assert shown["submitters"] == [REQUESTER]
    assert (shown["asked"], shown["entered"]) == ("2025-03-03T10:00:00Z", "2025-03-03T10:00:00Z")
    assert shown["charter"] == past.json("charter")["digest"]
    assert [event["kind"] for event in shown["history"]][-2:] == ["progress", "incident"]


def test_decisions_with_role_trust_and_what_became_of_them(past: Past) -> None:
    past.request(later(), risk="high")
    past.decide(later(hours=1), "EXC-001", "approve", "security-lead", "Contained.")
    escalate(past.clerk(later(hours=2)), "EXC-001", "team-disagrees", "we do")
    past.decide(later(hours=3), "EXC-001", "approve", "ciso")
    first, second = past.json("show", "EXC-001")["decisions"]
    assert (first["person"], first["role"], first["trust"]) == (
        PEOPLE["security-lead"],
        "security-lead",
        "claimed",
    )
    assert (first["note"], first["counts"], first["ended"]) == ("Contained.", False, "2025-03-03T12:00:00Z")
    assert (second["role"], second["counts"], second["ended"]) == ("ciso", True, None)
    out = past.say("show", "EXC-001")
    assert "approved by lena@example.com as security-lead (claimed)" in out
    assert "ended on 2025-03-03, when the terms changed" in out
    assert "escalated (team-disagrees): we do" in out


def test_whose_decisions_are_missing_and_by_when(past: Past) -> None:
    past.request(later(), risk="high")
    past.decide(later(hours=1), "EXC-001", "approve", "security-lead")
    shown = past.json("show", "EXC-001", "--now", iso(later(hours=2)))
    assert shown["needs"] == [{"role": "engineering-manager", "holders": [PEOPLE["engineering-manager"]]}]
    assert shown["due"] == "2025-03-04T10:00:00Z"
    out = past.say("show", "EXC-001", "--now", iso(later(hours=2)))
    assert "due 2025-03-04 10:00 UTC" in out
    assert "engineering-manager: emil@example.com" in out


def test_an_open_question(past: Past) -> None:
    past.request(later())
    past.decide(later(hours=1), "EXC-001", "ask", "security-team", "Who watches?")
    (question,) = past.json("show", "EXC-001")["questions"]
    assert question == {
        "by": PEOPLE["security-team"],
        "role": "security-team",
        "at": "2025-03-03T11:00:00Z",
        "text": "Who watches?",
    }


def test_controls_say_whether_they_are_in(past: Past) -> None:
    control = {"id": "alerts", "kind": "monitoring", "description": "Alert on egress."}
    past.active(later(), controls=[control])
    out = past.say("show", "1", "--now", iso(later(days=1)))
    assert "alerts (monitoring): Alert on egress. [NOT IMPLEMENTED]" in out
    assert "EXC-001  approved" in out


def test_renewals_in_both_directions(past: Past) -> None:
    past.active(later())
    renew(past.clerk(later(days=50)), "EXC-001", why="slipped", plan="v4 in May")
    assert past.json("show", "EXC-001")["renewed_by"] == ["EXC-002"]
    renewal = past.json("show", "EXC-002")
    assert (renewal["renews"], renewal["prose"]["Remediation plan"]) == ("EXC-001", "v4 in May")
    assert "renewed by EXC-002" in past.say("show", "EXC-001")


def test_what_a_branch_asks_for_beside_it(past: Past) -> None:
    past.active(later())
    escalate(past.clerk(later(days=1)), "EXC-001", "team-disagrees", "we do")
    shown = past.json("show", "EXC-001", "--now", iso(later(days=1)))
    assert (shown["status"], shown["branch"]) == ("active", None)
    (proposal,) = shown["proposals"]
    assert (proposal["status"], proposal["branch"]) == ("requested", "exception/EXC-001-escalate")
    assert "Also asked for" in past.say("show", "EXC-001")


def test_problems_of_an_invalid_record(past: Past) -> None:
    past.active(later())
    past.desk.git("pull", "--quiet")
    path = past.office.record_path("EXC-001")
    text = (past.desk.directory / path).read_text()
    everywhere = text.replace("[billing]", "['*']").replace("[Deployment/billing-*]", "['*']")
    past.desk.commit({path: everywhere})
    past.desk.git("push", "--quiet", "origin", "main")
    shown = past.json("show", "EXC-001")
    assert shown["status"] == "invalid"
    assert [problem["rule"] for problem in shown["problems"]] == ["blanket-scope"]
    assert "a blanket scope" in past.say("show", "EXC-001")


def test_an_unreadable_record_is_still_shown(past: Past) -> None:
    past.desk.commit({f"{FOLDER}/EXC-009-broken.md": "no record\n"})
    past.desk.git("push", "--quiet", "origin", "main")
    shown = past.json("show", "EXC-009")
    assert (shown["status"], shown["summary"], shown["prose"]) == ("invalid", None, {})
    assert "This record cannot be read." in past.say("show", "EXC-009")


def test_a_deleted_record_is_closed_and_keeps_its_history(past: Past) -> None:
    past.active(later())
    past.desk.git("pull", "--quiet")
    past.desk.commit({past.office.record_path("EXC-001"): None})
    past.desk.git("push", "--quiet", "origin", "main")
    shown = past.json("show", "EXC-001")
    assert (shown["status"], shown["why"]) == ("closed", "deleted from the register")
    assert shown["history"][-1]["kind"] == "deleted"
    assert "closed" in past.say("show", "EXC-001")


def test_as_of_a_day_it_was_requested_and_a_day_it_was_active(past: Past) -> None:
    past.request(later())
    past.approve(later(days=3), "EXC-001", "security-team")
    revoke(past.clerk(later(days=10)), "EXC-001", "bypassed")
    requested = past.json("show", "EXC-001", "--as-of", "2025-03-04")
    assert (requested["status"], requested["simulated"]) == ("requested", True)
    assert [event["kind"] for event in requested["history"]] == ["requested"]
    active = past.json("show", "EXC-001", "--as-of", "2025-03-10")
    assert (active["status"], active["revoked"]) == ("active", None)
    revoked = past.json("show", "EXC-001", "--as-of", "2025-03-13")
    assert (revoked["status"], revoked["revoked"]["reason"]) == ("revoked", "bypassed")


def test_no_line_of_a_record_begins_a_line(past: Past) -> None:
    """A CI runner obeys lines that begin with `::`; GitLab those that begin with `/`."""
    prose = {**PROSE, "Justification": "::error::hello\n/close\n\n    ::warning::there"}
    past.request(later(), prose=prose)
    for output in ("text", "markdown"):
        out = past.say("show", "EXC-001", "--output", output)
        assert "::error::hello" in out
        assert not [line for line in out.splitlines() if line.lstrip().startswith(("::", "/"))]


def test_markdown_escapes_what_would_act(past: Past) -> None:
    past.request(later(), summary="<img src=x> *bold* @everyone |cell", scope=scope("a"))
    out = past.say("show", "EXC-001", "--output", "markdown")
    assert out.startswith(r"# EXC-001: \<img src=x\> \*bold\* @&#8203;everyone \|cell")


def test_ids_are_numbers_and_unknown_ones_errors(past: Past) -> None:
    past.request(later())
    assert past.json("show", "exc-1")["id"] == past.json("show", "001")["id"] == "EXC-001"
    for wrong, said in (("EXC-044", "holds no EXC-044"), ("seven", "not an id")):
        result = past.desk.run("show", wrong)
        assert result.code == 2
        assert said in result.err
