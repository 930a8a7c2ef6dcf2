"""The tools themselves, asked what they hide: programs of `tests/go`, each around a tool's own package.

Each is asked in the tool's own terms what it makes of an exported file and of findings; so what the worlds
model is here said by the code that they model.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from ruamel.yaml import YAML

from reprieve.export.interface import Target
from tests.export.worlds import Raw, World, kubernetes, packages, trivy
from tests.peers import FOLDER


class Talker:
    """A program that answers one line of JSON with another, for as long as it is asked."""

    def __init__(self, program: str, folder: Path) -> None:
        self._process = subprocess.Popen(
            [str(FOLDER / program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(folder)},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def ask(self, question: Any) -> Any:
        """Its answer; fails when it has none."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question, default=str).encode() + b"\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"no answer to {question}"
        return json.loads(answer)


Hides = Callable[[Talker, Mapping[str, str], Sequence[Raw], Target], list[bool]]
"""Whether a tool hides each finding, given files."""


class Native(NamedTuple):
    """A tool, asked about one of its formats."""

    world: World
    program: str
    hides: Hides


# --- OSV-Scanner


def _osv(tool: Talker, files: Mapping[str, str], raws: Sequence[Raw], target: Target) -> list[bool]:
    report = json.loads(packages.OSV.report(list(raws), target))
    asked = report["results"][0]["packages"]
    ignored = tool.ask({"File": files[""], "Packages": asked})
    order = list(dict.fromkeys(raw["at"] for raw in raws))
    return [raw["id"] in ignored[order.index(raw["at"])] for raw in raws]


# --- Grype


def _grype(tool: Talker, files: Mapping[str, str], raws: Sequence[Raw], _target: Target) -> list[bool]:
    matches = [
        {
            **dict(zip(("Name", "Type", "Version"), raw["package"], strict=False)),
            "ID": raw["id"],
            "Related": raw["related"],
            "State": raw["state"],
        }
        for raw in raws
    ]
    found: list[bool] = tool.ask({"File": files[""], "Matches": matches})
    return found


# --- Trivy


def _trivy(name: str) -> Hides:
    def hides(tool: Talker, files: Mapping[str, str], raws: Sequence[Raw], _target: Target) -> list[bool]:
        report = {"SchemaVersion": 2, "ArtifactName": ".", "Results": [trivy.result(raw) for raw in raws]}
        found: list[bool] = tool.ask({"Name": name, "File": files[""], "Report": report})
        return found

    return hides


# --- In clusters

_GROUPS = {
    "Deployment": "apps/v1",
    "Pod": "v1",
    "Namespace": "v1",
    "ClusterRole": "rbac.authorization.k8s.io/v1",
}


def _object(raw: Raw) -> dict[str, Any]:
    metadata = {"name": raw["name"], **({"namespace": raw["namespace"]} if raw["namespace"] else {})}
    api = _GROUPS.get(raw["kind"], "example.com/v1")
    return {"apiVersion": api, "kind": raw["kind"], "metadata": metadata}


def _gatekeeper(tool: Talker, files: Mapping[str, str], raws: Sequence[Raw], _target: Target) -> list[bool]:
    excluded: dict[str, list[bool]] = {}
    for one in YAML(typ="safe").load_all(files[""]):
        if one:
            name = f"{one['kind']}/{one['metadata']['name']}"
            excluded[name] = tool.ask({"Constraint": one, "Objects": [_object(raw) for raw in raws]})
    none = [False] * len(raws)
    return [excluded.get(raw["constraint"], none)[index] for index, raw in enumerate(raws)]


def _kyverno(tool: Talker, files: Mapping[str, str], raws: Sequence[Raw], _target: Target) -> list[bool]:
    asked = [{"Policy": raw["policy"], "Rule": raw["rule"], "Object": _object(raw)} for raw in raws]
    exceptions = [one for one in YAML(typ="safe").load_all(files[""]) if one]
    found: list[bool] = tool.ask({"Exceptions": exceptions, "Found": asked})
    return found


def _kubescape(read: Callable[[Mapping[str, str]], list[dict[str, Any]]]) -> Hides:
    def hides(tool: Talker, files: Mapping[str, str], raws: Sequence[Raw], _target: Target) -> list[bool]:
        asked = [
            {"Cluster": raw["cluster"], "Control": raw["control"], "Object": _object(raw)} for raw in raws
        ]
        found: list[bool] = tool.ask({"File": json.dumps(read(files)), "Found": asked})
        return found

    return hides


NATIVES = (
    Native(packages.OSV, "osv-scanner", _osv),
    Native(packages.GRYPE, "grype", _grype),
    Native(trivy.LINES, "trivy", _trivy(".trivyignore")),
    Native(trivy.YAML_FILE, "trivy", _trivy(".trivyignore.yaml")),
    Native(trivy.POLICY, "trivy", _trivy("ignore.rego")),
    Native(kubernetes.GATEKEEPER, "gatekeeper", _gatekeeper),
    Native(kubernetes.KYVERNO, "kyverno", _kyverno),
    Native(kubernetes.KUBESCAPE, "kubescape", _kubescape(lambda files: json.loads(files[""]))),
    Native(kubernetes.KUBESCAPE_CRD, "kubescape", _kubescape(kubernetes.policies_of_objects)),
)
