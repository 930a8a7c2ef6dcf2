"""Dockerfiles become the stages and commands that checks written for Trivy read."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from reprieve.policy.inputs.dockerfile import claims, read
from reprieve.policy.inputs.interface import InputError


def commands(text: str) -> list[dict[str, Any]]:
    (document,) = read("Dockerfile", text)
    assert json.loads(json.dumps(document.value)) == document.value
    return [command for stage in document.value["Stages"] for command in stage["Commands"]]


def command(text: str) -> dict[str, Any]:
    """The one command after `FROM a`."""
    _, only = commands(f"FROM a\n{text}")
    return only


@pytest.mark.parametrize(
    "name",
    [
        "Dockerfile",
        "dockerfile",
        "Containerfile",
        "web.Dockerfile",
        "web.dockerfile",
        "deploy/api.Containerfile",
    ],
)
def test_is_claimed_by_its_name(name: str) -> None:
    assert claims(name, "")


@pytest.mark.parametrize(
    "head", ["FROM a\n", "# syntax=docker/dockerfile:1\n\narg V=1\n", "\ufefffrom a as b\n"]
)
def test_another_ending_is_claimed_when_it_begins_as_one(head: str) -> None:
    assert claims("ci/Dockerfile.dev", head)
    assert claims("Containerfile.fedora", head)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("dockerfile.py", '"""Reader."""\n'),
        ("dockerfile.py", "# comment\nfrom os import path\n"),
        ("dockerfile.go", "package dockerfile\n"),
        ("dockerfile.json", "{}"),
        ("Dockerfile.dockerignore", "from a\n"),
        ("Dockerfile.empty", ""),
        ("Dockerfiles", "FROM a\n"),
        ("docker-compose.yaml", "services:\n"),
    ],
)
def test_is_not_claimed(name: str, head: str) -> None:
    assert not claims(name, head)


def test_the_shape() -> None:
    (document,) = read(
        "web/Dockerfile",
        "FROM golang:1.22 AS build\n# why\n"
        "RUN --mount=type=cache,target=/go go mod download && \\\n    go build\n",
    )
    assert document.kind == "dockerfile"
    assert document.value == {
        "Stages": [
            {
                "Name": "golang:1.22 AS build",
                "Commands": [
                    {
                        "Cmd": "from",
                        "SubCmd": "",
                        "Flags": [],
                        "Value": ["golang:1.22", "AS", "build"],
                        "Original": "FROM golang:1.22 AS build",
                        "JSON": False,
                        "Stage": 0,
                        "Path": "web/Dockerfile",
                        "StartLine": 1,
                        "EndLine": 1,
                    },
                    {
                        "Cmd": "run",
                        "SubCmd": "",
                        "Flags": ["--mount=type=cache,target=/go"],
                        "Value": ["go mod download &&     go build"],
                        "Original": "RUN --mount=type=cache,target=/go go mod download &&     go build",
                        "JSON": False,
                        "Stage": 0,
                        "Path": "web/Dockerfile",
                        "StartLine": 3,
                        "EndLine": 4,
                    },
                ],
            }
        ]
    }


def test_stages_are_counted_from_the_first_from() -> None:
    (document,) = read("Dockerfile", "ARG V=1\nFROM a:${V}\nRUN x\nfrom b as c\nUSER d\n")
    assert [stage["Name"] for stage in document.value["Stages"]] == ["", "a:${V}", "b as c"]
    numbers = [[each["Stage"] for each in stage["Commands"]] for stage in document.value["Stages"]]
    assert numbers == [[0], [0, 0], [1, 1]]


def test_lines_of_a_path() -> None:
    (document,) = read("Dockerfile", "# first\nFROM a\nRUN b \\\n  c\n\nFROM d\n# last\n")
    assert document.lines is not None
    assert document.lines(["Stages", 0, "Commands", 1]) == (3, 4)
    assert document.lines(["Stages", 0, "Commands", 1, "Value", 0]) == (3, 4)
    assert document.lines(["Stages", 0]) == (2, 4)
    assert document.lines(["Stages", 0, "Name"]) == (2, 4)
    assert document.lines(["Stages"]) == (1, 7)
    assert document.lines([]) == (1, 7)


VALUES = {
    'RUN ["a", "b c"]': (["a", "b c"], True),
    "RUN [ -f x ] && y": (["[ -f x ] && y"], False),
    "RUN [1 -eq 1]": (["[1 -eq 1]"], False),
    "RUN": ([], False),
    "CMD []": ([], True),
    "CMD a  b": (["a  b"], False),
    "COPY a\tb  c/": (["a", "b", "c/"], False),
    'ADD ["a b", "c"]': (["a b", "c"], True),
    'ENV A=1 B="2 3" C=4\\ 5': (["A", "1", "=", "B", '"2 3"', "=", "C", "4\\ 5", "="], False),
    "ENV A b c": (["A", "b c", ""], False),
    "LABEL 'a b'=c": (["'a b'", "c", "="], False),
    "ARG A B=c 'D=e f'": (["A", "B=c", "'D=e f'"], False),
    "EXPOSE 80 443/tcp": (["80", "443/tcp"], False),
    "VOLUME /a /b": (["/a", "/b"], False),
    "USER a:b": (["a:b"], False),
    "WORKDIR /a b": (["/a b"], False),
    "HEALTHCHECK NONE": (["NONE"], False),
    "HEALTHCHECK --interval=5s CMD curl -f x": (["CMD", "curl -f x"], False),
    'HEALTHCHECK CMD ["a", "b"]': (["CMD", "a", "b"], True),
    'SHELL ["sh", "-c"]': (["sh", "-c"], True),
    "maintainer a b": (["a b"], False),
    "STOPSIGNAL 9": (["9"], False),
}


@pytest.mark.parametrize("text", VALUES)
def test_arguments_are_split_as_the_instruction_does(text: str) -> None:
    found = command(text)
    assert (found["Value"], found["JSON"]) == VALUES[text]
    assert found["Cmd"] == text.split(maxsplit=1)[0].lower()


def test_onbuild_names_its_instruction_as_written() -> None:
    found = command('ONBUILD Run ["a", "b"]')
    assert (found["Cmd"], found["SubCmd"], found["Value"], found["JSON"]) == (
        "onbuild",
        "Run",
        ["a", "b"],
        True,
    )


@pytest.mark.parametrize(
    ("text", "flags", "value"),
    [
        ("COPY --from=a --chown=1:2 b c", ["--from=a", "--chown=1:2"], ["b", "c"]),
        ('RUN --mount="type=secret,id=a b" x', ["--mount=type=secret,id=a b"], ["x"]),
        ("RUN --a\\ b -- --c", ["--a b"], ["--c"]),
        ("RUN a --b", [], ["a --b"]),
    ],
)
def test_flags(text: str, flags: list[str], value: list[str]) -> None:
    found = command(text)
    assert (found["Flags"], found["Value"]) == (flags, value)


def test_comments_and_empty_lines_within_a_continued_instruction() -> None:
    found = command("RUN a \\\n\n  # why\n\n  && b\\ \t\n\t&& c\n")
    assert found["Value"] == ["a   && b\t&& c"]
    assert (found["StartLine"], found["EndLine"]) == (2, 7)


def test_a_doubled_backslash_does_not_continue() -> None:
    assert command("RUN a \\\\")["Value"] == ["a \\\\"]


def test_the_last_line_may_continue_nowhere() -> None:
    assert command("RUN a \\")["Value"] == ["a"]


def test_backtick_as_escape() -> None:
    text = "# syntax=x\n# escape=`\nFROM a\nCOPY C:\\a C:\\\nRUN b `\n  c\n"
    assert [each["Value"] for each in commands(text)] == [["a"], ["C:\\a", "C:\\"], ["b   c"]]


def test_a_directive_after_a_comment_is_a_comment() -> None:
    assert len(commands("# first\n# escape=`\nFROM a\nRUN b \\\n c\n")) == 2


def test_carriage_returns_and_byte_order_mark() -> None:
    text = "\ufeffFROM a\nRUN b \\\n  c\nRUN <<E\nd\nE\n"
    assert commands(text.replace("\n", "\r\n")) == commands(text)


HEREDOCS = {
    "RUN <<EOF\na\nb\nEOF": ["a ; b"],
    "RUN <<-EOF\n\ta\n\t\tb\nEOF": ["a ; b"],
    "RUN <<'E F'\na\nE F": ["a"],
    "RUN <<EOF\n#!/bin/sh\na\nEOF": ["<<EOF\n#!/bin/sh\na\nEOF"],
    "RUN python3 <<EOF\na\nEOF": ["python3 <<EOF\na\nEOF"],
    "RUN cat <<A <<'B' > c\n1\nA\n2\nB": ["cat <<A <<'B' > c\n1\nA\n2\nB"],
    "COPY <<EOF /etc/a\nb\nc\nEOF": ["b ; c"],
    "ONBUILD RUN <<EOF\na\nEOF": ["a"],
    "RUN <<EOF\nEOF": [""],
}


@pytest.mark.parametrize("text", HEREDOCS)
def test_heredocs(text: str) -> None:
    _, found, last = commands(f"FROM a\n{text}\nUSER b")
    assert found["Value"] == HEREDOCS[text]
    assert found["Original"] == text
    assert found["EndLine"] == last["StartLine"] - 1
    assert last["Value"] == ["b"]


def test_a_dash_lets_tabs_stand_before_the_end() -> None:
    assert command("RUN <<-EOF\n\ta\n\tEOF")["Original"] == "RUN <<-EOF\n\ta\nEOF"


def test_heredocs_keep_their_texts() -> None:
    found = command("RUN cat <<A <<B\n1\n2\nA\nB\n")
    assert found["Heredocs"] == [{"Name": "A", "Content": "1\n2"}, {"Name": "B", "Content": ""}]


@pytest.mark.parametrize(
    "text", ["RUN a <<<b", 'RUN echo "<<EOF"', "RUN echo $((1<<2))", 'COPY ["<<A", "/b"]']
)
def test_what_is_no_heredoc(text: str) -> None:
    assert "Heredocs" not in command(text)


REFUSED = {
    "": (1, "no instructions"),
    "# a\n\n": (1, "no instructions"),
    "FROM a\n\nFORM b": (3, "'FORM'"),
    "FROM a\nRUN b \\\n c\nxyz": (4, "'xyz'"),
    "FROM": (1, "argument"),
    "FROM a b": (1, "AS"),
    "FROM a AS 1": (1, "'1'"),
    "FROM a\nCOPY b": (2, "destination"),
    "FROM a\nENV b": (2, "'b'"),
    "FROM a\nENV b=c d": (2, "'d'"),
    "FROM a\nENV =b": (2, "'=b'"),
    "FROM a\nUSER": (2, "USER"),
    "FROM a\nONBUILD": (2, "ONBUILD"),
    "FROM a\nONBUILD FROM b": (2, "FROM"),
    "FROM a\nONBUILD ONBUILD RUN b": (2, "ONBUILD"),
    "FROM a\nHEALTHCHECK b": (2, "'b'"),
    "FROM a\nSHELL b": (2, "JSON"),
    "FROM a\nRUN [1, 2]": (2, "strings"),
    "FROM a\n\nRUN <<EOF\nb": (3, "'EOF'"),
    "# escape=x\nFROM a": (1, "'x'"),
    "# escape=`\n# escape=`\nFROM a": (2, "twice"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_is_refused_with_its_line(text: str) -> None:
    line, reason = REFUSED[text]
    with pytest.raises(InputError) as error:
        read("Dockerfile", text)
    assert error.value.line == line
    assert reason in error.value.message


HUGE = {
    "words": "FROM a\nRUN " + "b " * 500_000,
    "brackets": "FROM a\nRUN " + "[" * 500_000,
    "flags": "FROM a\nRUN " + "--a=b " * 200_000,
    "continued": "FROM a\nRUN b" + "\\\n" * 200_000,
    "quotes": "FROM a\nENV b=" + "\"'\\" * 200_000,
    "escapes": "FROM a\nARG " + "\\" * 500_000,
    "heredocs": "FROM a\nRUN " + "<<E " * 50_000 + "\n" + "E\n" * 50_000,
}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_line_takes_no_longer_than_it_is_long(name: str) -> None:
    begin = time.perf_counter()
    assert len(commands(HUGE[name])) == 2
    assert time.perf_counter() - begin < 5
