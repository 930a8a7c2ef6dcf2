"""One file after another, in a worker: which cues are in its bytes, and what the readers make of it."""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from reprieve.findings.model import Fault
from reprieve.policy.inputs.interface import InputError
from reprieve.scan.sources import shown
from reprieve.secrets.files import HEAD, decode, worth_reading
from reprieve.shadow import flags
from reprieve.shadow.incode import markers_in
from reprieve.shadow.languages import Syntax, syntax_of
from reprieve.shadow.markers import CUES, Marker
from reprieve.shadow.model import Outcome, Suppression
from reprieve.shadow.native import NATIVE_CUES, NATIVES, named
from reprieve.shadow.source import File
from reprieve.shadow.usage import configures, in_use

_WIDE = (b"\xff\xfe", b"\xfe\xff")


class Named(msgspec.Struct, frozen=True, array_like=True):
    """A file to look at."""

    path: str
    """Where it is, as it is shown."""
    name: str
    """Relative to the top of its repository, `/`-separated."""


class Looker:
    """Looks at files; `about_to` is told of each, so that one that has to be stopped can be named."""

    def __init__(self, largest: int, about_to: Callable[[str], object]) -> None:
        self._largest = largest
        self._about_to = about_to

    def work(
        self, unit: Sequence[Named], disabled: frozenset[str], *, alone: bool, each: Callable[[], object]
    ) -> Outcome:
        """What is in some files. Those in `disabled` had to be stopped before, and are left out."""
        outcome = Outcome()
        skipped: Counter[str] = Counter()
        for one in unit:
            if one.path in disabled:
                continue
            if alone:
                self._about_to(one.path)
            else:
                each()
            self._look(one, outcome, skipped)
        outcome.skipped = dict(skipped)
        return outcome

    def _look(self, one: Named, outcome: Outcome, skipped: Counter[str]) -> None:
        formats = named(one.name)
        display = shown(one.path)
        try:
            with open(one.path, "rb") as opened:
                size = os.fstat(opened.fileno()).st_size
                head = opened.read(HEAD)
                reason = worth_reading(one.path, size, head, largest=self._largest)
                data = b"" if reason else head + opened.read()
        except OSError as error:
            outcome.faults.append(Fault(display, error.strerror or "cannot be read"))
            return
        if reason:
            if formats:
                what = "too large to be read" if reason == "huge" else "not text: it holds NUL bytes"
                outcome.faults.append(Fault(display, f"{what}; it is a file of {formats[0]} by its name"))
            else:
                skipped[reason] += 1
            return
        outcome.files += 1
        outcome.bytes += size
        if data.startswith(_WIDE):
            data = decode(data).encode("utf-8", "surrogatepass")
        lower = data.lower()
        syntax = syntax_of(one.name, data[:200].decode("latin-1"))
        cues = [
            cue for stem, some in _stems(syntax) if stem in lower for cue in some if cue.encode() in lower
        ]
        settings = flags.may_hold(one.name, lower)
        if not (cues or formats or settings or configures(one.name)):
            return
        _read(File(display, shown(one.name), decode(data)), cues, formats, settings, outcome)


def _read(
    file: File, cues: Sequence[str], formats: tuple[str, ...], settings: bool, outcome: Outcome
) -> None:
    for linter, found in markers_in(file, [cue for cue in cues if cue in CUES]):
        if linter is None:
            outcome.found.append(found)
        else:
            outcome.uncertain.append((linter, found))
    by_cue = (name for cue in cues for name in NATIVE_CUES.get(cue, ()))
    for name in dict.fromkeys((*formats, *by_cue)):
        outcome.found += _entries(file, name, outcome)
    if settings:
        outcome.found += flags.read(file)
    outcome.in_use += in_use(file)


def _entries(file: File, name: str, outcome: Outcome) -> list[Suppression]:
    try:
        return list(NATIVES[name].read(file))
    except InputError as error:
        outcome.faults.append(Fault(file.path, f"{error.message} (read as {name})", error.line, error.column))
    except RecursionError:
        outcome.faults.append(Fault(file.path, f"nested too deeply (read as {name})"))
    return []


_SHARED = ("ignore", "disable", "suppress", "exception", "skip", "nos", "noqa", "allow", "nolint", "codeql")


@functools.cache
def _stems(syntax: Syntax) -> tuple[tuple[bytes, tuple[str, ...]], ...]:
    """The cues that matter in a language, by texts that they share: most files are searched a dozen times."""
    left = [cue for cue, markers in CUES.items() if any(_may_be(marker, syntax) for marker in markers)]
    left += [
        cue for cue, names in NATIVE_CUES.items() if any(syntax in NATIVES[name].SYNTAXES for name in names)
    ]
    found = []
    for stem in _SHARED:
        some = tuple(cue for cue in left if stem in cue)
        if some:
            found.append((stem.encode(), some))
            left = [cue for cue in left if cue not in some]
    return (*found, *((cue.encode(), (cue,)) for cue in dict.fromkeys(left)))


def _may_be(marker: Marker, syntax: Syntax) -> bool:
    if syntax in {"prose", "markdown"}:
        return syntax == "markdown" and marker.type == "secret"
    return marker.syntaxes is None or syntax in marker.syntaxes or syntax == "text"
