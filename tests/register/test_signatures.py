"""Who signed: real SSH keys, and everything that looks like a signature but is none."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.register.build import (
    BRANCH,
    CAROL,
    MALLORY,
    SAM,
    Yard,
    charter,
    excepts,
    signers,
    trailers,
)
from tests.register.scenes import REQUIRED, Keys, signing_yard


def with_header(text: str) -> Callable[[str], str]:
    """Adds a header to a raw commit, its lines folded, before any signature that is there."""
    folded = text.strip().replace("\n", "\n ")
    return lambda raw: re.sub(r"(?m)^(committer .*)$", lambda found: f"{found[1]}\n{folded}", raw, count=1)


def test_a_decision_signed_with_the_listed_key_counts(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.active(key=keys["sam"])
    result = yard.gate()
    assert excepts(result)
    assert result.json()["register"]["trust"] == "signed"


def test_an_unsigned_decision_does_not_count_where_signatures_are_required(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.active()
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


@pytest.mark.parametrize(
    ("extra", "expected"), [(REQUIRED, "requested"), ("", "requested")], ids=["required", "optional"]
)
def test_a_forged_author_with_a_listed_key_of_someone_else(
    yard: Yard, keys: Keys, extra: str, expected: str
) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"], mallory=keys["mallory"]), extra)
    yard.ask()
    yard.decide(who=SAM, key=keys["mallory"])
    yard.merge()
    assert yard.status() == expected
    assert not excepts(yard.gate())


def test_a_forged_author_with_an_unlisted_key(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.ask()
    yard.decide(who=SAM, key=keys["mallory"])
    yard.merge()
    assert yard.status() == "requested"


def test_a_signer_without_the_role_does_not_count_under_their_own_name(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"], mallory=keys["mallory"]))
    yard.ask()
    yard.decide(who=MALLORY, key=keys["mallory"])
    yard.merge()
    assert yard.status() == "requested"


@pytest.mark.parametrize("listed", [True, False])
def test_where_signatures_are_optional_a_claim_is_enough_and_says_so(
    yard: Yard, keys: Keys, listed: bool
) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]) if listed else None, "")
    yard.active()
    result = yard.gate()
    assert excepts(result)
    assert result.json()["register"]["trust"] == "claimed"


def test_a_key_that_nobody_listed_is_a_claim_where_signatures_are_optional(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, None, "")
    yard.active(key=keys["sam"])
    result = yard.gate()
    assert excepts(result)
    assert result.json()["register"]["trust"] == "claimed"


def test_one_unsigned_approval_makes_the_whole_a_claim(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]), "")
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
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.ask()
    yard.decide()
    yard.rewrite(with_header(header))
    yard.merge()
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


@pytest.mark.parametrize("header", [FAKE_PGP, FAKE_X509])
def test_openpgp_is_no_more_than_a_claim_where_signatures_are_optional(
    yard: Yard, keys: Keys, header: str
) -> None:
    yard = signing_yard(yard, keys, None, "")
    yard.ask()
    yard.decide()
    yard.rewrite(with_header(header))
    yard.merge()
    result = yard.gate()
    assert excepts(result)
    assert result.json()["register"]["trust"] == "claimed"


@pytest.mark.parametrize("header", [FAKE_PGP, FAKE_SSH, UNKNOWN, EMPTY])
def test_a_charter_approved_with_such_a_header_does_not_rule(yard: Yard, keys: Keys, header: str) -> None:
    known = signers(sam=keys["sam"], carol=keys["carol"], dana=keys["dana"])
    yard = signing_yard(yard, keys, known)
    text = charter(REQUIRED, security_team=MALLORY)
    yard.change_charter(text)
    yard.approve_charter(text, allowed=known)
    yard.rewrite(with_header(header))
    yard.active(key=keys["sam"])
    assert excepts(yard.gate())
    assert "charter-unapproved" in yard.problems()


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
    people = signers(sam=keys["sam"], carol=keys["carol"], dana=keys["dana"])
    text = charter(extra + "approvers: {medium: [ciso]}\n", ciso=(CAROL, SAM))
    yard = Yard(yard.directory.with_name("signing"), text, people, keys["dana"])
    yard.ask()
    role = "security-team" if tamper is forge_the_role else "ciso"
    yard.decide(role, who=SAM, key=keys["sam"])
    yard.rewrite(tamper)
    yard.merge()
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


def test_a_signature_moved_to_another_commit_does_not_count(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.active(key=keys["sam"], scope=[{"checks": ["KSV001"], "namespaces": ["billing"]}])
    (signature,) = re.findall(
        r"gpgsig (.*?-----END SSH SIGNATURE-----)", yard.git("cat-file", "commit", BRANCH), re.DOTALL
    )
    yard.ask("EXC-002")
    yard.decide(identifier="EXC-002")
    yard.rewrite(with_header(f"gpgsig {signature.replace(chr(10) + ' ', chr(10))}"))
    yard.merge("exception/EXC-002")
    assert yard.status() == "active"
    assert yard.status("EXC-002") == "requested"


@pytest.mark.parametrize("first", [FAKE_PGP, FAKE_X509, UNKNOWN])
def test_a_good_signature_behind_another_one_is_none(yard: Yard, keys: Keys, first: str) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.ask()
    yard.decide(key=keys["sam"])
    yard.rewrite(with_header(first))
    yard.merge()
    assert yard.status() == "requested"


def test_a_cherry_picked_decision_loses_its_signature(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    asked = yard.ask()
    decision = yard.decide(key=keys["sam"])
    yard.checkout("elsewhere", start=asked)
    yard.commit({"README.md": "Other work.\n"})
    yard.git("cherry-pick", "--allow-empty", decision)
    yard.merge("elsewhere")
    assert yard.status() == "requested"


def test_the_committer_does_not_matter(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"], mallory=keys["mallory"]))
    yard.ask()
    lines = trailers("security-team", yard.terms())
    author = ("--author", "Sam <sam@example.com>")
    message = ("--message", f"Decide\n\n{lines}")
    yard.git(*keys["mallory"].config, "commit", "--quiet", "--allow-empty", *author, *message)
    yard.merge()
    assert yard.status() == "requested"
    yard.git(*keys["sam"].config, "commit", "--quiet", "--allow-empty", *author, *message)
    assert yard.status() == "active"
