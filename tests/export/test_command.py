"""`reprieve export` from end to end: what it writes, leaves out, compares and refuses."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from ruamel.yaml import YAML

from reprieve.export import FORMATS
from reprieve.words import EXPORT_FORMATS
from tests.support import CHARTER, FOLDER, Desk, Office, today

PATHS = [{"type": "misconfiguration", "checks": ["AWS-0107"], "paths": ["infra/*"]}]
OBJECTS = [
    {
        "type": "compliance",
        "checks": ["C-0013"],
        "clusters": ["prod-eu-*"],
        "namespaces": ["billing"],
        "resources": ["Deployment/billing-*"],
    }
]
NOT_SAYABLE = [{"type": "misconfiguration", "checks": ["KSV012"], "resources": ["Deployment/billing-*"]}]


@pytest.fixture
def desk(office: Office) -> Desk:
    office.active(scope=PATHS)
    office.active(scope=OBJECTS, summary="A second one.")
    office.active(scope=NOT_SAYABLE, summary="A third one.")
    office.request(scope=[{**PATHS[0], "checks": ["AWS-0001"]}], summary="Nobody has approved this.")
    desk = office.desk()
    desk.git("fetch", "--quiet")
    return desk


def yaml(text: str) -> Any:
    return YAML(typ="safe").load(text)


def test_trivy_paths(desk: Desk) -> None:
    done = desk.run("export", "trivyignore-yaml")
    assert done.code == 0
    expires = today() + dt.timedelta(days=60)
    statement = f"EXC-001, until {expires}: Billing runs as root until the vendor ships v4."
    assert yaml(done.out) == {
        "misconfigurations": [
            {
                "id": id_,
                "paths": ["infra/**/*"],
                "expired_at": expires + dt.timedelta(days=1),
                "statement": statement,
            }
            for id_ in ("AWS-0107", "AVD-AWS-0107")
        ]
    }
    assert "trivyignore-yaml: 1 entry" in done.err
    assert "EXC-003, scope entry 1: Trivy cannot tell resources apart here" in done.err
    assert "1 about other findings than those of Trivy" in done.err


def test_kubescape_objects(desk: Desk) -> None:
    done = desk.run("export", "kubescape")
    assert done.code == 0
    expires = today() + dt.timedelta(days=60)
    assert json.loads(done.out) == [
        {
            "name": "EXC-002-1",
            "policyType": "postureExceptionPolicy",
            "actions": ["alertOnly"],
            "resources": [
                {
                    "designatorType": "Attributes",
                    "attributes": {
                        "cluster": "prod-eu-.*",
                        "namespace": "billing",
                        "kind": "Deployment",
                        "name": "billing-.*",
                    },
                }
            ],
            "posturePolicies": [{"controlID": "C-0013"}],
            "reason": f"EXC-002, until {expires}: A second one.",
            "expirationDate": f"{expires + dt.timedelta(days=1)}T00:00:00Z",
            "createdBy": "sam@example.com (security-team)",
        }
    ]


def test_what_the_cluster_settles_is_not_said(desk: Desk) -> None:
    (policy,) = json.loads(desk.ok("export", "kubescape", "--cluster", "prod-eu-1"))
    assert "cluster" not in policy["resources"][0]["attributes"]
    assert json.loads(desk.ok("export", "kubescape", "--cluster", "prod-us-1")) == []
    assert json.loads(desk.ok("export", "kubescape", "--environment", "staging")) == []


def test_strict_fails_on_what_is_left_out(desk: Desk) -> None:
    assert desk.run("export", "trivyignore-yaml", "--strict").code == 1
    assert desk.run("export", "kubescape", "--strict").code == 0


def test_nothing_after_the_end(desk: Desk) -> None:
    last = today() + dt.timedelta(days=60)
    late = desk.run("export", "kubescape", "--now", f"{last}T23:59:59Z")
    assert len(json.loads(late.out)) == 1
    assert "SIMULATED" in late.err
    assert json.loads(desk.ok("export", "kubescape", "--now", f"{last + dt.timedelta(days=1)}")) == []


def test_check_finds_drift(desk: Desk) -> None:
    file = desk.directory / ".trivyignore.yaml"
    missing = desk.run("export", "trivyignore-yaml", "--check")
    assert (missing.code, missing.out) == (1, "")
    assert "missing: .trivyignore.yaml" in missing.err
    desk.ok("export", "trivyignore-yaml", "--out", ".trivyignore.yaml")
    assert desk.run("export", "trivyignore-yaml", "--check").code == 0
    file.write_text(file.read_text().replace("infra/**/*", "**"))
    drifted = desk.run("export", "trivyignore-yaml", "--check")
    assert drifted.code == 1
    assert '-      - "**"' in drifted.err
    assert '+      - "infra/**/*"' in drifted.err
    desk.ok("export", "trivyignore-yaml", "--out", ".trivyignore.yaml")
    after = f"{today() + dt.timedelta(days=61)}"
    over = desk.run("export", "trivyignore-yaml", "--check", "--now", after)
    assert over.code == 1, "what has expired is drift"


def test_same_register_same_bytes(desk: Desk) -> None:
    assert desk.ok("export", "trivyignore-yaml") == desk.ok("export", "trivyignore-yaml")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("trivyignore-yml",), "did you mean trivyignore-yaml?"),
        ((), "say which format"),
        (("kubescape", "report.json"), "it takes no reports"),
        (("--all", "kubescape"), "--all takes formats"),
        (("--all",), "lists no exports"),
    ],
)
def test_refusals(desk: Desk, arguments: tuple[str, ...], says: str) -> None:
    done = desk.run("export", *arguments)
    assert done.code == 2
    assert says in done.err


def test_help_names_every_format(desk: Desk) -> None:
    words = desk.ok("export", "--help").replace(",", " ").split()
    assert set(words) >= set(EXPORT_FORMATS) == set(FORMATS)


def listed(*lines: str) -> str:
    return CHARTER + "exports:\n" + "".join(f"  - {line}\n" for line in lines)


def office_with(office: Office, charter: str) -> Desk:
    """An office whose first charter is this one: it needs nobody's approval."""
    office.root.joinpath("listed").mkdir()
    other = Office(office.root / "listed", charter=charter)
    other.active(scope=PATHS)
    desk = other.desk()
    desk.git("fetch", "--quiet")
    return desk


