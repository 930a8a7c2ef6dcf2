"""Checks of ours in Python say what the engine says of the same Rego.

Of every example, of documents that nobody would write, of the corpus; and each builtin function gives what
the engine's gives, or leaves it to the engine.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprieve.policy import bundle as bundles
from reprieve.policy import parsed
from reprieve.policy.bundle import Bundle
from reprieve.policy.engine import Engine, RegoError
from reprieve.policy.evaluate import Evaluator, Shape
from reprieve.policy.functions import Causes, functions
from reprieve.policy.inputs import read
from reprieve.policy.module import parse
from reprieve.policy.native.__main__ import file_of, kept_of, translated
from reprieve.policy.native.builtins import BUILTINS
from reprieve.policy.native.packs import PACKS, native_of
from reprieve.policy.native.values import Found, Set, Unsure
from reprieve.policy.results import Evaluated
from tests.policy.scanning import module, write
from tests.policy.test_catalogue import ODD, checks_of, examples, spoilt


@pytest.mark.parametrize("pack", PACKS)
def test_the_python_is_what_the_rego_gives(pack: str) -> None:
    made = translated(pack)
    assert made.left == {}
    assert made.source == file_of(pack).read_text(), "run: python -m reprieve.policy.native"


@pytest.mark.parametrize("folder", [bundles.LIBRARIES, *bundles.PACKS])
def test_modules_are_kept_as_they_are_parsed(folder: str) -> None:
    kept = parsed.file_of(folder).read_bytes()
    assert kept == kept_of(folder), "run: python -m reprieve.policy.native"
    known = parsed.Known([folder])
    files = bundles.own_files([folder] if folder in bundles.PACKS else [])
    texts = {name: path.read_text() for path, name in files if f"/{folder}/" in name}
    assert texts
    for name, text in texts.items():
        assert known.module(name, text) == parse(name, text)
        assert known.module(name, f"{text}\n") is None


@functools.cache
def evaluators(pack: str) -> tuple[Evaluator, Evaluator]:
    """In Python, and by the engine alone."""
    bundle = bundles.load(packs=[pack])
    return Evaluator(bundle), Evaluator(bundle, python=False)


def shape_of(document: Any) -> Shape:
    kind = document.get("kind") if isinstance(document, dict) else None
    return Shape("kubernetes", "yaml", kind if isinstance(kind, str) else "")


def said(evaluated: Evaluated) -> Any:
    return msgspec.structs.replace(evaluated, results=sorted(evaluated.results, key=repr))


def differences(documents: Iterable[Any]) -> list[Any]:
    python, engine = evaluators("kubernetes")
    return [
        document
        for document in documents
        if said(python.evaluate(shape_of(document), document))
        != said(engine.evaluate(shape_of(document), document))
    ]


def example_documents() -> list[Any]:
    files = examples("kubernetes", ".yaml") + examples("kubernetes", ".json")
    return [document.value for name, text in files for document in read("kubernetes", name, text)]


def test_of_every_example_the_same_is_said() -> None:
    documents = example_documents()
    assert len(documents) > 150
    assert differences(documents) == []


def test_of_every_example_python_is_sure() -> None:
    bundle = bundles.load(packs=["kubernetes"])
    native = native_of(bundle, "kubernetes")
    assert native is not None
    for document in example_documents():
        facts = native.facts(document)
        for rule in native.rules:
            facts[rule.removeprefix("data.")]


@pytest.mark.parametrize("part", range(4))
def test_of_odd_documents_the_same_is_said(part: int) -> None:
    kinds = {kind for check in checks_of("kubernetes") for row in check.selectors for kind in row.kinds}
    keys = ("spec", "metadata", "rules", "data", "subjects", "roleRef", "webhooks")
    bare = [
        {"apiVersion": "v1", "kind": kind, key: odd} for kind in kinds for key in keys for odd in ODD[::3]
    ]
    odd = list(chain(spoilt(example_documents()), bare))
    assert differences(odd[part::4]) == []


leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 70_000),
    st.floats(-3, 3),
    st.sampled_from(
        ["", "default", "kube-system", "nginx", "nginx:1@sha256:x", "gcr.io/a:1", "pässwörd", "ALL", "*", "0"]
    ),
    st.text(max_size=6),
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_of_examples_with_other_values_the_same_is_said(data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(_EXAMPLES()))
    assert differences([_changed(document, data)]) == []


_EXAMPLES = functools.cache(example_documents)


def _changed(node: Any, data: st.DataObject) -> Any:
    """Some leaves are others, some fields are gone."""
    if isinstance(node, dict):
        kept = {
            key: value for key, value in node.items() if key in ("kind", "apiVersion") or data.draw(_MOSTLY)
        }
        return {key: value if key == "kind" else _changed(value, data) for key, value in kept.items()}
    if isinstance(node, list):
        return [_changed(item, data) for item in node]
    return node if data.draw(_MOSTLY) else data.draw(leaves)


_MOSTLY = st.sampled_from([True] * 9 + [False])


def test_of_the_corpus_the_same_is_said() -> None:
    corpus = os.environ.get("REPRIEVE_CORPUS")
    if not corpus:
        pytest.skip("REPRIEVE_CORPUS does not name the folder of reports")
    files = [path for path in sorted(Path(corpus).rglob("*")) if path.suffix in (".yaml", ".yml")]
    documents = []
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        if "apiVersion" in text:
            documents += [document.value for document in read("kubernetes", path.name, text)]
    assert documents
    assert differences(documents) == []


# --- When the engine is asked after all --------------------------------------------------------------------


def test_a_check_that_was_changed_is_not_taken_from_python() -> None:
    bundle = bundles.load(packs=["kubernetes"])
    modules = tuple(
        msgspec.structs.replace(one, text=f"{one.text}\n# changed\n") if "KSV012" in one.path else one
        for one in bundle.modules
    )
    assert native_of(bundle, "kubernetes") is not None
    assert native_of(msgspec.structs.replace(bundle, modules=modules), "kubernetes") is None


POD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "a"},
    "spec": {"containers": [{"image": "x.example/a:1"}]},
}


def _untrusted(bundle: Bundle) -> bool:
    evaluated = Evaluator(bundle).evaluate(Shape("kubernetes", "yaml", "Pod"), POD)
    return any(bundle.checks[result.check].id == "KSV0125" for result in evaluated.results)


def test_what_users_say_in_data_or_rules_counts(tmp_path: Path) -> None:
    text = '{"ksv0125": {"trusted_registries": ["x.example"]}}'
    folder = write(
        tmp_path,
        {
            "data/trusted.json": text,
            "policy/trusted.rego": module("ksv0125", 'trusted_registries := ["x.example"]'),
        },
    )
    assert _untrusted(bundles.load(packs=["kubernetes"]))
    assert not _untrusted(bundles.load(data=[folder / "data"], packs=["kubernetes"]))
    ruled = bundles.load([folder / "policy"], packs=["kubernetes"])
    assert native_of(ruled, "kubernetes") is None
    assert not _untrusted(ruled)


def test_what_python_is_not_sure_of_the_engine_says() -> None:
    config = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "a"},
        "data": {"note": "grüße", "pass" + "word": "h" + "unter2-ünd"},
    }
    bundle = bundles.load(packs=["kubernetes"])
    native = native_of(bundle, "kubernetes")
    assert native is not None
    with pytest.raises(Unsure):
        native.facts(config)["builtin.kubernetes.KSV0109.deny"]
    assert differences([config]) == []
    evaluated = Evaluator(bundle).evaluate(shape_of(config), config)
    assert [bundle.checks[result.check].id for result in evaluated.results] == ["KSV0109"]


# --- Builtin functions -------------------------------------------------------------------------------------

texts = st.one_of(
    st.sampled_from(
        ["", "a", "ab", "A-b.C_d", "a/b:c@d", "%s", "%v %d", "aXbX", "-", "\n", "a\n", "é", "$x", "0"]
    ),
    st.text("aAbB1-_./:@ \n$é", max_size=8),
)
numbers = st.one_of(st.integers(-3, 9), st.sampled_from([0.5, 1.0, 2.0, 1e20]))
plain = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)
patterns = st.sampled_from(
    [
        "a$",
        "^a",
        "(?i)^AB?$",
        "(?m)^b$",
        r"[a-z]+[-.]",
        r"\s+$",
        r"([a-z0-9])([A-Z])",
        "[-.]+",
        "(?i:true|a)$",
        r"^[$<{\[|>&*%/]",
        r"\w+",
        r"(a|ab)(c|bcd)?",
        "[[:alpha:]]",
        r"\p{L}",
        "(",
        "a*",
        "[^$]$",
        r"\$",
        "é",
    ]
)


def _tagged(value: Any) -> Any:
    """As the engine gives it back: sets in order, numbers alike."""
    if isinstance(value, Found):
        return ["found", value.message, _tagged(value.cause)]
    if isinstance(value, Set):
        return sorted(map(_tagged, value.values()), key=repr)
    return value


def _by_engine(name: str, arguments: list[Any]) -> Any:
    causes = Causes()
    engine = Engine(functions(causes))
    places = ", ".join(f"input[{number}]" for number in range(len(arguments)))
    engine.add_module("x.rego", f"package x\nimport rego.v1\ny := {name}({places})\n", v0=False)
    engine.set_input(msgspec.json.encode(arguments))
    value = engine.evaluate("data.x.y")
    return ["found", value["msg"], causes.of(value)] if name == "result.new" else value


ARGUMENTS: dict[str, st.SearchStrategy[list[Any]]] = {
    "regex.match": st.tuples(patterns, texts).map(list),
    "regex.replace": st.tuples(
        texts, patterns, st.sampled_from(["", "_", "${1}_${2}", "$1", "${0}", "\\"])
    ).map(list),
    "regex.find_all_string_submatch_n": st.tuples(patterns, texts, st.sampled_from([-1, 0, 1, 2])).map(list),
    "sprintf": st.tuples(texts, st.lists(plain, max_size=3)).map(list),
    "concat": st.tuples(texts, st.lists(texts, max_size=3)).map(list),
    "substring": st.tuples(texts, st.integers(-2, 9), st.integers(-2, 9)).map(list),
    "result.new": st.tuples(texts, st.dictionaries(texts, texts)).map(
        list
    ),  # a number beyond i64 is an error there
    "object.get": st.tuples(st.dictionaries(texts, plain), st.one_of(texts, plain), plain).map(list),
}
TYPED = st.one_of(texts, texts, plain)


@pytest.mark.parametrize("name", sorted(BUILTINS))
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_builtin_gives_what_the_engine_gives(name: str, data: st.DataObject) -> None:
    arity, function = BUILTINS[name]
    anything = st.lists(TYPED, min_size=arity, max_size=arity)
    likely = ARGUMENTS.get(name, anything)
    arguments = data.draw(likely if name == "result.new" else st.one_of(likely, anything))
    try:
        value = _tagged(function(*arguments))
    except Unsure:
        return
    try:
        assert _by_engine(name, arguments) == value
    except RegoError as error:  # what is an error there must not be a value here
        pytest.fail(f"{name}({arguments}) is {value!r}, and the engine says {error}")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("lower", [5]),
        ("upper", ["ß"]),
        ("regex.match", ["[[:alpha:]]", "a"]),
        ("regex.match", ["a", "é"]),
        ("regex.replace", ["a", "a*", "b"]),
        ("sprintf", ["%s %s", ["a"]]),
        ("sprintf", ["%v", [1.5]]),
        ("split", ["a", ""]),
        ("substring", ["abc", -1, 2]),
    ],
)
def test_what_is_left_to_the_engine(name: str, arguments: list[Any]) -> None:
    with pytest.raises(Unsure):
        BUILTINS[name][1](*arguments)
