"""Where the example reports and the estate are: in `examples` of the checkout; a wheel has them in here."""

from __future__ import annotations

from pathlib import Path

from reprieve.errors import ReprieveError

_PACKAGED = Path(__file__).parent
_CHECKOUT = Path(__file__).parents[3] / "examples"


def example_reports() -> list[Path]:
    """The reports of the example shop's scanners, by name. Errors: `ReprieveError` when there are none."""
    return sorted(path for path in _folder("reports").glob("*") if path.is_file())


def example_estate() -> Path:
    """The example shop's configuration and policies. Errors: `ReprieveError` when it is missing."""
    return _folder("estate")


def _folder(name: str) -> Path:
    for place in (_PACKAGED, _CHECKOUT):
        if (place / name).is_dir():
            return place / name
    raise ReprieveError(f"the example {name} are missing", hint="install reprieve again")
