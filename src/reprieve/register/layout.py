"""Where things are in a register's repository."""

from __future__ import annotations

import functools
import re

from reprieve.record.model import file_number, format_id

FOLDER = "security/exceptions"
ARCHIVE = f"{FOLDER}/archive"
REVIEWS = f"{FOLDER}/reviews"
CHARTER = f"{FOLDER}/charter.yaml"
SIGNERS = f"{FOLDER}/allowed_signers"
BRANCHES = "exception/"

REGULAR_FILE = "100644"


@functools.lru_cache(maxsize=1 << 16)
def record_number(path: str) -> int | None:
    """The id's number of a path that holds a record, active or archived; None for any other path."""
    folder, _, name = path.rpartition("/")
    return file_number(name) if folder in (FOLDER, ARCHIVE) else None


def is_archived(path: str) -> bool:
    """Whether the path lies in the archive."""
    return path.startswith(f"{ARCHIVE}/")


def looks_like_record(path: str) -> bool:
    """Whether a file was meant as a record, rightly named or not."""
    folder, _, name = path.rpartition("/")
    return folder in (FOLDER, ARCHIVE) and name.upper().startswith("EXC-")


_BRANCH = re.compile(rf"{BRANCHES}EXC-([0-9]{{3,12}})(?:-[a-z]+(?:-[0-9]+)?)?")


def branch_number(name: str) -> int | None:
    """The number of the record that a branch is for; None for any other branch."""
    match = _BRANCH.fullmatch(name)
    return int(match[1]) if match else None


def record_path(number: int, slug: str) -> str:
    """Where a new record goes."""
    return f"{FOLDER}/{format_id(number)}-{slug}.md"


def branch_of(number: int, verb: str | None = None) -> str:
    """The branch on which a record is asked for, or on which a step waits that a push was refused."""
    return f"{BRANCHES}{format_id(number)}" + (f"-{verb}" if verb else "")
