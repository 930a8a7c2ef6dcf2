"""Everything that one run evaluates: modules, checks, exceptions in Rego and data, ours and the user's."""

from __future__ import annotations

import contextlib
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from reprieve.errors import ReprieveError
from reprieve.findings.model import Fault
from reprieve.policy import house
from reprieve.policy.bounds import Limits
from reprieve.policy.check import Check, Reporting, check_of, reporting
from reprieve.policy.engine import Engine, RegoError
from reprieve.policy.exceptions import NAMESPACE_PACKAGE, Clause, clauses_of
from reprieve.policy.inputs import kind_of, plain
from reprieve.policy.inputs.interface import InputError
from reprieve.policy.module import Module, parse
from reprieve.policy.parsed import Known
from reprieve.policy.said import Said, said_by

HERE = Path(__file__).parent
LIBRARIES = "lib"
PACKS = ("kubernetes", "dockerfile", "aws")


class Bundle(msgspec.Struct, frozen=True):
    """What to evaluate, ready to be put into an engine."""

    modules: tuple[Module, ...]
    checks: tuple[Check, ...]
    clauses: tuple[Clause, ...]
    data: dict[str, Any]
    faults: tuple[Fault, ...]
    """Files that could not be loaded; the others are."""

    def lasting(self) -> bool:
        """Whether nothing in it asks for the time, for chance or for anything outside."""
        return not any(_CHANGING.search(module.text) for module in self.modules)

    def choose(self, wanted: Callable[[Check], bool]) -> Bundle:
        """The same with only the checks that are wanted."""
        return msgspec.structs.replace(self, checks=tuple(check for check in self.checks if wanted(check)))


def load(
    policies: Sequence[Path] = (),
    data: Sequence[Path] = (),
    *,
    namespaces: Sequence[str] = (),
    packs: Iterable[str] = PACKS,
    tests: bool = False,
    beside: bool = False,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
) -> Bundle:
    """Reads our packs and the user's folders.

    Args:
        policies: files and folders of Rego.
        data: files and folders of JSON, YAML and TOML, merged into `data`.
        namespaces: of the user's packages, those that begin with one of these are checks; all when empty.
        packs: which of ours.
        tests: whether the user's `*_test.rego` files are loaded too.
        beside: whether JSON and YAML in the folders of Rego are data as well, as OPA has it: mappings that
            are no input of a kind that is known, and no example of a check.
        limits: of evaluating metadata that are rules.

    Errors: `ReprieveError` for a folder that does not exist or data that contradicts itself. A file of Rego
    that is wrong becomes a fault: it does not stop the others.
    """
    faults: list[Fault] = []
    packs = tuple(packs)
    own = _modules(own_files(packs), faults, Known((LIBRARIES, *packs)))
    taken = house.names_of(own)
    theirs: list[Module] = []
    for module in _modules(((path, str(path)) for path in rego_files(policies, tests=tests)), faults):
        if is_ours(module.path):
            own.append(module)
        elif fault := house.trespassing(module, taken) or house.unanswered(module):
            faults.append(fault)
        else:
            theirs.append(module)
    own += house.shared_libraries(own, theirs)
    if theirs:
        theirs, refused = house.analysed(own, theirs)
        faults += refused
    modules = [*own, *theirs]
    ours = {module.path for module in own}
    everything = _data(chain(_beside(policies) if beside else (), _data_files(data)))
    _refuse_rules_as_data(everything, modules)
    packages = {module.package for module in modules if reporting(module)}
    everything["namespaces"] = sorted(packages)
    checks = tuple(_checks(modules, ours, namespaces, faults, limits))
    clauses = tuple(_clauses(modules, faults))
    return Bundle(tuple(modules), checks, clauses, everything, tuple(faults))


def is_ours(path: str) -> bool:
    """Whether a file is one of our checks or libraries, named by where it is."""
    return Path(os.path.realpath(path)).is_relative_to(HERE)


