"""The built-in catalogue is whole: each check says all of itself, finds its bad examples and no good one."""

from __future__ import annotations

import copy
import functools
import json
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from reprieve.findings.model import Fault
from reprieve.policy.bundle import HERE, PACKS, Bundle, load
from reprieve.policy.catalogue import examples_of, file_of, pack_of, spellings
from reprieve.policy.check import Check
from reprieve.policy.compliance import FRAMEWORKS, controls_of
from reprieve.policy.describe import Describer
from reprieve.policy.evaluate import Evaluator
from reprieve.policy.inputs import modules, read
from reprieve.scan import testing as scan_testing
from reprieve.scan.model import Options, Source, Unit
from reprieve.scan.scan import scan
from reprieve.scan.work import Worker, shape_of

CHECKS = HERE / "checks"
LEAST = {"kubernetes": 60, "dockerfile": 20, "aws": 20}
PACKAGES = {
    "kubernetes": r"builtin\.kubernetes\.{id}",
    "dockerfile": r"builtin\.dockerfile\.{id}",
    "aws": r"builtin\.aws\.[a-z0-9]+\.{low}",
}
"""How a check's package is called; `{low}` is its id in lower case without hyphens: aws0086."""
FILES = {
    "kubernetes": r"(good|bad)(-[\w-]+)?\.(yaml|json)",
    "dockerfile": r"(good|bad)(-[\w-]+)?\.Dockerfile",
    "aws": r"(good|bad)(-[\w-]+)?\.(tf|cfn\.yaml|cfn\.json)",
}
LEVELS = {"baseline", "restricted"}


@functools.cache
def bundle_of(pack: str) -> Bundle:
    return load(packs=(pack,))


@functools.cache
def checks_of(pack: str) -> tuple[Check, ...]:
    return bundle_of(pack).checks


def folders(pack: str) -> list[Path]:
    return sorted(path for path in (CHECKS / pack).iterdir() if path.is_dir())


per_pack = pytest.mark.parametrize("pack", PACKS)


@per_pack
def test_everything_loads(pack: str) -> None:
    assert bundle_of(pack).faults == ()


@per_pack
def test_there_are_enough(pack: str) -> None:
    assert len(checks_of(pack)) >= LEAST[pack]


@per_pack
def test_each_folder_holds_one_check_its_test_and_examples(pack: str) -> None:
    checks = {file_of(check).parent.name: check for check in checks_of(pack)}
    wrong = []
    for folder in folders(pack):
        files = {path.name for path in folder.iterdir()}
        examples = {name for name in files if re.fullmatch(FILES[pack], name)}
        words = {re.split(r"[-.]", name)[0] for name in examples}
        if files - examples != {"check.rego", "check_test.rego"} or words != {"good", "bad"}:
            wrong.append(f"{folder.name}: {sorted(files)}")
        if folder.name not in checks or checks[folder.name].id != folder.name:
            wrong.append(f"{folder.name}: is not the id of the check in it")
    assert wrong == []
    assert len(checks) == len(checks_of(pack)) == len(folders(pack))


@per_pack
def test_packages_are_called_as_people_know_them(pack: str) -> None:
    wrong = []
    for check in checks_of(pack):
        identity = re.escape(check.id.replace("-", "_"))
        low = re.escape(check.id.replace("-", "").lower())
        if not re.fullmatch(PACKAGES[pack].format(id=identity, low=low), check.package):
            wrong.append(check.package)
    assert wrong == []


