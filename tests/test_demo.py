"""The demo: every status and disposition occurs in it, and whatever it suggests works."""

from __future__ import annotations

import datetime as dt
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from reprieve.cli.demo import judged, looked_at, suggestions
from reprieve.demo import build as building
from reprieve.demo import stamp
from reprieve.demo.build import CLONE, REMOTE, VISITOR, build
from reprieve.demo.estate import CLUSTER, DATA, ESTATE, LEAK, POLICIES, lay_out
from reprieve.demo.examples import example_estate, example_reports
from reprieve.demo.people import ROLES
from reprieve.demo.story import STORY, steps
from reprieve.findings.model import Finding
from reprieve.findings.reading import read_report
from reprieve.match.model import Outcome
from reprieve.record.lifecycle import Disposition, Standing, Status
from reprieve.register.layout import REVIEWS
from reprieve.register.register import Register
from reprieve.register.snapshot import Case
from reprieve.verdict import Verdict
from tests.support import Result, git, run_cli

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
SUNDAY = dt.datetime(2027, 1, 3, 0, 5, tzinfo=dt.UTC)

HOSTILE = """\
[user]
    useConfigOnly = true
[commit]
    gpgSign = true
[gpg]
    program = /nowhere/gpg
[init]
    defaultBranch = trunk
    templateDir = {home}/template
[core]
    hooksPath = {home}/hooks
    autocrlf = true
    excludesFile = {home}/excludes
[push]
    gpgSign = true
[clone]
    defaultRemoteName = upstream
[safe]
    bareRepository = explicit
[url "https://elsewhere.example.com/"]
    insteadOf = /
"""


def hostile_home(home: Path) -> Path:
    """A home whose git configuration knows nobody and stands in the way; gives that configuration."""
    for name in ("hooks", "template/hooks"):
        for hook in ("pre-commit", "pre-push", "update", "reference-transaction", "post-checkout"):
            script = home / name / hook
            script.parent.mkdir(parents=True, exist_ok=True)
            script.write_text("#!/bin/sh\nexit 1\n")
            script.chmod(0o755)
    (home / "excludes").write_text("*.md\n*.yaml\n")
    config = home / "gitconfig"
    config.write_text(HOSTILE.format(home=home))
    return config


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Result]]:
    """A demo built by the command, where git knows nobody; and what the command said."""
    home, root = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("place")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("GIT_CONFIG_GLOBAL", str(hostile_home(home)))
        patch.setenv("REPRIEVE_CACHE_DIR", str(home / "cache"))
        patch.delenv("CI", raising=False)
        result = run_cli("demo", cwd=root)
    yield root / "demo", result


@pytest.fixture
def demo(made: tuple[Path, Result]) -> Path:
    return made[0]


@pytest.fixture
def own(demo: Path, tmp_path: Path) -> Path:
    """A copy of it, to do things in."""
    copy = tmp_path / "demo"
    shutil.copytree(demo, copy, symlinks=True)
    git(copy / CLONE, "config", "remote.origin.url", str(copy / REMOTE))
    return copy


def cases(directory: Path, now: dt.datetime) -> list[tuple[Case, Standing]]:
    return Register.open(directory / CLONE, fetch=False).cases(now)


def case(directory: Path, identifier: str) -> tuple[Case, Standing]:
    return next(pair for pair in cases(directory, NOW) if pair[0].id == identifier)


def verdict(directory: Path) -> Verdict:
    return judged(*looked_at(directory), example_reports())


def of_estate(found: Verdict) -> list[tuple[Finding, Outcome]]:
    """The findings of the scan, with what became of them."""
    return [pair for pair in zip(found.findings, found.outcomes, strict=True) if pair[0].tool == "reprieve"]


def assert_every_status(found: list[tuple[Case, Standing]]) -> None:
    assert {standing.status for _, standing in found} == set(get_args(Status))
    assert any(standing.expiring for _, standing in found)
    assert any(standing.overdue for _, standing in found)
    assert any(standing.paused for _, standing in found)


def test_exits_0_and_says_why(made: tuple[Path, Result]) -> None:
    _, result = made
    assert result.code == 0
    assert result.out.startswith("FAIL  ")
    assert "a demo exits 0" in result.out
    assert result.err == "", "a progress bar is for terminals only"


def test_every_status_occurs(demo: Path) -> None:
    assert_every_status(cases(demo, NOW))


def test_every_status_occurs_on_a_sunday(tmp_path: Path) -> None:
    ticks = []
    build(tmp_path / "demo", SUNDAY, lambda: ticks.append(1))
    assert_every_status(cases(tmp_path / "demo", SUNDAY))
    assert len(ticks) == len(steps())


