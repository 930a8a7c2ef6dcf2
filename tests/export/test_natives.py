"""Random records, random findings, and the tools themselves: never one more, none less than is claimed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.export.exactness import assert_exact, drawn
from tests.export.natives import NATIVES, Native, Talker
from tests.export.test_attacks import PLAIN, TARGET, TEXTS, made
from tests.peers import needs

CASES = [
    pytest.param(native, marks=needs(f"go/{native.program}"), id=native.world.format) for native in NATIVES
]


@pytest.fixture
def tool(native: Native, tmp_path: Path) -> Iterator[Talker]:
    with Talker(f"go/{native.program}", tmp_path) as talker:
        yield talker


@pytest.mark.parametrize("native", CASES)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_never_one_more(native: Native, tool: Talker, data: st.DataObject) -> None:
    """By the tool's own code; and the model of it, which runs where the tool does not, says the same."""
    case = drawn(native.world, data)
    silenced = native.hides(tool, case.written.files, case.raws, case.target)
    assert_exact(case, silenced)
    modelled = [native.world.silenced(case.written.files, raw, case.target) for raw in case.raws]
    assert modelled == silenced, f"{case.raws}\n{case.written.files}"


@pytest.mark.parametrize("native", CASES)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_summary_stays_in_its_place(native: Native, tool: Talker, data: st.DataObject) -> None:
    """By the tool's own parser: whatever a record says of itself, the same findings are hidden."""
    raws = data.draw(native.world.raws(TARGET))
    plain = native.hides(tool, made(native.world.format, PLAIN).files, raws, TARGET)
    for text in TEXTS:
        assert native.hides(tool, made(native.world.format, text).files, raws, TARGET) == plain, text
