"""What the tests of the command line share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.past import MONDAY, Past
from tests.support import CHARTER, Office


@pytest.fixture
def past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Past:
    """A register that was started a day before that Monday."""
    with monkeypatch.context() as patch:
        for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
            patch.setenv(name, f"@{int(MONDAY.timestamp()) - 86_400} +0000")
        return Past(Office(tmp_path, CHARTER))
