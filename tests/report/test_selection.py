"""Which findings an output names: the shortcut of a page against looking at all of them."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from reprieve.report.selection import failing, foremost
from reprieve.words import SEVERITIES
from tests.report.verdicts import Pair, finding, outcome, verdict_of

PAIRS = st.lists(
    st.tuples(
        st.builds(
            finding,
            severity=st.sampled_from(SEVERITIES),
            suppressed=st.none() | st.just(""),
        ),
        st.builds(outcome, st.sampled_from(["open", "excepted", "expired", "pending"])),
    ),
    max_size=25,
)


@settings(deadline=None)
@given(PAIRS, st.sampled_from([1, 2, 3, 20, None]), st.sampled_from(["accept", "refuse"]))
def test_a_page_shows_the_first_of_all(pairs: list[Pair], limit: int | None, native: str) -> None:
    """Counted with the verdict or not: the same findings, and the same number of them."""
    counted = verdict_of(pairs, fail_on="medium", native_suppressions=native)
    numbers = {
        (group, severity): sum(counted.findings[index].severity == severity for index in indexes)
        for group, indexes in failing(counted).items()
        for severity in SEVERITIES
    }
    counted = msgspec.structs.replace(counted, failing_counts=numbers)
    plain = msgspec.structs.replace(counted, failing_counts=None)
    assert foremost(counted, limit) == foremost(plain, limit)
    assert {group: shown.number for group, shown in foremost(counted, limit).items()} == {
        group: len(indexes) for group, indexes in failing(counted).items()
    }
