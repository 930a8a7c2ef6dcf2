"""One register with half a year of an organisation's life, built once, read by many."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reprieve.demo.build import CLONE, build


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clone of the example shop's register. Nobody writes to it."""
    directory = tmp_path_factory.mktemp("shop")
    build(directory, dt.datetime.now(dt.UTC).replace(microsecond=0))
    return directory / CLONE
