"""Writes docs/commands.md: every command's `--help`. `make docs`; a test holds the page against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from reprieve.cli.main import COMMANDS, cli

PAGE = Path(__file__).parent / "commands.md"


def page() -> str:
    """The page, from the commands themselves."""
    parts = ["# Commands\n\nWhat `--help` says; written by `make docs`.\n", _section("reprieve")]
    parts += [_section("reprieve", *words) for name in COMMANDS for words in _with_subcommands(name)]
    return "\n".join(parts)


def _with_subcommands(name: str) -> Iterator[tuple[str, ...]]:
    yield (name,)
    command = cli.get_command(click.Context(cli), name)
    if isinstance(command, click.Group):
        yield from ((name, subcommand) for subcommand in command.commands)


def _section(*words: str) -> str:
    result = CliRunner().invoke(cli, [*words[1:], "--help"], prog_name="reprieve", terminal_width=100)
    title = " ".join(words)
    return f"## {title}\n\n```text\n{result.output.rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page())