def files(
    policies: Sequence[Path] = (), data: Sequence[Path] = (), packs: Iterable[str] = PACKS
) -> Iterator[Path]:
    """Every file that `load` would read, in the same order."""
    yield from (path for path, _ in own_files(packs))
    yield from rego_files(policies, tests=False)
    yield from (path for path, _ in _data_files(data))


_CHANGING = re.compile(r"\b(?:time\.now_ns|rand\.|uuid\.|http\.send|opa\.runtime|net\.lookup)")


def _modules(
    files: Iterable[tuple[Path, str]], faults: list[Fault], known: Known | None = None
) -> list[Module]:
    """Files, each under the name that it is to have; those that cannot be parsed become faults."""
    found = []
    for path, name in files:
        try:
            text = _text_of(path, name)
            found.append((known and known.module(name, text)) or parse(name, text))
        except RegoError as error:
            faults.append(Fault(error.path or name, error.message, error.line, error.column))
    return found


def _text_of(path: Path, name: str) -> str:
    try:
        if not path.is_file():
            raise RegoError("not a file that can be read", name)
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegoError(f"not UTF-8: {error.reason} at byte {error.start}", name) from None
    except OSError as error:
        raise RegoError(error.strerror or "cannot be read", name) from None


def own_files(packs: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Our libraries and the files of some packs, each with the name that it goes by."""
    for folder in (HERE / LIBRARIES, *(HERE / "checks" / pack for pack in packs)):
        for path in sorted(folder.rglob("*.rego")):
            if not path.name.endswith("_test.rego"):
                yield path, f"builtin/{path.relative_to(HERE).as_posix()}"


def rego_files(policies: Sequence[Path], *, tests: bool) -> Iterator[Path]:
    """The user's files of Rego, each once, those of tests only when asked for. Errors: `ReprieveError`."""
    seen: set[str] = set()
    for policy in policies:
        if not policy.exists():
            raise ReprieveError("no such policy file or folder", where=str(policy), hint="see --policy")
        for path in sorted(policy.rglob("*.rego")) if policy.is_dir() else [policy]:
            real = os.path.realpath(path)
            if (tests or not path.name.endswith("_test.rego")) and real not in seen:
                seen.add(real)
                yield path


def _checks(
    modules: Sequence[Module],
    ours: set[str],
    namespaces: Sequence[str],
    faults: list[Fault],
    limits: Limits,
) -> Iterator[Check]:
    """One for each package that reports something."""
    by_package: defaultdict[str, list[Module]] = defaultdict(list)
    for module in modules:
        by_package[module.package].append(module)
    said = said_by(by_package, limits)
    for package, group in by_package.items():
        builtin = any(module.path in ours for module in group)
        if package == NAMESPACE_PACKAGE or not (builtin or _within(package, namespaces)):
            continue
        rules: dict[str, Reporting] = {}
        for module in group:
            for rule in reporting(module):
                rules.setdefault(rule.name, rule)
        if rules:
            home = _home(group)
            own = said.get(package, Said())
            if own.fault is not None:
                faults.append(own.fault)
            else:
                yield check_of(home, tuple(rules.values()), own.about, own.wants, builtin=builtin)


def _clauses(modules: Sequence[Module], faults: list[Fault]) -> Iterator[Clause]:
    """The exceptions in modules; one that cannot be evaluated alone becomes a fault."""
    clauses: list[Clause] = []
    for module in modules:
        clauses += clauses_of(module, len(clauses))
    for clause in clauses:
        fault = _unclear(clause)
        if fault is None:
            yield clause
        else:
            faults.append(fault)


def _unclear(clause: Clause) -> Fault | None:
    """Why a clause cannot be evaluated alone; None when it can."""
    try:
        Engine().add_module(clause.exemption.path, clause.text, v0=clause.v0)
    except RegoError as error:
        return Fault(clause.exemption.path, error.message, error.line, error.column, clause.written)
    return None


def _home(group: Sequence[Module]) -> Module:
    """The file that speaks for a check: one that reports something, with metadata if there is such a one."""
    about = [module for module in group if module.about_package()]
    reports = [module for module in group if reporting(module)]
    return next((module for module in about if module in reports), (about or reports)[0])


def _within(package: str, namespaces: Sequence[str]) -> bool:
    return not namespaces or any(package == name or package.startswith(f"{name}.") for name in namespaces)


def _data(files: Iterable[tuple[Path, tuple[str, ...]]]) -> dict[str, Any]:
    """Files at the top are merged into `data`, those in a folder `a/b` into `data.a.b`, as OPA loads them."""
    merged: dict[str, Any] = {}
    for path, steps in files:
        _merge(merged, _nested(steps, _document(path)), path)
    return merged


def _beside(policies: Sequence[Path]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The data among the user's policies: `data.json` and the like, and other mappings that are no input."""
    for path, steps in _data_files([policy for policy in policies if policy.is_dir()]):
        if path.suffix != ".toml" and (path.stem == "data" or _is_data(path)):
            yield path, steps


def _is_data(path: Path) -> bool:
    if path.name.partition(".")[0].partition("-")[0] in ("good", "bad"):  # an example of a check
        return False
    if kind_of(path.name, path.read_text(encoding="utf-8-sig", errors="replace")) not in (None, "perhaps"):
        return False
    with contextlib.suppress(ReprieveError):
        return bool(_document(path))
    return False


def _data_files(folders: Sequence[Path]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Each file, and the keys under which its content is put."""
    for folder in folders:
        if not folder.exists():
            raise ReprieveError("no such data file or folder", where=str(folder), hint="see --data")
        found = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
        for path in found:
            if path.suffix in _DATA:
                yield path, path.relative_to(folder).parent.parts if folder.is_dir() else ()


_DATA = frozenset({".json", ".yaml", ".yml", ".toml"})


def _document(path: Path) -> dict[str, Any]:
    try:
        documents = plain.read(str(path), path.read_text(encoding="utf-8-sig"))
    except InputError as error:
        where = f"{path}:{error.line}" if error.line else str(path)
        raise ReprieveError(f"data that cannot be read: {error.message}", where=where) from None
    except (ValueError, OSError) as error:
        raise ReprieveError(f"data that cannot be read: {error}", where=str(path)) from None
    if len(documents) != 1 or not isinstance(documents[0].value, dict):
        raise ReprieveError("expected one mapping: its keys become those of `data`", where=str(path))
    found: dict[str, Any] = documents[0].value
    return found


def _refuse_rules_as_data(data: Mapping[str, Any], modules: Sequence[Module]) -> None:
    """Data in the place of a rule would take its place, and silence it. Errors: `ReprieveError`."""
    rules = {(*module.package.split("."), name) for module in modules for name in module.names()}
    for path in (("namespaces",), *sorted(rules)):
        if _holds(data, path):
            where = f"data.{'.'.join(path)}"
            raise ReprieveError(f"--data has a value where a rule is: {where}", hint="use another key")


def _holds(data: Mapping[str, Any], path: Sequence[str]) -> bool:
    """Whether there is a value at a path, or one in its way."""
    value: Any = data
    for step in path:
        if not isinstance(value, dict):
            return True
        if step not in value:
            return False
        value = value[step]
    return True


def _nested(steps: Sequence[str], data: dict[str, Any]) -> dict[str, Any]:
    for step in reversed(steps):
        data = {step: data}
    return data


def _merge(into: dict[str, Any], data: dict[str, Any], path: Path) -> None:
    for key, value in data.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value, path)
        elif key in into and into[key] != value:
            raise ReprieveError(f"the key '{key}' has another value already", where=str(path))
        else:
            into[key] = value
