"""Entry point: finds the command, catches the one family of errors, sets the exit code."""

from __future__ import annotations

import contextlib
import difflib
import errno
import importlib
import os
import sys
import traceback

import click

from reprieve.cli.progress import shown
from reprieve.errors import ReprieveError
from reprieve.version import __version__

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("reprieve.cli.init", "Write a register's folder: charter, template, handbook."),
    "request": ("reprieve.cli.request", "Ask for an exception, from flags, a file or a report."),
    "lint": ("reprieve.cli.lint", "Check records and charter in the working tree."),
    "review": ("reprieve.cli.review", "The review queue, and the weekly review."),
    "decide": ("reprieve.cli.decide", "Approve, deny or question a record."),
    "answer": ("reprieve.cli.decide", "Answer an open question; the review clock goes on."),
    "merge": ("reprieve.cli.decide", "Merge an approved record."),
    "control": ("reprieve.cli.upkeep", "Say that a compensating control is implemented."),
    "progress": ("reprieve.cli.upkeep", "Add a note on the remediation."),
    "incident": ("reprieve.cli.upkeep", "Link an incident."),
    "close": ("reprieve.cli.ending", "Close an exception that is no longer needed."),
    "revoke": ("reprieve.cli.ending", "End an exception at once."),
    "renew": ("reprieve.cli.renewal", "Ask for the same exception again."),
    "escalate": ("reprieve.cli.renewal", "Escalate to the ciso."),
    "list": ("reprieve.cli.listing", "The exceptions, filtered."),
    "show": ("reprieve.cli.show", "One exception, whole."),
    "history": ("reprieve.cli.history", "What happened, from Git alone."),
    "report": ("reprieve.cli.report", "What an auditor asks for, at a date and over a period."),
    "pack": ("reprieve.cli.pack", "One exception with its proof, in one archive."),
    "charter": ("reprieve.cli.charter", "What rules, and why; approve a changed charter."),
    "gate": ("reprieve.cli.gate", "Turn scanner reports into pass or fail."),
    "scan": ("reprieve.cli.scan", "Check configuration and look for secrets, with exceptions applied."),
    "check": ("reprieve.cli.check", "The checks of scan: which there are, and everything about one."),
    "policy": ("reprieve.cli.policy", "Test and lint custom policies."),
    "stale": ("reprieve.cli.stale", "Which exceptions are not needed any more, and since when."),
    "blast-radius": ("reprieve.cli.radius", "What an exception silences, by where and how severe."),
    "simulate": ("reprieve.cli.simulate", "The verdict if these were approved and those had ended."),
    "push": ("reprieve.cli.push", "Send scanner reports to the console."),
    "serve": ("reprieve.cli.serve", "The console: pages and an API over all of this."),
    "audit": ("reprieve.cli.audit", "Find every ignore that no record stands behind."),
    "export": ("reprieve.cli.export", "Write the exceptions as the scanners' own ignore files."),
    "demo": ("reprieve.cli.demo", "Build an example register and gate example reports."),
}
"""Command -> module and one-line help; the module holds a click command of the same name."""


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Nothing of ours is wrong when a disk is full."""
_LARGE = frozenset({"gate", "scan"})
"""Commands that may hold a million findings at their end."""


class LazyGroup(click.Group):
    """Imports a command's module only when it is called, so that `gate` does not pay for the rest."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """In the order of the process, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported. Errors: `click.UsageError` with the nearest name for an unknown one."""
        if cmd_name not in COMMANDS:
            near = difflib.get_close_matches(cmd_name, COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise click.UsageError(f"No such command '{cmd_name}'.{hint}", ctx)
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """From the table, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="reprieve")
def cli() -> None:
    """Security exceptions that have a scope, an approver, compensating controls and an end.

    \b
    reprieve init                                 start a register in this repository
    reprieve gate trivy.json                      pass or fail, with exceptions applied
    reprieve request --from trivy.json            ask for what blocks you
    reprieve decide EXC-007 approve --role ciso   decide on it
    reprieve review                               what waits for whom

    Exit codes: 0 pass or done, 1 findings that fail the gate or problems that fail lint, 2 an error.
    """


def main() -> None:
    """Runs the command line. Exits 2 on any error that a user can mend."""
    try:
        with shown():
            cli.main(prog_name="reprieve", standalone_mode=True)
    except SystemExit as done:
        if not _LARGE.isdisjoint(sys.argv[1:2]) and isinstance(done.code, int):
            _leave(done.code)
        raise
    except ReprieveError as error:
        click.echo(click.style("error: ", fg="red", bold=True) + str(error), err=True)
        sys.exit(2)
    except Exception as error:
        said = "this is a bug in reprieve"
        if isinstance(error, OSError) and error.errno in _FULL:
            said = f"cannot write: {error.strerror}"
        else:
            traceback.print_exc()
        click.echo(click.style("error: ", fg="red", bold=True) + said, err=True)
        sys.exit(2)


def _leave(code: int) -> None:
    """Ends the process without giving a million findings back one by one, as long as tallying them takes.

    Returns where the output cannot be flushed: then Python says what it says about that.
    """
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
