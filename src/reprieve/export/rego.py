"""Exceptions in Rego: for Conftest, and for Trivy before 0.57. Each cites its record.

Source: open-policy-agent/conftest `policy/engine.go`, `docs/exceptions.md`; aquasecurity/trivy
`pkg/iac/rego/exceptions.go` (removed by commit c70b6fa166). A folder with a file for each package.

- Conftest takes a rule's name without `deny_`, `violation_`, `warn_` and exempts all three for a whole file:
  a record must name all three. The file's name that a policy can see is not the one in the report.
- Trivy's are by package, and test the object: of a cluster, where its findings have namespaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from reprieve.export.fit import Expresses, Fitted, fit, translated
from reprieve.export.interface import Aside, Entry, Format, Job, Left, Target, Written, entries_of
from reprieve.export.patterns import kinds_and_names, literal, regex
from reprieve.export.rego_text import anchored, value
from reprieve.export.texts import header, midnight
from reprieve.findings.aliases import names_of
from reprieve.record import glob
from reprieve.words import CheckType

NAME = "rego"
_RULE = re.compile(
    r"(?P<package>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\.(?P<kind>deny|violation|warn|\*)(?:_(?P<name>\w+))?"
)
_KINDS = ("deny", "violation", "warn")
_BUILTIN = re.compile(r"(?P<family>KSV|DS)\d{3,4}")
_FOLDERS = {"KSV": "kubernetes", "DS": "dockerfile"}
_TRIVY_FILE = "trivy/exceptions.rego"


def _write(job: Job) -> Written:
    files: dict[str, list[str]] = {}
    left: list[Left] = []
    aside: list[Aside] = []
    written = 0
    for entry in entries_of(job):
        found = [(fit(entry, job.target, tool), clauses) for tool, clauses in _tools(job.target)]
        for fitted, clauses in found:
            if isinstance(fitted, Fitted):
                made = clauses(fitted, left)
                written += bool(made)
                for file, clause in made:
                    files.setdefault(file, []).append(clause)
            elif isinstance(fitted, Left):
                left.append(fitted)
        if all(isinstance(fitted, Aside) for fitted, _ in found):
            aside.append(entry.aside("about other findings than those of Conftest and Trivy's Rego checks"))
    texts = {file: "".join([_head(file), *clauses]) for file, clauses in sorted(files.items())}
    return Written(texts, written, tuple(left), tuple(aside))


def _tools(target: Target) -> tuple[tuple[Expresses, _Clauses], ...]:
    return (conftest(), _conftest_clauses), (trivy(target), _trivy_clauses)


def conftest() -> Expresses:
    """Conftest's findings have a file, and an exception is for a whole one."""
    return Expresses(
        tool="Conftest",
        types=frozenset({"misconfiguration"}),
        tests=frozenset({"checks"}),
        knows=frozenset({"paths"}),
        kinds=lambda check: _kinds(check, is_known=_RULE.fullmatch(check) is not None),
    )


def trivy(target: Target) -> Expresses:
    """In a cluster, and only there, a finding has the namespace and the name of its object."""
    objects = {"namespaces", "resources"} if target.cluster else set()
    return Expresses(
        tool="Trivy",
        types=frozenset({"misconfiguration"}),
        tests=frozenset({"checks", *objects}),
        knows=frozenset({"clusters", *objects} if target.cluster else {"paths", "repositories", "resources"}),
        kinds=lambda check: _kinds(check, is_known=_package(check) is not None),
    )


def _kinds(check: str, *, is_known: bool) -> frozenset[CheckType]:
    """A pattern may match the tool's checks among others."""
    return frozenset({"misconfiguration"}) if is_known or not glob.is_literal(check) else frozenset()


def _head(file: str) -> str:
    package = "namespace.exceptions" if file == _TRIVY_FILE else file.removesuffix(".rego").split("/")[1]
    return f"# {header(NAME)}\npackage {package}\n" + ("" if file == _TRIVY_FILE else "\nimport rego.v1\n")


def _metadata(entry: Entry) -> str:
    """What `reprieve scan` reads to find the record; a JSON string is a string of YAML on one line."""
    title = f"# METADATA\n# title: {value(entry.grant.note)}\n"
    return f"{title}# custom:\n#   exception: {value(entry.grant.id)}\n"


def _until(entry: Entry) -> str:
    return f"\ttime.now_ns() < time.parse_rfc3339_ns({value(midnight(entry.grant))})\n"


def _conftest_clauses(fitted: Fitted, left: list[Left]) -> list[tuple[str, str]]:
    rules: dict[str, list[str]] = {}
    checks = fitted.keys["checks"]

    def rule_of(check: str) -> str:
        found = _RULE.fullmatch(check)
        if found is None:
            raise ValueError("not the name of one rule, such as `main.deny_root`")
        package, suffix = found["package"], f"_{found['name']}" if found["name"] else ""
        others = [f"{package}.{kind}{suffix}" for kind in _KINDS]
        if missing := [one for one in others if not any(glob.matches(check, one) for check in checks)]:
            raise ValueError(f"Conftest would exempt {' and '.join(missing)} as well: name them too")
        names = rules.setdefault(package, [])
        names += [] if suffix[1:] in names else [suffix[1:]]
        return check

    translated(fitted, "checks", rule_of, left)
    return [
        (
            f"conftest/{package}.rego",
            f"\n{_metadata(fitted.entry)}exception contains rules if {{\n{_until(fitted.entry)}"
            f"\trules := {value(names)}\n}}\n",
        )
        for package, names in rules.items()
    ]


def _trivy_clauses(fitted: Fitted, left: list[Left]) -> list[tuple[str, str]]:
    packages = translated(fitted, "checks", lambda check: _package(literal(check)) or [], left)
    if not packages:
        return []
    conditions = _until(fitted.entry)
    for key, name in (("namespaces", "input.metadata.namespace"),):
        if key in fitted.keys:
            expressions = [anchored(regex(pattern)) for pattern in fitted.keys[key]]
            conditions += f"\tregex.match({value(expressions)}[_], {name})\n"
    if "resources" in fitted.keys:
        pairs = [
            [anchored(regex(kind)), anchored(regex(name))]
            for pattern in fitted.keys["resources"]
            for kind, name in kinds_and_names(pattern)
        ]
        conditions += f"\tobject := {value(pairs)}[_]\n\tregex.match(object[0], input.kind)\n"
        conditions += "\tregex.match(object[1], input.metadata.name)\n"
    clause = (
        f"\n{_metadata(fitted.entry)}exception[package_name] {{\n{conditions}"
        f"\tpackage_name := {value(packages)}[_]\n}}\n"
    )
    return [(_TRIVY_FILE, clause)]


def _package(check: str) -> str | None:
    """The package of a check of Trivy's that is written in Rego: `builtin.kubernetes.KSV012`."""
    for name in names_of(check):
        found = _BUILTIN.fullmatch(name)
        if found is not None and check in names_of(name):
            return f"builtin.{_FOLDERS[found['family']]}.{name}"
    return None


_Clauses = Callable[[Fitted, list[Left]], list[tuple[str, str]]]

FORMAT = Format(
    title="Rego exceptions, for Conftest and for Trivy before 0.57",
    file="exceptions",
    says="whole rules (Conftest); checks, and in a cluster namespaces and objects (Trivy)",
    expiry="compares the time itself: midnight UTC after the last day",
    write=_write,
)