@per_pack
def test_each_says_all_of_itself(pack: str) -> None:
    wrong = []
    for check in checks_of(pack):
        said = {
            "id": check.identified,
            "title": 5 <= len(check.title) <= 100 and not check.title.endswith("."),
            "description": len(check.description) >= 30,
            "severity": check.severity in ("critical", "high", "medium", "low"),
            "recommendation": len(check.recommendation) >= 15,
            "references": check.references and all(ref.startswith("https://") for ref in check.references),
            "compliance": set(check.compliance) & set(FRAMEWORKS)
            or LEVELS & set(check.compliance.get("pss", ())),
            "frameworks that there are": set(check.compliance) <= {"pss", "pss-control", *FRAMEWORKS},
            "levels that there are": set(check.compliance.get("pss", ())) <= LEVELS,
            "inputs": check.selectors,
            "rules that deny": check.rules and not any(rule.warns for rule in check.rules),
        }
        wrong += [f"{check.id}: {what}" for what, is_so in said.items() if not is_so]
    assert wrong == []


def test_names_are_of_one_check_only() -> None:
    checks = [check for pack in PACKS for check in checks_of(pack)]
    names = Counter(name.casefold() for check in checks for name in spellings(check))
    assert [name for name, number in names.items() if number > 1] == []
    titles = Counter(check.title for check in checks)
    assert [title for title, number in titles.items() if number > 1] == []


@per_pack
def test_bad_examples_are_found_and_good_ones_are_not(pack: str, tmp_path: Path) -> None:
    expected: dict[str, tuple[str, bool]] = {}
    for check in checks_of(pack):
        folder = file_of(check).parent
        examples = examples_of(check)
        for word, members in (("bad", examples.bad), ("good", examples.good)):
            for number, example in enumerate(members):
                target = tmp_path / check.id / f"{word}-{number}" / example.path
                target.parent.mkdir(parents=True)
                shutil.copy(folder / example.path, target)
                expected[str(target)] = (check.id, word == "bad")
    report = scan([str(tmp_path)], Options(secrets=False, cache=False)).report
    assert report.faults == ()
    found = defaultdict(set)
    for finding in report.findings:
        found[finding.path].add(finding.check)
    wrong = [
        f"{Path(path).relative_to(tmp_path)} is {'not ' if bad else ''}found"
        for path, (identity, bad) in expected.items()
        if (identity in found[path]) is not bad
    ]
    assert wrong == []


@per_pack
def test_findings_have_lines(pack: str, tmp_path: Path) -> None:
    for check in checks_of(pack)[:10]:
        shutil.copytree(
            file_of(check).parent, tmp_path / check.id, ignore=shutil.ignore_patterns("*.rego", "good*")
        )
    findings = scan([str(tmp_path)], Options(secrets=False, cache=False)).report.findings
    assert findings
    assert [
        finding for finding in findings if not (finding.line and finding.end_line and finding.message)
    ] == []


@per_pack
def test_tests_in_rego_pass(pack: str) -> None:
    fixtures = sorted((HERE / "lib").glob("*_test.rego"))
    found = scan_testing.trial([CHECKS / pack, *fixtures], builtin=False)
    assert found.faults == ()
    assert [
        f"{one.test.path}:{one.test.line} {one.message}" for one in found.tested if one.verdict != "pass"
    ] == []
    tested = Counter(Path(one.test.path).parent.name for one in found.tested)
    assert [folder.name for folder in folders(pack) if tested[folder.name] < 2] == []


# The Pod Security Standards, by control: kubernetes.io/docs/concepts/security/pod-security-standards

POD: dict[str, Any] = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "web", "namespace": "shop", "annotations": {}},
    "spec": {
        "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [
            {
                "name": "web",
                "image": "registry.example.com/web:1.4.2",
                "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
            }
        ],
    },
}
"""Fulfils the restricted standard."""
SECURITY = "spec.containers.0.securityContext"
APPARMOR = "metadata.annotations.container/apparmor/security/beta/kubernetes/io/web"

