"""Branches that nobody merged: anybody may push one. They annotate findings as pending, and no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.register.build import (
    BRANCH,
    CAROL,
    MALLORY,
    RECORD,
    SAM,
    WIDER,
    Key,
    Yard,
    charter,
    excepts,
    identity,
    signers,
    trailers,
)
from tests.support import FOLDER, record_file
from tests.waiting import work_within

OTHER = RECORD.replace("EXC-001", "EXC-002")


def verdict_of(yard: Yard) -> dict[str, Any]:
    """The gate's verdict without what names the moment."""
    result = yard.gate("--strict")
    assert result.code in {0, 1}, result.err
    found: dict[str, Any] = result.json()
    del found["now"]
    return found


def test_a_fully_approved_branch_is_pending_and_fails(yard: Yard) -> None:
    yard.ask()
    yard.decide()
    result = yard.gate()
    assert result.code == 1
    assert result.json()["findings"][0]["disposition"] == "pending"
    assert result.json()["summary"]["pending"] == 1


def test_a_denial_on_another_branch_does_not_count(yard: Yard) -> None:
    yard.active()
    for name in ("exception/EXC-001-deny", "exception/EXC-001", "elsewhere"):
        yard.git("branch", "--force", name, "main")
        yard.checkout(name)
        yard.decide(verdict="deny")
    assert excepts(yard.gate())


def test_an_edit_on_another_branch_does_not_count(yard: Yard) -> None:
    yard.active()
    yard.checkout("exception/EXC-001-edit", start="main")
    yard.edit("KSV012", "KSV001")
    assert excepts(yard.gate())
    yard.commit({RECORD: None})
    assert excepts(yard.gate())


def test_a_charter_on_another_branch_does_not_rule(yard: Yard) -> None:
    yard.ask()
    loose = charter("approvals: merged\nenvironments: {'*': test}\nnative_suppressions: accept\n")
    yard.commit({f"{FOLDER}/charter.yaml": loose})
    assert not excepts(yard.gate())


def with_header(yard: Yard, header: str, value: str) -> None:
    """The commit at HEAD again with another header line, however wrong."""
    yard.rewrite(lambda raw: re.sub(rf"(?m)^{header} .*$", lambda _: value, raw, count=1))


def unreadable(yard: Yard) -> None:
    yard.commit({OTHER: "not a record"})


def no_utf8(yard: Yard) -> None:
    yard.commit({OTHER: b"\xff\xfe"}, "message")


def enormous(yard: Yard) -> None:
    yard.commit({OTHER: b"x" * 20_000_000})


def thousands_of_files(yard: Yard) -> None:
    yard.commit({f"{FOLDER}/EXC-{number}-x.md": f"x {number}" for number in range(1000, 4000)})


def thousands_of_records(yard: Yard) -> None:
    yard.commit({f"{FOLDER}/EXC-{n}-x.md": record_file(id=f"EXC-{n}") for n in range(1000, 1150)})


def slow_to_parse(yard: Yard) -> None:
    yard.commit({OTHER: "---\na: [" + "'*', " * 15_000 + "]\n---\n"})


def deep(yard: Yard) -> None:
    yard.commit({OTHER: "---\nsummary: " + "[" * 240 + "]" * 240 + "\nsummary: x\n---\n"})


def link(yard: Yard) -> None:
    (yard.directory / OTHER).symlink_to("/etc/passwd")
    yard.git("add", "--all")
    yard.commit()


def submodule(yard: Yard) -> None:
    yard.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{OTHER}")
    yard.commit()


def no_folder(yard: Yard) -> None:
    yard.git("rm", "--quiet", "-r", "security")
    yard.commit()


def orphan(yard: Yard) -> None:
    yard.git("checkout", "--quiet", "--orphan", "orphan")
    yard.commit({OTHER: record_file(id="EXC-002", scope=WIDER)})
    yard.git("branch", "--force", "exception/EXC-002", "orphan")


def long_id_in_a_trailer(yard: Yard) -> None:
    yard.commit(None, f"x\n\nReprieve-Exception: EXC-{'9' * 5000}\n")


def long_id_in_a_record(yard: Yard) -> None:
    yard.commit({OTHER: record_file(id="EXC-" + "9" * 5000)})


def many_trailers(yard: Yard) -> None:
    yard.commit(None, "x\n\n" + trailers("security-team", "sha256:0", "EXC-002") * 5000)


def committed_in_the_far_future(yard: Yard) -> None:
    yard.write({OTHER: record_file(id="EXC-002")})
    yard.git("add", "--all")
    date = {"GIT_COMMITTER_DATE": "@99999999999999 +0000", "GIT_AUTHOR_DATE": "@99999999999999 +0000"}
    yard.git("commit", "--quiet", "-m", "x", **{**identity(MALLORY), **date})


def committed_at_no_date(yard: Yard) -> None:
    yard.commit({OTHER: record_file(id="EXC-002")})
    with_header(yard, "committer", "committer x <x@example.com>")


def committed_by_nobody(yard: Yard) -> None:
    yard.commit({OTHER: record_file(id="EXC-002")})
    with_header(yard, "committer", "committer")
    yard.decide(identifier="EXC-002")
    with_header(yard, "author", "author")


