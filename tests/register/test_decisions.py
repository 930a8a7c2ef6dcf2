"""What a decision says, and what about: its form, and replays on other terms, records and branches."""

from __future__ import annotations

import pytest

from tests.register.build import (
    ADMIN,
    BRANCH,
    LENA,
    MALLORY,
    RECORD,
    SAM,
    WIDER,
    Yard,
    charter,
    excepts,
    trailers,
)
from tests.support import REQUESTER, record_file

OTHER = "other@example.com"
SCOPE_OF_SHIPPING = [{"type": "misconfiguration", "checks": ["KSV012"], "namespaces": ["shipping"]}]


def new_yard(yard: Yard, text: str) -> Yard:
    """A yard beside the first, under another charter."""
    return Yard(yard.directory.with_name("other"), text)


# What it says


@pytest.mark.parametrize("verdict", ["deny", "ask", "Approve", "approved", "approve!", ""])
def test_anything_but_approve_is_no_approval(yard: Yard, verdict: str) -> None:
    yard.ask()
    yard.decide(verdict=verdict)
    yard.merge()
    assert not excepts(yard.gate())


def test_one_denial_denies_what_all_others_approved(yard: Yard) -> None:
    yard = new_yard(yard, charter(security_team=(SAM, OTHER)))
    yard.ask()
    yard.decide(verdict="deny", who=OTHER)
    yard.decide()
    yard.merge()
    assert yard.status() == "denied"
    assert not excepts(yard.gate())
    yard.decide(who=OTHER)
    assert yard.status() == "active"


@pytest.mark.parametrize("who", [MALLORY, REQUESTER, LENA])
def test_a_denial_without_the_role_denies_nothing(yard: Yard, who: str) -> None:
    yard.ask()
    yard.decide()
    yard.decide(verdict="deny", who=who)
    yard.merge()
    assert yard.status() == "active"


@pytest.mark.parametrize("last", ["approve", "deny"])
@pytest.mark.parametrize("order", [("earlier", "later"), ("later", "earlier")])
def test_of_two_decisions_side_by_side_the_later_one_counts(
    yard: Yard, last: str, order: tuple[str, str]
) -> None:
    # No commit is after the other: only their dates tell which of them sam means.
    asked = yard.ask(ago=3)
    for name, verdict, ago in (("earlier", {"approve": "deny"}.get(last, "approve"), 2), ("later", last, 1)):
        yard.checkout(name, start=asked)
        yard.decide(verdict=verdict, ago=ago)
    yard.git("branch", "--quiet", "-D", BRANCH)
    yard.checkout(order[0])
    yard.git("merge", "--quiet", "--no-edit", order[1])
    yard.merge(order[0], mode="--ff-only")
    assert yard.status() == {"approve": "active", "deny": "denied"}[last]


BROKEN = {
    "not-in-the-last-paragraph": "Decide\n\n{lines}\nThat is what I think.\n",
    "quoted": "Decide\n\n{quoted}",
    "in-the-subject": "{lines}",
    "verdict-twice": "Decide\n\n{lines}Reprieve-Decision: approve\n",
    "role-twice": "Decide\n\n{lines}Reprieve-Role: security-team\n",
    "terms-twice": "Decide\n\n{lines}Reprieve-Terms: sha256:{zeros}\n",
    "exception-twice": "Decide\n\n{lines}Reprieve-Exception: EXC-002\n",
    "verdict-both-ways": "Decide\n\n{lines}Reprieve-Decision: deny\n",
    "no-terms": "Decide\n\n{no_terms}",
    "short-terms": "Decide\n\n{short}",
    "other-hash": "Decide\n\n{md5}",
    "other-keys": "Decide\n\n{other}",
    "folded": "Decide\n\nNote: x\n {folded}",
}


def test_a_decision_in_the_form_that_the_broken_ones_start_from_counts(yard: Yard) -> None:
    yard.ask()
    yard.commit(None, f"Decide\n\n{trailers('security-team', yard.terms())}", who=SAM)
    yard.merge()
    assert yard.status() == "active"


