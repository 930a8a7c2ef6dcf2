"""Random records, random findings, and a model of each tool: never one more, none less than is claimed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reprieve.export import FORMATS
from tests.export.exactness import assert_exact, drawn
from tests.export.worlds import World
from tests.export.worlds.every import WORLDS

EXAMPLES = 60


def test_every_format_has_a_world() -> None:
    assert {world.format for world in WORLDS} == set(FORMATS)


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.format)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_never_one_more(world: World, data: st.DataObject) -> None:
    case = drawn(world, data)
    assert_exact(case, [world.silenced(case.written.files, raw, case.target) for raw in case.raws])
