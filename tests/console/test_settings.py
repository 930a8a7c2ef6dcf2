"""The page Settings: the register, what is wrong with it, and the console's own key."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.console.desk import Console
from tests.support import CHARTER, FOLDER, REQUESTER


def _page(console: Console, person: str = REQUESTER) -> str:
    answer = console.as_(person).get("/settings/")
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def key(tmp_path: Path, console: Console, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An SSH key of the console's own."""
    from reprieve.console.config import config

    path = tmp_path / "console-key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    monkeypatch.setenv("REPRIEVE_CONSOLE_SIGNING_KEY", str(path))
    config.cache_clear()
    return path


def test_says_where_the_register_is(console: Console) -> None:
    html = _page(console)
    assert str(console.office.remote) in html
    assert "refs/remotes/origin/main" in html
    assert "sha256:" in html
    assert "every record can be read" in html


def test_no_password_of_the_remote_is_shown(console: Console) -> None:
    from reprieve.console.pages.settings import _shown

    assert _shown("https://user:pass@git.example.com/a.git") == "https://git.example.com/a.git"
    assert _shown("git@git.example.com:a.git") == "git@git.example.com:a.git"
    assert _shown("ssh://git@git.example.com/a.git") == "ssh://git.example.com/a.git"


def test_problems_of_records_are_listed(console: Console) -> None:
    console.office.active()
    desk = console.office.desk()
    desk.git("pull", "--quiet", "origin", "main")
    path = console.office.record_path("EXC-001")
    text = (desk.directory / path).read_text()
    desk.commit({path: text.replace("KSV012", "*").replace("billing", "*"), f"{FOLDER}/EXC-9.md": "x"})
    desk.git("push", "--quiet", "origin", "HEAD:main")
    console.sync()
    html = _page(console)
    assert '<a href="/exceptions/EXC-001/">EXC-001</a>' in html
    assert f"<code>{FOLDER}/EXC-9.md</code>" in html


def test_a_console_without_a_key_says_so(console: Console) -> None:
    assert "REPRIEVE_CONSOLE_SIGNING_KEY" in _page(console)


@pytest.mark.parametrize("public", [True, False])
def test_says_which_lines_make_its_key_count(console: Console, key: Path, public: bool) -> None:
    kept = key.with_suffix(".pub").read_text().split()
    if not public:
        key.with_suffix(".pub").unlink()
    html = _page(console).replace("&quot;", '"')
    told = subprocess.run(["ssh-keygen", "-l", "-f", str(key)], capture_output=True, text=True, check=True)
    assert told.stdout.split()[1] in html
    line = f'console@example.com namespaces="git" {kept[0]} {kept[1]}'
    assert line in html
    assert "recorders: [console@example.com]" in html
    assert html.count("not listed") == 2
    assert "PRIVATE KEY" not in html

    desk = console.office.desk("ciso")
    files = {
        f"{FOLDER}/allowed_signers": f"{line}\n",
        f"{FOLDER}/charter.yaml": f"{CHARTER}recorders: [console@example.com]\n",
    }
    desk.commit(files)
    desk.git("push", "--quiet", "origin", "HEAD:main")
    desk.ok("charter", "approve")
    console.sync()
    assert "not listed" not in _page(console)


def test_a_key_that_cannot_be_read_is_told(console: Console, key: Path) -> None:
    key.unlink()
    key.with_suffix(".pub").unlink()
    assert "No such file" in _page(console)
