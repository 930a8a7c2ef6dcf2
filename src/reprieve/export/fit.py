"""From a scope entry to what a format has to say of it for one target; or why it cannot.

A format declares, as `Expresses`, which findings its tool has and which scope keys its entries can
narrow by. What the target settles (its cluster, environment, image, repository) need not be said; what
is left must be said whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from reprieve.export.interface import Aside, Entry, Job, Left, Target, entries_of
from reprieve.record import glob
from reprieve.record.charter import Charter
from reprieve.record.model import SCOPE_KEYS
from reprieve.record.scope import values_of
from reprieve.words import CheckType, Environment, Risk

_SETTLED = (("clusters", "cluster"), ("images", "image"), ("repositories", "repository"))
_WORDS = {
    "clusters": "clusters",
    "namespaces": "namespaces",
    "resources": "resources",
    "paths": "paths",
    "images": "images",
    "repositories": "repositories",
    "packages": "packages",
    "fingerprints": "single findings",
    "checks": "checks",
}


class Expresses(NamedTuple):
    """What the entries of a native file can say, and what its tool reports."""

    tool: str
    types: frozenset[CheckType]
    """Of the tool's findings, as far as the format acts on them."""
    tests: frozenset[str]
    """Scope keys that an entry can narrow by."""
    knows: frozenset[str]
    """Scope keys whose value the tool's findings can have at all."""
    fixable: frozenset[CheckType] = frozenset()
    """Types whose findings can say that there is a fix."""
    kinds: Callable[[str], frozenset[CheckType]] | None = None
    """The types of findings that a pattern for checks may match; none when it is of another tool."""
    needs_checks: bool = True
    """Whether packages do not do in their place."""
    tests_fix: bool = False
    tests_severity: bool = False
    names_cluster: bool = False
    """Whether its reports name the cluster by themselves, so that one not named here may be any."""


class Fitted(NamedTuple):
    """What remains to be said of an entry."""

    entry: Entry
    types: frozenset[CheckType]
    keys: dict[str, tuple[str, ...]]
    """Patterns by scope key."""
    not_fixed: bool = False
    """Only where the finding has no fix."""
    at_most: Risk | None = None
    """Only where the severity is known, and no worse than this."""


class Fits(NamedTuple):
    """All entries, sorted."""

    fitted: list[Fitted]
    left: list[Left]
    aside: list[Aside]


def fit_all(job: Job, expresses: Expresses) -> Fits:
    """Every entry of the job as what remains to be said, as left out, or as no concern of the tool."""
    fits = Fits([], [], [])
    for entry in entries_of(job):
        found = fit(entry, job.target, expresses)
        if isinstance(found, Fitted):
            fits.fitted.append(found)
        elif isinstance(found, Aside):
            fits.aside.append(found)
        else:
            fits.left.append(found)
    return fits


def fit(entry: Entry, target: Target, expresses: Expresses) -> Fitted | Left | Aside:
    """One entry for one target."""
    types = _types(entry, expresses)
    if not types:
        return entry.aside(f"about other findings than those of {expresses.tool}")
    keys = {key: values for key in SCOPE_KEYS if (values := values_of(entry.scope, key))}
    if "checks" in keys and expresses.kinds is not None:
        keys["checks"] = tuple(check for check in keys["checks"] if expresses.kinds(check))
    elsewhere = _settle(entry, keys, target, expresses) or _environment(entry, keys, target, expresses)
    if elsewhere is not None:
        return elsewhere
    for key in keys:
        if key not in expresses.tests:
            return entry.left(_cannot(expresses.tool, key))
    if "checks" not in keys and (expresses.needs_checks or "packages" not in keys):
        return entry.left("names no checks, and the file goes by them")
    return _voids(Fitted(entry, types, keys), expresses)


def _types(entry: Entry, expresses: Expresses) -> frozenset[CheckType]:
    types = expresses.types & ({entry.scope.type} if entry.scope.type else expresses.types)
    checks = values_of(entry.scope, "checks")
    if checks and expresses.kinds is not None:
        types &= frozenset().union(*map(expresses.kinds, checks))
    return types


