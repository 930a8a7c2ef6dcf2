"""`reprieve init`: a folder that is right from the start, and a handbook whose commands exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from reprieve.cli.main import COMMANDS, cli
from reprieve.record.charter import Charter, parse_charter
from reprieve.record.template import QUESTIONS, RENEWAL_SECTION
from tests.support import FOLDER, PEOPLE, Desk, Office, git, run_cli

ROLES = [part for role, email in PEOPLE.items() for part in ("--role", f"{role}={email}")]
FILES = {"charter.yaml", "README.md", "template.md", "examples/EXC-000-legacy-service.md"}


def content(directory: Path, name: str) -> str:
    return (directory / FOLDER / name).read_text(encoding="utf-8")


def charter(directory: Path) -> Charter:
    parsed = parse_charter("charter.yaml", content(directory, "charter.yaml").encode())
    assert isinstance(parsed, Charter)
    return parsed


def test_it_writes_the_folder_and_says_what_comes_next(tmp_path: Path) -> None:
    result = run_cli("init", cwd=tmp_path)
    assert result.code == 0
    folder = tmp_path / FOLDER
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == FILES
    assert all(f"wrote {FOLDER}/{name}" in result.out for name in FILES)
    assert (
        "Nobody holds ciso, vp-engineering, security-lead, engineering-manager, security-team" in result.out
    )
    assert "git add security/exceptions && git commit" in result.out


def test_into_another_folder(tmp_path: Path) -> None:
    assert run_cli("init", "register", cwd=tmp_path).code == 0
    assert charter(tmp_path / "register")


def test_roles_are_filled_in_and_comments_kept(tmp_path: Path) -> None:
    result = run_cli("init", *ROLES, "--role", "security-team=tom@example.com", cwd=tmp_path)
    assert result.code == 0
    assert "Nobody holds" not in result.out
    assert charter(tmp_path).holders("security-team") == {PEOPLE["security-team"], "tom@example.com"}
    assert charter(tmp_path).holders("ciso") == {PEOPLE["ciso"]}
    assert "# Who holds which role" in content(tmp_path, "charter.yaml")
    assert run_cli("lint", "--strict", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    "role", ["cso=a@example.com", "ciso", "ciso=carol", "=a@example.com", "ciso=a b@example.com"]
)
def test_a_role_or_address_that_is_none(tmp_path: Path, role: str) -> None:
    assert run_cli("init", "--role", role, cwd=tmp_path).code == 2
    assert not (tmp_path / FOLDER).exists()


def test_it_never_writes_over_a_register(tmp_path: Path) -> None:
    run_cli("init", *ROLES, cwd=tmp_path)
    before = content(tmp_path, "charter.yaml")
    result = run_cli("init", cwd=tmp_path)
    assert result.code == 2
    assert "there is a register already" in result.err
    assert content(tmp_path, "charter.yaml") == before


def test_the_template_asks_every_question(tmp_path: Path) -> None:
    run_cli("init", cwd=tmp_path)
    template = content(tmp_path, "template.md")
    for heading, question in QUESTIONS.items():
        assert (f"## {heading}" in template) is (heading != RENEWAL_SECTION)
        assert (question in template) is (heading != RENEWAL_SECTION)


def test_what_init_writes_is_a_register_that_takes_a_request(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    desk = Desk(tmp_path, "dana@example.com")
    desk.ok("init", *ROLES)
    desk.commit({}, "Start the register of exceptions")
    assert desk.ok("lint", "--strict") == "No problems in 1 file.\n"
    result = desk.run("request", "--file", f"{FOLDER}/template.md", "--dry-run")
    assert "is empty, or still the template's" in result.out + result.err


# The handbook


@pytest.fixture(scope="module")
def handbook() -> str:
    path = Path(__file__).parents[2] / "src/reprieve/register/scaffold/README.md"
    return path.read_text(encoding="utf-8")


def commands_in(text: str) -> list[list[str]]:
    """Every `reprieve …` in the code blocks and between backquotes, as words."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    inline = re.findall(
        r"`(reprieve [^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    )
    found = [shlex.split(line, comments=True) for line in (*lines, *inline)]
    return [words for words in found if words and words[0] == "reprieve"]


def command_of(words: list[str]) -> click.Command:
    """The command that the words call, in its group if it has one."""
    command = cli.get_command(click.Context(cli), words[1])
    if isinstance(command, click.Group) and words[2:] and not words[2].startswith("-"):
        command = command.get_command(click.Context(command), words[2])
    assert command is not None, words
    return command


def test_every_command_that_it_shows_exists_with_its_options(handbook: str) -> None:
    shown = commands_in(handbook)
    assert {words[1] for words in shown} >= {*COMMANDS} - {"demo", "init", "answer", "merge", "policy"}
    for words in shown:
        command = command_of(words)
        known = {
            option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
        }
        for word in words[2:]:
            if word.startswith("-") and word != "-":
                assert word.partition("=")[0] in known, " ".join(words)


def test_its_examples_parse(handbook: str) -> None:
    """As far as arguments go: every required one is there, every choice is one."""
    for words in commands_in(handbook):
        if "…" in " ".join(words) or len(words) < 3:
            continue
        command = cli.get_command(click.Context(cli), words[1])
        assert command is not None, words
        command.make_context(words[1], words[2:], resilient_parsing=False)


def test_its_links_lead_somewhere(handbook: str) -> None:
    headings = re.findall(r"^#+ (.+)$", handbook, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(([^)]+)\)", handbook)
    assert links
    for link in links:
        assert link.removeprefix("#") in anchors if link.startswith("#") else link in FILES, link


def test_it_names_every_field_and_every_word(handbook: str) -> None:
    from reprieve.record import model
    from reprieve.words import CHECK_TYPES, ENVIRONMENTS, RISKS

    words = [
        *model.Record.__struct_fields__,
        *model.ScopeEntry.__struct_fields__,
        *model.Control.__struct_fields__,
        *model.REASONS,
        *model.CLOSE_REASONS,
        *model.ESCALATION_CASES,
        "fix-available",
        "severity-raised",
        "preventive",
        "monitoring",
        *CHECK_TYPES,
        *ENVIRONMENTS,
        *RISKS,
        *QUESTIONS,
    ]
    assert [word for word in words if word not in handbook] == []


def test_the_walk_through_of_the_handbook_works(office: Office) -> None:
    """The order of its commands: ask, decide, implement, note, close."""
    control = {"id": "network-policy", "kind": "preventive", "description": "Only the gateway."}
    identifier = office.request(risk="high", controls=[control])
    office.approve(identifier, "security-lead", "engineering-manager")
    desk = office.desk()
    assert "active" in desk.ok(
        "control", identifier, "network-policy", "--evidence", "https://git.example.com/1"
    )
    desk.ok("progress", identifier, "v4 runs in staging")
    desk.ok("incident", identifier, "Port scan", "--url", "https://incidents.example.com/88")
    desk.ok("close", identifier, "--reason", "remediated", "--evidence", "https://git.example.com/2")
    desk.git("pull", "--quiet")
    assert desk.ok("lint", "--strict").startswith("No problems")
