"""Draws docs/screenshots/gate.svg: what `make run` prints, as a terminal shows it. `make docs`."""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from reprieve import Register, gate
from reprieve.demo import build
from reprieve.demo.examples import example_reports
from reprieve.report import table

HERE = Path(__file__).parent


class Terminal(io.StringIO):
    """A stream that says it is a terminal, so that colours are written."""

    def isatty(self) -> bool:  # noqa: D102
        return True


def main() -> None:
    """Builds the demo in a temporary folder, gates the example reports, draws the first screen of it."""
    out = Terminal()
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        build.build(demo, dt.datetime.now(dt.UTC))
        verdict = gate(example_reports(), Register.open(demo / "register"))
        table.write(verdict, out, limit=5)
    console = Console(record=True, width=104, file=io.StringIO())
    console.print(Text.from_ansi("$ reprieve gate examples/reports/*\n\n" + out.getvalue()))
    svg = console.export_svg(title="reprieve gate")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # no fonts from elsewhere
    (HERE / "gate.svg").write_text(svg)


if __name__ == "__main__":
    main()