def test_everybody_holds_their_role(demo: Path) -> None:
    charter = Register.open(demo / CLONE, fetch=False).snapshot.charter
    assert {role: charter.holders(role) for role in ROLES} == {
        role: {person.email} for role, person in ROLES.items()
    }
    assert charter.environment_of("staging-eu-1") == "staging"


def test_what_happens_in_it(demo: Path) -> None:
    found = [record for record, _ in cases(demo, NOW)]
    assert len(found) == len(STORY) - 1, "each tale but the weekly review is of one exception"
    records = {record.id: record.record for record in found if record.record}
    assert records["EXC-004"].renews == "EXC-001" and case(demo, "EXC-004")[0].renewals == 1
    assert any(record.incidents for record in records.values())
    assert any(record.remediation.progress for record in records.values())
    assert any(record.facts.answers for record in found)
    gateway, standing = case(demo, "EXC-015")
    assert gateway.record and gateway.record.risk == "critical" and gateway.record.escalation
    assert {decision.role for decision in gateway.facts.decisions} == {"ciso", "vp-engineering"}
    assert standing.status == "active"
    assert git(demo / CLONE, "ls-tree", "--name-only", "origin/main", f"{REVIEWS}/")


def test_history_runs_forward_on_working_days(demo: Path) -> None:
    mainline = git(demo / REMOTE, "log", "--first-parent", "--reverse", "--format=%ct", "main")
    moments = [dt.datetime.fromtimestamp(int(line), dt.UTC) for line in mainline.split()]
    assert moments == sorted(moments)
    assert moments[-1] < NOW
    assert all(moment.weekday() < 5 for moment in moments)


def test_every_disposition_occurs(demo: Path) -> None:
    found = verdict(demo)
    assert {outcome.disposition for outcome in found.outcomes} == set(get_args(Disposition))
    assert [e.id for e in found.exceptions if e.stale is True] == ["EXC-008"]
    assert [o.voided_by for o in found.outcomes if o.voided_by] == ["EXC-011: fix-available"]
    assert [(problem.rule, problem.exception) for problem in found.problems] == [
        ("duration", "EXC-016"),
        ("shadow-suppression", "EXC-003"),
    ]
    assert found.summary.native_suppressed == 3
    assert not [e.id for e in found.exceptions if e.status == "active" and not e.covered and not e.stale]


def test_the_estate_is_part_of_the_verdict(demo: Path) -> None:
    found = verdict(demo)
    scanned = of_estate(found)
    assert 10 <= len(scanned) <= 25
    assert {outcome.disposition for finding, outcome in scanned if finding.type == "misconfiguration"} == set(
        get_args(Disposition)
    )
    assert {finding.path for finding, _ in scanned if finding.type == "secret"} == {LEAK}
    assert not found.faults
    kinds = {Path(finding.path or "").suffix for finding, _ in scanned}
    assert kinds == {"", ".yaml", ".tf", ".env"}
    sources = {(finding.check, outcome.source) for finding, outcome in scanned if outcome.exception}
    assert {("KSV001", "record"), ("KSV012", "rego"), ("AWS-0089", "record")} <= sources
    assert found.scan and found.scan.files > 20


def test_each_state_of_a_rego_exception_occurs(demo: Path) -> None:
    states = [(one.exemption.record, one.state) for one in verdict(demo).exemptions]
    assert states == [
        ("EXC-007", "failing"),
        ("EXC-003", "ignored"),
        ("EXC-007", "unmatched"),
        ("EXC-004", "passing"),
    ]


def test_its_readme_says_what_is_found(demo: Path) -> None:
    readme = (example_estate() / "README.md").read_text("utf-8")
    scanned = of_estate(verdict(demo))
    for finding, _ in scanned:
        line = next((line for line in readme.splitlines() if f"`{finding.path}`" in line), "")
        assert finding.check in line, f"{finding.check} in {finding.path}"
    assert f"{len(scanned)} findings" in readme


def test_the_credential_is_made_when_it_runs(demo: Path, tmp_path: Path) -> None:
    secret = (demo / ESTATE / LEAK).read_text("utf-8").split("=")[1].strip()
    assert secret.startswith("AKIA")
    assert not (example_estate() / LEAK).exists()
    lay_out(tmp_path)
    assert secret in (tmp_path / ESTATE / LEAK).read_text("utf-8"), "the same each time"
    result = run_cli("scan", LEAK, "--no-register", "--output", "json", cwd=demo / ESTATE)
    assert result.code == 1
    assert secret not in result.out + result.err
    (leak,) = result.json()["findings"]
    assert leak["type"] == "secret" and leak["disposition"] == "open"


def test_what_a_change_of_the_estate_does(own: Path) -> None:
    def checks() -> set[str]:
        return {finding.check for finding, _ in of_estate(verdict(own))}

    dockerfile = own / ESTATE / "services" / "checkout" / "Dockerfile"
    assert "DS002" in checks()
    dockerfile.write_text(dockerfile.read_text("utf-8") + "USER 10101\n", "utf-8")
    assert "DS002" not in checks()


