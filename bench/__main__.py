"""`make bench`: the rows of the design's measures, each against its baseline in this run.

Writes `bench/results.md`. What is measured on, and the tools it is measured against, are made once and kept
in the temporary folder. `--quick` takes a tenth of the sizes, to see that everything runs; names of themes
(`gate`, `register`, `packs`, `rego`, `rescan`, `console`) measure these alone. Neither writes the page.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

from bench import console, estate, gate, made, packs, page, register, rego, rescan
from bench.page import Row

RESULTS = Path(__file__).parent / "results.md"


class Theme(NamedTuple):
    """What is measured together: rows, doubling series, and what is to be said of both."""

    rows: Callable[[], list[Row]]
    growing: Callable[[], list[Row]]
    notes: tuple[str, ...]


def main() -> None:
    """Measures, prints as it goes, writes the page."""
    held = _alone()  # noqa: F841  (a lock, for as long as the file is open)
    load = os.getloadavg()[0]
    made.WORK.mkdir(parents=True, exist_ok=True)
    today = dt.datetime.now(dt.UTC).date()
    themes = {
        "gate": Theme(lambda: gate.rows(today), lambda: gate.growing(today), gate.NOTES),
        "register": Theme(lambda: register.rows(today), lambda: register.growing(today), register.NOTES),
        "packs": Theme(packs.rows, list, packs.NOTES),
        "rego": Theme(rego.rows, list, rego.NOTES),
        "rescan": Theme(rescan.rows, rescan.growing, rescan.NOTES),
        "console": Theme(lambda: console.rows(today), list, console.NOTES),
    }
    named = [word for word in sys.argv[1:] if not word.startswith("-")]
    chosen = [themes[name] for name in named] if named else list(themes.values())
    rows = [row for theme in chosen for row in theme.rows()]
    rows += [row for theme in chosen for row in theme.growing()]
    text = page.render(rows, [note for theme in chosen for note in theme.notes], load)
    if not named and not made.QUICK:
        RESULTS.write_text(text)
    print(text)


def _alone() -> IO[str]:
    """A lock, so that two measurements at once do not measure each other."""
    file = Path(estate.__file__).open()  # noqa: SIM115  (held until the process ends)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise SystemExit("another measurement is under way: both would be wrong") from None
    return file


if __name__ == "__main__":
    main()
