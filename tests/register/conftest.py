"""What the attacks share: a yard, a clone of it, and keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.register.build import Key, Yard, make_key


@pytest.fixture
def yard(tmp_path: Path) -> Yard:
    """A register without a remote, with a charter and no record."""
    return Yard(tmp_path / "yard")


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Key]:
    """A key pair for each of the people that sign, and one for the recorder."""
    folder = tmp_path_factory.mktemp("keys")
    return {name: make_key(folder, name) for name in ("sam", "lena", "carol", "dana", "mallory", "console")}
