"""For whom a key counts: what `allowed_signers` lists, and recorders that sign for others."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from reprieve.register.register import Register
from tests.register.build import (
    BRANCH,
    MALLORY,
    RECORD,
    SAM,
    SIGNERS_FILE,
    Yard,
    charter,
    excepts,
    gate,
    signers,
    standing_of,
)
from tests.register.scenes import REQUIRED, Keys, signing_yard
from tests.support import REQUESTER, git, run_cli

RECORDED = REQUIRED + "recorders: [console@example.com]\n"


# What allowed_signers says


def listed(principals: str, options: str = "") -> Callable[[Keys], str]:
    """A list of one line for sam's key."""
    middle = f" {options} " if options else " "
    return lambda keys: f"{principals}{middle}{keys['sam'].public}\n"


sams_line = listed("sam@example.com")


@pytest.mark.parametrize(
    ("allowed", "status"),
    [
        (listed("sam@example.com"), "active"),
        (listed("Sam@Example.com"), "active"),
        (listed("sam@example.com", 'namespaces="git"'), "active"),
        (listed("sam@example.com", 'namespaces="file"'), "requested"),
        (listed("*"), "requested"),
        (listed("*@example.com"), "requested"),
        (listed("?am@example.com"), "requested"),
        (listed("!sam@example.com,*"), "requested"),
        (listed("mallory@example.com"), "requested"),
        (listed("sam@example.com", "cert-authority"), "requested"),
        (listed("sam@example.com", 'valid-before="20200101"'), "requested"),
        (listed("sam@example.com", 'valid-after="20990101"'), "requested"),
        (listed("sam@example.com", 'valid-after="20200101",valid-before="20990101"'), "active"),
        (lambda keys: f"sam@example.com {keys['mallory'].public}\n", "requested"),
        (lambda keys: "", "requested"),
        (lambda keys: "# nobody yet\n", "requested"),
        (lambda keys: "sam@example.com\n", "requested"),
        (lambda keys: f"# people\n\nlena@example.com nonsense\n{sams_line(keys)}", "active"),
        (lambda keys: f"lena@example.com {keys['lena'].public}\n{sams_line(keys)}", "active"),
    ],
)  # fmt: skip
def test_only_a_key_listed_for_exactly_this_person_counts(
    yard: Yard, keys: Keys, allowed: Callable[[Keys], str], status: str
) -> None:
    yard = signing_yard(yard, keys, allowed(keys))
    yard.active(key=keys["sam"])
    assert yard.status() == status
    assert excepts(yard.gate()) == (status == "active")


@pytest.mark.parametrize(
    ("principals", "status"),
    [
        ("sam@example.com,sam@corp.example.com", "active"),
        ("lena@example.com,sam@example.com", "requested"),
        ("*@example.com,sam@example.com", "requested"),
    ],
)
def test_a_key_with_several_names_counts_for_the_first(
    yard: Yard, keys: Keys, principals: str, status: str
) -> None:
    # ssh-keygen says which names a key may have, and git takes the first: one line for each is plain.
    yard = signing_yard(yard, keys, listed(principals)(keys))
    yard.active(key=keys["sam"])
    assert yard.status() == status


def test_a_key_that_expired_counts_for_what_it_signed_before(yard: Yard, keys: Keys) -> None:
    before = listed("sam@example.com", f'valid-before="{yard.today:%Y%m%d}"')(keys)
    yard = signing_yard(yard, keys, before)
    yard.ask(ago=3)
    yard.decide(key=keys["sam"], ago=2)
    yard.merge(ago=2)
    assert yard.status() == "active"


def test_a_decision_dated_before_its_terms_is_not_believed(yard: Yard, keys: Keys) -> None:
    # Whoever finds an expired key can date a commit back to when it was valid, but not the record.
    expired = listed("sam@example.com", 'valid-before="20250101"')(keys)
    yard = signing_yard(yard, keys, expired)
    yard.ask()
    yard.decide(key=keys["sam"], ago=1500)
    yard.merge()
    assert not excepts(yard.gate())


