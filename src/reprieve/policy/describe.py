"""Results as findings: what, where, how bad, and which rule said so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reprieve.findings.kubernetes import resource_name
from reprieve.findings.model import Finding, Policy
from reprieve.policy.bundle import Bundle
from reprieve.policy.inputs.interface import Document
from reprieve.policy.locate import Known, holds, lines_of
from reprieve.policy.results import Result

TOOL = "reprieve"


class Describer:
    """Says of results what they are as findings; of a bundle's rules it knows each one's name."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._policies: dict[tuple[int, int, tuple[int, ...]], Policy] = {}

    def findings(self, document: Document, results: Sequence[Result]) -> list[Finding]:
        """The results of one document, each with the lines of its cause."""
        if document.members:
            return [self._of_member(document, result) for result in results]
        known = Known(document)
        target = _target(document, None) if document.kind == "kubernetes" else None
        return [self._finding(document, result, known, target) for result in results]

    def _of_member(self, document: Document, result: Result) -> Finding:
        """Of several documents that were seen at once, the one that holds the cause is meant."""
        meant = next((one for one in document.members if holds(one.value, result.cause)), document)
        return self._finding(meant, result, Known(meant), None)

    def _finding(
        self, document: Document, result: Result, known: Known, target: tuple[str | None, str | None] | None
    ) -> Finding:
        check = self._bundle.checks[result.check]
        rule = check.rules[result.rule]
        lines = lines_of(document, result.cause, result.message, known)
        namespace, resource = target or _target(document, result.cause)
        path = _path(document, result.cause)
        caller = _caller(document, resource, path)
        return Finding(
            type="misconfiguration",
            check=check.id,
            aliases=check.aliases,
            severity=check.severity_of(rule),
            tool=TOOL,
            message=f"{result.message}{caller}",
            namespace=namespace,
            resource=resource,
            path=path,
            line=lines and lines[0],
            end_line=lines and lines[1],
            fix=None,
            context=f"{check.package}.{rule.name}\n{result.message}{caller}",
            policy=self._policy(result),
        )

    def _policy(self, result: Result) -> Policy:
        """The rule of a result and what exempts it: made once, however often it speaks."""
        key = result.check, result.rule, result.clauses
        policy = self._policies.get(key)
        if policy is None:
            check = self._bundle.checks[result.check]
            clauses = tuple(self._bundle.clauses[number].exemption for number in result.clauses)
            policy = Policy(check.package, check.rules[result.rule].name, clauses)
            self._policies[key] = policy
        return policy


def _path(document: Document, cause: Any) -> str:
    """The cause's own file, where a document is made of several."""
    said = cause.get("__path__") or cause.get("filepath") if isinstance(cause, dict) else None
    return said if isinstance(said, str) else document.path


def _caller(document: Document, resource: str | None, path: str) -> str:
    """For what a Terraform module makes, the folder that calls it: several may, by the same name."""
    called = document.kind == "cloud" and path != document.path and (resource or "").startswith("module.")
    return f" (called from {document.path})" if called else ""


def _target(document: Document, cause: Any) -> tuple[str | None, str | None]:
    """Namespace and resource, as far as the document says."""
    if document.kind == "kubernetes" and isinstance(document.value, dict):
        kind, metadata = document.value.get("kind"), document.value.get("metadata")
        about = metadata if isinstance(metadata, dict) else {}
        return _text(about.get("namespace")), resource_name(
            _text(kind), _text(about.get("name")) or _text(about.get("generateName"))
        )
    if document.kind == "cloud":
        if isinstance(cause, dict) and "__path__" in cause:
            said = cause.get("__address__") or cause.get("address")  # of a block, of a resource
            if isinstance(said, str):
                return None, said
        resources = document.value.get("resources", ())
        return None, next((_text(one.get("address")) for one in resources if holds(one, cause)), None)
    return None, None


def objects_in(document: Document) -> Iterator[tuple[str | None, str]]:
    """Namespace and resource of each object that a document is or declares."""
    if document.kind == "cloud":
        for one in document.value.get("resources", ()):
            if address := _text(one.get("address")):
                yield None, address
    else:
        namespace, resource = _target(document, None)
        if resource:
            yield namespace, resource


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
