"""While findings are judged by a register that has moved, every page says how far that is."""

from __future__ import annotations

import re

from tests.console.desk import Console
from tests.console.uploads import several, taken


def _bar(html: str) -> tuple[int, int] | None:
    found = re.search(r'<progress id="judging" value="(\d+)" max="(\d+)">', html)
    return (int(found[1]), int(found[2])) if found else None


def test_how_far_the_findings_are_judged(console: Console) -> None:
    from reprieve.console.index.models import RegisterState, Target

    client = console.as_()
    taken(several(3))
    taken(several(2, cluster="staging-1"), "staging.json")
    console.sync()
    assert _bar(client.get("/").content.decode()) is None
    RegisterState.objects.update(matched=False)
    assert _bar(client.get("/").content.decode()) == (0, 5)
    Target.objects.filter(cluster="staging-1").update(grounds="of the register now")
    assert _bar(client.get("/reviews/").content.decode()) == (2, 5)
    part = client.get("/settings/judging").content.decode()
    assert _bar(part) == (2, 5)
    assert 'hx-get="/settings/judging"' in part
    console.sync()
    part = client.get("/settings/judging").content.decode()
    assert _bar(part) is None
    assert "All findings are judged" in part
    assert "hx-get" not in part
    assert "judged by the register as it is now" not in client.get("/").content.decode()


def test_an_index_without_findings_has_nothing_to_judge(console: Console) -> None:
    from reprieve.console.index.models import RegisterState

    RegisterState.objects.update(matched=False)
    assert _bar(console.as_().get("/").content.decode()) is None
