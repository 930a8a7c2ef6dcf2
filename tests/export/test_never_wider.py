"""Random records, random findings: a tool hides a finding only when the gate excepts it, and exactly then
when the format claims to say the record's scope."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reprieve.export import FORMATS, format_of
from reprieve.export.concrete import excepted
from reprieve.export.interface import Given, Job
from reprieve.findings import source as sources
from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.reading import read_source, relocated
from tests.export.worlds import World, grants, is_known_by_its_own_name, targets
from tests.export.worlds.every import WORLDS

EXAMPLES = 60


def test_every_format_has_a_world() -> None:
    assert {world.format for world in WORLDS} == set(FORMATS)


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.format)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_never_one_more(world: World, data: st.DataObject) -> None:
    native = format_of(world.format)
    target = data.draw(targets(world))
    raws = data.draw(world.raws(target))
    source = sources.parse("report.json", world.report(raws, target))
    report = relocated(read_source(source), cluster=target.cluster, repository=target.repository)
    assert len(report.findings) == len(raws)
    prints = fingerprints(report.findings)
    records = data.draw(grants(world, report.findings, prints))
    job = Job(records, target, [Given(source, report.format, report.findings, prints)])
    written = native.write(job if native.reports != "none" else job._replace(reports=()))
    left = {(one.exception, one.entry) for one in written.left}
    for one in excepted(job):
        said = f"{raws[one.number]}\n{one.finding}\n{written.files}\n{written.left}\n{written.aside}"
        if world.silenced(written.files, raws[one.number], target):
            assert one.entries, f"hidden, and nothing excepts it: {said}"
            continue
        claimed = [
            entry
            for entry in one.entries
            if (entry.grant.id, entry.number) not in left
            and not world.unclaimed(raws[one.number], entry.scope)
        ]
        if world.own_name:
            claimed = [
                entry for entry in claimed if is_known_by_its_own_name(one.finding, entry.scope.checks or ())
            ]
        assert not claimed, f"excepted by {claimed}, and not hidden: {said}"
