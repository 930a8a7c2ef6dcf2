"""The digest of what was approved: the same however it is written, another when it says another thing."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import random
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from reprieve.record.document import Document, parse
from reprieve.record.terms import terms_digest
from tests.record.records import PATH, document
from tests.support import record_fields

BODY = "\n## Justification\n\nÜber­all: the vendor's image é.\n\n## Remediation plan\n\nv4.\n"

VECTOR = """\
---
id: EXC-007 # a comment
summary: "Billing runs as root until the vendor ships v4."
reason: legacy-system
risk: high
environment: production
requester: dana@example.com
owner: payments
requested: 2026-11-02
expires: 2027-01-30
scope:
  - type: misconfiguration
    checks: [KSV012, 'KSV001']
    namespaces: [billing]
controls:
  - id: network-policy
    kind: preventive
    description: Only the gateway may reach the service.
    implemented: 2026-11-05
    evidence: https://git.example.com/infra/pull/412
remediation:
  target: 2027-01-30
  progress:
    - {date: 2026-11-20, note: v4 in staging}
incidents: []
---

## Justification

Fu\u0308r Zahlungen.  \n\n
"""
CANONICAL = (
    "reprieve-terms-v1\n"
    '{"controls":[{"description":"Only the gateway may reach the service.","id":"network-policy",'
    '"kind":"preventive"}],"environment":"production","expires":"2027-01-30","id":"EXC-007",'
    '"owner":"payments","reason":"legacy-system","remediation":{"target":"2027-01-30"},'
    '"requested":"2026-11-02","requester":"dana@example.com","risk":"high","scope":[{"checks":["KSV012",'
    '"KSV001"],"namespaces":["billing"],"type":"misconfiguration"}],'
    '"summary":"Billing runs as root until the vendor ships v4."}\n'
    "\n## Justification\n\nFür Zahlungen."
)


def test_the_digest_is_of_the_canonical_form_written_out_here() -> None:
    expected = "sha256:" + hashlib.sha256(CANONICAL.encode()).hexdigest()
    assert document(VECTOR).digest == expected
    assert expected == "sha256:7d8c40cc285547e456faa4050c4a38ec230ef510b038721bb89eb4856cce8ef4"


def write(fields: dict[str, Any], body: str, rng: random.Random) -> bytes:
    """The same record in one of many handwritings."""
    yaml = YAML(typ="rt")
    yaml.default_flow_style = rng.choice([None, False, True])
    yaml.indent(mapping=rng.choice([2, 4]), sequence=4, offset=rng.choice([0, 2]))
    yaml.width = rng.choice([40, 10_000])
    yaml.representer.ignore_aliases = lambda _: True
    out = io.StringIO()
    yaml.dump(shuffled(fields, rng), out)
    lines = out.getvalue().splitlines()
    front = [*lines[:-1], lines[-1] + rng.choice(["", "  # done"])]
    blanks = [f"{line}{' ' * rng.randrange(3)}" for line in body.split("\n")]
    text = "\n".join(["---", *rng.choices(["# a comment"], k=rng.randrange(2)), *front, "---", *blanks])
    text = unicodedata.normalize(rng.choice(["NFC", "NFD"]), text + "\n" * rng.randrange(3))
    return text.replace("\n", rng.choice(["\n", "\r\n"])).encode()


def shuffled(value: Any, rng: random.Random) -> Any:
    """Mappings in another order; lists stay as they are."""
    if isinstance(value, dict):
        keys = rng.sample(sorted(value), len(value))
        return {key: shuffled(value[key], rng) for key in keys}
    return [shuffled(item, rng) for item in value] if isinstance(value, list) else value


FIELDS = record_fields(requested=dt.date(2026, 11, 2), voids=["fix-available"], owner="payments: 'a' & \"b\"")


def plain(value: Any) -> Any:
    """Dates as the YAML reader gives them."""
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [plain(child) for child in value]
    return value.isoformat() if isinstance(value, dt.date) else value


FIELDS_PLAIN = plain(FIELDS)


@given(st.randoms(use_true_random=False))
def test_handwriting_does_not_matter(rng: random.Random) -> None:
    parsed = parse(PATH, write(FIELDS, BODY, rng))
    assert isinstance(parsed, Document), parsed
    assert parsed.digest == terms_digest(FIELDS_PLAIN, BODY)


dates = st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)).map(dt.date.isoformat)
texts = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=5)
operational = st.fixed_dictionaries(
    {},
    optional={
        "incidents": st.lists(st.fixed_dictionaries({"date": dates, "summary": texts})),
        "revoked": st.fixed_dictionaries({"date": dates, "by": texts, "reason": texts}),
        "closed": st.fixed_dictionaries({"date": dates, "by": texts, "reason": st.just("expired")}),
    },
)


@given(operational, dates, texts, st.lists(st.fixed_dictionaries({"date": dates, "note": texts})))
def test_operational_fields_do_not_matter(
    fields: dict[str, Any], day: str, evidence: str, progress: list[Any]
) -> None:
    data = FIELDS_PLAIN
    bare = [{key: value for key, value in c.items() if key != "implemented"} for c in data["controls"]]
    done = [{**control, "implemented": day, "evidence": evidence} for control in bare]
    remediation = {**data["remediation"], "progress": progress}
    changed = {**data, **fields, "controls": done, "remediation": remediation}
    assert terms_digest(changed, BODY) == terms_digest({**data, "controls": bare}, BODY)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value that is part of the terms."""
    if path and path[-1] in ("implemented", "evidence", "progress"):
        return []
    if isinstance(value, dict):
        return [leaf for key, child in value.items() for leaf in leaves(child, (*path, key))]
    if isinstance(value, list):
        return [leaf for at, child in enumerate(value) for leaf in leaves(child, (*path, at))]
    return [path]


def changed_at(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    if isinstance(value, dict):
        return {
            key: changed_at(child, path[1:], new) if key == path[0] else child for key, child in value.items()
        }
    return [changed_at(child, path[1:], new) if at == path[0] else child for at, child in enumerate(value)]


@pytest.mark.parametrize("path", leaves(FIELDS_PLAIN), ids=lambda path: ".".join(map(str, path)))
def test_every_term_matters(path: tuple[Any, ...]) -> None:
    data = FIELDS_PLAIN
    assert terms_digest(changed_at(data, path, "other"), BODY) != terms_digest(data, BODY)


@given(st.sampled_from(sorted(FIELDS)), st.sampled_from(["drop", "add"]))
def test_a_key_more_or_less_matters(key: str, how: str) -> None:
    data = FIELDS_PLAIN
    other = {name: value for name, value in data.items() if name != key}
    if how == "add":
        other = {**data, "renews": "EXC-000"}
    assert terms_digest(other, BODY) != terms_digest(data, BODY)


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), st.integers(0, len(BODY)))
def test_prose_matters(inserted: str, at: int) -> None:
    changed = BODY[:at] + inserted + BODY[at:]
    if unicodedata.normalize("NFC", changed) != unicodedata.normalize("NFC", BODY):
        assert terms_digest(FIELDS_PLAIN, changed) != terms_digest(FIELDS_PLAIN, BODY)


def test_what_is_prose_and_what_is_front_matter_is_not_mixed_up() -> None:
    assert terms_digest({"id": "a"}, "b\n") != terms_digest({"id": "a\n\nb"}, "")
    assert terms_digest({}, "\nx") != terms_digest({}, "x")


def test_controls_without_their_usual_shape_do_not_confuse_it() -> None:
    assert terms_digest({"controls": "x"}, "") != terms_digest({"controls": ["x"]}, "")
