"""The progress bar: one line on standard error, for people at a terminal, only when it takes long."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import threading
from pathlib import Path
from typing import NamedTuple

import pytest

from reprieve import progress
from tests.support import Office, trivy_report
from tests.waiting import PATIENCE

WORK = """
import sys, time
from reprieve import progress
from reprieve.cli.progress import shown

with shown():
    with progress.task("Counting sheep\\x1b[2J", 20, "sheep") as advance:
        for _ in range({steps}):
            time.sleep(0.1)
            advance(1)
    print("the result", flush=True)
print("rich" in sys.modules, flush=True)
"""

SLOW_GATE = """
import sys, time
from reprieve.findings import source

def slowly(path, max_size, read=source._read_bytes):
    time.sleep(1.2)
    return read(path, max_size)

source._read_bytes = slowly
sys.argv[0] = "reprieve"
from reprieve.cli.main import main
main()
"""


class Seen(NamedTuple):
    code: int
    out: str
    err: str


def on_terminal(*command: str, cwd: Path, stdout: str = "pipe", **env: str) -> Seen:
    """Runs Python with standard error on a pseudo-terminal, and standard output there too or on a pipe."""
    leader, follower = pty.openpty()
    shown: list[bytes] = []

    def read() -> None:
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # the other end is closed
                return
            if not part:
                return
            shown.append(part)

    reading = threading.Thread(target=read)
    reading.start()
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if stdout == "pipe" else follower,
        stderr=follower,
        env={**os.environ, "TERM": "xterm", **env},
    )
    os.close(follower)
    out, _ = process.communicate(timeout=PATIENCE)
    reading.join()
    os.close(leader)
    return Seen(process.returncode, (out or b"").decode(), b"".join(shown).decode())


def test_long_work_shows_a_bar_on_the_terminal_and_nothing_of_it_in_the_output(tmp_path: Path) -> None:
    seen = on_terminal("-c", WORK.format(steps=15), cwd=tmp_path)
    assert seen.out == "the result\nTrue\n"
    assert "Counting sheep" in seen.err
    assert "/20 sheep" in seen.err
    assert "\x1b[2J" not in seen.err, "a title must not steer the terminal"
    assert seen.err.endswith("\x1b[2K"), "the line is erased"
    assert seen.err.count("\x1b[?25l") == seen.err.count("\x1b[?25h") == 1, "the cursor comes back"


def test_the_bar_is_gone_before_the_result_is_printed(tmp_path: Path) -> None:
    seen = on_terminal("-c", WORK.format(steps=15), cwd=tmp_path, stdout="terminal")
    _, _, after = seen.err.partition("the result")
    assert "sheep" in seen.err
    assert "sheep" not in after


def test_short_work_shows_nothing_and_imports_nothing(tmp_path: Path) -> None:
    seen = on_terminal("-c", WORK.format(steps=1), cwd=tmp_path)
    assert seen == (0, "the result\nFalse\n", "")


@pytest.mark.parametrize("env", [{"CI": "true"}, {"TERM": "dumb"}], ids=str)
def test_no_bar_where_nobody_looks(tmp_path: Path, env: dict[str, str]) -> None:
    seen = on_terminal("-c", WORK.format(steps=8), cwd=tmp_path, **env)
    assert seen == (0, "the result\nFalse\n", "")


def test_no_bar_without_a_terminal(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WORK.format(steps=8)], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("the result\nFalse\n", "")


def test_a_slow_gate_says_what_it_reads_and_a_quick_one_says_nothing(office: Office) -> None:
    desk = office.desk()
    (desk.directory / "trivy.json").write_text(trivy_report())
    quick = on_terminal("-m", "reprieve", "gate", "trivy.json", "-o", "json", cwd=desk.directory)
    slow = on_terminal("-c", SLOW_GATE, "gate", "trivy.json", "-o", "json", cwd=desk.directory)
    assert (quick.code, quick.err) == (1, "")
    assert slow.code == 1
    assert "Reading trivy.json" in slow.err
    assert slow.out.startswith('{"version":1')
    assert "Reading" not in slow.out


def test_an_error_stands_alone(office: Office) -> None:
    desk = office.desk()
    (desk.directory / "cut.json").write_text(trivy_report()[:-5])
    seen = on_terminal("-c", SLOW_GATE, "gate", "cut.json", cwd=desk.directory)
    assert seen.code == 2
    _, _, after = seen.err.partition("error: ")
    assert "the JSON ends too early" in after
    assert "Reading" not in after


def test_without_a_reporter_a_task_does_nothing() -> None:
    with progress.task("Counting", 3) as advance:
        advance(1)


@pytest.mark.parametrize(
    ("done", "total", "unit", "told"),
    [
        (640, 2000, "records", "640/2,000 records"),
        (640, None, "files", "640 files"),
        (12_400_000, 300_000_000, "bytes", "12/300 MB"),
        (150_000, 310_000, "bytes", "0.1/0.3 MB"),
    ],
)
def test_amounts_for_people(done: int, total: int | None, unit: str, told: str) -> None:
    from reprieve.cli.progress import _Task

    task = _Task("Sending", total, unit)
    task.advance(done)
    assert task.amount() == told