def test_all_of_the_charter(office: Office) -> None:
    desk = office_with(
        office,
        listed(
            "{format: trivyignore-yaml, path: config/.trivyignore.yaml}",
            "{format: kubescape, path: kubescape.json, cluster: prod-eu-1}",
        ),
    )
    checked = desk.run("export", "--all", "--check")
    assert checked.code == 1
    desk.ok("export", "--all")
    assert "AWS-0107" in (desk.directory / "config/.trivyignore.yaml").read_text()
    assert (desk.directory / "kubescape.json").read_text() == "[]\n"
    assert desk.run("export", "--all", "--check").code == 0


def test_a_link_that_leads_out_is_refused(office: Office) -> None:
    desk = office_with(office, listed("{format: kubescape, path: out/kubescape.json}"))
    (desk.directory / "out").symlink_to(office.root)
    done = desk.run("export", "--all")
    assert done.code == 2
    assert "leads out of the folder" in done.err
    assert not (office.root / "kubescape.json").exists()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{format: trivy, path: a}", "did you mean `trivyignore`?"),
        ("{format: kubescape, path: /etc/a}", "not a plain relative path"),
        ("{format: kubescape, path: ../a}", "not a plain relative path"),
        ("{format: kubescape, path: a/.git/config}", "not a plain relative path"),
        ("{format: kubescape, path: 'C:\\a'}", "not a plain relative path"),
        ("{format: kubescape}", "`path` is missing"),
        ("{format: kubescape, path: a, region: b}", "unknown key `region`"),
    ],
)
def test_a_bad_export_in_the_charter(office: Office, line: str, says: str) -> None:
    desk = office.desk()
    (desk.directory / FOLDER / "charter.yaml").write_text(listed(line))
    done = desk.run("lint")
    assert done.code == 1
    assert says in done.out


def test_two_exports_to_one_file(office: Office) -> None:
    desk = office.desk()
    lines = ["{format: kubescape, path: a}", "{format: trivyignore-yaml, path: a}"]
    (desk.directory / FOLDER / "charter.yaml").write_text(listed(*lines))
    assert "'a' twice" in desk.run("lint").out
