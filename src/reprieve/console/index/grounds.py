"""What findings are matched with: the exceptions that have a part in a verdict, and the charter.

Kept in the index as of the last match, so that an upload is judged by what all other findings were judged
by, and so that the next match knows what has changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence

import msgspec

from reprieve.console.index import staging, text
from reprieve.console.index.models import Ground, RegisterState
from reprieve.findings.model import Finding
from reprieve.judging import scoped
from reprieve.match import exempt
from reprieve.match.matcher import Matcher
from reprieve.match.model import Outcome, Scoped
from reprieve.record.charter import Charter
from reprieve.record.model import id_number
from reprieve.register.register import Register
from reprieve.words import Environment

_ENCODER = msgspec.msgpack.Encoder()
_SCOPED = msgspec.msgpack.Decoder(Scoped)
_PORTION = 2000
_ON_BRANCH = "branch "


class Grounds:
    """Exceptions in the order of the register, and the charter that says how they count."""

    def __init__(self, charter: Charter, exceptions: Sequence[tuple[str, Scoped]]) -> None:
        self.charter = charter
        self.exceptions = exceptions
        """Each with a key of its own: an id may also be on branches."""
        self._encoded = {key: _ENCODER.encode(one) for key, one in exceptions}

    @property
    def digest(self) -> str:
        """Of all that an outcome may rest on."""
        known = hashlib.sha256(_ENCODER.encode(_facets(self.charter)))
        for key, encoded in self._encoded.items():
            known.update(f"{key} {len(encoded)} ".encode())
            known.update(encoded)
        return known.hexdigest()

    def judge(self, environment: str = "") -> Judge:
        """Who says what they make of findings in an environment; by the charter's map when empty."""
        return Judge(self, environment)

    def changed(self, before: Grounds) -> list[Scoped] | None:
        """The exceptions that are in one and not in the other as they are here, old and new.

        None when every finding may have another outcome, whatever its check.
        """
        if _facets(self.charter) != _facets(before.charter):
            return None
        return [
            one
            for these, those in ((self, before), (before, self))
            for key, one in these.exceptions
            if those._encoded.get(key) != these._encoded[key]
        ]

    def write(self) -> None:
        """Keeps them as what findings were last matched with; inside a transaction."""
        known = dict(Ground.objects.values_list("key", "digest"))
        rows = {key: self._row(key, one) for key, one in self.exceptions}
        stale = [key for key in known if key not in rows or rows[key].digest != known[key]]
        for start in range(0, len(stale), _PORTION):
            Ground.objects.filter(key__in=stale[start : start + _PORTION]).delete()
        new = [row for key, row in rows.items() if known.get(key) != row.digest]
        staging.insert(new)
        RegisterState.objects.filter(pk=1).update(
            grounds=self.digest, grounds_charter=_ENCODER.encode(self.charter)
        )

    def _row(self, key: str, one: Scoped) -> Ground:
        encoded = self._encoded[key]
        digest = hashlib.sha256(encoded).hexdigest()[:32]
        branch, number = key.startswith(_ON_BRANCH), number_of(one)
        return Ground(key=key, branch=branch, number=number, digest=digest, scoped=encoded)


class Judge:
    """The gate's word on findings, one portion after another."""

    def __init__(self, grounds: Grounds, environment: str) -> None:
        charter = grounds.charter
        fixed: Environment | None = environment or None  # type: ignore[assignment]  # checked on its way in
        exceptions = [one for _, one in grounds.exceptions]
        self._matcher = Matcher(exceptions, (lambda _: fixed) if fixed else charter.environment_of)
        active = frozenset(one.id for one in exceptions if one.disposition == "excepted")
        self._rego = exempt.Register(active, charter.rego_exceptions == "governed")
        self.accepts_native = charter.native_suppressions == "accept"
        """Whether what a scanner suppressed itself counts nowhere."""

    def outcomes(self, findings: Sequence[Finding], fingerprints: Sequence[str]) -> list[Outcome]:
        """One for each finding, in their order."""
        return exempt.exempted(findings, self._matcher.outcomes(findings, fingerprints), self._rego)

    def covered(self) -> dict[int, int]:
        """Number of an exception -> findings that it covered so far; none of zero."""
        found: dict[int, int] = {}
        for identifier, number in self._matcher.covered.items():
            native = 0 if self.accepts_native else self._matcher.covered_native[identifier]
            if number + native:
                key = id_number(identifier) or 0
                found[key] = found.get(key, 0) + number + native
        return found


def number_of(one: Scoped) -> int:
    """The number of its id."""
    return id_number(one.id) or 0


def of_register(register: Register, now: dt.datetime) -> Grounds:
    """As the register has them now."""
    return Grounds(register.snapshot.charter, list(_exceptions(register, now)))


def of_index() -> Grounds:
    """As findings were last matched with."""
    state = RegisterState.objects.filter(pk=1).first()
    kept = bytes(state.grounds_charter) if state else b""
    charter = msgspec.msgpack.decode(kept, type=Charter) if kept else Charter(version=1)
    rows = Ground.objects.order_by("branch", "number", "key").values_list("key", "scoped")
    return Grounds(charter, [(key, _SCOPED.decode(bytes(encoded))) for key, encoded in rows.iterator()])


def _exceptions(register: Register, now: dt.datetime) -> Iterator[tuple[str, Scoped]]:
    for case, standing in register.cases(now):
        if (one := scoped(case, standing)) is not None:
            head = f"{_ON_BRANCH}{text.digest(case.branch)}" if case.branch else "main"
            yield f"{head} {case.number}", one


def _facets(charter: Charter) -> tuple[object, ...]:
    """What of a charter outcomes rest on, beside the exceptions."""
    return list(charter.environments.items()), charter.rego_exceptions, charter.native_suppressions