def test_a_list_that_is_not_approved_lists_nobody(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.commit({SIGNERS_FILE: f"sam@example.com {keys['mallory'].public}\n"}, who=MALLORY)
    yard.ask()
    yard.decide(key=keys["mallory"])
    yard.merge()
    assert not excepts(yard.gate())
    yard.decide(key=keys["sam"])
    assert excepts(yard.gate())


# Recorders


def test_a_recorder_counts_for_the_author_it_names(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(console=keys["console"]), RECORDED)
    yard.ask()
    yard.decide(who=SAM, key=keys["console"])
    yard.merge()
    result = yard.gate()
    assert excepts(result)
    assert result.json()["register"]["trust"] == "signed"


@pytest.mark.parametrize("extra", [REQUIRED, ""], ids=["required", "optional"])
def test_nobody_else_signs_for_an_author(yard: Yard, keys: Keys, extra: str) -> None:
    yard = signing_yard(yard, keys, signers(console=keys["console"]), extra)
    yard.ask()
    yard.decide(who=SAM, key=keys["console"])
    yard.merge()
    assert not excepts(yard.gate())


def test_a_recorder_does_not_lend_rights(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(console=keys["console"]), RECORDED)
    yard.ask()
    yard.decide(who=MALLORY, key=keys["console"])
    yard.decide(who=REQUESTER, key=keys["console"])
    yard.decide(who="console@example.com", key=keys["console"])
    yard.merge()
    assert not excepts(yard.gate())


def test_a_recorder_that_is_only_claimed_does_not_count(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(console=keys["console"]), RECORDED)
    yard.ask()
    yard.decide(who="console@example.com", key=keys["mallory"])
    yard.decide(who=SAM, key=keys["mallory"])
    yard.merge()
    assert not excepts(yard.gate())


def test_who_signed_the_terms_has_set_them(yard: Yard, keys: Keys) -> None:
    # Sam writes the terms under dana's name: the signature tells.
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.ask()
    yard.write({RECORD: (yard.directory / RECORD).read_text().replace("KSV012", "KSV*")})
    yard.git("add", "--all")
    author = ("--author", "Dana <dana@example.com>")
    yard.git(*keys["sam"].config, "commit", "--quiet", *author, "--message", "Edit")
    yard.decide(key=keys["sam"])
    yard.merge()
    assert yard.status() == "requested"


# Who set the terms


def test_terms_of_an_unsigned_commit_cannot_be_approved_where_signatures_are_required(
    yard: Yard, keys: Keys
) -> None:
    # Sam writes the terms under dana's name, which nothing but a signature disproves, and approves them.
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.dana = None
    asked = yard.ask()
    yard.decide(key=keys["sam"])
    yard.merge()
    assert not excepts(yard.gate())
    found = standing_of(Register.open(yard.directory))
    assert (found.status, found.missing) == ("requested", ("security-team",))
    assert f"set by an unsigned commit ({asked[:10]})" in found.reason
    assert found.reason in yard.gate().json()["exceptions"][0]["reason"]
    refused = run_cli("show", "EXC-001", cwd=yard.directory).out
    assert "does not count: its terms were set by an unsigned commit" in refused


def test_lint_foretells_terms_that_nobody_may_approve(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    foretold: dict[str, list[str]] = {}

    def lint(when: str) -> None:
        said = run_cli("lint", "--output", "json", cwd=yard.directory).json()
        foretold[when] = [one["message"] for one in said["problems"] if one["rule"] == "unsigned"]

    yard.dana = None
    asked = yard.ask()
    lint("asked, unsigned")
    changed = (yard.directory / RECORD).read_text().replace("KSV012", "KSV013")
    (yard.directory / RECORD).write_text(changed)
    lint("changed, not committed")
    yard.git("config", "commit.gpgsign", "true")
    lint("git signs")
    config = keys["dana"].config
    yard.git(*config, "commit", "--all", "--quiet", "--author", "Dana <dana@example.com>", "-S", "-m", "Edit")
    lint("asked, signed")
    assert len(foretold["asked, unsigned"]) == 1
    assert asked[:10] in foretold["asked, unsigned"][0]
    assert len(foretold["changed, not committed"]) == 1
    assert foretold["git signs"] == foretold["asked, signed"] == []


@pytest.mark.parametrize("extra", ["", REQUIRED + "approvals: merged\n"], ids=["optional", "merged"])
def test_unsigned_terms_are_a_claim_where_that_is_enough(yard: Yard, keys: Keys, extra: str) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]), extra)
    yard.dana = None
    yard.active(key=keys["sam"])
    assert excepts(yard.gate())


@pytest.mark.parametrize("key", ["mallory", "sam"])
def test_terms_signed_by_somebody_else_than_their_author_cannot_be_approved(
    yard: Yard, keys: Keys, key: str
) -> None:
    yard = Yard(
        yard.directory.with_name("signing"),
        charter(REQUIRED, security_team=(SAM, MALLORY)),
        signers(sam=keys["sam"], mallory=keys["mallory"]),
        keys[key],
    )
    yard.ask()
    for name in ("sam", "mallory"):
        yard.decide(who=f"{name}@example.com", key=keys[name])
    yard.merge()
    assert not excepts(yard.gate())


def test_a_signed_change_of_unsigned_terms_makes_them_fit_for_approval(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.dana = None
    yard.ask()
    yard.dana = keys["dana"]
    yard.edit("owner: payments", "owner: payments-team")
    yard.decide(key=keys["sam"])
    yard.merge()
    assert yard.status() == "active"


@pytest.mark.parametrize("signed", [True, False])
def test_who_changes_signed_terms_must_sign_as_well(yard: Yard, keys: Keys, signed: bool) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.ask()
    yard.dana = keys["dana"] if signed else None
    yard.edit("owner: payments", "owner: payments-team")
    yard.decide(key=keys["sam"])
    yard.merge()
    assert yard.status() == ("active" if signed else "requested")


def test_what_may_change_without_a_decision_may_change_unsigned(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.active(key=keys["sam"])
    yard.dana = None
    yard.edit("remediation:\n", "remediation:\n  progress:\n    - {date: 2026-01-02, note: begun}\n")
    assert yard.status() == "active"


def test_a_recorder_vouches_for_who_asked(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"], console=keys["console"]), RECORDED)
    yard.dana = keys["console"]
    yard.active(key=keys["sam"])
    assert excepts(yard.gate())


def test_a_denial_of_unsigned_terms_denies(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.dana = None
    yard.ask()
    yard.decide(verdict="deny", key=keys["sam"])
    yard.merge()
    assert yard.status() == "denied"


def test_the_host_s_own_signature_on_a_merge_changes_nothing(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.ask()
    yard.decide(key=keys["sam"])
    yard.checkout("main")
    yard.git(*keys["mallory"].config, "merge", "--quiet", "--no-ff", "--no-edit", BRANCH)
    assert yard.status() == "active"


def test_a_clone_without_any_configuration_says_the_same(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.active(key=keys["sam"])
    clone = yard.clone()
    assert excepts(gate(clone))
    git(clone, "config", "gpg.ssh.allowedSignersFile", "/nowhere")
    subprocess.run(["git", "gc", "--quiet"], cwd=clone, check=True, capture_output=True)
    assert excepts(gate(clone))