def test_tests_of_the_shops_policy_pass(demo: Path) -> None:
    result = run_cli("policy", "test", POLICIES, cwd=demo / ESTATE)
    assert result.code == 0, result.out + result.err


def test_second_run_builds_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("built again")

    monkeypatch.setattr(building, "build", refuse)
    result = run_cli("demo", "--directory", str(own), cwd=own.parent)
    assert result.code == 0
    assert result.out.startswith("FAIL  ")
    with pytest.raises(AssertionError, match="built again"):
        run_cli("demo", "--directory", str(own), "--rebuild", cwd=own.parent)
    assert not stamp.is_fresh(own, NOW), "what was interrupted is built again"


SUGGESTED = [
    (folder, number)
    for folder, commands in suggestions(Path(), example_reports()).items()
    for number in range(len(commands))
]


@pytest.mark.parametrize(("folder", "number"), SUGGESTED)
def test_suggested_commands_run(own: Path, folder: str, number: int) -> None:
    command, _ = suggestions(own, example_reports())[folder][number]
    program, *arguments = shlex.split(command)
    assert program == "reprieve"
    result = run_cli(*arguments, cwd=own / folder)
    assert result.code == (1 if arguments[0] in {"gate", "scan"} else 0), result.out + result.err
    assert result.out


def test_the_scan_that_is_suggested_is_the_demos(own: Path) -> None:
    arguments = ("--cluster", CLUSTER, "--policy", POLICIES, "--data", DATA, "--register", f"../{CLONE}")
    result = run_cli("scan", ".", *arguments, "--output", "json", cwd=own / ESTATE)
    said = [(found["check"], found["path"], found["disposition"]) for found in result.json()["findings"]]
    scanned = of_estate(verdict(own))
    assert said == [(finding.check, finding.path, outcome.disposition) for finding, outcome in scanned]


def test_visitor_decides_and_the_verdict_follows(own: Path) -> None:
    before = verdict(own).summary
    result = run_cli("decide", "EXC-020", "approve", cwd=own / CLONE)
    assert result.code == 0, result.out + result.err
    after = verdict(own).summary
    assert (before.pending - after.pending, after.excepted - before.excepted) == (3, 3)
    author = git(own / REMOTE, "log", "-1", "--format=%ae", "main")
    assert author == VISITOR.email


def test_directory_of_somebody_else_is_refused(tmp_path: Path) -> None:
    kept = tmp_path / "demo" / REMOTE / "kept"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine")
    for option in ((), ("--rebuild",)):
        result = run_cli("demo", *option, cwd=tmp_path)
        assert result.code == 2
        assert "was not made by `reprieve demo`" in result.err
    assert [path for path in (tmp_path / "demo").rglob("*") if path.is_file()] == [kept]


def test_when_it_is_built_again(tmp_path: Path) -> None:
    assert not stamp.is_fresh(tmp_path / "missing", NOW)
    assert not stamp.is_fresh(tmp_path, NOW), "empty"
    stamp.write(tmp_path, None)
    assert not stamp.is_fresh(tmp_path, NOW), "interrupted"
    stamp.write(tmp_path, NOW)
    assert not stamp.is_fresh(tmp_path, NOW), "what it is made of is gone"
    for name in (REMOTE, CLONE, ESTATE):
        (tmp_path / name).mkdir()
    assert stamp.is_fresh(tmp_path, NOW)
    assert not stamp.is_fresh(tmp_path, NOW + dt.timedelta(hours=25)), "old"
    assert not stamp.is_fresh(tmp_path, NOW - dt.timedelta(hours=1)), "from the future"


def test_another_version_builds_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (REMOTE, CLONE, ESTATE):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(stamp, "__version__", "0.0.1")
    stamp.write(tmp_path, NOW)
    monkeypatch.undo()
    assert not stamp.is_fresh(tmp_path, NOW)


def test_reports_are_a_story_of_some_size() -> None:
    reports = [read_report(str(path)) for path in example_reports()]
    assert len({report.format for report in reports}) == 5
    assert 60 <= sum(len(report.findings) for report in reports) <= 120


def test_reports_hold_no_secret() -> None:
    (gitleaks,) = [path for path in example_reports() if path.name.startswith("gitleaks")]
    leaks = msgspec.json.decode(gitleaks.read_bytes())
    assert {(leak["Secret"], leak["Match"]) for leak in leaks} == {("REDACTED", "REDACTED")}


def test_readme_names_every_report() -> None:
    readme = (example_estate().parent / "README.md").read_text("utf-8")
    assert all(f"(reports/{path.name})" in readme for path in example_reports())
    assert f"{sum(len(read_report(str(path)).findings) for path in example_reports())} findings" in readme
