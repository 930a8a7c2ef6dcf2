"""The charter in the working tree: its form, its people, and whether it is the one that rules."""

from __future__ import annotations

from reprieve.record.charter import Charter, charter_digest, parse_charter
from reprieve.record.document import MAX_SIZE
from reprieve.record.lint import charter_advice
from reprieve.record.model import Problem
from reprieve.record.signers import Signers, parse_signers
from reprieve.register.layout import CHARTER, SIGNERS
from reprieve.register.linting.worktree import Baseline, File, Tree
from reprieve.register.register import Register
from reprieve.register.snapshot import Ruling


def lint_charter(tree: Tree, register: Register | None, baseline: Baseline) -> tuple[Charter, list[Problem]]:
    """The charter that judges what is new, and what is wrong with the one here.

    It is the one that rules on the protected branch; where nothing does, the one here, or the defaults
    where that cannot be read.
    """
    signers, problems = _signers(tree.signers)
    here, faults = _charter(tree.charter, known=register is not None)
    problems += faults
    if here is not None and tree.charter is not None:
        text = tree.charter.raw.decode().replace("\r\n", "\n")
        problems += charter_advice(CHARTER, text, here, signers.principals)
    if register is None:
        return here or Charter(version=1), problems
    ruling = register.snapshot.rulings[register.snapshot.ruling]
    if here is not None and not _unchanged(tree, ruling, baseline):
        problems.append(_changed(tree, ruling))
    return ruling.charter, problems


def _signers(file: File | None) -> tuple[Signers, list[Problem]]:
    if file is None or file.fault:
        return Signers(frozenset(), ()), _faults(file)
    signers = parse_signers(SIGNERS, file.raw)
    return signers, [*_faults(file), *signers.problems]


def _charter(file: File | None, *, known: bool) -> tuple[Charter | None, list[Problem]]:
    if file is None:
        return None, [_missing(known=known)]
    faults = _faults(file)
    if faults:
        return None, faults
    parsed = parse_charter(CHARTER, file.raw)
    return (parsed, []) if isinstance(parsed, Charter) else (None, parsed)


def _faults(file: File | None) -> list[Problem]:
    if file is None:
        return []
    if file.fault is not None:
        return [Problem(rule="file-mode", message=f"{file.fault} is not read", path=file.path)]
    if len(file.raw) > MAX_SIZE:
        return [Problem(rule="too-large", message=f"over {MAX_SIZE // 1024} KiB", path=file.path)]
    return []


def _missing(*, known: bool) -> Problem:
    if known:
        message = "the charter is removed here; that of the protected branch goes on ruling"
        return Problem(rule="charter-missing", message=message, path=CHARTER, level="warning")
    hint = "`reprieve init` writes one into an empty folder"
    return Problem(rule="charter-missing", message="there is no charter", path=CHARTER, hint=hint)


def _content(file: File | None) -> bytes:
    return file.raw if file else b""


def _unchanged(tree: Tree, ruling: Ruling, baseline: Baseline) -> bool:
    """Whether it is the ruling one, or one that only the protected branch has left behind."""
    here = [_content(file) for file in (tree.charter, tree.signers)]
    plain = [content.replace(b"\r\n", b"\n") for content in here]
    if ruling.digest in {charter_digest(*here), charter_digest(*plain)}:
        return True
    tip, base = (
        [held.get(path, b"").replace(b"\r\n", b"\n") for path in (CHARTER, SIGNERS)]
        for held in (baseline.tip, baseline.base)
    )
    return plain == base != tip


def _changed(tree: Tree, ruling: Ruling) -> Problem:
    owner = ruling.charter.charter_owner
    holders = ", ".join(sorted(ruling.charter.holders(owner))) or "nobody holds that role"
    digest = charter_digest(_content(tree.charter), _content(tree.signers))
    return Problem(
        rule="charter-unapproved",
        message=f"not the charter that rules, which is that of {ruling.since:%Y-%m-%d};"
        f" it rules once the {owner} ({holders}) approves {digest}",
        path=CHARTER,
        hint="reprieve charter approve --branch NAME, while it is on a branch of that name",
        level="note",
    )