def committed_before_time(yard: Yard) -> None:
    yard.commit({OTHER: record_file(id="EXC-002")})
    with_header(yard, "committer", "committer x <x@example.com> -5 +0000")


def committed_at_an_endless_date(yard: Yard) -> None:
    yard.commit({OTHER: record_file(id="EXC-002")})
    with_header(yard, "committer", f"committer x <x@example.com> {'9' * 5000} +0000")


def signed_with_nonsense(yard: Yard) -> None:
    yard.commit({OTHER: record_file(id="EXC-002")})
    yard.decide(identifier="EXC-002")
    with_header(yard, "committer", "committer x <x@example.com> 1700000000 +0000\ngpgsig hello")


def encoded_in_utf7(yard: Yard) -> None:
    yard.commit({OTHER: record_file(id="EXC-002")})
    message = "x+AAA-y+AAo-Reprieve-Exception: EXC-002"
    yard.git("-c", "i18n.commitEncoding=UTF-7", "commit", "--quiet", "--allow-empty", "-m", message)


def encoded_in_nothing_known(yard: Yard) -> None:
    yard.git("-c", "i18n.commitEncoding=no-such", "commit", "--quiet", "--allow-empty", "-m", "x")


def no_message(yard: Yard) -> None:
    yard.git("commit", "--quiet", "--allow-empty", "--allow-empty-message", "-m", "", **identity(MALLORY))


def separators_in_the_message(yard: Yard) -> None:
    lines = trailers("security-team", "sha256:0", "EXC-001", "deny")
    yard.commit(None, f"x\x1e\x1f\n\nReprieve-Exception: EXC-001\x1e{lines}", who=SAM)


def number_that_is_too_large(yard: Yard) -> None:
    yard.commit({f"{FOLDER}/EXC-999999999999-x.md": record_file(id="EXC-999999999999")})
    yard.git("branch", "--force", "exception/EXC-999999999999", "HEAD")


HOSTILE = [
    unreadable,
    no_utf8,
    enormous,
    thousands_of_files,
    thousands_of_records,
    slow_to_parse,
    deep,
    link,
    submodule,
    no_folder,
    orphan,
    long_id_in_a_trailer,
    long_id_in_a_record,
    many_trailers,
    committed_in_the_far_future,
    committed_at_no_date,
    committed_by_nobody,
    committed_before_time,
    committed_at_an_endless_date,
    signed_with_nonsense,
    encoded_in_utf7,
    encoded_in_nothing_known,
    no_message,
    separators_in_the_message,
    number_that_is_too_large,
]


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_branch_changes_no_verdict(yard: Yard, attack: Callable[[Yard], None]) -> None:
    yard.active()
    before = verdict_of(yard)
    yard.checkout("exception/EXC-002", start="main")
    attack(yard)
    yard.git("checkout", "--quiet", "--force", "main")
    with work_within(30):
        after = verdict_of(yard)
    shown = after["exceptions"]
    assert [row for row in shown if row["id"] == "EXC-001"] == before["exceptions"]
    assert {row["status"] for row in shown if row["id"] != "EXC-001"} <= {"requested", "in-review"}
    assert {**after, "exceptions": []} == {**before, "exceptions": []}


def test_a_nonsense_signature_on_a_branch_changes_no_verdict(yard: Yard, keys: dict[str, Key]) -> None:
    yard = Yard(yard.directory.with_name("signing"), charter(), signers(sam=keys["sam"]))
    yard.active(key=keys["sam"])
    yard.checkout("exception/EXC-002", start="main")
    signed_with_nonsense(yard)
    assert excepts(yard.gate())


@pytest.mark.parametrize("attack", [long_id_in_a_trailer, committed_in_the_far_future, signed_with_nonsense])
def test_the_same_once_merged_is_no_crash(yard: Yard, attack: Callable[[Yard], None]) -> None:
    yard.active()
    yard.checkout("exception/EXC-002", start="main")
    attack(yard)
    yard.merge("exception/EXC-002")
    result = yard.gate()
    assert result.code == 2 or excepts(result)


def test_as_of_is_not_disturbed_by_a_branch_either(yard: Yard) -> None:
    yard.active(ago=10)
    yard.checkout("whatever", start="main")
    committed_in_the_far_future(yard)
    long_id_in_a_trailer(yard)
    yard.checkout("main")
    assert excepts(yard.gate("--as-of", f"{yard.today}"))


def test_branches_ask_for_one_id_without_hiding_one_another(yard: Yard) -> None:
    yard.ask()
    yard.checkout("exception/EXC-001-other", start="main")
    yard.commit({RECORD: record_file(scope=[{"checks": ["X"], "namespaces": ["y"]}])}, who=MALLORY)
    assert yard.gate().json()["findings"][0]["disposition"] == "pending"


def test_a_pending_branch_of_a_closed_id_is_closed(yard: Yard) -> None:
    yard.active()
    yard.commit({RECORD: None}, who=CAROL)
    yard.git("branch", "--quiet", "-D", BRANCH)
    yard.ask()
    yard.decide()
    result = yard.gate()
    assert result.json()["findings"][0]["disposition"] == "open"
