"""What a record's file may be: a plain one, rightly named, in its place; anything else covers nothing."""

from __future__ import annotations

import subprocess

import pytest

from tests.register.build import BRANCH, MALLORY, RECORD, Yard, excepts
from tests.support import FOLDER, record_file

TEXT = record_file().decode()


def tree_entry(yard: Yard, mode: str, blob: str, path: str = RECORD) -> None:
    """Approves the record as the usual file, then gives its entry another mode or object."""
    yard.git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{path}")
    yard.commit(None, "Change the mode", who=MALLORY)


# What kind of file


@pytest.mark.parametrize(("mode", "kind"), [("120000", "symbolic link"), ("100755", "mode 100755")])
@pytest.mark.parametrize("approve", ["before", "after"])
def test_a_record_with_another_mode_is_invalid(yard: Yard, mode: str, kind: str, approve: str) -> None:
    # The object is the approved text in each case: only the mode says what it is.
    yard.ask()
    blob = yard.git("rev-parse", f"HEAD:{RECORD}")
    if approve == "before":
        yard.decide()
    tree_entry(yard, mode, blob)
    if approve == "after":
        yard.decide()
    yard.git("checkout", "--quiet", "--force", "main")
    yard.git("merge", "--quiet", "--no-ff", "--no-edit", BRANCH)
    result = yard.gate()
    assert not excepts(result)
    (problem,) = result.json()["problems"]
    assert problem["rule"] == "file-mode"
    assert kind in problem["message"]


def test_a_submodule_is_no_record(yard: Yard) -> None:
    yard.active()
    tree_entry(yard, "160000", yard.head())
    assert "file-mode" in yard.problems()
    assert not excepts(yard.gate())


def test_a_link_to_an_approved_record_is_none(yard: Yard) -> None:
    yard.active(scope=[{"checks": ["KSV001"], "namespaces": ["billing"]}])
    (yard.directory / FOLDER / "EXC-002-link.md").symlink_to("EXC-001-billing-root.md")
    yard.git("add", "--all")
    yard.commit(None, "Link", who=MALLORY)
    assert "file-mode" in yard.problems()


@pytest.mark.parametrize("part", ["security", FOLDER])
def test_a_folder_that_is_a_link_holds_no_register(yard: Yard, part: str) -> None:
    yard.active()
    yard.git("mv", part, "elsewhere")
    (yard.directory / part).symlink_to("elsewhere" if part == "security" else "../elsewhere")
    yard.git("add", "--all")
    yard.commit(None, "Move", who=MALLORY)
    assert (yard.directory / RECORD).exists()
    assert not excepts(yard.gate())
    assert yard.status() == "closed"


def test_a_folder_that_is_a_submodule_holds_no_register(yard: Yard) -> None:
    yard.active()
    commit = yard.head()
    yard.git("rm", "--quiet", "-r", "--cached", FOLDER)
    yard.git("update-index", "--add", "--cacheinfo", f"160000,{commit},{FOLDER}")
    yard.commit(None, "Move", who=MALLORY)
    assert not excepts(yard.gate())


@pytest.mark.parametrize(
    "name",
    ["EXC-001.md", "EXC-01-x.md", "exc-001-x.md", "EXC-001-X.md", "EXC-001-x.markdown", "EXC-001-x.md.txt",
     "EXC-001-x.md ", " EXC-001-x.md", "EXC-001-x\n.md", "EXC-001-é.md", "EXC-001_x.md", "EXC-001--x.md",
     "EXC-001-x-.md", "EXC-0x1-x.md", 'EXC-001-"x".md', "EXC-001-x'.md", "EXC-001-x..md",
     "EXC-001-\u202ex.md", "EXC-\u0660\u0660\u0661-x.md", "EXC-1234567890123-x.md",
     "\uff25\uff38\uff23-001-x.md"],
)  # fmt: skip
def test_a_file_with_another_name_covers_nothing(yard: Yard, name: str) -> None:
    yard.checkout(BRANCH, start="main")
    yard.commit({f"{FOLDER}/{name}": TEXT})
    terms = yard.terms_of(TEXT)
    yard.decide(terms=terms)
    yard.merge()
    assert not excepts(yard.gate())
    if name.upper().startswith("EXC-"):
        assert "file-name" in yard.problems()


@pytest.mark.parametrize(
    "path",
    [f"{FOLDER}/sub/EXC-001-x.md", f"{FOLDER}/examples/EXC-001-x.md", f"{FOLDER}/archive/2026/EXC-001-x.md",
     f"{FOLDER}/archive/EXC-001-x.md", "security/EXC-001-x.md", "EXC-001-x.md", f"app/{FOLDER}/EXC-001-x.md",
     "Security/exceptions/EXC-001-x.md", f"{FOLDER}/EXC-001-x.md/EXC-001-x.md"],
)  # fmt: skip
def test_a_record_in_another_place_covers_nothing(yard: Yard, path: str) -> None:
    yard.checkout(BRANCH, start="main")
    yard.commit({path: TEXT})
    yard.decide(terms=yard.terms_of(TEXT))
    yard.merge()
    assert not excepts(yard.gate())


def test_names_that_break_lines_or_quoting_disturb_no_other_record(yard: Yard) -> None:
    names = ["a\nb", 'a"b', "a\tb", "a\\b", "-x", "é", "\u202e", ":100644 100644 a b M", "EXC-002-y\n.md"]
    yard.commit({f"{FOLDER}/{name}": "x" for name in names})
    yard.active()
    assert excepts(yard.gate())


def test_a_name_that_is_not_utf8_disturbs_no_other_record(yard: Yard) -> None:
    blob = yard.git("hash-object", "-w", "--stdin", stdin="x")
    names = (f"{FOLDER}/EXC-002-".encode() + b"\xff\xfe.md", f"{FOLDER}/".encode() + b"\xc3")
    entries = b"".join(f"100644 {blob}\t".encode() + name + b"\0" for name in names)
    command = ["git", "update-index", "-z", "--add", "--index-info"]
    subprocess.run(command, cwd=yard.directory, input=entries, check=True)
    yard.commit(None, "Add names")
    yard.git("reset", "--quiet", "--hard")
    yard.active()
    assert excepts(yard.gate())
