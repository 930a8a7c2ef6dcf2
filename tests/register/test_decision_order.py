"""Which decision of a person counts: by ancestry, and among those side by side the safest, in any history."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from reprieve.record.lifecycle import Decision, Verdict
from reprieve.register.graph import Commit, Graph
from reprieve.register.trust import _latest_last

EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
SAFETY: list[Verdict] = ["approve", "ask", "deny"]
PARENTS = st.lists(st.sets(st.integers(0, 20), max_size=2), min_size=1, max_size=10)


def history(parents: list[set[int]]) -> Graph:
    """A graph of commits c0, c1, …: each has some of those before it as parents."""
    commits = {}
    for number, chosen in enumerate(parents):
        above = tuple(f"c{each % number}" for each in sorted(chosen)) if number else ()
        commits[f"c{number}"] = Commit(f"c{number}", "tree", above, "sam@example.com", "Sam", 0, "")
    return Graph(commits, list(commits), {})


@settings(max_examples=300, deadline=None)
@given(PARENTS, st.data())
def test_the_one_that_counts_is_the_safest_of_those_with_none_after_them(
    parents: list[set[int]], data: st.DataObject
) -> None:
    graph = history(parents)
    decisions = [
        Decision(
            name,
            data.draw(st.sampled_from(SAFETY)),
            data.draw(st.sampled_from(["sam", "lena"])),
            "security-team",
            EPOCH + dt.timedelta(days=data.draw(st.integers(0, 5))),
            "sha256:terms",
            refused=data.draw(st.sampled_from([None, None, None, "no"])),
        )
        for name in graph.order
    ]
    ordered = _latest_last(graph, decisions)
    assert sorted(ordered, key=repr) == sorted(decisions, key=repr)
    for person in ("sam", "lena"):
        own = [each for each in decisions if each.stands and each.person == person]
        if not own:
            continue
        last = [
            one
            for one in own
            if not any(graph.is_ancestor(one.commit, two.commit) for two in own if two is not one)
        ]
        counting = [each for each in ordered if each.stands and each.person == person][-1]
        assert counting in last
        assert counting.verdict == max((each.verdict for each in last), key=SAFETY.index)
