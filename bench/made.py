"""What is measured on: made once, kept in the temporary folder, and made again when it is gone."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from pathlib import Path

from bench import estate, manifests

WORK = Path(tempfile.gettempdir()) / "reprieve-bench"
QUICK = "--quick" in sys.argv
SCALE = 10 if QUICK else 1


def report_of(findings: int) -> Path:
    """A report of that size, made on first use."""
    path = WORK / f"report-{findings}.json"
    if not path.exists():
        estate.write_report(path, findings)
    return path


def register_of(records: int, today: dt.date, *, signed: bool = False) -> Path:
    """A register of that size, made on first use each day: its records must not have expired."""
    path = WORK / f"register-{today}-{records}{'-signed' if signed else ''}"
    if not (path / "complete").exists():
        shutil.rmtree(path, ignore_errors=True)
        print(f"making a register of {records:,} records", flush=True)
        make = estate.write_signed_register if signed else estate.write_register
        make(path, records, today)
        (path / "complete").touch()
    return path


def manifests_of(count: int) -> Path:
    """A folder of that many Kubernetes manifests, made on first use."""
    path = WORK / f"manifests-{count}"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        manifests.write(unfinished, count)
        unfinished.rename(path)
    return path
