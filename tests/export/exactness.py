"""What every format is held to: a tool hides a finding only when the gate excepts it.

And exactly then, when the format claims to say the record's scope.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import strategies as st

from reprieve.export import format_of
from reprieve.export.concrete import Excepted, excepted
from reprieve.export.interface import Given, Job, Target, Written
from reprieve.findings import source as sources
from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.reading import read_source, relocated
from tests.export.worlds import Raw, World, grants, is_known_by_its_own_name, targets


class Drawn(NamedTuple):
    """Findings and records at random, and what a format writes of these records."""

    world: World
    target: Target
    raws: list[Raw]
    excepted: list[Excepted]
    """What the gate says of each."""
    written: Written


def drawn(world: World, data: st.DataObject) -> Drawn:
    """One case of a world."""
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
    return Drawn(world, target, raws, list(excepted(job)), written)


def assert_exact(case: Drawn, silenced: Sequence[bool]) -> None:
    """Never one more, and none less than is claimed; `silenced` is what the tool says of each finding."""
    written, world = case.written, case.world
    left = {(one.exception, one.entry) for one in written.left}
    for one in case.excepted:
        raw = case.raws[one.number]
        said = f"{raw}\n{one.finding}\n{written.files}\n{written.left}\n{written.aside}"
        if silenced[one.number]:
            assert one.entries, f"hidden, and nothing excepts it: {said}"
            continue
        claimed = [
            entry
            for entry in one.entries
            if (entry.grant.id, entry.number) not in left and not world.unclaimed(raw, entry.scope)
        ]
        if world.own_name:
            claimed = [
                entry for entry in claimed if is_known_by_its_own_name(one.finding, entry.scope.checks or ())
            ]
        assert not claimed, f"excepted by {claimed}, and not hidden: {said}"
