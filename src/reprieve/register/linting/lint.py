"""Everything that is wrong with a working tree, in one run; and who will have to approve what is new."""

from __future__ import annotations

import datetime as dt

import msgspec

from reprieve.record.charter import Charter
from reprieve.record.document import Document
from reprieve.record.model import Problem
from reprieve.register.layout import CHARTER, is_archived, record_number
from reprieve.register.linting.charter import lint_charter
from reprieve.register.linting.files import duplicates, misplaced, read_documents, removed
from reprieve.register.linting.proposal import Context, case_of, examine
from reprieve.register.linting.reviewers import Review
from reprieve.register.linting.worktree import Baseline, File, Tree, read_baseline
from reprieve.register.register import Register
from reprieve.register.snapshot import Case


class Linted(msgspec.Struct, frozen=True):
    """The outcome: problems by path and line, and the reviews that valid new records need."""

    problems: tuple[Problem, ...]
    reviews: tuple[Review, ...]
    files: tuple[str, ...]
    """What was looked at."""


def lint(tree: Tree, register: Register | None, now: dt.datetime) -> Linted:
    """Judges a working tree.

    Args:
        tree: what is checked out.
        register: what is protected; None where there is nothing to hold it against.
        now: the moment to judge at, aware.
    """
    baseline = read_baseline(register, tree.root) if register else Baseline()
    charter, problems = lint_charter(tree, register, baseline)
    documents, form = read_documents(tree)
    problems += [*form, *misplaced(tree), *duplicates(tree)]
    if register is not None:
        ended = {case.number for case in register.snapshot.cases if case.facts.final}
        problems += removed(tree, baseline, ended)
    context = _context(tree, register, baseline, charter, documents, now)
    reviews = []
    for file, document in documents:
        if not is_archived(file.path):
            found, review = examine(document, file.raw, context)
            problems += found
            reviews += [review] if review else []
    broken = {problem.path for problem in problems if problem.level == "error"}
    if register is None and CHARTER in broken:
        reviews = []  # nobody knows who would have to approve
    return Linted(
        tuple(sorted(problems, key=lambda problem: (problem.path, problem.line or 0, problem.rule))),
        tuple(review for review in reviews if review.path not in broken),
        tuple(sorted({*(p.path for p in problems), *(f.path for f, _ in documents), *_others(tree)})),
    )


def _context(
    tree: Tree,
    register: Register | None,
    baseline: Baseline,
    charter: Charter,
    documents: list[tuple[File, Document]],
    now: dt.datetime,
) -> Context:
    cases: dict[int, Case] = {}
    if register is not None:
        snapshot = register.snapshot
        cases = {case.number: case for case in (*snapshot.proposed, *snapshot.cases)}
    for file, document in documents:
        number = record_number(file.path)
        known = baseline.is_tip(file.path, file.raw) or baseline.is_base(file.path, file.raw)
        if number is not None and not (known and number in cases):
            cases[number] = case_of(document, now)
    paths = frozenset(file.path for file in tree.records)
    return Context(register, baseline, charter, cases, paths, now)


def _others(tree: Tree) -> list[str]:
    return [file.path for file in (tree.charter, tree.signers) if file]
