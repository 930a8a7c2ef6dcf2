"""The table of docs/exports.md, from the formats themselves: `python docs/exports.py` prints it."""

from __future__ import annotations

import sys

from reprieve.export import FORMATS, format_of


def row(name: str) -> str:
    """One format as a row."""
    native = format_of(name)
    says = (
        native.says
        + {"none": "", "optional": " (from a report)", "needed": " (from reports)"}[native.reports]
    )
    return f"| `{name}` | `{native.file}` | {says} | {native.expiry} |"


if __name__ == "__main__":
    sys.stdout.writelines(f"{row(name)}\n" for name in FORMATS)