VIOLATIONS: dict[str, dict[str, list[tuple[str, Any]]]] = {
    "pss-baseline": {
        "HostProcess": [
            ("spec.securityContext.windowsOptions", {"hostProcess": True}),
            (f"{SECURITY}.windowsOptions", {"hostProcess": True}),
        ],
        "Host Namespaces": [(f"spec.{name}", True) for name in ("hostNetwork", "hostPID", "hostIPC")],
        "Privileged Containers": [(f"{SECURITY}.privileged", True)],
        "Capabilities": [
            (f"{SECURITY}.capabilities.add", [name])
            for name in ("NET_ADMIN", "NET_RAW", "SYS_ADMIN", "SYS_TIME", "ALL", "SYSLOG")
        ],
        "HostPath Volumes": [("spec.volumes", [{"name": "logs", "hostPath": {"path": "/srv/logs"}}])],
        "Host Ports": [("spec.containers.0.ports", [{"containerPort": 80, "hostPort": 80}])],
        "Host Probes / Lifecycle Hooks": [
            ("spec.containers.0.livenessProbe", {"httpGet": {"host": "10.0.0.1", "port": 80}}),
            ("spec.containers.0.readinessProbe", {"tcpSocket": {"host": "10.0.0.1", "port": 80}}),
            ("spec.containers.0.startupProbe", {"httpGet": {"host": "10.0.0.1", "port": 80}}),
            ("spec.containers.0.lifecycle", {"postStart": {"httpGet": {"host": "10.0.0.1", "port": 80}}}),
            ("spec.containers.0.lifecycle", {"preStop": {"tcpSocket": {"host": "10.0.0.1", "port": 80}}}),
        ],
        "AppArmor": [
            ("spec.securityContext.appArmorProfile", {"type": "Unconfined"}),
            (f"{SECURITY}.appArmorProfile", {"type": "Unconfined"}),
            (APPARMOR, "unconfined"),
        ],
        "SELinux": [
            (f"{SECURITY}.seLinuxOptions", {"type": "spc_t"}),
            ("spec.securityContext.seLinuxOptions", {"type": "custom_t"}),
            (f"{SECURITY}.seLinuxOptions", {"user": "system_u"}),
            (f"{SECURITY}.seLinuxOptions", {"role": "sysadm_r"}),
        ],
        "/proc Mount Type": [(f"{SECURITY}.procMount", "Unmasked")],
        "Seccomp": [
            ("spec.securityContext.seccompProfile", {"type": "Unconfined"}),
            (f"{SECURITY}.seccompProfile", {"type": "Unconfined"}),
        ],
        "Sysctls": [
            ("spec.securityContext.sysctls", [{"name": name, "value": "1"}])
            for name in ("kernel.msgmax", "net.ipv4.ip_forward")
        ],
    },
    "pss-restricted": {
        "Volume Types": [
            ("spec.volumes", [{"name": "data", "nfs": {"server": "a", "path": "/"}}]),
            ("spec.volumes", [{"name": "data", "iscsi": {}}]),
            ("spec.volumes", [{"name": "data", "emptyDir": {}}, {"name": "disk", "gcePersistentDisk": {}}]),
        ],
        "Privilege Escalation": [
            (f"{SECURITY}.allowPrivilegeEscalation", True),
            (f"{SECURITY}.allowPrivilegeEscalation", None),
        ],
        "Running as Non-root": [
            ("spec.securityContext.runAsNonRoot", None),
            ("spec.securityContext.runAsNonRoot", False),
            (f"{SECURITY}.runAsNonRoot", False),
        ],
        "Running as Non-root user": [
            ("spec.securityContext.runAsUser", 0),
            (f"{SECURITY}.runAsUser", 0),
        ],
        "Seccomp": [("spec.securityContext.seccompProfile", None)],
        "Capabilities": [
            (f"{SECURITY}.capabilities", None),
            (f"{SECURITY}.capabilities.drop", ["NET_RAW"]),
            (f"{SECURITY}.capabilities.add", ["CHOWN"]),
        ],
    },
}
ALLOWED: dict[str, list[tuple[str, Any]]] = {
    "pss-baseline": [
        ("spec.securityContext", {}),
        (SECURITY, {}),
        ("spec.hostNetwork", False),
        (f"{SECURITY}.privileged", False),
        ("spec.volumes", [{"name": "data", "nfs": {"server": "a", "path": "/"}}]),
        (
            f"{SECURITY}.capabilities.add",
            ["CHOWN", "KILL", "SETUID", "NET_BIND_SERVICE", "MKNOD", "SYS_CHROOT"],
        ),
        ("spec.containers.0.ports", [{"containerPort": 8080}]),
        ("spec.containers.0.livenessProbe", {"httpGet": {"path": "/", "port": 80}}),
        (f"{SECURITY}.appArmorProfile", {"type": "RuntimeDefault"}),
        (f"{SECURITY}.appArmorProfile", {"type": "Localhost", "localhostProfile": "web"}),
        (APPARMOR, "runtime/default"),
        (APPARMOR, "localhost/web"),
        *(
            (f"{SECURITY}.seLinuxOptions", {"type": f"container_{name}t"})
            for name in ("", "init_", "kvm_", "engine_")
        ),
        (f"{SECURITY}.procMount", "Default"),
        ("spec.securityContext.seccompProfile", {"type": "Localhost", "localhostProfile": "web.json"}),
        *(
            ("spec.securityContext.sysctls", [{"name": name, "value": "1"}])
            for name in (
                "kernel.shm_rmid_forced",
                "net.ipv4.ip_local_port_range",
                "net.ipv4.ip_unprivileged_port_start",
                "net.ipv4.tcp_syncookies",
                "net.ipv4.ping_group_range",
                "net.ipv4.ip_local_reserved_ports",
                "net.ipv4.tcp_keepalive_time",
                "net.ipv4.tcp_fin_timeout",
                "net.ipv4.tcp_keepalive_intvl",
                "net.ipv4.tcp_keepalive_probes",
            )
        ),
    ],
    "pss-restricted": [
        ("spec.hostPID", False),
        *(
            ("spec.volumes", [{"name": "data", kind: {}}])
            for kind in ("configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "projected", "secret")
        ),
        ("spec.volumes", [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]),
        (f"{SECURITY}.runAsUser", 1000),
        (f"{SECURITY}.capabilities.add", ["NET_BIND_SERVICE"]),
        (f"{SECURITY}.seccompProfile", {"type": "RuntimeDefault"}),
    ],
}


def changed(path: str, value: Any, kind: str = "containers") -> dict[str, Any]:
    """The pod with one thing changed (None removes), of its container or of another kind of container."""
    pod = copy.deepcopy(POD)
    if kind != "containers":
        pod["spec"][kind] = copy.deepcopy(pod["spec"]["containers"])
        pod["spec"][kind][0]["name"] = "other"
        path = path.replace("spec.containers", f"spec.{kind}")
    *steps, last = path.split(".")
    node: Any = pod
    for step in steps:
        node = node[int(step)] if isinstance(node, list) else node.setdefault(step, {})
    if value is None:
        del node[last.replace("/", ".") if steps[-1] == "annotations" else last]
    else:
        name = last.replace("/", ".").replace(".io.", ".io/") if steps[-1] == "annotations" else last
        node[name] = value
    return pod


def found_in(standard: str, documents: Sequence[dict[str, Any]], folder: Path) -> list[set[str]]:
    """The checks of a standard that each document fails."""
    for number, document in enumerate(documents):
        (folder / f"{number:04}.json").write_text(json.dumps(document))
    options = Options(secrets=False, cache=False, compliance=standard)
    report = scan([str(folder)], options).report
    assert report.faults == ()
    found: list[set[str]] = [set() for _ in documents]
    for finding in report.findings:
        assert finding.path
        found[int(Path(finding.path).stem)].add(finding.check)
    return found


@pytest.mark.parametrize("standard", VIOLATIONS)
def test_every_control_of_the_pod_security_standards_is_carried(standard: str, tmp_path: Path) -> None:
    cases = [
        (control, path, value, kind)
        for control, violations in VIOLATIONS[standard].items()
        for path, value in violations
        for kind in (
            ("containers", "initContainers") if path.startswith("spec.containers") else ("containers",)
        )
    ]
    found = found_in(standard, [changed(path, value, kind) for _, path, value, kind in cases], tmp_path)
    carrying = defaultdict(set)
    for check in checks_of("kubernetes"):
        for control in controls_of(check, standard):
            carrying[control].add(check.id)
    assert [case for case, ids in zip(cases, found, strict=True) if not ids & carrying[case[0]]] == []
    assert carrying.keys() == {control for level in LEVELS_OF[standard] for control in VIOLATIONS[level]}


LEVELS_OF = {"pss-baseline": ("pss-baseline",), "pss-restricted": ("pss-baseline", "pss-restricted")}


@pytest.mark.parametrize("standard", ALLOWED)
def test_what_the_pod_security_standards_allow_is_not_found(standard: str, tmp_path: Path) -> None:
    cases = ALLOWED[standard]
    found = found_in(standard, [POD, *(changed(path, value) for path, value in cases)], tmp_path)
    assert found[0] == set()
    assert [(case, checks) for case, checks in zip(cases, found[1:], strict=True) if checks] == []


# Documents that nobody would write: no check may fail on them, and none may be taken for one that passed.

ODD: tuple[Any, ...] = (None, True, 0, -1.5, "", "x", "0x", [], [None], {}, {"a": None}, [[]], ["a", 1], [{}])
EACH = 3
"""How many of the odd values a place of one document gets."""


def spoilt(documents: Iterable[Any]) -> Iterator[Any]:
    """The documents with one place after the other made odd; a place that many share in each way once."""
    ways: dict[tuple[str, ...], int] = {}
    for document in documents:
        kind = document.get("kind", "")
        for path in _paths(document):
            place = (kind, *(step for step in path if isinstance(step, str)))
            for _ in range(EACH):
                way = ways.setdefault(place, 0)
                if way < len(ODD):
                    yield _with(document, path, ODD[(way + len(place)) % len(ODD)])
                ways[place] = way + 1


def _with(document: Any, path: Sequence[str | int], value: Any) -> Any:
    spoiled = node = copy.deepcopy(document)
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return spoiled


def _paths(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items = node.items() if isinstance(node, dict) else enumerate(node[:1]) if isinstance(node, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from _paths(value, (*path, key))


@functools.cache
def worker_of(pack: str) -> tuple[Worker, Evaluator]:
    evaluator = Evaluator(bundle_of(pack))
    return Worker(bundle_of(pack), evaluator, None), evaluator


def examples(pack: str, suffix: str) -> list[tuple[str, str]]:
    """Name and text of each example with such a name, each text once."""
    texts = {
        example.text: example.path
        for check in checks_of(pack)
        for example in (*examples_of(check).bad, *examples_of(check).good)
        if example.path.endswith(suffix)
    }
    return [(name, text) for text, name in texts.items()]


def faults_of(pack: str, kind: str, name: str, documents: Iterable[str]) -> set[str]:
    """What was not looked at in these documents, for being odd; what is no document at all does not count."""
    worker, _ = worker_of(pack)
    found = set()
    for text in documents:
        for fault in worker.work(Unit((Source(name, text, kind, secrets=False),))).faults:
            if fault.rule is not None:
                found.add(_said(fault))
    return found


def _said(fault: Fault) -> str:
    return f"{fault.rule} ({fault.path}:{fault.line}): {fault.message}"


def test_kubernetes_checks_survive_odd_objects() -> None:
    files = examples("kubernetes", ".yaml")
    documents = [document.value for name, text in files for document in read("kubernetes", name, text)]
    kinds = {kind for check in checks_of("kubernetes") for row in check.selectors for kind in row.kinds}
    keys = ("spec", "metadata", "rules", "data", "subjects", "roleRef", "webhooks")
    bare = [
        {"apiVersion": "v1", "kind": kind, key: odd}
        for kind in sorted(kinds)
        for key in keys
        for odd in ODD[::3]
    ]
    odd = map(json.dumps, chain(spoilt(documents), bare))
    assert faults_of("kubernetes", "kubernetes", "odd.json", odd) == set()


def test_dockerfile_checks_survive_odd_files() -> None:
    odd = [
        "FROM",
        "FROM scratch\nUSER",
        "FROM a AS\nCOPY --from=",
        "FROM a AS b\nFROM b AS b\nFROM c\nCOPY --from=0 a b\nCOPY --from=9 a b\nCOPY --from=none a b",
        "ARG A\nFROM $A\nUSER ${B}",
        "FROM ${A:-b}:${C}\nRUN",
        "FROM a@sha256:b\nEXPOSE x y/z 99999999 -1",
        "FROM :\nFROM /\nFROM @",
        'FROM a\nRUN ["a", 1]\nRUN ["unclosed"\nCMD []\nENTRYPOINT [""]\nHEALTHCHECK NONE',
        "FROM a\nHEALTHCHECK\nONBUILD\nONBUILD ONBUILD RUN x\nONBUILD FROM b",
        "FROM a\nRUN <<EOF\napt-get install\nEOF\nCOPY <<A <<B /\na\nA\nb\nB",
        "FROM a\nRUN 'unclosed \\\n && \"\nWORKDIR\nWORKDIR ''\nENV\nENV a\nENV =\nLABEL\nLABEL =x",
        "FROM a\nADD\nADD x\nCOPY\nCOPY x\nVOLUME\nVOLUME [\nSHELL\nSHELL []\nSHELL x\nMAINTAINER",
        "FROM a\nRUN " + "a && " * 2000 + "b",
        "FROM a\n" + "RUN x\n" * 500,
        "FROM a\nRUN sudo\nRUN apt-get\nRUN yum -y\nRUN apk\nRUN curl |\nRUN ;;\nRUN ()\nRUN $(\nRUN `",
        "FROM \u202ea\nUSER \x00\nEXPOSE ٣",
        "# escape=`\nFROM a`\n AS b\nRUN a `\n b",
    ]
    lines = [text for _, text in examples("dockerfile", ".Dockerfile")]
    cut = [text[: len(text) * part // 4] for text in lines for part in (1, 2, 3)]
    assert faults_of("dockerfile", "dockerfile", "Dockerfile", (*odd, *cut)) == set()


def test_aws_checks_survive_odd_templates() -> None:
    files = examples("aws", ".cfn.yaml")
    documents = [document for name, text in files for document in read("cloudformation", name, text)]
    odd = spoilt(document.value for document in documents if document.kind == "cloudformation")
    assert faults_of("aws", "cloudformation", "odd.json", map(json.dumps, odd)) == set()


def test_aws_checks_survive_odd_values_in_terraform() -> None:
    _, evaluator = worker_of("aws")
    describer = Describer(bundle_of("aws"))
    found = set()
    for name, text in examples("aws", ".tf"):
        documents = modules.combine(read("terraform", name, text)).documents
        (document,) = (one for one in documents if one.kind == "cloud")
        resources = document.value["resources"]
        for number, resource in enumerate(resources):
            for values in spoilt([resource["values"]]):
                value = {"resources": list(resources)}
                value["resources"][number] = {**resource, "values": values}
                evaluated = evaluator.evaluate(shape_of(document), value)
                found |= set(map(_said, evaluated.faults))
                describer.findings(document, evaluated.results)
    assert found == set()


def test_every_check_is_of_its_pack() -> None:
    assert {pack_of(check) for pack in PACKS for check in checks_of(pack)} == set(PACKS)
