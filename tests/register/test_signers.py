"""For whom a key counts: what `allowed_signers` lists, and recorders that sign for others."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from tests.register.build import (
    BRANCH,
    MALLORY,
    RECORD,
    SAM,
    SIGNERS_FILE,
    Key,
    Yard,
    charter,
    excepts,
    gate,
    signers,
)
from tests.support import REQUESTER, git

Keys = dict[str, Key]
REQUIRED = "signatures: required\n"
RECORDED = REQUIRED + "recorders: [console@example.com]\n"


def signing_yard(yard: Yard, allowed: str | None, extra: str = REQUIRED) -> Yard:
    """A yard whose charter demands signatures, and knows these keys."""
    return Yard(yard.directory.with_name("signing"), charter(extra), allowed)


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
    yard = signing_yard(yard, allowed(keys))
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
    yard = signing_yard(yard, listed(principals)(keys))
    yard.active(key=keys["sam"])
    assert yard.status() == status


def test_a_key_that_expired_counts_for_what_it_signed_before(yard: Yard, keys: Keys) -> None:
    before = listed("sam@example.com", f'valid-before="{yard.today:%Y%m%d}"')(keys)
    yard = signing_yard(yard, before)
    yard.ask(ago=3)
    yard.decide(key=keys["sam"], ago=2)
    yard.merge(ago=2)
    assert yard.status() == "active"


def test_a_decision_dated_before_its_terms_is_not_believed(yard: Yard, keys: Keys) -> None:
    # Whoever finds an expired key can date a commit back to when it was valid, but not the record.
    expired = listed("sam@example.com", 'valid-before="20250101"')(keys)
    yard = signing_yard(yard, expired)
    yard.ask()
    yard.decide(key=keys["sam"], ago=1500)
    yard.merge()
    assert not excepts(yard.gate())


def test_a_list_that_is_not_approved_lists_nobody(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"]))
    yard.commit({SIGNERS_FILE: f"sam@example.com {keys['mallory'].public}\n"}, who=MALLORY)
    yard.ask()
    yard.decide(key=keys["mallory"])
    yard.merge()
    assert not excepts(yard.gate())
    yard.decide(key=keys["sam"])
    assert excepts(yard.gate())


# Recorders


def test_a_recorder_counts_for_the_author_it_names(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(console=keys["console"]), RECORDED)
    yard.ask()
    yard.decide(who=SAM, key=keys["console"])
    yard.merge()
    result = yard.gate()
    assert excepts(result)
    assert result.json()["register"]["trust"] == "signed"


@pytest.mark.parametrize("extra", [REQUIRED, ""], ids=["required", "optional"])
def test_nobody_else_signs_for_an_author(yard: Yard, keys: Keys, extra: str) -> None:
    yard = signing_yard(yard, signers(console=keys["console"]), extra)
    yard.ask()
    yard.decide(who=SAM, key=keys["console"])
    yard.merge()
    assert not excepts(yard.gate())


def test_a_recorder_does_not_lend_rights(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(console=keys["console"]), RECORDED)
    yard.ask()
    yard.decide(who=MALLORY, key=keys["console"])
    yard.decide(who=REQUESTER, key=keys["console"])
    yard.decide(who="console@example.com", key=keys["console"])
    yard.merge()
    assert not excepts(yard.gate())


def test_a_recorder_that_is_only_claimed_does_not_count(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(console=keys["console"]), RECORDED)
    yard.ask()
    yard.decide(who="console@example.com", key=keys["mallory"])
    yard.decide(who=SAM, key=keys["mallory"])
    yard.merge()
    assert not excepts(yard.gate())


def test_who_signed_the_terms_has_set_them(yard: Yard, keys: Keys) -> None:
    # Sam writes the terms under dana's name: the signature tells.
    yard = signing_yard(yard, signers(sam=keys["sam"]))
    yard.ask()
    yard.write({RECORD: (yard.directory / RECORD).read_text().replace("KSV012", "KSV*")})
    yard.git("add", "--all")
    author = ("--author", "Dana <dana@example.com>")
    yard.git(*keys["sam"].config, "commit", "--quiet", *author, "--message", "Edit")
    yard.decide(key=keys["sam"])
    yard.merge()
    assert yard.status() == "requested"


def test_the_host_s_own_signature_on_a_merge_changes_nothing(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"]))
    yard.ask()
    yard.decide(key=keys["sam"])
    yard.checkout("main")
    yard.git(*keys["mallory"].config, "merge", "--quiet", "--no-ff", "--no-edit", BRANCH)
    assert yard.status() == "active"


def test_a_clone_without_any_configuration_says_the_same(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"]))
    yard.active(key=keys["sam"])
    clone = yard.clone()
    assert excepts(gate(clone))
    git(clone, "config", "gpg.ssh.allowedSignersFile", "/nowhere")
    subprocess.run(["git", "gc", "--quiet"], cwd=clone, check=True, capture_output=True)
    assert excepts(gate(clone))
