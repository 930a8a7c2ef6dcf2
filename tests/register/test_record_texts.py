"""What a record's text may hold: hidden characters, hostile YAML and made-up dates cover nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from reprieve.record.document import Document, parse
from tests.register.build import ADMIN, BRANCH, RECORD, Yard, excepts, identity
from tests.support import record_file
from tests.waiting import work_within

TEXT = record_file().decode()


def put(yard: Yard, name: str, content: str | bytes) -> None:
    """A record file with these very bytes on main, approved by sam if anybody could approve it."""
    yard.checkout(BRANCH, start="main")
    raw = content.encode() if isinstance(content, str) else content
    yard.commit({name: raw}, "Ask")
    parsed = parse(name, raw)
    terms = parsed.digest if isinstance(parsed, Document) else f"sha256:{'0' * 64}"
    yard.decide(terms=terms)
    yard.merge()


# What the text holds


def hidden(character: str, place: str) -> str:
    """The record with a character in its front matter, in a comment, in a string or in the prose."""
    return {
        "summary": TEXT.replace("Billing runs", f"Billing{character} runs"),
        "comment": TEXT.replace("scope:\n", f"# see {character} below\nscope:\n"),
        "prose": TEXT.replace("The vendor's image", f"The vendor's{character} image"),
        "escaped": TEXT.replace(
            "summary: Billing runs as root until the vendor ships v4.",
            f'summary: "Billing \\u{ord(character):04x} runs."',
        ),
    }[place]


@pytest.mark.parametrize("place", ["summary", "comment", "prose", "escaped"])
@pytest.mark.parametrize(
    "character",
    ["\u202e", "\u2066", "\u200f", "\u061c", "\x1b", "\x00", "\x08", "\x85", "\u2028", "\ufeff", "\r"],
)
def test_control_and_bidirectional_characters_make_a_record_invalid(
    yard: Yard, character: str, place: str
) -> None:
    text = hidden(character, place)
    assert text != TEXT
    put(yard, RECORD, text)
    assert not excepts(yard.gate())
    assert {"forbidden-character", "yaml"} & set(yard.problems())


def test_a_lone_carriage_return_brings_in_no_line_that_nobody_sees(yard: Yard) -> None:
    # To YAML it ends the comment; in a terminal it puts the cursor back over it.
    text = TEXT.replace("scope:\n", "# nothing to see\rvoids: [fix-available]\nscope:\n")
    put(yard, RECORD, text)
    assert "forbidden-character" in yard.problems()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_either_line_ending_is_fine(yard: Yard, ending: str) -> None:
    yard.checkout(BRANCH, start="main")
    yard.git("config", "core.autocrlf", "false")
    yard.commit({RECORD: TEXT.replace("\n", ending).encode()})
    yard.decide(terms=yard.terms_of(TEXT))
    yard.merge()
    assert excepts(yard.gate())


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
FRONTS = {
    "bomb": BOMB + "summary: x\n",
    "alias": "owner: &o payments\nsummary: *o\n",
    "merge-key": "base: &b {risk: low}\n<<: *b\n",
    "tag": "summary: !!python/name:os.system x\n",
    "self": "a: &a [*a]\n",
    "deep-list": "summary: " + "[" * 50_000 + "]" * 50_000 + "\n",
    "deep-unclosed": "summary: " + "[" * 100_000 + "\n",
    "deep-map": "summary: " + "{a: " * 30_000 + "1" + "}" * 30_000 + "\n",
    "deep-block": "".join(" " * i + "a:\n" for i in range(400)),
    "deep-aliased": "x: &x 1\nsummary: " + "[" * 20_000 + "]" * 20_000 + "\n",
    "deep-allowed": "summary: " + "[" * 200 + "]" * 200 + "\n",
    "deep-allowed-twice": "summary: " + "[" * 200 + "]" * 200 + "\nsummary: x\n",
    "many-documents": "a: 1\n...\n---x\nb: 2\n",
    "list": "- a\n- b\n",
    "scalar": "hello\n",
    "empty": "\n",
    "null-values": "id: EXC-001\nscope:\nexpires:\n",
    "same-key-twice": "expires: 2026-01-01\nexpires: 2099-01-01\n",
    "same-key-quoted": "expires: 2026-01-01\n'expires': 2099-01-01\n",
    "same-key-explicit": "expires: 2026-01-01\n? expires\n: 2099-01-01\n",
    "huge-number": "id: EXC-001\nrequested: " + "9" * 10_000 + "\n",
    "huge-id": "id: EXC-" + "9" * 5000 + "\n",
    "float": "expires: .inf\nrequested: .nan\n",
    "binary": "summary: \x00\x01\x02\n",
    "tabs": "\tsummary:\tx\n",
    "many-indicators": "a: [" + "'*', " * 20_000 + "]\n",
}


@pytest.mark.parametrize("form", list(FRONTS))
def test_hostile_yaml_is_an_invalid_record_and_soon_done(yard: Yard, form: str) -> None:
    put(yard, RECORD, f"---\n{FRONTS[form]}---\n## Justification\nx\n")
    yard.active("EXC-002")
    with work_within(20):
        result = yard.gate()
    assert excepts(result), "another record's team is not stopped"
    assert {problem["exception"] for problem in result.json()["problems"]} == {"EXC-001"}
    assert yard.gate("--strict").code == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: EXC-001", "id: EXC-" + "9" * 5000),
        ("risk: medium", "risk: medium\nrenews: EXC-" + "9" * 5000),
        ("expires: ", "expires: 9999-12-31 #"),
        ("requested: ", "requested: 0001-01-01 #"),
        ("requested: ", "requested: 9999-12-31 #"),
        ("implemented: ", "implemented: 9999-12-31 #"),
        ("risk: medium", "risk: medium\nrevoked: {date: 9999-12-31, by: x, reason: y}"),
        ("risk: medium", "risk: catastrophic"),
        ("risk: medium", "risk: [medium]"),
        ("risk: medium", "risk: null"),
        ("environment: production", "environment: '*'"),
        ("[KSV012]", "[]"),
        ("[KSV012]", "['*']"),
        ("[KSV012]", "KSV012"),
        ("[KSV012]", "[KSV012, null]"),
        ("namespaces: [billing]", "namespace: [billing]"),
        ("owner: payments", "owner: payments\nsuppress_everything: true"),
    ],
)
def test_fields_beyond_bounds_make_a_record_invalid_or_ended(yard: Yard, old: str, new: str) -> None:
    assert old in TEXT
    put(yard, RECORD, TEXT.replace(old, new))
    result = yard.gate()
    assert not excepts(result)
    assert result.json()["problems"] or yard.status() == "revoked"


def test_a_huge_record_is_invalid(yard: Yard) -> None:
    put(yard, RECORD, TEXT + "x" * 10_000_000)
    result = yard.gate()
    assert not excepts(result)
    assert [problem["rule"] for problem in result.json()["problems"]] == ["too-large"]


def test_a_record_at_the_limit_of_size_is_read(yard: Yard) -> None:
    filler = "x" * 99 + "\n"
    yard.checkout(BRANCH, start="main")
    yard.commit({RECORD: TEXT + "\n" + filler * 2500})
    yard.decide()
    yard.merge()
    assert excepts(yard.gate())


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"---\n", b"---\n---", b"\xff\xfe\x00", TEXT.encode("utf-16")]
)
def test_a_file_that_is_no_record_is_a_problem(yard: Yard, content: bytes) -> None:
    put(yard, RECORD, content)
    assert yard.problems()
    assert not excepts(yard.gate())


# Dates in the record


@pytest.mark.parametrize(("ahead", "status"), [(0, "active"), (1, "invalid"), (400, "invalid")])
@pytest.mark.parametrize("field", ["requested", "implemented"])
def test_a_date_in_the_future_is_invalid(yard: Yard, field: str, ahead: int, status: str) -> None:
    date = yard.today + dt.timedelta(days=ahead)
    if field == "requested":
        yard.active(requested=date, expires=date + dt.timedelta(days=30), controls=implemented(yard.today))
    else:
        yard.active(controls=implemented(date))
    assert yard.status() == status
    assert excepts(yard.gate()) == (status == "active")


def implemented(date: dt.date) -> list[dict[str, object]]:
    """One control, in since then."""
    return [{"id": "wall", "kind": "preventive", "description": "A wall.", "implemented": date}]


def test_a_control_said_to_be_in_by_a_later_edit_must_not_be_in_the_future(yard: Yard) -> None:
    yard.active()
    yard.edit(f"implemented: {yard.today}", f"implemented: {yard.today + dt.timedelta(days=2)}")
    assert yard.status() == "invalid"


def test_a_request_dated_back_gains_nothing(yard: Yard) -> None:
    start = yard.today - dt.timedelta(days=60)
    yard.active(requested=start, expires=yard.today + dt.timedelta(days=31))
    assert "duration" in yard.problems()


def test_a_request_dated_after_the_commit_that_added_it_counts_from_that(yard: Yard) -> None:
    yard.active(ago=60, requested=yard.today, expires=yard.today + dt.timedelta(days=31))
    assert "duration" in yard.problems()
    assert not excepts(yard.gate())


def test_a_duration_does_not_start_again_with_an_edit(yard: Yard) -> None:
    start = yard.today - dt.timedelta(days=60)
    yard.active(ago=60, requested=start, expires=yard.today)
    assert excepts(yard.gate())
    later = yard.today + dt.timedelta(days=60)
    yard.commit({RECORD: record_file(requested=yard.today, expires=later)})
    yard.decide()
    assert "duration" in yard.problems()
    assert not excepts(yard.gate())


def test_a_commit_dated_far_ahead_does_not_buy_time(yard: Yard) -> None:
    yard.checkout(BRANCH, start="main")
    yard.write({RECORD: record_file(expires=yard.today + dt.timedelta(days=91))})
    yard.git("add", "--all")
    yard.git("commit", "--quiet", "-m", "Ask", **identity(ADMIN, ago=-300))
    yard.decide()
    yard.merge()
    assert "duration" in yard.problems()