def _settle(
    entry: Entry, keys: dict[str, tuple[str, ...]], target: Target, expresses: Expresses
) -> Left | Aside | None:
    """Takes out of `keys` what the target settles; says why when it settles that nothing is covered."""
    for key, field in _SETTLED:
        value: str | None = getattr(target, field)
        if key in keys and value is not None:
            if not any(glob.matches(pattern, value) for pattern in keys[key]):
                return entry.aside(f"about other {key}")
            del keys[key]
    for key in keys:
        if key in expresses.knows or key in {"checks", "fingerprints"}:
            continue
        if key == "clusters" and expresses.names_cluster:
            return entry.left(f"{expresses.tool} does not say which cluster here: name one with --cluster")
        if key in dict(_SETTLED):
            return entry.aside(f"about {key}: name one with --{dict(_SETTLED)[key]}")
        return entry.aside(f"about {_WORDS[key]}, which these findings of {expresses.tool} never have")
    return None


def _environment(
    entry: Entry, keys: dict[str, tuple[str, ...]], target: Target, expresses: Expresses
) -> Left | Aside | None:
    """Whether everything that the entry is to cover is in the record's environment."""
    wanted = entry.grant.record.environment
    if target.environment or target.cluster or not expresses.names_cluster:
        found = {target.environment_of(target.cluster)}
    elif "clusters" in keys:
        found = set().union(*(environments_in(pattern, target.charter) for pattern in keys["clusters"]))
    else:
        found = environments_in("*", target.charter) | {target.charter.environment_of(None)}
    if found == {wanted}:
        return None
    if wanted not in found:
        return entry.aside("about another environment")
    return entry.left("its clusters are of several environments: name one with --cluster")


def environments_in(pattern: str, charter: Charter) -> set[Environment]:
    """Every environment that a cluster which matches the pattern may be of; perhaps some more."""
    found: set[Environment] = set()
    for other, environment in charter.environments.items():
        if glob.intersect(pattern, other):
            found.add(environment)
        if pattern == other or (glob.is_literal(pattern) and glob.matches(other, pattern)):
            return found
    return found | {"production"}


def _cannot(tool: str, key: str) -> str:
    reason = f"{tool} cannot tell {_WORDS[key]} apart here"
    settled = dict(_SETTLED).get(key)
    return f"{reason}: name one with --{settled}" if settled else reason


def _voids(fitted: Fitted, expresses: Expresses) -> Fitted | Left:
    """A record's voids act on each finding: an entry must test what they test, or they must never act."""
    record = fitted.entry.grant.record
    if "fix-available" in record.voids and fitted.types & expresses.fixable:
        if not expresses.tests_fix:
            return fitted.entry.left(f"void once there is a fix, which {expresses.tool} cannot test here")
        fitted = fitted._replace(not_fixed=True)
    if "severity-raised" in record.voids:
        if not expresses.tests_severity:
            return fitted.entry.left(
                f"void once the severity is above {record.risk}, which {expresses.tool} cannot test here"
            )
        fitted = fitted._replace(at_most=record.risk)
    return fitted


def translated(
    fitted: Fitted, key: str, translate: Callable[[str], str | Iterable[str]], left: list[Left]
) -> list[str]:
    """The patterns of a key in the tool's words, without those that it has no words for.

    `translate` raises `ValueError` with the reason for such a pattern. Those are listed in `left`: as parts,
    or once for the whole entry when none of its patterns can be said.
    """
    found: list[str] = []
    refused: list[Left] = []
    for pattern in fitted.keys.get(key, ()):
        try:
            words = translate(pattern)
        except ValueError as error:
            refused.append(fitted.entry.left(str(error), f"{key}: {pattern}"))
        else:
            found += [words] if isinstance(words, str) else words
    if refused and not found:
        first = refused[0]
        left.append(fitted.entry.left(f"{first.part}: {first.reason}"))
    else:
        left += refused
    return list(dict.fromkeys(found))


def of_one_kind(
    fitted: Fitted, expresses: Expresses, translate: Callable[[str], str | Iterable[str]] = str
) -> Callable[[str], str | Iterable[str]]:
    """`translate` for checks, where an entry acts on every kind of finding and the record is about one.

    Refuses a check that findings of another kind may have.
    """
    wanted = fitted.entry.scope.type

    def checked(pattern: str) -> str | Iterable[str]:
        if wanted and expresses.kinds is not None and not expresses.kinds(pattern) <= {wanted}:
            raise ValueError("would act on other kinds of findings as well")
        return translate(pattern)

    return checked
