"""Where the example reports are: `examples/reports` of the checkout, which a wheel carries in here."""

from __future__ import annotations

from pathlib import Path

from reprieve.errors import ReprieveError

_PACKAGED = Path(__file__).with_name("reports")
_CHECKOUT = Path(__file__).parents[3] / "examples" / "reports"


def example_reports() -> list[Path]:
    """The reports of the example shop's scanners, by name. Errors: `ReprieveError` when there are none."""
    for folder in (_PACKAGED, _CHECKOUT):
        if found := sorted(path for path in folder.glob("*") if path.is_file()):
            return found
    raise ReprieveError("the example reports are missing", hint="install reprieve again")
