"""One register, judged: graph, timeline, rulings and trust brought together into a snapshot."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import msgspec

from reprieve import progress
from reprieve.record.document import Document
from reprieve.record.lifecycle import Facts, Final
from reprieve.record.model import Problem, Record, format_id
from reprieve.record.rules import problems_of
from reprieve.register.finals import final_events
from reprieve.register.git import Git
from reprieve.register.graph import Commit, Graph
from reprieve.register.layout import REGULAR_FILE, record_number
from reprieve.register.locate import cache_directory
from reprieve.register.rulings import Rulings, charters
from reprieve.register.signatures import Verifier, read_messages
from reprieve.register.snapshot import Branch, Case, Ruling, Snapshot
from reprieve.register.timeline import Blobs, Present, Timeline, Version, strays
from reprieve.register.together import limited, with_renewals
from reprieve.register.trust import (
    Evidence,
    decision_commits,
    entered_index,
    facts_of,
)


def judge(
    git: Git,
    graph: Graph,
    tip: str,
    branches: Sequence[Branch],
    root: str | None,
    present: Present | None = None,
) -> Snapshot:
    """The register as the commit `tip` of the protected branch has it.

    Args:
        git: the repository, for signatures and contents.
        graph: history of at least `tip` and every branch.
        tip: commit of the protected branch.
        branches: unmerged branches that ask for something.
        root: digest of the charter to start from, or None to trust the first.
        present: what `tip` holds, if somebody read it already.

    Errors: `RegisterError` for a charter or an object that cannot be read.
    """
    mainline = graph.mainline(tip)
    evidence, rulings, introduced, verifier = grounds(git, graph, mainline, root, present)
    judge_ = Judge(evidence, rulings, introduced)
    cases = judge_.merged()
    by_number = {case.number: case for case in cases}
    proposed = [
        with_renewals(case, by_number, rulings.history)
        for branch in branches
        if (case := judge_.proposed(branch))
    ]
    verifier.keep()
    problems = (*rulings.problems, *_stray_problems(graph, mainline))
    return Snapshot(
        tip,
        tuple(limited(cases, rulings.history)),
        tuple(sorted(proposed, key=lambda case: (case.number, case.branch or ""))),
        rulings.history,
        rulings.at[-1],
        problems,
    )


class Grounds(NamedTuple):
    """What judging one line of history takes, read once."""

    evidence: Evidence
    rulings: Rulings
    introduced: dict[str, int]
    """Each commit of the protected branch -> the index on its first-parent history at which it came in."""
    verifier: Verifier


def grounds(
    git: Git, graph: Graph, mainline: Sequence[str], root: str | None, present: Present | None = None
) -> Grounds:
    """Reads what `judge` needs; the arguments are its own. Errors: `RegisterError`."""
    introduced = graph.introduced(mainline)
    timeline = Timeline(graph, mainline)
    blobs = Blobs(git, graph, present)
    decisions = decision_commits(graph)
    verifier = Verifier(git, cache_directory())
    rulings = charters(graph, mainline, introduced, blobs, verifier.verify, root)
    messages = read_messages(git, _to_read(timeline, decisions, rulings))
    verifier.expect(commit for commit, message in messages.items() if message.signature == "ssh")
    finals = final_events(graph, timeline, blobs, introduced)

    def ruling_at(commit: str) -> Ruling | None:
        index = introduced.get(commit)
        return None if index is None else rulings.history[rulings.at[index]]

    evidence = Evidence(graph, timeline, blobs, messages, verifier.verify, finals, ruling_at, decisions)
    return Grounds(evidence, rulings, introduced, verifier)


def _to_read(timeline: Timeline, decisions: Mapping[int, Sequence[Commit]], rulings: Rulings) -> list[str]:
    """Commits whose message or signature can matter: decisions; and, where keys are known, setters."""
    wanted = {commit.id for commits in decisions.values() for commit in commits}
    if any(ruling.signers for ruling in rulings.history):
        wanted |= {version.commit for versions in timeline.by_number.values() for version in versions}
    return sorted(wanted)


class Judge:
    """Makes cases of records; of the whole protected branch, or of it as it was up to one of its commits."""

    def __init__(
        self, evidence: Evidence, rulings: Rulings, introduced: dict[str, int], upto: int | None = None
    ) -> None:
        self._evidence = evidence
        self._rulings = rulings
        self._introduced = introduced
        self._upto = len(rulings.at) - 1 if upto is None else upto

    def merged(self) -> list[Case]:
        """Every id that the protected branch ever held, by number."""
        held: defaultdict[int, list[str]] = defaultdict(list)
        for path in self._evidence.timeline.paths:
            number = record_number(path)
            if number is not None:
                held[number].append(path)
        numbers = sorted(self._evidence.timeline.on_main)
        cases: list[Case] = []
        with progress.task("Judging the register", len(numbers), "records") as advance:
            for number in numbers:
                cases.append(self._merged_case(number, held[number]))
                advance(1)
        return cases

    def _merged_case(self, number: int, paths: list[str]) -> Case:
        _, versions = self._evidence.timeline.on_main[number]
        case = self.case(number, versions[-1], self._introduced, branch=None)
        return without_twins(case, paths)

    def proposed(self, branch: Branch) -> Case | None:
        """What an unmerged branch asks for; None when it changes nothing of its record's terms."""
        exclusive = self._evidence.graph.reachable(branch.tip, self._introduced)
        version = self._evidence.timeline.state_at(branch.tip, branch.number)
        changed = self._evidence.timeline.versions(branch.number, set(exclusive))
        if version is None or version.path is None or version.archived or not changed:
            return None
        commits = self._introduced.keys() | set(exclusive)
        return self.case(branch.number, version, commits, branch=branch.name)

    def case(self, number: int, version: Version, commits: Collection[str], *, branch: str | None) -> Case:
        """One version of a record, with what those commits say; without what only several records show."""
        evidence = self._evidence
        final = evidence.finals.get(number)
        readable = self._last_readable(number, version)
        document = evidence.blobs.document(version)
        charter = self._ruling_index(number, document, merged=branch is None)
        problems = self._problems(number, version, document)
        if document is None:
            facts = self._bare_facts(number, commits, final, merged=branch is None)
            record = readable.record if final and readable else None
            return self._build(number, version, record, None, facts, charter, branch, problems)
        ruling = self._rulings.history[charter]
        facts = facts_of(evidence, document, number, commits, ruling, merged=branch is None, final=final)
        if final is None:
            own = evidence.blobs.problems(version)
            problems += problems_of(document, ruling.charter, facts.added, own)
        if final and branch is None and not version.archived and version.commit != final.commit:
            problems += _revived(document, final.status)
        return self._build(
            number, version, document.record, document.digest, facts, charter, branch, problems
        )

    def _build(
        self,
        number: int,
        version: Version,
        record: Record | None,
        digest: str | None,
        facts: Facts,
        charter: int,
        branch: str | None,
        problems: list[Problem],
    ) -> Case:
        path = version.path or self._last_path(number)
        return Case(number, path, version.blob, record, digest, facts, charter, branch, 0, tuple(problems))

    def _ruling_index(self, number: int, document: Document | None, *, merged: bool) -> int:
        """The charter that ruled when the terms first entered; the present one for what has not."""
        index = entered_index(self._evidence, number, document.digest) if document and merged else None
        return self._rulings.at[self._upto if index is None else index]

    def _problems(self, number: int, version: Version, document: Document | None) -> list[Problem]:
        if version.path is None or document is not None:
            return []
        if version.mode != REGULAR_FILE:
            kind = {"120000": "a symbolic link", "160000": "a submodule"}.get(
                version.mode, "not a plain file"
            )
            message = f"{kind} (mode {version.mode}) is not a record"
            return [
                Problem(rule="file-mode", message=message, path=version.path, exception=format_id(number))
            ]
        parsed = self._evidence.blobs.parsed(version.path, version.blob or "")
        assert isinstance(parsed, list)  # noqa: S101  (else there would be a document)
        return [msgspec.structs.replace(problem, exception=format_id(number)) for problem in parsed]

    def _last_readable(self, number: int, version: Version) -> Document | None:
        found = self._evidence.blobs.document(version)
        for earlier in reversed(self._versions(number)):
            if found is not None:
                break
            found = self._evidence.blobs.document(earlier)
        return found

    def _last_path(self, number: int) -> str:
        return next((v.path for v in reversed(self._versions(number)) if v.path), format_id(number))

    def _versions(self, number: int) -> Sequence[Version]:
        """Those of the protected branch, up to where this judge looks."""
        indexes, versions = self._evidence.timeline.on_main.get(number, ([], []))
        return versions[: bisect.bisect_right(indexes, self._upto)]

    def _bare_facts(
        self, number: int, commits: Collection[str], final: Final | None, *, merged: bool
    ) -> Facts:
        versions = self._evidence.timeline.versions(number, commits)
        times = [self._evidence.graph.commits[version.commit].at for version in versions]
        return Facts(merged=merged, added=min(times), asked=max(times), final=final)


def without_twins(case: Case, paths: Collection[str]) -> Case:
    """The case with the problem that its id is that of several files, where it is."""
    if len(paths) < 2:
        return case
    message = f"{format_id(case.number)} is the id of {len(paths)} files: " + ", ".join(sorted(paths))
    problem = Problem(rule="duplicate-id", message=message, path=sorted(paths)[-1], exception=case.id)
    return msgspec.structs.replace(case, problems=(*case.problems, problem))


def _revived(document: Document, status: str) -> list[Problem]:
    message = f"{document.record.id} was {status}: nothing revives an id; ask for a new one"
    return [
        Problem(
            rule="final",
            message=message,
            path=document.path,
            exception=document.record.id,
            level="warning",
        )
    ]


def _stray_problems(graph: Graph, mainline: Sequence[str]) -> list[Problem]:
    return [
        Problem(
            rule="file-name",
            message="looks like a record, but is not named as one, so it covers nothing",
            path=path,
            hint="EXC-NNN-short-description.md: three digits or more, lower case, hyphens",
        )
        for path in sorted(strays(graph, mainline))
    ]
