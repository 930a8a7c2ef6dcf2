"""The register: judged from its history, from the cache, and with signatures."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from bench.made import SCALE, WORK, register_of
from bench.measure import PYTHON, Words, command, exponent, forget
from bench.page import Row, growth, timed

OPEN = """
import sys, time
import datetime as dt
from reprieve import Register
start = time.perf_counter()
Register.open(sys.argv[1])
open(sys.argv[2], 'w').write(str(time.perf_counter() - start))
"""

NOTES = (
    """- **Records, cold.** git's log itself runs inside it, and each record
  is parsed, judged and kept beside that. A register keeps its records in one folder, so the tree object
  that each merge writes grows with their number, and reading n merges costs git n × n (its growth is in
  the baseline column). The cache, keyed by commit, makes it a cost that is paid once for each commit of
  the protected branch.
- Signatures have a row of their own: verifying one starts `ssh-keygen`, in git and here alike, and is done
  only for signed commits where the charter has `allowed_signers`.""",
)


def rows(today: dt.date) -> list[Row]:
    """All of them."""
    size = 10_000 // SCALE
    register = register_of(size, today)
    log = command(_log(register), runs=3)
    cold = command(_open(register), runs=3, before=forget)
    row = timed(
        f"register: {size:,} records and merges, cold", cold, log, "git log -m --first-parent --raw", 2.0
    )
    warm(register)
    command(_open(register), runs=1)
    seconds = float((WORK / "open").read_text())
    warm_row = Row(
        f"register: {size:,} records, warm (`Register.open` alone)",
        f"{seconds * 1000:.0f} ms",
        budget="≤ 100 ms",
        holds=seconds <= 0.1,
    )
    return [row, warm_row, _signatures(today)]


def growing(today: dt.date) -> list[Row]:
    """Four doublings of the records judged cold, beside what git itself takes for the same history."""
    sizes = [size // SCALE for size in (625, 1_250, 2_500, 5_000, 10_000)]
    ours, gits = [], []
    for size in sizes:
        register = register_of(size, today)
        ours.append(command(_open(register), runs=2, before=forget).seconds)
        gits.append(command(_log(register), runs=2).seconds)
    row = growth("records, cold", sizes, ours)
    return [row._replace(baseline=f"{exponent(sizes, gits):.2f} (git log over the same)")]


def warm(register: Path) -> None:
    """Fills the cache for a register."""
    command(_open(register), runs=1)


def _signatures(today: dt.date) -> Row:
    """Signed approvals judged cold, against git's own verification of the same commits."""
    size = 1_000 // SCALE
    register = register_of(size, today, signed=True)
    signers = register / "security" / "exceptions" / "allowed_signers"
    git: Words = ["git", "-C", register, "-c", f"gpg.ssh.allowedSignersFile={signers}"]
    log = command([*git, "log", "--author=sam", "--no-merges", "--format=%G?"], runs=2)
    cold = command(_open(register), runs=2, before=forget)
    return timed(
        f"register: {size:,} records with signed approvals, cold", cold, log, "git log --format=%G?", 2.0
    )


def _open(register: Path) -> Words:
    return [PYTHON, "-c", OPEN, register, WORK / "open"]


def _log(register: Path) -> Words:
    return ["git", "-C", register, "log", "-m", "--first-parent", "--raw"]
