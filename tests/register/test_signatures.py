"""Who signed: real SSH keys, and everything that looks like a signature but is none."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable

import pytest

from tests.register.build import (
    BRANCH,
    CAROL,
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
    trailers,
)
from tests.support import REQUESTER, git

Keys = dict[str, Key]
REQUIRED = "signatures: required\n"
RECORDED = REQUIRED + "recorders: [console@example.com]\n"


def signing_yard(yard: Yard, allowed: str | None, extra: str = REQUIRED) -> Yard:
    """A yard whose charter demands signatures, and knows these keys."""
    return Yard(yard.directory.with_name("signing"), charter(extra), allowed)


def raw_commit(yard: Yard, change: Callable[[str], str]) -> str:
    """Puts a changed copy of the commit at HEAD in its place, byte for byte as `change` gives it."""
    raw = yard.git("cat-file", "commit", "HEAD") + "\n"
    commit = yard.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=change(raw))
    yard.git("update-ref", "HEAD", commit)
    return commit


def with_header(text: str) -> Callable[[str], str]:
    """Adds a header to a raw commit, its lines folded, before any signature that is there."""
    folded = text.strip().replace("\n", "\n ")
    return lambda raw: re.sub(r"(?m)^(committer .*)$", lambda found: f"{found[1]}\n{folded}", raw, count=1)


def test_a_decision_signed_with_the_listed_key_counts(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"]))
    yard.active(key=keys["sam"])
    result = yard.gate()
    assert excepts(result)
    assert result.json()["register"]["trust"] == "signed"


def test_an_unsigned_decision_does_not_count_where_signatures_are_required(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"]))
    yard.active()
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


@pytest.mark.parametrize(
    ("extra", "expected"), [(REQUIRED, "requested"), ("", "requested")], ids=["required", "optional"]
)
def test_a_forged_author_with_a_listed_key_of_someone_else(
    yard: Yard, keys: Keys, extra: str, expected: str
) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"], mallory=keys["mallory"]), extra)
    yard.ask()
    yard.decide(who=SAM, key=keys["mallory"])
    yard.merge()
    assert yard.status() == expected
    assert not excepts(yard.gate())


def test_a_forged_author_with_an_unlisted_key(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"]))
    yard.ask()
    yard.decide(who=SAM, key=keys["mallory"])
    yard.merge()
    assert yard.status() == "requested"


def test_a_signer_without_the_role_does_not_count_under_their_own_name(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"], mallory=keys["mallory"]))
    yard.ask()
    yard.decide(who=MALLORY, key=keys["mallory"])
    yard.merge()
    assert yard.status() == "requested"


@pytest.mark.parametrize("listed", [True, False])
def test_where_signatures_are_optional_a_claim_is_enough_and_says_so(
    yard: Yard, keys: Keys, listed: bool
) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"]) if listed else None, "")
    yard.active()
    result = yard.gate()
    assert excepts(result)
    assert result.json()["register"]["trust"] == "claimed"


def test_a_key_that_nobody_listed_is_a_claim_where_signatures_are_optional(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, None, "")
    yard.active(key=keys["sam"])
    result = yard.gate()
    assert excepts(result)
    assert result.json()["register"]["trust"] == "claimed"


def test_one_unsigned_approval_makes_the_whole_a_claim(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"]), "")
    yard.active(key=keys["sam"])
    yard.active("EXC-002")
    assert yard.gate().json()["register"]["trust"] == "claimed"


# Not SSH, not whole


FAKE_PGP = "gpgsig -----BEGIN PGP SIGNATURE-----\n\naGVsbG8=\n-----END PGP SIGNATURE-----"
FAKE_X509 = "gpgsig -----BEGIN SIGNED MESSAGE-----\naGVsbG8=\n-----END SIGNED MESSAGE-----"
FAKE_SSH = "gpgsig -----BEGIN SSH SIGNATURE-----\naGVsbG8=\n-----END SSH SIGNATURE-----"
UNKNOWN = "gpgsig hello"
EMPTY = "gpgsig "


@pytest.mark.parametrize("header", [FAKE_PGP, FAKE_X509, FAKE_SSH, UNKNOWN, EMPTY])
def test_a_header_that_only_looks_like_a_signature_is_none(yard: Yard, keys: Keys, header: str) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"]))
    yard.ask()
    yard.decide()
    raw_commit(yard, with_header(header))
    yard.merge()
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


@pytest.mark.parametrize("header", [FAKE_PGP, FAKE_X509])
def test_openpgp_is_no_more_than_a_claim_where_signatures_are_optional(yard: Yard, header: str) -> None:
    yard = signing_yard(yard, None, "")
    yard.ask()
    yard.decide()
    raw_commit(yard, with_header(header))
    yard.merge()
    result = yard.gate()
    assert excepts(result)
    assert result.json()["register"]["trust"] == "claimed"


def forge_the_author(raw: str) -> str:
    return re.sub(r"(?m)^author .* <.*>", "author Carol <carol@example.com>", raw)


def forge_the_role(raw: str) -> str:
    return raw.replace("Reprieve-Role: security-team", "Reprieve-Role: ciso")


def forge_the_date(raw: str) -> str:
    return re.sub(r"(?m)^(committer .*> )\d+", r"\g<1>1600000000", raw)


@pytest.mark.parametrize("tamper", [forge_the_author, forge_the_role, forge_the_date])
@pytest.mark.parametrize("extra", [REQUIRED, ""], ids=["required", "optional"])
def test_a_signed_commit_that_was_tampered_with_never_counts(
    yard: Yard, keys: Keys, tamper: Callable[[str], str], extra: str
) -> None:
    people = signers(sam=keys["sam"], carol=keys["carol"])
    text = charter(extra + "approvers: {medium: [ciso]}\n", ciso=(CAROL, SAM))
    yard = Yard(yard.directory.with_name("signing"), text, people)
    yard.ask()
    role = "security-team" if tamper is forge_the_role else "ciso"
    yard.decide(role, who=SAM, key=keys["sam"])
    raw_commit(yard, tamper)
    yard.merge()
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


def test_a_signature_moved_to_another_commit_does_not_count(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"]))
    yard.active(key=keys["sam"], scope=[{"checks": ["KSV001"], "namespaces": ["billing"]}])
    (signature,) = re.findall(
        r"gpgsig (.*?-----END SSH SIGNATURE-----)", yard.git("cat-file", "commit", BRANCH), re.DOTALL
    )
    yard.ask("EXC-002")
    yard.decide(identifier="EXC-002")
    raw_commit(yard, with_header(f"gpgsig {signature.replace(chr(10) + ' ', chr(10))}"))
    yard.merge("exception/EXC-002")
    assert yard.status() == "active"
    assert yard.status("EXC-002") == "requested"


@pytest.mark.parametrize("first", [FAKE_PGP, FAKE_X509, UNKNOWN])
def test_a_good_signature_behind_another_one_is_none(yard: Yard, keys: Keys, first: str) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"]))
    yard.ask()
    yard.decide(key=keys["sam"])
    raw_commit(yard, with_header(first))
    yard.merge()
    assert yard.status() == "requested"


def test_a_cherry_picked_decision_loses_its_signature(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"]))
    asked = yard.ask()
    decision = yard.decide(key=keys["sam"])
    yard.checkout("elsewhere", start=asked)
    yard.commit({"README.md": "Other work.\n"})
    yard.git("cherry-pick", "--allow-empty", decision)
    yard.merge("elsewhere")
    assert yard.status() == "requested"


def test_the_committer_does_not_matter(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, signers(sam=keys["sam"], mallory=keys["mallory"]))
    yard.ask()
    lines = trailers("security-team", yard.terms())
    author = ("--author", "Sam <sam@example.com>")
    message = ("--message", f"Decide\n\n{lines}")
    yard.git(*keys["mallory"].config, "commit", "--quiet", "--allow-empty", *author, *message)
    yard.merge()
    assert yard.status() == "requested"
    yard.git(*keys["sam"].config, "commit", "--quiet", "--allow-empty", *author, *message)
    assert yard.status() == "active"


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
