"""`reprieve init`: the folder of a new register, in the working tree."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import click

from reprieve.errors import UsageError
from reprieve.record.charter import Charter, parse_charter
from reprieve.record.template import new_body
from reprieve.register.layout import CHARTER, FOLDER
from reprieve.secrets.identity import new_key

_FILES = ("charter.yaml", "README.md", "template.md", "examples/EXC-000-legacy-service.md")


@click.command("init")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE=EMAIL",
    help="Who holds a role; repeatable. The charter_owner (ciso) approves later changes of the charter.",
)
def init_command(directory: Path, roles: tuple[str, ...]) -> None:
    """Write a register's folder: charter, record template, handbook and an example.

    \b
    reprieve init --role ciso=ciso@example.com --role security-team=sam@example.com
    git add security/exceptions && git commit -m "Start the register" && git push
    """
    folder = directory / FOLDER
    if (directory / CHARTER).exists():
        raise UsageError("there is a register already", where=str(folder), hint="edit its charter.yaml")
    files = {name: _content(name) for name in _FILES}
    charter = files["charter.yaml"].replace("secret_key: null", f"secret_key: {new_key()}")
    files["charter.yaml"] = _with_roles(charter, roles)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        click.echo(f"wrote {path}")
    _next_steps(files["charter.yaml"])


def _content(name: str) -> str:
    text = (resources.files("reprieve.register") / "scaffold" / name).read_text("utf-8")
    return text.replace("{{sections}}", new_body({}).rstrip()) if name == "template.md" else text


def _with_roles(charter: str, roles: tuple[str, ...]) -> str:
    """The charter with the holders filled in, comments kept. Errors: `UsageError`."""
    holders: dict[str, list[str]] = {}
    for text in roles:
        role, _, email = text.partition("=")
        if not re.search(rf"^  {re.escape(role)}: \[\]$", charter, re.MULTILINE) or "@" not in email:
            raise UsageError(
                f"--role: expected ROLE=EMAIL, got {text!r}",
                hint="roles: ciso, vp-engineering, security-lead, engineering-manager, security-team",
            )
        holders.setdefault(role, []).append(email.strip())
    for role, emails in holders.items():
        charter = charter.replace(f"  {role}: []", f"  {role}: [{', '.join(emails)}]")
    parsed = parse_charter(CHARTER, charter.encode())
    if not isinstance(parsed, Charter):
        raise UsageError(parsed[0].message, hint=parsed[0].hint)
    return charter


def _next_steps(text: str) -> None:
    charter = parse_charter(CHARTER, text.encode())
    assert isinstance(charter, Charter)  # noqa: S101  (checked when it was written)
    empty = [role for role in charter.roles if not charter.holders(role)]
    if empty:
        click.echo(f"\nNobody holds {', '.join(empty)} yet: fill in `roles` in {CHARTER}.")
        if charter.charter_owner in empty:
            click.echo("Do it before the first commit: later changes need the approval of the ciso.")
    click.echo(f"\nThen: git add {FOLDER} && git commit -m 'Start the register of exceptions' && git push")
