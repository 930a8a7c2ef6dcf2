"""docs/console.md: what can be run is run, against a real console; settings, scopes and metrics are named."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.support import Office, trivy_report
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "console.md"
TEXT = PAGE.read_text("utf-8")
BLOCKS = re.findall(r"<!-- run: (\w+) -->\n```(\w+)\n(.*?)```", TEXT, re.DOTALL)
PREFIX = "REPRIEVE_CONSOLE_"
OF_SERVE = {"HOST", "PORT", "WORKERS"}
"""Settings that are options of the command alone."""


def lines(kind: str) -> list[str]:
    """The commands of the blocks of one kind."""
    texts = [text.replace("\\\n", " ") for found, _, text in BLOCKS if found == kind]
    return [line.removeprefix("$ ") for text in texts for line in text.splitlines()]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A console with an active exception and a token of every scope: the variables that the page uses."""
    pytest.importorskip("django")
    from tests.console.serving import Served

    root = tmp_path_factory.mktemp("console")
    with pytest.MonkeyPatch.context() as patch:
        home = root / "home"
        home.mkdir()
        patch.setenv("HOME", str(home))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("GIT_CONFIG_GLOBAL", str(home / "gitconfig"))
        patch.setenv("REPRIEVE_CACHE_DIR", str(home / "cache"))
        office = Office(root)
        office.active()
        with Served(office, root / "state", None, person="Dana <dana@example.com>") as server:
            token, scopes = server.inside(_TOKEN).split()
            yield {"CONSOLE": server.url, "TOKEN": token, "SCOPES": scopes, "HOME": str(home)}


_TOKEN = """
from reprieve.console.config import config
from reprieve.console.serve import prepare
prepare(config())
from reprieve.console.people.accounts import user_for
from reprieve.console.people.tokens import SCOPES, make
from reprieve.register.writing.commits import Identity
from tests.waiting import PATIENCE
print(make(user_for(Identity("Dana", "dana@example.com")), "docs", SCOPES, 1)[1], ",".join(SCOPES))
"""


def test_every_block_is_tried() -> None:
    assert len(BLOCKS) == len(re.findall(r"^```\w", TEXT, re.MULTILINE))
    assert {kind for kind, _, _ in BLOCKS} == {"once", "serve", "settings", "key", "container", "calls"}


def test_calls(served: dict[str, str], tmp_path: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    (tmp_path / "trivy.json").write_text(trivy_report())
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, **served, "PATH": path}
    ran = 0
    for line in lines("calls"):
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            environment[name] = served[value.removeprefix("$")]
            continue
        done = subprocess.run(
            ["bash", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        if "/api/v1/" in line:
            json.loads(done.stdout)
        ran += 1
    assert ran >= 10


@pytest.mark.parametrize("line", lines("serve"))
def test_serve_takes_these_options(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read as the command reads them; tests/console/test_serve.py starts such consoles."""
    from reprieve.cli.serve import _environment, _refuse_plain, person_of, serve_command
    from reprieve.console.config import from_environment

    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    command, name, *arguments = shlex.split(line)
    assert (command, name) == ("reprieve", "serve")
    given = serve_command.make_context("serve", arguments).params
    from reprieve.cli.options import Reading

    reading = Reading(given["where"])
    settings = from_environment(_environment(given["url"], given["host"], given["port"], reading))
    _refuse_plain(settings.url, given["host"], allowed=False)
    if given["person"]:
        assert person_of(given["person"], "").email == "lena@example.com"


def test_settings_are_settings() -> None:
    from reprieve.console.config import from_environment

    for kind, _, text in BLOCKS:
        if kind != "settings":
            continue
        environment = dict(line.removeprefix("export ").split("=", 1) for line in text.splitlines())
        known = {"DATABASE_URL", f"{PREFIX}SECRET_KEY"}
        settings = from_environment(environment)
        for name, value in environment.items():
            if name not in known:
                held = getattr(settings, name.removeprefix(PREFIX).lower())
                assert held == (tuple(value.split(",")) if isinstance(held, tuple) else value)


def test_every_setting_is_in_the_table() -> None:
    from reprieve.console.config import Config

    table = TEXT[TEXT.index("## Every setting") :]
    named = set(re.findall(rf"`{PREFIX}(\w+)`", table))
    assert named - OF_SERVE - {"SECRET_KEY"} == {
        field.name.upper() for field in msgspec.structs.fields(Config)
    }
    assert named > OF_SERVE


def test_the_key_is_made(tmp_path: Path) -> None:
    if not shutil.which("ssh-keygen"):
        pytest.skip("ssh-keygen is not installed")
    for line in lines("key"):
        subprocess.run(shlex.split(line), cwd=tmp_path, check=True)
    assert (tmp_path / "console-key.pub").is_file()


def test_the_container_is_given_settings_that_there_are(tmp_path: Path) -> None:
    """There is nothing here to build it with; what it is given is checked, and the file by our own checks."""
    from reprieve.console.config import from_environment
    from tests.support import run_cli

    words = [word for line in lines("container") for word in shlex.split(line)]
    given = dict(word.split("=", 1) for word in words if word.startswith(PREFIX))
    settings = from_environment(given)
    assert settings.url == "https://reprieve.example.com"
    text = (ROOT / "Containerfile").read_text()
    volume = re.search(r"^VOLUME (\S+)$", text, re.MULTILINE)
    assert volume and f"reprieve:{volume[1]}" in words
    image = dict(re.findall(rf"({PREFIX}\w+)=(\S+)", text))
    assert from_environment(image).home.is_relative_to(volume[1])
    assert image[f"{PREFIX}HOST"] == "0.0.0.0"
    shutil.copy(ROOT / "Containerfile", tmp_path)
    scanned = run_cli("scan", "Containerfile", "--output", "json", cwd=tmp_path)
    assert scanned.code == 0, scanned.out
    assert scanned.json()["summary"]["passed"] > 20


def test_what_is_installed_is_named_in_the_package() -> None:
    import tomllib

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    for line in lines("once"):
        (wanted,) = re.findall(r"reprieve\[([\w,]+)\]", line)
        assert set(wanted.split(",")) <= set(extras)


def test_scopes_and_metrics_are_those_of_the_code(served: dict[str, str]) -> None:
    table = TEXT[TEXT.index("| scope |") : TEXT.index("<!-- run: calls -->")]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == tuple(served["SCOPES"].split(","))
    import urllib.request

    headers = {"Authorization": f"Bearer {served['TOKEN']}"}
    asked = urllib.request.Request(f"{served['CONSOLE']}/metrics", headers=headers)
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
        told = set(re.findall(r"^# TYPE (\S+)", answer.read().decode(), re.MULTILINE))
    assert told <= set(re.findall(r"`(reprieve_\w+)", TEXT))


def test_links_lead_somewhere() -> None:
    found = re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)
    titles = {re.sub(r"[^\w\- ]", "", title).replace(" ", "-").lower() for title in found}
    for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", TEXT):
        assert (PAGE.parent / (target or PAGE.name)).exists(), target
        assert target or anchor in titles, anchor
