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


STATUS = {"deny": "denied", "ask": "in-review", "approve": "active"}


def side_by_side(yard: Yard, asked: str, *decisions: tuple[str, float]) -> None:
    """Decisions of sam on branches of their own, all merged into the record's branch, and that into main."""
    names = [f"side-{number}" for number in range(len(decisions))]
    for name, (verdict, ago) in zip(names, decisions, strict=True):
        yard.checkout(name, start=asked)
        yard.decide(verdict=verdict, ago=ago)
    yard.checkout(BRANCH)
    for name in names:
        yard.git("merge", "--quiet", "--no-ff", "--no-edit", name)
    yard.merge()


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [("approve", "deny", "deny"), ("approve", "ask", "ask"), ("ask", "deny", "deny")],
)
@pytest.mark.parametrize("ago", [(2, 1), (1, 2), (1, 1)], ids=["earlier", "later", "at once"])
@pytest.mark.parametrize("turned", [False, True], ids=["in order", "turned"])
def test_of_two_decisions_side_by_side_the_safer_one_counts_whatever_their_dates(
    yard: Yard, one: str, other: str, counts: str, ago: tuple[float, float], turned: bool
) -> None:
    pair = [(one, ago[0]), (other, ago[1])]
    side_by_side(yard, yard.ask(ago=3), *(reversed(pair) if turned else pair))
    assert yard.status() == STATUS[counts]


def test_a_denial_yields_to_what_the_same_person_decides_after_it(yard: Yard) -> None:
    side_by_side(yard, yard.ask(ago=3), ("approve", 0.2), ("deny", 0.3))
    assert yard.status() == "denied"
    yard.decide(ago=0.5)  # by a clock that is slow
    assert yard.status() == "active"


def test_an_approval_does_not_pass_a_denial_by_way_of_a_later_one(yard: Yard) -> None:
    # By dates alone there is no order: the second approval is after the first, which is after the denial,
    # which is after the second.
    asked = yard.ask(ago=9)
    yard.checkout("approving", start=asked)
    yard.decide(ago=2)
    yard.decide(ago=6)
    yard.checkout("denying", start=asked)
    yard.decide(verdict="deny", ago=4)
    yard.checkout(BRANCH)
    for name in ("approving", "denying"):
        yard.git("merge", "--quiet", "--no-ff", "--no-edit", name)
    yard.merge()
    assert yard.status() == "denied"


def test_the_denial_of_another_person_in_the_role_does_not_yield(yard: Yard) -> None:
    yard = new_yard(yard, charter(security_team=(SAM, OTHER)))
    asked = yard.ask(ago=3)
    yard.decide(verdict="deny", who=OTHER, ago=2)
    yard.checkout("side", start=asked)
    yard.decide(ago=1)
    yard.checkout(BRANCH)
    yard.git("merge", "--quiet", "--no-ff", "--no-edit", "side")
    yard.decide(ago=0)
    yard.merge()
    assert yard.status() == "denied"


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
