"""What one process does with one unit: read it, evaluate it, look through it for secrets."""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from reprieve.findings.model import Fault, Finding
from reprieve.policy.bundle import Bundle
from reprieve.policy.describe import Describer, objects_in
from reprieve.policy.evaluate import ANYTHING, Evaluator, Shape
from reprieve.policy.inputs import Document, InputError, modules, read
from reprieve.policy.inputs.interface import Kind
from reprieve.policy.results import Evaluated
from reprieve.scan.model import Outcome, Source, Unit, Usage


class Worker:
    """A bundle in an engine, ready for units."""

    def __init__(self, bundle: Bundle, evaluator: Evaluator | None, key: bytes | None) -> None:
        self._key = key
        self._evaluator = evaluator
        self._describer = Describer(bundle)
        self._ids = functools.cache(lambda checks: [bundle.checks[number].id for number in checks])

    def work(
        self,
        unit: Unit,
        disabled: frozenset[str] = frozenset(),
        *,
        alone: bool = False,
        each: Callable[[], object] = lambda: None,
    ) -> Outcome:
        """Everything about a unit.

        Args:
            unit: what to work on.
            disabled: rules not to evaluate: they had to be stopped elsewhere.
            alone: whether to try each rule alone.
            each: called before each piece of work that is bounded in time.
        """
        tally = _Tally()
        documents: list[Document] = []
        for source in unit.sources:
            each()
            documents += _documents(source, tally)
            if source.secrets:
                from reprieve.secrets.scan import scan_text  # its plugins take a quarter of a second

                each()
                tally.findings += scan_text(source.path, source.text, self._key)
        together = modules.combine(documents, each)
        documents = together.documents
        tally.faults += together.faults
        tally.skipped.update({} if unit.combined else together.skipped)
        if self._evaluator is not None:
            self._evaluator.disable(disabled)
            for shape, value, document in _inputs(documents, combined=unit.combined):
                each()
                evaluated = self._evaluator.evaluate(shape, value, combined=unit.combined, alone=alone)
                tally.findings += self._describer.findings(document, evaluated.results)
                tally.count(document, evaluated, self._ids(evaluated.checks))
        return tally.outcome()


def _documents(source: Source, tally: _Tally) -> list[Document]:
    if source.kind is None:
        return []
    if source.undecoded is not None:
        tally.faults.append(Fault(source.path, f"not UTF-8: {source.undecoded}"))
        return []
    try:
        return read(source.kind, source.path, source.text)
    except InputError as error:
        tally.faults.append(Fault(source.path, error.message, error.line, error.column))
    except RecursionError:
        tally.faults.append(Fault(source.path, "nested too deeply"))
    return []


def _inputs(documents: Sequence[Document], *, combined: bool) -> Iterator[tuple[Shape, object, Document]]:
    if not combined or not documents:
        for document in documents:
            yield shape_of(document), document.value, document
        return
    yield ANYTHING, *_together("yaml", documents)
    for shape in sorted({Shape(one.kind, shape_of(one).format) for one in documents}, key=repr):
        members = [one for one in documents if (one.kind, shape_of(one).format) == (shape.kind, shape.format)]
        yield shape, *_together(members[0].kind, members)


def _together(kind: Kind, members: Sequence[Document]) -> tuple[object, Document]:
    """Several documents as one input, each with its path, as Trivy and conftest combine them."""
    value = [{"path": one.path, "contents": one.value} for one in members]
    return value, Document(kind, members[0].path, value, members=tuple(members))


_FORMATS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".toml": "toml"}


def shape_of(document: Document) -> Shape:
    """What decides which checks apply to it."""
    format_ = _FORMATS.get(os.path.splitext(document.path)[1].lower(), "")
    kind = document.value.get("kind") if document.kind == "kubernetes" else None
    return Shape(document.kind, format_, kind if isinstance(kind, str) else "")


class _Tally:
    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.faults: list[Fault] = []
        self.skipped: Counter[str] = Counter()
        self._passed = 0
        self._usage: dict[int, Usage] = {}
        self._applied: Counter[str] = Counter()
        self._objects: list[tuple[str | None, str]] = []

    def count(self, document: Document, evaluated: Evaluated, applied: Sequence[str]) -> None:
        self._passed += evaluated.passed
        self.faults += evaluated.faults
        if evaluated.checks:
            self._objects += objects_in(document)
        self._applied.update(applied)
        for number, names in evaluated.named.items():
            failing, passing = evaluated.exempt.get(number, (0, 0))
            before = self._usage.get(number, Usage())
            self._usage[number] = Usage(
                before.failing + failing, before.passing + passing, before.named | names
            )

    def outcome(self) -> Outcome:
        return Outcome(
            self.findings,
            self._passed,
            self._usage,
            self.faults,
            dict(self._applied),
            self._objects,
            dict(self.skipped),
        )
