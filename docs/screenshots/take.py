"""Draws docs/screenshots: what `make run` and `reprieve scan` print, as a terminal shows it. `make docs`."""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
from pathlib import Path

import msgspec
from rich.console import Console
from rich.text import Text

from reprieve import Register, gate
from reprieve.demo import build, estate
from reprieve.demo.examples import example_reports
from reprieve.report import table
from reprieve.verdict import Verdict

HERE = Path(__file__).parent


class Terminal(io.StringIO):
    """A stream that says it is a terminal, so that colours are written."""

    def isatty(self) -> bool:  # noqa: D102
        return True


def main() -> None:
    """Builds the demo in a temporary folder and draws the first screens of its reports and its estate."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        build.build(demo, dt.datetime.now(dt.UTC))
        estate.lay_out(demo)
        register = Register.open(demo / build.CLONE)
        reports = gate(example_reports(), register)
        scanned = estate.scanned(demo, None)
        files = msgspec.structs.replace(gate([scanned.report], register), scan=scanned.looked)
    draw("gate", "reprieve gate examples/reports/*", reports, limit=5)
    draw("scan", f"reprieve scan . --cluster {estate.CLUSTER} --policy {estate.POLICIES}", files, limit=4)


def draw(name: str, command: str, verdict: Verdict, limit: int) -> None:
    """One picture: the command and its table."""
    out = Terminal()
    table.write(verdict, out, limit=limit)
    console = Console(record=True, width=104, file=io.StringIO())
    console.print(Text.from_ansi(f"$ {command}\n\n{out.getvalue()}"))
    svg = console.export_svg(title=f"reprieve {name}", unique_id=f"reprieve-{name}")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # no fonts from elsewhere
    (HERE / f"{name}.svg").write_text(svg)


if __name__ == "__main__":
    main()
