"""The one family of errors that ends a command: exit code 2, one clear message.

Everything a user can get wrong becomes a `ReprieveError`; it is raised where it is found and caught
once, in `cli.main`. Findings, refused decisions and invalid records are values, not errors.
"""

from __future__ import annotations


class ReprieveError(Exception):
    """Something the command cannot go on from. Says what is wrong, where, and what to do about it.

    Args:
        message: what is wrong, in one sentence.
        where: the file, `file:line`, or other place it is about.
        hint: what to do; shown on a line of its own.
    """

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{place}{self.message}{advice}"


class ReportError(ReprieveError):
    """A scanner's report that cannot be read whole. Nothing of it is used."""


class RegisterError(ReprieveError):
    """A register, its history or its charter that cannot be read or written."""


class UsageError(ReprieveError):
    """A request that the rules of the process refuse; the message names the rule."""