@pytest.mark.parametrize("form", list(BROKEN))
def test_a_decision_that_is_not_plainly_one_is_none(yard: Yard, form: str) -> None:
    yard.ask()
    lines = trailers("security-team", yard.terms())
    text = BROKEN[form].format(
        lines=lines,
        zeros="0" * 64,
        quoted="".join(f"> {line}\n" for line in lines.splitlines()),
        no_terms="".join(f"{line}\n" for line in lines.splitlines() if "Terms" not in line),
        short=lines[:-20],
        md5=lines.replace("sha256:", "md5:"),
        other=lines.replace("Reprieve-", "X-Reprieve-"),
        folded=lines.replace("\n", "\n "),
    )
    yard.commit(None, text, who=SAM)
    yard.merge()
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


# What it is about


def test_a_decision_on_one_record_does_not_count_for_another(yard: Yard) -> None:
    yard.active(scope=SCOPE_OF_SHIPPING)
    terms = yard.terms()
    yard.ask("EXC-002")
    yard.decide(identifier="EXC-002", terms=terms)
    yard.merge("exception/EXC-002")
    assert yard.status("EXC-002") == "requested"
    assert not excepts(yard.gate())


def test_trailers_copied_to_another_record_do_not_count(yard: Yard) -> None:
    yard.ask(scope=SCOPE_OF_SHIPPING)
    yard.decide()
    message = yard.git("log", "-1", "--format=%B")
    yard.merge()
    yard.ask("EXC-002")
    yard.commit(None, message.replace("EXC-001", "EXC-002"), who=SAM)
    yard.merge("exception/EXC-002")
    assert yard.status() == "active"
    assert yard.status("EXC-002") == "requested"
    assert not excepts(yard.gate())


def test_trailers_replayed_on_other_terms_do_not_count(yard: Yard) -> None:
    yard.ask()
    yard.decide()
    message = yard.git("log", "-1", "--format=%B")
    yard.git("reset", "--quiet", "--hard", "main")
    yard.commit({RECORD: record_file(scope=WIDER)})
    yard.commit(None, message, who=SAM)
    yard.merge()
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


def test_a_decision_for_terms_still_to_come_does_not_count(yard: Yard) -> None:
    yard.ask()
    coming = yard.terms()
    yard.git("reset", "--quiet", "--hard", "main")
    yard.commit({RECORD: record_file(scope=WIDER)})
    yard.decide(terms=coming)
    yard.commit({RECORD: record_file()})
    yard.merge()
    assert yard.terms() == coming
    assert not excepts(yard.gate())


def test_a_decision_cherry_picked_to_where_the_record_is_not_does_not_count(yard: Yard) -> None:
    yard.ask()
    decision = yard.decide()
    yard.checkout("elsewhere", start="main")
    yard.git("cherry-pick", "--allow-empty", decision)
    yard.merge("elsewhere")
    yard.git("merge", "--quiet", "--squash", BRANCH)
    yard.commit(None, "Ask (#12)", who=ADMIN)
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


def test_a_decision_cherry_picked_to_other_terms_does_not_count(yard: Yard) -> None:
    yard.ask()
    decision = yard.decide()
    yard.checkout("elsewhere", start="main")
    yard.commit({RECORD: record_file(scope=WIDER)})
    yard.git("cherry-pick", "--allow-empty", decision)
    yard.merge("elsewhere")
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


def test_the_same_decision_merged_through_another_branch_counts(yard: Yard) -> None:
    yard.ask()
    yard.decide()
    yard.git("branch", "release")
    yard.checkout("release")
    yard.commit({"README.md": "Other work.\n"})
    yard.merge("release")
    assert yard.status() == "active"


def test_a_decision_that_was_never_merged_does_not_count(yard: Yard) -> None:
    yard.ask()
    yard.merge()
    yard.checkout("exception/EXC-001-approve", start="main")
    yard.decide()
    assert not excepts(yard.gate())
    yard.merge("exception/EXC-001-approve")
    assert excepts(yard.gate())


def test_a_decision_made_in_the_archive_does_not_count(yard: Yard) -> None:
    archived = RECORD.replace("exceptions/", "exceptions/archive/")
    yard.checkout("elsewhere", start="main")
    yard.commit({archived: record_file()})
    yard.decide()
    yard.git("mv", archived, RECORD)
    yard.commit(None, "Move")
    yard.merge("elsewhere")
    assert yard.status() == "requested"
    assert not excepts(yard.gate())
